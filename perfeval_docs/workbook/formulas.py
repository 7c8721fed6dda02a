"""How a total comes about, as a formula that rounds as the figures of a record are rounded."""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import Final, assert_never

from perfeval_docs.view.workbook import Average, How, Ratio, Same, Sum
from perfeval_docs.workbook.layout import FIRST, cell, cells

_ROUNDINGS: Final = MappingProxyType({"half_up": "ROUND", "down": "ROUNDDOWN"})
# Binary fractions are not the decimals that they stand for: 0.29 ÷ 1 × 100 is 28.999…96, which
# cut off gives 28.99. So what is to be rounded is rounded first where no real figure differs.
_NEARLY_ALL: Final = 12
_NEARLY_ALL_OF_A_MEAN: Final = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Spot:
    """Where a formula stands, and what it can refer to.

    `last` is the last row of the table above it, `places` are the decimals of its column;
    `ends` tells for each sheet the row at which its lines of totals begin.
    """

    row: int
    column: int
    last: int
    places: int
    ends: MappingProxyType[str, int]


def formula(how: How, spot: Spot) -> str:
    """Return a formula; it is blank where the summary has no value."""
    above = cells(FIRST, spot.last, spot.column)
    match how:
        case Sum(places=0):
            return f"=SUM({above})"
        case Sum(places=places):
            return f"=ROUND(SUM({above}),{places})"
        case Ratio(part=part, whole=whole, rounding=rounding):
            rate = f"{cell(spot.row, part)}/{cell(spot.row, whole)}*100"
            exact = f"ROUND({rate},{_NEARLY_ALL})"
            return f'=IFERROR({_ROUNDINGS[rounding]}({exact},{spot.places}),"")'
        case Average(weight=weight):
            weights = None if weight is None else cells(FIRST, spot.last, weight)
            mean = f"ROUND({_mean(above, weights)},{_NEARLY_ALL_OF_A_MEAN})"
            return f'=IFERROR(ROUND({mean},{spot.places}),"")'
        case Same(sheet=sheet, line=line, column=column):
            return f"='{sheet}'!{cell(spot.ends[sheet] + line, column)}"
        case _:
            assert_never(how)


def _mean(figures: str, weights: str | None) -> str:
    """Return the mean of figures; the weights of those that are blank do not count."""
    if weights is None:
        return f"AVERAGE({figures})"
    return f'SUMPRODUCT({weights},{figures})/SUMIF({figures},">=0",{weights})'
