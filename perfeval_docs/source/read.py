"""Read a text file into nodes, with every fault of the reading at its place."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from perfeval_docs.diagnostic import Diagnostic, in_order, msg
from perfeval_docs.source.characters import check_characters, parsable
from perfeval_docs.source.compose import compose
from perfeval_docs.source.edits import Mended
from perfeval_docs.source.encoding import decode_bytes, plain_text
from perfeval_docs.source.events import SyntaxFault
from perfeval_docs.source.faults import fault
from perfeval_docs.source.nodes import Source
from perfeval_docs.source.places import Places
from perfeval_docs.source.trap_faults import syntax
from perfeval_docs.source.traps import find_traps

MAX_BYTES: Final = 2_000_000
MAX_FAULTS: Final = 100

_IS_IT_A_RECORD: Final = msg("see whether it is a record, and delete what was pasted by mistake")


def read_source(data: bytes, file: str) -> Source:
    """Read a file's bytes; any bytes at all give a `Source`, never an exception.

    `file` is the path that places name.
    """
    if len(data) > MAX_BYTES:
        return _too_large(len(data), file)
    decoded = decode_bytes(data, file)
    text, places = decoded.text, decoded.places
    if not decoded.readable:
        return Source(file=file, text=text, root=None, diagnostics=decoded.diagnostics)
    found = [*decoded.diagnostics, *check_characters(text, places)]
    clean = parsable(text)
    traps = find_traps(clean, places)
    found += (trap.diagnostic for trap in traps)
    mended = Mended(clean, dict.fromkeys(edit for trap in traps for edit in trap.edits))
    composed = compose(mended, places)
    found += composed.diagnostics
    if composed.syntax is not None:
        found += _unexplained(composed.syntax, mended, places, found)
    elif composed.root is None and not found:
        found.append(_empty(places))
    return Source(file=file, text=text, root=composed.root, diagnostics=_bounded(found))


@lru_cache(maxsize=8)
def source_text(data: bytes, file: str) -> str:
    """Return the text of the `Source` that a file's bytes give, without reading it further."""
    if len(data) > MAX_BYTES:
        return ""
    text = plain_text(data)
    return decode_bytes(data, file).text if text is None else text


def _bounded(found: list[Diagnostic]) -> tuple[Diagnostic, ...]:
    """Return the first faults in order; a last one says how many more there are."""
    ordered = in_order(found)
    if len(ordered) <= MAX_FAULTS:
        return ordered
    rest = msg("{count} more faults are not shown", count=str(len(ordered) - MAX_FAULTS))
    way_out = msg("mend those above, all that are alike, and check again")
    last = fault("too-many-faults", ordered[MAX_FAULTS].span, rest, help=way_out)
    return (*ordered[:MAX_FAULTS], last)


def _too_large(size: int, file: str) -> Source:
    places = Places("", file)
    message = msg(
        "the file has {size} bytes; at most {limit} are read", size=str(size), limit=str(MAX_BYTES)
    )
    found = fault("file-too-large", places.span(0, 0), message, help=_IS_IT_A_RECORD)
    return Source(file=file, text="", root=None, diagnostics=(found,))


def _empty(places: Places) -> Diagnostic:
    message = msg("there is nothing in the file")
    return fault(
        "file-empty", places.span(0, 0), message, help=msg("fill it in, or delete the file")
    )


def _unexplained(
    stop: SyntaxFault, mended: Mended, places: Places, known: list[Diagnostic]
) -> tuple[Diagnostic, ...]:
    """Return the fault of where the parser stopped, unless the line or the one above has one."""
    context = None if stop.context is None else mended.origin(stop.context)
    found = syntax(mended.origin(stop.offset), context, places)
    line = found.span.line
    if any(each.span.line in (line - 1, line) for each in known):
        return ()
    return (found,)
