"""Tables of Word: their grid, merges, borders and heights worked out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Final

from lxml import etree

from perfeval_docs.diagnostic import msg
from perfeval_docs.ooxml import qn
from perfeval_docs.typeset.faults import UnsettableError, quoted
from perfeval_docs.typeset.formats import align_of, color_of, fill_of, is_on, points, whole
from perfeval_docs.typeset.inline import construct
from perfeval_docs.typeset.model import (
    Align,
    Border,
    Insets,
    Paragraph,
    Sides,
    Table,
    TableCell,
    TableRow,
    VerticalAlign,
)
from perfeval_docs.typeset.paragraphs import ParagraphReader, in_cell

_VAL: Final = qn("w:val")
_WIDTH: Final = qn("w:w")
_SIDES: Final = ("top", "right", "bottom", "left")
_INSIDE: Final = {"top": "insideH", "right": "insideV", "bottom": "insideH", "left": "insideV"}
_ALIASES: Final = {"right": "end", "left": "start"}
_DASHES: Final = {
    "single": "solid", "thick": "solid", "dotted": "dotted", "dashed": "dashed",
    "dashSmallGap": "dashed", "dotDash": "dash-dotted",
}  # fmt: skip
_WORD_INSETS: Final = Insets(0.0, 5.4, 0.0, 5.4)
_SILENT: Final = frozenset(
    qn(f"w:{n}")
    for n in ("bookmarkStart", "bookmarkEnd", "proofErr", "tblPr", "tblGrid", "tcPr", "trPr",
              "tblPrEx", "permStart", "permEnd", "commentRangeStart", "commentRangeEnd")
)  # fmt: skip

Edge = Border | None


@dataclass(frozen=True, slots=True)
class _Frame:
    """What a table's properties say for all of its cells; edges by name."""

    edges: dict[str, Edge]
    insets: Insets
    style: str | None


@dataclass(frozen=True, slots=True)
class _Raw:
    """A cell of Word as it stands in its row."""

    element: etree._Element
    column: int
    span: int
    continues: bool
    merges: bool


def read_table(element: etree._Element, reader: ParagraphReader) -> Table:
    """Work a `w:tbl` out; raises `UnsettableError` with row and cell for what cannot be set."""
    properties = element.find(qn("w:tblPr"))
    named = None if properties is None else properties.find(qn("w:tblStyle"))
    style = None if named is None else named.get(_VAL)
    stated = (*reader.styles.table(style), *(() if properties is None else (properties,)))
    if properties is not None and properties.find(qn("w:tblpPr")) is not None:
        raise UnsettableError(msg("a table with text wrapped around it"))
    frame = _Frame(_edges(stated), _insets(stated, "tblCellMar", _WORD_INSETS), style)
    rows = [_Row(row, list(_raw_cells(row))) for row in _children(element, "w:tr")]
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


def _raw_cells(row: etree._Element) -> Iterator[_Raw]:
    properties = row.find(qn("w:trPr"))
    for name in ("w:gridBefore", "w:gridAfter"):
        if properties is not None and properties.find(qn(name)) is not None:
            raise UnsettableError(msg("a row that is shorter than its table"))
    column = 0
    for cell in _children(row, "w:tc"):
        stated = cell.find(qn("w:tcPr"))
        span = None if stated is None else stated.find(qn("w:gridSpan"))
        merge = None if stated is None else stated.find(qn("w:vMerge"))
        width = 1 if span is None else max(1, whole(span.get(_VAL)) or 1)
        continues = merge is not None and merge.get(_VAL, "continue") == "continue"
        yield _Raw(cell, column, width, continues, merge is not None)
        column += width


def _columns(element: etree._Element, rows: list[_Row]) -> tuple[float, ...]:
    """Return the widths of the grid; a cell of its own width settles a column left open."""
    grid = element.find(qn("w:tblGrid"))
    stated = [] if grid is None else [points(c.get(_WIDTH)) or 0.0 for c in grid]
    count = max((raw.column + raw.span for row in rows for raw in row.cells), default=0)
    widths = [*stated, *([0.0] * count)][:count]
    for row in rows:
        for raw in row.cells:
            own = raw.element.find(f"{qn('w:tcPr')}/{qn('w:tcW')}")
            if raw.span == 1 and widths[raw.column] <= 0 and own is not None:
                widths[raw.column] = points(own.get(_WIDTH)) or 0.0
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
    crosses = count < len(rows) and any(raw.continues for raw in rows[count].cells)
    return 0 if crosses else count


