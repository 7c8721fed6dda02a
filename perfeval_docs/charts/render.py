"""From a chart's view to its files: checked, made printable, laid out, drawn."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import dataclass, replace
from importlib import import_module
from typing import TYPE_CHECKING, Final

from perfeval_docs.charts.apart import kept_apart
from perfeval_docs.charts.columns import lay_columns
from perfeval_docs.charts.model import Drawing, Measure
from perfeval_docs.charts.rows import lay_rows
from perfeval_docs.charts.svg import plain_svg
from perfeval_docs.charts.words import printable
from perfeval_docs.view import ChartView, SeriesView

if TYPE_CHECKING:
    from perfeval_docs.charts.pen import Pen

_PEN: Final = "perfeval_docs.charts.pen"
_KINDS: Final = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart:
    """A figure as files: width and height in points, the PNG with 300 pixels to an inch.

    `lacking` are the characters of its labels that the font has no glyph for, each once;
    they are printed as 〓.
    """

    svg: bytes
    png: bytes
    width: float
    height: float
    lacking: tuple[str, ...]


def render_chart(chart: ChartView) -> Chart:
    """Return the figure, across the width of a page's text and with no caption in it.

    Columns whose names or texts would touch, be cut or be torn are drawn as rows. Rows grow
    downwards to the height of a page and tighten before they reach it, then names too long
    are shortened in the middle: 40 rows of one series fit, or 22 of two.

    Raises `ValueError` beyond that, for texts at bars that leave no room for the bars, for
    more than two series, and for a value that is negative or no number; `MachineError` where
    matplotlib cannot be loaded, which happens with the first figure and takes half a second.
    """
    _check(chart)
    pen = _pen()
    labelled, lacking = _printable(chart, pen.has)
    drawing = _lay_out(labelled, pen.measure)
    return Chart(
        svg=plain_svg(pen.svg(drawing), chart),
        png=pen.png(drawing),
        width=drawing.width,
        height=drawing.height,
        lacking=lacking,
    )


def _check(chart: ChartView) -> None:
    if not chart.categories or not 1 <= len(chart.series) <= _KINDS:
        raise ValueError("a chart has one category at least, and one or two series")
    values = [value for each in chart.series for value in each.values]
    if not all(value.is_finite() and value >= 0 for value in values):
        raise ValueError("a bar has a length: a finite number, not negative")


def _pen() -> Pen:
    """Return a new pen; the first one loads matplotlib."""
    if _PEN not in sys.modules:
        with kept_apart():
            import_module(_PEN)
    # Builds without figures need not wait for matplotlib.
    from perfeval_docs.charts.pen import Pen  # noqa: PLC0415

    return Pen()


def _printable(chart: ChartView, has: Callable[[str], bool]) -> tuple[ChartView, tuple[str, ...]]:
    """Return the chart with labels that can be printed, and the characters that cannot."""
    lacking: dict[str, None] = {}

    def labels(texts: tuple[str, ...]) -> tuple[str, ...]:
        pairs = [printable(text, has) for text in texts]
        lacking.update(dict.fromkeys(char for _, chars in pairs for char in chars))
        return tuple(text for text, _ in pairs)

    labelled = replace(
        chart,
        categories=labels(chart.categories),
        series=tuple(
            SeriesView(name=labels((s.name,))[0], values=s.values, texts=labels(s.texts))
            for s in chart.series
        ),
    )
    return labelled, tuple(lacking)


def _lay_out(chart: ChartView, measure: Measure) -> Drawing:
    columns = lay_columns(chart, measure) if chart.direction == "columns" else None
    return columns or lay_rows(chart, measure)
