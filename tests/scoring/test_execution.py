"""Execution rates and the execution score."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from perfeval_docs.scoring import assess_funds_row, execution_score
from tests.scoring.examples import amounts, profile

SHANGHAI = profile()
HUBEI = profile(execution_points="20")

money = st.decimals(min_value=0, max_value=10**8, places=2)


@pytest.mark.parametrize(
    ("adjusted", "executed", "rate", "score"),
    [
        ("29.60", "29.50", "99.66", "9.97"),
        ("478.50", "478.13", "99.92", "9.99"),
        ("400.00", "400.00", "100.00", "10.00"),
        ("268.54", "268.54", "100.00", "10.00"),
        ("70.00", "69.94", "99.91", "9.99"),
        ("304.16", "301.75", "99.20", "9.92"),
    ],
)
def test_the_six_published_forms_come_out_as_printed(
    adjusted: str, executed: str, rate: str, score: str
) -> None:
    row = amounts("1.00", adjusted, executed)
    assert str(assess_funds_row(row, SHANGHAI).execution_rate.printed) == rate
    assert f"{execution_score(row, SHANGHAI):.2f}" == score


def test_a_rate_is_rounded_as_the_profile_says() -> None:
    half_up = profile(rate_rounding={"places": "1", "rounding": "half_up"})
    row = assess_funds_row(amounts("1", "304.16", "301.75"), half_up)
    assert str(row.execution_rate.computed) == "99.2"


def test_a_row_without_budget_has_rate_zero_and_no_score() -> None:
    row = amounts("5.00", "0.00", "0.00")
    assert str(assess_funds_row(row, SHANGHAI).execution_rate.computed) == "0.00"
    assert execution_score(row, SHANGHAI) is None


def test_a_negative_budget_has_neither_rate_nor_score() -> None:
    row = amounts("5.00", "-1.00", "0.50")
    assert assess_funds_row(row, SHANGHAI).execution_rate.computed is None
    assert execution_score(row, SHANGHAI) is None


def test_overspending_earns_no_more_than_the_points() -> None:
    assert execution_score(amounts("10", "10", "12"), SHANGHAI) == 10
    assert execution_score(amounts("10", "10", "12"), HUBEI) == 20


def test_a_refund_earns_nothing() -> None:
    assert execution_score(amounts("10", "10", "-1"), SHANGHAI) == 0


def test_a_declared_rate_is_printed_and_kept_apart() -> None:
    rate = assess_funds_row(amounts("1", "304.16", "301.75", rate="99.21"), SHANGHAI).execution_rate
    assert (rate.computed, rate.printed) == (Decimal("99.20"), Decimal("99.21"))


@given(adjusted=money, spent=money, more=money)
def test_spending_more_never_scores_less(adjusted: Decimal, spent: Decimal, more: Decimal) -> None:
    less = execution_score(amounts("1", f"{adjusted:f}", f"{spent:f}"), HUBEI)
    greater = execution_score(amounts("1", f"{adjusted:f}", f"{spent + more:f}"), HUBEI)
    if adjusted == 0:
        assert less is greater is None
    else:
        assert less is not None
        assert greater is not None
        assert 0 <= less <= greater <= 20
