"""Where things stand on a sheet: title, note, head, rows, lines of totals; all counted from 0."""

from __future__ import annotations

from typing import Final

from perfeval_docs.view.workbook import SheetView

TITLE: Final = 0
NOTE: Final = 1
HEAD: Final = 2
FIRST: Final = 3


def end(sheet: SheetView) -> int:
    """Return the row below the table, where its totals begin; an empty table has one row."""
    return FIRST + max(1, len(sheet.rows))


def cell(row: int, column: int) -> str:
    """Return the name of a cell: row 3, column 4 is `E4`."""
    return f"{_letters(column)}{row + 1}"


def cells(first: int, last: int, column: int) -> str:
    """Return the name of a stretch of a column, both ends included."""
    return f"{cell(first, column)}:{cell(last, column)}"


def table(last: int, columns: int) -> str:
    """Return the name of all rows of a table, the last included."""
    return f"{cell(FIRST, 0)}:{cell(last, columns - 1)}"


def _letters(column: int) -> str:
    above, last = divmod(column, 26)
    return (_letters(above - 1) if above else "") + chr(ord("A") + last)
