"""Rules over all the forms of a year."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from perfeval_docs.diagnostic import Diagnostic, Related, Severity, Span, msg
from perfeval_docs.rules.model import Form

YEAR_RULES: Final = (
    "year-all-full-marks", "project-duplicate", "summary-count-wrong", "summary-issues-wrong",
    "problem-without-measure", "summary-slot-blank",
)  # fmt: skip
_FEWEST: Final = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class YearEntry:
    """What the rules of a year need of one form; small, so that processes can pass it on.

    `decreed` are the severities that its profile gives the rules of a year, `full_marks` the
    profile's limit in percent; those of the first form hold for the year.
    """

    project: str
    implementing_unit: str
    grade: str
    place: Span
    is_full: bool
    lost_points: bool
    full_marks: int
    decreed: Mapping[str, str]


def year_entry(form: Form) -> YearEntry:
    """Return a form's entry in its year."""
    words = form.profile.severities.value
    return YearEntry(
        project=form.record.project,
        implementing_unit=form.record.implementing_unit,
        grade=form.assessment.grade or "",
        place=form.place(("project",)),
        is_full=form.assessment.total_score.printed == form.assessment.full_points,
        lost_points=any(e.assessed.score.printed != e.indicator.points for e in form.entries),
        full_marks=int(form.profile.year_full_marks.value),
        decreed={name: word for name, word in words.items() if name in YEAR_RULES},
    )


def check_year(entries: Sequence[YearEntry]) -> Iterator[Diagnostic]:
    """Yield what is wrong with the forms of one year together; they are in order of file."""
    yield from decreed(_found(entries), entries)


def decreed(
    diagnostics: Iterable[Diagnostic], entries: Sequence[YearEntry]
) -> Iterator[Diagnostic]:
    """Yield diagnostics with the severities that the year's profile gives them."""
    words = entries[0].decreed if entries else {}
    for found in diagnostics:
        word = words.get(found.name, found.severity.value)
        if word != "off":
            yield replace(found, severity=Severity(word))


def _found(entries: Sequence[YearEntry]) -> Iterator[Diagnostic]:
    yield from _duplicates(entries)
    if len(entries) >= _FEWEST:
        yield from _all_full_marks(entries)


def _duplicates(entries: Sequence[YearEntry]) -> Iterator[Diagnostic]:
    first: dict[tuple[str, str], YearEntry] = {}
    for entry in entries:
        key = (entry.project, entry.implementing_unit)
        if key not in first:
            first[key] = entry
            continue
        yield Diagnostic(
            code="PE502",
            name="project-duplicate",
            severity=Severity.ERROR,
            span=entry.place,
            message=msg("{project} has two records this year", project=entry.project),
            help=msg("delete one, or tell the projects apart in their names"),
            related=(Related(span=first[key].place, message=msg("the first is here")),),
        )


def _all_full_marks(entries: Sequence[YearEntry]) -> Iterator[Diagnostic]:
    full, count = sum(entry.is_full for entry in entries), len(entries)
    if full * 100 >= count * entries[0].full_marks:
        message = msg(
            "{full} of {count} projects have full points", full=str(full), count=str(count)
        )
    elif not any(entry.lost_points for entry in entries):
        message = msg("of {count} projects no indicator lost a point", count=str(count))
    else:
        return
    yield Diagnostic(
        code="PE501",
        name="year-all-full-marks",
        severity=Severity.WARNING,
        span=entries[0].place,
        message=message,
        help=msg("read the forms again; `--ignore PE501` if all is right"),
    )
