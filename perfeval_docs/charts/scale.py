"""The axis of values: round numbers from nought on, whole ones for counts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import ROUND_CEILING, Decimal
from itertools import count
from typing import Final

_ROUND: Final = (1, 2, 5)


@dataclass(frozen=True, slots=True, kw_only=True)
class Scale:
    """Where the axis is marked: multiples of `step` from 0 to `steps` of them."""

    step: Decimal
    steps: int

    @property
    def top(self) -> Decimal:
        """The value at the end of the axis."""
        return self.step * self.steps

    @property
    def marks(self) -> tuple[str, ...]:
        """The numbers at the axis, from 0 up."""
        return tuple(f"{self.step * n:f}" for n in range(self.steps + 1))

    def share(self, value: Decimal) -> float:
        """Return how far along the axis a value is, from 0 to 1."""
        return float(value / self.top)


def scale_of(values: tuple[Decimal, ...], most: int) -> Scale:
    """Return the finest scale of at most so many steps that has room for all the values.

    Whole numbers get whole steps. Values are finite and not negative; nothing but noughts
    gets one step, to 1.
    """
    largest = max(values)
    if not largest:
        return Scale(step=Decimal(1), steps=1)
    are_whole = all(value == value.to_integral_value() for value in values)
    step = next(
        step
        for step in _round_numbers(largest.adjusted() - len(str(most)))
        if step * most >= largest and not (are_whole and step < 1)
    )
    return Scale(step=step, steps=int((largest / step).to_integral_value(ROUND_CEILING)))


def _round_numbers(exponent: int) -> Iterator[Decimal]:
    """Return 1, 2 and 5 times each power of ten, from the given one up."""
    return (Decimal(digit).scaleb(power) for power in count(exponent) for digit in _ROUND)
