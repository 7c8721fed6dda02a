"""Sentences in lines of a terminal."""

import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from perfeval_docs.report.wrap import wrap


def cells(text: str) -> int:
    wide = sum(unicodedata.east_asian_width(char) in {"W", "F"} for char in text)
    marks = sum(unicodedata.category(char) in {"Mn", "Me"} for char in text)
    return len(text) + wide - marks


def test_a_sentence_that_fits_is_one_line() -> None:
    assert list(wrap("add a line", 10)) == ["add a line"]


def test_english_breaks_at_spaces_and_is_indented() -> None:
    assert list(wrap("write its keys below it, indented", 16)) == [
        "write its keys",
        "  below it,",
        "  indented",
    ]


def test_space_at_the_end_of_a_line_takes_no_cells() -> None:
    assert list(wrap("aaa bbb cc", 7)) == ["aaa bbb", "  cc"]
    assert list(wrap("aaaaaa  bb", 6)) == ["aaaaaa", "  bb"]


def test_chinese_breaks_anywhere() -> None:
    assert list(wrap("请把所属的键名写在下面", 10)) == ["请把所属的", "  键名写在", "  下面"]


@pytest.mark.parametrize("mark", "，。、；：？！）》」』】”’…%`")
def test_no_line_begins_with_closing_punctuation(mark: str) -> None:
    assert list(wrap(f"请把所属的{mark}键名", 10))[1].startswith(f"  的{mark}")


@pytest.mark.parametrize("mark", "（《「『【“‘")
def test_no_line_ends_with_opening_punctuation(mark: str) -> None:
    assert wrap(f"请把所属{mark}键名", 10)[0] == "请把所属"


def test_what_stands_in_backticks_stays_on_one_line() -> None:
    assert list(wrap("请写 `全年执行数: 98.00`，再检查", 23)) == [
        "请写",
        "  `全年执行数: 98.00`，",
        "  再检查",
    ]
    assert list(wrap("write `- ` before it", 10)) == ["write `- `", "  before", "  it"]
    assert list(wrap("请写 `甲` 或 `乙`，或`丙`丁", 9)) == [
        "请写 `甲`",
        "  或",
        "  `乙`，",
        "  或`丙`",
        "  丁",
    ]


def test_what_stands_in_backticks_breaks_where_no_line_holds_it() -> None:
    assert list(wrap("写 `请把所属的键名: 值`", 12)) == ["写 `请把所属", "  的键名:", "  值`"]


def test_a_backtick_without_another_is_a_sign_like_others() -> None:
    assert list(wrap("写 ` 请把所属的键名", 12)) == ["写 ` 请把所", "  属的键名"]


def test_a_word_longer_than_a_line_is_cut() -> None:
    assert list(wrap("in abcdefghijklmnop", 10)) == ["in abcdefg", "  hijklmno", "  p"]


def test_what_cannot_be_seen_is_shown() -> None:
    assert list(wrap("a\nb\u200bc", 40)) == ["a␊b⟨U+200B⟩c"]


@example("`````````\u3000\u3000\u3000\u3000\u3000\u3000\u0301")
@given(st.text(alphabet="ab 项目，。（“`\u0301\u3000", max_size=200))
def test_lines_are_within_the_width_and_lose_nothing_but_space(text: str) -> None:
    lines = list(wrap(text, 20))
    assert all(cells(line) <= 20 for line in lines)
    assert "".join("".join(lines).split()) == "".join(text.split())


@given(st.text())
def test_any_text_can_be_wrapped(text: str) -> None:
    assert all(cells(line) <= 20 for line in wrap(text, 20))
