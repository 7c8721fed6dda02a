"""Text to nodes with places, nodes to shapes with faults at their places."""

from perfeval_docs.source.characters import is_unprintable
from perfeval_docs.source.decode import Decoded, Path, decode, is_blank
from perfeval_docs.source.nodes import Entry, Mapping, Node, Scalar, Sequence, Source
from perfeval_docs.source.read import read_source, source_text
from perfeval_docs.source.shape_faults import refusal
from perfeval_docs.source.spelling import Keys

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
