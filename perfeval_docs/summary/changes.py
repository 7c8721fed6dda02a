"""Hold a year against the one before it."""

from __future__ import annotations

from collections import deque

from perfeval_docs.summary.model import AnnualSummary, Change, ProjectResult, YearChange

Key = tuple[str, str]


def compare(now: AnnualSummary, before: AnnualSummary) -> YearChange:
    """Pair the projects of two years by name and implementing unit, in the order of each year.

    Where a year has several of the same name and unit, the first goes with the first.
    """
    earlier: dict[Key, deque[ProjectResult]] = {}
    for each in before.projects:
        earlier.setdefault(_key(each), deque()).append(each)
    pairs = [Change(now=each, before=_next(earlier.get(_key(each)))) for each in now.projects]
    left = {id(each) for same in earlier.values() for each in same}
    return YearChange(
        before=before,
        continued=tuple(each for each in pairs if each.before is not None),
        new=tuple(each for each in pairs if each.before is None),
        ended=tuple(Change(now=None, before=each) for each in before.projects if id(each) in left),
    )


def _next(same: deque[ProjectResult] | None) -> ProjectResult | None:
    return same.popleft() if same else None


def _key(project: ProjectResult) -> Key:
    return project.record.project, project.record.implementing_unit
