"""Tell what a code of the catalogue means, with examples that are run."""

from perfeval_docs.explain.pages import Page, page, page_names, refuse_unknown
from perfeval_docs.explain.text import page_text, title_of

__all__ = ["Page", "page", "page_names", "page_text", "refuse_unknown", "title_of"]
