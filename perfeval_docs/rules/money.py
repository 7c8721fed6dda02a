"""Rules about money: sums, budgets, execution and what is said of them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from decimal import Decimal
from fractions import Fraction
from typing import Final

from perfeval_docs.diagnostic import Message, msg
from perfeval_docs.figures import format_figure
from perfeval_docs.record import Amounts
from perfeval_docs.rules.model import Finding, Form
from perfeval_docs.scoring import Figure, assess_funds_row

_COLUMNS: Final = ("initial_budget", "adjusted_budget", "executed")
_ROWS: Final = ("appropriation", "carryover", "other_funds")
_HALF_UNIT: Final = Fraction(1, 200)
_SUSPECT: Final = Decimal(10**7)
_TEN_THOUSAND: Final = 10**4
_WORDS_ON_MONEY: Final = re.compile(
    "预算|资金|经费|款项|尾款|余款|调整|追加|调减|压减|核减|结余|结转|剩余|节余|节约|节省|支付|执行率"
)


def funds_do_not_add_up(form: Form) -> Iterator[Finding]:
    """The stated total row is not the sum of its three sources."""
    stated = form.record.funds.declared_total
    for column in _COLUMNS if stated else ():
        total = getattr(stated, column)
        parts = sum((getattr(row, column) for _, row in _sources(form)), Decimal(0))
        if total != parts:
            yield Finding(
                ("funds", "declared_total", column),
                msg(
                    "the total of {column} is {total}, its parts make {sum}",
                    column=Amounts.model_fields[column].title or column,
                    total=str(total),
                    sum=str(parts),
                ),
                msg("correct the part that is wrong, or leave the total out: it is added up"),
            )


def budget_zero(form: Form) -> Iterator[Finding]:
    """A rate is declared for an adjusted budget of zero, or a score without a word on it.

    A project that had no money has no execution to compute a score from, and a form wants one
    all the same: the unit gives it, and says why. A rate of 0 is what such a row prints.
    """
    total, funds = form.assessment.total_funds, form.record.funds
    if total.amounts.adjusted_budget != 0:
        return
    scored = funds.declared_execution_score is not None and not _says_something_of_money(form)
    if total.execution_rate.declared or scored:
        yield Finding(
            ("funds",),
            msg("the adjusted budget is 0, yet a rate or a score is given for it"),
            msg(
                "give the adjusted budget; if there was no money, take the rate out, and say in "
                "the achieved text why"
            ),
        )


def overspent(form: Form) -> Iterator[Finding]:
    """More was executed than the adjusted budget allows."""
    for name, row in _sources(form):
        if row.executed > row.adjusted_budget:
            yield Finding(
                ("funds", name, "executed"),
                msg(
                    "executed {executed} is above the adjusted budget {budget}",
                    executed=str(row.executed),
                    budget=str(row.adjusted_budget),
                ),
                msg("correct one of the two; the adjusted budget holds what was added"),
                other=(("funds", name, "adjusted_budget"), msg("the adjusted budget is here")),
            )


def adjustment_unexplained(form: Form) -> Iterator[Finding]:
    """The budget was changed by more than the limit, and the text does not speak of it."""
    amounts, limit = form.assessment.total_funds.amounts, form.profile.adjustment
    change = abs(amounts.adjusted_budget - amounts.initial_budget)
    if amounts.initial_budget and change * 100 > amounts.initial_budget * limit.value:
        if _says_something_of_money(form):
            return
        yield Finding(
            ("funds",),
            msg(
                "the budget was changed from {initial} to {adjusted}, more than {limit} %, "
                "without a word on it",
                initial=str(amounts.initial_budget),
                adjusted=str(amounts.adjusted_budget),
                limit=str(limit.value),
            ),
            msg("say in the achieved text why the budget was adjusted"),
            limit.basis,
        )


def amount_unit_suspect(form: Form) -> Iterator[Finding]:
    """An amount of a form in 万元 seems to be in 元: it is very large, or another 10,000 times."""
    places = form.profile.money_places.value
    for name, row in _sources(form) if form.profile.amount_unit.value == "万元" else ():
        amounts = {column: getattr(row, column) for column in _COLUMNS}
        for column, amount in amounts.items():
            if (why := _why_in_yuan(amount, amounts.values())) is not None:
                example = format_figure(amount / _TEN_THOUSAND, places)
                way_out = msg("divide by 10,000: {example}", example=example)
                yield Finding(("funds", name, column), why, way_out)


def declared_rate_wrong(form: Form) -> Iterator[Finding]:
    """A declared rate lies outside what the printed amounts allow.

    Both amounts may be rounded by half a unit of their last decimal (0.005), the rate may be
    rounded or cut off, so the interval runs from (e − 0.005) ÷ (b + 0.005) to
    (e + 0.005) ÷ (b − 0.005), widened by one unit of the rate's last decimal. A source without
    a budget prints 0.00.
    """
    for name, row in (*_sources(form), ("declared_total", form.record.funds.declared_total)):
        if row is None or row.declared_execution_rate is None:
            continue
        # A project that had no money at all has a rule of its own.
        is_total = name == "declared_total"
        if not row.adjusted_budget and (is_total or not row.declared_execution_rate):
            continue
        computed = assess_funds_row(row, form.profile).execution_rate.computed
        if not row.adjusted_budget or not _is_rate(row.declared_execution_rate, row):
            yield Finding(
                ("funds", name, "declared_execution_rate"),
                msg(
                    "the declared rate is {declared} %, the amounts make {computed} %",
                    declared=str(row.declared_execution_rate),
                    computed=str(computed),
                ),
                msg("correct the rate or the amounts, or leave the rate out: it is computed"),
            )


def declared_execution_score_wrong(form: Form) -> Iterator[Finding]:
    """A declared execution score is not rate × points; above the points it has its own rule."""
    score, points = form.assessment.execution_score, form.assessment.execution_points
    if _differs(score, Decimal("0.011")) and not (score.declared and score.declared > points):
        yield Finding(
            ("funds", "declared_execution_score"),
            msg(
                "the declared score is {declared}, rate × points makes {computed}",
                declared=str(score.declared),
                computed=str(score.computed),
            ),
            msg("correct the score, or leave it out: it is computed"),
            form.profile.score_rounding.basis,
        )


def execution_low_unexplained(form: Form) -> Iterator[Finding]:
    """The execution rate is below the limit, and the text does not say why."""
    amounts, limit = form.assessment.total_funds.amounts, form.profile.low_execution
    budget = amounts.adjusted_budget
    is_low = amounts.executed * 100 < budget * limit.value
    if budget and is_low and not _says_something_of_money(form):
        yield Finding(
            ("funds",),
            msg(
                "{executed} of {budget} is executed, less than {limit} %, and no reason is given",
                executed=str(amounts.executed),
                budget=str(budget),
                limit=str(limit.value),
            ),
            msg("say in the achieved text why money was left"),
            limit.basis,
        )


def full_outputs_low_execution(form: Form) -> Iterator[Finding]:
    """All outputs are met with little of the money."""
    amounts = form.assessment.total_funds.amounts
    limit = form.profile.low_execution_of_full_outputs
    outputs = [e for e in form.entries if "产出" in e.level1]
    if not outputs or any(e.assessed.attainment != "met" for e in outputs):
        return
    if amounts.adjusted_budget and amounts.executed * 100 < amounts.adjusted_budget * limit.value:
        yield Finding(
            ("funds",),
            msg(
                "every output is met with {executed} of {budget}, less than {limit} %",
                executed=str(amounts.executed),
                budget=str(amounts.adjusted_budget),
                limit=str(limit.value),
            ),
            msg("check the amounts and the targets; if both are right, waive it with the reason"),
            limit.basis,
        )


def _sources(form: Form) -> tuple[tuple[str, Amounts], ...]:
    return tuple((name, getattr(form.record.funds, name)) for name in _ROWS)


def _says_something_of_money(form: Form) -> bool:
    reasons = (e.indicator.deviation_reason + e.indicator.improvement for e in form.entries)
    return any(_WORDS_ON_MONEY.search(text) for text in (form.record.goal.achieved, *reasons))


def _why_in_yuan(amount: Decimal, amounts: Iterable[Decimal]) -> Message | None:
    """Tell why an amount seems to be in 元; None where nothing says so.

    A multiple of exactly 10,000 within a row is no accident: what is cut or added is never that
    much to the last digit. Rows beside each other may well differ so.
    """
    if amount >= _SUSPECT:
        return msg("{amount} 万元 is a lot: it seems to be in 元", amount=str(amount))
    for other in amounts:
        if other >= 1 and amount == other * _TEN_THOUSAND:
            return msg(
                "{amount} is exactly 10,000 times the {other} beside it: it seems to be in 元",
                amount=str(amount),
                other=str(other),
            )
    return None


def _is_rate(declared: Decimal, row: Amounts) -> bool:
    low, high = _rates(row)
    step = Fraction(1, 10 ** max(0, -int(declared.as_tuple().exponent)))
    return low - step < declared < high + step


def _rates(row: Amounts) -> tuple[Fraction, Fraction]:
    executed, budget = Fraction(row.executed), Fraction(row.adjusted_budget)
    least_budget = max(budget - _HALF_UNIT, _HALF_UNIT)
    low = max(executed - _HALF_UNIT, Fraction(0)) / (budget + _HALF_UNIT)
    return low * 100, (executed + _HALF_UNIT) / least_budget * 100


def _differs(figure: Figure, tolerance: Decimal) -> bool:
    if figure.declared is None or figure.computed is None:
        return False
    return abs(figure.declared - figure.computed) >= tolerance
