"""The traps of indents and dashes in words for people, each with the edit that mends a copy."""

from __future__ import annotations

from perfeval_docs.diagnostic import msg
from perfeval_docs.source.edits import Edit
from perfeval_docs.source.faults import fault
from perfeval_docs.source.places import Places
from perfeval_docs.source.trap_faults import Trap


def indent_not_spaces(start: int, end: int, edit: Edit, char: str, places: Places) -> Trap:
    """Make the trap of a line indented with something else than spaces from `start` to `end`."""
    match char:
        case "\t":
            message = msg("the line is indented with a tab")
        case "\u3000":
            message = msg("the line is indented with full-width spaces")
        case _:
            message = msg("the line is indented with the no-break spaces of web pages")
    return Trap(
        diagnostic=fault(
            "indent-not-spaces",
            places.span(start, end),
            message,
            help=msg("indent with spaces, two for each level"),
        ),
        edits=(edit,),
        inside=end,
    )


def less_indented(start: int, end: int, line: int, indent: int, places: Places) -> Trap:
    """Make the trap of a line that falls out of the text above it; `line` is where it starts."""
    return Trap(
        diagnostic=fault(
            "block-line-less-indented",
            places.span(start, end),
            msg("the line is indented less than the text that it belongs to"),
            help=msg("put {count} spaces before it, like the line above", count=str(indent)),
        ),
        edits=(Edit(line, start, " " * indent),),
    )


def indent_fits_nothing(line: int, start: int, indent: int, places: Places) -> Trap:
    """Make the trap of a line whose indent is that of no line it could belong with."""
    return Trap(
        diagnostic=fault(
            "yaml-syntax",
            places.span(line, start) if start > line else places.span(start, start + 1),
            msg("the indent of the line fits that of no other"),
            help=msg("indent it like the lines that it belongs with"),
        ),
        edits=(Edit(line, start, " " * indent),),
    )


def indented_too_far(line: int, start: int, column: int, places: Places) -> Trap:
    """Make the trap of a key that YAML takes for more of the text above it."""
    way_out = msg(
        "put it below the key above it, behind {count} spaces; if it is text, put all of the "
        "text in quotes",
        count=str(column),
    )
    if column == 0:
        way_out = msg(
            "put it at the very left, below the key above it; if it is text, put all of the "
            "text in quotes"
        )
    return Trap(
        diagnostic=fault(
            "colon-in-value",
            places.span(line, start),
            msg("the line is indented further than those that it belongs with"),
            help=way_out,
        ),
        edits=(Edit(line, start, " " * column),),
    )


def item_misplaced(
    line: int, start: int, column: int, edits: tuple[Edit, ...], places: Places
) -> Trap:
    """Make the trap of an item of a list whose dash does not stand below the others."""
    return Trap(
        diagnostic=fault(
            "yaml-syntax",
            places.span(line, start) if start > line else places.span(start, start + 1),
            msg("the item is not indented like the others of its list"),
            help=msg("put its dash below theirs, behind {count} spaces", count=str(column)),
        ),
        edits=(Edit(line, start, " " * column), *edits),
    )


def key_missing(line: int, start: int, column: int, places: Places) -> Trap:
    """Make the trap of an item whose key is not above it, as those of the items beside it are."""
    return Trap(
        diagnostic=fault(
            "yaml-syntax",
            places.span(start, start + 1),
            msg("the key that this list belongs to is missing"),
            help=msg(
                "write it in a line above, behind {count} spaces, as in `数量指标:`",
                count=str(column),
            ),
        ),
        edits=(Edit(line, line, f"{' ' * column}〔缺〕:\n"),),
    )


def dash_missing(line: int, start: int, end: int, column: int, places: Places) -> Trap:
    """Make the trap of an item without its dash, which begins at `start` with a key up to `end`."""
    return Trap(
        diagnostic=fault(
            "yaml-syntax",
            places.span(start, end),
            msg("the dash of an item is missing"),
            help=msg("write `- ` before it, below the other dashes"),
        ),
        edits=(Edit(line, start, f"{' ' * column}- "),),
    )


def false_dash(text: str, start: int, behind: int, width: int, places: Places) -> Trap:
    """Make the trap of what somebody wrote for a dash and a space, in a list.

    The item begins at `behind`, and belongs in a column `width` characters from the dash.
    """
    sign = text[start:behind].strip()
    if sign == "-":
        message = msg("there is no space after the dash")
    else:
        message = msg("{sign} is no dash of a list", sign=sign)
    return Trap(
        diagnostic=fault(
            "yaml-syntax",
            places.span(start, start + len(sign)),
            message,
            help=msg("write `- `, a half-width hyphen and a space"),
        ),
        edits=(Edit(start, behind, f"{'-':{width}}"),),
        inside=start,
    )


def stray_dash(start: int, end: int, places: Places) -> Trap:
    """Make the trap of a dash among keys; what is behind it begins at `end`."""
    return Trap(
        diagnostic=fault(
            "yaml-syntax",
            places.span(start, start + 1),
            msg("a dash stands among keys"),
            help=msg("delete the dash, or begin a list under a key of its own"),
        ),
        edits=(Edit(start, end, ""),),
    )
