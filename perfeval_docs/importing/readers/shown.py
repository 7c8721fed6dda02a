"""Cells of workbooks: values as these show them, in rows with their merged cells."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime, time
from decimal import ROUND_HALF_UP, Decimal
from typing import Final

from perfeval_docs.importing.sheet import MAX_COLUMNS, MAX_ROWS, Raw, TooLargeError

_DECIMALS: Final = re.compile(r"0(?:\.(?P<places>0+))?(?P<percent>%)?$")
_LARGEST_MERGE: Final = 20_000
MOST_AREA: Final = 100_000
"""Of the cells of a sheet, or of those that are merged in a file."""

Merge = tuple[int, int, int, int]
"""The top row, left column, bottom row and right column of merged cells, from 0, all within."""


def extent(places: Iterable[tuple[int, int]], merges: Iterable[Merge]) -> tuple[int, int]:
    """Return how many rows and columns hold something; raises `TooLargeError` for very many.

    A merge of all cells there are, or a style in the last row, is a few bytes in a file and
    gigabytes in a program that lays it out.
    """
    rows, columns, together = 1, 1, 0
    for top, left, bottom, right in merges:
        rows, columns = max(rows, bottom + 1), max(columns, right + 1)
        size = (bottom - top + 1) * (right - left + 1)
        together += size
        if size > _LARGEST_MERGE or together > MOST_AREA:
            raise TooLargeError("merge")
    for row, column in places:
        rows, columns = max(rows, row + 1), max(columns, column + 1)
    if rows > MAX_ROWS or columns > MAX_COLUMNS:
        raise TooLargeError("workbook")
    return rows, columns


def merged(
    text: Callable[[int, int], str], rows: int, columns: int, merges: Iterable[Merge]
) -> Iterator[list[Raw]]:
    """Yield so many rows, each text by its row and column, merged cells once.

    Raises `TooLargeError` for more cells than forms have.
    """
    if rows * columns > MOST_AREA:
        raise TooLargeError("sheet")
    areas = {(area[0], area[1]): area for area in merges}
    covered = {
        (y, x)
        for top, left, bottom, right in areas.values()
        for y in range(top, bottom + 1)
        for x in range(left, right + 1)
    } - areas.keys()
    for y in range(rows):
        cells: list[Raw] = []
        for x in range(columns):
            if (y, x) not in covered:
                top, left, bottom, right = areas.get((y, x), (y, x, y, x))
                cells.append(Raw(text(y, x), bottom - top + 1, right - left + 1))
        yield cells


def shown(value: object, number_format: str) -> str:
    """Return a value as the format of its cell shows it, for the formats that forms have."""
    if value is None:
        return ""
    if isinstance(value, datetime) and value.time() == time():
        return value.date().isoformat()
    if isinstance(value, bool) or not isinstance(value, int | float):
        return str(value)
    exact = Decimal(repr(value))
    found = _DECIMALS.search(number_format.split(";", maxsplit=1)[0].replace("_ ", "").strip())
    if found is None:
        whole = exact.to_integral_value()
        return f"{whole if exact == whole else exact:f}"
    if found["percent"]:
        exact *= 100
    places = len(found["places"] or "")
    rounded = exact.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    return f"{rounded:f}{'%' if found['percent'] else ''}"
