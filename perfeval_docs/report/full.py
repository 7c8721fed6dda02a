"""Diagnostics for people: each with the lines that it is about, and how many there are."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import Final

from perfeval_docs.diagnostic import Diagnostic, Severity, Span, msg
from perfeval_docs.report.cells import visible
from perfeval_docs.report.excerpt import Lines, excerpt
from perfeval_docs.report.summary import summary
from perfeval_docs.report.words import Translate, advice, place
from perfeval_docs.report.wrap import wrap
from perfeval_docs.source.places import Places

WIDTH: Final = 80

_SEVERITIES: Final = MappingProxyType(
    {
        Severity.ERROR: msg("error"),
        Severity.WARNING: msg("warning"),
        Severity.INFO: msg("remark"),
    }
)


def full(diagnostics: Sequence[Diagnostic], texts: Mapping[str, str], translate: Translate) -> str:
    """Return diagnostics with excerpts of `texts`, by file name, and a summary; nothing for none.

    Lines have at most 80 cells; a place is never broken, so a long file name may stick out.
    """
    if not diagnostics:
        return ""
    parts = (*paragraphs(diagnostics, texts, translate), counted(diagnostics, translate))
    return "\n\n".join(parts)


def paragraphs(
    diagnostics: Sequence[Diagnostic], texts: Mapping[str, str], translate: Translate
) -> Iterator[str]:
    """Yield the lines of each diagnostic."""
    lines = {file: Lines(text, Places(text, file)) for file, text in texts.items()}
    for each in diagnostics:
        yield "\n".join(_full(each, lines, translate))


def counted(diagnostics: Sequence[Diagnostic], translate: Translate) -> str:
    """Return the lines that say how many diagnostics there are."""
    return "\n".join(wrap(summary(diagnostics).translated(translate), WIDTH))


def _full(found: Diagnostic, lines: Mapping[str, Lines], translate: Translate) -> Iterator[str]:
    spans = (found.span, *(each.span for each in found.related))
    gutter = max(len(str(span.line)) for span in spans)
    severity = _SEVERITIES[found.severity].translated(translate)
    message = found.message.translated(translate)
    yield from wrap(f"{severity}[{found.code}] {found.name}: {message}", WIDTH)
    yield from _quoted(found.span, lines, gutter)
    for related in found.related:
        see_also = msg("see also: {text}", text=related.message)
        yield from wrap(see_also.translated(translate), WIDTH)
        yield from _quoted(related.span, lines, gutter)
    for line in advice(found, translate):
        yield from wrap(line, WIDTH)


def _quoted(span: Span, lines: Mapping[str, Lines], gutter: int) -> Iterator[str]:
    yield f"{'':{gutter}}--> {visible(place(span))}"
    if span.file in lines:
        yield from excerpt(lines[span.file], span, gutter, WIDTH)
