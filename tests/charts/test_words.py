"""Chinese labels break between characters, not within words, and are shortened in the middle."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from perfeval_docs.charts.words import fit, is_whole, printable, wrap


def measure(text: str) -> float:
    """Measure as a terminal does: Chinese characters are two wide."""
    return float(sum(1 if char.isascii() else 2 for char in text))


@pytest.mark.parametrize(
    ("text", "width", "lines"),
    [
        ("", 10, [""]),
        ("数量指标", 8, ["数量指标"]),
        ("服务对象满意度指标", 12, ["服务对象满", "意度指标"]),
        ("Smart City Centre", 10, ["Smart City", "Centre"]),
        ("老旧小区（二期）", 10, ["老旧小区", "（二期）"]),
        ("道路、桥梁", 4, ["道", "路、", "桥梁"]),
        ("2024年项目", 6, ["2024年", "项目"]),
        ("ABCDEFGH", 4, ["ABCD", "EFGH"]),
        ("一二三", 1, ["一", "二", "三"]),
    ],
)
def test_lines_are_few_and_even(text: str, width: float, lines: list[str]) -> None:
    assert list(wrap(text, width, measure)) == lines


def test_a_word_wider_than_a_line_is_not_whole() -> None:
    assert is_whole("R&D 平台", 4, measure)
    assert not is_whole("R&D 平台", 2, measure)


@pytest.mark.parametrize(
    ("most", "lines"),
    [(3, ["2024年度社区", "老年人照料中", "心（第三批）"]), (1, ["2024年…批）"])],
)
def test_of_a_long_name_the_beginning_and_the_end_stay(most: int, lines: list[str]) -> None:
    text = "2024年度社区老年人照料中心（第三批）"
    assert list(fit(text, 13, most, measure)) == lines


def test_a_label_is_one_line_of_characters_that_the_font_has() -> None:
    assert printable(" 甲\n乙\tA ", lambda char: char != "乙") == ("甲 〓 A", ("乙",))


LABELS = st.text(st.sampled_from("一二三四（）“”、。…AB9 %&"), max_size=50).map(
    lambda text: " ".join(text.split())
)


@given(text=LABELS, width=st.integers(2, 30))
def test_no_line_is_too_wide_and_no_character_is_lost(text: str, width: int) -> None:
    lines = wrap(text, width, measure)
    assert all(measure(line) <= width for line in lines)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")


@given(text=LABELS, width=st.integers(2, 30), most=st.integers(1, 3))
def test_what_is_shortened_fits_and_says_that_it_is_shortened(
    text: str, width: int, most: int
) -> None:
    lines = fit(text, width, most, measure)
    assert len(lines) <= most
    assert all(measure(line) <= width for line in lines)
    joined = "".join(lines).replace(" ", "")
    assert joined == text.replace(" ", "") or "…" in joined
