"""One value of a text taken away, written anew or added, as an edit that touches nothing else."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from pydantic import BaseModel

from perfeval_docs.editing.remarks import Offsets
from perfeval_docs.record.keys import KEYS
from perfeval_docs.record.model import is_paragraphs
from perfeval_docs.source import Entry, Mapping, Node, Scalar, Source, is_blank
from perfeval_docs.source.edits import Edit
from perfeval_docs.source.scalars import LONGEST_BESIDE, below, beside, between_brackets, like

STEP: Final = "  "
_NOTHING: Final = '""'
_REMARK: Final = re.compile("#.*")
# A figure behind the sign of a comment looks like a value that was cut short: `房间: #3`.
_FIGURE: Final = re.compile(r"[ \t]*#\d")
_HEADER: Final = re.compile(r"[|>][-+0-9]*")

Written = tuple[type[BaseModel], str, str]
"""A key of a shape with its text."""


class UneditableError(Exception):
    """A value that no edit in place can hold."""


class Values:
    """The edits of values in one text."""

    def __init__(self, source: Source) -> None:
        """Find the lines of the text."""
        self._text = source.text
        self.offsets = Offsets(source)
        self.break_ = "\r\n" if "\r\n" in source.text else "\n"
        root = source.root
        keys = root.entries if isinstance(root, Mapping) else ()
        self._is_chinese = any(not entry.key.value.isascii() for entry in keys)

    def is_flow(self, node: Mapping) -> bool:
        """Tell whether a mapping stands between brackets."""
        return self._text[self.offsets.start(node.span) : self.offsets.end(node.span)][:1] == "{"

    def key(self, shape: type[BaseModel], name: str) -> str:
        """Return a key as the text spells its keys."""
        return KEYS.label(shape, name) if self._is_chinese else name

    def cleared(self, value: Node, around: Mapping) -> Edit:
        """Take a text away, with the white space before it, but not the comment beside `|`."""
        start, end = self.offsets.start(value.span), self.offsets.end(value.span)
        if self.is_flow(around):
            return Edit(start, end, _NOTHING)
        text, places = self._text, self.offsets.places
        line = places.line(start)
        kept = self._remark_of_header(start)
        kept = f" {kept}" if kept else ""
        behind = kept or text[end : places.ends[places.line(end)]]
        if _FIGURE.match(behind):
            return Edit(start, end, _NOTHING + kept)
        while start > places.starts[line] and text[start - 1] in " \t":
            start -= 1
        if start == places.starts[line] and line:
            start = places.ends[line - 1]
        return Edit(start, end, kept)

    def replaced(self, entry: Entry, around: Mapping, text: str, *, is_long: bool) -> Edit:
        """Write a text where another one stood, or none: with its quotes, or behind its `|`.

        Raises `UneditableError`.
        """
        value = entry.value
        if not isinstance(value, Scalar):
            raise UneditableError
        start, end = self.offsets.start(value.span), self.offsets.end(value.span)
        places = self.offsets.places
        typed = self._text[start:end]
        before = "" if self._text[start - 1 : start] in (" ", "\t") else " "
        if self.is_flow(around):
            return Edit(start, end, before + between_brackets(text))
        behind = self._text[end : places.ends[places.line(end)]].strip()
        indent = " " * (entry.key.span.column - 1) + STEP
        header = _HEADER.match(typed) if typed and not is_blank(value) and value.lines else None
        if header is not None:
            return self._behind_header(value, text, indent)
        if is_long and ("\n" in text or len(text) > LONGEST_BESIDE):
            lines = below(text)
            if lines is not None:
                head = "|" + (f" {behind}" if behind else "")
                stop = places.ends[places.line(end)]
                return Edit(start, stop, before + self._joined(head, lines, indent))
        written = like(typed, text, behind) if not is_blank(value) else beside(text, behind)
        if written is None:
            raise UneditableError
        return Edit(start, end, before + written)

    def added(
        self, around: Mapping, shape: type[BaseModel], name: str, written: Sequence[Written]
    ) -> Edit:
        """Put a key where its shape has it; below it the keys of `written`, if it is not of these.

        Raises `UneditableError`.
        """
        order = list(shape.model_fields)
        known = [(KEYS.name(shape, entry.key) or "", entry) for entry in around.entries]
        before = [e for n, e in known if n in order and order.index(n) < order.index(name)]
        last = max(before, key=lambda e: self.offsets.start(e.key.span), default=None)
        if self.is_flow(around):
            return self._added_between_brackets(around, last, written)
        indent = " " * (around.span.column - 1)
        is_own = len(written) == 1 and written[0][1] == name
        lines = (
            list(self.lines(written, indent))
            if is_own
            else [f"{indent}{self.key(shape, name)}:", *self.lines(written, indent + STEP)]
        )
        if last is None:
            start = self.offsets.start(around.span)
            text = self.break_.join(lines) + self.break_ + indent
            return Edit(start, start, text.removeprefix(indent))
        places = self.offsets.places
        line = places.line(self.offsets.end(last.value.span))
        at = places.ends[line]
        is_tall = not indent and line > places.line(self.offsets.start(last.key.span))
        blank = self.break_ if is_tall else ""
        return Edit(at, at, blank + "".join(f"{self.break_}{each}" for each in lines))

    def lines(self, written: Sequence[Written], indent: str) -> Iterator[str]:
        """Yield the lines of keys and their texts. Raises `UneditableError`."""
        for shape, name, text in written:
            key = f"{indent}{self.key(shape, name)}:"
            is_long = is_paragraphs(shape, name)
            paragraphs = None
            if is_long and ("\n" in text or len(text) > LONGEST_BESIDE):
                paragraphs = below(text)
            if paragraphs is not None:
                yield f"{key} |"
                yield from (f"{indent}{STEP}{line}" if line else "" for line in paragraphs)
                continue
            one_line = beside(text) if text else ""
            if one_line is None:
                raise UneditableError
            yield f"{key} {one_line}".rstrip()

    def _added_between_brackets(
        self, around: Mapping, last: Entry | None, written: Sequence[Written]
    ) -> Edit:
        pairs = ", ".join(
            f"{self.key(shape, name)}: {between_brackets(text)}" for shape, name, text in written
        )
        if len(written) != 1:
            raise UneditableError
        if last is None:
            at = self.offsets.start(around.span) + 1
            return Edit(at, at, f"{pairs}, " if around.entries else pairs)
        at = self.offsets.end(last.value.span)
        return Edit(at, at, f", {pairs}")

    def _behind_header(self, value: Scalar, text: str, indent: str) -> Edit:
        """Write the lines behind `|` anew, the sign and the comment beside it as they are."""
        start, end = self.offsets.start(value.span), self.offsets.end(value.span)
        remark = self._remark_of_header(start)
        lines = below(text)
        if lines is None:
            written = beside(text, remark)
            if written is None:
                raise UneditableError
            return Edit(start, end, written + (f" {remark}" if remark else ""))
        spans = [each for each in value.lines if each.column < each.end_column]
        if spans:
            indent = " " * (min(each.column for each in spans) - 1)
        chomping = "".join(c for c in _header_of(self._text, start)[1:] if c in "+-")
        head = f"|{chomping}" + (f" {remark}" if remark else "")
        return Edit(start, end, self._joined(head, lines, indent))

    def _joined(self, head: str, lines: Sequence[str], indent: str) -> str:
        return self.break_.join((head, *(f"{indent}{line}" if line else "" for line in lines)))

    def _remark_of_header(self, start: int) -> str:
        """Return the comment beside `|`; nothing where there is none."""
        if self._text[start : start + 1] not in ("|", ">"):
            return ""
        found = _REMARK.search(self._text, start, self.offsets.places.ends[self._line(start)])
        return found[0].rstrip() if found else ""

    def _line(self, offset: int) -> int:
        return self.offsets.places.line(offset)


def _header_of(text: str, start: int) -> str:
    found = _HEADER.match(text, start)
    return found[0] if found else "|"
