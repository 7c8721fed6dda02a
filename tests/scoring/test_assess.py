"""The assessment of a whole record."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from perfeval_docs.record.model import Indicator
from perfeval_docs.scoring import assess
from tests.scoring.examples import amounts, funds, indicator, profile, record

SHANGHAI = profile()


def test_the_total_adds_the_printed_scores_to_the_printed_execution_score() -> None:
    written = record(
        indicator("≥20(篇)", "24(篇)", "40"),
        indicator("≥20(篇)", "15(篇)", "30"),
        indicator("完善", "部分达成", "20", declared_score="13.50"),
    )
    assessed = assess(written, SHANGHAI)
    assert assessed.execution_score.computed == Decimal("9.97")
    assert assessed.total_score.computed == Decimal("9.97") + 40 + Decimal("22.50") + Decimal(
        "13.50"
    )
    assert (assessed.computed_grade, assessed.grade) == ("良", "良")


def test_levels_and_indicators_keep_their_order() -> None:
    written = record(*(indicator(f"≥{n}(篇)", "9(篇)") for n in range(1, 5)))
    levels = assess(written, SHANGHAI).levels
    assert [(level.name, [group.name for group in level.groups]) for level in levels] == [
        ("产出指标", ["数量指标"]),
        ("效益指标", ["社会效益指标"]),
    ]
    targets = [i.indicator.target for level in levels for g in level.groups for i in g.indicators]
    assert targets == ["≥1(篇)", "≥2(篇)", "≥3(篇)", "≥4(篇)"]


def test_one_unknown_score_leaves_total_and_grade_unknown() -> None:
    assessed = assess(record(indicator("完善", "部分达成", "90")), SHANGHAI)
    assert assessed.total_score.printed is None
    assert assessed.grade is None


def test_a_declared_total_and_grade_are_printed_and_kept_apart() -> None:
    written = record(
        indicator("≥1(篇)", "1(篇)", "90"),
        declared_total_score=Decimal("89.00"),
        declared_grade="合格",
    )
    assessed = assess(written, SHANGHAI)
    assert (assessed.total_score.computed, assessed.total_score.printed) == (
        Decimal("99.97"),
        Decimal("89.00"),
    )
    assert (assessed.computed_grade, assessed.grade) == ("良", "合格")


def test_the_total_row_is_the_sum_of_the_three_sources() -> None:
    sources = funds(
        amounts("100.00", "90.00", "80.00"),
        amounts("5.50", "5.50", "0.00"),
        amounts("0.00", "4.50", "4.50"),
    )
    total = assess(record(funds=sources), SHANGHAI).total_funds
    assert total.amounts == amounts("105.50", "100.00", "84.50")
    assert total.execution_rate.computed == Decimal("84.50")


def test_a_declared_total_row_is_printed_and_scored() -> None:
    sources = funds(
        amounts("100.00", "100.00", "80.00"),
        declared_total=amounts("100.00", "100.00", "90.00", rate="90.01"),
    )
    assessed = assess(record(funds=sources), SHANGHAI)
    assert assessed.total_funds.amounts.executed == Decimal("90.00")
    assert assessed.total_funds.execution_rate.computed == Decimal("90.00")
    assert assessed.total_funds.execution_rate.printed == Decimal("90.01")
    assert assessed.execution_score.computed == Decimal("9.00")
    assert assessed.appropriation.execution_rate.computed == Decimal("80.00")


def test_a_project_without_money_needs_a_declared_execution_score() -> None:
    nothing = record(indicator("≥1(篇)", "1(篇)", "90"), funds=funds())
    assessed = assess(nothing, SHANGHAI)
    assert str(assessed.total_funds.execution_rate.computed) == "0.00"
    assert assessed.execution_score.printed is None
    assert assessed.total_score.computed is None
    declared = record(
        indicator("≥1(篇)", "1(篇)", "90"), funds=funds(declared_execution_score=Decimal(10))
    )
    assert assess(declared, SHANGHAI).total_score.computed == Decimal(100)


@pytest.mark.parametrize(
    ("score", "grade"),
    [("100", "优"), ("90", "优"), ("89.99", "良"), ("75", "良"), ("60", "合格"), ("0", "不合格")],
)
def test_a_grade_begins_at_its_lowest_score(score: str, grade: str) -> None:
    written = record(declared_total_score=Decimal(score))
    assert assess(written, SHANGHAI).computed_grade == grade


targets = st.builds(
    indicator,
    st.sampled_from(["≥3(次)", "≤3(次)", "=3(次)"]),
    st.integers(0, 9).map(lambda number: f"{number}(次)"),
    st.decimals(min_value=0, max_value=20, places=2).map(str),
)


@given(st.data(), st.lists(targets, min_size=1, max_size=8))
def test_the_order_of_indicators_does_not_change_the_total(
    data: st.DataObject, each: list[Indicator]
) -> None:
    other = data.draw(st.permutations(each))
    totals = [assess(record(*order), SHANGHAI).total_score for order in (each, other)]
    assert totals[0] == totals[1]
