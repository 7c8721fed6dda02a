"""The traps inside brackets in words for people, each with the edit that mends a copy."""

from __future__ import annotations

import re
from typing import Final

from perfeval_docs.diagnostic import msg
from perfeval_docs.source.edits import Edit
from perfeval_docs.source.faults import fault
from perfeval_docs.source.places import Places
from perfeval_docs.source.shape_faults import divided_into_thousands
from perfeval_docs.source.trap_faults import Trap, shortened

_TAIL: Final = 30


def full_width_comma(key: str, comma: int, end: int, places: Places) -> Trap:
    """Make the trap of `，` between two entries; `end` is where the next one, `key`, begins."""
    return Trap(
        diagnostic=fault(
            "yaml-syntax",
            places.span(comma, comma + 1),
            msg("the comma before {key} is full-width", key=shortened(key)),
            help=msg("write `, `, a half-width comma and a space"),
        ),
        edits=(Edit(comma, end, ", "),),
        inside=comma,
    )


def comma_missing(value: str, key: str, start: int, end: int, places: Places) -> Trap:
    """Make the trap of a `key` behind a value with nothing but the space `start` to `end`."""
    way_out = msg("write `{value}, {key}: …`", value=shortened(value), key=shortened(key))
    if key in "[{":
        way_out = msg("write `, ` between {one} and {other}", one=value, other=key)
    return Trap(
        diagnostic=fault(
            "yaml-syntax",
            places.span(end, end + len(key)),
            msg("there is no comma before {key}", key=shortened(key)),
            help=way_out,
        ),
        edits=(Edit(start, start, ","),),
    )


def bracket_not_closed(start: int, end: int, text: str, closing: str, places: Places) -> Trap:
    """Make the trap of a bracket at `start` that must be closed at `end`."""
    tail = re.split(r"[,，\[{]", text[max(start, end - _TAIL) : end])[-1].strip()
    return Trap(
        diagnostic=fault(
            "yaml-syntax",
            places.span(start, start + 1),
            msg("the bracket {sign} is not closed", sign=text[start]),
            help=msg("write `{end}`", end=tail + closing),
        ),
        edits=(Edit(end, end, closing),),
    )


def wrong_bracket(start: int, wanted: str, sign: str, places: Places) -> Trap:
    """Make the trap of a bracket that should be another one."""
    return Trap(
        diagnostic=fault(
            "yaml-syntax",
            places.span(start, start + 1),
            msg("the bracket {sign} should be {wanted}", sign=sign, wanted=wanted),
            help=msg("write the half-width bracket {wanted}", wanted=wanted),
        ),
        edits=(Edit(start, start + 1, wanted),),
        inside=start,
    )


def after_bracket(start: int, end: int, sign: str, places: Places) -> Trap:
    """Make the trap of punctuation behind a closing bracket, as JSON has it."""
    return Trap(
        diagnostic=fault(
            "yaml-syntax",
            places.span(start, end),
            msg("there is something behind the closing {sign}", sign=sign),
            help=msg("delete it"),
        ),
        edits=(Edit(start, end, ""),),
    )


def thousands(start: int, end: int, text: str, places: Places) -> Trap:
    """Make the trap of a figure whose commas end the value of an entry."""
    commas = [at for at in range(start, end) if text[at] == ","]
    behind = (at + 1 + text.startswith(" ", at + 1) for at in commas)
    edits = tuple(Edit(at, after, "") for at, after in zip(commas, behind, strict=True))
    plain = text[start:end].replace(",", "").replace(" ", "")
    return Trap(
        diagnostic=divided_into_thousands(text[start:end], plain, places.span(start, end)),
        edits=edits,
        inside=commas[0] - 1,
        outside=commas[0],
    )
