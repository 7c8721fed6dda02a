"""A fault and its place."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class Message:
    """A sentence for people: an English template and the values that go into it.

    The template is also the gettext key; `report` translates it and fills the
    values in. A value may be a `Message` itself.
    """

    template: str
    values: tuple[tuple[str, str | Message], ...] = ()

    def __lt__(self, other: Message) -> bool:
        """Compare the English sentences."""
        return str(self) < str(other)

    def __str__(self) -> str:
        """Return the English sentence."""
        return self.translated(str)

    def translated(self, translate: Callable[[str], str]) -> str:
        """Return the sentence in the language that `translate` puts templates into."""
        values = {
            name: value.translated(translate) if isinstance(value, Message) else value
            for name, value in self.values
        }
        return translate(self.template).format_map(values)


def msg(template: str, /, **values: str | Message) -> Message:
    """Make a `Message`; the template is collected for translation from calls of this name."""
    return Message(template, tuple(values.items()))


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A stretch of one text file.

    Lines and columns count from 1, columns in characters (not bytes, not cells);
    the end is exclusive. `file` is the path as the run was asked for it, with `/`.
    """

    file: str
    line: int
    column: int
    end_line: int
    end_column: int


class Severity(StrEnum):
    """How much a fault matters: an error stops the document."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


@dataclass(frozen=True, slots=True, kw_only=True)
class Related:
    """Another place that a fault is about, and why."""

    span: Span
    message: Message


@dataclass(frozen=True, slots=True, kw_only=True)
class Diagnostic:
    """One fault in data: what, where, and the way out.

    `code` (`PE012`) and `name` (`value-cut-short`, kebab-case, names the fault)
    never change meaning; `basis` says what rule of the trade it rests on.
    """

    code: str
    name: str
    severity: Severity
    span: Span
    message: Message
    help: Message | None = None
    related: tuple[Related, ...] = ()
    basis: str | None = None


def in_order(diagnostics: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    """Return diagnostics in the one canonical order: file, line, column, code; repeats once."""
    return tuple(sorted(dict.fromkeys(diagnostics), key=_order))


def _order(found: Diagnostic) -> tuple[str, int, int, int, int, str, Message]:
    # Much faster than comparing spans; messages are written only where all else is the same.
    at = found.span
    place = (at.file, at.line, at.column, at.end_line, at.end_column)
    return (*place, found.code, found.message)


def files_of(diagnostics: Iterable[Diagnostic]) -> tuple[str, ...]:
    """Return the files that diagnostics have places in, each once, as they come."""
    spans = (s for d in diagnostics for s in (d.span, *(r.span for r in d.related)))
    return tuple(dict.fromkeys(span.file for span in spans))


def has_error(diagnostics: Iterable[Diagnostic]) -> bool:
    """Tell whether any of the diagnostics stops the document."""
    return any(d.severity is Severity.ERROR for d in diagnostics)
