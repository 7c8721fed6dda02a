"""The lines of a YAML text as a scan sees them: indent, comment, key, the start of a value."""

from __future__ import annotations

import re
import sys
from dataclasses import dataclass
from typing import Final

from perfeval_docs.source.places import Places

MAX_KEY: Final = 40
_LONGEST_NAME: Final = 25
_MOST_KNOWN: Final = 1000  # lines to remember; a file may have millions

BAD_SPACES: Final = "\t\u3000\xa0"
_BLANK: Final = f" {BAD_SPACES}"
_LEADING: Final = re.compile(f"( *)([{_BLANK}]*)")
_MARKER: Final = re.compile(r"(?:---|\.\.\.)(?=[ \t]|$)")
_COMMENT: Final = re.compile(r"[ \t]#+(?=[ \t]|$)")
_SUSPECT: Final = re.compile(r"(?<=[ \t])#+(?=[^ \t#])")
_COLON: Final = re.compile(r":(?=[ \t]|$)")
# A key without quotes, blanks or signs in it, and what is blank behind its colon.
_SIMPLE: Final = re.compile(rf"[^:#\"'{_BLANK}][^:#{_BLANK}]*(?P<colon>:)(?=[ \t]|$)[ \t]*")
# A key and its value without any sign that YAML, or a person who meant YAML, may see in them.
_PLAIN: Final = re.compile(
    rf" *(?P<key>[^\W\d_][^:#\"'{_BLANK}]*): +(?P<value>[\w≥≤<=][^:#]*)(?<![ \t])"
)
_LOOSE: Final = re.compile(
    rf"(?P<key>[^:：{_BLANK}](?:[^:：]*[^:：{_BLANK}])?)[ \t]*(?P<colon>：|:)(?P<gap>[{_BLANK}]*)"
)
_MEANT_AS_DASHES: Final = frozenset("-—–－‐‑‒−·•●▪◦*")  # noqa: RUF001  # what people type for a dash
_SIGNS: Final = re.escape("".join(sorted(_MEANT_AS_DASHES)))
_ANY_DASH: Final = re.compile(rf"[{_SIGNS}]+[{_BLANK}]*")
_FALSE_DASH: Final = re.compile(
    rf"(?:-(?=[^- \t])|\*(?=[ \t])|[^-*{_BLANK}][{_SIGNS}]*)[{_BLANK}]*"
)
_PROSE: Final = re.compile("[，。；、！？,;!?“”]")
_QUOTED: Final = {
    '"': re.compile(r'"(?:[^"\\]|\\.)*"', re.DOTALL),
    "'": re.compile(r"'(?:[^']|'')*'"),
}
_QUOTED_KEY: Final = re.compile(rf"[ \t]*(?P<colon>：|:)(?P<gap>[{_BLANK}]*)")


@dataclass(frozen=True, slots=True)
class Line:
    """A line as offsets: where it starts, its body starts, and it ends (trimmed).

    `indent` counts the spaces that it starts with, and those that it is moved by with the
    item that it belongs to; `behind` is behind these spaces, `body` behind all white space.
    """

    start: int
    behind: int
    body: int
    end: int
    indent: int

    @property
    def is_blank(self) -> bool:
        """Tell whether nothing stands in the line but spaces and tabs."""
        return self.end <= self.start

    @property
    def is_hollow(self) -> bool:
        """Tell whether white space that YAML takes for text stands alone in the line."""
        return self.start < self.end <= self.body

    @property
    def is_clean(self) -> bool:
        """Tell whether the indent is of spaces only."""
        return self.body == self.behind


@dataclass(frozen=True, slots=True)
class KeyAt:
    """A key as offsets, and where its value would begin; `colon` is where its colon is.

    `sound` tells whether YAML sees a key there; if not it is one with a wrong colon.
    """

    start: int
    end: int
    colon: int
    value: int
    sound: bool


