"""Tables of Word: their grid, merges, borders and heights worked out."""

from __future__ import annotations

from dataclasses import dataclass

from lxml import etree

from perfeval_docs.typeset.columns import column_widths
from perfeval_docs.typeset.faults import UnsettableError
from perfeval_docs.typeset.model import Table, TableCell, TableRow
from perfeval_docs.typeset.paragraphs import ParagraphReader, refuse_cramped_pictures
from perfeval_docs.typeset.rows import RawCell, Row, place_of, read_rows
from perfeval_docs.typeset.table_styles import Outer, TableFormat, table_format


def read_table(element: etree._Element, reader: ParagraphReader) -> Table:
    """Work a `w:tbl` out; raises `UnsettableError` with row and cell for what cannot be set."""
    format_ = table_format(element, reader.styles.styles)
    rows = read_rows(element, reader.styles, (format_.paragraphs(1), format_.paragraphs(0)))
    cells = [(raw.column, raw.stated) for row in rows for raw in row.shape.cells]
    columns = column_widths(element, cells, format_, reader.pictures.area.width)
    body = _Body(format_, rows, columns, reader)
    return Table(
        columns=columns,
        rows=tuple(map(body.row, range(len(rows)))),
        head=_head(rows),
        align=format_.align,
        indent=format_.indent,
    )


def _head(rows: list[Row]) -> int:
    """Count the head rows: the first ones, as long as each is marked to repeat."""
    count = 0
    while count < len(rows) and rows[count].shape.is_head:
        count += 1
    crosses = count < len(rows) and any(raw.stated.continues for raw in rows[count].shape.cells)
    return 0 if crosses else count


@dataclass(frozen=True, slots=True)
class _Body:
    """The rows of a table, with all that is needed to work them out."""

    format: TableFormat
    rows: list[Row]
    columns: tuple[float, ...]
    reader: ParagraphReader

    def row(self, y: int) -> TableRow:
        """Work a row out; raises `UnsettableError` with the cell for what cannot be set."""
        shape = self.rows[y].shape
        cells = []
        for x, raw in enumerate(shape.cells):
            if raw.stated.continues and _starts_above(self.rows, y, raw):
                continue
            try:
                cells.append(self._cell(y, raw))
            except UnsettableError as error:
                raise error.within(place_of(raw.element, y, x)) from None
        return TableRow(
            cells=tuple(cells),
            height=shape.height,
            exact=shape.exact,
            breakable=shape.breakable,
        )

    def _cell(self, y: int, raw: RawCell) -> TableCell:
        span = _row_span(self.rows, y, raw)
        frame = self.format.frame(raw.stated, raw.column, span, self._outer(y, span, raw), y)
        blocks = self.rows[y].blocks(raw, self.reader, self.format.paragraphs(y))
        if raw.blocks is None:
            width = sum(self.columns[raw.column : raw.column + raw.stated.span])
            refuse_cramped_pictures(blocks, width - frame.insets.left - frame.insets.right)
        return TableCell(frame, blocks)

    def _outer(self, y: int, span: int, raw: RawCell) -> Outer:
        return (
            y == 0,
            raw.column + raw.stated.span == len(self.columns),
            y + span == len(self.rows),
            raw.column == 0,
        )


def _starts_above(rows: list[Row], y: int, raw: RawCell) -> bool:
    return y > 0 and any(
        above.column == raw.column and above.stated.merges for above in rows[y - 1].shape.cells
    )


def _row_span(rows: list[Row], y: int, raw: RawCell) -> int:
    if not raw.stated.merges:
        return 1
    below = y + 1
    while below < len(rows) and any(
        c.column == raw.column and c.stated.continues for c in rows[below].shape.cells
    ):
        below += 1
    return below - y
