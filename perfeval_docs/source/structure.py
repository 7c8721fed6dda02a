"""The nesting of a YAML text, line by line: which lines hold keys, and which are text."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from perfeval_docs.source.edits import Edit
from perfeval_docs.source.indent_faults import (
    dash_missing,
    false_dash,
    indent_fits_nothing,
    indent_not_spaces,
    indented_too_far,
    item_misplaced,
    key_missing,
    stray_dash,
)
from perfeval_docs.source.levels import Fit, Levels
from perfeval_docs.source.lines import KeyAt, Line, Lines
from perfeval_docs.source.meant import ROOT, forgot_colon, line_after, meant_as_key
from perfeval_docs.source.places import Places
from perfeval_docs.source.plain_text import PlainText
from perfeval_docs.source.trap_faults import (
    Trap,
    end_too_early,
    full_width_colon,
    no_colon,
    sign_first,
    space_missing,
)
from perfeval_docs.source.values import Value, read_value

_KEY_SIGNS: Final = "%@`|>,]}"
_LONGEST_ITEM: Final = 200
_WIDEST_DASH: Final = 4


class Structure:
    """One walk over the lines of a text; `sound_keys` are the keys so far that YAML sees, too."""

    def __init__(self, text: str, places: Places) -> None:
        """Take a text that is as long as the one that `places` knows."""
        self._text = text
        self._places = places
        self._lines = Lines(text, places)
        self._found: list[Trap] = []
        self.sound_keys = 0
        self._begin()

    def traps(self) -> Iterator[Trap]:
        """Yield the traps, roughly in the order of the lines."""
        number = 0
        while number < self._lines.count:
            number = number + 1 if self._is_plain(number) else self._line(number)
            yield from self._taken()
        self._close_plain()
        yield from self._taken()

    def _taken(self) -> list[Trap]:
        found, self._found = self._found, []
        return found

    def _begin(self) -> None:
        """Stand at the beginning of a document."""
        self._levels = Levels(self._lines)
        self._plain: PlainText | None = None

    def _line(self, number: int) -> int:
        """Read a line and what belongs to it; return the number of the next one."""
        line = self._lines[number]
        if line.is_blank or self._lines.is_comment(line):
            return number + 1
        if self._lines.is_marker(line):
            self._close_plain()
            if self._text[line.body] == "." and not self._is_last(number):
                self._found.append(end_too_early(line.start, line.end, self._places))
            else:
                self._begin()
            return number + 1
        plain = self._plain
        too_deep = plain is not None and self._is_too_deep(line, plain)
        if plain is not None and not too_deep and plain.goes_on(self._lines, line):
            self._go_on(line, plain)
            return number + 1
        self._close_plain()
        if line.is_hollow:
            self._refuse_indent(line, 0)
            return number + 1
        start, fit = self._enter(number, line, too_deep=too_deep)
        if fit.key is not None:
            self._found.append(key_missing(line.start, start, fit.key, self._places))
            self._levels.push(fit.key, is_list=False)
            self._levels.pending = fit.key
        if fit.lacks_dash:
            return self._lacking_dash(number, line, start, fit.column)
        return self._node(number, line, start, fit.column)

    def _is_last(self, number: int) -> bool:
        """Tell whether nothing stands below a line, or what begins another document."""
        below = (self._lines[each] for each in range(number + 1, self._lines.count))
        written = (line for line in below if not line.is_blank)
        after = next((line for line in written if not self._lines.is_comment(line)), None)
        return after is None or self._lines.is_marker(after)

    def _is_plain(self, number: int) -> bool:
        """Read a line of an open mapping with a key and a value that no trap is in.

        Most lines of a record are such, and are read in a fifth of the time.
        """
        top, plain = self._levels.top, self._plain
        if self._levels.pending is not None or top is None or top.is_list:
            return False
        if plain is not None and plain.parent < top.indent:
            return False
        found = self._lines.plain_entry(number, top.indent)
        if found is None:
            return False
        self._close_plain()
        self.sound_keys += 1
        self._plain = PlainText(top.indent, found["key"], found.start("value"), found.end())
        return True

    # Text of several lines without quotes.

    def _is_too_deep(self, line: Line, plain: PlainText) -> bool:
        """Tell whether a line below a text is no part of it, but indented too far."""
        if line.indent <= plain.parent or plain.is_long or not line.is_clean:
            return False
        if self._lines.begins_item(line.body, line.end):
            return self._levels.continues_list(line)
        key = self._lines.key(line.body, line.end)
        return key is not None and self._lines.is_name(key)

    def _go_on(self, line: Line, plain: PlainText) -> None:
        if line.indent <= plain.parent:
            self._refuse_indent(line, plain.parent + 2)
        plain.is_long = True
        plain.add(self._lines, line.body, line.end)

    def _close_plain(self) -> None:
        plain, self._plain = self._plain, None
        if plain is not None:
            self._found += plain.traps(self._lines)

    # The column that a line stands in, and the levels that it closes.

    def _enter(self, number: int, line: Line, *, too_deep: bool) -> tuple[int, Fit]:
        """Close levels down to a line; return where its body starts, and where it belongs."""
        levels, start = self._levels, line.behind
        if not line.is_clean and levels.counts(line):
            start, fit = line.body, Fit(levels.meant(number, line))
            self._refuse_indent(line, fit.column)
        else:
            fit = levels.fitting(number, line, start)
            if fit.column != line.indent and not fit.lacks_dash:
                self._misplaced(number, line, start, fit.column, too_deep=too_deep)
        is_dash = self._lines.begins_item(start, line.end) or fit.lacks_dash
        levels.close_to(fit.column, is_dash=is_dash)
        return start, fit

    def _misplaced(
        self, number: int, line: Line, start: int, column: int, *, too_deep: bool
    ) -> None:
        if not self._lines.begins_item(start, line.end):
            make = indented_too_far if too_deep else indent_fits_nothing
            self._found.append(make(line.start, start, column, self._places))
            return
        edits = tuple(self._moved(number, line, start, column))
        self._found.append(item_misplaced(line.start, start, column, edits, self._places))

    def _moved(self, number: int, line: Line, start: int, column: int) -> Iterator[Edit]:
        """Move the lines of an item with its dash, if they stand below what is behind the dash."""
        lines, by = self._lines, column - line.indent
        inner = line.indent + lines.behind_dash(start, line.end) - start
        after = line_after(lines, number)
        if after is None or after.indent != inner:
            return
        for each in range(number + 1, min(number + _LONGEST_ITEM, lines.count)):
            one = lines[each]
            if one.is_blank:
                continue
            if one.indent <= line.indent or self._is_no_more(one, column):
                return
            lines.move(each, by)
            yield Edit(one.start, one.start + max(-by, 0), " " * max(by, 0))

    def _is_no_more(self, line: Line, column: int) -> bool:
        """Tell whether a line begins the next item, or what stands above another list."""
        if self._lines.is_dash(line.body, line.end):
            return line.indent == column
        return self._text[line.end - 1] in ":：" and self._levels.has_keys_in(line.indent)

    def _refuse_indent(self, line: Line, column: int) -> None:
        edit = Edit(line.start, line.body, " " * column)
        char = self._text[line.behind]
        self._found.append(indent_not_spaces(line.start, line.body, edit, char, self._places))

    # Nodes.

    def _node(self, number: int, line: Line, start: int, column: int) -> int:
        """Read what stands at an offset: a dash and what is behind it, a key, or text."""
        fresh, parent = self._levels.pending is not None, self._levels.pending
        self._levels.pending = None
        behind = self._lines.false_dash(start, line.end)
        if behind is not None and (fresh or self._levels.is_top(column, is_list=True)):
            return self._false_dash(number, line, start, behind, column)
        while self._lines.is_dash(start, line.end):
            if not fresh and self._levels.is_top(column, is_list=False):
                return self._stray_dash(number, line, start, column)
            self._levels.push(column, is_list=True)
            fresh, parent = True, column
            after = self._lines.behind_dash(start, line.end)
            if after >= line.end or self._text[after] == "#":
                self._levels.pending = column
                return number + 1
            start, column = after, column + after - start
        if self._text.startswith("? ", start):
            return self._lines.count
        if fresh:
            return self._fresh(number, line, start, column, ROOT if parent is None else parent)
        return self._key_due(number, line, start, column)

    def _lacking_dash(self, number: int, line: Line, start: int, column: int) -> int:
        """Read an item that begins without its dash."""
        end = start + len(self._lines.opening(start, line.end))
        self._found.append(dash_missing(line.start, start, end, column, self._places))
        self._levels.pending = None
        self._levels.push(column, is_list=True)
        return self._fresh(number, line, start, column + 2, column)

    def _false_dash(self, number: int, line: Line, start: int, behind: int, column: int) -> int:
        """Read an item that begins with a sign other than a dash and a space."""
        after = line_after(self._lines, number)
        inner = column + 2
        if after is not None and after.is_clean and inner < after.indent <= column + _WIDEST_DASH:
            inner = after.indent
        self._found.append(false_dash(self._text, start, behind, inner - column, self._places))
        self._levels.push(column, is_list=True)
        return self._fresh(number, line, behind, inner, column)

    def _stray_dash(self, number: int, line: Line, start: int, column: int) -> int:
        """Read a line of a mapping that begins with a dash."""
        after = start + 1
        while after < line.end and self._text[after] in " \t-":
            after += 1
        if after >= line.end:
            return number + 1
        self._found.append(stray_dash(start, after, self._places))
        return self._key_due(number, line, after, column)

    def _fresh(self, number: int, line: Line, start: int, column: int, parent: int) -> int:
        """Read a node that may be of any kind."""
        lines = self._lines
        if lines.opens_flow(start):
            self._levels.openings[parent] = self._text[start]
            return self._value(number, line, start, parent, "")
        key = lines.key(start, line.end)
        if key is None:
            key = meant_as_key(lines, number, line, start, parent)
        if key is not None:
            self._levels.push(column, is_list=False)
            self._levels.openings[parent] = self._text[key.start : key.end]
            return self._entry(number, line, key, column)
        if forgot_colon(lines, number, line, start, parent):
            self._levels.push(column, is_list=False)
            self._found.append(no_colon(self._text, start, line.end, self._places))
            return number + 1
        return self._value(number, line, start, parent, "")

    def _key_due(self, number: int, line: Line, start: int, column: int) -> int:
        """Read a line of a mapping or a list that is open: nothing but a key or a dash will do."""
        top = self._levels.top
        if top is not None and top.is_list:
            if self._text[start] == "-" and line.end > start + 1:
                return self._false_dash(number, line, start, start + 1, column)
            return number + 1
        lines = self._lines
        key = lines.key(start, line.end) or lines.loose_key(start, line.end)
        if key is not None:
            return self._entry(number, line, key, column)
        close = lines.closing(start) if self._text[start] in "\"'" else None
        if self._text[start] not in "\"'[{&!*" or (close or line.end + 1) <= line.end:
            self._found.append(no_colon(self._text, start, line.end, self._places))
            return number + 1
        return self._value(number, line, start, column, "")

    def _entry(self, number: int, line: Line, key: KeyAt, column: int) -> int:
        """Read a key and its value."""
        text, places = self._text, self._places
        name = text[key.start : key.end].strip("\"'")
        if key.sound:
            self.sound_keys += 1
        else:
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
                self._levels.pending = parent
            case Value.PLAIN:
                self._plain = PlainText(parent, key, read.start, read.start)
                self._plain.add(self._lines, read.start, line.end)
            case Value.DONE:
                pass
        return read.next_line
