"""What a tree says, whatever its layout, and whether it can be read at all."""

from __future__ import annotations

from typing import Final

from perfeval_docs.diagnostic import Diagnostic, Severity
from perfeval_docs.record.keys import KEYS
from perfeval_docs.record.model import Shape
from perfeval_docs.source import Mapping, Node, Scalar, Sequence, Source, decode, is_blank
from perfeval_docs.source.shape_kinds import Kind, item_of, kind_of, model_of, value_of

# What is still to be filled in is no reason not to take what stands there.
_UNFINISHED: Final = frozenset({"key-missing", "value-blank", "nothing-listed"})


def reading_faults(source: Source, shape: type[Shape]) -> tuple[Diagnostic, ...]:
    """Return the faults of reading a text, those of what is still to be filled in left out."""
    found = source.diagnostics
    if not found and source.root is not None:
        found = decode(source.root, shape, KEYS).diagnostics
    return tuple(
        each for each in found if each.severity is Severity.ERROR and each.name not in _UNFINISHED
    )


def meaning(node: Node, annotation: object) -> object:
    """Return what a tree says, whatever its layout: keys in English, texts without white space."""
    match node:
        case Scalar():
            return None if is_blank(node) else node.value.strip()
        case Sequence():
            return [meaning(each, item_of(annotation)) for each in node.items]
        case Mapping() if kind_of(annotation) is Kind.MODEL:
            shape = model_of(annotation)
            return {
                name: meaning(entry.value, shape.model_fields[name].annotation)
                for entry in node.entries
                if (name := KEYS.name(shape, entry.key)) is not None
            }
        case Mapping():
            below = value_of(annotation)
            return [(each.key.value.strip(), meaning(each.value, below)) for each in node.entries]
