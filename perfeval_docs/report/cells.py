"""How many cells of a terminal a character takes, and what stands for one that cannot be seen."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

_HIDDEN_CATEGORIES: Final = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
# Letters and marks that print as nothing: grapheme joiner, Hangul and Braille blanks,
# Khmer inherent vowels, Mongolian and other variation selectors.
_HIDDEN_RANGES: Final = (
    (0x034F, 0x034F),
    (0x115F, 0x1160),
    (0x17B4, 0x17B5),
    (0x180B, 0x180F),
    (0x2800, 0x2800),
    (0x3164, 0x3164),
    (0xFE00, 0xFE0F),
    (0xFFA0, 0xFFA0),
    (0xE0100, 0xE01EF),
)
_SEEN_SPACES: Final = frozenset(" \u3000")
_CONTROL_PICTURES: Final = 0x2400
_TAB: Final = "    "


@dataclass(frozen=True, slots=True)
class Glyph:
    """What a terminal shows for one character, and its width in cells (0 for a combining mark)."""

    text: str
    width: int


@lru_cache(maxsize=4096)
def glyph(char: str) -> Glyph:
    """Return what is shown for a character.

    A tab is four spaces wherever it stands; control, invisible, bidirectional, private
    and unassigned characters are symbols such as `␀` and `⟨U+200B⟩`.
    """
    if char == "\t":
        return Glyph(_TAB, len(_TAB))
    if is_hidden(char):
        symbol = _symbol(ord(char))
        return Glyph(symbol, len(symbol))
    if unicodedata.category(char) in {"Mn", "Me"}:
        return Glyph(char, 0)
    return Glyph(char, 2 if unicodedata.east_asian_width(char) in {"W", "F"} else 1)


def glyphs(text: str) -> tuple[Glyph, ...]:
    """Return one glyph for each character of a text."""
    return tuple(map(glyph, text))


def visible(text: str) -> str:
    """Return a text as it may be sent to a terminal: one line, nothing hidden in it."""
    return text.translate(_SHOWN)


class _Shown(dict[int, str]):
    """What is shown for each character so far, by its number."""

    def __missing__(self, number: int) -> str:
        """Look a character up, once."""
        self[number] = shown = glyph(chr(number)).text
        return shown


_SHOWN: Final = _Shown()


def is_hidden(char: str) -> bool:
    """Tell whether a character shows nothing, steers a terminal or turns the direction of text."""
    category = unicodedata.category(char)
    if category in _HIDDEN_CATEGORIES or (category == "Zs" and char not in _SEEN_SPACES):
        return True
    return any(first <= ord(char) <= last for first, last in _HIDDEN_RANGES)


def _symbol(number: int) -> str:
    if number < ord(" "):
        return chr(_CONTROL_PICTURES + number)
    return "␡" if number == ord("\x7f") else f"⟨U+{number:04X}⟩"
