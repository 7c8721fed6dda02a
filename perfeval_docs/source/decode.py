"""Nodes to a shape: keys in either spelling, values from text, every fault at its place."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping as Lookup
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Final, Generic, TypeVar

from pydantic import BaseModel, ValidationError

from perfeval_docs.diagnostic import Diagnostic, Message, Span, has_error, in_order
from perfeval_docs.source.nodes import Entry, Mapping, Node, Scalar, Sequence
from perfeval_docs.source.shape_faults import (
    blank,
    in_both_spellings,
    key_blank,
    key_repeated,
    missing,
    nothing_under,
    places_below,
    refused,
    unknown,
    wrong_kind,
)
from perfeval_docs.source.shape_kinds import Kind, item_of, kind_of, model_of, value_of

Path = tuple[str | int, ...]
M = TypeVar("M", bound=BaseModel)

_NOTHING: Final = frozenset({"~", "null", "Null", "NULL"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Keys:
    """How keys may be spelled besides their English names.

    `spellings` holds for a shape and an English key its other spellings, the usual one
    first; `hints` what else to say to a person where that key is missing.
    """

    spellings: Lookup[type[BaseModel], Lookup[str, tuple[str, ...]]] = field(default_factory=dict)
    hints: Lookup[type[BaseModel], Lookup[str, Message]] = field(default_factory=dict)

    def known(self, model: type[BaseModel]) -> dict[str, str]:
        """Return every spelling of a shape's keys and the English key that it means."""
        others = self.spellings.get(model, {})
        names = tuple(model.model_fields)
        return {name: name for name in names} | {
            spelling: name for name in names for spelling in others.get(name, ())
        }

    def name(self, model: type[BaseModel], key: Scalar) -> str | None:
        """Return the English key that a key as typed means in a shape."""
        return self.known(model).get(spelled(key.value))

    def shown(self, model: type[BaseModel], name: str) -> str:
        """Return a key as messages name it: `fiscal_year / 预算年度`."""
        others = self.spellings.get(model, {}).get(name, ())
        return " / ".join((name, *others[:1]))


@dataclass(frozen=True, slots=True, kw_only=True)
class Decoded(Generic[M]):
    """A shape, None if an error stopped it, and what is wrong.

    Paths are English keys and indexes from 0. `places` has the place of a text, and of the
    key (or first key) of a mapping or a list; `keys` has the places of the keys, `texts`
    the texts.
    """

    value: M | None
    places: Lookup[Path, Span]
    keys: Lookup[Path, Span]
    diagnostics: tuple[Diagnostic, ...]
    texts: Lookup[Path, Scalar] = field(default_factory=dict)

    def place(self, path: Path, words: str = "") -> Span:
        """Return the place of a path, or of words in it; of what is above it if it was left out."""
        if words and path in self.texts:
            return self.texts[path].place_of(words)
        while path not in self.places:
            path = path[:-1]
        return self.places[path]


ENGLISH_ONLY: Final = Keys()


def decode(node: Node, model: type[M], spelling: Keys = ENGLISH_ONLY) -> Decoded[M]:
    """Make a shape of a tree; all faults at once, none of them raised."""
    walk = _Walk(spelling=spelling, file=node.span.file)
    walk.places[()] = head(node)
    plain = walk.plain(node, model, ())
    value: M | None = None
    try:
        value = model.model_validate(plain)
    except ValidationError as error:
        for each in error.errors(include_url=False, include_input=False):
            walk.refuse(each["type"], each["loc"], each["msg"], each.get("ctx", {}))
    return Decoded(
        value=None if has_error(walk.found) else value,
        places=MappingProxyType(walk.places),
        keys=MappingProxyType(walk.keys),
        diagnostics=in_order(walk.found),
        texts=MappingProxyType(walk.texts),
    )


def head(node: Node) -> Span:
    """Return where a person looks for a node: a scalar itself, else its first key or item."""
    match node:
        case Mapping(entries=(first, *_)):
            return first.key.span
        case Sequence(items=(first, *_)):
            return head(first)
        case _:
            return node.span


def is_blank(node: Node) -> bool:
    """Tell whether a value was left out: nothing after the colon, white space, `~`, `null`."""
    return isinstance(node, Scalar) and (
        not node.value.strip() or (not node.quoted and node.value in _NOTHING)
    )


def spelled(key: str) -> str:
    """Return a key as it is looked up: no white space, full-width signs and letters narrowed."""
    return "".join(unicodedata.normalize("NFKC", key).split())


