"""How wide columns and how high rows are, so that nothing on a sheet is hidden."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Final

from perfeval_docs.view.workbook import Cell, ColumnView, SheetView, TotalView
from perfeval_docs.workbook.layout import FIRST, HEAD, NOTE, TITLE, end
from perfeval_docs.workbook.texts import lines_of

_TITLE_HEIGHT: Final = 30.0
_ROW_HEIGHT: Final = 18.0
_LINE_HEIGHT: Final = 15.75
_SPACE: Final = 2


def widths(sheet: SheetView) -> Iterator[int]:
    """Yield the width of each column: its own, or that of its longest figure."""
    lines = (*sheet.rows, *(tuple(map(_value, line)) for line in sheet.totals))
    for column, each in enumerate(sheet.columns):
        figures = [value for row in lines if isinstance(value := row[column], Decimal | int)]
        longest = len(_written(max(figures), each)) + _SPACE if figures else 0
        yield max(each.width, longest)


def heights(sheet: SheetView) -> Iterator[tuple[int, float]]:
    """Yield each row with its height in points, high enough for its longest text.

    They are stated because LibreOffice, unlike Excel, fits no heights when it opens a file.
    """
    limits = [each.width for each in sheet.columns]
    yield TITLE, _TITLE_HEIGHT
    yield NOTE, _ROW_HEIGHT
    yield HEAD, _height([each.label for each in sheet.columns], limits)
    for number, row in enumerate(sheet.rows, FIRST):
        yield number, _height(row, limits)
    for number, line in enumerate(sheet.totals, end(sheet)):
        yield number, _height([each if isinstance(each, str) else None for each in line], limits)


def _height(row: Sequence[Cell], limits: Sequence[int]) -> float:
    texts = (
        (value, width) for value, width in zip(row, limits, strict=True) if isinstance(value, str)
    )
    lines = max((lines_of(value, width) for value, width in texts), default=1)
    return max(_ROW_HEIGHT, lines * _LINE_HEIGHT + 1)


def _value(total: str | TotalView | None) -> Cell:
    return total.value if isinstance(total, TotalView) else total


def _written(value: Decimal | int, column: ColumnView) -> str:
    return f"{value:,.{column.places}f}"
