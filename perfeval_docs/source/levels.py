"""The mappings and lists that are open at a line, and the column that each line belongs in."""

from __future__ import annotations

from dataclasses import dataclass

from perfeval_docs.source.lines import Line, Lines
from perfeval_docs.source.meant import ROOT, block, line_after, line_before


@dataclass(frozen=True, slots=True)
class Level:
    """A mapping or a list that is open, and the column that its keys or dashes stand in."""

    indent: int
    is_list: bool


class Levels:
    """The collections that are open; `pending` is the column of a key or dash with no value yet."""

    __slots__ = ("_columns", "_lines", "_open", "pending")

    def __init__(self, lines: Lines) -> None:
        """Stand at the beginning of a document."""
        self._lines = lines
        self._open: list[Level] = []
        self._columns: dict[str, int] = {}
        self.pending: int | None = ROOT

    @property
    def top(self) -> Level | None:
        """The innermost collection."""
        return self._open[-1] if self._open else None

    def push(self, column: int, *, is_list: bool) -> None:
        """Open a collection, unless it is open."""
        level = Level(column, is_list)
        if self.top != level:
            self._open.append(level)

    def close_to(self, column: int, *, is_dash: bool) -> None:
        """Close what a line in a column does not belong to; the outermost one stays open."""
        if self.pending is not None:
            if column + is_dash > self.pending:
                return
            self.pending = None
        levels = self._open
        while len(levels) > 1 and levels[-1].indent > column:
            levels.pop()
        if not is_dash and levels[-2:] == [
            Level(column, is_list=False),
            Level(column, is_list=True),
        ]:
            levels.pop()

    def fitting(self, line: Line, start: int) -> int:
        """Return the column of a line, or where nothing open has it, the nearest one that has."""
        column, is_dash = line.indent, self._lines.is_dash(start, line.end)
        if self.pending is not None and column + is_dash > self.pending:
            return column
        alike = {level.indent for level in self._open if level.is_list is is_dash}
        others = {level.indent for level in self._open if level.is_list is not is_dash}
        may_be_other = self._lines.text[start] == "-"
        if not alike or column in alike or (may_be_other and column in others):
            return column
        return min(alike, key=lambda each: (abs(each - column), -each))

    def counts(self, line: Line) -> bool:
        """Tell whether white space other than spaces stands where only an indent can."""
        if self._lines.text[line.start + line.indent] == "\t":
            return True
        if self.pending is None or line.indent <= self.pending:
            return True
        return self._lines.holds_key(line.body, line.end)

    def meant(self, number: int, line: Line) -> int:
        """Return the column that a line indented with tabs or wide spaces was meant to stand in."""
        leading = self._lines.text[line.start : line.body]
        column = self._meant(number, line, leading)
        self._columns[leading] = column
        return column

    def _meant(self, number: int, line: Line, leading: str) -> int:
        width = sum(1 if char in " \xa0" else 2 for char in leading)
        if self.pending is not None:
            beside = self._beside(number, line, self.pending)
            if beside is not None or width > self.pending:
                return beside or width
        columns = self._columns_of(line.body, line)
        if not columns:
            return width
        if "\t" not in leading:
            return min(columns, key=lambda column: (abs(column - width), -column))
        known = self._columns.get(leading)
        if known in columns and not self._is_alone(number):
            return known
        return self._above(number, line, columns) or columns[-1]

    def _columns_of(self, start: int, line: Line) -> list[int]:
        """Return the columns that what stands at an offset may stand in, the innermost last."""
        is_list = self._lines.is_dash(start, line.end)
        return sorted({level.indent for level in self._open if level.is_list is is_list})

    def _above(self, number: int, line: Line, columns: list[int]) -> int | None:
        """Return the innermost column that the lines below a line can stand under; None for any."""
        if self._lines.text[line.end - 1] not in ":：":
            return None
        after = line_after(self._lines, number)
        if after is None or not after.is_clean:
            return None
        deep = after.indent + self._lines.is_dash(after.body, after.end)
        return next((column for column in reversed(columns) if column < deep), None)

    def _is_alone(self, number: int) -> bool:
        """Tell whether a line that is not indented with spaces stands beside one that is."""
        beside = (line_before(self._lines, number), line_after(self._lines, number))
        return any(each is not None and each.is_clean and each.indent > 0 for each in beside)

    def _beside(self, number: int, line: Line, pending: int) -> int | None:
        """Return the column of a line that begins a mapping or a list, told by the lines below."""
        lines, after = self._lines, line_after(self._lines, number)
        if after is None or not after.is_clean or after.indent <= max(pending, 0):
            return None
        if lines.text[line.end - 1] in ":：":
            below = (each.indent for each in block(lines, number, pending))
            least = min(below, default=after.indent)
            return least if least < after.indent else max(after.indent - 2, pending + 1)
        column = after.indent
        if lines.is_dash(line.body, line.end) and not lines.is_dash(after.body, after.end):
            column -= lines.behind_dash(line.body, line.end) - line.body
        return max(column, pending)
