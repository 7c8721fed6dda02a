"""What a table's cells state, or a style states of them: spans, borders, margins, alignment."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Final

from lxml import etree

from perfeval_docs.diagnostic import msg
from perfeval_docs.ooxml import parse_xml, qn
from perfeval_docs.typeset.faults import UnsettableError
from perfeval_docs.typeset.formats import color_of, fill_of, points, whole
from perfeval_docs.typeset.model import Border, Insets, VerticalAlign

SIDES: Final = ("top", "right", "bottom", "left")
INSIDE: Final = ("insideH", "insideV")
_DIAGONALS: Final = ("tl2br", "tr2bl")
_VAL: Final = qn("w:val")
_WIDTH: Final = qn("w:w")
_ALIASES: Final = {"right": "end", "left": "start"}
_DASHES: Final = {
    "single": "solid", "thick": "solid", "dotted": "dotted", "dashed": "dashed",
    "dashSmallGap": "dashed", "dotDash": "dash-dotted",
}  # fmt: skip

_DECIMAL: Final = re.compile(r"\d{1,6}(\.\d{1,6})?", re.ASCII)
# `w:type="pct"` counts fiftieths of a percent.
_FIFTIETHS: Final = 5000

Edge = Border | None


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class CellFormat:
    """What a `w:tcPr` states; equal texts give one object, so it is compared by identity.

    `width` and `insets` are in points, `share` is a width as part of the table's; `edges` and
    `insets` hold the stated sides alone.
    """

    span: int = 1
    merges: bool = False
    continues: bool = False
    width: float = 0.0
    share: float = 0.0
    align: VerticalAlign | None = None
    fill: str | None = None
    edges: Mapping[str, Edge]
    insets: Mapping[str, float]


_PLAIN: Final = CellFormat(edges={}, insets={})


def cell_format(element: etree._Element) -> CellFormat:
    """Return what a `w:tc` or a style states; raises `UnsettableError` for what cannot be set."""
    properties = element.find(qn("w:tcPr"))
    return _PLAIN if properties is None else _read(etree.tostring(properties, with_tail=False))


@lru_cache(maxsize=1024)
def _read(data: bytes) -> CellFormat:
    """Read a `w:tcPr`; a form repeats few of them many times, and so do the forms of a year."""
    properties = parse_xml(data)

    def value(name: str) -> str | None:
        element = properties.find(qn(name))
        return None if element is None else element.get(_VAL, "")

    if (value("w:textDirection") or "lrTb") != "lrTb":
        raise UnsettableError(msg("vertical text"))
    borders, shading = properties.find(qn("w:tcBorders")), properties.find(qn("w:shd"))
    names = (*SIDES, *INSIDE, *_DIAGONALS)
    edges = {} if borders is None else stated_edges(borders, names)
    if any(isinstance(edges.pop(name, None), Border) for name in _DIAGONALS):
        raise UnsettableError(msg("a diagonal line in a cell"))
    merge, align = value("w:vMerge"), value("w:vAlign")
    width, share = stated_width(properties.find(qn("w:tcW")))
    return CellFormat(
        span=max(1, whole(value("w:gridSpan")) or 1),
        merges=merge is not None,
        continues=merge in ("", "continue"),
        width=width,
        share=share,
        align=VerticalAlign(align) if align else None,
        fill=None if shading is None else fill_of(shading),
        edges=edges,
        insets=stated_insets(properties.find(qn("w:tcMar"))),
    )


def stated_edges(borders: etree._Element, names: Iterable[str]) -> dict[str, Edge]:
    """Return those of the edges that a `w:tblBorders` or `w:tcBorders` states."""
    found: dict[str, Edge] = {}
    for name in names:
        element = _side(borders, name)
        if element is not None:
            found[name] = _edge(element)
    return found


def stated_insets(margins: etree._Element | None) -> dict[str, float]:
    """Return the sides in points that a `w:tblCellMar` or `w:tcMar` states."""
    found: dict[str, float] = {}
    if margins is None:
        return found
    for side in SIDES:
        element = _side(margins, side)
        if element is not None and (length := points(element.get(_WIDTH))) is not None:
            found[side] = length
    return found


def stated_width(element: etree._Element | None) -> tuple[float, float]:
    """Return a width in points, and one as a share of something wider; 0 where it is silent."""
    if element is None:
        return 0.0, 0.0
    text = element.get(_WIDTH, "")
    if text.endswith("%"):
        return 0.0, _number(text[:-1]) / 100
    if element.get(qn("w:type")) == "pct":
        return 0.0, _number(text) / _FIFTIETHS
    return points(text) or 0.0, 0.0


def _number(text: str) -> float:
    return float(text) if _DECIMAL.fullmatch(text) else 0.0


def over(base: Insets, stated: Mapping[str, float]) -> Insets:
    """Return `base` with the sides that are stated."""
    return replace(base, **stated) if stated else base


def _side(parent: etree._Element, name: str) -> etree._Element | None:
    element = parent.find(qn(f"w:{name}"))
    if element is None and name in _ALIASES:
        return parent.find(qn(f"w:{_ALIASES[name]}"))
    return element


def _edge(element: etree._Element) -> Edge:
    sort = element.get(_VAL, "single")
    if sort in ("nil", "none"):
        return None
    if sort not in _DASHES:
        raise UnsettableError(msg("the border {name}", name=sort))
    eighths = whole(element.get(qn("w:sz"))) or 4
    color = color_of(element.get(qn("w:color"))) or "#000000"
    return Border(eighths / 8, color, _DASHES[sort])
