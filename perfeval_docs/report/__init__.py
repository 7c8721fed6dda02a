"""Diagnostics to text."""

from perfeval_docs.report.text import Style, render

__all__ = ["Style", "render"]
