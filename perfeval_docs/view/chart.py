"""A figure as it is printed: bars, the words at them, and what stands in for it in speech."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal


@dataclass(frozen=True, slots=True, kw_only=True)
class SeriesView:
    """Bars of one kind, one for each category.

    `values` are their lengths; `texts` are what is printed at them, already worded.
    Raises `ValueError` unless there are as many texts as values.
    """

    name: str
    values: tuple[Decimal, ...]
    texts: tuple[str, ...]

    def __post_init__(self) -> None:
        """Compare the lengths."""
        if len(self.texts) != len(self.values):
            raise ValueError(f"{len(self.values)} values and {len(self.texts)} texts")


@dataclass(frozen=True, slots=True, kw_only=True)
class ChartView:
    """A bar chart, with no caption in it.

    `name` is the stem of its files (ASCII), `title` what it is called where it cannot be seen,
    `alternative` what a person who cannot see it is told. `direction` is how the bars run:
    as columns, or as rows below each other, which have room for long names.
    Raises `ValueError` unless each series has a value for each category.
    """

    name: str
    title: str
    categories: tuple[str, ...]
    series: tuple[SeriesView, ...]
    direction: Literal["columns", "rows"]
    alternative: str

    def __post_init__(self) -> None:
        """Compare the lengths."""
        for each in self.series:
            if len(each.values) != len(self.categories):
                raise ValueError(f"{len(self.categories)} categories and {len(each.values)} values")
