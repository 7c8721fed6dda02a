"""A year's figures as sheets: exact values, how each column is shown, what its totals are."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

Cell = str | Decimal | int | None
Kind = Literal["prose", "word", "whole", "amount", "figure"]


@dataclass(frozen=True, slots=True, kw_only=True)
class ColumnView:
    """A column: its label, its width in narrow characters, and how its cells are shown.

    `prose` is text from the left, `word` a short text in the middle, `whole` a count,
    `amount` money with its thousands apart, `figure` a rate or points; the last two with
    fixed `places`.
    """

    label: str
    width: int
    kind: Kind
    places: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Sum:
    """The sum of the column; its addends have at most `places` decimals."""

    places: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Ratio:
    """One total of the same line ÷ another, in percent, rounded to the column's places."""

    part: int
    whole: int
    rounding: Literal["half_up", "down"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Average:
    """The mean of the column's figures, half-up, blanks left out.

    Each counts once, or by its weight in the column `weight`.
    """

    weight: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Same:
    """What a total of another sheet says: its line among the totals, and its column."""

    sheet: str
    line: int
    column: int


How = Sum | Ratio | Average | Same


@dataclass(frozen=True, slots=True, kw_only=True)
class TotalView:
    """How a total comes about, and its value as the summary computed it; None if it has none."""

    how: How
    value: Decimal | int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetView:
    """A table with a title and a note above it, and lines of totals below.

    Raises `ValueError` unless each row and each line has a cell for each column.
    """

    name: str
    title: str
    note: str
    columns: tuple[ColumnView, ...]
    rows: tuple[tuple[Cell, ...], ...]
    totals: tuple[tuple[str | TotalView | None, ...], ...] = ()

    def __post_init__(self) -> None:
        """Compare the lengths."""
        for row in (*self.rows, *self.totals):
            if len(row) != len(self.columns):
                raise ValueError(f"{len(self.columns)} columns and {len(row)} cells")


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkbookView:
    """The sheets of a workbook, in order."""

    sheets: tuple[SheetView, ...]
