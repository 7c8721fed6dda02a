"""The axis of values is marked with round numbers, and with whole ones for counts."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from perfeval_docs.charts.scale import scale_of


@pytest.mark.parametrize(
    ("largest", "marks"),
    [
        ("0", "0 1"),
        ("0.00", "0 1"),
        ("1", "0 1"),
        ("2", "0 1 2"),
        ("5", "0 1 2 3 4 5"),
        ("7", "0 2 4 6 8"),
        ("100", "0 20 40 60 80 100"),
        ("99.50", "0 20 40 60 80 100"),
        ("100.01", "0 50 100 150"),
        ("0.5", "0.0 0.1 0.2 0.3 0.4 0.5"),
        ("1000000", "0 200000 400000 600000 800000 1000000"),
    ],
)
def test_the_axis_ends_at_the_next_mark(largest: str, marks: str) -> None:
    scale = scale_of((Decimal(0), Decimal(largest)), 5)
    assert " ".join(scale.marks) == marks
    assert f"{scale.top:f}" == scale.marks[-1]


@given(
    values=st.lists(st.decimals(0, 10**9, places=2), min_size=1).map(tuple),
    most=st.integers(1, 7),
)
def test_every_value_has_its_place_and_the_axis_is_not_half_empty(
    values: tuple[Decimal, ...], most: int
) -> None:
    scale = scale_of(values, most)
    assert 1 <= scale.steps <= most
    assert all(0 <= scale.share(value) <= 1 for value in values)
    if any(values):
        assert scale.top - scale.step < max(values)
    if all(value == int(value) for value in values):
        assert scale.step == int(scale.step)
