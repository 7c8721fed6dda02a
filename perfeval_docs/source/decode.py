"""Nodes to a shape: keys in either spelling, values from text, every fault at its place."""

from __future__ import annotations

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
    item_name,
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
from perfeval_docs.source.spelling import Keys, spelled

Path = tuple[str | int, ...]
M = TypeVar("M", bound=BaseModel)

# A decree's value is called by the decree's name.
_NAMELESS: Final = frozenset({"value"})
_NOTHING: Final = frozenset({"~", "null", "Null", "NULL"})


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
        # pydantic does not count an item that has a fault of its own: what is too short comes last.
        errors = error.errors(include_url=False, include_input=False)
        for each in sorted(errors, key=lambda each: each["type"] == "too_short"):
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


@dataclass(slots=True, kw_only=True)
class _Walk:
    """One reading: what it found so far; a path in `reported` needs no second fault.

    `refused` are those whose values do not fit. `file` is the one that is read, of which others
    may only be the defaults; `labelled` tells of mappings whether their first key is spelled
    otherwise than in English.
    """

    spelling: Keys
    file: str
    places: dict[Path, Span] = field(default_factory=dict)
    keys: dict[Path, Span] = field(default_factory=dict)
    texts: dict[Path, Scalar] = field(default_factory=dict)
    owners: dict[Path, type[BaseModel]] = field(default_factory=dict)
    labelled: dict[Path, bool] = field(default_factory=dict)
    blanks: set[Path] = field(default_factory=set)
    reported: set[Path] = field(default_factory=set)
    refused: set[Path] = field(default_factory=set)
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
        if sort == "too_short" and any(
            each[: len(path)] == path for each in (*self.reported, *self.refused)
        ):
            return
        if sort == "missing":
            self._report_missing(path)
            return
        self.refused.add(path)
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
            typed = spelled(entry.key.value)
            name = known.get(typed)
            if name is None:
                strange.append(entry.key)
            elif name in first:
                self.found.append(in_both_spellings(entry.key, first[name]))
            else:
                first[name] = entry.key
                self.labelled.setdefault(path, typed != name)
                self._field(entry, model, (*path, name), plain)
        if strange:
            self._refuse_strange(strange, known, first, path)
        return plain

    def _refuse_strange(
        self,
        strange: list[Scalar],
        known: Lookup[str, str],
        first: Lookup[str, Scalar],
        path: Path,
    ) -> None:
        free = {typed: name for typed, name in known.items() if name not in first}
        shown = tuple(self._own(path, name) for name in dict.fromkeys(free.values()))
        for key in strange:
            fault, near = unknown(key, free, shown)
            self.found.append(fault)
            self.reported |= {(*path, near)} if near else set()

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
        above, name = path[:-1], str(path[-1])
        if path in self.blanks:
            # What shapes say of their keys is Chinese, as are labels.
            told = self._told(above, name) if self._is_labelled(above) else None
            self._report(path, blank(self._own(above, name), self.places[path], told))
            return
        model = self.owners.get(above)
        hint = self.spelling.hints.get(model, {}).get(name) if model else None
        typed = self.spelling.label(model, name) if model and self._is_labelled(above) else name
        self._report(path, missing(self._own(above, name), typed, self.places[above], hint))

    def _told(self, above: Path, name: str) -> str | None:
        """Return what the shape of a mapping says of a key."""
        model = self.owners.get(above)
        return model.model_fields[name].description if model else None

    def _known(self, loc: Path) -> Path:
        """Return the path that an error's location stands for; pydantic adds steps of its own."""
        path: Path = ()
        for part in loc:
            path = (*path, part) if (*path, part) in self.places else path
        return path

    def _name(self, path: Path) -> str | Message:
        """Return what messages call the value at a path."""
        if not path:
            return ""
        above, last = path[:-1], path[-1]
        if isinstance(last, int):
            return item_name(self._name(above), last + 1)
        return self._name(above) if last in _NAMELESS and above else self._own(above, last)

    def _own(self, above: Path, name: str) -> str | Message:
        """Return what messages call a key, in the spelling of the mapping that it belongs to."""
        model = self.owners.get(above)
        return self.spelling.shown(model, name, label_only=self._is_labelled(above))

    def _is_labelled(self, path: Path) -> bool:
        """Tell how the keys of a mapping are spelled, or of the nearest one around it."""
        while path and path not in self.labelled:
            path = path[:-1]
        return self.labelled.get(path, False)
