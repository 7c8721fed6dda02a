"""The form that is timed: a real record, its indicators repeated or cut to a number."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import UTC, datetime
from itertools import cycle, islice
from pathlib import Path
from random import Random
from typing import Any

from perfeval_docs.build.reports import form_view
from perfeval_docs.checking import prepare, read_inputs, record_file
from perfeval_docs.ooxml import DocumentProperties
from perfeval_docs.view import FormView, Level1View, Level2View

DATA = Path("data")
_LABEL = 12
_CHARACTERS = "围绕科技人才平台以及大型仪器开放共享等中心重点工作持续扩大和深化宣传推广力度"


def form_of(stem: str, *, indicators: int) -> tuple[FormView, DocumentProperties]:
    """Return a form with so many indicators, in two groups of two, and what its file says."""
    prepared = prepare(read_inputs(record_file(DATA / "2024" / f"{stem}.yaml", DATA)), lambda _: ())
    view = form_view(prepared)
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


def with_new_texts(form: FormView, seed: int) -> FormView:
    """Return the form with other figures and, in its long texts, other words."""
    random = Random(seed)  # noqa: S311  # texts, no secrets
    return _changed(form, random)  # type: ignore[no-any-return]  # a form comes out of a form


def _changed(value: Any, random: Random) -> Any:  # noqa: ANN401  # any part of a form
    if isinstance(value, str):
        return "".join(_other(char, random, words=len(value) > _LABEL) for char in value)
    if isinstance(value, tuple):
        return tuple(_changed(each, random) for each in value)
    parts = {f.name: _changed(getattr(value, f.name), random) for f in fields(value)}
    return replace(value, **parts)


def _other(char: str, random: Random, *, words: bool) -> str:
    if char.isdigit():
        return random.choice("0123456789")
    return random.choice(_CHARACTERS) if words and "\u4e00" <= char <= "\u9fff" else char
