"""Our own documents: the record that they carry, as long as their cells still say what it says."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePath
from typing import Final

from perfeval_docs.carried import Carried, CarriedError, carried_in
from perfeval_docs.grid import without_space
from perfeval_docs.importing.form import Form, Found
from perfeval_docs.importing.write import AMOUNTS, scalar
from perfeval_docs.profile import load_profile, profile_names
from perfeval_docs.record import Record, decode_record
from perfeval_docs.record.keys import KEYS
from perfeval_docs.record.model import Defaults
from perfeval_docs.scoring import assess
from perfeval_docs.source import Mapping, read_source
from perfeval_docs.view import FormView, compose

_ROWS: Final = ("declared_total", "appropriation", "carryover", "other_funds")


@dataclass(frozen=True, slots=True)
class Own:
    """What a document carries: a record's whole text, or None if its cells say otherwise by now."""

    text: str | None


def own_record(data: bytes, name: str, form: Form) -> Own | None:
    """Return the record that a document of ours carries for its one form; None if it has none.

    The text says itself what the record's folder shared with it. A profile of the unit's own
    cannot be had from a document: such a record is taken from the cells.
    """
    if PurePath(name).suffix.casefold() not in (".docx", ".pdf"):
        return None
    try:
        carried = carried_in(data, name)
    except CarriedError:
        return None
    first, *others = carried.files
    source = read_source(first.text.encode(), first.name)
    shared = [
        read_source(each.text.encode(), each.name) for each in others if each.kind == "defaults"
    ]
    record = decode_record(source, shared).value
    if record is None or record.profile not in profile_names():
        return None
    profile = load_profile(record.profile).value
    if profile is None or not isinstance(source.root, Mapping):
        return None
    view = compose(record, assess(record, profile), profile)
    if list(_printed(view)) != list(_seen(form)):
        return Own(None)
    written = {KEYS.name(Record, entry.key) for entry in source.root.entries}
    is_english = any(entry.key.value in Record.model_fields for entry in source.root.entries)
    return Own(first.text + _shared(record, written, carried, english=is_english))


def _shared(record: Record, written: set[str | None], carried: Carried, *, english: bool) -> str:
    """Return the lines of what only the record's folder says."""
    lines = []
    for key in Defaults.model_fields:
        value = getattr(record, key)
        if key not in written and value is not None:
            name = key if english else KEYS.label(Record, key)
            lines.append(f"{name}: {scalar(str(value))}\n")
    if not lines:
        return ""
    break_ = "" if carried.files[0].text.endswith("\n") else "\n"
    return f"{break_}\n# 原来写在文件夹的 perfeval.yaml 里\n{''.join(lines)}"


def _printed(view: FormView) -> Iterator[str]:
    """Yield what a form prints, part by part, without white space."""
    parts: list[str] = [view.project, view.competent_department, view.implementing_unit]
    for number, row in enumerate(view.funds):
        parts += (row.initial_budget, row.adjusted_budget, row.executed, row.execution_rate)
        parts += (row.points, row.score) if number == 0 else ()
    parts += ("".join(view.goal.expected), "".join(view.goal.achieved))
    for level in view.levels:
        for group in level.groups:
            for each in group.indicators:
                parts += (level.name, group.name, each.name, each.target, each.actual)
                parts += (each.points, each.score, "".join(each.remarks))
    parts += (view.total_score, view.grade)
    yield from map(_squeezed, parts)


def _seen(form: Form) -> Iterator[str]:
    """Yield what the cells of a form say, in the same order."""
    fields = form.fields
    parts = [
        _text(fields.get(name)) for name in ("project", "competent_department", "implementing_unit")
    ]
    for name in _ROWS:
        cells = form.funds.get(name, {})
        parts += (_text(cells.get(key)) for key in (*AMOUNTS, "rate"))
        if name == "declared_total":
            parts += (_text(cells.get("points")), _text(cells.get("score")))
    for name in ("expected", "achieved"):
        parts.append("".join(each.text for each in form.goals.get(name, [])))
    for row in form.rows:
        parts += (row.level1.name, row.level2.name)
        parts += (_text(row.cells.get(key)) for key in ("indicator", "target", "actual"))
        parts += (_text(row.cells.get(key)) for key in ("points", "score", "deviation_reason"))
    parts += (_text(form.total_score), _text(form.grade))
    yield from map(_squeezed, parts)


def _text(found: Found | None) -> str:
    return "" if found is None else found.text


def _squeezed(text: str) -> str:
    return "" if text == "-" else without_space(text)
