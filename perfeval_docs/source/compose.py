"""The events of libyaml to nodes with places."""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import dataclass
from typing import Final, TypeGuard

from ruamel.yaml.error import YAMLError
from ruamel.yaml.events import (
    AliasEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
)

from perfeval_docs.diagnostic import Diagnostic, Message, Related, Span, msg
from perfeval_docs.source.characters import check_escapes
from perfeval_docs.source.edits import Mended
from perfeval_docs.source.events import (
    BLOCK_STYLES,
    MAX_DEPTH,
    PLAIN_STYLES,
    Event,
    Mark,
    SyntaxFault,
    events,
    sort_of,
    syntax_fault,
)
from perfeval_docs.source.faults import fault
from perfeval_docs.source.nodes import Entry, Mapping, Node, Scalar, Sequence
from perfeval_docs.source.places import Places

MAX_SCALAR_CHARACTERS: Final = 200_000

_QUOTE: Final = msg("if it is meant as text, put it in quotes")
_NO_BRACKETS: Final = msg("take the brackets off")
_LINES_OUT: Final = msg("write the lines out; what records share belongs in perfeval.yaml")
_WRITE_OUT: Final = msg("write the value out; if it is meant as text, put it in quotes")
_KEEP_ONE: Final = msg("keep one of the two")
_KEEP_ONE_OR_DASH: Final = msg(
    "keep one of the two; if a new indicator begins here, write `- ` before it"
)
_PROPERTY: Final = {sign: re.compile(rf"{sign}[^\s,\[\]{{}}]*") for sign in "&!"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Composed:
    """The tree of a text (None if there is none) and what is wrong with it.

    The offsets of `syntax` are those of the mended text.
    """

    root: Node | None
    diagnostics: tuple[Diagnostic, ...]
    syntax: SyntaxFault | None = None


def compose(mended: Mended, places: Places) -> Composed:
    """Read the tree of a mended text; places are those of the text as typed."""
    composer = _Composer(mended, places)
    root, syntax = None, None
    try:
        root = composer.document()
    except _TooDeepError:
        pass
    except YAMLError as error:
        syntax = syntax_fault(error)
    return Composed(root=root, diagnostics=tuple(composer.found), syntax=syntax)


class _TooDeepError(Exception):
    """The nodes nest deeper than `MAX_DEPTH`; what is wrong is already noted."""


class _Composer:
    """Builds nodes from one parser's events and notes faults in `found`."""

    def __init__(self, mended: Mended, places: Places) -> None:
        self.found: list[Diagnostic] = []
        self._mended = mended
        self._places = places
        self._file = places.file
        self._next = events(mended.text).__next__

    def document(self) -> Node | None:
        """Return the root of the first document; a second one is a fault."""
        self._next()  # the stream's start
        try:
            self._next()  # the document's start
        except StopIteration:
            return None
        root = self._node(self._next(), 1)
        self._next()  # the document's end
        with suppress(StopIteration):
            self._several(self._next())
        return root

    def _node(self, event: Event, depth: int) -> Node:
        sort = sort_of(event)
        if sort is AliasEvent:
            return self._alias(event)
        if event.anchor is not None or event.tag is not None:
            self._refuse_properties(event)
        if sort is ScalarEvent:
            return self._scalar(event)
        if depth > MAX_DEPTH:
            raise self._too_deep(event)
        if sort is MappingStartEvent:
            return self._mapping(event, depth)
        return self._sequence(event, depth)

    def _scalar(self, event: Event) -> Scalar:
        value, style = event.value, event.style
        span = self._block_span(event) if style in BLOCK_STYLES else self._marked(event)
        if len(value) > MAX_SCALAR_CHARACTERS:
            self._refuse_length(value, span)
        if style == '"':
            self._check_escapes(event)
        lines = self._lines(value, span) if style == "|" else ()
        return Scalar(value=value, quoted=style not in PLAIN_STYLES, span=span, lines=lines)

    def _sequence(self, start: Event, depth: int) -> Sequence:
        items: list[Node] = []
        event = self._next()
        while sort_of(event) is not SequenceEndEvent:
            items.append(self._node(event, depth + 1))
            event = self._next()
        span = self._collection_span(start, event, items[-1].span if items else None)
        return Sequence(items=tuple(items), span=span)

    def _mapping(self, start: Event, depth: int) -> Mapping:
        entries: dict[str, Entry] = {}
        repeats: list[Scalar] = []
        last: Span | None = None
        event = self._next()
        while sort_of(event) is not MappingEndEvent:
            key = self._node(event, depth + 1)
            value = self._node(self._next(), depth + 1)
            last = value.span
            if self._is_key(key):
                if key.value in entries:
                    repeats.append(key)
                else:
                    entries[key.value] = Entry(key=key, value=value)
            event = self._next()
        if repeats:
            self._refuse_repeats(repeats, entries, may_be_items=not start.flow_style and depth > 1)
        span = self._collection_span(start, event, last)
        return Mapping(entries=tuple(entries.values()), span=span)

    def _is_key(self, key: Node) -> TypeGuard[Scalar]:
        """Tell whether a node may be a key; note why not."""
        if not isinstance(key, Scalar):
            self._refuse("key-not-text", key.span, msg("a key must be text"), _NO_BRACKETS)
            return False
        if key.value == "<<" and not key.quoted:
            self._refuse("merge-key", key.span, msg("merge keys (<<) are not read"), _LINES_OUT)
            return False
        return True

    def _alias(self, event: Event) -> Scalar:
        span = self._marked(event)
        self._refuse(
            "anchor-or-alias",
            span,
            msg("the alias *{name} is not read", name=str(event.anchor)),
            _WRITE_OUT,
        )
        return Scalar(value=f"*{event.anchor}", quoted=False, span=span)

    def _refuse_properties(self, event: Event) -> None:
        if event.anchor is not None:
            message = msg("the anchor &{name} is not read", name=event.anchor)
            self._refuse("anchor-or-alias", self._property(event, "&")[0], message, _WRITE_OUT)
        if event.tag is not None:
            span, typed = self._property(event, "!")
            message = msg("tags such as {tag} are not read", tag=typed)
            self._refuse("tag", span, message, msg("delete it, or put the text in quotes"))

    def _refuse_repeats(
        self, repeats: list[Scalar], entries: dict[str, Entry], *, may_be_items: bool
    ) -> None:
        """Note the keys that stand a second time.

        Where the first key of all is among them, an item most likely lacks its dash: the others
        that its lines repeat are not named.
        """
        first = next(iter(entries.values()))
        is_item = may_be_items and isinstance(first.value, Scalar)
        opening = first.key.value if is_item else None
        has_begun = False
        for key in repeats:
            begins = key.value == opening
            has_begun = has_begun or begins
            if begins or not has_begun:
                way_out = _KEEP_ONE_OR_DASH if begins else _KEEP_ONE
                self._refuse_repeat(key, entries[key.value].key.span, way_out)

    def _refuse_repeat(self, key: Scalar, first: Span, way_out: Message) -> None:
        self.found.append(
            fault(
                "key-repeated",
                key.span,
                msg("{key} stands here a second time", key=key.value),
                help=way_out,
                related=(Related(span=first, message=msg("the first one")),),
            )
        )

    def _refuse_length(self, value: str, span: Span) -> None:
        message = msg(
            "a text of {length} characters; at most {limit} are read",
            length=str(len(value)),
            limit=str(MAX_SCALAR_CHARACTERS),
        )
        self._refuse("text-too-long", span, message, msg("shorten it"))

    def _too_deep(self, event: Event) -> _TooDeepError:
        start = event.start_mark.index
        self._refuse(
            "nested-too-deep",
            self._between(start, start + 1),
            msg("nested more than {limit} levels deep", limit=str(MAX_DEPTH)),
            _QUOTE,
        )
        return _TooDeepError()

    def _several(self, event: Event) -> None:
        start = event.start_mark.index
        self._refuse(
            "several-documents",
            self._between(start, start + 3),
            msg("--- is no dividing line: what stands below it is another document"),
            msg("delete the line ---, or put what follows into a file of its own"),
        )

    def _refuse(self, name: str, span: Span, message: Message, way_out: Message) -> None:
        self.found.append(fault(name, span, message, help=way_out))

    def _check_escapes(self, event: Event) -> None:
        if self._mended.untouched:
            start, end = event.start_mark.index, event.end_mark.index
            text = self._mended.text
            self.found += check_escapes(event.value, text, self._places, start, end)

    def _property(self, event: Event, sign: str) -> tuple[Span, str]:
        """Return the place of an anchor or a tag before its node, and what was typed."""
        start = event.start_mark.index
        found = _PROPERTY[sign].search(self._mended.text, start)
        if found is None:
            return self._between(start, start + 1), sign
        return self._between(*found.span()), found[0]

    def _collection_span(self, start: Event, end: Event, last: Span | None) -> Span:
        """Return the place of a collection: in block style it ends with its last node."""
        if start.flow_style or last is None:
            return self._between(start.start_mark.index, end.end_mark.index)
        mark = start.start_mark
        line, column = self._place(mark)
        return Span(self._file, line, column, last.end_line, last.end_column)

    def _block_span(self, event: Event) -> Span:
        """Return the place of a block scalar without the blank lines below it."""
        start, end = event.start_mark.index, event.end_mark.index
        text = self._mended.text
        while end > start + 1 and text[end - 1] in " \t\r\n":
            end -= 1
        return self._between(start, end)

    def _lines(self, value: str, header: Span) -> tuple[Span, ...]:
        """Return the places of the lines of a text below its `|`: YAML takes an indent off each."""
        found = []
        texts = value.rstrip("\n").split("\n")
        # A mended text can have a line more than the one that was typed.
        for number, text in zip(range(header.line, len(self._places.starts)), texts, strict=False):
            start, end = self._places.starts[number], self._places.ends[number]
            found.append(self._places.span(max(start, end - len(text)), end))
        return tuple(found)

    def _marked(self, event: Event) -> Span:
        start, end = event.start_mark, event.end_mark
        if self._mended.untouched:
            return Span(self._file, start.line + 1, start.column + 1, end.line + 1, end.column + 1)
        return self._between(start.index, end.index)

    def _place(self, mark: Mark) -> tuple[int, int]:
        if self._mended.untouched:
            return mark.line + 1, mark.column + 1
        span = self._between(mark.index, mark.index)
        return span.line, span.column

    def _between(self, start: int, end: int) -> Span:
        origin = self._mended.origin
        return self._places.span(origin(start), origin(end))
