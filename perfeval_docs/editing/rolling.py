"""Last year's record as this year's: names and targets stay for review, outcomes go."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from pydantic import BaseModel

from perfeval_docs.diagnostic import Diagnostic
from perfeval_docs.editing.canonical import formatted, shape_of
from perfeval_docs.editing.remarks import comments_of
from perfeval_docs.editing.values import Values
from perfeval_docs.record import Amounts, Defaults, Funds, Goal, Indicator, Record
from perfeval_docs.record.keys import KEYS
from perfeval_docs.record.meaning import meaning, reading_faults
from perfeval_docs.record.model import Shape
from perfeval_docs.source import (
    Entry,
    Mapping,
    Node,
    Scalar,
    Sequence,
    Source,
    is_blank,
    read_source,
)
from perfeval_docs.source.edits import Edit, Mended
from perfeval_docs.source.shape_kinds import Kind, item_of, kind_of, model_of, value_of

CLEARED: Final = MappingProxyType(
    {
        Record: frozenset({"date_of_issue", "declared_total_score", "declared_grade"}),
        Defaults: frozenset({"date_of_issue"}),
        Funds: frozenset({"declared_execution_score"}),
        Amounts: frozenset(
            {"initial_budget", "adjusted_budget", "executed", "declared_execution_rate"}
        ),
        Goal: frozenset({"achieved"}),
        Indicator: frozenset(
            {"actual", "declared_score", "deviation_reason", "improvement", "evidence"}
        ),
    }
)
"""The keys whose values are those of one year, to be filled in anew."""

SILENCED: Final = MappingProxyType(
    {Record: frozenset({"waivers"}), Funds: frozenset({"declared_total"})}
)
"""The keys that become comments with all that stands below them."""

_YEAR: Final = "fiscal_year"
_ZERO: Final = frozenset("0.")
_NOTHING: Final = '""'


@dataclass(frozen=True, slots=True, kw_only=True)
class Rolled:
    """A text rolled into a year; None where faults of reading, in `source`, are in the way."""

    source: Source
    text: str | None
    diagnostics: tuple[Diagnostic, ...] = ()


def rolled(data: bytes, file: str, year: int) -> Rolled:
    """Roll a record, or the defaults of a folder, into a year by as few edits as can be.

    Comments, order and quotes stay. A funds row of zeros stays, too: there are no such funds.
    """
    shape, source = shape_of(file), read_source(data, file)
    found = reading_faults(source, shape)
    if found or source.root is None:
        return Rolled(source=source, text=None, diagnostics=found)
    text = _edited(source, shape, year)
    if not _is_rolled(source, text, shape, year):
        # What stands in brackets over several lines is easier to edit as lines.
        plain = formatted(data, file)
        again = read_source((plain.text or "").encode(), file)
        text = _edited(again, shape, year) if plain.text else ""
        if not _is_rolled(source, text, shape, year):
            return Rolled(source=source, text=None)
    return Rolled(source=source, text=text)


def _is_rolled(source: Source, text: str, shape: type[Shape], year: int) -> bool:
    """Tell whether a text says what the source does in another year, with all its comments."""
    after = read_source(text.encode(), source.file)
    if source.root is None or after.root is None or after.diagnostics:
        return False
    if meaning(after.root, shape) != _expected(meaning(source.root, shape), shape, year):
        return False
    comments = "\n".join(comments_of(after))
    return all(each in comments for each in comments_of(source))


def _expected(said: object, annotation: object, year: int) -> object:
    """Return what a tree says when it is rolled into a year."""
    kind = kind_of(annotation)
    if isinstance(said, dict) and kind is Kind.MODEL:
        shape = model_of(annotation)
        gone, silent = CLEARED.get(shape, frozenset()), SILENCED.get(shape, frozenset())
        if shape is Amounts and all(map(_is_zero, said.values())):
            return said
        return {
            key: None if key in gone
            else str(year) if key == _YEAR and value
            else _expected(value, shape.model_fields[key].annotation, year)
            for key, value in said.items()
            if key not in silent or value is None
        }  # fmt: skip
    if isinstance(said, list):
        if kind is Kind.SEQUENCE:
            return [_expected(each, item_of(annotation), year) for each in said]
        below = value_of(annotation)
        return [(key, _expected(value, below, year)) for key, value in said]
    return said


def _is_zero(text: object) -> bool:
    return text is None or (isinstance(text, str) and set(text) <= _ZERO)


def _edited(source: Source, shape: type[Shape], year: int) -> str:
    if source.root is None:
        return ""
    return Mended(source.text, _Roller(source, year).edits(source.root, shape)).text


class _Roller:
    """The edits that roll one text into a year."""

    def __init__(self, source: Source, year: int) -> None:
        self._text = source.text
        self._values = Values(source)
        self._offsets = self._values.offsets
        self._year = str(year)

    def edits(self, node: Node, annotation: object) -> Iterator[Edit]:
        """Yield the edits of a tree."""
        match node:
            case Mapping() if kind_of(annotation) is Kind.MODEL:
                yield from self._shape(node, model_of(annotation))
            case Mapping():
                for entry in node.entries:
                    yield from self.edits(entry.value, value_of(annotation))
            case Sequence():
                for item in node.items:
                    yield from self.edits(item, item_of(annotation))
            case Scalar():
                pass

    def _shape(self, node: Mapping, shape: type[BaseModel]) -> Iterator[Edit]:
        gone, silent = CLEARED.get(shape, frozenset()), SILENCED.get(shape, frozenset())
        if shape is Amounts and all(_has_no_amount(entry.value) for entry in node.entries):
            return
        for entry in node.entries:
            name = KEYS.name(shape, entry.key) or ""
            if is_blank(entry.value):
                continue
            if name in silent:
                yield from self._silenced(entry, node)
            elif name in gone:
                yield self._values.cleared(entry.value, node)
            elif name == _YEAR:
                yield self._dated(entry.value)
            else:
                yield from self.edits(entry.value, shape.model_fields[name].annotation)

    def _dated(self, value: Node) -> Edit:
        """Put the year where the old one stood, between its quotes if it has some."""
        start, end = self._offsets.start(value.span), self._offsets.end(value.span)
        if isinstance(value, Scalar):
            old = value.value.strip()
            at = self._text.find(old, start, end)
            if at >= 0:
                return Edit(at, at + len(old), self._year)
        return Edit(start, end, self._year)

    def _silenced(self, entry: Entry, around: Mapping) -> Iterator[Edit]:
        """Make comments of the lines of a key; between brackets only its value goes."""
        places = self._offsets.places
        start, end = self._offsets.start(entry.key.span), self._offsets.end(entry.value.span)
        if self._values.is_flow(around):
            yield Edit(self._offsets.start(entry.value.span), end, _NOTHING)
            return
        first = places.line(start)
        column = start - places.starts[first]
        for line in range(first, places.line(end) + 1):
            at, stop = places.starts[line], places.ends[line]
            if self._text[at:stop].strip():
                at = min(at + column, stop)
                yield Edit(at, at, "# ")


def _has_no_amount(node: Node) -> bool:
    return isinstance(node, Scalar) and (is_blank(node) or _is_zero(node.value.strip()))
