"""Diagnostics to text."""

from perfeval_docs.report.formats import render
from perfeval_docs.report.summary import summary
from perfeval_docs.settings import Style

__all__ = ["Style", "render", "summary"]
