"""The shape of what changed: texts as the form has them, figures as they are printed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from perfeval_docs.diagnostic import Diagnostic

ChangeKind = Literal["changed", "added", "removed", "unreadable"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One value: where it stands on the form, outermost first, and what it was and is.

    None is a value that is not there. `is_long` is a text of paragraphs.
    """

    path: tuple[str, ...]
    before: str | None
    after: str | None
    is_long: bool = False

    @property
    def is_same(self) -> bool:
        """Tell whether the value is as it was."""
        return self.before == self.after


@dataclass(frozen=True, slots=True, kw_only=True)
class IndicatorChange:
    """An indicator that changed, came or went, in its levels and by its name of afterwards.

    `changes` are its own; of one that came or went, all that it says.
    """

    kind: ChangeKind
    level1: str
    level2: str
    name: str
    changes: tuple[Change, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ProjectChange:
    """A project that changed, came or went; one with faults of reading is not compared.

    `before` and `after` are its files. `score` and `grade` are the total score and the grade,
    whether they changed or not; None in them is what the rules do not give. `difference` is that
    of the scores, with its sign, where there is one.
    """

    kind: ChangeKind
    project: str
    before: str | None
    after: str | None
    changes: tuple[Change, ...] = ()
    indicators: tuple[IndicatorChange, ...] = ()
    score: Change
    grade: Change
    difference: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """What changed between two sides, named as they were asked for; `same` projects did not."""

    before: str
    after: str
    projects: tuple[ProjectChange, ...]
    same: int
    diagnostics: tuple[Diagnostic, ...]
    texts: Mapping[str, str]

    @property
    def is_same(self) -> bool:
        """Tell whether nothing changed, and all could be read."""
        return not self.projects
