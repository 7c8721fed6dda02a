"""The site of a year, rendered from the few figures that a test is about."""

from collections.abc import Iterable

from lxml import html

from perfeval_docs.i18n import translator
from perfeval_docs.record import YearWords
from perfeval_docs.site import render_site
from perfeval_docs.summary import ProjectResult, summarise
from perfeval_docs.view import compose_charts, compose_summary
from perfeval_docs.view.site import SiteView, compose_site
from tests.summary.years import SHANGHAI


def site_of(projects: Iterable[ProjectResult], language: str = "zh") -> SiteView:
    summary = summarise(2024, list(projects), SHANGHAI)
    charts = compose_charts(summary, SHANGHAI)
    view = compose_summary(summary, None, YearWords(), SHANGHAI, charts)
    return compose_site(
        summary, view, {"shanghai": SHANGHAI}, language=language, translate=translator(language)
    )


def pages_of(projects: Iterable[ProjectResult], language: str = "zh") -> dict[str, str]:
    return {name: page.decode() for name, page in render_site(site_of(projects, language))}


def tree(page: str) -> html.HtmlElement:
    return html.document_fromstring(page)
