"""What a document says, as paragraphs, pictures and tables of cells, for reading back."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import zip_longest


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture, by what it says to those who cannot see it.

    The pictures of a paragraph or a cell stand after its text, in their order.
    """

    alternative: str


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell at the place where it begins; `text` joins its paragraphs with newlines."""

    text: str
    row_span: int = 1
    column_span: int = 1
    pictures: tuple[Picture, ...] = ()


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of cells; a merged cell stands once, in the row and place where it begins."""

    rows: tuple[tuple[Cell, ...], ...]


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph outside tables; empty ones are left out of a grid."""

    text: str


Block = Paragraph | Picture | Table
Blocks = tuple[Block, ...]


# The words and numbers of a place, what is said there as it is compared, and as it stands.
_Said = tuple[tuple[str | int, ...], str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """A place where two documents do not say the same; an empty side has nothing there."""

    place: str
    expected: str
    found: str


def without_space(text: str) -> str:
    """Drop white space, which a PDF does not keep at the ends of lines."""
    return "".join(text.split())


def first_difference(
    expected: Blocks, found: Blocks, *, normal: Callable[[str], str]
) -> Difference | None:
    """Compare two documents cell for cell, texts as `normal` makes them; None if they agree.

    Paragraphs and cells without text are left out on both sides: a PDF does not always have
    them. Pictures never are.
    """
    nothing: _Said = ((), "", "")
    pairs = zip_longest(_said(expected, normal), _said(found, normal), fillvalue=nothing)
    for (place, ours, text), (other, theirs, read) in pairs:
        if place != other or ours != theirs:
            return Difference(place=" ".join(map(str, place or other)), expected=text, found=read)
    return None


def _said(blocks: Blocks, normal: Callable[[str], str]) -> Iterator[_Said]:
    """Yield what is said with its place: `paragraph 1`, `table 2 row 3 cell 4` (from 1)."""
    paragraphs = tables = pictures = 0
    for block in blocks:
        match block:
            case Paragraph(text):
                if said := normal(text):
                    paragraphs += 1
                    yield ("paragraph", paragraphs), said, text
            case Picture(alternative):
                pictures += 1
                yield ("picture", pictures), normal(alternative), alternative
            case Table():
                tables += 1
                yield from _said_in_table(block, tables, normal)


def _said_in_table(table: Table, number: int, normal: Callable[[str], str]) -> Iterator[_Said]:
    for y, row in enumerate(table.rows, 1):
        for x, cell in enumerate(row, 1):
            place = ("table", number, "row", y, "cell", x)
            if said := normal(cell.text):
                yield place, said, cell.text
            for which, picture in enumerate(cell.pictures, 1):
                alternative = picture.alternative
                yield (*place, "picture", which), normal(alternative), alternative
