"""Figures: strict reading, one exact rounding, conversion of measures."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from perfeval_docs.figures import (
    Comparator,
    Measured,
    Qualitative,
    Quantified,
    Rounding,
    convert,
    format_figure,
    normalise_measure,
    parse_actual,
    parse_figure,
    parse_target,
    round_figure,
)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("29.60", "29.60"),
        ("0", "0"),
        ("+5", "5"),
        ("-3.5", "-3.5"),
        ("0012", "12"),
        ("-0.00", "0.00"),
        ("999999999999999.9999999999", "999999999999999.9999999999"),
    ],
)
def test_a_figure_is_read_to_the_last_digit(text: str, value: str) -> None:
    assert str(parse_figure(text)) == value


@pytest.mark.parametrize(
    "text",
    [
        "", " ", "5 ", " 5", "5\n", ".5", "5.", "1,000", "1e3", "1E3", "1_000", "0x10", "NaN",
        "Infinity", "--5", "5-", "５", "٣", "五", "1.2.3", "99%", "1" * 16, "0." + "1" * 11,
    ],
)  # fmt: skip
def test_anything_else_is_no_figure(text: str) -> None:
    assert parse_figure(text) is None


@given(st.decimals(min_value=-(10**14), max_value=10**14, places=2))
def test_a_formatted_figure_reads_as_itself(value: Decimal) -> None:
    text = format_figure(value, 2)
    assert parse_figure(text) == value
    assert format_figure(Decimal(text), 2) == text


@given(st.text(max_size=40))
def test_any_text_is_read_without_raising(text: str) -> None:
    parse_figure(text)
    parse_target(text)
    parse_actual(text)
    convert(Decimal(1), text, "个")


@given(
    st.fractions(min_value=-1000, max_value=1000, max_denominator=10**6),
    st.integers(min_value=0, max_value=4),
)
def test_rounding_equals_an_integer_computation(value: Fraction, places: int) -> None:
    sign = -1 if value < 0 else 1
    scaled = abs(value.numerator) * 10**places
    half_up = sign * ((2 * scaled + value.denominator) // (2 * value.denominator))
    down = sign * (scaled // value.denominator)
    assert round_figure(value, places, "half_up") == Decimal(half_up).scaleb(-places)
    assert round_figure(value, places, "down") == Decimal(down).scaleb(-places)


@pytest.mark.parametrize(
    ("value", "rounding", "rounded"),
    [
        (Fraction(2950, 2960) * 10, "half_up", "9.97"),
        (Fraction(30175, 30416) * 100, "down", "99.20"),
        (Fraction(30175, 30416) * 100, "half_up", "99.21"),
        (Decimal("0.005"), "half_up", "0.01"),
        (Decimal("0.015"), "half_up", "0.02"),
        (Decimal("-0.005"), "half_up", "-0.01"),
        (Decimal("-0.009"), "down", "0.00"),
        (Decimal(5), "half_up", "5.00"),
    ],
)
def test_a_figure_is_rounded_as_the_forms_do(
    value: Fraction | Decimal, rounding: Rounding, rounded: str
) -> None:
    assert str(round_figure(value, 2, rounding)) == rounded


@pytest.mark.parametrize(
    ("value", "places", "text"),
    [
        ("5", 2, "5.00"),
        ("29.60", 2, "29.60"),
        ("304.1650", 2, "304.17"),
        ("1E+3", 2, "1000.00"),
        ("-0.001", 2, "0.00"),
        ("-0.00", 2, "0.00"),
        ("12.5", 0, "13"),
    ],
)
def test_a_figure_is_written_with_fixed_decimals(value: str, places: int, text: str) -> None:
    assert format_figure(Decimal(value), places) == text


@pytest.mark.parametrize(
    ("text", "comparator", "number", "measure"),
    [
        ("≥1(项)", "≥", "1", "项"),
        ("≥80(%)", "≥", "80", "%"),
        ("=200(人)", "=", "200", "人"),
        ("<10(次)", "<", "10", "次"),
        (">50.00(%)", ">", "50.00", "%"),
        ("≤3(次)", "≤", "3", "次"),
        ("≥3.00(万人次)", "≥", "3.00", "万人次"),
        ("≥ 90%", "≥", "90", "%"),
        ("≥500篇", "≥", "500", "篇"),
        (">= 5 （万 个）", "≥", "5", "万个"),
        ("<=5(次)", "≤", "5", "次"),
        ("＞50（％）", ">", "50", "%"),
        ("＜10次", "<", "10", "次"),
        ("＝1（部）", "=", "1", "部"),
        ("＞＝5", "≥", "5", ""),
        ("≧5()", "≥", "5", ""),
        ("≦5‰", "≤", "5", "‰"),
        ("≥-5(%)", "≥", "-5", "%"),
        ("≥12平方米/人", "≥", "12", "平方米/人"),
        ("\u3000≥12\u3000", "≥", "12", ""),
    ],
)
def test_a_target_is_comparator_number_and_measure(
    text: str, comparator: Comparator, number: str, measure: str
) -> None:
    target = Quantified(comparator=comparator, number=Decimal(number), measure=measure)
    assert parse_target(text) == target


@pytest.mark.parametrize(
    ("text", "comparator", "measure"),
    [
        ("≤30日", "≤", "日"), ("≤12月", "≤", "月"), ("≤3(年)", "≤", "年"), ("5(年)", "=", "年"),
        ("3个月", "=", "个月"), ("5年", "=", "年"), ("30日", "=", "日"),
        ("≥5000来馆人次", "≥", "来馆人次"), ("10平方米", "=", "平方米"), ("100人/年", "=", "人/年"),
        ("≤2起", "≤", "起"), ("≥500来访人次", "≥", "来访人次"), ("10平方公里", "=", "平方公里"),
    ],
)  # fmt: skip
def test_a_measure_of_time_is_one_where_it_cannot_be_a_date(
    text: str, comparator: str, measure: str
) -> None:
    target = parse_target(text)
    assert isinstance(target, Quantified)
    assert (target.comparator, target.measure) == (comparator, measure)


def test_full_width_digits_are_digits() -> None:
    assert parse_target("≥１００．５（篇）") == parse_target("≥100.5(篇)")
    assert parse_actual("５０篇") == parse_actual("50篇")


def test_a_number_without_comparator_is_the_very_figure_wanted() -> None:
    wanted = Quantified(comparator="=", number=Decimal(3600), measure="人次")
    assert parse_target("3600(人次)") == wanted


@pytest.mark.parametrize(
    "text",
    [
        "", "及时", "无", "安全、稳定、高效", "达成指标", "-", "≥", "≥(项)", "≥五(项)",
        "≥1,000(人)", "≥1e3(人)", "3600多(人次)", "100%完成", "≥1(项", "≥1项)", "≥1(项)(个)",
        "24小时内", "≤24小时以内", "10家以上", "≥10家以上", "60分以下", "3年内", "12月底前",
        "12月", "15号", "2024年", "≥10(家以上)", "3季度", "6月上旬",
        "500余人", "500多人次", "20来家", "100家左右",
        "≥1(a(b))", "≥≥1(项)", "1≥2", "≥1(项) 2", "≥1" + " " * 70 + "(项)", "≥" + "9" * 16,
    ],
)  # fmt: skip
def test_any_other_target_is_words(text: str) -> None:
    assert parse_target(text) == Qualitative(text=text)


def test_an_actual_is_number_and_measure() -> None:
    assert parse_actual("24.00(篇)") == Measured(number=Decimal("24.00"), measure="篇")
    assert parse_actual("99.89 ％") == Measured(number=Decimal("99.89"), measure="%")
    assert parse_actual("7") == Measured(number=Decimal(7), measure="")


@pytest.mark.parametrize("text", ["达成指标", "≥24(篇)", "=1(部)", "约24(篇)", ""])
def test_any_other_actual_is_words(text: str) -> None:
    assert parse_actual(text) == Qualitative(text=text)


def test_words_lose_their_outer_white_space_only() -> None:
    assert parse_target(" 及时 更新\n") == Qualitative(text="及时 更新")


@pytest.mark.parametrize(
    ("number", "from_measure", "to_measure", "converted"),
    [
        ("60206", "个", "万个", Fraction(60206, 10000)),
        ("6.02", "万个", "个", Fraction(60200)),
        ("64", "毫秒", "秒", Fraction(64, 1000)),
        ("2", "小时", "分钟", Fraction(120)),
        ("1.5", "亿元", "万元", Fraction(15000)),
        ("3", "万人次", "人次", Fraction(30000)),
        ("12", "百万元", "亿元", Fraction(12, 100)),
        ("5", "%", "‰", Fraction(50)),
        ("5", "％", "%", Fraction(5)),
        ("5", "万 人次", "万人次", Fraction(5)),
        ("5", "m²", "㎡", Fraction(5)),
        ("5", "万", "", Fraction(50000)),
        ("5", "百分点", "百分点", Fraction(5)),
        ("5", "千米", "米", Fraction(5000)),
    ],
)
def test_measures_of_one_kind_convert(
    number: str, from_measure: str, to_measure: str, converted: Fraction
) -> None:
    assert convert(Decimal(number), from_measure, to_measure) == converted


@pytest.mark.parametrize(
    ("from_measure", "to_measure"),
    [("个", "项"), ("人", "人次"), ("", "篇"), ("%", ""), ("%", "百分点"), ("天", "小时")],
)
def test_measures_of_different_kinds_do_not_convert(from_measure: str, to_measure: str) -> None:
    assert convert(Decimal(1), from_measure, to_measure) is None
    assert convert(Decimal(1), to_measure, from_measure) is None


@given(
    st.fractions(),
    st.sampled_from(["个", "百个", "千个", "万个", "亿个"]),
    st.sampled_from(["个", "百个", "千个", "万个", "亿个"]),
)
def test_a_conversion_and_its_reverse_are_the_identity(
    number: Fraction, one: str, other: str
) -> None:
    there = convert(number, one, other)
    assert there is not None
    assert convert(there, other, one) == number


def test_a_measure_has_one_spelling() -> None:
    assert normalise_measure(" ％ ") == "%"
    assert normalise_measure("万 人\n次") == "万人次"
