"""Rules over all the forms of a year."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from perfeval_docs.diagnostic import Diagnostic, Related, Severity, msg
from perfeval_docs.rules.model import Form

_MOST: Final = 80
_FEWEST: Final = 3


def check_year(forms: Sequence[Form]) -> Iterator[Diagnostic]:
    """Yield what is wrong with the forms of one year together; they are in order of file."""
    yield from _duplicates(forms)
    if len(forms) >= _FEWEST:
        yield from _all_full_marks(forms)


def _duplicates(forms: Sequence[Form]) -> Iterator[Diagnostic]:
    first: dict[tuple[str, str], Form] = {}
    for form in forms:
        key = (form.record.project, form.record.implementing_unit)
        if key not in first:
            first[key] = form
            continue
        yield Diagnostic(
            code="PE502",
            name="project-duplicate",
            severity=Severity.ERROR,
            span=form.place(("project",)),
            message=msg("{project} has two records this year", project=form.record.project),
            help=msg("delete one, or tell the projects apart in their names"),
            related=(
                Related(span=first[key].place(("project",)), message=msg("the first is here")),
            ),
        )


def _all_full_marks(forms: Sequence[Form]) -> Iterator[Diagnostic]:
    full = sum(form.assessment.total_score.printed == form.assessment.full_points for form in forms)
    lost = any(
        entry.assessed.score.printed != entry.indicator.points
        for form in forms
        for entry in form.entries
    )
    if full * 100 >= len(forms) * _MOST:
        message = msg(
            "{full} of {count} projects have full points", full=str(full), count=str(len(forms))
        )
    elif not lost:
        message = msg("of {count} projects no indicator lost a point", count=str(len(forms)))
    else:
        return
    yield Diagnostic(
        code="PE501",
        name="year-all-full-marks",
        severity=Severity.WARNING,
        span=forms[0].place(("project",)),
        message=message,
        help=msg("a reviewer will ask whether the targets were set too low"),
    )
