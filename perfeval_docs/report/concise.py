"""Diagnostics as a line each, for editors and for `grep`."""

from __future__ import annotations

from collections.abc import Sequence

from perfeval_docs.diagnostic import Diagnostic
from perfeval_docs.report.cells import visible
from perfeval_docs.report.words import Translate, place


def concise(diagnostics: Sequence[Diagnostic], translate: Translate) -> str:
    """Return `file:line:column: severity code name: message` for each, of any length.

    The severity is in English, as editors read it.
    """
    return "\n".join(_line(each, translate) for each in diagnostics)


def _line(found: Diagnostic, translate: Translate) -> str:
    message = found.message.translated(translate)
    return visible(
        f"{place(found.span)}: {found.severity.value} {found.code} {found.name}: {message}"
    )