class Lines:
    """The lines of one text."""

    __slots__ = ("_known", "_moved", "count", "flows_open", "places", "text")

    def __init__(self, text: str, places: Places) -> None:
        """Take a text that is as long as the one that `places` knows."""
        self.text = text
        self.places = places
        self.count = len(places.starts)
        self.flows_open = 0
        self._known: dict[int, Line] = {}
        self._moved: dict[int, int] = {}

    def __getitem__(self, number: int) -> Line:
        """Return the line of an index from 0."""
        line = self._known.get(number)
        if line is None:
            if len(self._known) == _MOST_KNOWN:
                self._known.clear()
            line = self._known[number] = self._line(number)
        return line

    def _line(self, number: int) -> Line:
        start, end = self.places.starts[number], self.places.ends[number]
        text = self.text
        while end > start and text[end - 1] in " \t":
            end -= 1
        found = _LEADING.match(text, start, end)
        behind, body = (found.end(1), found.end()) if found else (start, start)
        return Line(start, behind, body, end, behind - start + self._moved.get(number, 0))

    def move(self, number: int, by: int) -> None:
        """Read a line from now on as if it were indented by some spaces more."""
        self._moved[number] = by
        self._known.pop(number, None)

    def is_marker(self, line: Line) -> bool:
        """Tell whether a line begins or ends a document."""
        return line.body == line.start and bool(_MARKER.match(self.text, line.start, line.end))

    def is_comment(self, line: Line) -> bool:
        """Tell whether a line is a comment."""
        return self.text.startswith("#", line.body) and line.body < line.end

    def is_dash(self, start: int, end: int) -> bool:
        """Tell whether the dash of a list stands at an offset."""
        text = self.text
        return start < end and text[start] == "-" and (start + 1 >= end or text[start + 1] in " \t")

    def opening(self, start: int, end: int) -> str:
        """Return what an item begins with: its first key, a bracket, or nothing of the kind."""
        if self.opens_flow(start):
            return self.text[start]
        key = self.key(start, end) or self.loose_key(start, end)
        return self.text[key.start : key.end] if key else ""

    def begins_item(self, start: int, end: int) -> bool:
        """Tell whether the dash of a list stands at an offset, or a sign that is meant as one."""
        if start >= end or self.text[start] not in _MEANT_AS_DASHES:
            return False
        return self.is_dash(start, end) or self.false_dash(start, end) is not None

    def false_dash(self, start: int, end: int) -> int | None:
        """Return where an item begins behind a sign that is no dash, though it is meant as one."""
        if start >= end or self.text[start] not in _MEANT_AS_DASHES or self.is_dash(start, end):
            return None
        found = _FALSE_DASH.match(self.text, start, end)
        return found.end() if found and self.opening(found.end(), end) else None

    def behind_dash(self, start: int, end: int) -> int:
        """Return where what belongs to the dash, or the sign for one, at an offset begins."""
        found = _ANY_DASH.match(self.text, start, end)
        return found.end() if found else start

    def opens_flow(self, start: int) -> bool:
        """Tell whether a list or a mapping in brackets stands at an offset."""
        return self.text.startswith(("[", "{"), start)

    def holds_key(self, start: int, end: int) -> bool:
        """Tell whether YAML sees a key or a dash at an offset."""
        return self.is_dash(start, end) or self.key(start, end) is not None

    def content_end(self, start: int, end: int) -> int:
        """Return where the comment behind an unquoted text begins, white space left out."""
        if self.text.startswith("#", start):
            return start
        found = _COMMENT.search(self.text, start, end)
        at = found.start() if found else end
        while at > start and self.text[at - 1] in " \t":
            at -= 1
        return at

    def suspect(self, start: int, end: int) -> int | None:
        """Return where a `#` stands that cuts an unquoted text, though it is hardly a comment."""
        found = _SUSPECT.search(self.text, start, end)
        return found.start() if found else None

    def colon(self, start: int, end: int) -> int | None:
        """Return where the first colon stands that YAML takes for the end of a key."""
        found = _COLON.search(self.text, start, end)
        return found.start() if found else None

    def key(self, start: int, end: int) -> KeyAt | None:
        """Return the key that stands at an offset, if YAML sees one."""
        if start >= end:
            return None
        simple = _SIMPLE.match(self.text, start, end)
        if simple is not None:
            sign = simple.start("colon")
            return KeyAt(start, sign, sign, simple.end(), sound=True)
        if self.text[start] in _QUOTED:
            quoted = self._quoted_key(start, end)
            return quoted if quoted and quoted.sound else None
        stop = self.content_end(start, end)
        suspect = self.suspect(start, stop)
        colon = self.colon(start, stop if suspect is None else suspect)
        if colon is None:
            return None
        value, key_end = colon + 1, colon
        while value < end and self.text[value] in " \t":
            value += 1
        while key_end > start and self.text[key_end - 1] in " \t":
            key_end -= 1
        return KeyAt(start, key_end, colon, value, sound=True)

    def plain_entry(self, number: int, indent: int) -> re.Match[str] | None:
        """Return `key` and `value` of a line with this indent, if no sign of YAML is in them."""
        start = self.places.starts[number]
        found = _PLAIN.fullmatch(self.text, start, self.places.ends[number])
        is_there = found is not None and found.start("key") - start == indent
        return found if is_there and number not in self._moved else None

    def loose_key(self, start: int, end: int) -> KeyAt | None:
        """Return what a person may have meant as a key: its colon is wrong for YAML."""
        text = self.text
        if start >= end:
            return None
        if text[start] in _QUOTED:
            return self._quoted_key(start, end)
        found = _LOOSE.match(text, start, end)
        if found is None or found.end("key") - start > MAX_KEY or _PROSE.search(found["key"]):
            return None
        colon, value = found.start("colon"), found.end()
        if text[colon] == ":" and is_no_key(text, colon, end):
            return None
        return KeyAt(start, found.end("key"), colon, value, sound=False)

    def is_name(self, key: KeyAt) -> bool:
        """Tell a key that may be one of a form from the first words of a sentence."""
        name = self.text[key.start : key.end]
        return len(name) <= _LONGEST_NAME and not re.search(r"\s", name) and not _PROSE.search(name)

    def closing(self, start: int, limit: int = sys.maxsize) -> int | None:
        """Return the offset behind the quoted scalar that begins at an offset."""
        found = _QUOTED[self.text[start]].match(self.text, start, limit)
        return found.end() if found else None

    def _quoted_key(self, start: int, end: int) -> KeyAt | None:
        close = self.closing(start)
        if close is None or close > end:
            return None
        found = _QUOTED_KEY.match(self.text, close, end)
        if found is None:
            return None
        colon, value = found.start("colon"), found.end()
        sound = self.colon(colon, end) == colon
        return KeyAt(start, close, colon, value, sound=sound)


def is_no_key(text: str, colon: int, end: int) -> bool:
    """Tell a colon of a time or an address."""
    after = text[colon + 1 : min(colon + 3, end)]
    return after == "//" or (text[colon - 1].isdigit() and after[:1].isdigit())
