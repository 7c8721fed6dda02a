"""Diagnostics to text."""

from perfeval_docs.report.formats import Style, render
from perfeval_docs.report.summary import summary

__all__ = ["Style", "render", "summary"]
