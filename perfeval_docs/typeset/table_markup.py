"""Tables to Typst: cells with spans, borders, heights, and rows that stay whole."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final, Protocol, TypeVar

from perfeval_docs.typeset.model import (
    Align,
    Border,
    Insets,
    LineBreak,
    Paragraph,
    ParagraphStyle,
    Picture,
    RunStyle,
    Sides,
    Table,
    TableCell,
    TableRow,
    Text,
    VerticalAlign,
)
from perfeval_docs.typeset.units import literal, narrowest, pt, widest

_ALIGNS: Final = {
    VerticalAlign.TOP: "top", VerticalAlign.CENTER: "horizon", VerticalAlign.BOTTOM: "bottom",
}  # fmt: skip
_FULL: Final = 0.9
# How the only paragraph of a cell stands across and upright.
_BOTH: Final = {(a, v): f"{a.value} + {upright}" for a in Align for v, upright in _ALIGNS.items()}

T = TypeVar("T")


class ParagraphWriter(Protocol):
    """What writes the paragraphs in the cells."""

    def paragraph(self, paragraph: Paragraph, width: float) -> str:
        """Return a paragraph's code."""

    def line(self, paragraph: Paragraph, width: float) -> str:
        """Return the code of a paragraph's content alone."""

    def line_height(self, look: RunStyle, style: ParagraphStyle) -> float:
        """Return the height of a line in points."""


def table_markup(table: Table, writer: ParagraphWriter, height: float) -> str:
    """Return the code of a table on pages whose text area is `height` points high.

    One whose every row is kept with the next stays whole, if a page has room for it.
    """
    cells = _Cells(table, writer, height)
    rows = [cells.row(row) for row in table.rows]
    head = "".join(f"{code}," for row in rows[: table.head] for code in row)
    body = ",".join(code for row in rows[table.head :] for code in row)
    tracks = ", ".join(pt(row.height) if row.exact and row.height else "auto" for row in table.rows)
    code = (
        f"table(columns: ({', '.join(map(pt, table.columns))},), rows: ({tracks},), "
        f"stroke: {cells.stroke}, inset: {cells.inset}, align: {cells.align}, "
        f"{f'table.header(repeat: true, {head}),' if head else ''}{body})"
    )
    if cells.is_whole:
        code = f"block(breakable: false, {code})"
    if table.align in (Align.CENTER, Align.RIGHT):
        return f"at({table.align.value}, {code})"
    return f"pad(left: {pt(table.indent)}, {code})" if table.indent else code


@dataclass(frozen=True, slots=True)
class _Extent:
    """The least and the greatest height of a cell's content, and whether the two are one."""

    least: float
    most: float


