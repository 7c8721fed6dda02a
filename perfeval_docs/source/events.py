"""What libyaml sees in a text: its events, and where it gives up."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, Protocol

from ruamel.yaml.cyaml import CParser  # type: ignore[attr-defined]  # not in its __all__
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.events import CollectionEndEvent, CollectionStartEvent, ScalarEvent, StreamEndEvent

MAX_DEPTH: Final = 32
PLAIN_STYLES: Final = ("", None)
BLOCK_STYLES: Final = ("|", ">")


class Mark(Protocol):
    """A place of libyaml: an offset in characters, and line and column from 0."""

    index: int
    line: int
    column: int


class Event(Protocol):
    """A step of libyaml; a class of events has those of these that its name lets expect."""

    anchor: str | None
    tag: str | None
    value: str
    style: str | None
    flow_style: bool
    start_mark: Mark
    end_mark: Mark


def sort_of(event: Event) -> type[object]:
    """Return the class of an event."""
    return event.__class__


def events(text: str) -> Iterator[Event]:
    """Yield the events of a text up to its end; raises `YAMLError` where it is not YAML."""
    get_event = CParser(text).get_event
    while True:
        event = get_event()
        if sort_of(event) is StreamEndEvent:
            return
        yield event


@dataclass(frozen=True, slots=True)
class Extent:
    """A scalar as offsets, the end exclusive."""

    start: int
    end: int


def scalar_extents(text: str) -> tuple[Extent, ...] | None:
    """Return where libyaml sees scalars in a text; None if it is not YAML, or nests too deep."""
    found: list[Extent] = []
    depth = 0
    try:
        for event in events(text):
            if isinstance(event, ScalarEvent):
                found.append(Extent(event.start_mark.index, event.end_mark.index))
            elif isinstance(event, CollectionStartEvent):
                depth += 1
            elif isinstance(event, CollectionEndEvent):
                depth -= 1
            # libyaml needs quadratic time for brackets that nest.
            if depth > MAX_DEPTH:
                return None
    except YAMLError:
        return None
    return tuple(found)


@dataclass(frozen=True, slots=True, kw_only=True)
class SyntaxFault:
    """Where libyaml gave up, as offsets.

    `context` is where the thing began that it was reading, if it says so.
    """

    offset: int
    context: int | None


def syntax_fault(error: YAMLError) -> SyntaxFault:
    """Return the places that an error of libyaml carries."""
    if not isinstance(error, MarkedYAMLError) or error.problem_mark is None:
        return SyntaxFault(offset=0, context=None)
    context = error.context_mark
    return SyntaxFault(
        offset=error.problem_mark.index,
        context=None if context is None else context.index,
    )
