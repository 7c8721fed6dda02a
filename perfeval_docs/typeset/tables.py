"""Tables of Word: their grid, merges, borders and heights worked out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Final

from lxml import etree

from perfeval_docs.diagnostic import Message, msg
from perfeval_docs.ooxml import qn
from perfeval_docs.typeset.cells import (
    SIDES,
    CellFormat,
    Edge,
    cell_format,
    over,
    stated_edges,
    stated_insets,
)
from perfeval_docs.typeset.faults import UnsettableError, quoted
from perfeval_docs.typeset.formats import align_of, is_on, points
from perfeval_docs.typeset.inline import construct
from perfeval_docs.typeset.model import (
    Align,
    Insets,
    Paragraph,
    Sides,
    Table,
    TableCell,
    TableRow,
)
from perfeval_docs.typeset.paragraphs import ParagraphReader, in_cell

_VAL: Final = qn("w:val")
_WIDTH: Final = qn("w:w")
_INSIDE: Final = {"top": "insideH", "right": "insideV", "bottom": "insideH", "left": "insideV"}
_WORD_INSETS: Final = Insets(0.0, 5.4, 0.0, 5.4)
_SILENT: Final = frozenset(
    qn(f"w:{n}")
    for n in ("bookmarkStart", "bookmarkEnd", "proofErr", "tblPr", "tblGrid", "tcPr", "trPr",
              "tblPrEx", "permStart", "permEnd", "commentRangeStart", "commentRangeEnd")
)  # fmt: skip


# Which of a cell's sides, in the order of `SIDES`, are the table's own.
Outer = tuple[bool, bool, bool, bool]


@dataclass(frozen=True, slots=True)
class _Frame:
    """What a table's properties say for all of its cells; edges by name."""

    edges: dict[str, Edge]
    insets: Insets
    style: str | None
    _known: dict[tuple[CellFormat, Outer], tuple[Sides, Insets]] = field(default_factory=dict)

    def around(self, stated: CellFormat, outer: Outer) -> tuple[Sides, Insets]:
        """Return a cell's borders and margins; `outer` are its sides that are the table's own."""
        key = (stated, outer)
        if key not in self._known:
            sides = {
                n: self.edges[n if o else _INSIDE[n]] for n, o in zip(SIDES, outer, strict=True)
            }
            sides |= stated.edges
            self._known[key] = (Sides(**sides), over(self.insets, stated.insets))
        return self._known[key]


@dataclass(frozen=True, slots=True)
class _Raw:
    """A cell of Word as it stands in its row."""

    element: etree._Element
    column: int
    stated: CellFormat


def read_table(element: etree._Element, reader: ParagraphReader) -> Table:
    """Work a `w:tbl` out; raises `UnsettableError` with row and cell for what cannot be set."""
    properties = element.find(qn("w:tblPr"))
    named = None if properties is None else properties.find(qn("w:tblStyle"))
    style = None if named is None else named.get(_VAL)
    stated = (*reader.styles.styles.table(style), *(() if properties is None else (properties,)))
    if properties is not None and properties.find(qn("w:tblpPr")) is not None:
        raise UnsettableError(msg("a table with text wrapped around it"))
    frame = _Frame(_edges(stated), _insets(stated), style)
    rows = [_Row(r, list(_raw_cells(r, y))) for y, r in enumerate(_children(element, "w:tr"))]
    columns = _columns(element, rows)
    return Table(
        columns=columns,
        rows=tuple(_row(y, rows, frame, reader, len(columns)) for y in range(len(rows))),
        head=_head(rows),
        align=_table_align(stated),
        indent=_indent(stated),
    )


@dataclass(frozen=True, slots=True)
class _Row:
    element: etree._Element
    cells: list[_Raw]

    def property(self, name: str) -> etree._Element | None:
        properties = self.element.find(qn("w:trPr"))
        return None if properties is None else properties.find(qn(name))


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


def _raw_cells(row: etree._Element, y: int) -> Iterator[_Raw]:
    properties = row.find(qn("w:trPr"))
    for name in ("w:gridBefore", "w:gridAfter"):
        if properties is not None and properties.find(qn(name)) is not None:
            raise UnsettableError(msg("a row that is shorter than its table"))
    column = 0
    for x, cell in enumerate(_children(row, "w:tc")):
        try:
            stated = cell_format(cell)
        except UnsettableError as error:
            raise error.within(_place(cell, y, x)) from None
        yield _Raw(cell, column, stated)
        column += stated.span


def _place(cell: etree._Element, y: int, x: int) -> Message:
    text = "".join(t.text or "" for t in cell.iter(qn("w:t")))
    return msg(
        "row {row}, cell {cell} (“{text}”)", row=str(y + 1), cell=str(x + 1), text=quoted(text)
    )


