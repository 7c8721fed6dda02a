"""What a table's properties and its style say of all of its cells, and of its first row."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final

from lxml import etree

from perfeval_docs.diagnostic import msg
from perfeval_docs.ooxml import parse_xml, qn
from perfeval_docs.typeset.cells import (
    INSIDE,
    SIDES,
    CellFormat,
    Edge,
    cell_format,
    over,
    stated_edges,
    stated_insets,
    stated_width,
)
from perfeval_docs.typeset.faults import UnsettableError
from perfeval_docs.typeset.formats import align_of, points
from perfeval_docs.typeset.model import Align, Frame, Insets, Sides, VerticalAlign
from perfeval_docs.typeset.styles import InTable, Styles

_VAL: Final = qn("w:val")
_WITHIN: Final = {"top": "insideH", "right": "insideV", "bottom": "insideH", "left": "insideV"}
_WORD_INSETS: Final = Insets(0.0, 5.4, 0.0, 5.4)
# What a `w:tblLook` turns on: attribute, bit of `w:val`, and the special parts of a style.
_LOOKS: Final = (
    ("firstRow", 0x20, ("firstRow",)),
    ("lastRow", 0x40, ("lastRow",)),
    ("firstColumn", 0x80, ("firstCol",)),
    ("lastColumn", 0x100, ("lastCol",)),
)
_NOT_BANDS: Final = (
    ("noHBand", 0x200, ("band1Horz", "band2Horz")),
    ("noVBand", 0x400, ("band1Vert", "band2Vert")),
)

# Which of a cell's sides, in the order of `SIDES`, are the table's own.
Outer = tuple[bool, bool, bool, bool]


@dataclass(frozen=True, slots=True)
class Framed:
    """What a cell's borders, margins, alignment and colour come to."""

    sides: Sides
    insets: Insets
    align: VerticalAlign
    fill: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TableFormat:
    """What a table's properties say for all of its cells; edges by Word's names.

    `width` is in points; `share` is a part of the text's width.
    """

    edges: Mapping[str, Edge]
    insets: Insets
    align: Align
    indent: float
    width: float
    share: float
    places: tuple[InTable, InTable]
    every: tuple[CellFormat, ...]
    first: tuple[CellFormat, ...]
    has_first: bool
    _known: dict[tuple[CellFormat, Outer, bool], Framed] = field(default_factory=dict)
    _frames: dict[tuple[CellFormat, int, int, Outer, bool], Frame] = field(default_factory=dict)

    def paragraphs(self, y: int) -> InTable:
        """Return where the paragraphs of a row stand."""
        return self.places[self.has_first and y == 0]

    def frame(self, stated: CellFormat, column: int, row_span: int, outer: Outer, y: int) -> Frame:
        """Return what comes of a cell in a row; `outer` are its sides that are the table's own."""
        in_first = self.has_first and y == 0
        key = (stated, column, row_span, outer, in_first)
        frame = self._frames.get(key)
        if frame is None:
            framed = self._known.get((stated, outer, in_first))
            if framed is None:
                framed = self._around(stated, outer, in_first=in_first)
                self._known[stated, outer, in_first] = framed
            frame = self._frames[key] = Frame(
                column=column,
                column_span=stated.span,
                row_span=row_span,
                borders=framed.sides,
                insets=framed.insets,
                align=framed.align,
                fill=framed.fill,
            )
        return frame

    def _around(self, stated: CellFormat, outer: Outer, *, in_first: bool) -> Framed:
        _, right, _, left = outer
        sides = _sides(self.edges, outer)
        insets, align, fill = self.insets, VerticalAlign.TOP, ""
        row = (True, right, True, left)
        special = [(each, outer) for each in self.every]
        special += [(each, row) for each in self.first] if in_first else []
        for layer, edge in (*special, (stated, (True, True, True, True))):
            sides |= _sides(layer.edges, edge)
            insets = over(insets, layer.insets)
            align, fill = layer.align or align, fill if layer.fill is None else layer.fill
        return Framed(Sides(**sides), insets, align, fill)


