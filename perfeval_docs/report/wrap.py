"""Break sentences into lines of a terminal, Chinese ones too."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Final

from perfeval_docs.report.cells import Glyph, glyphs

_INDENT: Final = "  "
_FULL_WIDTH: Final = 2
_OPENING: Final = frozenset("（《〈「『【“‘([{⟨`\u3014")
_CLOSING: Final = frozenset("，。、；：？！）》〉」』】”’…—％·,.;:?!)]}⟩`%\u3015")


@lru_cache(maxsize=1024)
def wrap(text: str, width: int) -> tuple[str, ...]:
    """Return a text in lines of at most `width` cells, all but the first indented.

    A line ends at a space or beside a full-width character, but not before closing or
    after opening punctuation; a word longer than a line is cut.
    """
    return tuple(_lines(text, width))


def _lines(text: str, width: int) -> Iterator[str]:
    line, used = "", 0
    for piece in _pieces(text, width - len(_INDENT)):
        seen = _without_space(piece)
        if seen and used + _width(seen) > width:
            yield line.rstrip()
            line, used = _INDENT, len(_INDENT)
        line += "".join(each.text for each in piece)
        used += _width(piece)
    yield line.rstrip()


def _pieces(text: str, longest: int) -> Iterator[Sequence[Glyph]]:
    """Yield what must stay on one line; of longer than `longest` cells, one glyph at a time."""
    for word in _words(glyphs(text)):
        if _width(_without_space(word)) <= longest:
            yield word
        else:
            yield from ((each,) for each in word)


def _words(shown: Sequence[Glyph]) -> Iterator[Sequence[Glyph]]:
    start = 0
    for index in range(1, len(shown)):
        if _may_break(shown[index - 1], shown[index]):
            yield shown[start:index]
            start = index
    yield shown[start:]


def _may_break(before: Glyph, after: Glyph) -> bool:
    if after.text == " ":
        return False
    if before.text == " ":
        return True
    beside_full_width = max(before.width, after.width) == _FULL_WIDTH
    return beside_full_width and before.text not in _OPENING and after.text not in _CLOSING


def _without_space(word: Sequence[Glyph]) -> Sequence[Glyph]:
    end = len(word)
    while end and word[end - 1].text.isspace():
        end -= 1
    return word[:end]


def _width(word: Sequence[Glyph]) -> int:
    return sum(each.width for each in word)
