"""Diagnostics as workflow commands, which GitHub Actions shows as annotations of the files."""

from __future__ import annotations

from collections.abc import Sequence
from types import MappingProxyType
from typing import Final

from perfeval_docs.diagnostic import Diagnostic, Severity, Span
from perfeval_docs.report.cells import visible
from perfeval_docs.report.words import Translate, advice, place

_COMMANDS: Final = MappingProxyType(
    {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}
)
_IN_MESSAGES: Final = MappingProxyType(str.maketrans({"%": "%25", "\r": "%0D", "\n": "%0A"}))
_IN_PROPERTIES: Final = MappingProxyType(
    {**_IN_MESSAGES, **str.maketrans({":": "%3A", ",": "%2C"})}
)


def github(diagnostics: Sequence[Diagnostic], translate: Translate) -> str:
    """Return a line `::error file=…,line=…,…,title=…::message` for each.

    The message begins with the place, since the log of a run shows nothing else of the line;
    basis and way out follow in lines of their own. Hidden characters are shown as symbols,
    in file names too.
    """
    return "\n".join(_command(each, translate) for each in diagnostics)


def _command(found: Diagnostic, translate: Translate) -> str:
    properties = {
        "file": found.span.file,
        **_region(found.span),
        "title": f"{found.code} {found.name}",
    }
    listed = ",".join(
        f"{key}={visible(value).translate(_IN_PROPERTIES)}" for key, value in properties.items()
    )
    first = f"{place(found.span)}: {found.message.translated(translate)}"
    message = "\n".join(map(visible, (first, *advice(found, translate))))
    return f"::{_COMMANDS[found.severity]} {listed}::{message.translate(_IN_MESSAGES)}"


def _region(span: Span) -> dict[str, str]:
    """Return where it is; GitHub refuses columns of a stretch that goes on in another line."""
    if span.line != span.end_line:
        return {"line": str(span.line), "endLine": str(span.end_line)}
    return {
        "line": str(span.line),
        "col": str(span.column),
        "endLine": str(span.end_line),
        "endColumn": str(span.end_column),
    }
