"""Break sentences into lines of a terminal, Chinese ones too."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import Final

from perfeval_docs.report.cells import Glyph, glyphs

_INDENT: Final = "  "
_FULL_WIDTH: Final = 2
_BACKTICK: Final = "`"
_OPENING: Final = frozenset("（《〈「『【“‘([{⟨`\u3014")
_CLOSING: Final = frozenset("，。、；：？！）》〉」』】”’…—％·,.;:?!)]}⟩`%\u3015")


@lru_cache(maxsize=1024)
def wrap(text: str, width: int) -> tuple[str, ...]:
    """Return a text in lines of at most `width` cells, all but the first indented.

    A line ends at a space or beside a full-width character, but not before closing or
    after opening punctuation, nor inside backticks; a word longer than a line is cut.
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
    shown = glyphs(text)
    code = _code(shown)
    for start, end in _words(shown, code, keep=True):
        if _fits(shown[start:end], longest):
            yield shown[start:end]
            continue
        for first, last in _words(shown[start:end], _code(shown[start:end]), keep=False):
            word = shown[start + first : start + last]
            yield from (word,) if _fits(word, longest) else ((each,) for each in word)


def _code(shown: Sequence[Glyph]) -> Sequence[tuple[int, int]]:
    """Return where backticks open and close what a person types."""
    marks = [index for index, each in enumerate(shown) if each.text == _BACKTICK]
    return list(zip(marks[::2], marks[1::2], strict=False))


def _words(
    shown: Sequence[Glyph], code: Sequence[tuple[int, int]], *, keep: bool
) -> Iterator[tuple[int, int]]:
    """Yield where words begin and end; with `keep` what stands in backticks is part of one."""
    signs = [each.text for each in shown]
    inside: set[int] = set()
    for opening, closing in code:
        signs[opening], signs[closing] = "(", ")"
        inside.update(range(opening + 1, closing + 1) if keep else ())
    start = 0
    for index, (before, after) in enumerate(pairwise(signs), 1):
        if after == " " or index in inside:
            continue
        if before == " " or (
            before not in _OPENING
            and after not in _CLOSING
            and _FULL_WIDTH in (shown[index - 1].width, shown[index].width)
        ):
            yield start, index
            start = index
    yield start, len(shown)


def _fits(word: Sequence[Glyph], longest: int) -> bool:
    return _width(_without_space(word)) <= longest


def _without_space(word: Sequence[Glyph]) -> Sequence[Glyph]:
    end = len(word)
    while end and word[end - 1].text.isspace():
        end -= 1
    return word[:end]


def _width(word: Sequence[Glyph]) -> int:
    return sum(each.width for each in word)
