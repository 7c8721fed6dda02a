"""The sheet that holds a year against the one before it, project by project."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from perfeval_docs.profile import Profile
from perfeval_docs.summary import AnnualSummary, Change, ProjectResult, YearChange
from perfeval_docs.view.workbook.cells import (
    amount_column,
    amount_total,
    note_of_amounts,
    points_column,
    printed_score,
    rate_column,
    rate_total,
)
from perfeval_docs.view.workbook.model import Average, Cell, ColumnView, SheetView, TotalView

_ADJUSTED = (4, 5)
_EXECUTED = (7, 8)


def changes(now: AnnualSummary, change: YearChange, profile: Profile) -> SheetView:
    """Return every project of either year; what one year lacks counts as no money, and no score.

    A difference of scores is there for projects of both years only.
    """
    before = change.before
    years = (before.fiscal_year, now.fiscal_year)
    rows = enumerate(_all(change), 1)
    return SheetView(
        name="与上年比较",
        title=f"{years[1]}年度与{years[0]}年度项目支出绩效自评结果比较表",
        note=note_of_amounts(profile),
        columns=_columns(years, profile),
        rows=tuple(_row(number, word, each, profile) for number, (word, each) in rows),
        totals=(
            (None, None, None, "合计", *_totals(before, now, profile)),
            (None, None, None, "平均得分（简单平均）", *_averages(before, now, profile)),
        ),
    )


def _all(change: YearChange) -> Iterator[tuple[str, Change]]:
    yield from (("延续", each) for each in change.continued)
    yield from (("新增", each) for each in change.new)
    yield from (("结束", each) for each in change.ended)


def _columns(years: tuple[int, int], profile: Profile) -> tuple[ColumnView, ...]:
    before, now = (f"{year}年\n" for year in years)
    return (
        ColumnView(label="序号", width=6, kind="whole"),
        ColumnView(label="情况", width=7, kind="word"),
        ColumnView(label="实施单位", width=16, kind="prose"),
        ColumnView(label="项目名称", width=24, kind="prose"),
        amount_column(f"{before}全年预算数", profile),
        amount_column(f"{now}全年预算数", profile),
        amount_column("预算数增减", profile),
        amount_column(f"{before}全年执行数", profile),
        amount_column(f"{now}全年执行数", profile),
        rate_column(f"{before}执行率(%)", profile),
        rate_column(f"{now}执行率(%)", profile),
        points_column(f"{before}得分", profile),
        points_column(f"{now}得分", profile),
        points_column("得分增减", profile),
        ColumnView(label=f"{before}等级", width=8, kind="word"),
        ColumnView(label=f"{now}等级", width=8, kind="word"),
    )


def _row(number: int, word: str, change: Change, profile: Profile) -> tuple[Cell, ...]:
    before, now = change.before, change.now
    some = now or before
    record = None if some is None else some.record
    scores = _score(before), _score(now)
    return (
        number,
        word,
        None if record is None else record.implementing_unit,
        None if record is None else record.project,
        _adjusted(before),
        _adjusted(now),
        (_adjusted(now) or Decimal(0)) - (_adjusted(before) or Decimal(0)),
        _executed(before),
        _executed(now),
        _rate(before),
        _rate(now),
        *scores,
        _difference(*(printed_score(each, profile) for each in scores)),
        _grade(before),
        _grade(now),
    )


def _totals(
    before: AnnualSummary, now: AnnualSummary, profile: Profile
) -> tuple[TotalView | None, ...]:
    one, two = before.money, now.money
    return (
        amount_total(one.adjusted_budget),
        amount_total(two.adjusted_budget),
        amount_total(two.adjusted_budget - one.adjusted_budget),
        amount_total(one.executed),
        amount_total(two.executed),
        rate_total(one, profile, part=_EXECUTED[0], whole=_ADJUSTED[0]),
        rate_total(two, profile, part=_EXECUTED[1], whole=_ADJUSTED[1]),
        *(None,) * 5,
    )


def _averages(
    before: AnnualSummary, now: AnnualSummary, profile: Profile
) -> tuple[TotalView | None, ...]:
    averages = (before.simple_average, now.simple_average)
    printed = (TotalView(how=Average(), value=printed_score(each, profile)) for each in averages)
    return (*(None,) * 7, *printed, *(None,) * 3)


def _adjusted(project: ProjectResult | None) -> Decimal | None:
    return None if project is None else project.assessment.total_funds.amounts.adjusted_budget


def _executed(project: ProjectResult | None) -> Decimal | None:
    return None if project is None else project.assessment.total_funds.amounts.executed


def _rate(project: ProjectResult | None) -> Decimal | None:
    return None if project is None else project.assessment.total_funds.execution_rate.printed


def _score(project: ProjectResult | None) -> Decimal | None:
    return None if project is None else project.assessment.total_score.printed


def _difference(before: Decimal | None, now: Decimal | None) -> Decimal | None:
    """Return the difference of printed scores, so that a reader who subtracts agrees."""
    return None if before is None or now is None else now - before


def _grade(project: ProjectResult | None) -> str:
    return "" if project is None else project.assessment.grade or ""
