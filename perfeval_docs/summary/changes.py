"""Hold a year against the one before it."""

from __future__ import annotations

from perfeval_docs.summary.model import AnnualSummary, Change, ProjectResult, YearChange

Key = tuple[str, str]


def compare(now: AnnualSummary, before: AnnualSummary) -> YearChange:
    """Pair the projects of two years by name and implementing unit, in this year's order."""
    earlier = {_key(each): each for each in before.projects}
    current = {_key(each): each for each in now.projects}
    pairs = [Change(now=each, before=earlier.get(key)) for key, each in current.items()]
    return YearChange(
        before=before,
        continued=tuple(each for each in pairs if each.before is not None),
        new=tuple(each for each in pairs if each.before is None),
        ended=tuple(
            Change(now=None, before=each) for key, each in earlier.items() if key not in current
        ),
    )


def _key(project: ProjectResult) -> Key:
    return project.record.project, project.record.implementing_unit
