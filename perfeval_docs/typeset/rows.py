"""Rows of a table of Word; those of one shape, which differ in their texts alone, are read once."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Final

from lxml import etree

from perfeval_docs.diagnostic import Message, msg
from perfeval_docs.ooxml import PackageError, parse_xml, qn
from perfeval_docs.typeset.cells import CellFormat, cell_format
from perfeval_docs.typeset.faults import UnsettableError, quoted
from perfeval_docs.typeset.formats import is_on, points
from perfeval_docs.typeset.inline import construct
from perfeval_docs.typeset.model import Area, Paragraph, Piece, Text
from perfeval_docs.typeset.paragraphs import ParagraphReader, ParagraphStyles, in_cell
from perfeval_docs.typeset.pictures import Pictures, Store
from perfeval_docs.typeset.styles import InTable

_VAL: Final = qn("w:val")
_SILENT: Final = frozenset(
    qn(f"w:{n}")
    for n in ("bookmarkStart", "bookmarkEnd", "proofErr", "tblPr", "tblGrid", "tcPr", "trPr",
              "tblPrEx", "permStart", "permEnd", "commentRangeStart", "commentRangeEnd")
)  # fmt: skip
_TEXTS: Final = re.compile(r"(<w:t(?: [^<>]*)?>)([^<]*)</w:t>")
# No XML holds the first; where the second is, a row is read by itself.
_PLACE, _NUMBERED = "\0", "\ue000"
_LONGEST: Final = 65_536
"""How many characters of XML a shape has that is kept; those of forms have a few thousand."""

# A piece, or the number of the text that stands there and its look.
_Piece = Piece | tuple[int, Text]


@dataclass(frozen=True, slots=True)
class RawCell:
    """A cell of Word as it stands in its row; `blocks` are known of a shape alone."""

    element: etree._Element
    column: int
    stated: CellFormat
    blocks: tuple[tuple[Paragraph, tuple[_Piece, ...]], ...] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Shape:
    """All of a row but its texts; `height` is in points."""

    cells: tuple[RawCell, ...]
    is_head: bool
    height: float
    exact: bool
    breakable: bool


@dataclass(frozen=True, slots=True)
class Row:
    """A row of Word; `texts` are those of its shape."""

    shape: _Shape
    texts: tuple[str, ...]

    def blocks(
        self, cell: RawCell, reader: ParagraphReader, place: InTable
    ) -> tuple[Paragraph, ...]:
        """Return what a cell holds; raises `UnsettableError` for what cannot be set."""
        if cell.blocks is None:
            return tuple(_blocks(cell.element, reader, place))
        return tuple(self._said(paragraph, pieces) for paragraph, pieces in cell.blocks)

    def _said(self, paragraph: Paragraph, pieces: tuple[_Piece, ...]) -> Paragraph:
        texts = self.texts
        if len(pieces) == 1 and isinstance(only := pieces[0], tuple):
            # Nearly all are such.
            said: tuple[Piece, ...] = (Text(texts[only[0]], only[1].style),)
            return Paragraph(pieces=said, style=paragraph.style, mark=paragraph.mark)
        said = tuple(
            Text(texts[each[0]], each[1].style) if isinstance(each, tuple) else each
            for each in pieces
        )
        return Paragraph(pieces=said, style=paragraph.style, mark=paragraph.mark)


def read_rows(
    table: etree._Element, styles: ParagraphStyles, places: tuple[InTable, InTable]
) -> list[Row]:
    """Return the rows of a `w:tbl`, the first of which stands in the second of the places.

    Raises `UnsettableError` for what cannot be set.
    """
    return [_row(e, y, styles, places[y == 0]) for y, e in enumerate(_children(table, "w:tr"))]


def place_of(cell: etree._Element, y: int, x: int) -> Message:
    """Name a cell for people."""
    text = "".join(t.text or "" for t in cell.iter(qn("w:t")))
    return msg(
        "row {row}, cell {cell} (“{text}”)", row=str(y + 1), cell=str(x + 1), text=quoted(text)
    )


def _row(element: etree._Element, y: int, styles: ParagraphStyles, place: InTable) -> Row:
    xml = etree.tostring(element, encoding="unicode", with_tail=False)
    if len(xml) <= _LONGEST and _NUMBERED not in xml:
        pieces = _TEXTS.split(xml)
        texts = tuple(_unescaped(text) if "&" in text else text for text in pieces[2::3])
        pieces[2::3] = [_PLACE] * len(texts)
        try:
            return Row(_shape("".join(pieces), styles, place), texts)
        except (UnsettableError, PackageError, ValueError):
            # Read by itself, it says where what stands.
            pass
    return Row(_stated(element, y), ())


def _unescaped(text: str) -> str:
    for escaped, char in (("&lt;", "<"), ("&gt;", ">"), ("&#13;", "\r"), ("&amp;", "&")):
        text = text.replace(escaped, char)
    return text


@lru_cache(maxsize=512)
def _shape(row: str, styles: ParagraphStyles, place: InTable) -> _Shape:
    """Read a row with a number for each text; the forms of a year have few shapes of rows."""
    before, *after = row.split(_PLACE)
    numbered = (f"{_NUMBERED}{number}</w:t>{each}" for number, each in enumerate(after))
    shape = _stated(parse_xml("".join((before, *numbered)).encode()), 0)
    no_pictures = Pictures(Store({}, lambda _: None), {}, Area(0.0, 0.0))
    reader = ParagraphReader(styles, no_pictures)
    cells = (
        replace(cell, blocks=tuple((p, _pieces(p)) for p in _blocks(cell.element, reader, place)))
        for cell in shape.cells
    )
    return replace(shape, cells=tuple(cells))


def _pieces(paragraph: Paragraph) -> tuple[_Piece, ...]:
    return tuple(
        (int(each.text[1:]), each)
        if isinstance(each, Text) and each.text.startswith(_NUMBERED)
        else each
        for each in paragraph.pieces
    )


def _stated(row: etree._Element, y: int) -> _Shape:
    """Return what a `w:tr` states, without what is in its cells."""
    properties = row.find(qn("w:trPr"))

    def stated(name: str) -> etree._Element | None:
        return None if properties is None else properties.find(qn(name))

    if stated("w:gridBefore") is not None or stated("w:gridAfter") is not None:
        raise UnsettableError(msg("a row that is shorter than its table"))
    head, height, split = stated("w:tblHeader"), stated("w:trHeight"), stated("w:cantSplit")
    return _Shape(
        cells=tuple(_cells(row, y)),
        is_head=head is not None and is_on(head),
        height=0.0 if height is None else points(height.get(_VAL)) or 0.0,
        exact=height is not None and height.get(qn("w:hRule")) == "exact",
        breakable=split is None or not is_on(split),
    )


def _cells(row: etree._Element, y: int) -> Iterator[RawCell]:
    column = 0
    for x, cell in enumerate(_children(row, "w:tc")):
        try:
            stated = cell_format(cell)
        except UnsettableError as error:
            raise error.within(place_of(cell, y, x)) from None
        yield RawCell(cell, column, stated)
        column += stated.span


def _children(parent: etree._Element, name: str) -> Iterator[etree._Element]:
    """Yield the rows of a table or the cells of a row, those in content controls too."""
    for child in parent:
        if child.tag == qn(name):
            yield child
        elif child.tag == qn("w:sdt"):
            for content in child.iterchildren(qn("w:sdtContent")):
                yield from _children(content, name)
        elif child.tag not in _SILENT:
            raise UnsettableError(construct(child))


def _blocks(cell: etree._Element, reader: ParagraphReader, place: InTable) -> Iterator[Paragraph]:
    for child in cell:
        if child.tag == qn("w:p"):
            yield from in_cell(reader.read(child, place))
        elif child.tag == qn("w:tbl"):
            raise UnsettableError(msg("a table inside a table"))
        elif child.tag == qn("w:sdt"):
            for content in child.iterchildren(qn("w:sdtContent")):
                yield from _blocks(content, reader, place)
        elif child.tag not in _SILENT:
            raise UnsettableError(construct(child))
