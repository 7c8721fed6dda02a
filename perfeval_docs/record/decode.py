"""A record's text and the defaults of its folders to a `Record`, every fault at its place."""

from __future__ import annotations

from collections.abc import Mapping as Lookup
from collections.abc import Sequence
from dataclasses import replace

from perfeval_docs.diagnostic import Diagnostic, has_error, in_order
from perfeval_docs.record.keys import KEYS
from perfeval_docs.record.model import Defaults, Record
from perfeval_docs.record.year_words import YearWords
from perfeval_docs.source import Decoded, Entry, Mapping, Node, Source, decode, is_blank


def decode_record(source: Source, defaults: Sequence[Source] = ()) -> Decoded[Record]:
    """Decode a record; what it leaves out is taken from the defaults, the last one nearest.

    A fault of a default stops the record, and has its place in the defaults' file.
    """
    found: list[Diagnostic] = [*source.diagnostics]
    shared: dict[str, Entry] = {}
    for each in defaults:
        found += each.diagnostics
        if each.root is not None:
            found += decode(each.root, Defaults, KEYS).diagnostics
            shared |= _written(each.root)
    if source.root is None:
        return Decoded(value=None, places={}, keys={}, diagnostics=in_order(found))
    decoded = decode(_joined(source.root, shared), Record, KEYS)
    found += decoded.diagnostics
    return Decoded(
        value=None if has_error(found) else decoded.value,
        places=decoded.places,
        keys=decoded.keys,
        diagnostics=in_order(found),
        texts=decoded.texts,
    )


def decode_year_words(source: Source) -> Decoded[YearWords]:
    """Decode the words of a year."""
    found = [*source.diagnostics]
    if source.root is None:
        return Decoded(value=None, places={}, keys={}, diagnostics=in_order(found))
    decoded = decode(source.root, YearWords, KEYS)
    found += decoded.diagnostics
    value = None if has_error(found) else decoded.value
    return replace(decoded, value=value, diagnostics=in_order(found))


def _written(root: Node) -> dict[str, Entry]:
    """Return the entries of a tree that folders may share, by their English keys, blanks out."""
    entries = root.entries if isinstance(root, Mapping) else ()
    named = ((KEYS.name(Defaults, entry.key), entry) for entry in entries)
    return {name: entry for name, entry in named if name and not is_blank(entry.value)}


def _joined(root: Node, shared: Lookup[str, Entry]) -> Node:
    """Return the record's tree with the shared entries behind it that it does not write."""
    if not isinstance(root, Mapping):
        return root
    written = _written(root)
    kept = [e for e in root.entries if not _is_left_out(e, shared)]
    rest = [entry for name, entry in shared.items() if name not in written]
    return Mapping(entries=(*kept, *rest), span=root.span)


def _is_left_out(entry: Entry, shared: Lookup[str, Entry]) -> bool:
    return is_blank(entry.value) and KEYS.name(Defaults, entry.key) in shared