def table_format(element: etree._Element, styles: Styles) -> TableFormat:
    """Return what holds for a `w:tbl`; raises `UnsettableError` for what cannot be set."""
    own = element.find(qn("w:tblPr"))
    return _format(b"<tblPr/>" if own is None else etree.tostring(own, with_tail=False), styles)


@lru_cache(maxsize=64)
def _format(data: bytes, styles: Styles) -> TableFormat:
    """Read a `w:tblPr` over its style; the forms of a year repeat few of them many times."""
    own = parse_xml(data)
    if own.find(qn("w:tblpPr")) is not None:
        raise UnsettableError(msg("a table with text wrapped around it"))
    named = own.find(qn("w:tblStyle"))
    style = None if named is None else named.get(_VAL)
    chain = styles.table(style)
    stated = [each for each in (*(s.find(qn("w:tblPr")) for s in chain), own) if each is not None]
    shown = _shown(own)
    first = tuple(_special(chain, shown))
    width, share = stated_width(_nearest(stated, "w:tblW"))
    align, indent = _nearest(stated, "w:jc"), _nearest(stated, "w:tblInd")
    return TableFormat(
        edges=_edges(stated),
        insets=_insets(stated),
        align=Align.LEFT if align is None else align_of(align.get(_VAL, "left")),
        indent=0.0 if indent is None else points(indent.get(qn("w:w"))) or 0.0,
        width=width,
        share=share,
        places=(InTable(style, in_first=False), InTable(style, in_first=True)),
        every=tuple(cell_format(s) for s in chain if s.find(qn("w:tcPr")) is not None),
        first=first,
        has_first="firstRow" in shown,
    )


def _sides(edges: Mapping[str, Edge], outer: Outer) -> dict[str, Edge]:
    """Return the edges that fall to a cell: those inside where a side is not an outer one."""
    names = (
        (side, side if is_outer else _WITHIN[side])
        for side, is_outer in zip(SIDES, outer, strict=True)
    )
    return {side: edges[name] for side, name in names if name in edges}


def _nearest(stated: Iterable[etree._Element], name: str) -> etree._Element | None:
    found = [e for each in stated if (e := each.find(qn(name))) is not None]
    return found[-1] if found else None


def _shown(own: etree._Element) -> frozenset[str]:
    """Return the special parts of its style that a table shows."""
    look = own.find(qn("w:tblLook"))
    bits = 0 if look is None else _bits(look.get(_VAL, "0"))

    def is_set(name: str, bit: int) -> bool:
        value = None if look is None else look.get(qn(f"w:{name}"))
        return bool(bits & bit) if value is None else value in ("1", "true", "on")

    found = {part for name, bit, parts in _LOOKS if is_set(name, bit) for part in parts}
    found |= {part for name, bit, parts in _NOT_BANDS if not is_set(name, bit) for part in parts}
    return frozenset({*found, "wholeTable"})


def _bits(text: str) -> int:
    try:
        return int(text, 16)
    except ValueError:
        return 0


def _special(chain: Iterable[etree._Element], shown: frozenset[str]) -> Iterator[CellFormat]:
    """Yield what a style says of the cells of the first row; other special parts are refused."""
    for style in chain:
        for part in style.iterchildren(qn("w:tblStylePr")):
            sort = part.get(qn("w:type"), "")
            if sort == "firstRow":
                if "firstRow" in shown:
                    yield cell_format(part)
            elif sort in shown:
                raise UnsettableError(msg("a table style with special rows or columns"))


def _edges(stated: Iterable[etree._Element]) -> dict[str, Edge]:
    """Return the table's six edges by Word's names, the nearest statement of each."""
    found: dict[str, Edge] = dict.fromkeys((*SIDES, *INSIDE))
    for properties in stated:
        borders = properties.find(qn("w:tblBorders"))
        if borders is not None:
            found |= stated_edges(borders, tuple(found))
    return found


def _insets(stated: Iterable[etree._Element]) -> Insets:
    insets = _WORD_INSETS
    for properties in stated:
        insets = over(insets, stated_insets(properties.find(qn("w:tblCellMar"))))
    return insets
