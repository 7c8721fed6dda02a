"""Rules over all the forms of a year."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from perfeval_docs.diagnostic import Diagnostic, Related, Severity, Span, msg
from perfeval_docs.rules.model import Form

YEAR_RULES: Final = (
    "year-all-full-marks", "project-duplicate", "summary-count-wrong", "summary-issues-wrong",
    "problem-without-measure", "summary-slot-blank", "fiscal-years-differ", "profiles-differ",
    "departments-differ",
)  # fmt: skip
_FEWEST: Final = 3
PLACED: Final = ("project", "fiscal_year", "competent_department", "profile")
"""The values of a form that findings of a year stand at."""


@dataclass(frozen=True, slots=True, kw_only=True)
class YearEntry:
    """What the rules of a year need of one form; small, so that processes can pass it on.

    `places` are those of the `PLACED` values. `decreed` are the severities that its profile
    gives the rules of a year, `full_marks` the profile's limit in percent; those of the first form
    hold for the year.
    """

    project: str
    implementing_unit: str
    competent_department: str
    fiscal_year: str
    profile: str
    grade: str
    places: Mapping[str, Span]
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
        competent_department=form.record.competent_department,
        fiscal_year=str(form.record.fiscal_year),
        profile=form.record.profile,
        grade=form.assessment.grade or "",
        places={key: form.place((key,)) for key in PLACED},
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
    yield from _other_years(entries)
    yield from _other_profiles(entries)
    yield from _other_departments(entries)
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
            span=entry.places["project"],
            message=msg("{project} has two records this year", project=entry.project),
            help=msg("delete one, or tell the projects apart in their names"),
            related=(Related(span=first[key].places["project"], message=msg("the first is here")),),
        )


def _other_years(entries: Sequence[YearEntry]) -> Iterator[Diagnostic]:
    """Yield each form of another year than most: its money would be counted in this one."""
    usual, others = _apart([entry.fiscal_year for entry in entries])
    for number in others:
        entry = entries[number]
        yield Diagnostic(
            code="PE507",
            name="fiscal-years-differ",
            severity=Severity.ERROR,
            span=entry.places["fiscal_year"],
            message=msg(
                "{project} is of {year}; of the {every} projects of this folder {count} are of "
                "{usual}",
                project=entry.project,
                year=entry.fiscal_year,
                every=str(len(entries)),
                count=str(len(entries) - len(others)),
                usual=usual,
            ),
            help=msg("correct the year, or move the record into the folder of its year"),
        )


def _other_profiles(entries: Sequence[YearEntry]) -> Iterator[Diagnostic]:
    """Yield the first form of each profile that most of the year's are not judged by."""
    for number, count, usual, others in _firsts_apart([entry.profile for entry in entries]):
        yield Diagnostic(
            code="PE508",
            name="profiles-differ",
            severity=Severity.WARNING,
            span=entries[number].places["profile"],
            message=msg(
                "{count} of {every} projects are judged by the profile {profile}, {others} by "
                "{usual}",
                count=str(count),
                others=str(others),
                every=str(len(entries)),
                profile=entries[number].profile,
                usual=usual,
            ),
            help=msg(
                "name one profile for all, in perfeval.yaml: grades and roundings of two do not "
                "make one summary"
            ),
        )


def _other_departments(entries: Sequence[YearEntry]) -> Iterator[Diagnostic]:
    """Yield the first form of each department that is not the one of most of the year's."""
    departments = [entry.competent_department for entry in entries]
    for number, count, usual, others in _firsts_apart(departments):
        yield Diagnostic(
            code="PE509",
            name="departments-differ",
            severity=Severity.WARNING,
            span=entries[number].places["competent_department"],
            message=msg(
                "{count} of {every} projects name the department {department}, {others} {usual}",
                count=str(count),
                others=str(others),
                every=str(len(entries)),
                department=departments[number],
                usual=usual,
            ),
            help=msg(
                "if they are one, write its full name everywhere, best in perfeval.yaml; "
                "otherwise `--ignore PE509`: the summary names them all"
            ),
        )


def _apart(values: Sequence[str]) -> tuple[str, list[int]]:
    """Return the commonest of values, the first of several, and the places of the others."""
    if not values:
        return "", []
    usual, _ = Counter(values).most_common(1)[0]
    return usual, [number for number, value in enumerate(values) if value != usual]


def _firsts_apart(values: Sequence[str]) -> Iterator[tuple[int, int, str, int]]:
    """Yield each value but the commonest by its first place and its count.

    Behind them come the commonest value and its count.
    """
    usual, others = _apart(values)
    counts = Counter(values)
    for number in {values[n]: n for n in reversed(others)}.values():
        yield number, counts[values[number]], usual, counts[usual]


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
        span=entries[0].places["project"],
        message=message,
        help=msg("read the forms again; `--ignore PE501` if all is right"),
    )
