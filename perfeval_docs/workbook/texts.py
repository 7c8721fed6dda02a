"""Texts as cells can hold and show them: text stays text, and none is cut short in silence."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from itertools import islice
from typing import Final

MOST_LINES: Final = 21
"""A row of Excel is at most 409 pt high: 25 lines, four of which a mark may take."""

# What XML cannot hold: for control characters Excel has an escape, in cells.
_UNSTORABLE: Final = re.compile("[\ud800-\udfff\ufffe\uffff]")
_ILLEGAL: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
# What Excel takes for a formula, a number, a date or a truth when the cell is edited.
_TAKEN_FOR_MORE: Final = re.compile(
    r"[=+\-@'#\t].*|[\d\s.,:/%()$¥￥eE+\-]*\d[\d\s.,:/%()$¥￥eE+\-年月日时分秒]*|TRUE|FALSE",
    re.IGNORECASE | re.DOTALL,
)
# A line breaks between two of these; a word of ASCII only if it is longer than a line.
_PIECES: Final = re.compile(r"[!-~]+|.", re.DOTALL)
_NARROW: Final = frozenset({"Na", "H", "N"})


def storable(text: str) -> str:
    """Return a text with a replacement character for each one that no cell can hold."""
    return _UNSTORABLE.sub("\ufffd", text)


def legal(text: str) -> str:
    """Return a text with a replacement character for each one that no XML may hold as it is."""
    return _ILLEGAL.sub("\ufffd", text)


def is_taken_for_more(text: str) -> bool:
    """Tell whether Excel would make something else of a text, had it been typed."""
    return _TAKEN_FOR_MORE.fullmatch(text) is not None


def shown_part(text: str, width: int) -> str:
    """Return as much of a text as a row can show in a column of that width; the whole if it can."""
    # A character takes the room of two at most, and any two lines together are fuller than one
    # can be: no text that is as short as this has more lines.
    if 4 * len(text) < (width - 1) * (MOST_LINES - 1 - text.count("\n")):
        return text
    end = next(islice(_line_starts(text, width), MOST_LINES - 1, None), None)
    return text[:end]


@lru_cache(maxsize=4096)
def lines_of(text: str, width: int) -> int:
    """Return how many lines a text takes in a column of that width, at most."""
    if len(text) * 2 < width and "\n" not in text:
        return 1
    return 1 + sum(1 for _ in _line_starts(text, width))


def _line_starts(text: str, width: int) -> Iterator[int]:
    """Yield where the second and every further line begins, maybe with its line feed."""
    room, used = width - 1, 0
    for piece in _PIECES.finditer(text):
        at, size = piece.start(), _cells(piece[0])
        if piece[0] == "\n" or (used and used + size > room):
            yield at
            used = 0
        while size > room:
            at, size = at + room, size - room
            yield at
        used += size


def _cells(piece: str) -> int:
    """Return how many narrow characters wide a piece is; when in doubt, two for each."""
    if piece.isascii():
        return 0 if piece == "\n" else len(piece)
    return 1 if unicodedata.east_asian_width(piece) in _NARROW else 2
