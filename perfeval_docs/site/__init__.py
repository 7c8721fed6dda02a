"""A year's site: pages of plain HTML that need no server, no script and nothing from outside."""

from perfeval_docs.site.render import page_names, render_projects, render_site

__all__ = ["page_names", "render_projects", "render_site"]
