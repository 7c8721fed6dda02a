"""How much of a text a row shows: a beginning of it, and all of it where there is room."""

from hypothesis import example, given
from hypothesis import strategies as st

from perfeval_docs.workbook.texts import MOST_LINES, lines_of, shown_part

TEXTS = st.lists(
    st.tuples(
        st.sampled_from(["长", "，", "a", "word ", "long-word-of-ascii", "\n", "“", "🀀", " "]),
        st.integers(1, 40),
    ).map(lambda piece: piece[0] * piece[1]),
    max_size=9,
).map("".join)
WIDTHS = st.integers(6, 60)


@given(TEXTS, WIDTHS)
def test_what_is_shown_is_a_beginning_that_a_row_can_show(text: str, width: int) -> None:
    shown = shown_part(text, width)
    assert text.startswith(shown)
    assert lines_of(shown, width) <= MOST_LINES
    assert shown or not text


@given(TEXTS, WIDTHS)
@example("\n" * MOST_LINES, 6)
def test_all_is_shown_if_and_only_if_there_are_lines_for_it(text: str, width: int) -> None:
    assert (shown_part(text, width) == text) is (lines_of(text, width) <= MOST_LINES)


@given(TEXTS, WIDTHS)
def test_a_wider_column_needs_no_more_lines_and_shows_no_less(text: str, width: int) -> None:
    assert lines_of(text, width + 1) <= lines_of(text, width)
    assert len(shown_part(text, width + 1)) >= len(shown_part(text, width))


@given(TEXTS, TEXTS, WIDTHS)
def test_a_text_with_another_behind_it_needs_no_fewer_lines(one: str, two: str, width: int) -> None:
    assert lines_of(one + two, width) >= lines_of(one, width)


def test_as_many_lines_are_shown_as_there_is_room_for() -> None:
    assert shown_part("\n" * 40, 10) == "\n" * 20
    assert shown_part("长" * 400, 21) == "长" * 210
    assert shown_part("a" * 400, 11) == "a" * 210


def test_lines_are_counted_as_they_break() -> None:
    assert lines_of("", 10) == 1
    assert lines_of("四个汉字", 9) == 1
    assert lines_of("五个汉字啊", 10) == 2
    assert lines_of("一\n二\n", 10) == 3
    assert lines_of("two words", 8) == 2
    assert lines_of("a" * 18, 10) == 2
    assert lines_of("a" * 19, 10) == 3
    assert lines_of("“”“”“", 10) == 2
