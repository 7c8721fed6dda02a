"""Texts that a row cannot show go, whole, to a sheet of their own; a mark says so."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from perfeval_docs.view.workbook import Cell, ColumnView, SheetView, WorkbookView
from perfeval_docs.workbook.layout import FIRST, cell
from perfeval_docs.workbook.texts import shown_part

NAME: Final = "长文本"
_WIDTH: Final = 100
_COLUMNS: Final = (
    ColumnView(label="工作表", width=20, kind="word"),
    ColumnView(label="单元格", width=9, kind="word"),
    ColumnView(label="段", width=6, kind="whole"),
    ColumnView(label="内容", width=_WIDTH, kind="prose"),
)


def with_long_texts_apart(view: WorkbookView) -> WorkbookView:
    """Return a view whose cells can all be shown, the long texts on a sheet at the end."""
    apart: list[tuple[Cell, ...]] = []
    sheets = tuple(_shortened(sheet, apart) for sheet in view.sheets)
    if not apart:
        return view
    texts = SheetView(
        name=NAME,
        title="单元格内显示不全的文本",
        note="全文分段，依次相接",
        columns=_COLUMNS,
        rows=tuple(apart),
    )
    return WorkbookView(sheets=(*sheets, texts))


def _shortened(sheet: SheetView, apart: list[tuple[Cell, ...]]) -> SheetView:
    """Return a sheet with marks in place of the ends of long texts, which are added to `apart`."""
    widths = [column.width for column in sheet.columns]
    rows = list(sheet.rows)
    for number, row in enumerate(rows):
        for column, value in enumerate(row):
            if not isinstance(value, str):
                continue
            shown = shown_part(value, widths[column])
            if shown == value:
                continue
            mark = f"……（全文见“{NAME}”第{FIRST + len(apart) + 1}行）"
            place = cell(FIRST + number, column)
            apart += ((sheet.name, place, n, part) for n, part in enumerate(_parts(value), 1))
            rows[number] = (*rows[number][:column], shown + mark, *rows[number][column + 1 :])
    return replace(sheet, rows=tuple(rows))


def _parts(text: str) -> Iterator[str]:
    while text:
        part = shown_part(text, _WIDTH)
        yield part
        text = text[len(part) :]
