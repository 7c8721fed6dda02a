"""Compose a workbook: which sheets a year has, in which order."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from perfeval_docs.diagnostic import Diagnostic
from perfeval_docs.profile import Profile
from perfeval_docs.summary import AnnualSummary, YearChange
from perfeval_docs.view.workbook.changes import changes
from perfeval_docs.view.workbook.findings import findings as findings_sheet
from perfeval_docs.view.workbook.indicators import deducted, every, far_over, level1s, level2s
from perfeval_docs.view.workbook.model import WorkbookView
from perfeval_docs.view.workbook.results import bands, grades, results, units


def compose_workbook(
    summary: AnnualSummary,
    change: YearChange | None,
    findings: Sequence[Diagnostic] | None,
    profile: Profile,
    translate: Callable[[str], str],
) -> WorkbookView:
    """Return the sheets of a year: results first, then indicators, last what a check found.

    Units have a sheet if there are several, last year and findings if they are given. `translate`
    puts the messages of findings into the reader's language; all else is worded as the forms are.
    """
    sheets = [results(summary, profile)]
    if len(summary.units) > 1:
        sheets.append(units(summary, profile))
    sheets += [
        grades(summary, profile),
        bands(summary, profile),
        level1s(summary, profile),
        level2s(summary, profile),
        every(summary, profile),
        deducted(summary, profile),
        far_over(summary, profile),
    ]
    if change is not None:
        sheets.append(changes(summary, change, profile))
    if findings is not None:
        sheets.append(findings_sheet(summary, findings, translate))
    return WorkbookView(sheets=tuple(sheets))
