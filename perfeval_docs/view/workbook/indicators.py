"""Sheets of indicators: by level, each in one long table, and those that a reader looks for."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from types import MappingProxyType
from typing import Final

from perfeval_docs.profile import Profile
from perfeval_docs.scoring import Attainment
from perfeval_docs.summary import AnnualSummary, IndicatorResult, LevelResult
from perfeval_docs.view.form import paragraphs
from perfeval_docs.view.workbook.cells import amount_total, count_total, points_column, share
from perfeval_docs.view.workbook.model import Cell, ColumnView, Ratio, SheetView, TotalView

_ATTAINMENTS: Final[MappingProxyType[Attainment, str]] = MappingProxyType(
    {"met": "达成", "partly": "部分达成", "unmet": "未达成", "undetermined": "未判定"}
)


def level1s(summary: AnnualSummary, profile: Profile) -> SheetView:
    """Return how many indicators of each level-1 were set and met."""
    return _levels(
        summary,
        profile,
        name="一级指标",
        labels=("一级指标",),
        rows=[((each.level1,), each) for each in summary.level1s],
    )


def level2s(summary: AnnualSummary, profile: Profile) -> SheetView:
    """Return how many indicators of each level-2 were set and met."""
    return _levels(
        summary,
        profile,
        name="二级指标",
        labels=("一级指标", "二级指标"),
        rows=[((each.level1, each.level2), each) for each in summary.level2s],
    )


def every(summary: AnnualSummary, profile: Profile) -> SheetView:
    """Return all indicators of all projects in one long table."""
    return _list(
        summary,
        profile,
        name="全部指标",
        title="绩效指标完成情况明细表",
        indicators=summary.indicators,
    )


def deducted(summary: AnnualSummary, profile: Profile) -> SheetView:
    """Return the indicators that missed their target or lost points."""
    return _list(
        summary,
        profile,
        name="未完成和扣分指标",
        title="未完成和扣分绩效指标表",
        indicators=summary.deducted,
    )


def far_over(summary: AnnualSummary, profile: Profile) -> SheetView:
    """Return the indicators whose attainment rate reaches the profile's limit."""
    limit = f"{profile.far_over.value:f}"
    return _list(
        summary,
        profile,
        name="远超目标指标",
        title=f"完成率{limit}%及以上的绩效指标表",
        indicators=summary.far_over,
    )


def _levels(
    summary: AnnualSummary,
    profile: Profile,
    *,
    name: str,
    labels: Sequence[str],
    rows: Sequence[tuple[tuple[str, ...], LevelResult]],
) -> SheetView:
    counted = ("设置数", "达成数", "部分达成数", "未达成数", "未判定数")
    columns = (
        *(ColumnView(label=label, width=26, kind="word") for label in labels),
        *(ColumnView(label=label, width=12, kind="whole") for label in counted),
        ColumnView(label="完成率(%)", width=12, kind="figure", places=2),
        points_column("分值", profile, 12),
        points_column("得分", profile, 12),
    )
    first = len(labels)
    return SheetView(
        name=f"{name}完成情况",
        title=f"{summary.fiscal_year}年度{name}完成情况表",
        note="完成率＝达成数÷设置数",
        columns=columns,
        rows=tuple((*words, *_level(each)) for words, each in rows),
        totals=(("合计", *(None for _ in labels[1:]), *_level_totals(summary, first)),),
    )


def _level(each: LevelResult) -> tuple[Cell, ...]:
    counts = (each.set, each.met, each.partly, each.unmet, each.undetermined)
    return (*counts, share(each.met, each.set), each.points, each.score)


def _level_totals(summary: AnnualSummary, first: int) -> tuple[TotalView, ...]:
    """Return the totals of counts, completion and points, `first` being the column of those set."""
    levels = summary.level1s
    met, set_ = sum(each.met for each in levels), sum(each.set for each in levels)
    how = Ratio(part=first + 1, whole=first, rounding="half_up")
    return (
        count_total(set_),
        count_total(met),
        count_total(sum(each.partly for each in levels)),
        count_total(sum(each.unmet for each in levels)),
        count_total(sum(each.undetermined for each in levels)),
        TotalView(how=how, value=share(met, set_)),
        amount_total(sum((each.points for each in levels), Decimal(0))),
        amount_total(sum((each.score for each in levels), Decimal(0))),
    )


def _list(
    summary: AnnualSummary,
    profile: Profile,
    *,
    name: str,
    title: str,
    indicators: Sequence[IndicatorResult],
) -> SheetView:
    columns = (
        ColumnView(label="序号", width=6, kind="whole"),
        ColumnView(label="实施单位", width=14, kind="prose"),
        ColumnView(label="项目", width=16, kind="prose"),
        ColumnView(label="一级指标", width=10, kind="word"),
        ColumnView(label="二级指标", width=12, kind="word"),
        ColumnView(label="三级指标", width=18, kind="prose"),
        ColumnView(label="年度指标值", width=13, kind="word"),
        ColumnView(label="实际完成值", width=13, kind="word"),
        ColumnView(label="完成率(%)", width=10, kind="figure", places=2),
        points_column("分值", profile, 8),
        points_column("得分", profile, 8),
        ColumnView(label="完成情况", width=10, kind="word"),
        ColumnView(label="偏差原因分析", width=28, kind="prose"),
        ColumnView(label="改进措施", width=22, kind="prose"),
    )
    return SheetView(
        name=name,
        title=f"{summary.fiscal_year}年度{title}",
        note=f"共{len(indicators)}条",
        columns=columns,
        rows=tuple(_row(number, each) for number, each in enumerate(indicators, 1)),
    )


def _row(number: int, each: IndicatorResult) -> tuple[Cell, ...]:
    assessed, record = each.assessed, each.project.record
    indicator = assessed.indicator
    return (
        number,
        record.implementing_unit,
        record.project,
        each.level1,
        each.level2,
        indicator.indicator,
        indicator.target,
        indicator.actual,
        assessed.attainment_rate,
        indicator.points,
        assessed.score.printed,
        _ATTAINMENTS[assessed.attainment],
        "\n".join(paragraphs(indicator.deviation_reason)),
        "\n".join(paragraphs(indicator.improvement)),
    )
