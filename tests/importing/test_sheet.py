"""How the cells of a table are laid out: each in the first free column, those above in the way."""

from hypothesis import given
from hypothesis import strategies as st

from perfeval_docs.importing.sheet import Box, Raw, sheet

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
