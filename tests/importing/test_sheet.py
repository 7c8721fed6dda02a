"""How the cells of a table are laid out: each in the first free column, those above in the way."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from perfeval_docs.importing.labels import label
from perfeval_docs.importing.sheet import (
    MAX_CELL,
    MAX_CELLS,
    MAX_CHARACTERS,
    MAX_COLUMNS,
    Box,
    Raw,
    Sheet,
    TooLargeError,
    from_lines,
    sheet,
    within,
)

ROWS = st.lists(
    st.lists(st.builds(Raw, st.just("x"), st.integers(1, 3), st.integers(1, 3)), max_size=4),
    min_size=1, max_size=5,
)  # fmt: skip


def test_a_cell_that_reaches_down_stands_in_the_rows_that_it_reaches() -> None:
    laid = sheet("1", [[Raw("a", 2, 1), Raw("b", 1, 2)], [Raw("c")], [Raw("d")]])
    high, wide = Box("a", 0, 0, 1, 2), Box("b", 0, 1, 2, 1)
    assert laid.rows == ((high, wide), (high, Box("c", 1, 1)), (Box("d", 2, 0),))


@given(ROWS)
def test_no_two_cells_begin_in_one_place_and_none_is_lost(rows: list[list[Raw]]) -> None:
    laid = sheet("1", rows).rows
    assert [len([b for b in row if b.row == y]) for y, row in enumerate(laid)] == list(
        map(len, rows)
    )
    for y, row in enumerate(laid):
        begins = [box.column for box in row]
        assert begins == sorted(set(begins))
        reaching = {
            box
            for above in laid[:y]
            for box in above
            if box.row < y < box.row + box.height
        }  # fmt: skip
        assert reaching == {box for box in row if box.row < y}


def one(text: str) -> Sheet:
    return sheet("", [[Raw(text)]])


def test_a_file_of_more_than_forms_hold_is_refused_on_the_way() -> None:
    long = "x" * MAX_CELL
    assert len(list(within([one(long)] * (MAX_CHARACTERS // MAX_CELL)))) == 100
    many = iter([one(long)] * 10_000)
    with pytest.raises(TooLargeError):
        list(within(many))
    assert len(list(many)) == 10_000 - 101
    with pytest.raises(TooLargeError):
        list(within([one("x")] * (MAX_CELLS + 1)))


def test_cells_that_reach_into_more_rows_than_forms_have_are_refused() -> None:
    high = [Raw("x", 1000)] * 40
    assert len(sheet("1", [high] * 2).rows) == 2
    with pytest.raises(TooLargeError):
        sheet("1", [high] * 3)


def test_a_line_is_cut_no_further_than_a_form_is_wide() -> None:
    assert len(from_lines(["\t" * (MAX_COLUMNS - 1)]).rows[0]) == MAX_COLUMNS
    with pytest.raises(TooLargeError):
        from_lines(["\t" * 1_000_000])


def test_what_is_longer_than_any_label_is_none() -> None:
    assert label("一、项目名称：") == "项目名称"
    assert label("一、" * 300) == "一、" * 300
