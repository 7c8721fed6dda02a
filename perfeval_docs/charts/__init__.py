"""Figures of the annual summary as SVG and PNG."""

from perfeval_docs.charts.render import Chart, render_chart

__all__ = ["Chart", "render_chart"]
