"""Compose the first pages of a volume: its projects' results, indicators and changes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TypeVar

from perfeval_docs.profile import Profile
from perfeval_docs.record import YearWords
from perfeval_docs.summary import (
    AnnualSummary,
    IndicatorResult,
    ProjectResult,
    YearChange,
    money_of,
    simple_average,
)
from perfeval_docs.view.summarising import Writer, department
from perfeval_docs.view.summary import (
    ChangeRowView,
    IndicatorRowView,
    MoneyView,
    ProjectRowView,
    VolumeRowView,
)

R = TypeVar("R", IndicatorRowView, ChangeRowView)


@dataclass(frozen=True, slots=True, kw_only=True)
class VolumeView:
    """A volume as strings: all that its Word template can print.

    `number` is its own, of so many `volumes`; `first` and `last` are the numbers of its projects
    in the year, as `rows` have them, and `money` and `simple_average` are theirs. `deducted`,
    `far_over` and `changes` are what a summary has of these projects, each with the number of its
    project; `year_before` is blank without records of last year.
    """

    title: str
    department: str
    fiscal_year: str
    year_before: str
    number: str
    volumes: str
    first: str
    last: str
    amount_unit: str
    far_over_limit: str
    money: MoneyView
    simple_average: str
    rows: tuple[ProjectRowView, ...]
    deducted: tuple[IndicatorRowView, ...]
    far_over: tuple[IndicatorRowView, ...]
    changes: tuple[ChangeRowView, ...]

    @property
    def row(self) -> VolumeRowView:
        """What a summary says of it."""
        return VolumeRowView(
            number=self.number,
            first=self.first,
            last=self.last,
            projects=str(len(self.rows)),
            money=self.money,
            simple_average=self.simple_average,
        )


def compose_volumes(
    summary: AnnualSummary,
    change: YearChange | None,
    words: YearWords,
    profile: Profile,
    *,
    forms: int,
) -> tuple[VolumeView, ...]:
    """Return the volumes of a year, of so many forms each; the last may have fewer."""
    write = Writer(profile)
    projects = list(enumerate(summary.projects, 1))
    parts = [projects[start : start + forms] for start in range(0, len(projects), forms)]
    # A number of its own would change with what stands in the volumes before it.
    numbers = {each.stem: number for number, each in projects}
    deducted = _by_project(_indicators(summary.deducted, numbers, write))
    far_over = _by_project(_indicators(summary.far_over, numbers, write))
    changes = _by_project(() if change is None else write.changes(change, numbers))
    return tuple(
        VolumeView(
            title=f"{summary.fiscal_year}年度项目支出绩效自评表",
            department=department(summary, words),
            fiscal_year=str(summary.fiscal_year),
            year_before="" if change is None else str(change.before.fiscal_year),
            number=str(number),
            volumes=str(len(parts)),
            first=str(part[0][0]),
            last=str(part[-1][0]),
            amount_unit=profile.amount_unit.value,
            far_over_limit=write.limit(),
            money=write.money(money_of(each for _, each in part)),
            simple_average=write.score(simple_average(each for _, each in part)),
            rows=tuple(write.project(*each) for each in part),
            deducted=_of(part, deducted),
            far_over=_of(part, far_over),
            changes=_of(part, changes),
        )
        for number, part in enumerate(parts, 1)
    )


def _indicators(
    results: Iterable[IndicatorResult], numbers: Mapping[str, int], write: Writer
) -> Iterator[tuple[str, IndicatorRowView]]:
    """Yield the rows of indicators by the file stems of their forms, numbered as these."""
    for each in results:
        yield each.project.stem, write.indicator(numbers[each.project.stem], each)


def _by_project(rows: Iterable[tuple[str, R]]) -> dict[str, list[R]]:
    found = defaultdict[str, list[R]](list)
    for stem, row in rows:
        found[stem].append(row)
    return dict(found)


def _of(part: Iterable[tuple[int, ProjectResult]], rows: Mapping[str, list[R]]) -> tuple[R, ...]:
    """Return the rows of a volume's projects."""
    return tuple(row for _, each in part for row in rows.get(each.stem, ()))
