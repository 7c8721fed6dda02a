"""Where in a text an offset lies: lines and columns, the same for the parser and for people."""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import Final

from perfeval_docs.diagnostic import Span

_BREAK: Final = re.compile(r"\r\n|\r|\n")


class Places:
    r"""The lines of a text; `\n`, `\r\n` and a lone `\r` end a line, nothing else does.

    `starts` and `ends` are offsets in characters, one pair a line, breaks left out;
    there is always at least one line.
    """

    __slots__ = ("ends", "file", "size", "starts")

    def __init__(self, text: str, file: str) -> None:
        """Find the lines of `text`."""
        self.file = file
        self.size = len(text)
        breaks = [match.span() for match in _BREAK.finditer(text)]
        self.starts = (0, *(after for _, after in breaks))
        self.ends = (*(before for before, _ in breaks), len(text))

    def line(self, offset: int) -> int:
        """Return the index, from 0, of the line that holds an offset."""
        return bisect_right(self.starts, offset) - 1

    def span(self, start: int, end: int) -> Span:
        """Return the stretch from `start` to `end`, kept within the text."""
        end = min(max(end, 0), self.size)
        start = min(max(start, 0), end)
        return Span(self.file, *self._place(start), *self._place(end))

    def offset(self, line: int, column: int) -> int:
        """Return the offset of a line and column that count from 0, kept within the text."""
        if line >= len(self.starts):
            return self.size
        return min(self.starts[line] + column, self.ends[line])

    def _place(self, offset: int) -> tuple[int, int]:
        line = self.line(offset)
        return line + 1, offset - self.starts[line] + 1
