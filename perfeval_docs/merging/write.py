"""What is to be done to a record as edits of its text: no line is touched that says the same."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pydantic import BaseModel

from perfeval_docs.editing.values import STEP, UneditableError, Values, Written
from perfeval_docs.importing import Where
from perfeval_docs.merging.groups import rearranged
from perfeval_docs.merging.threeway import Merged
from perfeval_docs.record import Record
from perfeval_docs.record.keys import KEYS
from perfeval_docs.record.model import Indicator, is_paragraphs
from perfeval_docs.source import Entry, Mapping, Node, Sequence, Source, is_blank, read_source
from perfeval_docs.source.edits import Edit, Mended
from perfeval_docs.source.shape_kinds import model_of


def written(source: Source, merged: Merged) -> str:
    """Return the text of a record with what is to be done to it done.

    Raises `UneditableError` where it stands in brackets, or otherwise as no edit can reach it.
    """
    text = Mended(source.text, _in_order(_Writer(source).edits(merged))).text
    if merged.groups is None:
        return text
    return rearranged(read_source(text.encode(), source.file), merged.groups)


class _Writer:
    """The edits of values in one text."""

    def __init__(self, source: Source) -> None:
        if not isinstance(source.root, Mapping):
            raise UneditableError
        self._root = source.root
        self._values = Values(source)

    def edits(self, merged: Merged) -> Iterator[Edit]:
        """Yield the edits of the values, and of the cells of rows that are there."""
        missing: dict[Where, list[Written]] = {}
        for where, text in merged.values.items():
            shape, node = self._down(where[:-1])
            if node is None:
                missing.setdefault(where[:-1], []).append((shape, where[-1], text or ""))
            else:
                yield from self._value(node, shape, where[-1], text)
        for where, below in missing.items():
            yield self._block(where, below)
        rows = list(_items(self._root))
        for (number, key), text in merged.cells.items():
            item = rows[number]
            if not isinstance(item, Mapping):
                raise UneditableError
            yield from self._value(item, Indicator, key, text)

    def _down(self, where: Where) -> tuple[type[BaseModel], Mapping | None]:
        """Return the shape at a place, and its mapping, if it stands there."""
        shape: type[BaseModel] = Record
        node: Mapping | None = self._root
        for key in where:
            entry = None if node is None else _entry(node, shape, key)
            shape = model_of(shape.model_fields[key].annotation)
            value = None if entry is None else entry.value
            node = value if isinstance(value, Mapping) else None
        return shape, node

    def _value(
        self, node: Mapping, shape: type[BaseModel], key: str, text: str | None
    ) -> Iterator[Edit]:
        entry = _entry(node, shape, key)
        if not text:
            if entry is not None and not is_blank(entry.value):
                yield self._values.cleared(entry.value, node)
        elif entry is None:
            yield self._values.added(node, shape, key, [(shape, key, text)])
        else:
            is_long = is_paragraphs(shape, key)
            yield self._values.replaced(entry, node, text, is_long=is_long)

    def _block(self, where: Where, below: list[Written]) -> Edit:
        """Return the edit that adds a mapping with its values."""
        shape, node = self._down(where[:-1])
        if node is None:
            raise UneditableError
        entry = _entry(node, shape, where[-1])
        if entry is None:
            return self._values.added(node, shape, where[-1], below)
        if self._values.is_flow(node):
            raise UneditableError
        places = self._values.offsets.places
        at = places.ends[places.line(self._values.offsets.end(entry.key.span))]
        indent = " " * (entry.key.span.column - 1) + STEP
        lines = self._values.lines(below, indent)
        return Edit(at, at, "".join(f"{self._values.break_}{line}" for line in lines))


def _in_order(edits: Iterable[Edit]) -> Iterator[Edit]:
    """Yield edits, those that add lines at one place as one, the deepest first."""
    added: dict[int, list[str]] = {}
    for each in edits:
        if each.start == each.end and each.replacement[:1] in ("\r", "\n"):
            added.setdefault(each.start, []).append(each.replacement)
        else:
            yield each
    for at, texts in added.items():
        yield Edit(at, at, "".join(sorted(texts, key=_depth, reverse=True)))


def _depth(lines: str) -> int:
    body = lines.lstrip("\r\n")
    return len(body) - len(body.lstrip(" "))


def _entry(node: Mapping, shape: type[BaseModel], key: str) -> Entry | None:
    return next((each for each in node.entries if KEYS.name(shape, each.key) == key), None)


def _items(root: Mapping) -> Iterator[Node]:
    """Yield the indicators of a record, in their order."""
    entry = _entry(root, Record, "indicators")
    for level1 in _entries(entry):
        for level2 in _entries(level1):
            if isinstance(level2.value, Sequence):
                yield from level2.value.items


def _entries(entry: Entry | None) -> tuple[Entry, ...]:
    return entry.value.entries if entry is not None and isinstance(entry.value, Mapping) else ()
