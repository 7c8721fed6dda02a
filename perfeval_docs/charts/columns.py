"""Bars as columns, where the words at them have room."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from perfeval_docs.charts.layers import drawn
from perfeval_docs.charts.legend import Legend, legend_of
from perfeval_docs.charts.model import (
    GAP,
    LINE,
    MARGIN,
    MIDDLE,
    SIZE,
    WIDTH,
    Bar,
    Drawing,
    Label,
    Measure,
    Rule,
    Shape,
)
from perfeval_docs.charts.scale import Scale, scale_of
from perfeval_docs.charts.words import is_whole, wrap
from perfeval_docs.view import ChartView

_HEIGHT: Final = 150.0
_STEPS: Final = 5
_NAME_LINES: Final = 3
_WIDEST_BAR: Final = 45.0
# Of the room of a category, the least that its bars take, and the most.
_BARS: Final = (0.6, 0.9)


def lay_columns(chart: ChartView, measure: Measure) -> Drawing | None:
    """Return the figure, or None if names or texts would touch, be cut or be torn."""
    scale = scale_of(tuple(v for each in chart.series for v in each.values), _STEPS)
    left = MARGIN + max(map(measure, scale.marks)) + GAP
    slot = (WIDTH - MARGIN - left) / len(chart.categories)
    bar = _bar_width(chart, slot, measure)
    room = slot - GAP
    names = tuple(wrap(name, room, measure) for name in chart.categories)
    if bar is None or not all(is_whole(name, room, measure) for name in chart.categories):
        return None
    lines = max(map(len, names))
    if lines > _NAME_LINES:
        return None
    columns = _Columns(
        chart=chart, measure=measure, scale=scale, legend=legend_of(chart.series, measure),
        names=names, left=left, bottom=MARGIN + lines * LINE + GAP, slot=slot, bar=bar,
    )  # fmt: skip
    return drawn(columns)


def _bar_width(chart: ChartView, slot: float, measure: Measure) -> float | None:
    """Return how wide one bar is, None if the texts above the bars need more room."""
    widest = max(measure(text) for each in chart.series for text in each.texts) + GAP
    least, most = (share * slot / len(chart.series) for share in _BARS)
    if len(chart.series) == 1:
        return min(_WIDEST_BAR, least) if widest <= slot else None
    return max(min(_WIDEST_BAR, least), widest) if widest <= most else None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Columns:
    """The measures of a figure; `left` and `bottom` are the axes, a category has `slot`."""

    chart: ChartView
    measure: Measure
    scale: Scale
    legend: Legend
    names: tuple[tuple[str, ...], ...]
    left: float
    bottom: float
    slot: float
    bar: float

    @property
    def top(self) -> float:
        """Points up to the upper edge: a line for the text above the highest bar."""
        return self.bottom + _HEIGHT + LINE + self.legend.height + MARGIN

    def grid(self) -> Iterator[Shape]:
        for number, mark in enumerate(self.scale.marks):
            y = self.bottom + _HEIGHT * number / self.scale.steps
            width = self.measure(mark)
            yield Label(text=mark, x=self.left - GAP - width, y=y - MIDDLE, width=width)
            if number:
                yield Rule(x1=self.left, y1=y, x2=self.right, y2=y)

    def axes(self) -> Iterator[Shape]:
        left, bottom = self.left, self.bottom
        yield Rule(x1=left, y1=bottom, x2=self.right, y2=bottom, heavy=True)
        yield Rule(x1=left, y1=bottom, x2=left, y2=bottom + _HEIGHT, heavy=True)

    def bars(self) -> Iterator[Bar]:
        for number, series in enumerate(self.chart.series):
            for index, value in enumerate(series.values):
                x, height = self.edge(index, number), self.height(value)
                if value:
                    yield Bar(x=x, y=self.bottom, width=self.bar, height=height, series=number)

    def texts(self) -> Iterator[Label]:
        for number, series in enumerate(self.chart.series):
            for index, (value, text) in enumerate(zip(series.values, series.texts, strict=True)):
                width, y = self.measure(text), self.bottom + self.height(value) + GAP
                x = self.edge(index, number) + (self.bar - width) / 2
                yield Label(text=text, x=x, y=y, width=width)

    def category_names(self) -> Iterator[Shape]:
        for index, lines in enumerate(self.names):
            for number, line in enumerate(lines):
                width = self.measure(line)
                y = self.bottom - GAP - SIZE - LINE * number
                yield Label(text=line, x=self.centre(index) - width / 2, y=y, width=width)

    def centre(self, index: int) -> float:
        return self.left + self.slot * (index + 0.5)

    def edge(self, index: int, number: int) -> float:
        """Return the left edge of a series' bar."""
        return self.centre(index) + self.bar * (number - len(self.chart.series) / 2)

    def height(self, value: Decimal) -> float:
        return _HEIGHT * self.scale.share(value)

    @property
    def right(self) -> float:
        return WIDTH - MARGIN
