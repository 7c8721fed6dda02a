"""Tables to Typst: cells with spans, borders, heights, and rows that stay whole."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final, Protocol, TypeVar

from perfeval_docs.typeset.model import (
    Align,
    Border,
    Frame,
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

    def text(self, text: Text, style: ParagraphStyle, room: float) -> str:
        """Return the code of a text in a paragraph."""

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


@dataclass(frozen=True, slots=True)
class _Kind:
    """What cells of one frame whose paragraphs look alike have in common.

    `width` is that of the content. The content of a plain one can stand in it without a paragraph
    around it. Of cells that hold a text of one look alone, `line` is the height of a line, `room`
    its width, and `first` where the first one begins; `around` is what a paragraph has above and
    below it, and `edges` what the cell has.
    """

    width: float
    align: str
    is_plain: bool
    room: float
    first: float
    line: float
    around: float
    edges: float

    def extent(self, text: Text) -> _Extent:
        """Return bounds of the height of a cell with this text."""
        size = text.style.size
        longest = self.first + widest(text.text, size)
        fewest = most = 1
        if longest > self.room:
            fewest = max(1, int(narrowest(text.text, size) / self.room))
            most = 2 * int(longest / self.room) + 1
        return _Extent(
            self.edges + (self.around + fewest * self.line),
            self.edges + (self.around + most * self.line),
        )


class _Cells:
    """Writes the cells of one table; what most cells share is written once."""

    def __init__(self, table: Table, writer: ParagraphWriter, page_height: float) -> None:
        self._table = table
        self._writer = writer
        self._page_height = page_height
        every = [cell for row in table.rows for cell in row.cells]
        self._alike: dict[tuple[int, int, int], _Kind] = {}
        self._kinds = {id(cell): self._kind(cell) for cell in every}
        self._sides = _commonest(cell.frame.borders for cell in every)
        self._insets = _commonest(cell.frame.insets for cell in every)
        aligned = Counter(kind.align for kind, _ in self._kinds.values())
        self._align = aligned.most_common(1)[0][0]
        self._stated: dict[tuple[int, str, float, bool], str] = {}
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
        single = (e.most for c, e in zip(row.cells, extents, strict=True) if c.frame.row_span == 1)
        whole = not row.breakable and max(single, default=0) < self._page_height * _FULL
        lifted = self._lifted(row, extents)
        for number, (cell, extent) in enumerate(zip(row.cells, extents, strict=True)):
            missing = max(0.0, row.height - extent.least) if number == lifted else 0.0
            yield self._cell(cell, missing, whole=whole and cell.frame.row_span == 1)

    def _lifted(self, row: TableRow, extents: list[_Extent]) -> int | None:
        """Return which cell gives the row its least height: one whose own height is known."""
        if not row.height or row.exact:
            return None
        single = [n for n, cell in enumerate(row.cells) if cell.frame.row_span == 1]
        candidates = [n for n in single if extents[n].least == extents[n].most] or single
        return min(candidates, key=lambda n: extents[n].most, default=None)

    def _kind(self, cell: TableCell) -> tuple[_Kind, Text | None]:
        """Return what is known of a cell; with its text, if it holds one of one look alone."""
        frame, blocks = cell.frame, cell.blocks
        if len(blocks) != 1 or len(blocks[0].pieces) != 1:
            return self._worked_out(cell, None), None
        text = blocks[0].pieces[0]
        if not isinstance(text, Text):
            return self._worked_out(cell, None), None
        # Nearly all are such, and those of a column are nearly all alike.
        key = (id(frame), id(blocks[0].style), id(text.style))
        kind = self._alike.get(key)
        if kind is None:
            kind = self._alike[key] = self._worked_out(cell, text.style)
        return kind, text

    def _worked_out(self, cell: TableCell, look: RunStyle | None) -> _Kind:
        frame, is_plain = cell.frame, _is_plain(cell)
        columns = self._table.columns[frame.column : frame.column + frame.column_span]
        width = sum(columns) - frame.insets.left - frame.insets.right
        style = cell.blocks[0].style if cell.blocks else ParagraphStyle()
        return _Kind(
            width=width,
            align=_BOTH[style.align, frame.align] if is_plain else _ALIGNS[frame.align],
            is_plain=is_plain,
            room=_room(style, width),
            first=max(0.0, style.first),
            line=0.0 if look is None else self._writer.line_height(look, style),
            around=style.before + style.after,
            edges=frame.insets.top + frame.insets.bottom,
        )

    def _extent(self, cell: TableCell) -> _Extent:
        kind, text = self._kinds[id(cell)]
        if text is not None:
            return kind.extent(text)
        least = most = kind.edges
        for paragraph in cell.blocks:
            low, high = self._heights(paragraph, kind.width)
            least += low
            most += high
        return _Extent(least, most)

    def _heights(self, paragraph: Paragraph, width: float) -> tuple[float, float]:
        """Return bounds of the height of a paragraph, with the spaces around it."""
        style, pieces = paragraph.style, paragraph.pieces
        around = style.before + style.after
        fewest, greatest = _lines(paragraph, width)
        sizes = [p.style for p in pieces if isinstance(p, Text)] or [paragraph.mark]
        heights = [self._writer.line_height(look, style) for look in sizes]
        pictures = [p.height for p in pieces if isinstance(p, Picture)]
        least = around + max(fewest * min(heights), *pictures, 0.0)
        return least, around + greatest * max(heights) + sum(pictures)

    def _cell(self, cell: TableCell, missing: float, *, whole: bool) -> str:
        kind, text = self._kinds[id(cell)]
        if text is not None and kind.is_plain:
            content = self._writer.text(text, cell.blocks[0].style, kind.width)
        else:
            content = self._content(cell, kind)
        key = (id(cell.frame), kind.align, missing, whole)
        stated = self._stated.get(key)
        if stated is None:
            stated = self._arguments(cell.frame, kind.align, missing, whole=whole)
            self._stated[key] = stated
        return f"table.cell({stated}, {content})" if stated else content

    def _arguments(self, frame: Frame, align: str, missing: float, *, whole: bool) -> str:
        """Return what is said of a cell besides its content; many cells share it."""
        arguments = []
        if frame.column_span > 1:
            arguments.append(f"colspan: {frame.column_span}")
        if frame.row_span > 1:
            arguments.append(f"rowspan: {frame.row_span}")
        if frame.borders is not self._sides and frame.borders != self._sides:
            arguments.append(f"stroke: {_stroke(frame.borders)}")
        if frame.fill:
            arguments.append(f"fill: rgb({literal(frame.fill)})")
        if align != self._align:
            arguments.append(f"align: {align}")
        if frame.insets != self._insets or missing:
            arguments.append(f"inset: {_inset(_raised(frame.insets, missing, frame.align))}")
        if whole:
            arguments.append("breakable: false")
        return ", ".join(arguments)

    def _content(self, cell: TableCell, kind: _Kind) -> str:
        codes, gap = [], 0.0
        if kind.is_plain:
            return self._writer.line(cell.blocks[0], kind.width)
        for paragraph in cell.blocks:
            gap += paragraph.style.before
            if gap:
                codes.append(f"v({pt(gap)})")
            codes.append(self._writer.paragraph(paragraph, kind.width))
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


def _room(style: ParagraphStyle, width: float) -> float:
    return max(1.0, width - style.left - style.right)


def _lines(paragraph: Paragraph, width: float) -> tuple[int, int]:
    """Return bounds of the number of lines that a paragraph takes."""
    room = _room(paragraph.style, width)
    first = max(0.0, paragraph.style.first)
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
