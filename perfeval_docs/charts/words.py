"""Chinese labels in narrow places: broken into even lines, or shortened in the middle."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

from perfeval_docs.charts.model import Measure

LACKING: Final = "〓"
"""What printers set for a character that they have no type of."""

_ELLIPSIS: Final = "…"
_WIDE: Final = "一"
_OPENING: Final = re.escape("\N{LEFT TORTOISE SHELL BRACKET}（〈《「『【“‘([{")
_CLOSING: Final = re.escape("\N{RIGHT TORTOISE SHELL BRACKET}）〉》」』】”’)]}，。、；：！？％%…～")
# What no line is broken within: a word or a number, or one other character; with brackets.
_UNIT: Final = re.compile(
    rf"[{_OPENING}]*(?:[A-Za-z0-9.,+/&#@_*=<>$:-]+|[^{_OPENING}])?[{_CLOSING}]*\s*"
)


def printable(text: str, has: Callable[[str], bool]) -> tuple[str, tuple[str, ...]]:
    """Return a text on one line, its characters without glyph as 〓, and these characters."""
    line = " ".join(text.split())
    lacking = tuple(dict.fromkeys(char for char in line if not has(char)))
    return "".join(LACKING if char in lacking else char for char in line), lacking


def wrap(text: str, width: float, measure: Measure) -> tuple[str, ...]:
    """Return the fewest lines that are no wider, and of these the most even ones.

    Words and numbers stay whole where they can, and punctuation keeps to its side.
    """
    units = _units(text, width, measure)
    lines = _fill(units, width, measure)
    narrow = measure(text) / len(lines)
    while narrow < width:
        even = _fill(units, narrow, measure)
        if len(even) == len(lines) and all(measure(line) <= width for line in even):
            return even
        narrow += measure(_WIDE) / 4
    return lines


def is_whole(text: str, width: float, measure: Measure) -> bool:
    """Tell whether a text can be broken into lines of a width without breaking a word."""
    return all(measure(unit.rstrip()) <= width for unit in _UNIT.findall(text))


def fit(text: str, width: float, most: int, measure: Measure) -> tuple[str, ...]:
    """Return at most so many lines; a text too long for them lacks a piece in its middle.

    The end stays, because names of projects often differ only there: …（二期）.
    """
    lines = wrap(text, width, measure)
    kept = len(text)
    while len(lines) > most and kept:
        kept -= 1
        tail = kept // 3
        shorter = text[: kept - tail] + _ELLIPSIS + text[len(text) - tail :]
        # Breaking lines is slow, and of no use while the whole is too long.
        if measure(shorter) <= most * width:
            lines = wrap(shorter, width, measure)
    return lines


def _units(text: str, width: float, measure: Measure) -> list[str]:
    """Return the pieces of a text between which a line may end; too wide ones in characters."""
    units = filter(None, _UNIT.findall(text))
    return [
        piece
        for unit in units
        for piece in ([unit] if measure(unit.rstrip()) <= width else [*unit])
    ]


def _fill(units: list[str], width: float, measure: Measure) -> tuple[str, ...]:
    """Return lines filled one after the other, each with one piece at least."""
    lines = [""]
    for unit in units:
        longer = lines[-1] + unit
        if lines[-1] and measure(longer.rstrip()) > width:
            lines.append(unit)
        else:
            lines[-1] = longer
    return tuple(line.rstrip() for line in lines)
