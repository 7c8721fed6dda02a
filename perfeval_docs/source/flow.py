"""What stands between brackets, `{…}` and `[…]`: where it ends, and the traps in it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from perfeval_docs.source.events import MAX_DEPTH
from perfeval_docs.source.flow_faults import (
    bracket_not_closed,
    comma_missing,
    full_width_comma,
    wrong_bracket,
)
from perfeval_docs.source.flow_plain import (
    SPACE,
    colon_inside,
    end_of,
    find_key,
    is_sound,
    read_plain,
    trimmed,
)
from perfeval_docs.source.lines import Line, Lines
from perfeval_docs.source.meant import AHEAD
from perfeval_docs.source.quotes import bad_escapes, swallows_key
from perfeval_docs.source.trap_faults import (
    Trap,
    after_quote,
    full_width_colon,
    not_closed,
    quoting,
    space_missing,
)

_CLOSING: Final = {"{": "}", "[": "]", "｛": "}"}
_NO_PLAIN: Final = "{[]}｛｝,\"'"
# Behind a bracket stands a key, or nothing before the line ends.
_BEGINS: Final = re.compile(r"[\[{](?:[ \t]*+(?:#|$)|[^\]}:：]*[:：])|｛[^｝:：]*:[ \t]")
# Many more than are ever shown.
_MOST_TRAPS: Final = 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class Flow:
    """Where brackets end, and the traps between them."""

    end: int
    traps: tuple[Trap, ...]


def is_flow(text: str, start: int, end: int) -> bool:
    """Tell brackets with keys between them from a text that begins with a bracket."""
    return _BEGINS.match(text, start, end) is not None


def read_flow(lines: Lines, number: int, start: int, parent: int) -> Flow:
    """Read what brackets hold; they end at the latest where a key or a dash of a line follows."""
    return _Reader(lines, number, start, parent).read()


class _Reader:
    """One walk from a bracket to the one that closes it.

    `due` is the value that a comma must follow; `is_wide` tells that the last colon was `：`.
    """

    def __init__(self, lines: Lines, number: int, start: int, parent: int) -> None:
        self._lines, self._text, self._places = lines, lines.text, lines.places
        self._number, self._parent = number, parent
        self._at, self._stop = start, lines[number].end
        self._last = start
        self._open: list[int] = []
        self._traps: list[Trap] = []
        self._due: tuple[int, int] | None = None
        self._is_wide = False

    def read(self) -> Flow:
        """Read to the end."""
        while len(self._traps) < _MOST_TRAPS:
            self._skip_space()
            if self._at < self._stop:
                self._token()
                self._last = self._at
                if not self._open:
                    return Flow(end=self._at, traps=tuple(self._traps))
            elif not self._next_line():
                return self._unclosed()
        return Flow(end=self._places.size, traps=tuple(self._traps))

    def _unclosed(self) -> Flow:
        closing = "".join(_CLOSING[self._text[each]] for each in reversed(self._open))
        start, end = self._open[0], trimmed(self._text, self._last)
        trap = bracket_not_closed(start, end, self._text, closing, self._places)
        return Flow(end=end, traps=(*self._traps, trap))

    # Lines and white space.

    def _skip_space(self) -> None:
        while self._at < self._stop and self._text[self._at] in SPACE:
            self._at += 1
        if self._text.startswith("#", self._at) and self._text[self._at - 1] in " \t\r\n":
            self._at = self._stop

    def _next_line(self) -> bool:
        """Go on to the next line, if it may belong to what the brackets hold."""
        lines = self._lines
        while self._number + 1 < lines.count:
            line = lines[self._number + 1]
            if self._is_beside(line):
                return False
            self._number += 1
            if not line.is_blank:
                self._at, self._stop = line.body, line.end
                return True
        return False

    def _is_beside(self, line: Line) -> bool:
        """Tell whether a line holds something of its own, beside what the brackets belong to."""
        lines, start, end = self._lines, line.body, line.end
        if line.is_blank or lines.is_comment(line):
            return False
        if lines.is_marker(line) or line.indent > self._parent:
            return lines.is_marker(line)
        return lines.holds_key(start, end) or lines.loose_key(start, end) is not None

    # Signs.

    def _token(self) -> None:
        sign = self._text[self._at]
        if sign in _CLOSING:
            self._opening(sign)
        elif sign in "}]｝)）":
            self._closing(sign)
        elif sign == ",":
            self._due = None
            self._at += 1
        elif sign in "\"'":
            self._quoted()
        elif self._text[self._open[-1]] == "[":
            start, self._at = self._at, end_of(self._text, self._at, self._stop)
            self._traps += colon_inside(self._places, self._text, "", start, self._at)
        else:
            self._entry()

    def _opening(self, sign: str) -> None:
        if sign == "｛":
            self._traps.append(wrong_bracket(self._at, "{", sign, self._places))
        self._miss_comma(sign)
        self._open.append(self._at)
        self._at += 1

    def _closing(self, sign: str) -> None:
        wanted = _CLOSING[self._text[self._open[-1]]]
        near = self._open[-MAX_DEPTH:]
        is_open = sign != wanted and any(_CLOSING[self._text[each]] == sign for each in near)
        while is_open and wanted != sign:
            start, last = self._open.pop(), trimmed(self._text, self._last)
            self._traps.append(bracket_not_closed(start, last, self._text, wanted, self._places))
            wanted = _CLOSING[self._text[self._open[-1]]]
        if sign != wanted:
            self._traps.append(wrong_bracket(self._at, wanted, sign, self._places))
        self._open.pop()
        self._at += 1
        self._due = (self._at - 1, self._at)

    def _miss_comma(self, key: str) -> None:
        """Note that a comma is missing, or full-width, before what stands here."""
        if self._due is None:
            return
        start, end = self._due
        self._due = None
        if self._text[end - 1] == "，":
            self._traps.append(full_width_comma(key, end - 1, end, self._places))
            return
        value = self._text[start:end]
        self._traps.append(comma_missing(value, key, end, self._at, self._places))

    # Entries.

    def _entry(self) -> None:
        text = self._text
        found = find_key(text, self._at, self._stop, self._due, is_wide=self._is_wide)
        if found is None:
            self._plain("")
            return
        name, colon, after = found["key"], found.start("colon"), found.end()
        self._miss_comma(name)
        self._is_wide = found["colon"] == "："
        if self._is_wide:
            self._traps.append(full_width_colon(name, colon, after, self._places))
        elif not is_sound(text, colon, self._stop):
            self._traps.append(space_missing(name, colon, after, self._places))
        self._value(name, after)

    def _value(self, key: str, start: int) -> None:
        """Read the value behind a colon, unless it is something in quotes or brackets."""
        self._at = start
        if start < self._stop and self._text[start] not in _NO_PLAIN:
            self._plain(key)

    def _plain(self, key: str) -> None:
        start, text = self._at, self._text
        read = read_plain(self._places, text, key, start, self._stop, is_wide=self._is_wide)
        self._traps += read.traps
        self._at, self._stop = read.at, read.stop
        self._due = None if read.is_parted else (start, read.end)

    # Quotes.

    def _quoted(self) -> None:
        """Read a text in quotes: a key with its colon, or a value."""
        lines, start = self._lines, self._at
        close = lines.closing(start, self._stop)
        if close is None:
            last = min(self._number + AHEAD, lines.count - 1)
            close = lines.closing(start, self._places.ends[last])
            if close is None or swallows_key(lines, self._number, close, self._parent):
                end = end_of(self._text, start, self._stop)
                self._traps.append(not_closed(start, end, self._text, self._places))
                self._due, self._at = (start, end), end
                return
            self._number = self._places.line(close - 1)
            self._stop = lines[self._number].end
        self._traps += bad_escapes(lines, start, close)
        self._at = close
        self._skip_space()
        self._behind_quote(start, close)

    def _behind_quote(self, start: int, close: int) -> None:
        """Read what stands behind quotes: the colon of a key, or nothing but a comma."""
        text, at = self._text, self._at
        if at >= self._stop or text[at] in ",，]}":
            self._due = (start, close)
        elif text[at] in ":：":
            name = text[start + 1 : close - 1]
            self._at = start
            self._miss_comma(name)
            if text[at] == "：":
                self._traps.append(full_width_colon(name, at, at + 1, self._places))
            self._at = at + 1
            self._skip_space()
            self._value(name, self._at)
        else:
            end = end_of(text, at, self._stop)
            edits = quoting(text, start, end)
            self._traps.append(after_quote(at, end, edits, self._places))
            self._due, self._at = (start, end), end
