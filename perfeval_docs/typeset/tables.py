"""Tables of Word: their grid, merges, borders and heights worked out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from lxml import etree

from perfeval_docs.diagnostic import Message, msg
from perfeval_docs.ooxml import qn
from perfeval_docs.typeset.cells import CellFormat, cell_format
from perfeval_docs.typeset.columns import column_widths
from perfeval_docs.typeset.faults import UnsettableError, quoted
from perfeval_docs.typeset.formats import is_on, points
from perfeval_docs.typeset.inline import construct
from perfeval_docs.typeset.model import Paragraph, Table, TableCell, TableRow
from perfeval_docs.typeset.paragraphs import ParagraphReader, in_cell, refuse_cramped_pictures
from perfeval_docs.typeset.styles import InTable
from perfeval_docs.typeset.table_styles import Outer, TableFormat, table_format

_VAL: Final = qn("w:val")
_SILENT: Final = frozenset(
    qn(f"w:{n}")
    for n in ("bookmarkStart", "bookmarkEnd", "proofErr", "tblPr", "tblGrid", "tcPr", "trPr",
              "tblPrEx", "permStart", "permEnd", "commentRangeStart", "commentRangeEnd")
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Raw:
    """A cell of Word as it stands in its row."""

    element: etree._Element
    column: int
    stated: CellFormat


def read_table(element: etree._Element, reader: ParagraphReader) -> Table:
    """Work a `w:tbl` out; raises `UnsettableError` with row and cell for what cannot be set."""
    format_ = table_format(element, reader.styles.styles)
    rows = [_Row(r, list(_raw_cells(r, y))) for y, r in enumerate(_children(element, "w:tr"))]
    cells = [(raw.column, raw.stated) for row in rows for raw in row.cells]
    columns = column_widths(element, cells, format_, reader.pictures.area.width)
    body = _Body(format_, rows, columns, reader)
    return Table(
        columns=columns,
        rows=tuple(map(body.row, range(len(rows)))),
        head=_head(rows),
        align=format_.align,
        indent=format_.indent,
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


def _head(rows: list[_Row]) -> int:
    """Count the head rows: the first ones, as long as each is marked to repeat."""
    count = 0
    while count < len(rows) and (mark := rows[count].property("w:tblHeader")) is not None:
        if not is_on(mark):
            break
        count += 1
    crosses = count < len(rows) and any(raw.stated.continues for raw in rows[count].cells)
    return 0 if crosses else count


@dataclass(frozen=True, slots=True)
class _Body:
    """The rows of a table, with all that is needed to work them out."""

    format: TableFormat
    rows: list[_Row]
    columns: tuple[float, ...]
    reader: ParagraphReader

    def row(self, y: int) -> TableRow:
        """Work a row out; raises `UnsettableError` with the cell for what cannot be set."""
        row = self.rows[y]
        cells = []
        for x, raw in enumerate(row.cells):
            if raw.stated.continues and _starts_above(self.rows, y, raw):
                continue
            try:
                cells.append(self._cell(y, raw))
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

    def _cell(self, y: int, raw: _Raw) -> TableCell:
        span = _row_span(self.rows, y, raw)
        framed = self.format.around(raw.stated, self._outer(y, span, raw), y)
        blocks = tuple(_blocks(raw.element, self.reader, self.format.paragraphs(y)))
        width = sum(self.columns[raw.column : raw.column + raw.stated.span])
        refuse_cramped_pictures(blocks, width - framed.insets.left - framed.insets.right)
        return TableCell(
            column=raw.column,
            column_span=raw.stated.span,
            row_span=span,
            blocks=blocks,
            borders=framed.sides,
            insets=framed.insets,
            align=framed.align,
            fill=framed.fill,
        )

    def _outer(self, y: int, span: int, raw: _Raw) -> Outer:
        return (
            y == 0,
            raw.column + raw.stated.span == len(self.columns),
            y + span == len(self.rows),
            raw.column == 0,
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
