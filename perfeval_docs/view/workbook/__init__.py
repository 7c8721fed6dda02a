"""A year's figures as sheets of exact values, each total with how it comes about."""

from perfeval_docs.view.workbook.compose import compose_workbook
from perfeval_docs.view.workbook.model import (
    Average,
    Cell,
    ColumnView,
    How,
    Ratio,
    Same,
    SheetView,
    Sum,
    TotalView,
    WorkbookView,
)

__all__ = [
    "Average",
    "Cell",
    "ColumnView",
    "How",
    "Ratio",
    "Same",
    "SheetView",
    "Sum",
    "TotalView",
    "WorkbookView",
    "compose_workbook",
]
