"""Score the spending of the money: execution rates of the funds rows, and the execution score."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from perfeval_docs.figures import round_figure
from perfeval_docs.profile.model import Profile
from perfeval_docs.record.model import Amounts, Funds
from perfeval_docs.scoring.model import Figure, FundsRowAssessment


def total_amounts(funds: Funds) -> Amounts:
    """Return the total row: the one that the unit declared, or the sum of the three sources [F]."""
    if funds.declared_total is not None:
        return funds.declared_total
    rows = (funds.appropriation, funds.carryover, funds.other_funds)
    return Amounts.model_construct(
        initial_budget=sum((row.initial_budget for row in rows), Decimal(0)),
        adjusted_budget=sum((row.adjusted_budget for row in rows), Decimal(0)),
        executed=sum((row.executed for row in rows), Decimal(0)),
    )


def assess_funds_row(amounts: Amounts, profile: Profile) -> FundsRowAssessment:
    """Compute a row's execution rate in percent.

    Executed ÷ adjusted budget, never ÷ initial budget [P], rounded as the profile says
    (Shanghai cuts off: 301.75 ÷ 304.16 prints 99.20 [F]). A budget of 0 prints 0.00 [F];
    a negative one has no rate.
    """
    return FundsRowAssessment(
        amounts=amounts,
        execution_rate=Figure(
            computed=_rate(amounts, profile), declared=amounts.declared_execution_rate
        ),
    )


def execution_score(total: Amounts, profile: Profile) -> Decimal | None:
    """Compute the execution score in points: rate × points, never above them or below 0 [P].

    The rate is the unrounded ratio: 29.50 ÷ 29.60 × 10 = 9.966 prints 9.97 [F]. None where
    the adjusted budget is 0 or less: there is no ratio, and the unit must declare the score.
    """
    ratio = _ratio(total)
    if ratio is None:
        return None
    points = profile.execution_points.value
    how = profile.score_rounding.value
    score = round_figure(ratio * Fraction(points), how.places, how.rounding)
    return min(max(score, Decimal(0)), points)


def _rate(amounts: Amounts, profile: Profile) -> Decimal | None:
    how = profile.rate_rounding.value
    ratio = Fraction(0) if amounts.adjusted_budget == 0 else _ratio(amounts)
    return None if ratio is None else round_figure(ratio * 100, how.places, how.rounding)


def _ratio(amounts: Amounts) -> Fraction | None:
    if amounts.adjusted_budget <= 0:
        return None
    return Fraction(amounts.executed) / Fraction(amounts.adjusted_budget)
