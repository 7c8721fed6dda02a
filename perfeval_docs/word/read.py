"""Read a Word document back: its body as paragraphs, pictures and tables of cells."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from lxml import etree

from perfeval_docs.grid import Block, Blocks, Cell, Paragraph, Picture, Table
from perfeval_docs.ooxml import alternative_text, parse_xml, qn, read_package

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


@dataclass(frozen=True, slots=True, kw_only=True)
class RawCell:
    """A cell as it stands in its row; `continues` if it only carries on the one above."""

    text: str
    column_span: int
    continues: bool
    pictures: tuple[Picture, ...] = ()


def read_docx(data: bytes) -> Blocks:
    """Return what the body of a Word file says.

    Raises `ooxml.PackageError` for what is no readable package and `KeyError` without
    a document part.
    """
    return read_body(parse_xml(read_package(data)[DOCUMENT_PART]))


def read_body(root: etree._Element) -> Blocks:
    """Return what a parsed document part says; empty paragraphs are left out."""
    blocks: list[Block] = []
    body = root.find(qn("w:body"))
    for element in _blocks(root if body is None else body):
        if element.tag == _TABLE:
            blocks.append(make_table([_row(row) for row in element.iter(_ROW)]))
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
    finished: list[list[Cell]] = []
    open_at: dict[int, tuple[int, int]] = {}
    for row in rows:
        cells: list[Cell] = []
        column = 0
        for raw in row:
            if raw.continues and column in open_at:
                y, x = open_at[column]
                finished[y][x] = replace(finished[y][x], row_span=finished[y][x].row_span + 1)
            else:
                open_at[column] = (len(finished), len(cells))
                cells.append(Cell(raw.text, column_span=raw.column_span, pictures=raw.pictures))
            column += raw.column_span
        finished.append(cells)
    return Table(tuple(tuple(row) for row in finished))


def _blocks(parent: etree._Element) -> Iterable[etree._Element]:
    for element in parent:
        if element.tag in (_PARAGRAPH, _TABLE):
            yield element
        elif element.tag == qn("w:sdt"):
            content = element.find(qn("w:sdtContent"))
            if content is not None:
                yield from _blocks(content)


def _row(row: etree._Element) -> list[RawCell]:
    has_pictures = next(row.iter(_DRAWING), None) is not None
    return [_cell(cell, has_pictures=has_pictures) for cell in row.iter(_CELL)]


def _cell(cell: etree._Element, *, has_pictures: bool) -> RawCell:
    span, merge = "1", ""
    for properties in cell.iterchildren(_PROPERTIES):
        for stated in properties.iterchildren(_SPAN, _MERGE):
            if stated.tag == _SPAN:
                span = stated.get(_VAL, "1")
            else:
                merge = stated.get(_VAL, "continue")
    return RawCell(
        text="\n".join(map(paragraph_text, cell.iter(_PARAGRAPH))),
        column_span=int(span),
        continues=merge == "continue",
        pictures=tuple(pictures_in(cell)) if has_pictures else (),
    )
