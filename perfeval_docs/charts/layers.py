"""The layers of a bar chart, in the order in which they lie over each other."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Protocol

from perfeval_docs.charts.legend import Legend
from perfeval_docs.charts.model import WIDTH, Bar, Drawing, Label, Shape


class Layers(Protocol):
    """What a kind of bar chart lays out."""

    @property
    def legend(self) -> Legend:
        """What tells the kinds of bars apart."""

    @property
    def top(self) -> float:
        """Points up to the upper edge."""

    def grid(self) -> Iterator[Shape]:
        """Yield the lines behind the bars, and their marks."""

    def bars(self) -> Iterator[Bar]:
        """Yield the bars."""

    def texts(self) -> Iterator[Label]:
        """Yield what is printed at the bars."""

    def axes(self) -> Iterator[Shape]:
        """Yield the axes."""

    def category_names(self) -> Iterator[Shape]:
        """Yield the names of the categories."""


def drawn(layers: Layers) -> Drawing:
    """Return the figure: the grid, the bars and texts on it, the axes over them."""
    return Drawing(width=WIDTH, height=layers.top, shapes=tuple(_shapes(layers)))


def _shapes(layers: Layers) -> Iterator[Shape]:
    yield from layers.grid()
    texts = tuple(layers.texts())
    yield from (text.blank() for text in texts)
    yield from layers.bars()
    yield from texts
    yield from layers.axes()
    yield from layers.category_names()
    yield from layers.legend.shapes(layers.top)
