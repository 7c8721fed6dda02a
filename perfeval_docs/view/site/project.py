"""Compose the page of a project: its form, and whether each target was met."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import quote

from perfeval_docs.diagnostic import msg
from perfeval_docs.profile import Profile
from perfeval_docs.scoring import Level1Assessment
from perfeval_docs.summary import ProjectResult
from perfeval_docs.view.form import FormView, FundsRowView, Level1View, compose
from perfeval_docs.view.site.model import (
    ColumnView,
    HeadView,
    IndicatorRowView,
    ProjectPageView,
    TableView,
    TotalView,
)
from perfeval_docs.view.site.words import ATTAINMENTS, FUNDS, Translate, amount_unit


def project_page(
    result: ProjectResult, profile: Profile, *, chinese: bool, translate: Translate
) -> ProjectPageView:
    """Return a project's page; its form's own labels stand on a Chinese page only."""
    form = compose(result.record, result.assessment, profile)
    levels = zip(form.levels, result.assessment.levels, strict=True)
    return ProjectPageView(
        stem=result.stem,
        page=page_address(result.stem),
        project=form.project,
        form_title=f"{form.title}{form.year_line}",
        facts=tuple(_facts(form, result, translate)),
        names=tuple(_names(form, translate)),
        funds=_funds(form, chinese=chinese, translate=translate),
        expected=form.goal.expected,
        achieved=form.goal.achieved,
        groups=tuple(
            tuple(_rows(number, view, level, translate))
            for number, (view, level) in enumerate(levels, 1)
        ),
        full_points=form.full_points,
        total_score=form.total_score,
        docx=report_address(result.stem, "docx"),
        pdf=report_address(result.stem, "pdf"),
    )


def page_address(stem: str) -> str:
    """Return the address of a project's page, from the first page of its language."""
    return f"projects/{quote(stem, safe='')}.html"


def report_address(stem: str, kind: str) -> str:
    """Return the address of a project's report, from the folder of its year."""
    return f"reports/{quote(stem, safe='')}.{kind}"


def _facts(form: FormView, result: ProjectResult, translate: Translate) -> Iterator[TotalView]:
    score = msg("{score} of {full}", score=form.total_score or "–", full=form.full_points)
    yield TotalView(
        label=msg("Total score").translated(translate), text=score.translated(translate)
    )
    if form.grade:
        yield TotalView(label=msg("Grade").translated(translate), text=form.grade)
    yield TotalView(
        label=msg("Execution rate (%)").translated(translate),
        text=form.funds[0].execution_rate or "–",
    )
    every = [
        indicator
        for level in result.assessment.levels
        for group in level.groups
        for indicator in group.indicators
    ]
    met = sum(each.attainment == "met" for each in every)
    yield TotalView(
        label=msg("Targets met").translated(translate),
        text=msg("{part} of {all}", part=str(met), all=str(len(every))).translated(translate),
    )


def _names(form: FormView, translate: Translate) -> Iterator[TotalView]:
    for label, text in (
        (msg("Project name"), form.project),
        (msg("Competent department"), form.competent_department),
        (msg("Implementing unit"), form.implementing_unit),
        (msg("Budget year"), form.fiscal_year),
    ):
        yield TotalView(label=label.translated(translate), text=text)


def _funds(form: FormView, *, chinese: bool, translate: Translate) -> TableView:
    columns = (
        ("source", msg("Project funds")),
        ("initial", msg("Initial budget")),
        ("adjusted", msg("Adjusted budget")),
        ("executed", msg("Executed")),
        ("points", msg("Points")),
        ("rate", msg("Execution rate (%)")),
        ("score", msg("Score")),
    )
    labels = (
        [row.label for row in form.funds]
        if chinese
        else [each.translated(translate) for each in FUNDS]
    )
    unit = amount_unit(form.amount_unit, translate)
    return TableView(
        name="funds",
        caption=msg("Project funds, in {unit}", unit=unit).translated(translate),
        columns=tuple(
            ColumnView(
                name=name, title=title.translated(translate), kind="number" if number else "word"
            )
            for number, (name, title) in enumerate(columns)
        ),
        rows=tuple(map(_funds_row, labels, form.funds)),
    )


def _funds_row(label: str, row: FundsRowView) -> tuple[str, ...]:
    amounts = (row.initial_budget, row.adjusted_budget, row.executed)
    return (label, *amounts, row.points, row.execution_rate, row.score)


def _rows(
    number: int, view: Level1View, level: Level1Assessment, translate: Translate
) -> Iterator[IndicatorRowView]:
    """Yield the rows of a level 1; a head stands in the first of the rows that it heads."""
    first = HeadView(
        anchor=f"a{number}",
        name=view.name,
        span=str(sum(len(group.indicators) for group in view.groups)),
    )
    head1: HeadView | None = first
    for place, (group, assessed) in enumerate(zip(view.groups, level.groups, strict=True), 1):
        second = HeadView(
            anchor=f"{first.anchor}-{place}", name=group.name, span=str(len(group.indicators))
        )
        head2: HeadView | None = second
        pairs = zip(group.indicators, assessed.indicators, strict=True)
        for row, (each, judged) in enumerate(pairs, 1):
            sign, word = ATTAINMENTS[judged.attainment]
            yield IndicatorRowView(
                level1=head1,
                level2=head2,
                above=first.anchor,
                anchor=f"{second.anchor}-{row}",
                under=f"{first.anchor} {second.anchor} {second.anchor}-{row}",
                state=judged.attainment,
                sign=sign,
                attainment=word.translated(translate),
                name=each.name,
                target=each.target,
                actual=each.actual,
                points=each.points,
                score=each.score,
                remarks=each.remarks,
            )
            head1 = head2 = None
