"""Figures of the annual summary as SVG and PNG."""
