"""Carets stand under what they mean, within the width of a terminal."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from perfeval_docs.diagnostic import Diagnostic, Severity, Span, msg
from perfeval_docs.report import render
from perfeval_docs.report.excerpt import quote
from perfeval_docs.source.places import Places

FILE = "a.yaml"
ROOM = 76

SORTS_SEEN_AS_THEY_ARE = ("L", "N", "P", "S", "M")


def cells(text: str) -> int:
    """Count cells of what was printed: an independent reading, a character at a time."""
    width = 0
    for char in text:
        assert unicodedata.category(char)[0] in SORTS_SEEN_AS_THEY_ARE or char in " \u3000", char
        if not unicodedata.category(char).startswith(("Mn", "Me")):
            width += {"W": 2, "F": 2}.get(unicodedata.east_asian_width(char), 1)
    return width


def under_carets(shown: str, carets: str) -> str:
    """Return the characters of a line that stand over carets."""
    return "".join(
        char for index, char in enumerate(shown) if carets.ljust(200)[cells(shown[:index])] == "^"
    )


def of_word(line: str, word: str) -> tuple[str, str]:
    start = line.index(word)
    return quote(line, start, start + len(word), ROOM)


@pytest.mark.parametrize(
    ("line", "word", "shown", "carets"),
    [
        ("name: value", "value", "name: value", "      ^^^^^"),
        ("项目名称: 宣传推广", "推广", "项目名称: 宣传推广", "              ^^^^"),
        ("分值：５.00", "：５", "分值：５.00", "    ^^^^"),
        ("🎉🎉 done", "done", "🎉🎉 done", "     ^^^^"),
        ("“引号”…后", "后", "“引号”…后", "       ^^"),
        ("\ta:\tb", "b", "    a:    b", "          ^"),
        ("\ta: b", "\t", "    a: b", "^^^^"),
        ("a\x00b: c", "\x00", "a␀b: c", " ^"),
        ("a\x00b: c", "c", "a␀b: c", "     ^"),
        ("a\x7f\x85b", "b", "a␡⟨U+0085⟩b", "          ^"),
        ("预\u200b算: 1", "\u200b", "预⟨U+200B⟩算: 1", "  ^^^^^^^^"),
        ("a\u202eb", "b", "a⟨U+202E⟩b", "         ^"),
        ("a\u00a0b", "\u00a0", "a⟨U+00A0⟩b", " ^^^^^^^^"),
        ("\u3000全角", "全角", "\u3000全角", "  ^^^^"),
        ("e\u0301te\u0301: x", "x", "e\u0301te\u0301: x", "     ^"),
        ("ae\u0301b", "\u0301", "ae\u0301b", " ^"),
        ("👩\u200d💻 x", "x", "👩⟨U+200D⟩💻 x", "             ^"),
        ("❤\ufe0fx", "x", "❤⟨U+FE0F⟩x", "         ^"),
        ("\ud800x", "x", "⟨U+D800⟩x", "        ^"),
    ],
)
def test_carets_stand_under_the_word(line: str, word: str, shown: str, carets: str) -> None:
    assert of_word(line, word) == (shown, carets)


def test_an_empty_stretch_has_one_caret() -> None:
    assert quote("a: b", 3, 3, ROOM) == ("a: b", "   ^")


def test_an_empty_stretch_before_a_full_width_character_marks_all_of_it() -> None:
    assert quote("项目", 1, 1, ROOM) == ("项目", "  ^^")


def test_a_mark_with_nothing_to_stand_upon_has_one_caret() -> None:
    assert quote("\u0301a", 0, 1, ROOM) == ("\u0301a", "^")


def test_a_stretch_outside_of_its_line_is_brought_into_it() -> None:
    assert quote("ab", -4, -2, ROOM) == ("ab", "^")
    assert quote("ab", 98, 99, ROOM) == ("ab", "  ^")


def test_what_lies_far_away_is_cut_off_even_if_it_takes_no_cells() -> None:
    marks = "\u0301" * 1000
    shown, carets = quote("a" + marks + "b" + marks, 1001, 1002, ROOM)
    assert (shown[0], shown[-1], carets) == ("…", "…", " ^")


def test_the_end_of_a_line_has_a_caret_of_its_own() -> None:
    assert quote("项目:", 3, 3, ROOM) == ("项目:", "     ^")


def test_a_stretch_over_lines_is_marked_to_the_end_of_its_first() -> None:
    assert quote("a: |", 3, None, ROOM) == ("a: |", "   ^…")
    assert quote("a:", 2, None, ROOM) == ("a:", "  ^…")


def test_a_long_line_is_shown_around_its_place() -> None:
    line = "项目" * 100 + "这里" + "绩效" * 100
    assert quote(line, 200, 202, 40) == (
        "…项目项目项目项目这里绩效绩效绩效绩效…",
        "                 ^^^^",
    )


def test_of_a_long_stretch_the_beginning_is_shown() -> None:
    assert quote("a: " + "长" * 60, 3, 63, 20) == ("a: 长长长长长长长…", "   ^^^^^^^^^^^^^^…")


def test_the_beginning_and_the_end_of_a_long_line_need_one_ellipsis() -> None:
    line = "0123456789" * 10
    assert quote(line, 1, 2, 20) == ("012345678901234567…", " ^")
    assert quote(line, 98, 99, 20) == ("…4567890123456789", " " * 15 + "^")


def diagnostic(span: Span) -> Diagnostic:
    return Diagnostic(
        code="PE001",
        name="some-fault",
        severity=Severity.ERROR,
        span=span,
        message=msg("something is {adjective}", adjective="wrong"),
    )


ODD = "a b项：“\t\x00\x1b\u0301\u200b\u202e🎉\u3000\xa0\ufe0f\U000e0041\ud800\n\r\u2028…"
texts = st.text() | st.text(alphabet=ODD, min_size=1, max_size=400)
places = st.integers(min_value=0, max_value=500)


@given(texts, places, places)
def test_no_text_and_no_span_in_it_raise_or_make_a_line_of_over_80_cells(
    text: str, start: int, end: int
) -> None:
    span = Places(text, FILE).span(start, end)
    for line in render([diagnostic(span)], {FILE: text}, "full", str).split("\n"):
        assert cells(line) <= 80


numbers = st.integers(min_value=-3, max_value=500)


@given(texts, st.builds(Span, st.just(FILE), numbers, numbers, numbers, numbers))
def test_a_span_outside_of_its_text_does_no_harm(text: str, span: Span) -> None:
    for line in render([diagnostic(span)], {FILE: text}, "full", str).split("\n"):
        assert cells(line) <= 80


@given(
    st.text(alphabet="a b项：“🎉…", max_size=60),
    st.text(alphabet="x目，🎉”", min_size=1, max_size=40),
    st.text(alphabet="a b项：“🎉…", max_size=60),
)
def test_exactly_the_stretch_stands_over_carets(before: str, word: str, after: str) -> None:
    start = len(before)
    shown, carets = quote(before + word + after, start, start + len(word), ROOM)
    marked = under_carets(shown, carets)
    if carets.endswith("…"):
        assert word.startswith(marked)
        assert cells(carets) == cells(shown)
    else:
        assert marked == word
        assert carets.count("^") == cells(word)


@given(st.text(alphabet="ab项：", min_size=1, max_size=38))
def test_a_line_that_fits_is_shown_whole(line: str) -> None:
    assert quote(line, 0, len(line), 80)[0] == line


def test_a_line_of_a_million_characters_is_quick_to_quote() -> None:
    line = "绩效" * 500_000
    shown, carets = quote(line, 500_000, 500_001, ROOM)
    assert (shown[0], shown[-1], under_carets(shown, carets)) == ("…", "…", "绩")
