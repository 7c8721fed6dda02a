"""Diagnostics as text for a terminal: one line each, or with the lines they are about."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from types import MappingProxyType
from typing import Final, Literal, assert_never

from perfeval_docs.diagnostic import Diagnostic, Message, Severity, Span, msg
from perfeval_docs.report.cells import visible
from perfeval_docs.report.excerpt import Lines, excerpt
from perfeval_docs.report.wrap import wrap
from perfeval_docs.source.places import Places

Style = Literal["full", "concise"]
Translate = Callable[[str], str]

WIDTH: Final = 80

_SEVERITIES: Final = MappingProxyType(
    {
        Severity.ERROR: msg("error"),
        Severity.WARNING: msg("warning"),
        Severity.INFO: msg("remark"),
    }
)


def render(
    diagnostics: Iterable[Diagnostic],
    texts: Mapping[str, str],
    style: Style,
    translate: Translate,
) -> str:
    """Return diagnostics as text, in the order given and without a line break at the end.

    `texts` holds the files to quote, by name; `translate` puts an English template into
    the reader's language. `concise` is a line each, of any length, its severity in English
    as editors read it; `full` quotes the places, in lines of at most 80 cells (a place is
    never broken, so a long file name may stick out).
    """
    match style:
        case "concise":
            return "\n".join(_concise(each, translate) for each in diagnostics)
        case "full":
            lines = {file: Lines(text, Places(text, file)) for file, text in texts.items()}
            return "\n\n".join("\n".join(_full(each, lines, translate)) for each in diagnostics)
        case _:
            assert_never(style)


def _concise(found: Diagnostic, translate: Translate) -> str:
    message = found.message.translated(translate)
    return visible(
        f"{_place(found.span)}: {found.severity.value} {found.code} {found.name}: {message}"
    )


def _full(found: Diagnostic, lines: Mapping[str, Lines], translate: Translate) -> Iterator[str]:
    def say(message: Message) -> Iterator[str]:
        return wrap(message.translated(translate), WIDTH)

    spans = (found.span, *(each.span for each in found.related))
    gutter = max(len(str(span.line)) for span in spans)
    severity = _SEVERITIES[found.severity].translated(translate)
    message = found.message.translated(translate)
    yield from wrap(f"{severity}[{found.code}] {found.name}: {message}", WIDTH)
    yield from _quoted(found.span, lines, gutter)
    for related in found.related:
        yield from say(msg("see also: {text}", text=related.message))
        yield from _quoted(related.span, lines, gutter)
    if found.basis is not None:
        yield from say(msg("basis: {text}", text=translate(found.basis)))
    if found.help is not None:
        yield from say(msg("help: {text}", text=found.help))


def _quoted(span: Span, lines: Mapping[str, Lines], gutter: int) -> Iterator[str]:
    yield f"{'':{gutter}}--> {visible(_place(span))}"
    if span.file in lines:
        yield from excerpt(lines[span.file], span, gutter, WIDTH)


def _place(span: Span) -> str:
    return f"{span.file}:{span.line}:{span.column}"
