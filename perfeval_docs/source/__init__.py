"""Text to nodes with places, nodes to shapes with faults at their places."""

from perfeval_docs.source.characters import is_unprintable
from perfeval_docs.source.decode import Decoded, Keys, Path, decode, is_blank
from perfeval_docs.source.nodes import Entry, Mapping, Node, Scalar, Sequence, Source
from perfeval_docs.source.read import read_source, source_text
from perfeval_docs.source.shape_faults import refusal

__all__ = [
    "Decoded",
    "Entry",
    "Keys",
    "Mapping",
    "Node",
    "Path",
    "Scalar",
    "Sequence",
    "Source",
    "decode",
    "is_blank",
    "is_unprintable",
    "read_source",
    "refusal",
    "source_text",
]
