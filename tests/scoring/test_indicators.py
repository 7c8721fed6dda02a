"""The score of one indicator, by example and by law."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from perfeval_docs.profile.model import Profile
from perfeval_docs.scoring import assess_indicator
from tests.scoring.examples import indicator, profile

RATIO = profile(reverse_formula="ratio")
LINEAR = profile(reverse_formula="linear")

numbers = st.decimals(min_value=0, max_value=10**6, places=2)
positive_numbers = st.decimals(min_value=1, max_value=10**6, places=2)
points = st.decimals(min_value=0, max_value=100, places=2)
profiles = st.sampled_from([RATIO, LINEAR])


@pytest.mark.parametrize(
    ("target", "actual"),
    [
        ("≥20.00(篇)", "24.00(篇)"),
        ("≥4.00(项)", "4.00(项)"),
        (">50.00(%)", "61.00(%)"),
        ("=1.00(部)", "1.00(部)"),
        ("=200(人)", "200.00(人)"),
        ("<10(次)", "5.00(次)"),
        ("<2.00(次)", "0.00(次)"),
        ("≤3(次)", "3(次)"),
        ("=0(次)", "0(次)"),
        ("≤0(次)", "0(次)"),
        ("≥5.00(万个)", "60206(个)"),
        ("<2.00(秒)", "64(毫秒)"),
        ("及时", "达成指标"),
        ("无", "达成"),
        ("≥20.00(篇)", "达成指标"),
    ],
)
def test_a_met_target_earns_its_points(target: str, actual: str) -> None:
    assessed = assess_indicator(indicator(target, actual, "7.50"), RATIO)
    assert (assessed.attainment, assessed.score.computed) == ("met", Decimal("7.50"))


@pytest.mark.parametrize(
    ("target", "actual", "score"),
    [
        ("≥20(篇)", "15(篇)", "7.50"),
        ("≥3(篇)", "1(篇)", "3.33"),
        ("≥3(篇)", "2(篇)", "6.67"),
        ("≥5(万个)", "40000(个)", "8.00"),
        ("≥90(%)", "-5(%)", "0.00"),
        ("=4(次)", "3(次)", "7.50"),
        ("=4(次)", "5(次)", "10"),
        ("3600(人次)", "1800(人次)", "5.00"),
    ],
)
def test_an_unmet_positive_target_earns_its_share(target: str, actual: str, score: str) -> None:
    assessed = assess_indicator(indicator(target, actual), RATIO)
    assert (assessed.attainment, assessed.score.computed) == ("unmet", Decimal(score))


@pytest.mark.parametrize(
    ("target", "actual", "by_ratio", "by_line"),
    [
        ("≤10(次)", "12(次)", "8.33", "8.00"),
        ("<10(次)", "15(次)", "6.67", "5.00"),
        ("≤10(次)", "20(次)", "5.00", "0.00"),
        ("≤10(次)", "30(次)", "3.33", "0.00"),
        ("<2(秒)", "2500(毫秒)", "8.00", "7.50"),
    ],
)
def test_an_unmet_reverse_target_is_scored_by_the_profiles_practice(
    target: str, actual: str, by_ratio: str, by_line: str
) -> None:
    exceeded = indicator(target, actual)
    assert assess_indicator(exceeded, RATIO).attainment == "unmet"
    assert assess_indicator(exceeded, RATIO).score.computed == Decimal(by_ratio)
    assert assess_indicator(exceeded, LINEAR).score.computed == Decimal(by_line)


@pytest.mark.parametrize("rounding", ["half_up", "down"])
def test_a_target_that_was_met_earns_its_points_however_coarse_the_rounding(rounding: str) -> None:
    coarse = profile(score_rounding={"places": "0", "rounding": rounding})
    for met in ("29.40", "20.60", "10.00"):
        assert assess_indicator(
            indicator("≥1(项)", "2(项)", met), coarse
        ).score.computed == Decimal(met)


def test_a_strict_target_just_touched_is_unmet_though_the_formula_gives_its_points() -> None:
    for target in (">50(%)", "<50(%)"):
        touched = assess_indicator(indicator(target, "50(%)"), RATIO)
        assert (touched.attainment, touched.score.computed) == ("unmet", Decimal(10))


@pytest.mark.parametrize(
    ("target", "actual"),
    [
        ("≥20(篇)", "24(部)"),
        ("≥20(篇)", "24"),
        ("≥20(篇)", "≥24(篇)"),
        ("≥20(篇)", "较好"),
        ("≥20(篇)", ""),
        ("及时", "24(篇)"),
        ("及时", "及时"),
        ("24小时内", "20小时内"),
        ("12月底前", "10月底前"),
    ],
)
def test_what_no_formula_covers_is_left_to_the_unit(target: str, actual: str) -> None:
    assessed = assess_indicator(indicator(target, actual), RATIO)
    assert (assessed.attainment, assessed.score.computed) == ("undetermined", None)
    assert assessed.score.printed is None


@pytest.mark.parametrize(
    ("target", "actual"),
    [
        ("=0(次)", "2(次)"),
        (">0(次)", "0(次)"),
        ("<0(次)", "0(次)"),
        ("≥-5(%)", "-8(%)"),
        ("≤-5(%)", "3(%)"),
    ],
)
def test_a_target_that_was_missed_is_missed_though_no_formula_scores_it(
    target: str, actual: str
) -> None:
    assessed = assess_indicator(indicator(target, actual), RATIO)
    assert (assessed.attainment, assessed.score.computed) == ("unmet", None)
    assert assessed.score.printed is None


def test_a_reverse_target_of_nothing_is_scored_by_ratio_only() -> None:
    assert assess_indicator(indicator("≤0(次)", "2(次)"), RATIO).score.computed == 0
    assert assess_indicator(indicator("≤0(次)", "2(次)"), LINEAR).score.computed is None


def test_a_word_below_full_attainment_gives_the_band_that_the_unit_chooses_in() -> None:
    partly = assess_indicator(indicator("完善", "部分达成", "5.00"), RATIO)
    assert (partly.attainment, partly.score.computed) == ("partly", None)
    assert partly.band == (Decimal(3), Decimal(4))
    odd = assess_indicator(indicator("及时", "部分达成", "3.33"), RATIO)
    assert odd.band == (Decimal("2.00"), Decimal("2.66"))  # 1.998 … 2.664
    unmet = assess_indicator(indicator("完善", "未达成", "5.00", declared_score="1.50"), RATIO)
    assert (unmet.attainment, unmet.band) == ("unmet", (Decimal(0), Decimal(3)))
    assert (unmet.score.computed, unmet.score.printed) == (None, Decimal("1.50"))


def test_a_declared_score_is_printed_and_kept_apart() -> None:
    score = assess_indicator(indicator("≥4(次)", "4(次)", "10", declared_score="8"), RATIO).score
    assert (score.computed, score.declared, score.printed) == (Decimal(10), Decimal(8), Decimal(8))


def test_an_attainment_rate_never_reaches_a_limit_that_the_exact_ratio_misses() -> None:
    nearly = assess_indicator(indicator("≥30000(次)", "38999.999(次)"), RATIO)
    assert nearly.attainment_rate == Decimal("129.99")
    exactly = assess_indicator(indicator("≥30000(次)", "3.9(万次)"), RATIO)
    assert exactly.attainment_rate == Decimal(130)


@pytest.mark.parametrize(
    ("target", "actual"), [("=0(次)", "0(次)"), ("≥-1(%)", "5(%)"), ("及时", "达成指标")]
)
def test_without_a_positive_measured_target_there_is_no_attainment_rate(
    target: str, actual: str
) -> None:
    assert assess_indicator(indicator(target, actual), RATIO).attainment_rate is None


def test_points_of_more_decimals_than_a_score_are_earned_whole_and_never_exceeded() -> None:
    met = assess_indicator(indicator("≥1(项)", "1(项)", "3.335"), RATIO)
    assert met.score.computed == Decimal("3.335")


def test_negative_points_give_no_score() -> None:
    assert assess_indicator(indicator("≥1(项)", "1(项)", "-5"), RATIO).score.computed is None


@given(
    comparator=st.sampled_from("≥≤><="), target=numbers, actual=numbers, points=points, how=profiles
)
def test_a_score_lies_between_nothing_and_the_points(
    comparator: str, target: Decimal, actual: Decimal, points: Decimal, how: Profile
) -> None:
    assessed = assess_indicator(
        indicator(f"{comparator}{target:f}(次)", f"{actual:f}(次)", f"{points:f}"), how
    )
    if assessed.score.computed is not None:
        assert 0 <= assessed.score.computed <= points
    if assessed.attainment == "met":
        assert assessed.score.computed == points


def known_score(target: str, actual: str, points: Decimal, how: Profile) -> Decimal:
    score = assess_indicator(indicator(target, actual, f"{points:f}"), how).score.computed
    assert score is not None
    return score


@given(
    comparator=st.sampled_from("≥>"),
    target=positive_numbers,
    actuals=st.tuples(numbers, numbers),
    points=points,
)
def test_a_better_actual_of_a_positive_target_never_scores_less(
    comparator: str, target: Decimal, actuals: tuple[Decimal, Decimal], points: Decimal
) -> None:
    wanted = f"{comparator}{target:f}(次)"
    scores = [known_score(wanted, f"{actual:f}(次)", points, RATIO) for actual in sorted(actuals)]
    assert scores == sorted(scores)


@given(
    comparator=st.sampled_from("≤<"),
    target=positive_numbers,
    actuals=st.tuples(numbers, numbers),
    points=points,
    how=profiles,
)
def test_a_better_actual_of_a_reverse_target_never_scores_less(
    comparator: str,
    target: Decimal,
    actuals: tuple[Decimal, Decimal],
    points: Decimal,
    how: Profile,
) -> None:
    wanted = f"{comparator}{target:f}(次)"
    best_last = sorted(actuals, reverse=True)
    scores = [known_score(wanted, f"{actual:f}(次)", points, how) for actual in best_last]
    assert scores == sorted(scores)


@given(
    comparator=st.sampled_from("≥≤><="),
    target=st.integers(0, 10**6),
    actual=st.integers(0, 10**6),
    measures=st.sampled_from(
        [("万个", "个", 10**4), ("秒", "毫秒", 1000), ("亿元", "万元", 10**4)]
    ),
    how=profiles,
)
def test_the_measure_of_an_actual_does_not_change_its_score(
    comparator: str, target: int, actual: int, measures: tuple[str, str, int], how: Profile
) -> None:
    large, small, factor = measures
    in_one = assess_indicator(
        indicator(f"{comparator}{target}({large})", f"{actual}({large})"), how
    )
    in_two = assess_indicator(
        indicator(f"{comparator}{target * factor}({small})", f"{actual}({large})"), how
    )
    assert in_two.score == in_one.score
    assert in_two.attainment == in_one.attainment
    assert in_two.attainment_rate == in_one.attainment_rate
