"""A year's summary as prose: Markdown templates, through pandoc, to a finished Word file."""

from perfeval_docs.prose.annex import with_annex
from perfeval_docs.prose.finish import Figure, finish
from perfeval_docs.prose.markdown import Filled, Prose, compile_prose
from perfeval_docs.prose.pandoc import to_docx

__all__ = [
    "Figure",
    "Filled",
    "Prose",
    "compile_prose",
    "finish",
    "to_docx",
    "with_annex",
]
