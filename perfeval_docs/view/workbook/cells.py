"""What the sheets share: columns of money, rates and points, and their cells and totals."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from perfeval_docs.figures import round_figure
from perfeval_docs.profile import Profile
from perfeval_docs.record.values import PLACES
from perfeval_docs.summary import Money, ProjectResult
from perfeval_docs.view.summarising import share_of
from perfeval_docs.view.workbook.model import Cell, ColumnView, Ratio, Sum, TotalView


def amount_column(label: str, profile: Profile) -> ColumnView:
    """Return a column of amounts."""
    return ColumnView(label=label, width=12, kind="amount", places=profile.money_places.value)


def rate_column(label: str, profile: Profile) -> ColumnView:
    """Return a column of execution rates."""
    places = profile.rate_rounding.value.places
    return ColumnView(label=label, width=10, kind="figure", places=places)


def points_column(label: str, profile: Profile, width: int = 9) -> ColumnView:
    """Return a column of points, scores or averages of them."""
    return ColumnView(label=label, width=width, kind="figure", places=profile.points_places.value)


def money_columns(profile: Profile) -> tuple[ColumnView, ...]:
    """Return the columns of the three amounts and their rate."""
    labels = ("年初预算数", "全年预算数", "全年执行数")
    amounts = tuple(amount_column(label, profile) for label in labels)
    return (*amounts, rate_column("执行率(%)", profile))


def money_cells(money: Money, profile: Profile) -> tuple[Cell, ...]:
    """Return the cells of a sum of amounts, its rate the ratio of the sums."""
    amounts = (money.initial_budget, money.adjusted_budget, money.executed)
    return (*amounts, rate_of(money, profile))


def money_totals(money: Money, profile: Profile, at: int) -> tuple[TotalView, ...]:
    """Return the totals of the columns of money, the first of which is the column `at`."""
    amounts = (money.initial_budget, money.adjusted_budget, money.executed)
    return (*map(amount_total, amounts), rate_total(money, profile, part=at + 2, whole=at + 1))


def amount_total(value: Decimal) -> TotalView:
    """Return the total of a column of amounts."""
    return TotalView(how=Sum(places=PLACES), value=value)


def count_total(value: int) -> TotalView:
    """Return the total of a column of counts."""
    return TotalView(how=Sum(), value=value)


def rate_total(money: Money, profile: Profile, *, part: int, whole: int) -> TotalView:
    """Return Σ executed ÷ Σ adjusted, of the totals in two columns."""
    how = Ratio(part=part, whole=whole, rounding=profile.rate_rounding.value.rounding)
    return TotalView(how=how, value=rate_of(money, profile))


def rate_of(money: Money, profile: Profile) -> Decimal | None:
    """Return the execution rate in percent, rounded as the profile says."""
    how, rate = profile.rate_rounding.value, money.execution_rate
    return None if rate is None else round_figure(rate * 100, how.places, how.rounding)


def printed_score(value: Fraction | Decimal | None, profile: Profile) -> Decimal | None:
    """Return a score or an average as it is printed, half-up."""
    places = profile.points_places.value
    return None if value is None else round_figure(value, places, "half_up")


def project_cells(project: ProjectResult) -> tuple[Cell, ...]:
    """Return the amounts of a project's total row and its rate, as the form prints it."""
    total = project.assessment.total_funds
    amounts = total.amounts
    return (
        amounts.initial_budget,
        amounts.adjusted_budget,
        amounts.executed,
        total.execution_rate.printed,
    )


def share(part: int, whole: int) -> Decimal | None:
    """Return a share in percent with two decimals, None where there is no whole."""
    text = share_of(part, whole)
    return Decimal(text) if text else None


def note_of_amounts(profile: Profile) -> str:
    """Return the words above a table that say what its amounts are counted in."""
    return f"金额单位：{profile.amount_unit.value}"
