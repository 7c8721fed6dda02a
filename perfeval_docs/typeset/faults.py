"""What cannot be set, and where it stands."""

from __future__ import annotations

from perfeval_docs.diagnostic import Message, msg
from perfeval_docs.errors import FaultyTemplateError

_SHOWN = 12
_WAY_OUT = msg("take it out or put plain text or a table in its place")


class UnsettableError(Exception):
    """A construct of Word that the typesetter does not know; the place is added on the way up."""

    def __init__(self, construct: Message, way_out: Message = _WAY_OUT) -> None:
        """Name the construct, and the way out."""
        super().__init__(construct)
        self.construct = construct
        self.way_out = way_out
        self.places: list[Message] = []

    def within(self, place: Message) -> UnsettableError:
        """Add the place that encloses those known so far."""
        self.places.insert(0, place)
        return self

    def fault(self, file: str) -> FaultyTemplateError:
        """Make the failure that people see."""
        place = self.places[0] if self.places else msg("the document")
        for inner in self.places[1:]:
            place = msg("{outer}, {inner}", outer=place, inner=inner)
        return FaultyTemplateError(
            msg(
                "{file}, {place}: {construct} cannot be set as PDF; {way_out}",
                file=file,
                place=place,
                construct=self.construct,
                way_out=self.way_out,
            )
        )


def quoted(text: str) -> str:
    """Return the beginning of a text, by which a person finds it."""
    return text if len(text) <= _SHOWN else text[:_SHOWN] + "…"
