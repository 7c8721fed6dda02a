"""Excel workbooks to sheets: values as they are shown, merged cells; nothing is unpacked unseen."""

from __future__ import annotations

import io
import re
import warnings
from collections.abc import Callable, Iterator
from typing import Any, Final

from perfeval_docs.importing.readers.parts import bounded_xml, is_markup
from perfeval_docs.importing.readers.shown import MOST_AREA, Merge, extent, merged, shown
from perfeval_docs.importing.sheet import Sheet, TooLargeError, sheet
from perfeval_docs.ooxml import read_package

# openpyxl is loaded only for a workbook.
Worksheet = Any

EXCEL: Final = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_ESCAPED: Final = re.compile("_x([0-9A-Fa-f]{4})_")
_REFERENCE: Final = re.compile(r"\$?(?P<column>[A-Z]{1,3})\$?(?P<row>\d{1,7})", re.ASCII)


def read_workbook(data: bytes) -> Iterator[Sheet]:
    """Yield the worksheets of a workbook."""
    last_row, last_column = _extent(read_package(data))
    from openpyxl import load_workbook  # noqa: PLC0415  # only a workbook needs it

    with warnings.catch_warnings(action="ignore"):  # of what it does not know and we do not need
        book = load_workbook(io.BytesIO(data), data_only=True, keep_links=False)
        formulas = load_workbook(io.BytesIO(data), keep_links=False)
    for each, typed in zip(book.worksheets, formulas.worksheets, strict=True):
        merges = [
            (r.min_row - 1, r.min_col - 1, r.max_row - 1, r.max_col - 1)
            for r in each.merged_cells.ranges
        ]
        rows, columns = min(each.max_row, last_row), min(each.max_column, last_column)
        yield sheet(each.title, merged(_texts(each, typed), rows, columns, merges))


def _texts(page: Worksheet, typed: Worksheet) -> Callable[[int, int], str]:
    """Return what tells the text of a cell by its row and column, from 0."""

    def text(row: int, column: int) -> str:
        cell = page.cell(row + 1, column + 1)
        if cell.value is None:
            # A formula that no program has reckoned yet is at least not lost.
            return unescaped(shown(typed.cell(row + 1, column + 1).value, ""))
        return unescaped(shown(cell.value, str(cell.number_format)))

    return text


def unescaped(text: str) -> str:
    """Return a text with the signs that Excel writes as `_x000D_`, for XML cannot hold them."""
    if _ESCAPED.search(text) is None:
        return text
    signs = _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text)
    return signs.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _extent(parts: dict[str, bytes]) -> tuple[int, int]:
    """Return how many rows and columns hold something; refuse what others would unpack."""
    merges: list[Merge] = []
    places: list[tuple[int, int]] = []
    cells = 0
    for name, part in parts.items():
        if is_markup(name, part):
            root = bounded_xml(part)
            for merge in root.iter(f"{EXCEL}mergeCell"):
                first, last = map(place, merge.get("ref", "").split(":"))
                merges.append((*first, *last))
            for cell in root.iter(f"{EXCEL}c"):
                cells += 1
                if len(cell):
                    places.append(place(cell.get("r", "")))
            if cells > MOST_AREA:
                raise TooLargeError(name)
    return extent(places, merges)


def place(reference: str) -> tuple[int, int]:
    """Return the row and column, from 0, of a reference such as `C12`."""
    found = _REFERENCE.fullmatch(reference)
    if found is None:
        raise ValueError(reference)
    column = 0
    for letter in found["column"]:
        column = column * 26 + ord(letter) - ord("A") + 1
    return int(found["row"]) - 1, column - 1
