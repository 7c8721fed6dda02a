"""A tree and its comments to the one layout of a record."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Final

from pydantic import BaseModel

from perfeval_docs.editing.remarks import Offsets, Remark, Remarks, Spot
from perfeval_docs.record.keys import KEYS
from perfeval_docs.record.model import Shape, is_paragraphs
from perfeval_docs.settings import KeyNames
from perfeval_docs.source import Entry, Mapping, Node, Scalar, Sequence, Source, is_blank
from perfeval_docs.source.scalars import LONGEST_BESIDE, below, beside, key
from perfeval_docs.source.shape_kinds import Kind, item_of, kind_of, model_of, value_of
from perfeval_docs.source.spelling import spelled

_STEP: Final = 2


class UnwritableError(Exception):
    """A text that no way of writing reads back; the file is then left as it is."""


@dataclass(frozen=True, slots=True)
class _Row:
    """A line without its indent, which `depth` counts in spaces; `blank` asks for one above."""

    text: str
    depth: int = 0
    blank: bool = False


@dataclass(frozen=True, slots=True)
class _Part:
    """A key with its value, or an item: its comments above, and its own lines."""

    above: tuple[_Row, ...]
    rows: tuple[_Row, ...]
    is_tall: bool = False

    @property
    def all(self) -> tuple[_Row, ...]:
        """All lines of the part."""
        return (*self.above, *self.rows)


def laid_out(source: Source, remarks: Remarks, shape: type[Shape], names: KeyNames | None) -> str:
    """Write the tree of a text anew; raises `UnwritableError`."""
    if source.root is None:
        raise UnwritableError
    return _Layout(source, remarks, names).text(source.root, shape)


class _Layout:
    """The rows of one text."""

    def __init__(self, source: Source, remarks: Remarks, names: KeyNames | None) -> None:
        self._offset = Offsets(source).start
        self._remarks = remarks
        self._names = names

    def text(self, root: Node, shape: type[Shape]) -> str:
        """Return the whole text."""
        top = _rows(self._remarks.top)
        parts = self._parts(root, shape) if isinstance(root, Mapping) else ()
        rows = [*_first(top), *_first(_spaced(parts)), *_rows(self._remarks.end.get(None, ()))]
        if top and len(rows) > len(top):
            rows[len(top)] = replace(rows[len(top)], blank=True)
        lines: list[str] = []
        for row in rows:
            if row.blank and lines:
                lines.append("")
            lines.append(" " * row.depth + row.text if row.text else "")
        return "".join(f"{line}\n" for line in lines)

    def _parts(self, node: Mapping, annotation: object) -> tuple[_Part, ...]:
        """Return the keys of a mapping, those of a shape in its order."""
        if kind_of(annotation) is not Kind.MODEL:
            below_it = value_of(annotation)
            return tuple(
                self._entry(entry, _own(entry.key.value.strip()), below_it, is_long=False)
                for entry in node.entries
            )
        shape = model_of(annotation)
        order = {name: number for number, name in enumerate(shape.model_fields)}
        named = [(KEYS.name(shape, entry.key) or "", entry) for entry in node.entries]
        return tuple(
            self._entry(
                entry,
                self._key(shape, name, entry.key),
                shape.model_fields[name].annotation,
                is_long=is_paragraphs(shape, name),
            )
            for name, entry in sorted(named, key=lambda each: order[each[0]])
        )

    def _key(self, shape: type[BaseModel], name: str, typed: Scalar) -> str:
        match self._names:
            case "en":
                return name
            case "zh":
                return KEYS.label(shape, name)
            case None:
                return spelled(typed.value)

    def _entry(self, entry: Entry, name: str, annotation: object, *, is_long: bool) -> _Part:
        spot = (self._offset(entry.key.span), False)
        remark = self._remarks.beside.get(spot, "")
        above = list(self._above(spot))
        blank = spot in self._remarks.blank
        match entry.value:
            case Scalar() as value:
                rows, is_beside = _scalar(name, value, remark, is_long=is_long)
                rows = (*rows, *_in(_first(_rows(self._remarks.under.get(spot, ())))))
            case _:
                rows, is_beside = self._collection(name, spot, entry.value, annotation), True
        if not is_beside:
            above.append(_Row(remark))
        return _Part(tuple(above), _blank_above(rows, blank=blank), is_tall=len(rows) > 1)

    def _collection(
        self, name: str, spot: Spot, node: Mapping | Sequence, annotation: object
    ) -> tuple[_Row, ...]:
        remark = self._remarks.beside.get(spot, "")
        tail = f" {remark}" if remark else ""
        end = _rows(self._remarks.end.get(spot, ()))
        if isinstance(node, Mapping):
            if not node.entries:
                return (_Row(f"{name}: {{}}{tail}"), *_in(_first(end)))
            rows = [row for part in self._parts(node, annotation) for row in part.all]
        else:
            if not node.items:
                return (_Row(f"{name}: []{tail}"), *_in(_first(end)))
            items = (self._item(item, item_of(annotation)) for item in node.items)
            rows = [row for part in items for row in part.all]
        return (_Row(f"{name}:{tail}"), *_in(_first((*rows, *end))))

    def _item(self, node: Node, annotation: object) -> _Part:
        """Return an item, the comments of its first key above its dash."""
        spot = (self._offset(node.span), True)
        beside_it = self._remarks.beside.get(spot, "")
        above = [*self._above(spot), *([_Row(beside_it)] if beside_it else [])]
        blank = spot in self._remarks.blank
        if not isinstance(node, Mapping) or not node.entries:
            text = "-" if is_blank(node) else "- {}"
            return _Part(tuple(above), _blank_above((_Row(text),), blank=blank))
        first, *others = self._parts(node, annotation)
        own = first.rows
        if first.above:
            above += _blank_above(first.above, blank=blank or first.above[0].blank)
            blank = own[0].blank
        rest = [row for part in others for row in part.all]
        end = _rows(self._remarks.end.get(spot, ()))
        head = replace(own[0], text=f"- {own[0].text}", blank=blank)
        return _Part(tuple(above), (head, *_in((*own[1:], *rest, *end))))

    def _above(self, spot: Spot) -> tuple[_Row, ...]:
        return _rows(self._remarks.above.get(spot, ()))


def _scalar(
    name: str, value: Scalar, remark: str, *, is_long: bool
) -> tuple[tuple[_Row, ...], bool]:
    """Return the lines of a key and its text, and whether the remark stands beside them.

    Raises `UnwritableError`.
    """
    tail = f" {remark}" if remark else ""
    if is_blank(value):
        # A figure behind the sign looks like a value that was cut short: `房间: #3`.
        fits = not remark[1:2].isdigit()
        return (_Row(f"{name}:{tail if fits else ''}"),), fits
    text = value.value.strip()
    if is_long and ("\n" in text or len(text) > LONGEST_BESIDE):
        lines = below(text)
        if lines is not None:
            return (_Row(f"{name}: |{tail}"), *_in(map(_Row, lines))), True
    for each in dict.fromkeys((remark, "")):
        written = beside(text, each)
        if written is not None:
            return (_Row(f"{name}: {written}{tail if each else ''}"),), each == remark
    raise UnwritableError


def _own(name: str) -> str:
    """Return how a name is written that a unit gives; raises `UnwritableError`."""
    written = key(name)
    if written is None:
        raise UnwritableError
    return written


def _spaced(parts: Iterable[_Part]) -> tuple[_Row, ...]:
    """Return the lines of the outermost keys, empty ones around those of several lines."""
    rows: list[_Row] = []
    was_tall = False
    for part in parts:
        first, *rest = part.all
        rows += [replace(first, blank=first.blank or was_tall or part.is_tall), *rest]
        was_tall = part.is_tall
    return tuple(rows)


def _rows(remarks: Iterable[Remark]) -> tuple[_Row, ...]:
    return tuple(_Row(each.text, blank=each.blank) for each in remarks)


def _in(rows: Iterable[_Row]) -> Iterator[_Row]:
    """Yield lines one step further in."""
    for row in rows:
        yield replace(row, depth=row.depth + _STEP)


def _first(rows: tuple[_Row, ...]) -> tuple[_Row, ...]:
    """Return lines that begin a text or stand below their key: no empty line is above."""
    return _blank_above(rows, blank=False)


def _blank_above(rows: tuple[_Row, ...], *, blank: bool) -> tuple[_Row, ...]:
    return (replace(rows[0], blank=blank), *rows[1:]) if rows else ()
