"""Put texts and figures into cells so that none becomes something else on the way."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from perfeval_docs.workbook.texts import storable

_DIGITS: Final = 15
"""The significant digits that Excel keeps of a number."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pen:
    """Writes into one sheet; `plain` is the face of texts that must be written in pieces."""

    sheet: Worksheet
    plain: Format

    def text(self, row: int, column: int, text: str, look: Format) -> None:
        """Write a text, whatever it looks like."""
        stored = storable(text)
        if stored.startswith("<r>") and stored.endswith("</r>"):
            # xlsxwriter takes such a text for its own markup, unless it comes in pieces.
            pieces = (self.plain, stored[:1], self.plain, stored[1:])
            self.sheet.write_rich_string(row, column, *pieces, look)
        else:
            self.sheet.write_string(row, column, stored, look)

    def figure(self, row: int, column: int, value: Decimal | int | None, look: Format) -> None:
        """Write a figure, or as a text where Excel would not keep all its digits."""
        if value is None:
            self.sheet.write_blank(row, column, None, look)
        elif is_exact(value):
            self.sheet.write_number(row, column, float(value), look)
        else:
            self.text(row, column, f"{value:f}", look)


def is_exact(value: Decimal | int | None) -> bool:
    """Tell whether Excel keeps every digit of a figure."""
    return value is None or len(Decimal(value).normalize().as_tuple().digits) <= _DIGITS
