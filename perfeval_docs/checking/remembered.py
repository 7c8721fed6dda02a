"""What earlier checks found, kept in one file and known again by the content of what they read."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from perfeval_docs.diagnostic import Diagnostic, Message, Related, Severity, Span
from perfeval_docs.output import CACHE, write_cache
from perfeval_docs.rules import YearEntry
from perfeval_docs.rules.year import PLACED

FILE: Final = "check.json"


# What JSON has no narrower type for.
Json = Any
Kept = tuple[str, Json]
"""The key of a record, and what was found in it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Remembered:
    """What a check of one record found; `others` are the files it read besides, with digests."""

    diagnostics: tuple[Diagnostic, ...]
    entry: YearEntry | None
    others: Mapping[str, str]


def recall(folder: Path) -> dict[str, Kept]:
    """Return what was kept, by record: its key and what `revive` makes of it.

    Nothing where there is no file, or one that is damaged or not ours.
    """
    try:
        kept = json.loads((folder / CACHE / FILE).read_bytes())
        return {str(name): (str(key), found) for name, (key, found) in kept.items()}
    except (OSError, ValueError, TypeError, AttributeError, RecursionError):
        return {}


def revive(found: Json) -> Remembered | None:
    """Return what was found; None if what was kept is damaged."""
    try:
        return Remembered(
            diagnostics=tuple(map(_diagnostic, found["diagnostics"])),
            entry=None if found["entry"] is None else _entry(found["entry"]),
            others={str(name): str(value) for name, value in found["others"].items()},
        )
    except (LookupError, TypeError, ValueError, AttributeError, RecursionError):
        return None


def keep(folder: Path, kept: Mapping[str, Kept]) -> None:
    """Write what is to be kept; where the machine refuses, the next check is slower, no more."""
    data = json.dumps(kept, ensure_ascii=False, separators=(",", ":"))
    write_cache(folder, FILE, data.encode("utf-8", "surrogatepass"))


def preserve(found: Remembered) -> Json:
    """Return what was found as JSON has it."""
    return {
        "diagnostics": [_plain_diagnostic(each) for each in found.diagnostics],
        "entry": None if found.entry is None else _plain_entry(found.entry),
        "others": dict(found.others),
    }


def _plain_diagnostic(found: Diagnostic) -> Json:
    return [
        found.code, found.name, found.severity.value, _plain_span(found.span),
        _plain_message(found.message),
        None if found.help is None else _plain_message(found.help),
        [[_plain_span(each.span), _plain_message(each.message)] for each in found.related],
        found.basis,
    ]  # fmt: skip


def _diagnostic(plain: Json) -> Diagnostic:
    code, name, severity, span, message, way_out, related, basis = plain
    return Diagnostic(
        code=_text(code),
        name=_text(name),
        severity=Severity(severity),
        span=_span(span),
        message=_message(message),
        help=None if way_out is None else _message(way_out),
        related=tuple(Related(span=_span(s), message=_message(m)) for s, m in related),
        basis=None if basis is None else _text(basis),
    )


def _plain_span(span: Span) -> Json:
    return [span.file, span.line, span.column, span.end_line, span.end_column]


def _span(plain: Json) -> Span:
    file, *numbers = plain
    line, column, end_line, end_column = map(_number, numbers)
    return Span(_text(file), line, column, end_line, end_column)


def _plain_message(message: Message | str) -> Json:
    if isinstance(message, str):
        return message
    return [message.template, {name: _plain_message(value) for name, value in message.values}]


def _message(plain: Json) -> Message:
    template, values = plain
    pairs = ((n, v if isinstance(v, str) else _message(v)) for n, v in values.items())
    return Message(_text(template), tuple(pairs))


def _plain_entry(entry: YearEntry) -> Json:
    return [
        entry.project, entry.implementing_unit, entry.competent_department, entry.fiscal_year,
        entry.profile, entry.grade, {key: _plain_span(at) for key, at in entry.places.items()},
        entry.is_full, entry.lost_points, entry.full_marks, dict(entry.decreed),
    ]  # fmt: skip


def _entry(plain: Json) -> YearEntry:
    *texts, places, is_full, lost_points, full_marks, decreed = plain
    project, unit, department, year, profile, grade = map(_text, texts)
    return YearEntry(
        project=project,
        implementing_unit=unit,
        competent_department=department,
        fiscal_year=year,
        profile=profile,
        grade=grade,
        places={key: _span(places[key]) for key in PLACED},
        is_full=is_full is True,
        lost_points=lost_points is True,
        full_marks=_number(full_marks),
        decreed={_text(name): _text(word) for name, word in decreed.items()},
    )


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError(value)
    return value


def _number(value: object) -> int:
    if not isinstance(value, int):
        raise TypeError(value)
    return value
