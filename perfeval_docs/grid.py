"""The text of a document as paragraphs and tables of cells, for reading back."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import zip_longest


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell at the place where it begins; `text` joins its paragraphs with newlines."""

    text: str
    row_span: int = 1
    column_span: int = 1


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of cells; a merged cell stands once, in the row and place where it begins."""

    rows: tuple[tuple[Cell, ...], ...]


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph outside tables; empty ones are left out of a grid."""

    text: str


Blocks = tuple[Paragraph | Table, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """A place where two documents do not say the same; an empty side has nothing there."""

    place: str
    expected: str
    found: str


def first_difference(
    expected: Blocks, found: Blocks, *, normal: Callable[[str], str]
) -> Difference | None:
    """Compare two documents cell for cell, texts as `normal` makes them; None if they agree.

    Cells without text are left out on both sides: a PDF does not always count them.
    """
    pairs = zip_longest(
        _with_text(_places(expected), normal),
        _with_text(_places(found), normal),
        fillvalue=("", ""),
    )
    for ours, theirs in pairs:
        if ours[0] != theirs[0] or normal(ours[1]) != normal(theirs[1]):
            return Difference(place=ours[0] or theirs[0], expected=ours[1], found=theirs[1])
    return None


def _with_text(
    places: Iterator[tuple[str, str]], normal: Callable[[str], str]
) -> Iterator[tuple[str, str]]:
    return ((place, text) for place, text in places if normal(text))


def _places(blocks: Blocks) -> Iterator[tuple[str, str]]:
    """Yield every text with its place: `paragraph 1`, `table 2 row 3 cell 4` (from 1)."""
    paragraphs = tables = 0
    for block in blocks:
        if isinstance(block, Paragraph):
            paragraphs += 1
            yield f"paragraph {paragraphs}", block.text
            continue
        tables += 1
        for y, row in enumerate(block.rows, 1):
            for x, cell in enumerate(row, 1):
                yield f"table {tables} row {y} cell {x}", cell.text
