"""The mappings and lists that are open at a line, and the column that each line belongs in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from perfeval_docs.source.lines import Line, Lines
from perfeval_docs.source.meant import ROOT, block, line_after, line_before

_STEP: Final = 2


@dataclass(frozen=True, slots=True)
class Level:
    """A mapping or a list that is open, and the column that its keys or dashes stand in."""

    indent: int
    is_list: bool


@dataclass(frozen=True, slots=True)
class Fit:
    """The column that a line belongs in, and whether it is an item that lacks its dash.

    `key` is the column of the key that an item lacks above it, if it does.
    """

    column: int
    lacks_dash: bool = False
    key: int | None = None


class Levels:
    """The collections that are open.

    `pending` is the column of a key or dash with no value yet; `openings` are what items begin
    with, by the column of their dashes.
    """

    __slots__ = ("_columns", "_lines", "_open", "openings", "pending")

    def __init__(self, lines: Lines) -> None:
        """Stand at the beginning of a document."""
        self._lines = lines
        self._open: list[Level] = []
        self._columns: dict[str, int] = {}
        self.openings: dict[int, str] = {}
        self.pending: int | None = ROOT

    @property
    def top(self) -> Level | None:
        """The innermost collection."""
        return self._open[-1] if self._open else None

    def push(self, column: int, *, is_list: bool) -> None:
        """Open a collection, unless it is open."""
        if not self.is_top(column, is_list=is_list):
            self._open.append(Level(column, is_list))

    def is_top(self, column: int, *, is_list: bool) -> bool:
        """Tell whether the innermost collection stands in a column, and is of a kind."""
        top = self.top
        return top is not None and top.indent == column and top.is_list is is_list

    def has_keys_in(self, column: int) -> bool:
        """Tell whether a mapping is open whose keys stand in a column."""
        return any(level.indent == column and not level.is_list for level in self._open)

    def continues_list(self, line: Line) -> bool:
        """Tell whether a line with a dash begins as the items of the innermost list do."""
        lists = [level.indent for level in self._open if level.is_list]
        behind = self._lines.behind_dash(line.body, line.end)
        named = self.openings.get(lists[-1], "") if lists else ""
        return named != "" and named == self._lines.opening(behind, line.end)

    def close_to(self, column: int, *, is_dash: bool) -> None:
        """Close what a line in a column does not belong to; the outermost one stays open."""
        if self.pending is not None:
            if column + is_dash > self.pending:
                return
            self.pending = None
        levels = self._open
        while len(levels) > 1 and levels[-1].indent > column:
            levels.pop()
        if not is_dash and len(levels) > 1 and self.is_top(column, is_list=True):
            above = levels[-2]
            if above.indent == column and not above.is_list:
                levels.pop()

    def fitting(self, number: int, line: Line, start: int) -> Fit:
        """Return where a line belongs, where nothing open has its column the nearest that has."""
        column, is_dash, top = line.indent, self._lines.begins_item(start, line.end), self.top
        if self.pending is not None and column + is_dash > self.pending:
            return self._first(number, line, start, self.pending)
        if top is None or (top.indent == column and top.is_list is is_dash):
            return Fit(column)
        columns = self._columns_of(start, line)
        if not columns:
            return Fit(column)
        if column in columns:
            return Fit(self._above_below(number, line, column, columns))
        if self._is_of_other_kind(line, start, column):
            return Fit(column, lacks_dash=not is_dash and self._lines.text[start] != "-")
        above = self._above(number, line, columns)
        nearest = min(columns, key=lambda each: (abs(each - column), -each))
        return Fit(nearest if above is None else above)

    def _first(self, number: int, line: Line, start: int, pending: int) -> Fit:
        """Return where the first line of a collection belongs: where those below it stand."""
        lines, column = self._lines, line.indent
        if column == (0 if pending == ROOT else pending + _STEP):
            return Fit(column)
        below = block(lines, number, pending)
        if not lines.begins_item(start, line.end) and (name := lines.opening(start, line.end)):
            for each in below:
                behind = lines.behind_dash(each.body, each.end)
                if lines.is_dash(each.body, each.end) and lines.opening(behind, each.end) == name:
                    return Fit(each.indent, lacks_dash=True)
        out = next((n for n, each in enumerate(below) if each.indent < column), None)
        if out is not None and self._lacks_key(line, start, below[out:]):
            return Fit(column, key=below[out].indent)
        beside = next((each for each in below if each.indent <= column), None)
        if beside is not None:
            is_out = beside.indent < column and lines.holds_key(beside.body, beside.end)
            return Fit(beside.indent if is_out else column)
        return Fit(below[0].indent if self._are_further_right(line, start, below) else column)

    def _lacks_key(self, line: Line, start: int, beside: list[Line]) -> bool:
        """Tell whether an item stands where those of the key beside it do, and below no key."""
        lines = self._lines
        key, *items = beside
        if not lines.is_dash(start, line.end) or not items:
            return False
        is_key = lines.text[key.end - 1] in ":：" and not lines.is_dash(key.body, key.end)
        is_alike = items[0].indent == line.indent and lines.is_dash(items[0].body, items[0].end)
        return is_key and is_alike

    def _are_further_right(self, line: Line, start: int, below: list[Line]) -> bool:
        """Tell whether several keys stand in one column, below a key with its value beside it."""
        lines = self._lines
        key = lines.key(start, line.end)
        if key is None or key.value >= line.end or lines.text[key.value] in "|>\"'[{":
            return False
        same = [each for each in below if each.indent == below[0].indent]
        keys = sum(lines.key(each.body, each.end) is not None for each in same)
        return keys == len(same) > 1

    def _is_of_other_kind(self, line: Line, start: int, column: int) -> bool:
        """Tell a dash among keys from an item indented too little, and an item without a dash."""
        lines = self._lines
        is_dash = lines.begins_item(start, line.end)
        if column not in {level.indent for level in self._open if level.is_list is not is_dash}:
            return False
        if not is_dash:
            named = self.openings.get(column, "")
            return lines.text[start] == "-" or (named == lines.opening(start, line.end) != "")
        named = self.openings.get(self._columns_of(start, line)[-1], "")
        mine = lines.opening(lines.behind_dash(start, line.end), line.end)
        return mine != named and not {mine, named} & {"[", "{"}

    def _above_below(self, number: int, line: Line, column: int, columns: list[int]) -> int:
        """Return the column of a key that nothing is open for but lines deeper than its own."""
        lines, after = self._lines, line_after(self._lines, number)
        if lines.text[line.end - 1] not in ":：" or after is None:
            return column
        if not after.is_clean or after.indent <= column + _STEP:
            return column
        least = min((each.indent for each in block(lines, number, column)), default=column)
        return least if least < after.indent and least in columns else column

    def counts(self, line: Line) -> bool:
        """Tell whether white space other than spaces stands where only an indent can."""
        if self._lines.text[line.behind] == "\t":
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
        is_list = self._lines.begins_item(start, line.end)
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
        if lines.begins_item(line.body, line.end) and not lines.is_dash(after.body, after.end):
            column -= lines.behind_dash(line.body, line.end) - line.body
        return max(column, pending)
