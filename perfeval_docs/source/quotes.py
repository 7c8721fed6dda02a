"""What stands between quotes: whether it is closed where it should be, and its escapes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from perfeval_docs.source.lines import Lines
from perfeval_docs.source.trap_faults import Trap, unknown_escape

_BAD_ESCAPE: Final = re.compile(r"\\(?:x[0-9A-Fa-f]{2}|u[0-9A-Fa-f]{4}|U[0-9A-Fa-f]{8}|[^xuU])")
_ESCAPES: Final = frozenset('0abt\tnvfre "/\\N_LPxuU\n\r')


def swallows_key(lines: Lines, number: int, close: int, parent: int) -> bool:
    """Tell whether a text goes on, up to an offset, into lines with keys or dashes of their own."""
    for each in range(number + 1, lines.places.line(close - 1) + 1):
        line = lines[each]
        if line.is_blank or line.indent > parent:
            continue
        if lines.key(line.body, line.end) or lines.text.startswith("- ", line.body):
            return True
    return False


def bad_escapes(lines: Lines, start: int, close: int) -> Iterator[Trap]:
    """Yield the traps of backslashes that begin no escape, if the quotes are double ones."""
    at = lines.text.find("\\", start, close) if lines.text[start] == '"' else -1
    while at >= 0:
        escape = lines.text[at : at + 2]
        if _BAD_ESCAPE.match(lines.text, at, close) is None or escape[1] not in _ESCAPES:
            yield unknown_escape(escape, at, lines.places)
        at = lines.text.find("\\", at + 2, close)
