"""Where a YAML value ends that begins behind a colon or a dash, and the traps in it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum
from typing import Final

from perfeval_docs.source.block_text import is_header, read_block
from perfeval_docs.source.flow import Flow, is_flow, read_flow
from perfeval_docs.source.flow_faults import after_bracket
from perfeval_docs.source.lines import Lines
from perfeval_docs.source.quotes import bad_escapes, swallows_key
from perfeval_docs.source.trap_faults import (
    Trap,
    after_quote,
    cut_short,
    not_closed,
    quoting,
    sign_first,
)

_NUMBERED: Final = re.compile(r"#\d")
_PROPERTIES: Final = re.compile(
    r"(?:(?:&[\w-]+|![^\s\x80-\U0010ffff,\[\]{}]*)(?:[ \t]+|$))+", re.ASCII
)
_ALIAS: Final = re.compile(r"\*[\w-]+[ \t]*(?:$|#)", re.ASCII)
_RESERVED: Final = re.compile(r"[%@`,\]}&*!]|[-?:](?=[ \t]|$)")
_BRACKET: Final = re.compile(r"""(?P<open>[\[{])|(?P<close>[\]}])|(?<=[\[{,:\s])(?P<quote>["'])""")
# Looking for the end of each of many brackets that never close would take for ever.
_MAX_OPEN: Final = 8
_BEHIND_BRACKETS: Final = ",，;；.。、]}｝ "


class Value(Enum):
    """What a value is: left out or below, text that may go on, or read to its end."""

    NOTHING = "nothing"
    PLAIN = "plain"
    DONE = "done"


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """What was read of a value, and the number of the line to go on with."""

    sort: Value
    start: int
    next_line: int
    traps: tuple[Trap, ...] = ()


def read_value(  # noqa: PLR0911  # one a kind of value
    lines: Lines, number: int, start: int, parent: int, key: str
) -> Read:
    """Read the value that begins at an offset of a line, under a key or dash in column `parent`."""
    text, end = lines.text, lines[number].end
    found = _PROPERTIES.match(text, start, end)
    start = found.end() if found else start
    if start >= end:
        return Read(sort=Value.NOTHING, start=start, next_line=number + 1)
    sign = text[start]
    if sign == "#":
        return _commented(lines, number, start, parent, key)
    if sign in "\"'":
        return _quoted(lines, number, start, parent)
    if sign in "|>":
        return _signed_or_block(lines, number, start, parent)
    if sign in "[{" or (sign == "｛" and is_flow(text, start, end)):
        return _flow(lines, number, start, parent)
    if _ALIAS.match(text, start, end):
        return Read(sort=Value.DONE, start=start, next_line=number + 1)
    if _RESERVED.match(text, start, end):
        return _sign(lines, number, start)
    return Read(sort=Value.PLAIN, start=start, next_line=number + 1)


def _sign(lines: Lines, number: int, start: int, *, silent: bool = False) -> Read:
    end = lines.content_end(start, lines[number].end)
    trap = sign_first(lines.text, start, end, lines.places, silent=silent)
    return Read(sort=Value.DONE, start=start, next_line=number + 1, traps=(trap,))


def _commented(lines: Lines, number: int, start: int, parent: int, key: str) -> Read:
    """Tell `房间: #3` from a comment: a figure follows the sign, and nothing stands below."""
    text, end = lines.text, lines[number].end
    traps: tuple[Trap, ...] = ()
    if key and _NUMBERED.match(text, start, end) and not _has_children(lines, number, parent):
        before = start - 1
        while text[before] in "：:" or text[before].isspace():
            before -= 1
        edits = quoting(text, start, end)
        traps = (cut_short(key, start, end, edits, lines.places, before),)
    return Read(sort=Value.NOTHING, start=start, next_line=number + 1, traps=traps)


def _has_children(lines: Lines, number: int, parent: int) -> bool:
    for each in range(number + 1, lines.count):
        line = lines[each]
        if not line.is_blank:
            is_item = line.indent == parent and lines.text.startswith("-", line.body)
            return line.indent > parent or is_item
    return False


def _signed_or_block(lines: Lines, number: int, start: int, parent: int) -> Read:
    if not is_header(lines, number, start, parent):
        if _has_children(lines, number, parent) or _is_text_beside(lines.text, start):
            next_line, traps = read_block(lines, number, start, parent)
            return Read(sort=Value.DONE, start=start, next_line=next_line, traps=traps)
        return _sign(lines, number, start, silent=True)
    next_line, traps = read_block(lines, number, start, parent)
    return Read(sort=Value.DONE, start=start, next_line=next_line, traps=traps)


def _is_text_beside(text: str, start: int) -> bool:
    """Tell `| 正文`, a text that begins beside its header, from values such as `>5` or `|5`."""
    after = start + 1
    while text[after] in " \t":
        after += 1
    return text[after].isalpha() and (text[start] == "|" or after > start + 1)


def _quoted(lines: Lines, number: int, start: int, parent: int) -> Read:
    text, end = lines.text, lines[number].end
    close = lines.closing(start)
    if close is None or (close > end and swallows_key(lines, number, close, parent)):
        trap = not_closed(start, lines.content_end(start, end), text, lines.places)
        return Read(sort=Value.DONE, start=start, next_line=number + 1, traps=(trap,))
    last = lines.places.line(close - 1)
    traps = (*bad_escapes(lines, start, close), *_tail(lines, start, close, last))
    return Read(sort=Value.DONE, start=start, next_line=last + 1, traps=traps)


def _tail(lines: Lines, start: int, close: int, last: int) -> tuple[Trap, ...]:
    """Return the trap of text behind a closing quote."""
    text, end = lines.text, lines[last].end
    after = close
    while after < end and text[after] in " \t":
        after += 1
    if after >= end or text[after] == "#":
        return ()
    end = lines.content_end(after, end)
    return (after_quote(after, end, quoting(text, start, end), lines.places),)


def _flow(lines: Lines, number: int, start: int, parent: int) -> Read:
    """Read `[…]` or `{…}`; text that merely begins with a bracket is a trap."""
    found = _brackets(lines, number, start, parent)
    if found is None:
        return _sign(lines, number, start)
    close, traps = found.end, found.traps
    last = lines.places.line(close - 1)
    end, after = lines[last].end, close
    while after < end and lines.text[after] in " \t":
        after += 1
    rest = lines.text[after : lines.content_end(after, end)]
    if rest and not rest.strip(_BEHIND_BRACKETS):
        traps += (after_bracket(after, after + len(rest), lines.text[close - 1], lines.places),)
    elif rest and rest[0] != ":" and last == number:
        return _sign(lines, number, start)
    return Read(sort=Value.DONE, start=start, next_line=last + 1, traps=traps)


def _brackets(lines: Lines, number: int, start: int, parent: int) -> Flow | None:
    """Return where brackets end and the traps between them; None where they are text."""
    if is_flow(lines.text, start, lines[number].end):
        return read_flow(lines, number, start, parent)
    close = _flow_end(lines, start)
    if close is None or swallows_key(lines, number, close, parent):
        return None
    return Flow(end=close, traps=())


def _flow_end(lines: Lines, start: int) -> int | None:
    """Return the offset behind the bracket that closes the one at an offset."""
    depth, at = 0, start
    limit = len(lines.text)
    if lines.flows_open >= _MAX_OPEN:
        limit = lines.places.ends[lines.places.line(start)]
    while found := _BRACKET.search(lines.text, at, limit):
        at = found.end()
        if found["quote"]:
            close = lines.closing(found.start())
            if close is None:
                return None
            at = close
            continue
        depth += 1 if found["open"] else -1
        if depth == 0:
            return at
    lines.flows_open += 1
    return None