class _Cells:
    """Writes the cells of one table; what most cells share is written once."""

    def __init__(self, table: Table, writer: ParagraphWriter, page_height: float) -> None:
        self._table = table
        self._writer = writer
        self._page_height = page_height
        every = [cell for row in table.rows for cell in row.cells]
        self._plain = {id(cell) for cell in every if _is_plain(cell)}
        self._sides = _commonest(cell.borders for cell in every)
        self._insets = _commonest(cell.insets for cell in every)
        self._align = Counter(map(self._aligned, every)).most_common(1)[0][0]
        self._widths: dict[tuple[int, int, int], float] = {}
        self._stated: dict[tuple[object, ...], str] = {}
        self.stroke = _stroke(self._sides)
        self.inset = _inset(self._insets)
        self.align = self._align

    @property
    def is_whole(self) -> bool:
        """Tell whether all of the table stands on one page."""
        rows = self._table.rows
        if not rows[1:] or not all(map(_is_kept, rows[:-1])):
            return False
        tallest = (max((self._extent(c).most for c in r.cells), default=0.0) for r in rows)
        return sum(tallest) < self._page_height * _FULL

    def row(self, row: TableRow) -> Iterator[str]:
        extents = [self._extent(cell) for cell in row.cells]
        tallest = max(
            (e.most for c, e in zip(row.cells, extents, strict=True) if c.row_span == 1), default=0
        )
        whole = not row.breakable and tallest < self._page_height * _FULL
        lifted = self._lifted(row, extents)
        for number, (cell, extent) in enumerate(zip(row.cells, extents, strict=True)):
            missing = row.height - extent.least if number == lifted else 0.0
            yield self._cell(cell, max(0.0, missing), whole=whole and cell.row_span == 1)

    def _lifted(self, row: TableRow, extents: list[_Extent]) -> int | None:
        """Return which cell gives the row its least height: one whose own height is known."""
        if not row.height or row.exact:
            return None
        known = [
            n for n, e in enumerate(extents) if e.least == e.most and row.cells[n].row_span == 1
        ]
        candidates = known or [n for n, c in enumerate(row.cells) if c.row_span == 1]
        return min(candidates, key=lambda n: extents[n].most, default=None)

    def _width(self, cell: TableCell) -> float:
        key = (cell.column, cell.column_span, id(cell.insets))
        if key not in self._widths:
            columns = self._table.columns[cell.column : cell.column + cell.column_span]
            self._widths[key] = sum(columns) - cell.insets.left - cell.insets.right
        return self._widths[key]

    def _extent(self, cell: TableCell) -> _Extent:
        width = self._width(cell)
        least = most = cell.insets.top + cell.insets.bottom
        for paragraph in cell.blocks:
            low, high = self._heights(paragraph, width)
            least += low
            most += high
        return _Extent(least, most)

    def _heights(self, paragraph: Paragraph, width: float) -> tuple[float, float]:
        """Return bounds of the height of a paragraph, with the spaces around it."""
        style, pieces = paragraph.style, paragraph.pieces
        around = style.before + style.after
        fewest, greatest = _lines(paragraph, width)
        if len(pieces) == 1 and isinstance(text := pieces[0], Text):
            height = self._writer.line_height(text.style, style)
            return around + fewest * height, around + greatest * height
        sizes = [p.style for p in pieces if isinstance(p, Text)] or [paragraph.mark]
        heights = [self._writer.line_height(look, style) for look in sizes]
        pictures = [p.height for p in pieces if isinstance(p, Picture)]
        least = around + max(fewest * min(heights), *pictures, 0.0)
        return least, around + greatest * max(heights) + sum(pictures)

    def _cell(self, cell: TableCell, missing: float, *, whole: bool) -> str:
        content, align = self._content(cell), self._aligned(cell)
        key = (
            cell.column_span, cell.row_span, id(cell.borders), cell.fill, align, id(cell.insets),
            cell.align, missing, whole,
        )  # fmt: skip
        stated = self._stated.get(key)
        if stated is None:
            stated = self._stated[key] = self._arguments(cell, align, missing, whole=whole)
        return f"table.cell({stated}, {content})" if stated else content

    def _arguments(self, cell: TableCell, align: str, missing: float, *, whole: bool) -> str:
        """Return what is said of a cell besides its content; many cells share it."""
        arguments = []
        if cell.column_span > 1:
            arguments.append(f"colspan: {cell.column_span}")
        if cell.row_span > 1:
            arguments.append(f"rowspan: {cell.row_span}")
        if cell.borders is not self._sides and cell.borders != self._sides:
            arguments.append(f"stroke: {_stroke(cell.borders)}")
        if cell.fill:
            arguments.append(f"fill: rgb({literal(cell.fill)})")
        if align != self._align:
            arguments.append(f"align: {align}")
        if cell.insets != self._insets or missing:
            arguments.append(f"inset: {_inset(_raised(cell.insets, missing, cell.align))}")
        if whole:
            arguments.append("breakable: false")
        return ", ".join(arguments)

    def _aligned(self, cell: TableCell) -> str:
        if id(cell) in self._plain:
            return _BOTH[cell.blocks[0].style.align, cell.align]
        return _ALIGNS[cell.align]

    def _content(self, cell: TableCell) -> str:
        width, codes, gap = self._width(cell), [], 0.0
        if id(cell) in self._plain:
            return self._writer.line(cell.blocks[0], width)
        for paragraph in cell.blocks:
            gap += paragraph.style.before
            if gap:
                codes.append(f"v({pt(gap)})")
            codes.append(self._writer.paragraph(paragraph, width))
            gap = paragraph.style.after
        if gap:
            codes.append(f"v({pt(gap)})")
        return codes[0] if len(codes) == 1 else f"{{{';'.join(codes)}}}" if codes else "[]"


