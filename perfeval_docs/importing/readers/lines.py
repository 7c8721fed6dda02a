"""Letters that stand on a page to lines, and lines to the text that somebody typed."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

_SAME_LINE: Final = 0.4
"""How far from each other the feet of letters of one line stand, in sizes of a letter."""
_SPACE: Final = 0.25
"""From which gap on two letters that are not Chinese have white space between them."""
_OVER: Final = 0.15
"""How near each other the same letters begin where one is printed over the other."""
_APART: Final = 2.0
"""From which gap on two texts of a line are two cells."""
_SLACK: Final = 0.5
"""How much more than its place needs a line has free where a paragraph ends."""
_INDENT: Final = 1.5
_CHINESE: Final = re.compile(r"[\u2e80-\u303f\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\uff00-\uffef]")
_CLOSING: Final = frozenset("，。、；：！？）》】〉」』”’％,.;:!?)]}%")
_OPENING: Final = frozenset("（《【〈「『“‘([{")
_WORD: Final = re.compile(r"[A-Za-z0-9]")
_PAUSE: Final = frozenset(",.;:!?")
_NO_LETTER: Final = re.compile(r"\(cid:\d+\)")
# Other codes for the shapes of letters, which fonts give back for the letters: those that Unicode
# folds together, and radicals that are letters by themselves.
_SHAPES: Final = re.compile(r"[\u2f00-\u2fdf\uf900-\ufaff\ufb00-\ufb06]")
_RADICALS: Final = str.maketrans(
    "⺒⺓⺟⺠⻁⻄⻅⻆⻉⻋⻑⻓⻔⻘⻙⻚⻛⻜⻝⻢⻣⻤⻥⻦⻧⻨⻩⻬⻭⻮⻯⻰⻱⻲⻳",
    "巳幺母民虎西见角贝车長长门青韦页风飞食马骨鬼鱼鸟卤麦黄齐歯齿竜龙龜亀龟",
)


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter where it stands: its edges, its foot and its size; lengths in points, downwards."""

    text: str
    left: float
    right: float
    foot: float
    size: float
    upright: bool = True


@dataclass(frozen=True, slots=True)
class Line:
    """Letters beside each other, from left to right, white space at the ends left out.

    `spaced` tells whether there was any: before the first letter, behind the last.
    """

    letters: tuple[Letter, ...]
    spaced: tuple[bool, bool] = (False, False)

    @property
    def left(self) -> float:
        """Return where its first letter begins."""
        return self.letters[0].left

    @property
    def right(self) -> float:
        """Return where its last letter ends."""
        return self.letters[-1].right

    @property
    def size(self) -> float:
        """Return the size of its largest letter."""
        return max(letter.size for letter in self.letters)


def as_typed(text: str) -> str:
    """Return what a font says of a letter: as it is typed, U+FFFD for one that it does not know."""
    text = _NO_LETTER.sub("\ufffd", text).translate(_RADICALS)
    return _SHAPES.sub(lambda found: unicodedata.normalize("NFKC", found[0]), text)


def lines_of(letters: Iterable[Letter]) -> list[Line]:
    """Return the lines that letters stand in, from above to below."""
    found: list[list[Letter]] = []
    for letter in sorted(letters, key=lambda each: each.foot):
        last = found[-1][0] if found else None
        reach = _SAME_LINE * max(letter.size, last.size) if last else 0
        if last is not None and letter.foot - last.foot <= reach:
            found[-1].append(letter)
        else:
            found.append([letter])
    rows = (_once(sorted(each, key=lambda one: one.left)) for each in found)
    return [line for row in rows if (line := _line(row))]


def text_of(letters: Sequence[Letter], left: float, right: float) -> str:
    """Return the text of letters between two edges, a line for each paragraph that is told.

    A paragraph ends where the next line's beginning had room, and begins where a line is set in.
    White space at the end of a line is none between Chinese letters.
    """
    if not all(letter.upright for letter in letters):
        # A text that runs upwards or downwards stands in the file as it is read.
        return "".join(letter.text for letter in letters).strip()
    lines = lines_of(letters)
    if not lines:
        return ""
    edge = min(line.left for line in lines)
    end = max(right - max(edge - left, 0), *(line.right for line in lines))
    parts = [_text(lines[0].letters)]
    for above, line in pairwise(lines):
        parts.append("\n" if _is_new(above, line, edge, end) else _between(above, line, end))
        parts.append(_text(line.letters))
    return "".join(parts)


def cells_of(line: Line) -> list[str]:
    """Return the texts of a line that stand far apart."""
    cells: list[list[Letter]] = [[]]
    seen: Letter | None = None
    for letter in line.letters:
        if not letter.text.isspace():
            if seen is not None and letter.left - seen.right > _APART * letter.size:
                cells.append([])
            seen = letter
        cells[-1].append(letter)
    return [_text(cell).strip() for cell in cells]


def _once(letters: Sequence[Letter]) -> list[Letter]:
    """Return letters without those that are printed over themselves, to be bold."""
    kept: list[Letter] = []
    for letter in letters:
        last = kept[-1] if kept else None
        is_same = last is not None and last.text == letter.text
        if last is None or not is_same or letter.left - last.left > _OVER * letter.size:
            kept.append(letter)
    return kept


def _line(letters: Sequence[Letter]) -> Line | None:
    """Return letters as a line; None if all of them are white space."""
    seen = [number for number, letter in enumerate(letters) if not letter.text.isspace()]
    if not seen:
        return None
    first, last = seen[0], seen[-1]
    return Line(tuple(letters[first : last + 1]), (first > 0, last + 1 < len(letters)))


def _text(letters: Sequence[Letter]) -> str:
    parts: list[str] = []
    before: Letter | None = None
    for letter in letters:
        if before is not None and not letter.text.isspace() and not before.text.isspace():
            gap = letter.left - before.right
            is_plain = not _CHINESE.search(before.text + letter.text)
            if is_plain and gap > _SPACE * min(letter.size, before.size):
                parts.append(" ")
        parts.append(letter.text)
        before = letter
    return "".join(parts)


def _is_new(above: Line, line: Line, edge: float, end: float) -> bool:
    """Tell whether a line begins a paragraph."""
    free = end - above.right
    set_in = line.left - edge
    is_set_in = set_in > _INDENT * line.size and abs(set_in - (end - line.right)) > line.size
    first = _first_unit(line.letters)
    return is_set_in or free > first[-1].right - first[0].left + _SLACK * line.size


def _first_unit(letters: Sequence[Letter]) -> Sequence[Letter]:
    """Return what of a line no break may come into: a word, or a letter with its signs."""
    end = 1
    while end < len(letters) and not letters[end].text.isspace():
        before, text = letters[end - 1].text, letters[end].text
        is_word = not _CHINESE.search(before + text)
        if not (is_word or before in _OPENING or text in _CLOSING):
            break
        end += 1
    return letters[:end]


def _between(above: Line, line: Line, end: float) -> str:
    """Return the white space that a line's end stands for."""
    last, first = above.letters[-1].text, line.letters[0].text
    if above.spaced[1] or line.spaced[0]:
        return "" if _CHINESE.match(last) and _CHINESE.match(first) else " "
    if not _WORD.match(first) or not (_WORD.match(last) or last in _PAUSE):
        return ""
    # A word that is longer than its line is torn anywhere.
    is_one_word = len(_first_unit(above.letters)) == len(above.letters)
    is_torn = is_one_word and end - above.right < line.letters[0].right - line.letters[0].left
    return "" if is_torn else " "
