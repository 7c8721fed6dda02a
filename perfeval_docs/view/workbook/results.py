"""Sheets of results: each project, each unit, and how many have which grade and rate."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from perfeval_docs.profile import Profile
from perfeval_docs.summary import AnnualSummary, Money, UnitResult
from perfeval_docs.view.summarising import band_name
from perfeval_docs.view.workbook.cells import (
    count_total,
    money_cells,
    money_columns,
    money_totals,
    note_of_amounts,
    points_column,
    printed_score,
    project_cells,
    share,
)
from perfeval_docs.view.workbook.model import (
    Average,
    Cell,
    ColumnView,
    Ratio,
    Same,
    SheetView,
    TotalView,
)

_RESULTS = "汇总表"
_ADJUSTED = 4
_SCORE = 7


def results(summary: AnnualSummary, profile: Profile) -> SheetView:
    """Return the table of results, below it the sums, and the average score of either kind."""
    columns = (
        ColumnView(label="序号", width=6, kind="whole"),
        ColumnView(label="实施单位", width=32, kind="prose"),
        ColumnView(label="项目名称", width=42, kind="prose"),
        *money_columns(profile),
        points_column("得分", profile),
        ColumnView(label="等级", width=8, kind="word"),
    )
    rows: list[tuple[Cell, ...]] = [
        (
            number,
            each.record.implementing_unit,
            each.record.project,
            *project_cells(each),
            each.assessment.total_score.printed,
            each.assessment.grade or "",
        )
        for number, each in enumerate(summary.projects, 1)
    ]
    averages = [
        ("平均得分（简单平均）", Average(), summary.simple_average),
        ("平均得分（按全年预算数加权）", Average(weight=_ADJUSTED), summary.weighted_average),
    ]
    return SheetView(
        name=_RESULTS,
        title=f"{summary.fiscal_year}年度项目支出绩效自评结果汇总表",
        note=note_of_amounts(profile),
        columns=columns,
        rows=tuple(rows),
        totals=(
            (None, None, "合计", *money_totals(summary.money, profile, 3), None, None),
            *(_average(label, how, value, profile) for label, how, value in averages),
        ),
    )


def units(summary: AnnualSummary, profile: Profile) -> SheetView:
    """Return the table of units, with the number of projects that have each grade."""
    names = [each.name for each in summary.grades]
    columns = (
        ColumnView(label="实施单位", width=36, kind="prose"),
        ColumnView(label="项目数", width=9, kind="whole"),
        *money_columns(profile),
        points_column("简单平均\n得分", profile, 11),
        points_column("加权平均得分\n（按全年预算数）", profile, 18),
        *(ColumnView(label=name or "未评定", width=9, kind="whole") for name in names),
    )
    averages = (
        (1, summary.simple_average),
        (2, summary.weighted_average),
    )
    return SheetView(
        name="单位汇总",
        title=f"{summary.fiscal_year}年度项目支出绩效自评分单位汇总表",
        note=note_of_amounts(profile),
        columns=columns,
        rows=tuple(_unit(each, names, profile) for each in summary.units),
        totals=(
            (
                "合计",
                count_total(len(summary.projects)),
                *money_totals(summary.money, profile, 2),
                *(
                    TotalView(
                        how=Same(sheet=_RESULTS, line=line, column=_SCORE),
                        value=printed_score(value, profile),
                    )
                    for line, value in averages
                ),
                *(count_total(each.projects) for each in summary.grades),
            ),
        ),
    )


def grades(summary: AnnualSummary, profile: Profile) -> SheetView:
    """Return how many projects have each grade."""
    return _distribution(
        summary,
        profile,
        name="等级分布",
        label="评分等级",
        counts=[(each.name or "未评定", each.projects, each.money) for each in summary.grades],
    )


def bands(summary: AnnualSummary, profile: Profile) -> SheetView:
    """Return how many projects have an execution rate in each band."""
    return _distribution(
        summary,
        profile,
        name="执行率分布",
        label="执行率",
        counts=[(band_name(each), each.projects, each.money) for each in summary.bands],
    )


def _distribution(
    summary: AnnualSummary,
    profile: Profile,
    *,
    name: str,
    label: str,
    counts: Sequence[tuple[str, int, Money]],
) -> SheetView:
    every = len(summary.projects)
    columns = (
        ColumnView(label=label, width=24, kind="word"),
        ColumnView(label="项目数", width=10, kind="whole"),
        ColumnView(label="占比(%)", width=11, kind="figure", places=2),
        *money_columns(profile),
    )
    whole = TotalView(how=Ratio(part=1, whole=1, rounding="half_up"), value=share(every, every))
    return SheetView(
        name=name,
        title=f"{summary.fiscal_year}年度项目支出绩效自评{name}表",
        note=note_of_amounts(profile),
        columns=columns,
        rows=tuple(
            (word, count, share(count, every), *money_cells(money, profile))
            for word, count, money in counts
        ),
        totals=(("合计", count_total(every), whole, *money_totals(summary.money, profile, 3)),),
    )


def _unit(each: UnitResult, names: Sequence[str], profile: Profile) -> tuple[Cell, ...]:
    # A grade that only another unit has is not among this unit's.
    counted = {grade.name: grade.projects for grade in each.grades}
    return (
        each.unit,
        each.projects,
        *money_cells(each.money, profile),
        printed_score(each.simple_average, profile),
        printed_score(each.weighted_average, profile),
        *(counted.get(name, 0) for name in names),
    )


def _average(
    label: str, how: Average, value: Fraction | None, profile: Profile
) -> tuple[str | TotalView | None, ...]:
    total = TotalView(how=how, value=printed_score(value, profile))
    return (None, None, label, None, None, None, None, total, None)