def _is_kept(row: TableRow) -> bool:
    return any(cell.blocks for cell in row.cells) and all(
        paragraph.style.keep_next for cell in row.cells for paragraph in cell.blocks
    )


def _is_plain(cell: TableCell) -> bool:
    """Tell whether a cell's content can stand in it without a paragraph around it.

    Most cells of a form are such, and the compiler is a fifth faster with them.
    """
    if len(cell.blocks) != 1:
        return False
    style = cell.blocks[0].style
    moved = style.left or style.right or style.first or style.before or style.after
    return not moved and not style.fill and style.align is not Align.JUSTIFY


def _lines(paragraph: Paragraph, width: float) -> tuple[int, int]:
    """Return bounds of the number of lines that a paragraph takes."""
    room = max(1.0, width - paragraph.style.left - paragraph.style.right)
    first = max(0.0, paragraph.style.first)
    if len(paragraph.pieces) == 1 and isinstance(text := paragraph.pieces[0], Text):
        # Nearly all are such.
        high = first + widest(text.text, text.style.size)
        if high <= room:
            return 1, 1
    fewest = most = 0
    lines: list[list[Text]] = [[]]
    for piece in paragraph.pieces:
        if isinstance(piece, LineBreak):
            lines.append([])
        elif isinstance(piece, Text):
            lines[-1].append(piece)
    for line in lines:
        high = first + sum(widest(t.text, t.style.size) for t in line)
        if high <= room:
            fewest, most = fewest + 1, most + 1
            continue
        low = sum(narrowest(t.text, t.style.size) for t in line)
        fewest += max(1, int(low / room))
        most += 2 * int(high / room) + 1
    return fewest, most


def _raised(insets: Insets, missing: float, align: VerticalAlign) -> Insets:
    """Share what a row lacks to its least height above and below a cell's text."""
    above = {VerticalAlign.TOP: 0.0, VerticalAlign.CENTER: 0.5, VerticalAlign.BOTTOM: 1.0}[align]
    return Insets(
        insets.top + missing * above,
        insets.right,
        insets.bottom + missing * (1 - above),
        insets.left,
    )


def _commonest(values: Iterable[T]) -> T:
    """Return the object that most cells share; equal ones are nearly always one object."""
    every = list(values)
    by_id = {id(value): value for value in every}
    return by_id[Counter(map(id, every)).most_common(1)[0][0]]


def _inset(insets: Insets) -> str:
    return (
        f"(top: {pt(insets.top)}, right: {pt(insets.right)}, "
        f"bottom: {pt(insets.bottom)}, left: {pt(insets.left)})"
    )


def _stroke(sides: Sides) -> str:
    edges = (sides.top, sides.right, sides.bottom, sides.left)
    if len(set(edges)) == 1:
        return _edge(sides.top)
    names = ("top", "right", "bottom", "left")
    return f"({', '.join(f'{n}: {_edge(e)}' for n, e in zip(names, edges, strict=True))})"


def _edge(border: Border | None) -> str:
    if border is None:
        return "none"
    dash = "" if border.dash == "solid" else f", dash: {literal(border.dash)}"
    return f"(paint: rgb({literal(border.color)}), thickness: {pt(border.width)}{dash})"
