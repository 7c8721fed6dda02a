"""The form that is timed: a real record, its indicators repeated or cut to a number."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from itertools import cycle, islice
from pathlib import Path

from perfeval_docs.build import prepare, record_file
from perfeval_docs.view import FormView, Level1View, Level2View
from perfeval_docs.word import DocumentProperties

DATA = Path("data")


def form_of(stem: str, *, indicators: int) -> tuple[FormView, DocumentProperties]:
    """Return a form with so many indicators, in two groups of two, and what its file says."""
    prepared = prepare(record_file(DATA / "2024" / f"{stem}.yaml", DATA), lambda _: ())
    view = prepared.view
    if view is None:
        raise ValueError(stem)
    written = [each for one in view.levels for two in one.groups for each in two.indicators]
    rows = tuple(islice(cycle(written), indicators))
    half, quarter = indicators // 2, indicators // 4
    groups = (rows[:quarter], rows[quarter:half], rows[half:-quarter], rows[-quarter:])
    names = tuple((level.name, group.name) for level in view.levels for group in level.groups)
    first, second, third, fourth = (
        Level2View(name=name, indicators=group)
        for (_, name), group in zip(names[:4], groups, strict=True)
    )
    levels = (
        Level1View(name=names[0][0], groups=(first, second)),
        Level1View(name=names[3][0], groups=(third, fourth)),
    )
    properties = DocumentProperties(
        title=view.project, author=view.implementing_unit, date=datetime(2025, 6, 30, tzinfo=UTC)
    )
    return replace(view, levels=levels), properties
