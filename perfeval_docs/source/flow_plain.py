"""Keys and values without quotes between brackets: where they end, and the traps in them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from perfeval_docs.source.flow_faults import full_width_comma, thousands
from perfeval_docs.source.lines import BAD_SPACES, is_no_key
from perfeval_docs.source.places import Places
from perfeval_docs.source.trap_faults import (
    Trap,
    colon_in_value,
    cut_short,
    quoting,
    sign_first,
)

SPACE: Final = f" {BAD_SPACES}"
_LETTER: Final = rf"[^:：,，{{}}｛｝\[\]\"'#{SPACE}]"
_KEY: Final = re.compile(
    rf"(?P<key>{_LETTER}(?:[^:：,，{{}}\[\]]{{0,38}}{_LETTER})?)[ \t]*"
    rf"(?P<colon>[:：])(?P<gap>[{SPACE}]*)"
)
_NEXT: Final = re.compile(
    rf"(?:(?P<comma>，)[{SPACE}]*+|(?<![{SPACE}])[{SPACE}]++)"
    rf"(?P<key>{_LETTER}{{1,25}})[ \t]*(?P<colon>[:：])"
)
_ENDS: Final = re.compile(r"[,\]}]|(?<=[ \t])#")
_FIGURE: Final = re.compile(
    r"[≥≤><=＞＜＝]*\s*[+-]?\d[\d.,]*\s*(?:[^\W\d_]{1,3}|\([^()]{1,6}\)|[%‰])?"
)
_LONGEST_FIGURE: Final = 60
_THOUSANDS: Final = re.compile(
    r"[≥≤><=＞＜＝]{0,2}(?P<figure>\d{1,3}(?:, ?\d{3})+(?!\d)(?:\.\d+)?)(?![ \t]*[:：])"
)
_SIGNS: Final = re.compile(r"[%@`|>]|[-?](?=[ \t])|\*(?![\w-]+[ \t]*(?:[,\]}]|$))", re.ASCII)


@dataclass(frozen=True, slots=True, kw_only=True)
class Plain:
    """A value as offsets: its end, where to go on, and where its line ends or a comment begins.

    `is_parted` tells that a comma, though a full-width one, stands behind it.
    """

    end: int
    at: int
    stop: int
    is_parted: bool = False
    traps: tuple[Trap, ...] = ()


def find_key(
    text: str, start: int, stop: int, value: tuple[int, int] | None, *, is_wide: bool
) -> re.Match[str] | None:
    """Return the key that an entry begins with: its `key`, `colon` and the `gap` behind that.

    `value` is what stands before it without a comma, `is_wide` whether the colon before that
    is `：`: they tell a key from words of the value.
    """
    found = _KEY.match(text, start, stop)
    return found if found and _is_key(found, text, stop, value, is_wide=is_wide) else None


def is_sound(text: str, colon: int, stop: int) -> bool:
    """Tell whether YAML takes a colon for the end of a key."""
    return colon + 1 >= stop or text[colon + 1] in " \t,[]{}"


def end_of(text: str, start: int, stop: int) -> int:
    """Return where a comma or a bracket ends what begins at an offset, in its line."""
    found = _ENDS.search(text, start, stop)
    while found is not None and found[0] == "#":
        found = _ENDS.search(text, found.end(), stop)
    return trimmed(text, found.start() if found else stop)


def trimmed(text: str, end: int) -> int:
    """Return an offset without the white space before it."""
    while text[end - 1] in SPACE:
        end -= 1
    return end


def read_plain(
    places: Places, text: str, key: str, start: int, stop: int, *, is_wide: bool
) -> Plain:
    """Read a value without quotes."""
    figure = _THOUSANDS.match(text, start, stop)
    behind = figure.end() if figure else start
    found = _ENDS.search(text, behind, stop)
    end = found.start() if found else stop
    if found and found[0] == "#":
        if end + 1 < stop and text[end + 1] not in " \t#":
            return _cut(places, text, key, start, end, stop)
        stop = end
    end = trimmed(text, end)
    after = _next_key(text, behind, end, start, is_wide=is_wide)
    end = after.start() if after else end
    traps: list[Trap] = []
    if _SIGNS.match(text, start, end):
        traps.append(sign_first(text, start, end, places))
    elif figure:
        traps.append(thousands(*figure.span("figure"), text, places))
    elif after is None:
        traps += colon_inside(places, text, key, start, end)
    if after is None:
        end -= end == stop and _ends_wrong(text[start:end])
        return Plain(end=end, at=end, stop=stop, traps=tuple(traps))
    at, is_parted = after.start("key"), after["comma"] is not None
    if is_parted:
        traps.append(full_width_comma(after["key"], end, at, places))
    return Plain(end=end, at=at, stop=stop, is_parted=is_parted, traps=tuple(traps))


def colon_inside(places: Places, text: str, key: str, start: int, end: int) -> tuple[Trap, ...]:
    """Return the trap of a colon in a text without quotes: libyaml takes none between brackets."""
    colon = text.find(":", start, end)
    if colon < 0:
        return ()
    return (colon_in_value(key, colon, quoting(text, start, end), places, start),)


def _cut(places: Places, text: str, key: str, start: int, sign: int, stop: int) -> Plain:
    end = end_of(text, sign, stop)
    trap = cut_short(key, sign, end, quoting(text, start, end), places, start)
    return Plain(end=end, at=end, stop=stop, traps=(trap,))


def _next_key(
    text: str, start: int, end: int, value: int, *, is_wide: bool
) -> re.Match[str] | None:
    """Return the key of the next entry that stands in a value, no proper comma before it."""
    for found in _NEXT.finditer(text, start, end):
        if _is_key(found, text, end, (value, found.start()), is_wide=is_wide):
            return found
    return None


def _is_key(
    found: re.Match[str], text: str, stop: int, value: tuple[int, int] | None, *, is_wide: bool
) -> bool:
    """Tell a key from words of a value that is not at its end, and from a time."""
    colon = found.start("colon")
    if found["colon"] == ":":
        if is_sound(text, colon, stop):
            return True
        if is_no_key(text, colon, stop):
            return False
    if value is None or is_wide:
        return True
    start, end = value
    figure = text[start : min(end, start + _LONGEST_FIGURE)].rstrip("，")
    return _FIGURE.fullmatch(figure) is not None


def _ends_wrong(value: str) -> bool:
    """Tell whether a wrong bracket at the end of a value is meant to close those around it."""
    return value[-1:] == "｝" or (value[-1:] in (")", "）") and not re.search("[(（]", value))
