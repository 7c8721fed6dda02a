"""The tree that YAML text is read into: every node with its place, every scalar as typed."""

from __future__ import annotations

from dataclasses import dataclass

from perfeval_docs.diagnostic import Diagnostic, Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Scalar:
    """A scalar; `value` is the text as typed (quotes and block indents resolved), never a float.

    `lines` has the place of each line of a text behind `|`; empty for all other scalars.
    """

    value: str
    quoted: bool
    span: Span
    lines: tuple[Span, ...] = ()

    def place_of(self, words: str) -> Span:
        """Return where words stand in a text that is as typed, else the place of the whole.

        As typed is a text behind `|`, and one of a single line that is as long as its place, or
        shorter by two quotes: no character of it was written by an escape.
        """
        span, at = self.span, self.value.find(words)
        if span.line == span.end_line and at >= 0:
            quotes = span.end_column - span.column - len(self.value)
            if quotes == 0 or (quotes == 2 and self.quoted):  # noqa: PLR2004  # one at each end
                start = span.column + quotes // 2 + at
                return Span(span.file, span.line, start, span.line, start + len(words))
        for line, span in zip(self.value.split("\n"), self.lines, strict=False):
            at = line.find(words)
            if at >= 0:
                start = span.column + at
                return Span(span.file, span.line, start, span.line, start + len(words))
        return self.span


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One `key: value` of a mapping."""

    key: Scalar
    value: Node


@dataclass(frozen=True, slots=True, kw_only=True)
class Mapping:
    """A mapping; keys are scalars and stand once (a repeat is a diagnostic)."""

    entries: tuple[Entry, ...]
    span: Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Sequence:
    """A sequence of nodes."""

    items: tuple[Node, ...]
    span: Span


Node = Scalar | Mapping | Sequence


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A text file as read: its tree and what is wrong with it.

    `root` is None if nothing could be made of the text. `text` is what diagnostics quote;
    undecodable bytes stand in it as U+FFFD.
    """

    file: str
    text: str
    root: Node | None
    diagnostics: tuple[Diagnostic, ...]
