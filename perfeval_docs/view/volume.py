"""Compose the first pages of a volume of forms: which of the year's it holds."""

from __future__ import annotations

from dataclasses import dataclass

from perfeval_docs.profile import Profile
from perfeval_docs.record import YearWords
from perfeval_docs.summary import AnnualSummary
from perfeval_docs.view.summarising import Writer, department
from perfeval_docs.view.summary import ProjectRowView


@dataclass(frozen=True, slots=True, kw_only=True)
class VolumeView:
    """A volume as strings: all that its Word template can print.

    `number` is its own, of so many `volumes`; `first` and `last` are the numbers of its forms
    in the year, as `rows` have them.
    """

    title: str
    department: str
    fiscal_year: str
    number: str
    volumes: str
    first: str
    last: str
    rows: tuple[ProjectRowView, ...]


def compose_volumes(
    summary: AnnualSummary, words: YearWords, profile: Profile, *, forms: int
) -> tuple[VolumeView, ...]:
    """Return the volumes of a year, of so many forms each; the last may have fewer."""
    write = Writer(profile)
    rows = [write.project(number, each) for number, each in enumerate(summary.projects, 1)]
    parts = [tuple(rows[start : start + forms]) for start in range(0, len(rows), forms)]
    return tuple(
        VolumeView(
            title=f"{summary.fiscal_year}年度项目支出绩效自评表",
            department=department(summary, words),
            fiscal_year=str(summary.fiscal_year),
            number=str(number),
            volumes=str(len(parts)),
            first=part[0].number,
            last=part[-1].number,
            rows=part,
        )
        for number, part in enumerate(parts, 1)
    )
