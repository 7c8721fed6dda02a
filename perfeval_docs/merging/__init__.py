"""Changes that were made in a Word form or the workbook, merged into the records by now."""

from perfeval_docs.merging.edited import Unclear
from perfeval_docs.merging.sieve import NoFigure
from perfeval_docs.merging.threeway import Conflict
from perfeval_docs.merging.update import Updated, update_from_form
from perfeval_docs.merging.workbook import FromWorkbook, update_from_workbook

__all__ = [
    "Conflict",
    "FromWorkbook",
    "NoFigure",
    "Unclear",
    "Updated",
    "update_from_form",
    "update_from_workbook",
]
