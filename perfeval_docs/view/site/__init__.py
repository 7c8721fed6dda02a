"""The pages of a year's site as strings: an index, a page for each project, the summary."""

from perfeval_docs.view.site.compose import compose_site, with_projects
from perfeval_docs.view.site.model import (
    BarsView,
    BarView,
    ColumnView,
    HeadView,
    IndexRowView,
    IndicatorRowView,
    ProjectPageView,
    SiteView,
    SummaryPageView,
    TableView,
    TotalView,
)

__all__ = [
    "BarView",
    "BarsView",
    "ColumnView",
    "HeadView",
    "IndexRowView",
    "IndicatorRowView",
    "ProjectPageView",
    "SiteView",
    "SummaryPageView",
    "TableView",
    "TotalView",
    "compose_site",
    "with_projects",
]
