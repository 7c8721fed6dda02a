"""How cells look: faces, borders, alignment, and numbers with their decimals."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, Final

from xlsxwriter import Workbook
from xlsxwriter.format import Format

from perfeval_docs.view.workbook import ColumnView

BODY: Final[Mapping[str, object]] = MappingProxyType({"font_name": "宋体", "font_size": 10.5})
# 宋体 has no bold cut: what stands out is set in 黑体.
_BLACK: Final = MappingProxyType({"font_name": "黑体", "font_size": 10.5})
_CELL: Final = MappingProxyType({"border": 1, "valign": "vcenter", "text_wrap": True})
# As wide as a space: figures do not touch the line to the right of them.
_MARGIN: Final = "_ "
_ALIGNMENTS: Final = MappingProxyType(
    {"prose": "left", "word": "center", "whole": "center", "amount": "right", "figure": "right"}
)


class Formats:
    """The formats of a workbook, each made once."""

    def __init__(self, workbook: Workbook) -> None:
        """Make those that every sheet has."""
        self._workbook = workbook
        self._made: dict[tuple[str, int, bool, bool], Format] = {}
        self.plain = self._add(BODY)
        self.title = self._add({**_BLACK, "font_size": 16, "align": "center", "valign": "vcenter"})
        self.note = self._add({**BODY, "align": "right", "valign": "vcenter"})
        self.head = self._add({**_BLACK, **_CELL, "align": "center", "bg_color": "#E7E6E6"})
        self.label = self._add({**_BLACK, **_CELL, "align": "center"})

    def cell(self, column: ColumnView, *, quoted: bool = False, total: bool = False) -> Format:
        """Return the format of a column's cells.

        A quoted text stays text when someone edits the cell.
        """
        key = (column.kind, column.places, quoted, total)
        if key not in self._made:
            self._made[key] = self._add(
                {
                    **(_BLACK if total else BODY),
                    **_CELL,
                    "align": _ALIGNMENTS[column.kind],
                    "num_format": _number_format(column),
                    "quote_prefix": quoted,
                }
            )
        return self._made[key]

    def _add(self, properties: Mapping[str, Any]) -> Format:
        return self._workbook.add_format(dict(properties))


def _number_format(column: ColumnView) -> str:
    decimals = "." + "0" * column.places if column.places else ""
    match column.kind:
        case "whole":
            return "0"
        case "amount":
            return f"#,##0{decimals}{_MARGIN}"
        case "figure":
            return f"0{decimals}{_MARGIN}"
        case _:
            return "General"
