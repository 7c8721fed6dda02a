"""Records written anew: in the one layout, rolled into a new year, or blank to fill in."""

from perfeval_docs.editing.canonical import Formatted, formatted, shape_of
from perfeval_docs.editing.files import find_files
from perfeval_docs.editing.rolling import Rolled, rolled
from perfeval_docs.editing.skeleton import shared_skeleton, skeleton
from perfeval_docs.editing.starting import Asked, Started, start

__all__ = [
    "Asked",
    "Formatted",
    "Rolled",
    "Started",
    "find_files",
    "formatted",
    "rolled",
    "shape_of",
    "shared_skeleton",
    "skeleton",
    "start",
]
