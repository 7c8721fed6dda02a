"""Bars as rows below each other, with their names to the left."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import accumulate
from typing import Final

from perfeval_docs.charts.layers import drawn
from perfeval_docs.charts.legend import Legend, legend_of
from perfeval_docs.charts.model import (
    GAP,
    LINE,
    MARGIN,
    MAX_HEIGHT,
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
from perfeval_docs.charts.words import fit
from perfeval_docs.view import ChartView

_STEPS: Final = 5
_BAR: Final = 10.5
# Points of a block of lines that nothing is printed on: the space below the last line.
_LEADING: Final = LINE - SIZE
_LEAST_LENGTH: Final = 80.0
_LEAST_LEFT: Final = 2 * SIZE  # half of the first mark's number
_FOOT: Final = MARGIN + LINE + GAP


@dataclass(frozen=True, slots=True, kw_only=True)
class _Plan:
    """How names are set: lines and width that they may take, and the space between rows."""

    lines: int
    width: float
    between: float


# From the most comfortable to the tightest; the first that a page has room for is taken.
_PLANS: Final = (
    _Plan(lines=3, width=170, between=9),
    _Plan(lines=3, width=170, between=4),
    _Plan(lines=2, width=190, between=4),
    _Plan(lines=1, width=215, between=4),
)


def lay_rows(chart: ChartView, measure: Measure) -> Drawing:
    """Return the figure, as high as its rows need.

    Names too long for the height that a page has are shortened in the middle. Raises
    `ValueError` if the rows do not fit on a page even so, or a text leaves no room for bars.
    """
    tries = (_set(chart, plan, measure) for plan in _PLANS)
    rows = next((rows for rows in tries if rows.top <= MAX_HEIGHT), None)
    if rows is None:
        raise ValueError(f"{len(chart.categories)} rows do not fit on a page; draw fewer")
    return drawn(rows)


def _set(chart: ChartView, plan: _Plan, measure: Measure) -> _Rows:
    names = tuple(fit(name, plan.width, plan.lines, measure) for name in chart.categories)
    widest = max(measure(line) for lines in names for line in lines)
    left = max(MARGIN + widest + GAP, _LEAST_LEFT)
    scale, length = _scale(chart, WIDTH - MARGIN - left, measure)
    bars = len(chart.series) * _BAR
    return _Rows(
        chart=chart, measure=measure, scale=scale, legend=legend_of(chart.series, measure),
        names=names, left=left, length=length,
        heights=tuple(max(bars, len(lines) * LINE - _LEADING) + plan.between for lines in names),
    )  # fmt: skip


def _scale(chart: ChartView, room: float, measure: Measure) -> tuple[Scale, float]:
    """Return the finest scale whose marks do not touch, and how many points of the room it takes.

    The text at each bar must end within the room, and so must the last mark.
    """
    values = tuple(value for each in chart.series for value in each.values)
    texts = tuple(text for each in chart.series for text in each.texts)
    for steps in range(_STEPS, 0, -1):
        scale = scale_of(values, steps)
        length = room - measure(scale.marks[-1]) / 2
        for value, text in zip(values, texts, strict=True):
            if value:
                length = min(length, (room - GAP - measure(text)) / scale.share(value))
        widest = max(map(measure, scale.marks)) + 2 * GAP
        if length >= max(_LEAST_LENGTH, widest * scale.steps):
            return scale, length
    raise ValueError("the texts at the bars are too long")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Rows:
    """The measures of a figure; `left` is the axis, each category has its height."""

    chart: ChartView
    measure: Measure
    scale: Scale
    legend: Legend
    names: tuple[tuple[str, ...], ...]
    left: float
    length: float
    heights: tuple[float, ...]

    @property
    def head(self) -> float:
        """Points up to the upper end of the axis."""
        return _FOOT + sum(self.heights)

    @property
    def top(self) -> float:
        """Points up to the upper edge."""
        return self.head + self.legend.height + MARGIN

    def grid(self) -> Iterator[Shape]:
        for number, mark in enumerate(self.scale.marks):
            x, width = self.left + self.length * number / self.scale.steps, self.measure(mark)
            yield Label(text=mark, x=x - width / 2, y=_FOOT - LINE, width=width)
            if number:
                yield Rule(x1=x, y1=_FOOT, x2=x, y2=self.head)

    def axes(self) -> Iterator[Shape]:
        yield Rule(x1=self.left, y1=_FOOT, x2=self.left, y2=self.head, heavy=True)
        yield Rule(x1=self.left, y1=_FOOT, x2=self.left + self.length, y2=_FOOT, heavy=True)

    def bars(self) -> Iterator[Bar]:
        for number, series in enumerate(self.chart.series):
            for value, centre in zip(series.values, self.centres(), strict=True):
                y, length = self.edge(centre, number), self.length * self.scale.share(value)
                if value:
                    yield Bar(x=self.left, y=y, width=length, height=_BAR, series=number)

    def texts(self) -> Iterator[Label]:
        for number, series in enumerate(self.chart.series):
            rows = zip(series.values, series.texts, self.centres(), strict=True)
            for value, text, centre in rows:
                x = self.left + self.length * self.scale.share(value) + GAP
                y = self.edge(centre, number) + _BAR / 2 - MIDDLE
                yield Label(text=text, x=x, y=y, width=self.measure(text))

    def category_names(self) -> Iterator[Shape]:
        for lines, centre in zip(self.names, self.centres(), strict=True):
            first = centre + LINE * (len(lines) - 1) / 2 - MIDDLE
            for number, line in enumerate(lines):
                width = self.measure(line)
                x = self.left - GAP - width
                yield Label(text=line, x=x, y=first - LINE * number, width=width)

    def centres(self) -> tuple[float, ...]:
        """Return the middle of each category, from the top down."""
        ends = accumulate(self.heights)
        return tuple(
            self.head - end + height / 2 for end, height in zip(ends, self.heights, strict=True)
        )

    def edge(self, centre: float, number: int) -> float:
        """Return the lower edge of a series' bar."""
        return centre + _BAR * (len(self.chart.series) / 2 - number - 1)
