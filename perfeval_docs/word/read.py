"""Read a Word document back: its body as paragraphs, pictures and tables of cells."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from lxml import etree

from perfeval_docs.grid import Block, Blocks, Cell, Paragraph, Picture, Table
from perfeval_docs.ooxml import Package, alternative_text, open_package, qn

DOCUMENT_PART: Final = "word/document.xml"

_TEXT: Final = qn("w:t")
_MARKS: Final = {qn("w:tab"): "\t", qn("w:br"): "\n", qn("w:cr"): "\n"}
_PARAGRAPH: Final = qn("w:p")
_TABLE: Final = qn("w:tbl")
_ROW: Final = qn("w:tr")
_CELL: Final = qn("w:tc")
_PROPERTIES: Final = qn("w:tcPr")
_SPAN: Final = qn("w:gridSpan")
_MERGE: Final = qn("w:vMerge")
_RUN: Final = qn("w:r")
_DRAWING: Final = qn("w:drawing")
_PICTURE: Final = qn("pic:pic")
_VAL: Final = qn("w:val")
_STATED: Final = (_SPAN, _MERGE)
_WALKED: Final = (_TABLE, _ROW, _CELL, *_STATED, _PARAGRAPH, _TEXT, *_MARKS, _DRAWING)


@dataclass(frozen=True, slots=True)
class RawCell:
    """A cell as it stands in its row; `continues` if it only carries on the one above."""

    text: str
    column_span: int
    continues: bool
    pictures: tuple[Picture, ...] = ()


def read_docx(docx: bytes | Package) -> Blocks:
    """Return what the body of a Word file says.

    Raises `ooxml.PackageError` for what is no readable package and `KeyError` without
    a document part.
    """
    return read_body(open_package(docx).tree(DOCUMENT_PART))


def read_body(root: etree._Element) -> Blocks:
    """Return what a parsed document part says; empty paragraphs are left out."""
    blocks: list[Block] = []
    body = root.find(qn("w:body"))
    for element in _blocks(root if body is None else body):
        if element.tag == _TABLE:
            rows = _plain_rows(element)
            blocks.append(make_table([*map(_row, element.iter(_ROW))] if rows is None else rows))
            continue
        if text := paragraph_text(element):
            blocks.append(Paragraph(text))
        blocks += pictures_in(element)
    return tuple(blocks)


def paragraph_text(paragraph: etree._Element) -> str:
    """Return a paragraph's text; a tab and a line break as in plain text."""
    parts = []
    for element in paragraph.iter(_TEXT, *_MARKS):
        parent = element.getparent()
        if parent is not None and parent.tag == _RUN:
            parts.append(element.text or "" if element.tag == _TEXT else _MARKS[str(element.tag)])
    return "".join(parts)


def pictures_in(parent: etree._Element) -> Iterator[Picture]:
    """Yield the pictures in an element, or the one that it is."""
    for drawing in parent.iter(_DRAWING):
        if next(drawing.iter(_PICTURE), None) is not None:
            yield Picture(alternative_text(drawing))


def make_table(rows: Sequence[Sequence[RawCell]]) -> Table:
    """Join vertically merged cells: one cell where the merge begins, with its row span."""
    found: list[list[tuple[RawCell, int]]] = []
    open_at: dict[int, tuple[int, int]] = {}
    for row in rows:
        cells: list[tuple[RawCell, int]] = []
        column = 0
        for raw in row:
            if raw.continues and column in open_at:
                y, x = open_at[column]
                above, span = found[y][x]
                found[y][x] = above, span + 1
            else:
                open_at[column] = (len(found), len(cells))
                cells.append((raw, 1))
            column += raw.column_span
        found.append(cells)
    return Table(
        tuple(
            tuple(Cell(raw.text, span, raw.column_span, raw.pictures) for raw, span in cells)
            for cells in found
        )
    )


def _blocks(parent: etree._Element) -> Iterable[etree._Element]:
    for element in parent:
        if element.tag in (_PARAGRAPH, _TABLE):
            yield element
        elif element.tag == qn("w:sdt"):
            content = element.find(qn("w:sdtContent"))
            if content is not None:
                yield from _blocks(content)


def _plain_rows(table: etree._Element) -> list[list[RawCell]] | None:
    """Read the rows of a table in one walk, None if something stands where it seldom does.

    Such are content controls, pictures, and tables or text boxes in cells. Nearly all tables have
    none, and are read in a third of the time.
    """
    walk = _Walk(table)
    every = all(map(walk.takes, table.iter(*_WALKED)))
    return [[cell.raw() for cell in cells] for cells in walk.rows] if every else None


def _row(row: etree._Element) -> list[RawCell]:
    has_pictures = next(row.iter(_DRAWING), None) is not None
    return [_cell(cell, has_pictures=has_pictures) for cell in row.iter(_CELL)]


def _cell(cell: etree._Element, *, has_pictures: bool) -> RawCell:
    walked = _Walked(["\n".join(map(paragraph_text, cell.iter(_PARAGRAPH)))])
    for properties in cell.iterchildren(_PROPERTIES):
        for stated in properties.iterchildren(*_STATED):
            walked.state(stated)
    return walked.raw(tuple(pictures_in(cell)) if has_pictures else ())


@dataclass(slots=True)
class _Walked:
    """A cell while it is read."""

    said: list[str] = field(default_factory=list)
    span: str = "1"
    merge: str = ""

    def state(self, element: etree._Element) -> None:
        """Take in one of the properties."""
        if element.tag == _SPAN:
            self.span = element.get(_VAL, "1")
        else:
            self.merge = element.get(_VAL, "continue")

    def raw(self, pictures: tuple[Picture, ...] = ()) -> RawCell:
        """Return the cell when all is known."""
        return RawCell("".join(self.said), int(self.span), self.merge == "continue", pictures)


class _Walk:
    """A walk through a table, in the order of the document."""

    def __init__(self, table: etree._Element) -> None:
        """Begin before the first row."""
        self.rows: list[list[_Walked]] = []
        self._table = table
        self._row: etree._Element | None = None
        self._cell: etree._Element | None = None
        self._paragraph: etree._Element | None = None
        self._said: list[str] = []

    def takes(self, element: etree._Element) -> bool:
        """Take in an element; False if it is not directly where such elements belong."""
        tag, parent = element.tag, element.getparent()
        if tag == _TEXT or tag in _MARKS:
            if parent is None or parent.tag != _RUN:
                return True
            if self._paragraph is None or parent.getparent() is not self._paragraph:
                return False
            self._said.append(element.text or "" if tag == _TEXT else _MARKS[str(tag)])
            return True
        if tag in _STATED and parent is not None:
            if parent.tag == _PROPERTIES and parent.getparent() is self._cell:
                self.rows[-1][-1].state(element)
            return True
        return element is self._table or self._opens(element, parent)

    def _opens(self, element: etree._Element, parent: etree._Element | None) -> bool:
        if element.tag == _PARAGRAPH and parent is self._cell:
            if self._paragraph is not None:
                self._said.append("\n")
            self._paragraph = element
        elif element.tag == _CELL and parent is self._row:
            cell = _Walked()
            self.rows[-1].append(cell)
            self._cell, self._paragraph, self._said = element, None, cell.said
        elif element.tag == _ROW and parent is self._table:
            self.rows.append([])
            self._row, self._cell, self._paragraph = element, None, None
        else:
            return False
        return True
