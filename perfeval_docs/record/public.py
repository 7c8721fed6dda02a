"""A record's text as everybody may read it: no internal field, no comment, the same form."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Final

from perfeval_docs.record.keys import KEYS
from perfeval_docs.record.model import INTERNAL, Indicator, Record, Shape
from perfeval_docs.source import Entry, Mapping, Node, Scalar, Sequence, Source, read_source

WITHHELD: Final = "（不公开）"
"""Stands for evidence where a profile stops a record that names none."""

# The line by which an editor finds the schema is no comment of anybody's.
_MODELINE: Final = re.compile(
    r"^# yaml-language-server: \$schema=(?:\.\./)*schema/[a-z]+\.schema\.json\r?\n", re.MULTILINE
)
_EVIDENCE: Final = "evidence"
_BLOCK: Final = re.compile(r"(?![\s#])(?:[^\n]*[^\s](?:\n|\Z))(?:\n|[^\n]*[^\s](?:\n|\Z))*")


def public_text(
    source: Source, shape: type[Shape] = Record, *, withholds_evidence: bool = False
) -> str:
    """Return the text of a sound file without what is internal.

    A text that holds nothing internal and no comment is returned as it is, any other is written
    anew; both give the same form. `withholds_evidence` leaves a word where evidence stood. The
    public text of a public text is itself. Raises `ValueError` for a file that cannot be read.
    """
    root = source.root
    if root is None:
        raise ValueError(source.file)
    public = _public_record(root, withholds_evidence) if shape is Record else root
    if public == root and "#" not in _MODELINE.sub("", source.text):
        return source.text
    modeline = _MODELINE.match(source.text)
    head = modeline[0].replace("\r", "") if modeline else ""
    for cautious in (False, True):
        text = head + "".join(_block(public, 0, cautious=cautious)).lstrip("\n")
        again = read_source(text.encode(), source.file)
        if again.root is not None and _plain(again.root) == _plain(public):
            return text
    raise ValueError(source.file)


def _public_record(root: Node, withholds_evidence: bool) -> Node:  # noqa: FBT001  # of one caller
    if not isinstance(root, Mapping):
        return root
    entries = []
    for entry in root.entries:
        name = KEYS.name(Record, entry.key)
        if name in INTERNAL[Record]:
            continue
        value = entry.value
        if name == "indicators":
            value = _public_indicators(value, withholds_evidence)
        entries.append(Entry(key=entry.key, value=value))
    return Mapping(entries=tuple(entries), span=root.span)


def _public_indicators(node: Node, withholds_evidence: bool) -> Node:  # noqa: FBT001  # as above
    """Return the tree of the indicators, lists of them below two levels of names."""
    match node:
        case Sequence():
            items = tuple(_public_indicator(item, withholds_evidence) for item in node.items)
            return Sequence(items=items, span=node.span)
        case Mapping():
            entries = (
                Entry(key=e.key, value=_public_indicators(e.value, withholds_evidence))
                for e in node.entries
            )
            return Mapping(entries=tuple(entries), span=node.span)
        case Scalar():
            return node


def _public_indicator(node: Node, withholds_evidence: bool) -> Node:  # noqa: FBT001  # as above
    if not isinstance(node, Mapping):
        return node
    entries = []
    for entry in node.entries:
        name, value = KEYS.name(Indicator, entry.key), entry.value
        if name in INTERNAL[Indicator]:
            is_said = isinstance(value, Scalar) and value.value.strip()
            if name != _EVIDENCE or not (withholds_evidence and is_said):
                continue
            if not (isinstance(value, Scalar) and value.value == WITHHELD):
                value = Scalar(value=WITHHELD, quoted=False, span=value.span)
        entries.append(Entry(key=entry.key, value=value))
    return Mapping(entries=tuple(entries), span=node.span)


def _block(node: Node, indent: int, *, cautious: bool) -> Iterator[str]:
    """Yield a node as it stands behind `key:` or `-`, its line's end with it."""
    margin = " " * indent
    match node:
        case Scalar():
            yield from _scalar(node, margin, cautious=cautious)
        case Mapping(entries=()):
            yield " {}\n"
        case Sequence(items=()):
            yield " []\n"
        case Mapping():
            yield "\n"
            for entry in node.entries:
                yield f"{margin}{_line(entry.key, cautious=cautious)}:"
                yield from _block(entry.value, indent + 2, cautious=cautious)
        case Sequence():
            yield "\n"
            for item in node.items:
                said = "".join(_block(item, indent + 2, cautious=cautious))
                # The first key of an item stands on the line of its mark.
                is_mapping = isinstance(item, Mapping) and item.entries
                yield f"{margin}- {said.lstrip()}" if is_mapping else f"{margin}-{said}"


def _scalar(node: Scalar, margin: str, *, cautious: bool) -> Iterator[str]:
    text = node.value
    if "\n" in text and node.quoted and not cautious and _BLOCK.fullmatch(text):
        ends = len(text) - len(text.rstrip("\n"))
        yield f" |{('-', '', '+')[min(ends, 2)]}\n"
        yield from (f"{margin}{line}\n" if line else "\n" for line in text.splitlines())
        return
    line = _line(node, cautious=cautious)
    yield f" {line}\n" if line else "\n"


def _line(node: Scalar, *, cautious: bool) -> str:
    """Return a scalar on one line: as it was typed, else in double quotes."""
    if not node.quoted and not (cautious and node.value):
        return node.value
    quoted = json.dumps(node.value, ensure_ascii=False)
    return "".join(c if c.isprintable() else _escaped(c) for c in quoted)


def _escaped(character: str) -> str:
    number = ord(character)
    return f"\\u{number:04x}" if number <= 0xFFFF else f"\\U{number:08x}"  # noqa: PLR2004  # BMP


def _plain(node: Node) -> object:
    """Return what a node says, without places."""
    match node:
        case Scalar():
            return node.value
        case Mapping():
            return {entry.key.value: _plain(entry.value) for entry in node.entries}
        case Sequence():
            return [_plain(item) for item in node.items]
