"""A year's figures as an Excel workbook."""

from perfeval_docs.workbook.render import render_workbook

__all__ = ["render_workbook"]