@dataclass(slots=True, kw_only=True)
class _Walk:
    """One reading: what it found so far; a path in `reported` needs no second fault.

    `file` is the one that is read, of which others may only be the defaults.
    """

    spelling: Keys
    file: str
    places: dict[Path, Span] = field(default_factory=dict)
    keys: dict[Path, Span] = field(default_factory=dict)
    texts: dict[Path, Scalar] = field(default_factory=dict)
    owners: dict[Path, type[BaseModel]] = field(default_factory=dict)
    blanks: set[Path] = field(default_factory=set)
    reported: set[Path] = field(default_factory=set)
    found: list[Diagnostic] = field(default_factory=list)

    def plain(self, node: Node, annotation: object, path: Path) -> object:
        """Return the texts, dicts and lists of a tree, keys in English."""
        kind = kind_of(annotation)
        match node:
            case Mapping() if kind is Kind.MODEL:
                return self._fields(node, model_of(annotation), path)
            case Mapping() if kind is Kind.MAPPING:
                return self._free(node, value_of(annotation), path)
            case Sequence() if kind is Kind.SEQUENCE:
                return self._items(node, item_of(annotation), path)
            case Scalar() if kind is Kind.TEXT:
                self.texts[path] = node
                return node.value
        self._report(path, wrong_kind(self._name(path), kind, node, self.places[path]))
        return None

    def refuse(self, sort: str, loc: Path, text: str, context: Lookup[str, object]) -> None:
        """Report an error of pydantic, by its type, unless its path has a fault already."""
        path = (*self._known(loc[:-1]), loc[-1]) if sort == "missing" else self._known(loc)
        if any(path[:length] in self.reported for length in range(len(path) + 1)):
            return
        if sort == "missing":
            self._report_missing(path)
            return
        at_key = loc[-1:] == ("[key]",)
        if at_key and path in self.keys:
            spans: tuple[Span, ...] = (self.keys[path],)
        else:
            below = [self.places[self._known((*path, *each))] for each in places_below(context)]
            spans = tuple(sorted(below, key=lambda span: span.file != self.file))
        self.found.append(refused(sort, self._name(path), spans, text, context))

    def _fields(self, node: Mapping, model: type[BaseModel], path: Path) -> dict[str, object]:
        known = self.spelling.known(model)
        self.owners[path] = model
        plain: dict[str, object] = {}
        first: dict[str, Scalar] = {}
        strange: list[Scalar] = []
        for entry in node.entries:
            name = known.get(spelled(entry.key.value))
            if name is None:
                strange.append(entry.key)
            elif name in first:
                self.found.append(
                    in_both_spellings(entry.key, first[name], self.spelling.shown(model, name))
                )
            else:
                first[name] = entry.key
                self._field(entry, model, (*path, name), plain)
        for key in strange:
            fault, near = unknown(key, known, taken=frozenset(first))
            self.found.append(fault)
            self.reported |= {(*path, near)} if near else set()
        return plain

    def _field(
        self, entry: Entry, model: type[BaseModel], path: Path, plain: dict[str, object]
    ) -> None:
        name = str(path[-1])
        self._enter(entry, path)
        if is_blank(entry.value):
            self.blanks.add(path)
            return
        plain[name] = self.plain(entry.value, model.model_fields[name].annotation, path)

    def _free(self, node: Mapping, annotation: object, path: Path) -> dict[str, object]:
        plain: dict[str, object] = {}
        for entry in node.entries:
            name = entry.key.value.strip()
            below = (*path, name)
            if not name:
                self.found.append(key_blank(entry.key.span))
            elif name in plain:
                self.found.append(key_repeated(entry.key, self.keys[below]))
            else:
                self._enter(entry, below)
                plain[name] = self._value(entry.value, annotation, below)
        return plain

    def _items(self, node: Sequence, annotation: object, path: Path) -> list[object]:
        plain = []
        for index, item in enumerate(node.items):
            self.places[(*path, index)] = head(item)
            plain.append(self._value(item, annotation, (*path, index)))
        return plain

    def _value(self, node: Node, annotation: object, path: Path) -> object:
        if not is_blank(node):
            return self.plain(node, annotation, path)
        self._report(path, nothing_under(self._name(path), self.places[path]))
        return None

    def _enter(self, entry: Entry, path: Path) -> None:
        key, value = entry.key.span, entry.value
        shows = isinstance(value, Scalar) and not is_blank(value)
        self.keys[path] = key
        self.places[path] = value.span if shows else key

    def _report(self, path: Path, fault: Diagnostic) -> None:
        self.reported.add(path)
        self.found.append(fault)

    def _report_missing(self, path: Path) -> None:
        above, name = path[:-1], self._name(path)
        if path in self.blanks:
            self._report(path, blank(name, self.places[path]))
            return
        model = self.owners.get(above)
        hint = self.spelling.hints.get(model, {}).get(str(path[-1])) if model else None
        self._report(path, missing(name, self.places[above], hint))

    def _known(self, loc: Path) -> Path:
        """Return the path that an error's location stands for; pydantic adds steps of its own."""
        path: Path = ()
        for part in loc:
            path = (*path, part) if (*path, part) in self.places else path
        return path

    def _name(self, path: Path) -> str:
        if not path:
            return ""
        model = self.owners.get(path[:-1])
        if model is None:
            last = path[-1]
            return f"{self._name(path[:-1])}[{last + 1}]" if isinstance(last, int) else last
        return self.spelling.shown(model, str(path[-1]))
