"""What changed, for programs: a JSON document of a stable shape."""

from __future__ import annotations

import json
from typing import Final

from perfeval_docs.compare.model import Change, Comparison, IndicatorChange, ProjectChange

VERSION: Final = 1
"""Of the shape; it goes up when a key changes its meaning or goes away, not when one is added."""


def document(comparison: Comparison) -> str:
    """Return `{"version": 1, "before": …, "after": …, "same": …, "projects": […]}`.

    A project has `kind` (changed, added, removed, unreadable), `project`, its files `before` and
    `after`, `score`, `grade`, the `difference` of the scores, `changes`, and `indicators` with
    `kind`, `level1`, `level2`, `name` and `changes`. A change has `path` (labels of the form,
    outermost first), `before` and `after`: texts as typed, null where there is none.
    """
    whole = {
        "version": VERSION,
        "before": comparison.before,
        "after": comparison.after,
        "same": comparison.same,
        "projects": [_project(each) for each in comparison.projects],
    }
    return json.dumps(whole, ensure_ascii=False, indent=2) + "\n"


def _project(project: ProjectChange) -> dict[str, object]:
    return {
        "kind": project.kind,
        "project": project.project,
        "before": project.before,
        "after": project.after,
        "score": _change(project.score),
        "grade": _change(project.grade),
        "difference": project.difference,
        "changes": [_change(each) for each in project.changes],
        "indicators": [_indicator(each) for each in project.indicators],
    }


def _indicator(indicator: IndicatorChange) -> dict[str, object]:
    return {
        "kind": indicator.kind,
        "level1": indicator.level1,
        "level2": indicator.level2,
        "name": indicator.name,
        "changes": [_change(each) for each in indicator.changes],
    }


def _change(change: Change) -> dict[str, object]:
    return {"path": list(change.path), "before": change.before, "after": change.after}
