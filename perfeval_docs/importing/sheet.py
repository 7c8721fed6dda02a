"""What a file says as sheets of cells: merged cells resolved, each with its place in the file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

MAX_COLUMNS: Final = 200
MAX_ROWS: Final = 5000
MAX_CELL: Final = 20_000
MAX_CELLS: Final = 80_000
"""Of a file, those counted again for each row that they reach into."""
MAX_CHARACTERS: Final = 2_000_000
"""Of a file; a form has some thousands."""


@dataclass(frozen=True, slots=True)
class Raw:
    """A cell as a file states it: its text, and how many rows and columns it spans."""

    text: str
    row_span: int = 1
    column_span: int = 1


@dataclass(frozen=True, slots=True)
class Box:
    """A cell of a sheet: its text, where it begins and how wide it is, from 0."""

    text: str
    row: int
    column: int
    width: int = 1
    height: int = 1


@dataclass(frozen=True, slots=True)
class Sheet:
    """The rows of a table, each with the cells that begin in it or reach into it.

    `name` is what people call it: its number, or a worksheet's name; nothing for lines of
    text. A paragraph outside tables is a sheet of one cell.
    """

    name: str
    rows: tuple[tuple[Box, ...], ...]


class Counter:
    """Counts the tables of a file."""

    def __init__(self) -> None:
        """Begin before the first."""
        self.count = 0

    def next(self) -> str:
        """Return the number of the next table."""
        self.count += 1
        return str(self.count)


class TooLargeError(Exception):
    """A table is larger than any form."""


def sheet(name: str, rows: Iterable[Sequence[Raw]]) -> Sheet:
    """Lay the cells of a table out as HTML does: each in the first free column of its row.

    Raises `TooLargeError` for what no form is as large as.
    """
    laid: list[list[Box]] = []
    taken: dict[int, list[Box]] = {}
    reach = 0
    for y, cells in enumerate(rows):
        if y >= MAX_ROWS:
            raise TooLargeError(name)
        line = taken.pop(y, [])
        occupied = {x for box in line for x in range(box.column, box.column + box.width)}
        x = 0
        for raw in cells:
            while x in occupied:
                x += 1
            width = max(1, min(raw.column_span, MAX_COLUMNS))
            height = max(1, min(raw.row_span, MAX_ROWS))
            reach += height
            if x + width > MAX_COLUMNS or len(raw.text) > MAX_CELL or reach > MAX_CELLS:
                raise TooLargeError(name)
            box = Box(raw.text, y, x, width, height)
            line.append(box)
            for below in range(y + 1, min(y + height, MAX_ROWS)):
                taken.setdefault(below, []).append(box)
            x += width
        laid.append(sorted(line, key=lambda each: each.column))
    return Sheet(name, tuple(map(tuple, laid)))


def from_lines(lines: Iterable[str]) -> Sheet:
    """Make one sheet of lines, whose cells stand between tabs.

    Raises `TooLargeError` as `sheet` does.
    """
    cells = (line.split("\t", MAX_COLUMNS) for line in lines)
    return sheet("", ([Raw(cell) for cell in line] for line in cells))


def within(sheets: Iterable[Sheet]) -> Iterator[Sheet]:
    """Yield the sheets of a file, as long as they are no more than forms can be.

    Raises `TooLargeError` where they are.
    """
    cells = characters = 0
    for each in sheets:
        for y, row in enumerate(each.rows):
            cells += len(row)
            characters += sum(len(box.text) for box in row if box.row == y)
        if cells > MAX_CELLS or characters > MAX_CHARACTERS:
            raise TooLargeError(each.name)
        yield each
