"""Records written anew without a change of what they say: one layout, and those of a new year."""

from perfeval_docs.editing.canonical import Formatted, formatted, shape_of
from perfeval_docs.editing.files import find_files
from perfeval_docs.editing.layout import KeyNames

__all__ = ["Formatted", "KeyNames", "find_files", "formatted", "shape_of"]