def _columns(element: etree._Element, rows: list[_Row]) -> tuple[float, ...]:
    """Return the widths of the grid; a cell of its own width settles a column left open."""
    grid = element.find(qn("w:tblGrid"))
    stated = [] if grid is None else [points(c.get(_WIDTH)) or 0.0 for c in grid]
    count = max((raw.column + raw.stated.span for row in rows for raw in row.cells), default=0)
    widths = [*stated, *([0.0] * count)][:count]
    for row in rows:
        for raw in row.cells:
            if raw.stated.span == 1 and widths[raw.column] <= 0:
                widths[raw.column] = raw.stated.width
    if not widths or min(widths) <= 0:
        raise UnsettableError(msg("a table with a column of no width"))
    return tuple(widths)


def _head(rows: list[_Row]) -> int:
    """Count the head rows: the first ones, as long as each is marked to repeat."""
    count = 0
    while count < len(rows) and (mark := rows[count].property("w:tblHeader")) is not None:
        if not is_on(mark):
            break
        count += 1
    crosses = count < len(rows) and any(raw.stated.continues for raw in rows[count].cells)
    return 0 if crosses else count


def _row(y: int, rows: list[_Row], frame: _Frame, reader: ParagraphReader, width: int) -> TableRow:
    row = rows[y]
    cells = []
    for x, raw in enumerate(row.cells):
        if raw.stated.continues and _starts_above(rows, y, raw):
            continue
        try:
            cells.append(_cell(y, raw, rows, frame, reader, width))
        except UnsettableError as error:
            raise error.within(_place(raw.element, y, x)) from None
    height = row.property("w:trHeight")
    split = row.property("w:cantSplit")
    return TableRow(
        cells=tuple(cells),
        height=0.0 if height is None else points(height.get(_VAL)) or 0.0,
        exact=height is not None and height.get(qn("w:hRule")) == "exact",
        breakable=split is None or not is_on(split),
    )


def _starts_above(rows: list[_Row], y: int, raw: _Raw) -> bool:
    return y > 0 and any(
        above.column == raw.column and above.stated.merges for above in rows[y - 1].cells
    )


def _row_span(rows: list[_Row], y: int, raw: _Raw) -> int:
    if not raw.stated.merges:
        return 1
    below = y + 1
    while below < len(rows) and any(
        c.column == raw.column and c.stated.continues for c in rows[below].cells
    ):
        below += 1
    return below - y


def _cell(
    y: int, raw: _Raw, rows: list[_Row], frame: _Frame, reader: ParagraphReader, width: int
) -> TableCell:
    span = _row_span(rows, y, raw)
    sides, insets = frame.around(raw.stated, _outer(y, span, rows, raw, width))
    return TableCell(
        column=raw.column,
        column_span=raw.stated.span,
        row_span=span,
        blocks=tuple(_blocks(raw.element, reader, frame.style)),
        borders=sides,
        insets=insets,
        align=raw.stated.align,
        fill=raw.stated.fill,
    )


def _blocks(
    cell: etree._Element, reader: ParagraphReader, style: str | None
) -> Iterator[Paragraph]:
    for child in cell:
        if child.tag == qn("w:p"):
            yield from in_cell(reader.read(child, style))
        elif child.tag == qn("w:tbl"):
            raise UnsettableError(msg("a table inside a table"))
        elif child.tag == qn("w:sdt"):
            for content in child.iterchildren(qn("w:sdtContent")):
                yield from _blocks(content, reader, style)
        elif child.tag not in _SILENT:
            raise UnsettableError(construct(child))


def _edges(stated: Iterable[etree._Element]) -> dict[str, Edge]:
    """Return the table's six edges by Word's names, the nearest statement of each."""
    found: dict[str, Edge] = dict.fromkeys((*SIDES, "insideH", "insideV"))
    for properties in stated:
        borders = properties.find(qn("w:tblBorders"))
        if borders is not None:
            found |= stated_edges(borders, tuple(found))
    return found


def _outer(y: int, span: int, rows: list[_Row], raw: _Raw, width: int) -> Outer:
    return (
        y == 0,
        raw.column + raw.stated.span == width,
        y + span == len(rows),
        raw.column == 0,
    )


def _insets(stated: Iterable[etree._Element]) -> Insets:
    insets = _WORD_INSETS
    for properties in stated:
        insets = over(insets, stated_insets(properties.find(qn("w:tblCellMar"))))
    return insets


def _table_align(stated: Iterable[etree._Element]) -> Align:
    align = Align.LEFT
    for properties in stated:
        element = properties.find(qn("w:jc"))
        align = align if element is None else align_of(element.get(_VAL, "left"))
    return align


def _indent(stated: Iterable[etree._Element]) -> float:
    indent = 0.0
    for properties in stated:
        element = properties.find(qn("w:tblInd"))
        if element is not None:
            indent = points(element.get(_WIDTH)) or 0.0
    return indent
