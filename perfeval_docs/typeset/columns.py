"""The widths of a table's columns."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from lxml import etree

from perfeval_docs.diagnostic import msg
from perfeval_docs.ooxml import qn
from perfeval_docs.typeset.cells import CellFormat
from perfeval_docs.typeset.faults import UnsettableError
from perfeval_docs.typeset.formats import points
from perfeval_docs.typeset.table_styles import TableFormat

_WIDTH: Final = qn("w:w")


def column_widths(
    table: etree._Element,
    cells: Sequence[tuple[int, CellFormat]],
    format_: TableFormat,
    room: float,
) -> tuple[float, ...]:
    """Return the widths of the columns of a `w:tbl`, from its grid and its cells' own widths.

    `cells` are the columns where cells begin, with what they state; `room` is the width of the
    text. Columns left open share what is left. A width in percent stretches the whole grid.
    """
    whole = format_.width or format_.share * room or room
    widths = _stated(table, cells, whole)
    left_open = widths.count(0.0)
    share = (whole - sum(widths)) / max(left_open, 1)
    if not widths or (left_open and share <= 0):
        raise UnsettableError(msg("a table with a column of no width"))
    widths = [width or share for width in widths]
    stretch = format_.share * room / sum(widths) if format_.share else 1.0
    return tuple(width * stretch for width in widths)


def _stated(
    table: etree._Element, cells: Sequence[tuple[int, CellFormat]], whole: float
) -> list[float]:
    """Return the widths that the grid or else a cell states, 0 where neither does."""
    grid = table.find(qn("w:tblGrid"))
    stated = [] if grid is None else [max(0.0, points(c.get(_WIDTH)) or 0.0) for c in grid]
    count = max((column + cell.span for column, cell in cells), default=0)
    widths = [*stated, *([0.0] * count)][:count]
    for column, cell in cells:
        if cell.span == 1 and not widths[column]:
            widths[column] = max(0.0, cell.width or cell.share * whole)
    return widths
