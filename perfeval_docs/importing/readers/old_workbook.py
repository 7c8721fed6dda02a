"""Workbooks of Excel before 2007 (.xls) to sheets, as `workbook` makes them of today's."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any, Final

from perfeval_docs.importing.readers.shown import Merge, extent, merged, shown
from perfeval_docs.importing.sheet import Sheet, sheet

# xlrd has no types: its books, worksheets and cells.
Book = Any
Worksheet = Any

_MOST_SHEETS: Final = 200


def read_old_workbook(data: bytes) -> Iterator[Sheet]:
    """Yield the worksheets of a workbook.

    Raises `ValueError` among others for what is none, `TooLargeError` for one that is larger
    than any form. It may take much memory before that.
    """
    import xlrd  # noqa: PLC0415  # only an old workbook needs it

    try:
        with xlrd.open_workbook(
            file_contents=data, logfile=io.StringIO(), formatting_info=True, ragged_rows=True
        ) as book:
            if book.nsheets > _MOST_SHEETS:
                raise ValueError(book.nsheets)
            for each in book.sheets():
                yield _sheet(book, each)
    except (xlrd.XLRDError, xlrd.compdoc.CompDocError) as error:
        raise ValueError("no workbook") from error


def _sheet(book: Book, page: Worksheet) -> Sheet:
    merges = [_merge(area) for area in page.merged_cells]
    filled = [
        (y, x) for y in range(page.nrows) for x in range(page.row_len(y)) if _text(book, page, y, x)
    ]
    rows, columns = extent(filled, merges)
    rows_ = merged(lambda y, x: _text(book, page, y, x), rows, columns, merges)
    return sheet(page.name, rows_)


def _merge(area: tuple[int, int, int, int]) -> Merge:
    top, bottom, left, right = area
    return top, left, bottom - 1, right - 1


def _text(book: Book, page: Worksheet, row: int, column: int) -> str:
    """Return what a cell shows; nothing where a row ends before it."""
    import xlrd  # noqa: PLC0415  # as above

    if row >= page.nrows or column >= page.row_len(row):
        return ""
    cell = page.cell(row, column)
    match cell.ctype:
        case xlrd.XL_CELL_EMPTY | xlrd.XL_CELL_BLANK:
            return ""
        case xlrd.XL_CELL_BOOLEAN:
            return str(bool(cell.value))
        case xlrd.XL_CELL_ERROR:
            return str(xlrd.error_text_from_code[cell.value])
        case xlrd.XL_CELL_DATE:
            return str(xlrd.xldate.xldate_as_datetime(cell.value, book.datemode))
    form = book.format_map[book.xf_list[cell.xf_index].format_key]
    return shown(cell.value, form.format_str)
