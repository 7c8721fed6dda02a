"""Text without quotes that goes on over lines: which are its own, and what cuts or breaks it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from perfeval_docs.source.lines import Line, Lines
from perfeval_docs.source.trap_faults import Trap, colon_in_value, cut_short, quoting


@dataclass(slots=True)
class PlainText:
    """An unquoted text that the next lines may go on with, if indented more than `parent`.

    `is_long` tells that some did.
    """

    parent: int
    key: str
    start: int
    end: int
    colon: int | None = None
    is_long: bool = False
    cuts: list[tuple[int, int]] = field(default_factory=list)

    def goes_on(self, lines: Lines, line: Line) -> bool:
        """Tell whether a line is part of the text."""
        if line.indent > self.parent:
            return True
        if line.is_clean or lines.holds_key(line.body, line.end):
            return False
        return line.body - line.start > self.parent

    def add(self, lines: Lines, start: int, end: int) -> None:
        """Note the part of the text that stands in one line, and what cuts or breaks it."""
        self.end = stop = lines.content_end(start, end)
        cut = lines.suspect(start, stop)
        if cut is not None:
            self.cuts.append((cut, stop))
        if self.colon is None:
            self.colon = lines.colon(start, stop if cut is None else cut)

    def traps(self, lines: Lines) -> Iterator[Trap]:
        """Yield the traps in the whole text."""
        if self.colon is None and not self.cuts:
            return
        edits = quoting(lines.text, self.start, self.end)
        for start, end in self.cuts:
            yield cut_short(self.key, start, end, edits, lines.places, self.start)
            edits = ()
        if self.colon is not None:
            yield colon_in_value(self.key, self.colon, edits, lines.places, self.start)
