"""Compose the tables of the summary's page: what the annual summary prints as figures."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Final

from perfeval_docs.diagnostic import Message, msg
from perfeval_docs.summary import AnnualSummary
from perfeval_docs.view.site.figures import band_words, grade_name
from perfeval_docs.view.site.model import ColumnView, Kind, TableView
from perfeval_docs.view.site.words import Translate, amount_unit
from perfeval_docs.view.summary import LevelRowView, MoneyView, ShareRowView, SummaryView

Columns = tuple[tuple[str, Message, Kind], ...]
Rows = Iterable[tuple[str, ...]]

_MONEY: Final[Columns] = (
    ("initial", msg("Initial budget"), "number"),
    ("adjusted", msg("Adjusted budget"), "number"),
    ("executed", msg("Executed"), "number"),
    ("rate", msg("Execution rate (%)"), "number"),
)
_COUNTED: Final[Columns] = (
    ("projects", msg("Projects"), "number"),
    ("share", msg("Share (%)"), "number"),
    *_MONEY,
)
_LEVELS: Final[Columns] = (
    ("set", msg("Set"), "number"),
    ("met", msg("Met"), "number"),
    ("not-met", msg("Not met"), "number"),
    ("share", msg("Met (%)"), "number"),
    ("points", msg("Points"), "number"),
    ("score", msg("Score"), "number"),
)
_INDICATORS: Final[Columns] = (
    ("indicator", msg("Indicator"), "data"),
    ("project", msg("Project"), "data"),
    ("unit", msg("Implementing unit"), "data"),
    ("target", msg("Target"), "data"),
    ("actual", msg("Achieved value"), "data"),
    ("points", msg("Points"), "number"),
    ("score", msg("Score"), "number"),
    ("reason", msg("Reason for deviation"), "data"),
    ("measure", msg("Improvement"), "data"),
)
_CHANGES: Final[Columns] = (
    ("project", msg("Project"), "data"),
    ("executed-before", msg("Executed, {year}"), "number"),
    ("executed", msg("Executed, {year}"), "number"),
    ("rate-before", msg("Execution rate (%), {year}"), "number"),
    ("rate", msg("Execution rate (%), {year}"), "number"),
    ("score-before", msg("Score, {year}"), "number"),
    ("score", msg("Score, {year}"), "number"),
    ("difference", msg("Difference of scores"), "number"),
)


def tables(
    summary: AnnualSummary, view: SummaryView, translate: Translate
) -> tuple[TableView, ...]:
    """Return the tables, those of nothing left out."""
    return tuple(each for each in _tables(summary, view, translate) if each.rows)


def _tables(summary: AnnualSummary, view: SummaryView, translate: Translate) -> Iterator[TableView]:
    unit = amount_unit(view.amount_unit, translate)
    total = msg("Total").translated(translate)
    whole = (total, view.projects, "", *_money(view.money))
    make = _Maker(translate)
    grades = [grade_name(each.name, translate)[0] for each in summary.grades]
    yield make(
        "grades",
        msg("Projects by grade (amounts in {unit})", unit=unit),
        (("grade", msg("Grade"), "data"), *_COUNTED),
        [*map(_share, grades, view.grades), whole],
        has_total=True,
    )
    bands = [band_words(each).translated(translate) for each in summary.bands]
    yield make(
        "rates",
        msg("Projects by execution rate (amounts in {unit})", unit=unit),
        (("band", msg("Execution rate"), "word"), *_COUNTED),
        [*map(_share, bands, view.bands), whole],
        has_total=True,
    )
    yield make(
        "units",
        msg("Projects by implementing unit (amounts in {unit})", unit=unit),
        (
            ("unit", msg("Implementing unit"), "data"),
            ("projects", msg("Projects"), "number"),
            *_MONEY,
            ("average", msg("Average score"), "number"),
            ("weighted", msg("Average score, weighted by budget"), "number"),
        ),
        [
            (
                each.unit,
                each.projects,
                *_money(each.money),
                each.simple_average,
                each.weighted_average,
            )
            for each in view.units
        ],
    )
    yield make(
        "level1s",
        msg("Indicators by level 1"),
        (("level1", msg("Level 1"), "data"), *_LEVELS),
        [
            *((each.level1, *_level(each)) for each in view.level1s),
            (total, *_level(view.indicators)),
        ],
        has_total=True,
    )
    yield make(
        "level2s",
        msg("Indicators by level 2"),
        (("level2", msg("Level 2"), "data"), ("level1", msg("Level 1"), "data"), *_LEVELS),
        [(each.level2, each.level1, *_level(each)) for each in view.level2s],
    )
    yield make(
        "deducted",
        msg("Indicators that missed their target or lost points"),
        _INDICATORS,
        [
            (
                each.name,
                each.project,
                each.unit,
                each.target,
                each.actual,
                each.points,
                each.score,
                each.reason,
                each.measure,
            )
            for each in view.deducted
        ],
    )
    if view.change is not None:
        yield make(
            "changes",
            msg("Projects of both years (amounts in {unit})", unit=unit),
            tuple(_of_years(view.change.year_before, view.fiscal_year)),
            [
                (
                    each.project,
                    each.executed_before,
                    each.executed,
                    each.rate_before,
                    each.rate,
                    each.score_before,
                    each.score,
                    each.difference,
                )
                for each in view.change.rows
            ],
        )


def _of_years(before: str, now: str) -> Iterator[tuple[str, Message, Kind]]:
    """Yield the columns of two years, each with its year."""
    for name, title, kind in _CHANGES:
        year = before if name.endswith("-before") else now
        yield name, replace(title, values=(("year", year),)), kind


class _Maker:
    """Make tables in one language."""

    def __init__(self, translate: Translate) -> None:
        self._translate = translate

    def __call__(
        self, name: str, caption: Message, columns: Columns, rows: Rows, *, has_total: bool = False
    ) -> TableView:
        return TableView(
            name=name,
            caption=caption.translated(self._translate),
            columns=tuple(
                ColumnView(name=each, title=title.translated(self._translate), kind=kind)
                for each, title, kind in columns
            ),
            rows=tuple(rows),
            has_total=has_total,
        )


def _share(name: str, row: ShareRowView) -> tuple[str, ...]:
    return (name, row.projects, row.share, *_money(row.money))


def _money(money: MoneyView) -> tuple[str, ...]:
    return (money.initial_budget, money.adjusted_budget, money.executed, money.execution_rate)


def _level(row: LevelRowView) -> tuple[str, ...]:
    return (row.set, row.met, row.not_met, row.completion, row.points, row.score)
