"""What changed between two records, years, revisions or bundles, in the language of the form."""

from perfeval_docs.compare.document import document
from perfeval_docs.compare.model import Change, Comparison, IndicatorChange, ProjectChange
from perfeval_docs.compare.records import compare
from perfeval_docs.compare.render import markdown, text
from perfeval_docs.compare.sides import DEFAULTS, Side, side_of_path

__all__ = [
    "DEFAULTS",
    "Change",
    "Comparison",
    "IndicatorChange",
    "ProjectChange",
    "Side",
    "compare",
    "document",
    "markdown",
    "side_of_path",
    "text",
]
