"""Excel workbooks to sheets: values as they are shown, merged cells; nothing is unpacked unseen."""

from __future__ import annotations

import io
import re
import warnings
from collections.abc import Iterator
from typing import Final

from perfeval_docs.importing.readers.shown import shown
from perfeval_docs.importing.sheet import MAX_COLUMNS, MAX_ROWS, Raw, Sheet, TooLargeError, sheet
from perfeval_docs.ooxml import parse_xml, read_package

_LARGEST_PART: Final = 10_000_000
_LARGEST_MERGE: Final = 20_000
_EXCEL: Final = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_REFERENCE: Final = re.compile(r"\$?(?P<column>[A-Z]{1,3})\$?(?P<row>\d{1,7})", re.ASCII)


def read_workbook(data: bytes) -> Iterator[Sheet]:
    """Yield the worksheets of a workbook."""
    last_row, last_column = _extent(read_package(data))
    from openpyxl import load_workbook  # noqa: PLC0415  # only a workbook needs it

    with warnings.catch_warnings(action="ignore"):  # of what it does not know and we do not need
        book = load_workbook(io.BytesIO(data), data_only=True, keep_links=False)
        formulas = load_workbook(io.BytesIO(data), keep_links=False)
    for each, typed in zip(book.worksheets, formulas.worksheets, strict=True):
        merged = {(r.min_row, r.min_col): r for r in each.merged_cells.ranges}
        covered = {place for r in each.merged_cells.ranges for place in r.cells} - merged.keys()
        rows: list[list[Raw]] = []
        for y in range(1, min(each.max_row, last_row) + 1):
            cells: list[Raw] = []
            for x in range(1, min(each.max_column, last_column) + 1):
                if (y, x) in covered:
                    continue
                cell, area = each.cell(y, x), merged.get((y, x))
                text = shown(cell.value, str(cell.number_format))
                if cell.value is None:
                    # A formula that no program has reckoned yet is at least not lost.
                    text = shown(typed.cell(y, x).value, "")
                height = 1 if area is None else area.max_row - area.min_row + 1
                width = 1 if area is None else area.max_col - area.min_col + 1
                cells.append(Raw(text, height, width))
            rows.append(cells)
        yield sheet(each.title, rows)


def _extent(parts: dict[str, bytes]) -> tuple[int, int]:
    """Return the last row and column that hold something; refuse what others would unpack.

    A merge of all cells there are, or a style in the last row, is a few bytes here and
    gigabytes in a program that lays it out.
    """
    rows, columns = 1, 1
    for name, part in parts.items():
        if name.endswith((".xml", ".rels")):
            if len(part) > _LARGEST_PART:
                raise TooLargeError(name)
            root = parse_xml(part)
            for merge in root.iter(f"{_EXCEL}mergeCell"):
                (top, left), (bottom, right) = map(_place, merge.get("ref", "").split(":"))
                rows, columns = max(rows, bottom), max(columns, right)
                if (bottom - top + 1) * (right - left + 1) > _LARGEST_MERGE:
                    raise TooLargeError(name)
            for cell in root.iter(f"{_EXCEL}c"):
                if len(cell):
                    row, column = _place(cell.get("r", ""))
                    rows, columns = max(rows, row), max(columns, column)
    if rows > MAX_ROWS or columns > MAX_COLUMNS:
        raise TooLargeError("workbook")
    return rows, columns


def _place(reference: str) -> tuple[int, int]:
    """Return the row and column, from 1, of a reference such as `C12`."""
    found = _REFERENCE.fullmatch(reference)
    if found is None:
        raise ValueError(reference)
    column = 0
    for letter in found["column"]:
        column = column * 26 + ord(letter) - ord("A") + 1
    return int(found["row"]), column
