"""Read a text file into nodes, with every fault of the reading at its place."""

from __future__ import annotations

from typing import Final

from perfeval_docs.diagnostic import Diagnostic, in_order, msg
from perfeval_docs.source.characters import check_characters, parsable
from perfeval_docs.source.compose import compose
from perfeval_docs.source.edits import Mended
from perfeval_docs.source.encoding import decode_bytes
from perfeval_docs.source.events import SyntaxFault
from perfeval_docs.source.faults import fault
from perfeval_docs.source.nodes import Source
from perfeval_docs.source.places import Places

MAX_BYTES: Final = 2_000_000
MAX_FAULTS: Final = 100


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
    mended = Mended(parsable(text))
    composed = compose(mended, places)
    found += composed.diagnostics
    if composed.syntax is not None:
        found.append(_syntax(composed.syntax, mended, places))
    elif composed.root is None and not found:
        found.append(_empty(places))
    return Source(file=file, text=text, root=composed.root, diagnostics=_bounded(found))


def _bounded(found: list[Diagnostic]) -> tuple[Diagnostic, ...]:
    """Return the first faults in order; a last one says how many more there are."""
    ordered = in_order(found)
    if len(ordered) <= MAX_FAULTS:
        return ordered
    rest = msg("{count} more faults are not shown", count=str(len(ordered) - MAX_FAULTS))
    return (*ordered[:MAX_FAULTS], fault("too-many-faults", ordered[MAX_FAULTS].span, rest))


def _too_large(size: int, file: str) -> Source:
    places = Places("", file)
    message = msg(
        "the file has {size} bytes; at most {limit} are read", size=str(size), limit=str(MAX_BYTES)
    )
    found = fault("file-too-large", places.span(0, 0), message, help=msg("split it"))
    return Source(file=file, text="", root=None, diagnostics=(found,))


def _empty(places: Places) -> Diagnostic:
    message = msg("there is nothing in the file")
    return fault("file-empty", places.span(0, 0), message)


def _syntax(syntax: SyntaxFault, mended: Mended, places: Places) -> Diagnostic:
    start = mended.origin(syntax.offset)
    message = msg("this cannot be read: {detail}", detail=syntax.detail)
    return fault("yaml-syntax", places.span(start, start + 1), message)
