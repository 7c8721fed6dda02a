"""A text mended for the parser, every place in it still known in the text as typed."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Edit:
    """Put `replacement` where `start` to `end` (offsets, end exclusive) stood."""

    start: int
    end: int
    replacement: str


class Mended:
    """A text after edits; an edit that overlaps an earlier one is left out."""

    __slots__ = ("_edits", "_starts", "text")

    def __init__(self, text: str, edits: Iterable[Edit] = ()) -> None:
        """Apply the edits."""
        pieces: list[str] = []
        self._edits: list[Edit] = []
        self._starts: list[int] = []
        done = length = 0
        for edit in sorted(edits):
            if edit.start < done:
                continue
            pieces += (text[done : edit.start], edit.replacement)
            length += edit.start - done
            self._edits.append(edit)
            self._starts.append(length)
            length += len(edit.replacement)
            done = edit.end
        self.text = "".join((*pieces, text[done:])) if pieces else text

    @property
    def untouched(self) -> bool:
        """Tell whether the text is as it was typed."""
        return not self._edits

    def origin(self, offset: int) -> int:
        """Return where the character at an offset of the mended text stood before."""
        index = bisect_right(self._starts, offset) - 1
        if index < 0:
            return offset
        edit = self._edits[index]
        into = offset - self._starts[index]
        if into < len(edit.replacement):
            return edit.start + min(into, edit.end - edit.start)
        return edit.end + into - len(edit.replacement)
