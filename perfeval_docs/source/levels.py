"""The mappings and lists that are open at a line, and the column that each line belongs in."""

from __future__ import annotations

from dataclasses import dataclass

from perfeval_docs.source.lines import Line, Lines
from perfeval_docs.source.meant import ROOT, line_after


@dataclass(frozen=True, slots=True)
class Level:
    """A mapping or a list that is open, and the column that its keys or dashes stand in."""

    indent: int
    is_list: bool


class Levels:
    """The collections that are open; `pending` is the column of a key or dash with no value yet."""

    __slots__ = ("_lines", "_open", "pending")

    def __init__(self, lines: Lines) -> None:
        """Stand at the beginning of a document."""
        self._lines = lines
        self._open: list[Level] = []
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
        width = sum(1 if char in " \xa0" else 2 for char in leading)
        if self.pending is not None:
            beside = self._beside(number, line)
            if beside is not None or width > self.pending:
                return beside or width
        columns = sorted({level.indent for level in self._open})
        if not columns:
            return width
        if not leading.strip("\t") and len(leading) < len(columns):
            return columns[len(leading)]
        return min(columns, key=lambda column: (abs(column - width), -column))

    def _beside(self, number: int, line: Line) -> int | None:
        """Return the column of the next line, if both may be keys of one mapping."""
        after = line_after(self._lines, number)
        if after is None or not after.is_clean or self._lines.text[line.end - 1] in ":：":
            return None
        return after.indent if after.indent > max(self.pending or 0, 0) else None
