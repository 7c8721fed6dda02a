"""The traps of YAML in words for people, each with the edit that mends a copy for the parser."""

from __future__ import annotations

from dataclasses import dataclass

from perfeval_docs.diagnostic import Diagnostic, Message, Related, msg
from perfeval_docs.source.edits import Edit
from perfeval_docs.source.faults import fault
from perfeval_docs.source.places import Places

_SHOWN = 20
_CHINESE_QUOTES = {'"': "“”", "'": "‘’"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Trap:
    """A fault that a scan of the lines found, and how to mend it.

    A text with traps may still parse. Then a trap counts only if the parser saw a scalar
    at the offset `inside`, and none at `outside`; with `inside` None it never counts.
    """

    diagnostic: Diagnostic
    edits: tuple[Edit, ...] = ()
    inside: int | None = None
    outside: int | None = None


def quoting(text: str, start: int, end: int) -> tuple[Edit, ...]:
    """Return the edits that put a stretch of text into single quotes."""
    inner = (Edit(at, at, "'") for at in range(start, end) if text[at] == "'")
    return (Edit(start, start, "'"), *inner, Edit(end, end, "'"))


def shortened(text: str) -> str:
    """Return the text as messages quote it."""
    text = " ".join(text.split())
    return text if len(text) <= _SHOWN else f"{text[: _SHOWN - 1]}…"


def full_width_colon(key: str, colon: int, end: int, places: Places) -> Trap:
    """Make the trap of `：` after a key; `end` is where the white space after it ends."""
    message = msg("the colon after {key} is full-width", key=shortened(key))
    return Trap(
        diagnostic=fault(
            "full-width-colon",
            places.span(colon, colon + 1),
            message,
            help=msg("write `: `, a colon and a space"),
        ),
        edits=(Edit(colon, end, ": "),),
        inside=colon,
    )


def end_too_early(start: int, end: int, places: Places) -> Trap:
    """Make the trap of three dots, which end a file of YAML, with more below them."""
    return Trap(
        diagnostic=fault(
            "several-documents",
            places.span(start, start + 3),
            msg("... ends the file for YAML, and more stands below it"),
            help=msg("delete the line ..., or put what follows into a file of its own"),
        ),
        edits=(Edit(start, end, ""),),
    )


def space_missing(key: str, colon: int, end: int, places: Places) -> Trap:
    """Make the trap of `:` with no space after it; other white space may stand up to `end`."""
    name = shortened(key)
    if end > colon + 1:
        message = msg("what stands after the colon of {key} is not a space", key=name)
    else:
        message = msg("there is no space after the colon of {key}", key=name)
    return Trap(
        diagnostic=fault(
            "space-after-colon-missing",
            places.span(colon, end),
            message,
            help=msg("write `: `, a colon and a space"),
        ),
        edits=(Edit(colon, end, ": "),),
        inside=colon,
    )


def cut_short(
    key: str, sign: int, end: int, edits: tuple[Edit, ...], places: Places, inside: int
) -> Trap:
    """Make the trap of ` #` in a value; `inside` is where the value, or else its key, begins."""
    if key:
        message = msg("{key} is cut short: what follows ` #` is a comment", key=shortened(key))
    else:
        message = msg("the text is cut short: what follows ` #` is a comment")
    return Trap(
        diagnostic=fault(
            "value-cut-short",
            places.span(sign, end),
            message,
            help=msg("put the text in quotes, or write a space after # if it is a comment"),
        ),
        edits=edits,
        inside=inside,
        outside=sign,
    )


def sign_first(text: str, start: int, end: int, places: Places, *, silent: bool = False) -> Trap:
    """Make the trap of a value or key that begins with a sign that YAML keeps for itself.

    `silent` tells that a text with it may parse, as with `|5`.
    """
    value = text[start:end]
    edits, way_out = quoting(text, start, end), _in_quotes(value)
    if value == "-":
        edits = (Edit(start, end, "0.00"),)
        way_out = msg('where there is none, write 0.00; a dash to be printed is `"-"`')
    return Trap(
        diagnostic=fault(
            "value-starts-with-sign",
            places.span(start, end),
            msg(
                "{value} begins with {sign}, which has a meaning of its own in YAML",
                value=shortened(value),
                sign=value[0],
            ),
            help=way_out,
        ),
        edits=edits,
        inside=start if silent else None,
    )


def _in_quotes(value: str) -> Message:
    """Return the way out with the text as it should be typed, unless it is long."""
    if len(value) > _SHOWN or value != " ".join(value.split()):
        return msg("put the text in quotes")
    if '"' in value or "\\" in value:
        return msg("write `{text}`", text="'" + value.replace("'", "''") + "'")
    return msg("write `{text}`", text=f'"{value}"')


def text_after_header(text: str, start: int, end: int, indent: int, places: Places) -> Trap:
    """Make the trap of a text of several lines that begins beside its `|` or `>`."""
    after = start + 1
    while text[after] in " \t":
        after += 1
    return Trap(
        diagnostic=fault(
            "value-starts-with-sign",
            places.span(start, end),
            msg("the text begins beside the {sign}", sign=text[start]),
            help=msg("begin the text on the line below, or leave out the {sign}", sign=text[start]),
        ),
        edits=(Edit(start + 1, after, "\n" + " " * indent),),
    )


def colon_in_value(
    key: str, colon: int, edits: tuple[Edit, ...], places: Places, value: int
) -> Trap:
    """Make the trap of `: ` in an unquoted value that begins at `value`."""
    place = places.span(colon, colon + 1)
    begins = places.span(value, value)
    related: tuple[Related, ...] = ()
    way_out = msg("put the whole text in quotes")
    if begins.line != place.line:
        related = (Related(span=begins, message=msg("the text begins here")),)
        way_out = msg("put the whole text in quotes; a key must be indented like those above it")
    if key:
        message = msg("there is a second colon in the text of {key}", key=shortened(key))
    else:
        message = msg("there is a second colon in the text")
    return Trap(
        diagnostic=fault("colon-in-value", place, message, help=way_out, related=related),
        edits=edits,
    )


def no_colon(text: str, start: int, end: int, places: Places) -> Trap:
    """Make the trap of a line without a key where one is due."""
    return Trap(
        diagnostic=fault(
            "line-without-colon",
            places.span(start, end),
            msg("there is no colon after a key in {line}", line=shortened(text[start:end])),
            help=msg("write `key: value`; text of several lines begins with `|` after its key"),
        ),
        edits=(Edit(start, start, "# "),),
    )


def after_quote(start: int, end: int, edits: tuple[Edit, ...], places: Places) -> Trap:
    """Make the trap of text behind a closing quote."""
    return Trap(
        diagnostic=fault(
            "text-after-quote",
            places.span(start, end),
            msg("text stands after the closing quote"),
            help=msg("write Chinese quotes “ ” if they are to be printed, else take them off"),
        ),
        edits=edits,
    )


def not_closed(start: int, end: int, text: str, places: Places) -> Trap:
    """Make the trap of a quote that is not closed where its text ends, at `end`."""
    quote, last = text[start], text[end - 1]
    way_out, edit = msg("write {quote} at the end of the text", quote=quote), Edit(end, end, quote)
    if last in _CHINESE_QUOTES[quote] and end - 1 > start:
        edit = Edit(end - 1, end, quote)
        way_out = msg("the last mark is a Chinese {mark}; write {quote}", mark=last, quote=quote)
    return Trap(
        diagnostic=fault(
            "quote-not-closed",
            places.span(start, start + 1),
            msg("the quote {quote} is not closed", quote=quote),
            help=way_out,
        ),
        edits=(edit,),
        inside=start,
    )


def unknown_escape(escape: str, start: int, places: Places) -> Trap:
    r"""Make the trap of a backslash in double quotes that begins no escape, as in `"C:\数据"`."""
    return Trap(
        diagnostic=fault(
            "yaml-syntax",
            places.span(start, start + len(escape)),
            msg("in double quotes {escape} means nothing", escape=escape),
            help=msg("write \\\\ for a backslash, or use single quotes"),
        ),
        edits=(Edit(start, start, "\\"),),
    )


def syntax(start: int, context: int | None, places: Places) -> Diagnostic:
    """Make the fault of a place that the parser stopped at for a reason not known here."""
    related: tuple[Related, ...] = ()
    here = places.span(start, start + 1)
    if context is not None:
        begins = places.span(context, context)
        message: Message = msg("what it belongs to begins here")
        related = (Related(span=begins, message=message),) if begins.line != here.line else ()
    return fault(
        "yaml-syntax",
        here,
        msg("the file cannot be read from here on"),
        help=msg("compare indent, colon, quotes and brackets with the lines around it"),
        related=related,
    )
