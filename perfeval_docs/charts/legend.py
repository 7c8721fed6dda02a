"""The legend: a sample of each kind of bar and its name, above the bars."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from perfeval_docs.charts.model import GAP, LINE, MARGIN, MIDDLE, WIDTH, Bar, Label, Measure, Shape
from perfeval_docs.charts.words import fit
from perfeval_docs.view import SeriesView

_SAMPLE_WIDTH = 22.0
_SAMPLE_HEIGHT = 8.0
_BETWEEN = 4 * GAP


@dataclass(frozen=True, slots=True, kw_only=True)
class Legend:
    """The entries of a legend, in lines; none where there is nothing to tell apart."""

    lines: tuple[tuple[_Entry, ...], ...]

    @property
    def height(self) -> float:
        """Points that it takes, with the space below it."""
        return len(self.lines) * LINE + GAP if self.lines else 0.0

    def shapes(self, top: float) -> Iterator[Shape]:
        """Yield its shapes below `top`, to the right."""
        for number, line in enumerate(self.lines):
            x = WIDTH - MARGIN - _width(line)
            y = top - MARGIN - LINE * number - LINE / 2
            for entry in line:
                yield from entry.shapes(x, y)
                x += entry.width + _BETWEEN


@dataclass(frozen=True, slots=True, kw_only=True)
class _Entry:
    """A kind of bar and its name."""

    series: int
    name: str
    name_width: float

    @property
    def width(self) -> float:
        return _SAMPLE_WIDTH + GAP + self.name_width

    def shapes(self, x: float, middle: float) -> Iterator[Shape]:
        yield Bar(
            x=x, y=middle - _SAMPLE_HEIGHT / 2, width=_SAMPLE_WIDTH, height=_SAMPLE_HEIGHT,
            series=self.series,
        )  # fmt: skip
        yield Label(
            text=self.name, x=x + _SAMPLE_WIDTH + GAP, y=middle - MIDDLE, width=self.name_width
        )


def legend_of(series: tuple[SeriesView, ...], measure: Measure) -> Legend:
    """Return the legend of two series or more, in one line if they fit in one."""
    if len(series) == 1:
        return Legend(lines=())
    room = WIDTH - 2 * MARGIN
    names = [fit(each.name, room - _SAMPLE_WIDTH - GAP, 1, measure)[0] for each in series]
    line = tuple(
        _Entry(series=number, name=name, name_width=measure(name))
        for number, name in enumerate(names)
    )
    return Legend(lines=(line,) if _width(line) <= room else tuple((entry,) for entry in line))


def _width(line: tuple[_Entry, ...]) -> float:
    return sum(entry.width for entry in line) + _BETWEEN * (len(line) - 1)
