"""What libyaml sees in a text: its events, and where it gives up."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from ruamel.yaml.cyaml import CParser  # type: ignore[attr-defined]  # not in its __all__
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.events import NodeEvent, ScalarEvent, StreamEndEvent

PLAIN_STYLES: Final = ("", None)
BLOCK_STYLES: Final = ("|", ">")


def events(text: str) -> Iterator[Any]:
    """Yield the events of a text up to its end; raises `YAMLError` where it is not YAML."""
    get_event = CParser(text).get_event
    while True:
        event = get_event()
        if event.__class__ is StreamEndEvent:
            return
        yield event


@dataclass(frozen=True, slots=True)
class Extent:
    """A scalar or the start of a collection, as offsets; `plain` marks unquoted scalars."""

    start: int
    end: int
    plain: bool


def extents(text: str) -> tuple[Extent, ...]:
    """Return where libyaml sees nodes in a text that parses."""
    return tuple(
        Extent(event.start_mark.index, event.end_mark.index, _is_plain(event))
        for event in events(text)
        if isinstance(event, NodeEvent)
    )


def _is_plain(event: NodeEvent) -> bool:
    return isinstance(event, ScalarEvent) and event.style in PLAIN_STYLES


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