def _row(y: int, rows: list[_Row], frame: _Frame, reader: ParagraphReader, width: int) -> TableRow:
    row = rows[y]
    cells = []
    for x, raw in enumerate(row.cells, 1):
        if raw.continues and _starts_above(rows, y, raw):
            continue
        try:
            cells.append(_cell(y, raw, rows, frame, reader, width))
        except UnsettableError as error:
            text = "".join(t.text or "" for t in raw.element.iter(qn("w:t")))
            place = msg(
                "row {row}, cell {cell} (“{text}”)", row=str(y + 1), cell=str(x), text=quoted(text)
            )
            raise error.within(place) from None
    height = row.property("w:trHeight")
    split = row.property("w:cantSplit")
    return TableRow(
        cells=tuple(cells),
        height=0.0 if height is None else points(height.get(_VAL)) or 0.0,
        exact=height is not None and height.get(qn("w:hRule")) == "exact",
        breakable=split is None or not is_on(split),
    )


def _starts_above(rows: list[_Row], y: int, raw: _Raw) -> bool:
    return y > 0 and any(above.column == raw.column and above.merges for above in rows[y - 1].cells)


def _row_span(rows: list[_Row], y: int, raw: _Raw) -> int:
    if not raw.merges:
        return 1
    below = y + 1
    while below < len(rows) and any(
        c.column == raw.column and c.continues for c in rows[below].cells
    ):
        below += 1
    return below - y


def _cell(
    y: int, raw: _Raw, rows: list[_Row], frame: _Frame, reader: ParagraphReader, width: int
) -> TableCell:
    span = _row_span(rows, y, raw)
    properties = raw.element.find(qn("w:tcPr"))
    stated = () if properties is None else (properties,)
    align = None if properties is None else properties.find(qn("w:vAlign"))
    shading = None if properties is None else properties.find(qn("w:shd"))
    direction = None if properties is None else properties.find(qn("w:textDirection"))
    if direction is not None and direction.get(_VAL, "lrTb") != "lrTb":
        raise UnsettableError(msg("vertical text"))
    return TableCell(
        column=raw.column,
        column_span=raw.span,
        row_span=span,
        blocks=tuple(_blocks(raw.element, reader, frame.style)),
        borders=_cell_sides(frame, properties, _outer(y, span, rows, raw, width)),
        insets=_insets(stated, "tcMar", frame.insets),
        align=VerticalAlign("top" if align is None else align.get(_VAL, "top")),
        fill="" if shading is None else fill_of(shading),
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
    found: dict[str, Edge] = dict.fromkeys((*_SIDES, "insideH", "insideV"))
    for properties in stated:
        borders = properties.find(qn("w:tblBorders"))
        if borders is not None:
            found |= {n: e for n in found if (e := _edge(borders, n)) is not _UNSTATED}  # type: ignore[misc]  # the sentinel is filtered
    return found


_UNSTATED: Final = object()


def _edge(borders: etree._Element, name: str) -> object:
    element = borders.find(qn(f"w:{name}"))
    if element is None and name in _ALIASES:
        element = borders.find(qn(f"w:{_ALIASES[name]}"))
    if element is None:
        return _UNSTATED
    sort = element.get(_VAL, "single")
    if sort in ("nil", "none"):
        return None
    if sort not in _DASHES:
        raise UnsettableError(msg("the border {name}", name=sort))
    eighths = whole(element.get(qn("w:sz"))) or 4
    color = color_of(element.get(qn("w:color"))) or "#000000"
    return Border(eighths / 8, color, _DASHES[sort])


def _cell_sides(frame: _Frame, properties: etree._Element | None, outer: frozenset[str]) -> Sides:
    """Return a cell's borders; `outer` are those of its sides that are the table's own."""
    sides: dict[str, object] = {
        side: frame.edges[side if side in outer else _INSIDE[side]] for side in _SIDES
    }
    own = None if properties is None else properties.find(qn("w:tcBorders"))
    if own is not None:
        if any(isinstance(_edge(own, name), Border) for name in ("tl2br", "tr2bl")):
            raise UnsettableError(msg("a diagonal line in a cell"))
        sides |= {n: e for n in _SIDES if (e := _edge(own, n)) is not _UNSTATED}
    return Sides(**sides)  # type: ignore[arg-type]  # only edges are in it


def _outer(y: int, span: int, rows: list[_Row], raw: _Raw, width: int) -> frozenset[str]:
    tests = {
        "top": y == 0,
        "right": raw.column + raw.span == width,
        "bottom": y + span == len(rows),
        "left": raw.column == 0,
    }
    return frozenset(side for side, is_outer in tests.items() if is_outer)


def _insets(stated: Iterable[etree._Element], name: str, base: Insets) -> Insets:
    for properties in stated:
        margins = properties.find(qn(f"w:{name}"))
        for side in _SIDES if margins is not None else ():
            element = margins.find(qn(f"w:{side}"))  # type: ignore[union-attr]  # not None here
            if element is None and side in _ALIASES:
                element = margins.find(qn(f"w:{_ALIASES[side]}"))  # type: ignore[union-attr]  # as above
            if element is not None and (length := points(element.get(_WIDTH))) is not None:
                base = replace(base, **{side: length})
    return base


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
