"""The nesting of a YAML text, line by line: which lines hold keys, and which are text."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from perfeval_docs.source.edits import Edit
from perfeval_docs.source.lines import KeyAt, Line, Lines
from perfeval_docs.source.places import Places
from perfeval_docs.source.trap_faults import (
    Trap,
    colon_in_value,
    cut_short,
    dash_without_space,
    full_width_colon,
    indent_fits_nothing,
    indent_not_spaces,
    no_colon,
    quoting,
    sign_first,
    space_missing,
)
from perfeval_docs.source.values import Value, read_value

_AHEAD: Final = 60
_KEY_SIGNS: Final = "%@`|>,]}"
_ROOT: Final = -1


@dataclass(slots=True)
class _Plain:
    """An unquoted text that the next lines may go on with, if indented more than `parent`."""

    parent: int
    key: str
    start: int
    end: int
    colon: int | None = None
    cuts: tuple[tuple[int, int], ...] = ()


@dataclass(slots=True)
class _Level:
    """A mapping or a list that is open, and the column that its keys or dashes stand in."""

    indent: int
    is_list: bool


class Structure:
    """One walk over the lines of a text."""

    def __init__(self, text: str, places: Places) -> None:
        """Take a text that is as long as the one that `places` knows."""
        self._text = text
        self._places = places
        self._lines = Lines(text, places)
        self._found: list[Trap] = []
        self._begin()

    def traps(self) -> Iterator[Trap]:
        """Yield the traps, roughly in the order of the lines."""
        number = 0
        while number < self._lines.count:
            number = self._line(number)
            yield from self._taken()
        self._close_plain()
        yield from self._taken()

    def _taken(self) -> list[Trap]:
        found, self._found = self._found, []
        return found

    def _begin(self) -> None:
        """Stand at the beginning of a document."""
        self._levels: list[_Level] = []
        self._pending: int | None = _ROOT
        self._plain: _Plain | None = None

    def _line(self, number: int) -> int:
        """Read a line and what belongs to it; return the number of the next one."""
        line = self._lines[number]
        if line.is_blank or self._lines.is_comment(line):
            return number + 1
        if self._lines.is_marker(line):
            self._close_plain()
            self._begin()
            return number + 1
        if self._plain is not None and self._goes_on(line, self._plain):
            self._go_on(line, self._plain)
            return number + 1
        self._close_plain()
        start, column = self._enter(number, line)
        return self._node(number, line, start, column)

    # Text of several lines without quotes.

    def _goes_on(self, line: Line, plain: _Plain) -> bool:
        if line.indent > plain.parent:
            return True
        if line.is_clean or self._key_in(line.body, line.end):
            return False
        return line.body - line.start > plain.parent

    def _go_on(self, line: Line, plain: _Plain) -> None:
        if line.indent <= plain.parent:
            self._refuse_indent(line, line.start, plain.parent + 2)
        self._note(plain, line.body, line.end)

    def _open_plain(self, key: str, start: int, end: int, parent: int) -> None:
        self._plain = _Plain(parent, key, start, start)
        self._note(self._plain, start, end)

    def _note(self, plain: _Plain, start: int, end: int) -> None:
        """Note the part of a text that stands in one line, and what cuts or breaks it."""
        lines = self._lines
        plain.end = stop = lines.content_end(start, end)
        cut = lines.suspect(start, stop)
        if cut is not None:
            plain.cuts += ((cut, stop),)
        if plain.colon is None:
            plain.colon = lines.colon(start, stop if cut is None else cut)

    def _close_plain(self) -> None:
        plain, self._plain = self._plain, None
        if plain is None or (plain.colon is None and not plain.cuts):
            return
        edits = quoting(self._text, plain.start, plain.end)
        for start, end in plain.cuts:
            self._found.append(cut_short(plain.key, start, end, edits, self._places, plain.start))
        if plain.colon is not None:
            self._found.append(
                colon_in_value(plain.key, plain.colon, edits, self._places, plain.start)
            )

    # The column that a line stands in, and the levels that it closes.

    def _enter(self, number: int, line: Line) -> tuple[int, int]:
        """Close levels down to a line; return where its body starts, and in which column."""
        if not line.is_clean and self._indent_counts(line):
            column = self._meant_column(number, line)
            self._refuse_indent(line, line.start, column)
            self._close_to(line.body, column)
            return line.body, column
        start = line.start + line.indent
        column = self._fitting_column(line.indent, start, line.end)
        if column != line.indent:
            self._found.append(indent_fits_nothing(line.start, start, column, self._places))
        self._close_to(start, column)
        return start, column

    def _fitting_column(self, column: int, start: int, end: int) -> int:
        """Return the column, or where no open mapping or list has it, the nearest one that has."""
        if self._pending is not None and column >= self._pending:
            return column
        columns = {level.indent for level in self._levels}
        if not columns or column in columns:
            return column
        is_dash = self._is_dash(start, end)
        alike = {level.indent for level in self._levels if level.is_list is is_dash} or columns
        return min(alike, key=lambda each: (abs(each - column), -each))

    def _indent_counts(self, line: Line) -> bool:
        """Tell whether white space other than spaces stands where only an indent can."""
        if self._text[line.start + line.indent] == "\t":
            return True
        if self._pending is None or line.indent <= self._pending:
            return True
        return self._key_in(line.body, line.end)

    def _meant_column(self, number: int, line: Line) -> int:
        width = sum(1 if char in " \xa0" else 2 for char in self._text[line.start : line.body])
        if self._pending is not None and width > self._pending:
            after = self._after(number)
            same = after is not None and after.is_clean and after.indent > max(self._pending, 0)
            beside = self._text[line.end - 1] not in ":："
            return after.indent if after is not None and same and beside else width
        columns = sorted({level.indent for level in self._levels})
        if not columns:
            return width
        leading = self._text[line.start : line.body]
        if leading.strip("\t") == "" and len(leading) < len(columns):
            return columns[len(leading)]
        return min(columns, key=lambda column: (abs(column - width), -column))

    def _after(self, number: int) -> Line | None:
        for each in range(number + 1, min(number + _AHEAD, self._lines.count)):
            line = self._lines[each]
            if not line.is_blank:
                return line
        return None

    def _refuse_indent(self, line: Line, start: int, column: int) -> None:
        edit = Edit(start, line.body, " " * column)
        bad = start + line.indent
        char = self._text[bad]
        self._found.append(indent_not_spaces(start, line.body, edit, char, self._places))

    def _close_to(self, start: int, column: int) -> None:
        is_dash = self._is_dash(start, self._places.ends[self._places.line(start)])
        if self._pending is not None:
            if column > self._pending or (is_dash and column == self._pending):
                return
            self._pending = None
        levels = self._levels
        while len(levels) > 1 and levels[-1].indent > column:
            levels.pop()
        if (
            len(levels) > 1
            and levels[-1].is_list
            and not is_dash
            and levels[-2].indent == levels[-1].indent == column
        ):
            levels.pop()

    # Nodes.

    def _is_dash(self, start: int, end: int) -> bool:
        text = self._text
        return start < end and text[start] == "-" and (start + 1 >= end or text[start + 1] in " \t")

    def _key_in(self, start: int, end: int) -> bool:
        """Tell whether a line, behind its dashes, has a key as YAML sees it, or is a dash."""
        if self._is_dash(start, end):
            return True
        return self._lines.key(start, end) is not None

    def _node(self, number: int, line: Line, start: int, column: int) -> int:
        """Read what stands at an offset: a dash and what is behind it, a key, or text."""
        fresh, parent = self._pending is not None, self._pending
        self._pending = None
        while self._is_dash(start, line.end):
            top = self._levels[-1] if self._levels else None
            if top is None or not top.is_list or top.indent != column:
                self._levels.append(_Level(column, is_list=True))
            fresh, parent = True, column
            after = start + 1
            while after < line.end and self._text[after] in " \t":
                after += 1
            if after >= line.end or self._text[after] == "#":
                self._pending = column
                return number + 1
            start, column = after, column + after - start
        if self._text.startswith("? ", start):
            return self._lines.count
        if fresh:
            return self._fresh(number, line, start, column, _ROOT if parent is None else parent)
        return self._key_due(number, line, start, column)

    def _fresh(self, number: int, line: Line, start: int, column: int, parent: int) -> int:
        """Read a node that may be of any kind."""
        key = self._lines.key(start, line.end)
        if key is None:
            key = self._meant_as_key(number, line, start, parent)
        if key is not None:
            self._levels.append(_Level(column, is_list=False))
            return self._entry(number, line, key, column)
        if self._forgot_colon(number, start, line, column, parent):
            self._levels.append(_Level(column, is_list=False))
            self._found.append(no_colon(self._text, start, line.end, self._places))
            return number + 1
        return self._value(number, line, start, parent, "")

    def _key_due(self, number: int, line: Line, start: int, column: int) -> int:
        """Read a line of a mapping or a list that is open: nothing but a key or a dash will do."""
        top = self._levels[-1] if self._levels else None
        if top is not None and top.is_list:
            if self._text[start] == "-" and line.end > start + 1:
                self._found.append(dash_without_space(start, self._places))
                self._pending = None
                return self._fresh(number, line, start + 1, column + 2, column)
            return number + 1
        lines = self._lines
        key = lines.key(start, line.end) or lines.loose_key(start, line.end)
        if key is not None:
            return self._entry(number, line, key, column)
        if self._text[start] not in "\"'[{&!*":
            self._found.append(no_colon(self._text, start, line.end, self._places))
            return number + 1
        return self._value(number, line, start, column, "")

    def _entry(self, number: int, line: Line, key: KeyAt, column: int) -> int:
        """Read a key and its value."""
        text, places = self._text, self._places
        name = text[key.start : key.end].strip("\"'")
        if not key.sound:
            make = full_width_colon if text[key.colon] == "：" else space_missing
            self._found.append(make(name, key.colon, key.value, places))
        if text[key.start] in _KEY_SIGNS:
            self._found.append(sign_first(text, key.start, key.end, places))
        return self._value(number, line, key.value, column, name)

    def _value(self, number: int, line: Line, start: int, parent: int, key: str) -> int:
        """Read the value that begins at an offset; return the number of the line after it."""
        read = read_value(self._lines, number, start, parent, key)
        self._found += read.traps
        match read.sort:
            case Value.NOTHING:
                self._pending = parent
            case Value.PLAIN:
                self._open_plain(key, read.start, line.end, parent)
            case Value.DONE:
                pass
        return read.next_line

    # What a person meant, told by the lines below.

    def _block(self, number: int, parent: int) -> list[Line]:
        """Return the lines below a line that are indented more than `parent`."""
        found: list[Line] = []
        for each in range(number + 1, min(number + _AHEAD, self._lines.count)):
            line = self._lines[each]
            if line.is_blank or self._lines.is_comment(line):
                continue
            if line.indent <= parent or self._lines.is_marker(line):
                break
            found.append(line)
        return found

    def _meant_as_key(self, number: int, line: Line, start: int, parent: int) -> KeyAt | None:
        """Return the key, its colon wrong, that a node begins with; None if it may be text."""
        first = self._lines.loose_key(start, line.end)
        if first is None or parent == _ROOT:
            return first
        below = self._block(number, parent)
        if any(self._key_in(each.body, each.end) for each in below):
            return first
        keys = [first, *(self._lines.loose_key(each.body, each.end) for each in below)]
        ends = [line.end, *(each.end for each in below)]
        if len(keys) < 2 or not all(keys):
            return None
        values = (self._text[key.value : end] for key, end in zip(keys, ends, strict=True) if key)
        return first if any(not value or value[0].isdigit() for value in values) else None

    def _forgot_colon(self, number: int, start: int, line: Line, column: int, parent: int) -> bool:
        """Tell whether a line without a colon begins a mapping: keys follow in its column."""
        if self._text[start] in "\"'[{&!*|>":
            return False
        if line.start + column != start:
            return False
        below = [each for each in self._block(number, parent) if each.indent == column]
        keys = sum(self._lines.key(each.body, each.end) is not None for each in below)
        return keys > (0 if parent == _ROOT else 1)
