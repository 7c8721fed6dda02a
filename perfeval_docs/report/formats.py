"""The formats that diagnostics are reported in."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import assert_never

from perfeval_docs.diagnostic import Diagnostic, in_order
from perfeval_docs.report.concise import concise
from perfeval_docs.report.full import full
from perfeval_docs.report.github import github
from perfeval_docs.report.json_report import json_report
from perfeval_docs.report.sarif import sarif
from perfeval_docs.report.words import Translate
from perfeval_docs.settings import Style


def render(
    diagnostics: Iterable[Diagnostic],
    texts: Mapping[str, str],
    style: Style,
    translate: Translate,
) -> str:
    """Return diagnostics as text, in their one canonical order, repeats once.

    `texts` holds the files to quote, by name; `translate` puts an English template into
    the reader's language. `json` and `sarif` are documents that end with a line break, also
    of no diagnostics; the others are lines, without a break after the last one, or nothing.
    """
    found = in_order(diagnostics)
    match style:
        case "full":
            return full(found, texts, translate)
        case "concise":
            return concise(found, translate)
        case "json":
            return json_report(found, translate)
        case "sarif":
            return sarif(found, translate)
        case "github":
            return github(found, translate)
        case _:
            assert_never(style)
