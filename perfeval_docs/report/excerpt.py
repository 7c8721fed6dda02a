"""A line of a file with carets under a stretch of it, within the width of a terminal."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Final

from perfeval_docs.diagnostic import Span
from perfeval_docs.report.cells import Glyph, glyphs
from perfeval_docs.source.places import Places

# What lies further from the place, in characters, is not looked at: a line may be long.
_REACH: Final = 200
# Cells that stay before the place when the stretch is too long to be shown.
_MARGIN: Final = 12
# After the end of a line: the cell of a caret there, and that of an ellipsis.
_BLANK: Final = (Glyph(" ", 1), Glyph(" ", 1))


@dataclass(frozen=True, slots=True)
class Lines:
    """A text and where its lines are."""

    text: str
    places: Places

    def __contains__(self, number: int) -> bool:
        """Tell whether there is a line of this number, from 1; an empty text has none."""
        return bool(self.text) and 1 <= number <= len(self.places.starts)

    def __getitem__(self, number: int) -> str:
        """Return a line, from 1, without its break."""
        return self.text[self.places.starts[number - 1] : self.places.ends[number - 1]]


def excerpt(lines: Lines, span: Span, gutter: int, width: int) -> Iterator[str]:
    """Yield the first line of a span, the line above it if it says anything, and carets.

    `gutter` is the width of line numbers, `width` that of the whole, in cells. Nothing is
    yielded for a line that the text does not have.
    """
    if span.line not in lines:
        return
    room = width - gutter - len(" | ")
    yield f"{'':{gutter}} |"
    above = span.line - 1
    if above in lines and lines[above].strip():
        yield f"{above:{gutter}} | {quote(lines[above], 0, 0, room)[0]}".rstrip()
    end = span.end_column - 1 if span.end_line <= span.line else None
    shown, carets = quote(lines[span.line], span.column - 1, end, room)
    yield f"{span.line:{gutter}} | {shown}".rstrip()
    yield f"{'':{gutter}} | {carets}"


def quote(line: str, start: int, end: int | None, room: int) -> tuple[str, str]:
    """Return a line as shown in `room` cells, and the carets to stand under it.

    The stretch goes from `start` to `end` (from 0, exclusive), None where it goes on in the
    next line. At least one caret is set; `…` stands for what is cut off, in the line and in
    the stretch.
    """
    start = min(max(start, 0), len(line))
    stop = len(line) if end is None else min(max(end, start), len(line))
    first, last = max(0, start - _REACH), min(len(line), start + _REACH)
    shown = (*glyphs(line[first:last]), *_BLANK)
    start, stop = _whole(shown, start - first, stop - first)
    begin, finish = 0, len(shown)
    if first or last < len(line) or _width(shown) > room:
        begin, finish = _window(shown, start, min(stop, len(shown)), room - 2)
    before = "…" if begin or first else ""
    after = "…" if first + finish < last or last < len(line) else ""
    goes_on = end is None or stop > finish
    text = before + "".join(each.text for each in shown[begin:finish]).rstrip() + after
    under = "^" * (_width(shown[start : min(stop, finish)]) or 1) + ("…" if goes_on else "")
    return text, " " * (len(before) + _width(shown[begin:start])) + under


def _whole(shown: Sequence[Glyph], start: int, stop: int) -> tuple[int, int]:
    """Return a stretch that begins with a character, not with a mark upon one, and is not empty."""
    stop = max(stop, start + 1)
    while start and shown[start].width == 0:
        start -= 1
    return start, stop


def _window(shown: Sequence[Glyph], start: int, stop: int, budget: int) -> tuple[int, int]:
    """Return which glyphs to show in `budget` cells: the stretch or its beginning, and more."""
    offsets = (0, *accumulate(each.width for each in shown))
    spare = budget - (offsets[stop] - offsets[start])
    origin = offsets[start] - max(spare // 2, _MARGIN)
    origin = max(0, min(origin, offsets[-1] - budget))
    begin = bisect_left(offsets, origin)
    return begin, bisect_right(offsets, origin + budget) - 1


def _width(shown: Sequence[Glyph]) -> int:
    return sum(each.width for each in shown)
