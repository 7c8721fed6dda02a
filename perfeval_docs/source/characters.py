"""Characters that XML forbids, or that print as nothing and change what a reader sees."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from typing import Final

from perfeval_docs.diagnostic import Diagnostic, msg
from perfeval_docs.source.faults import fault
from perfeval_docs.source.places import Places

# C0 and C1 (tab, line feed and carriage return apart), lone surrogates, noncharacters.
_CONTROL: Final = "\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff"
# Soft hyphen, Arabic letter mark, zero-width and bidirectional controls, line and paragraph
# separators, word joiners, byte order mark, interlinear annotation, tag characters.
_INVISIBLE: Final = (
    "\xad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb"
    "\U000e0000-\U000e007f"
)
_BAD: Final = re.compile(f"([{_CONTROL}]+)|([{_INVISIBLE}]+)|(\ufffd+)")
_IS_CONTROL, _IS_INVISIBLE = 1, 2  # the groups of _BAD
_UNPARSABLE: Final = re.compile(f"[{_CONTROL}\u2028\u2029\ufeff]")
_ESCAPE: Final = re.compile(r"\\(?:x[0-9A-Fa-f]{2}|u[0-9A-Fa-f]{4}|U[0-9A-Fa-f]{8}|.)", re.DOTALL)
_TYPE_AGAIN: Final = msg("delete it with the characters on both sides, and type these again")
_SHORT_ESCAPES: Final = {
    "0": "\0", "a": "\a", "b": "\b", "v": "\v", "f": "\f", "e": "\x1b",
    "N": "\x85", "L": "\u2028", "P": "\u2029",
}  # fmt: skip


def check_characters(text: str, places: Places) -> Iterator[Diagnostic]:
    """Yield a fault for each run of unprintable characters."""
    for match in _BAD.finditer(text):
        yield _fault(match.lastindex or 0, match[0][0], places, match.start(), match.end())


def is_unprintable(char: str) -> bool:
    """Tell whether `check_characters` finds a fault in a character."""
    return _BAD.fullmatch(char) is not None


def parsable(text: str) -> str:
    """Return the text, of the same length, without the characters that libyaml refuses.

    Line breaks of Unicode go too: libyaml would count other lines than people do.
    """
    return _UNPARSABLE.sub("\ufffd", text)


def check_escapes(
    value: str, text: str, places: Places, start: int, end: int
) -> Iterator[Diagnostic]:
    r"""Yield a fault for each escape such as `\x07` of a double-quoted scalar.

    `value` is what the scalar reads as; most hold nothing bad, and cost one search.
    """
    if _BAD.search(value) is None:
        return
    for match in _ESCAPE.finditer(text, start, end):
        bad = _BAD.match(_unescape(match[0]))
        if bad is not None:
            yield _fault(bad.lastindex or 0, bad[0], places, match.start(), match.end())


def _unescape(escape: str) -> str:
    sort, digits = escape[1], escape[2:]
    if digits:
        number = int(digits, 16)
        return chr(number) if number <= sys.maxunicode else ""
    return _SHORT_ESCAPES.get(sort, "")


def _fault(sort: int, char: str, places: Places, start: int, end: int) -> Diagnostic:
    span = places.span(start, end)
    number = f"U+{ord(char):04X}"
    if sort == _IS_CONTROL:
        message = msg("control character {number}, which Word cannot hold", number=number)
        return fault("control-character", span, message, help=_TYPE_AGAIN)
    if sort == _IS_INVISIBLE:
        message = msg("invisible character {number}", number=number)
        return fault("invisible-character", span, message, help=_TYPE_AGAIN)
    message = msg("{number} stands where a character was lost", number=number)
    return fault("replacement-character", span, message, help=msg("type the character again"))
