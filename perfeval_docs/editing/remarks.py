"""The comments of a YAML text, each with the key, the item or the list that it belongs to."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from perfeval_docs.diagnostic import Span
from perfeval_docs.source import Mapping, Node, Scalar, Sequence, Source, is_blank
from perfeval_docs.source.places import Places

Spot = tuple[int, bool]
"""The offset at which a key or an item begins, and whether it is the item."""

_HASH: Final = re.compile(r"#[^\r\n]*")
_HEADER: Final = re.compile(r"[|>][-+0-9]*[ \t]+(#[^\r\n]*)")
_FOR_EDITORS: Final = re.compile(r"#\s*(?:yaml-language-server:|-\*-|vim:)|#!")


@dataclass(frozen=True, slots=True)
class Remark:
    """A comment with its sign; `blank` tells whether an empty line stands above it."""

    text: str
    blank: bool = False


@dataclass(slots=True)
class Remarks:
    """Where the comments of one text belong.

    `top` is what stands above everything; `above` and `beside` a key or an item; `under` a key
    without a value; `end` below the last of a mapping's keys or a list's items, by the spot
    that holds the collection (None is the whole text). `blank` are the spots below an empty line.
    """

    top: list[Remark] = field(default_factory=list)
    above: dict[Spot, list[Remark]] = field(default_factory=dict)
    beside: dict[Spot, str] = field(default_factory=dict)
    under: dict[Spot, list[Remark]] = field(default_factory=dict)
    end: dict[Spot | None, list[Remark]] = field(default_factory=dict)
    blank: set[Spot] = field(default_factory=set)


def remarks_of(source: Source) -> Remarks:
    """Find where the comments of a text without faults belong."""
    return _Finder(source).remarks


def comments_of(source: Source) -> tuple[str, ...]:
    """Return the comments of a text without faults, in their order."""
    return tuple(text for _, text in _Finder(source).comments())


def comments_with_places(source: Source) -> tuple[tuple[int, str], ...]:
    """Return the comments of a text without faults, each with the offset of its sign."""
    return tuple(_Finder(source).comments())


class Offsets:
    """The offsets of spans in a text."""

    def __init__(self, source: Source) -> None:
        """Find the lines of the text."""
        self.places = Places(source.text, source.file)

    def start(self, span: Span) -> int:
        """Return where a span begins."""
        return self.places.offset(span.line - 1, span.column - 1)

    def end(self, span: Span) -> int:
        """Return where a span ends."""
        return self.places.offset(span.end_line - 1, span.end_column - 1)


@dataclass(frozen=True, slots=True)
class _Collection:
    """A mapping or a list: where it stands, in which column its keys or dashes are."""

    owner: Spot | None
    start: int
    end: int
    column: int
    is_flow: bool
    is_empty: bool


@dataclass(frozen=True, slots=True)
class _Anchor:
    """A key or an item, where its own words end, and the collections around it, outermost first."""

    spot: Spot
    end: int
    is_blank: bool
    path: tuple[_Collection, ...]

    @property
    def column(self) -> int:
        """The column of the key or the dash."""
        return self.path[-1].column


class _Finder:
    """One walk over the nodes of a text, and then one over its comments."""

    def __init__(self, source: Source) -> None:
        self._text = source.text
        self._offsets = Offsets(source)
        self._places = self._offsets.places
        self._scalars: list[tuple[int, int]] = []
        self._ends: dict[int, Spot | None] = {}
        self._anchors: list[_Anchor] = []
        self._flows: list[_Collection] = []
        self.remarks = Remarks()
        if source.root is not None:
            self._walk(source.root, None, ())
        self._starts = [anchor.spot[0] for anchor in self._anchors]
        for anchor in self._anchors:
            self._note_blank(anchor)
        for offset, text in self.comments():
            self._place(offset, text)
        self._lift_top()

    def comments(self) -> Iterator[tuple[int, str]]:
        """Yield the comments with their offsets: between scalars, and beside `|`."""
        at = 0
        for start, end in (*sorted(self._scalars), (len(self._text), len(self._text))):
            for found in _HASH.finditer(self._text, at, start):
                yield found.start(), found[0].rstrip()
            header = _HEADER.match(self._text, start, end)
            if header is not None:
                yield header.start(1), header[1].rstrip()
            at = max(at, end)

    def _walk(self, node: Node, owner: Spot | None, path: tuple[_Collection, ...]) -> None:
        match node:
            case Scalar():
                self._token(node, owner)
            case Mapping():
                inside = (*path, self._collection(node, owner, path, is_empty=not node.entries))
                for entry in node.entries:
                    spot = (self._offsets.start(entry.key.span), False)
                    self._anchor(spot, entry.value, inside)
                    self._token(entry.key, spot)
                    self._walk(entry.value, spot, inside)
            case Sequence():
                inside = (*path, self._collection(node, owner, path, is_empty=not node.items))
                for item in node.items:
                    spot = (self._offsets.start(item.span), True)
                    self._anchor(spot, item, inside)
                    self._walk(item, spot, inside)

    def _token(self, node: Scalar, spot: Spot | None) -> None:
        start, end = self._offsets.start(node.span), self._offsets.end(node.span)
        if end > start:
            self._scalars.append((start, end))
            self._ends[end] = spot

    def _collection(
        self, node: Node, owner: Spot | None, path: tuple[_Collection, ...], *, is_empty: bool
    ) -> _Collection:
        start, end = self._offsets.start(node.span), self._offsets.end(node.span)
        is_bracket = self._text[start : start + 1] in {"{", "["}
        is_flow = is_bracket or bool(path and path[-1].is_flow)
        found = _Collection(owner, start, end, node.span.column - 1, is_flow, is_empty)
        if is_bracket:
            self._flows.append(found)
            self._ends[end] = owner
        return found

    def _anchor(self, spot: Spot, value: Node, path: tuple[_Collection, ...]) -> None:
        is_left_out = is_blank(value)
        end = spot[0]
        if isinstance(value, Scalar) and not is_left_out:
            end = self._offsets.end(value.span)
        self._anchors.append(_Anchor(spot, end, is_left_out and not spot[1], path))

    def _note_blank(self, anchor: _Anchor) -> None:
        """Note an empty line above; a key beside a dash leaves it to the item."""
        offset, is_item = anchor.spot
        line = self._places.line(offset)
        before = self._text[self._places.starts[line] : offset].strip(" \t")
        if before.startswith("-") if is_item else not before:
            self.remarks.blank |= {anchor.spot} if self._is_blank(line - 1) else set()

    def _is_blank(self, line: int) -> bool:
        if line < 0:
            return False
        typed = self._text[self._places.starts[line] : self._places.ends[line]].strip()
        return typed in {"", "---"}

    def _place(self, offset: int, text: str) -> None:
        """Give one comment to what it belongs to."""
        line = self._places.line(offset)
        start = self._places.starts[line]
        is_alone = not self._text[start:offset].strip(" \t")
        remark = Remark(text, blank=is_alone and self._is_blank(line - 1))
        if not is_alone:
            end = max((e for e in self._ends if start < e <= offset), default=None)
            spot = None if end is None else self._ends[end]
            if spot is not None:
                self._beside(spot, remark)
                return
        number = bisect_right(self._starts, offset)
        before = self._anchors[number - 1] if number else None
        after = self._anchors[number] if number < len(self._anchors) else None
        if before is not None and before.end > offset:
            self._add(self.remarks.above, before.spot, remark)
        elif not self._in_brackets(offset, after, remark):
            column = offset - start if is_alone else -1
            self._between(before, after, column, remark)

    def _beside(self, spot: Spot, remark: Remark) -> None:
        if spot in self.remarks.beside:
            self._add(self.remarks.above, spot, remark)
        else:
            self.remarks.beside[spot] = remark.text

    def _in_brackets(self, offset: int, after: _Anchor | None, remark: Remark) -> bool:
        """Place a comment that stands between brackets; tell whether it does."""
        around = [each for each in self._flows if each.start < offset < each.end]
        if not around:
            return False
        inner = max(around, key=lambda each: each.start)
        if after is not None and inner in after.path:
            self._add(self.remarks.above, after.spot, remark)
        elif inner.is_empty and inner.owner is not None:
            self._add(self.remarks.above, inner.owner, remark)
        else:
            self._add(self.remarks.end, inner.owner, remark)
        return True

    def _between(
        self, before: _Anchor | None, after: _Anchor | None, column: int, remark: Remark
    ) -> None:
        """Place a comment between two keys: by its column with what ends there, or with the next.

        A column below zero is that of a comment beside a dash or the like.
        """
        if after is not None and (before is None or column <= after.column):
            self._add(self.remarks.above, after.spot, remark)
            return
        if before is None:
            self.remarks.end.setdefault(None, []).append(remark)
            return
        if before.is_blank and not before.path[-1].is_flow and column > before.column:
            self._add(self.remarks.under, before.spot, remark)
            return
        others = after.path if after is not None else ()
        ended = [each for each in before.path if each not in others and not each.is_flow]
        fitting = [each for each in ended if each.column <= column]
        if fitting:
            self._add(self.remarks.end, fitting[-1].owner, remark)
        elif after is not None:
            self._add(self.remarks.above, after.spot, remark)
        else:
            self._add(self.remarks.end, None, remark)

    def _add(
        self, place: dict[Spot, list[Remark]] | dict[Spot | None, list[Remark]],
        spot: Spot | None, remark: Remark,
    ) -> None:  # fmt: skip
        place.setdefault(spot, []).append(remark)  # type: ignore[arg-type]

    def _lift_top(self) -> None:
        """Take to the top what stands above the first key with an empty line between."""
        if not self._anchors:
            return
        first = self._anchors[0].spot
        rows = self.remarks.above.get(first, [])
        blanks = [*(each.blank for each in rows), first in self.remarks.blank]
        cut = max((n for n, blank in enumerate(blanks) if n and blank), default=0)
        if not cut and rows and _FOR_EDITORS.match(rows[0].text):
            cut = 1
        self.remarks.blank.discard(first)
        self.remarks.top = rows[:cut]
        self.remarks.above[first] = rows[cut:]
