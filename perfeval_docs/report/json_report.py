"""Diagnostics for programs: a JSON document of a stable shape."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from perfeval_docs.diagnostic import Diagnostic, Message, Related, Span
from perfeval_docs.report.document import document
from perfeval_docs.report.words import Translate

VERSION: Final = 1
"""Of the shape; it goes up when a key changes its meaning or goes away, not when one is added."""


def json_report(diagnostics: Sequence[Diagnostic], translate: Translate) -> str:
    """Return `{"diagnostics": […], "version": 1}`.

    Each diagnostic has all of these keys:

    - `code`, `name`: of the rule, such as `PE018` and `key-repeated`; never translated;
    - `severity`: `error`, `warning` or `info`;
    - `message`: a sentence; `help` and `basis`: a sentence or null; in the reader's language;
    - `file`: the path as the run was asked for it, with `/`;
    - `line`, `column`, `end_line`, `end_column`: from 1, in characters, the end exclusive;
    - `related`: other places, each with `message`, `file` and the four numbers.
    """
    faults = [_diagnostic(each, translate) for each in diagnostics]
    return document({"diagnostics": faults, "version": VERSION})


def _diagnostic(found: Diagnostic, translate: Translate) -> dict[str, object]:
    def say(message: Message | None) -> str | None:
        return None if message is None else message.translated(translate)

    return {
        "code": found.code,
        "name": found.name,
        "severity": found.severity.value,
        "message": say(found.message),
        "help": say(found.help),
        "basis": None if found.basis is None else translate(found.basis),
        "related": [_related(each, translate) for each in found.related],
        **_span(found.span),
    }


def _related(related: Related, translate: Translate) -> dict[str, object]:
    return {"message": related.message.translated(translate), **_span(related.span)}


def _span(span: Span) -> dict[str, object]:
    return {
        "file": span.file,
        "line": span.line,
        "column": span.column,
        "end_line": span.end_line,
        "end_column": span.end_column,
    }
