"""A figure laid out: shapes with their places, in points from the lower left corner."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

WIDTH: Final = 442.0
"""Points across: the text of a page of GB/T 9704 is 156 mm wide."""

MAX_HEIGHT: Final = 600.0
"""Points down that a figure may take: 225 mm of text, less a caption of two lines."""

SIZE: Final = 9.0
"""Points of all letters: 小五, the size of the figures' captions and tables."""

LINE: Final = 12.0
"""Points from one line of a label to the next."""

MARGIN: Final = 1.5
"""Points around everything: letters and lines are a little wider than they are counted."""

GAP: Final = 4.0
"""Points between a label and what it is about."""

MIDDLE: Final = 0.37 * SIZE
"""Points from a baseline up to the middle of digits, and of Chinese characters."""

Measure = Callable[[str], float]
"""How many points a text is wide."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """A straight line: an axis if `heavy`, else a line of the grid."""

    x1: float
    y1: float
    x2: float
    y2: float
    heavy: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """A bar, or its sample in the legend, filled as its series (from 0) is."""

    x: float
    y: float
    width: float
    height: float
    series: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Label:
    """A line of text, from the left end of its baseline."""

    text: str
    x: float
    y: float
    width: float

    def blank(self) -> Blank:
        """Return the paper that it stands on."""
        return Blank(x=self.x - 1, y=self.y + MIDDLE - LINE / 2, width=self.width + 2, height=LINE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Blank:
    """White paper, so that no line of the grid runs through a text."""

    x: float
    y: float
    width: float
    height: float


Shape = Rule | Bar | Label | Blank


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawing:
    """A figure; a shape lies over those before it."""

    width: float
    height: float
    shapes: tuple[Shape, ...]
