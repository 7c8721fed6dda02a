"""Lengths and strings as Typst writes them, and how wide texts come out."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

# Word sets one line of a Chinese face this many times as high as its size.
SINGLE: Final = 1.3
# The middle of a Chinese character stands this far above the baseline, as a share of the size.
ABOVE_MIDDLE: Final = 0.38
# The widest and narrowest that a character can be that is no Chinese one, as a share of the size.
_WIDEST: Final = 1.05
_NARROWEST: Final = 0.2
_FIRST_WIDE: Final = "\u2e80"
# The mean width of the characters of a long word.
_MEAN: Final = 0.6

_CONTROL: Final = re.compile(r"[\x00-\x1f\x7f-\x9f]")
_WORD: Final = re.compile("[^\\s\u2e80-\U0010ffff]+")
_BREAK: Final = "\u200b"


@lru_cache(maxsize=4096)
def pt(length: float) -> str:
    """Return a length in points as Typst code."""
    text = f"{length:.3f}".rstrip("0").rstrip(".")
    return f"{text if text != '-0' else '0'}pt"


def literal(text: str) -> str:
    r"""Return a Typst string literal; what stands in it is never read as code."""
    # The three that are frequent first, each at one go.
    text = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\u{a}")
    return f'"{_CONTROL.sub(_escape, text)}"'


def _escape(match: re.Match[str]) -> str:
    return f"\\u{{{ord(match[0]):x}}}"


def with_breaks(text: str, size: float, room: float) -> str:
    """Let words that are wider than a line break anywhere, as Word does."""
    most = max(1, int(room / (size * _MEAN)))
    if len(text) <= most:
        return text
    return _WORD.sub(lambda m: _BREAK.join(m[0]) if len(m[0]) > most else m[0], text)


def without_breaks(text: str) -> str:
    """Take out what `with_breaks` put in."""
    return text.replace(_BREAK, "")


def widest(text: str, size: float) -> float:
    """Return a width in points that a text on one line does not pass."""
    return len(text) * size * _WIDEST


def narrowest(text: str, size: float) -> float:
    """Return a width in points that a text on one line at least takes."""
    wide = sum(map(_FIRST_WIDE.__le__, text))
    return size * (wide * 0.5 + (len(text) - wide) * _NARROWEST)
