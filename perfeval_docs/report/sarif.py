"""Diagnostics as SARIF 2.1.0, which code scanning services and editors read."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from types import MappingProxyType
from typing import Final
from urllib.parse import quote

from perfeval_docs import __version__
from perfeval_docs.diagnostic import Diagnostic, Related, Severity, Span, msg
from perfeval_docs.report.cells import visible
from perfeval_docs.report.document import document
from perfeval_docs.report.words import Translate, advice

SCHEMA: Final = (
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
)
TOOL_VERSION: Final = __version__
"""The version in pyproject.toml, of which a checkout that is not installed knows nothing."""

_LEVELS: Final = MappingProxyType(
    {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}
)
_LANGUAGE: Final = msg("en-US")


def sarif(diagnostics: Sequence[Diagnostic], translate: Translate) -> str:
    """Return a SARIF log of one run, its rules those that speak, in the order of their codes.

    Section numbers in this module are those of the standard.
    """
    rules = _speaking(diagnostics)
    indices = {code: index for index, code in enumerate(rules)}
    run = {
        "tool": {
            "driver": {
                "name": "perfeval_docs",
                "version": TOOL_VERSION,
                "rules": [_rule(each) for each in rules.values()],
            }
        },
        "columnKind": "unicodeCodePoints",
        "language": _LANGUAGE.translated(translate),
        "results": [_result(each, indices[each.code], translate) for each in diagnostics],
    }
    return document({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]})


def _speaking(diagnostics: Iterable[Diagnostic]) -> dict[str, Diagnostic]:
    """Return for each code, in order, the most severe diagnostic, the first if there are more."""
    severities = list(Severity)
    by_severity = sorted(diagnostics, key=lambda each: severities.index(each.severity))
    found: dict[str, Diagnostic] = {}
    for each in by_severity:
        found.setdefault(each.code, each)
    return dict(sorted(found.items()))


def _rule(found: Diagnostic) -> dict[str, object]:
    words = found.name.split("-")
    return {
        "id": found.code,
        "name": "".join(word.capitalize() for word in words),
        "shortDescription": _message(" ".join(words)),
        "defaultConfiguration": {"level": _LEVELS[found.severity]},
    }


def _result(found: Diagnostic, rule: int, translate: Translate) -> dict[str, object]:
    message = found.message.translated(translate)
    result: dict[str, object] = {
        "ruleId": found.code,
        "ruleIndex": rule,
        "level": _LEVELS[found.severity],
        "message": _message(message, *advice(found, translate)),
        "locations": [{"physicalLocation": _place(found.span)}],
    }
    if found.related:
        related = enumerate(found.related, 1)
        result["relatedLocations"] = [_related(each, id_, translate) for id_, each in related]
    return result


def _related(related: Related, number: int, translate: Translate) -> dict[str, object]:
    return {
        "id": number,
        "message": _message(related.message.translated(translate)),
        "physicalLocation": _place(related.span),
    }


def _message(*paragraphs: str) -> dict[str, object]:
    """Return a plain text message (3.11.3), hidden characters shown as symbols.

    Braces are doubled, for they stand for arguments (3.11.5); what looks like a link (3.11.6)
    is drawn apart, for there is no way to write it otherwise.
    """
    text = "\n".join(map(visible, paragraphs))
    return {"text": text.replace("{", "{{").replace("}", "}}").replace("](", "] (")}


def _place(span: Span) -> dict[str, object]:
    return {
        "artifactLocation": {"uri": _uri(span.file)},
        "region": {
            "startLine": span.line,
            "startColumn": span.column,
            "endLine": span.end_line,
            "endColumn": span.end_column,
        },
    }


def _uri(file: str) -> str:
    """Return a path as a URI: a relative reference (3.4.3), or `file:` for an absolute path."""
    path = quote(file, safe="/", errors="surrogatepass")
    return f"file://{path}" if path.startswith("/") else path
