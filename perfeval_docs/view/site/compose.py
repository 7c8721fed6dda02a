"""Compose a site: what its index, its project pages and its summary say in one language."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Final

from perfeval_docs.diagnostic import Message, msg
from perfeval_docs.profile import Profile
from perfeval_docs.summary import AnnualSummary, ProjectResult
from perfeval_docs.view.site.figures import charts, totals
from perfeval_docs.view.site.model import (
    ColumnView,
    IndexRowView,
    Kind,
    ProjectPageView,
    SiteView,
    SummaryPageView,
    TotalView,
)
from perfeval_docs.view.site.project import page_address, project_page, report_address
from perfeval_docs.view.site.tables import tables
from perfeval_docs.view.site.words import FILES, WORDS, Translate, amount_unit, volume_labels
from perfeval_docs.view.summary import ProjectRowView, SummaryView

_COLUMNS: Final[tuple[tuple[str, Message, Kind], ...]] = (
    ("number", msg("No."), "number"),
    ("project", msg("Project"), "data"),
    ("unit", msg("Implementing unit"), "data"),
    ("initial", msg("Initial budget"), "number"),
    ("adjusted", msg("Adjusted budget"), "number"),
    ("executed", msg("Executed"), "number"),
    ("rate", msg("Execution rate (%)"), "number"),
    ("missed", msg("Targets not met"), "number"),
    ("score", msg("Total score"), "number"),
    ("grade", msg("Grade"), "data"),
)


def compose_site(  # noqa: PLR0913  # what stands on a site
    summary: AnnualSummary,
    view: SummaryView,
    profiles: Mapping[str, Profile],
    volumes: Sequence[tuple[str, str]] = (),
    pages: Collection[str] | None = None,
    *,
    language: str,
    translate: Translate,
) -> SiteView:
    """Return a year's site in a language of `i18n.LANGUAGES`, that `translate` speaks.

    `view` is the summary as it is printed; `profiles` are those of the records, by name;
    `volumes` the names of those, Word and PDF, that the forms stand in, if any; `pages` the stems
    of the projects that get a page of their own, all without it.
    """
    words = {name: word.translated(translate) for name, word in WORDS.items()}
    year = view.fiscal_year
    unit = amount_unit(view.amount_unit, translate)
    first = (totals(view, translate), charts(summary, translate))
    return SiteView(
        language=language,
        words=words,
        title=msg("Self-evaluation of budget projects, {year}", year=year).translated(translate),
        department=view.department,
        year=year,
        amount_unit=msg("Amounts in {unit}", unit=unit).translated(translate),
        totals=first[0],
        columns=tuple(
            ColumnView(name=name, title=title.translated(translate), kind=kind)
            for name, title, kind in _COLUMNS
        ),
        rows=tuple(map(_row, view.rows, summary.projects)),
        units=tuple(each.unit for each in summary.units),
        grades=tuple(each.name for each in summary.grades if each.name and each.projects),
        projects=_projects(
            [each for each in summary.projects if pages is None or each.stem in pages],
            profiles,
            language=language,
            translate=translate,
        ),
        summary=SummaryPageView(
            totals=first[0],
            charts=first[1],
            tables=tables(summary, view, translate),
            files=tuple(
                TotalView(label=label.translated(translate), text=name)
                for name, label in {**FILES, **volume_labels(volumes)}.items()
            ),
        ),
    )


def with_projects(
    site: SiteView,
    projects: Iterable[ProjectResult],
    profiles: Mapping[str, Profile],
    translate: Translate,
) -> SiteView:
    """Return a site whose projects with pages of their own are these, without its index."""
    made = _projects(projects, profiles, language=site.language, translate=translate)
    return replace(site, rows=(), projects=made)


def _projects(
    projects: Iterable[ProjectResult],
    profiles: Mapping[str, Profile],
    *,
    language: str,
    translate: Translate,
) -> tuple[ProjectPageView, ...]:
    return tuple(
        project_page(
            each,
            profiles[each.record.profile],
            chinese=language == "zh",
            translate=translate,
        )
        for each in projects
    )


def _row(row: ProjectRowView, project: ProjectResult) -> IndexRowView:
    missed = sum(
        each.attainment != "met"
        for level in project.assessment.levels
        for group in level.groups
        for each in group.indicators
    )
    money = row.money
    return IndexRowView(
        texts=(
            row.number,
            row.project,
            row.unit,
            money.initial_budget,
            money.adjusted_budget,
            money.executed,
            money.execution_rate,
            str(missed),
            row.score,
            row.grade,
        ),
        page=page_address(row.form),
        docx=report_address(row.form, "docx"),
        pdf=report_address(row.form, "pdf"),
    )
