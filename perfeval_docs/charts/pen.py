"""Draw shapes with matplotlib, in its own defaults and greys; the only module that knows it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from types import MappingProxyType
from typing import Any, Final, assert_never

import matplotlib as mpl
import pylopdf_fonts_zh_cn
from matplotlib.artist import Artist
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.backends.backend_svg import FigureCanvasSVG
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties
from matplotlib.ft2font import FT2Font, LoadFlags
from matplotlib.lines import Line2D
from matplotlib.patches import Rectangle
from matplotlib.text import Text
from matplotlib.transforms import Affine2D, Transform

from perfeval_docs.charts.model import SIZE, Bar, Blank, Drawing, Label, Rule, Shape
from perfeval_docs.charts.png import write_png

DPI: Final = 300
"""Pixels of the PNG to an inch, as printers want them."""

_INCH: Final = 72
_FONT: Final = pylopdf_fonts_zh_cn.sans_path()
_SETTINGS: Final[MappingProxyType[str, Any]] = MappingProxyType(
    {
        "hatch.linewidth": 0.6,
        "svg.fonttype": "path",
        "svg.hashsalt": "perfeval",
        "text.hinting": "none",
        "text.parse_math": False,
    }
)
_NO_METADATA: Final = MappingProxyType(dict.fromkeys(("Creator", "Date", "Format", "Type")))
_UNITS: Final = 100

# All are greys: a colour would be lost on paper, and `png` keeps one channel of three.
_PAPER: Final = "#ffffff"
_GRID: Final = "#c8c8c8"
_AXIS: Final = "#404040"
_EDGE: Final = "#202020"
_FILLS: Final = (
    ("#8c8c8c", None),
    (_PAPER, "////"),
)


class Pen:
    """A font, how wide its letters are, and what draws with it.

    It holds an open file, so each figure has one of its own: a process forked meanwhile
    would share the place in it.
    """

    def __init__(self) -> None:
        self._font = FT2Font(_FONT)
        self._font.set_size(_UNITS, _INCH)
        self._widths: dict[str, float] = {}

    def has(self, char: str) -> bool:
        """Tell whether the font has a glyph for a character."""
        return self._font.get_char_index(ord(char)) != 0

    def measure(self, text: str) -> float:
        """Return how many points wide a text is."""
        return sum(map(self._width, text))

    def svg(self, drawing: Drawing) -> bytes:
        """Return a drawing as matplotlib writes SVG, its letters as outlines."""
        file = BytesIO()
        with _own_settings():
            FigureCanvasSVG(_figure(drawing)).print_svg(file, metadata=dict(_NO_METADATA))
        return file.getvalue()

    def png(self, drawing: Drawing) -> bytes:
        """Return a drawing as a grey PNG."""
        with _own_settings():
            canvas = FigureCanvasAgg(_figure(drawing))
            canvas.draw()
        red = bytes(canvas.buffer_rgba())[::4]
        return write_png(red, canvas.get_width_height()[0], DPI)

    def _width(self, char: str) -> float:
        if char not in self._widths:
            glyph = self._font.load_char(ord(char), flags=LoadFlags.NO_HINTING)
            # 16.16 fixed-point numbers, of letters of 100 points.
            self._widths[char] = glyph.linearHoriAdvance / 0x10000 * SIZE / _UNITS
        return self._widths[char]


@contextmanager
def _own_settings() -> Iterator[None]:
    """Draw with matplotlib's defaults and ours, whatever the user's settings say."""
    settings = dict[Any, Any](mpl.rcParamsDefault)
    # It cannot be set to its default, and is not asked for without pyplot.
    del settings["backend"]
    settings.update(_SETTINGS)
    with mpl.rc_context(settings):
        yield


def _figure(drawing: Drawing) -> Figure:
    size = (drawing.width / _INCH, drawing.height / _INCH)
    figure = Figure(figsize=size, dpi=DPI, facecolor=_PAPER)
    points = Affine2D().scale(1 / _INCH) + figure.dpi_scale_trans
    font = FontProperties(fname=_FONT, size=SIZE)
    for order, shape in enumerate(drawing.shapes):
        artist = _artist(shape, points, font)
        artist.set_zorder(order)
        figure.add_artist(artist)
    return figure


def _artist(shape: Shape, points: Transform, font: FontProperties) -> Artist:
    match shape:
        case Rule(heavy=heavy):
            return Line2D(
                (shape.x1, shape.x2), (shape.y1, shape.y2), transform=points,
                color=_AXIS if heavy else _GRID, linewidth=0.8 if heavy else 0.5,
            )  # fmt: skip
        case Bar():
            facecolor, hatch = _FILLS[shape.series]
            return Rectangle(
                (shape.x, shape.y), shape.width, shape.height, transform=points,
                edgecolor=_EDGE, linewidth=0.6, facecolor=facecolor, hatch=hatch,
            )  # fmt: skip
        case Label():
            return Text(shape.x, shape.y, shape.text, transform=points, fontproperties=font)
        case Blank():
            return Rectangle(
                (shape.x, shape.y),
                shape.width,
                shape.height,
                transform=points,
                facecolor=_PAPER,
                linewidth=0,
            )
        case _:
            assert_never(shape)
