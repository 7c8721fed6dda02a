"""The indicators of a text in other groups, or another order: their lines moved as they stand."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from perfeval_docs.editing.remarks import comments_with_places
from perfeval_docs.editing.values import STEP, UneditableError, Values, Written
from perfeval_docs.merging.said import Row
from perfeval_docs.merging.threeway import Group
from perfeval_docs.record import Record
from perfeval_docs.record.keys import KEYS
from perfeval_docs.record.model import Indicator
from perfeval_docs.source import Entry, Mapping, Source
from perfeval_docs.source import Sequence as Items
from perfeval_docs.source.scalars import key as written_key

Lines = list[int | str]
"""Lines as they stand, by their numbers, and new ones."""


@dataclass(slots=True)
class _Second:
    """A level-2 as it stands: its name, the lines of its key, and those of each row."""

    name: str
    head: Lines
    column: int
    dash: int
    rows: list[int] = field(default_factory=list)


@dataclass(slots=True)
class _First:
    """A level-1 as it stands: its name, the lines of its key, and what is below it."""

    name: str
    head: Lines
    column: int
    seconds: list[_Second] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Anchor:
    """Where a key or a dash stands, and where what it says ends: lines, and its column."""

    line: int
    end: int
    column: int


def rearranged(source: Source, groups: Sequence[Group]) -> str:
    """Return a text with its indicators in these groups; comments of rows that go stay.

    Raises `UneditableError` for what does not stand line by line.
    """
    return _Text(source).with_groups(groups)


class _Text:
    """The lines of the indicators of one text."""

    def __init__(self, source: Source) -> None:
        self._values = Values(source)
        self._break = self._values.break_
        places = self._values.offsets.places
        self._lines = [
            source.text[start:end] for start, end in zip(places.starts, places.ends, strict=True)
        ]
        self._comments: dict[int, str] = {}
        for offset, text in comments_with_places(source):
            self._comments[places.line(offset)] = text
        entry = _indicators(source)
        self._firsts: list[_First] = []
        self._rows: list[Lines] = []
        self._columns: list[int] = []
        self._begin = entry.key.span.end_line
        self._at = self._begin
        self._walk(entry)
        self._end = self._at

    # The text as it stands.

    def _walk(self, entry: Entry) -> None:
        for one in _block(entry):
            first = _First(one.key.value.strip(), self._head(one), one.key.span.column - 1)
            self._firsts.append(first)
            for two in _block(one):
                column = two.key.span.column - 1
                second = _Second(two.key.value.strip(), self._head(two), column, column + len(STEP))
                first.seconds.append(second)
                if isinstance(two.value, Items):
                    self._items(two.value, second)

    def _items(self, items: Items, second: _Second) -> None:
        for item in items.items:
            line = item.span.line - 1
            before = self._lines[line][: item.span.column - 1]
            if not isinstance(item, Mapping) or before.strip() != "-":
                raise UneditableError
            second.dash = before.index("-")
            lines = self._chunk(_Anchor(line, item.span.end_line, second.dash))
            second.rows.append(len(self._rows))
            self._columns.append(second.dash)
            self._rows.append(lines)

    def _head(self, entry: Entry) -> Lines:
        """Return the lines of a key, comments above it too."""
        span = entry.key.span
        if self._lines[span.line - 1][: span.column - 1].strip():
            raise UneditableError
        return self._chunk(_Anchor(span.line - 1, span.end_line, span.column - 1))

    def _chunk(self, anchor: _Anchor) -> Lines:
        """Take the lines up to the end of what stands at an anchor.

        Comments before it that stand deeper belong to what was taken before.
        """
        if anchor.line < self._at:
            raise UneditableError
        start = self._at
        while start < anchor.line and self._is_deeper(self._lines[start], anchor.column):
            start += 1
        self._give(range(self._at, start))
        self._at = anchor.end
        return list(range(start, anchor.end))

    def _is_deeper(self, line: str, column: int) -> bool:
        body = line.lstrip(" ")
        return body.startswith("#") and len(line) - len(body) > column

    def _give(self, lines: Sequence[int]) -> None:
        """Add lines to what was taken last."""
        if not lines:
            return
        if self._firsts and self._firsts[-1].seconds:
            second = self._firsts[-1].seconds[-1]
            (self._rows[second.rows[-1]] if second.rows else second.head).extend(lines)
        elif self._firsts:
            self._firsts[-1].head.extend(lines)
        else:
            raise UneditableError

    # The text as it is to be.

    def with_groups(self, groups: Sequence[Group]) -> str:
        """Return the text with its indicators in these groups."""
        kept = {row for group in groups for row in group.rows if isinstance(row, int)}
        wanted = self._renamed(groups)
        out: Lines = []
        firsts = {first.name: first for first in self._firsts}
        names = _in_order([f.name for f in self._firsts], [g.level1 for g in wanted])
        for name in names:
            first = firsts.get(name)
            of_first = [group for group in wanted if group.level1 == name]
            out += self._first(first, name, of_first, kept)
        every = (*range(self._begin), *out, *range(self._end, len(self._lines)))
        return self._break.join(map(self._line, every))

    def _line(self, line: int | str) -> str:
        return self._lines[line] if isinstance(line, int) else line

    def _renamed(self, groups: Sequence[Group]) -> list[Group]:
        """Give groups whose rows all moved to one that is new its name, lines and place kept."""
        for first in self._firsts:
            for second in first.seconds:
                old = (first.name, second.name)
                rows: list[int | Row] = list(second.rows)
                new = next((g for g in groups if rows and g.rows[: len(rows)] == rows), None)
                if new is None or (new.level1, new.level2) == old:
                    continue
                taken = {(g.level1, g.level2) for g in groups}
                there = {(f.name, s.name) for f in self._firsts for s in f.seconds}
                is_new = (new.level1, new.level2) not in there and new.level1 == first.name
                if old not in taken and is_new:
                    self._rename(second, new.level2)
        self._rename_firsts(groups)
        return list(groups)

    def _rename_firsts(self, groups: Sequence[Group]) -> None:
        """Give a level-1 that is no more, and all of whose rows went to a new one, its name."""
        wanted = {group.level1 for group in groups}
        there = {first.name for first in self._firsts}
        for first in self._firsts:
            rows = {row for second in first.seconds for row in second.rows}
            homes = {g.level1 for g in groups if rows & {r for r in g.rows if isinstance(r, int)}}
            if first.name not in wanted and len(homes) == 1 and not homes & there:
                self._rename(first, homes.pop())
                there.add(first.name)

    def _rename(self, what: _First | _Second, name: str) -> None:
        old, new = written_key(what.name), written_key(name)
        line = self._line(what.head[-1])
        stem = " " * what.column
        for spelled in (old, f'"{what.name}"', f"'{what.name}'"):
            if spelled is not None and new is not None and line.startswith(f"{stem}{spelled}:"):
                what.head[-1] = stem + new + line[len(stem) + len(spelled) :]
                what.name = name
                return

    def _first(
        self, first: _First | None, name: str, groups: Sequence[Group], kept: set[int]
    ) -> Lines:
        seconds = {} if first is None else {each.name: each for each in first.seconds}
        column = first.column if first else self._column(self._firsts, len(STEP))
        below = self._column([s for f in self._firsts for s in f.seconds], column + len(STEP))
        out: Lines = []
        for each in _in_order(list(seconds), [group.level2 for group in groups]):
            group = next((g for g in groups if g.level2 == each), None)
            out += self._second(seconds.get(each), each, group, below, kept)
        if first is not None and not groups and all(s.rows for s in first.seconds):
            return [*self._comments_of(first.head, column), *out]
        head = first.head if first else [f"{' ' * column}{_key(name)}:"]
        return [*head, *out]

    def _second(
        self, second: _Second | None, name: str, group: Group | None, column: int, kept: set[int]
    ) -> Lines:
        out: Lines = []
        gone = [n for n in (second.rows if second else ()) if n not in kept]
        dash = second.dash if second else column + len(STEP)
        for row in group.rows if group else ():
            if isinstance(row, int):
                out += self._moved(row, dash)
            else:
                out += self._new(row, dash)
        for number in gone:
            out += self._comments_of(self._rows[number], dash)
        if second is not None and group is None and second.rows:
            return [*self._comments_of(second.head, column), *out]
        head = second.head if second else [f"{' ' * column}{_key(name)}:"]
        return [*head, *out]

    def _moved(self, row: int, dash: int) -> Lines:
        """Return the lines of a row, as deep as its new group's."""
        shift = dash - self._columns[row]
        if shift == 0:
            return self._rows[row]
        lines = [self._line(line) for line in self._rows[row]]
        if any(line.strip() and not line.startswith(" " * -shift) for line in lines):
            raise UneditableError
        return [" " * shift + line[max(-shift, 0) :] if line.strip() else line for line in lines]

    def _new(self, row: Row, dash: int) -> Lines:
        keys = [key for key in Indicator.model_fields if key in row.values]
        needed = [key for key, each in Indicator.model_fields.items() if each.is_required()]
        shown = [key for key in Indicator.model_fields if key in keys or key in needed]
        pairs: list[Written] = [(Indicator, key, row.values.get(key, "")) for key in shown]
        indent = " " * dash + STEP
        first, *others = self._values.lines(pairs, indent)
        return [f"{' ' * dash}- {first.removeprefix(indent)}", *others]

    def _comments_of(self, lines: Lines, column: int) -> Iterator[str]:
        """Yield the comments in lines that go, each on a line of its own."""
        for line in lines:
            if isinstance(line, int) and line in self._comments:
                yield f"{' ' * column}{self._comments[line]}"

    @staticmethod
    def _column(of: Sequence[_First | _Second], otherwise: int) -> int:
        return of[0].column if of else otherwise


def _indicators(source: Source) -> Entry:
    root = source.root
    for entry in root.entries if isinstance(root, Mapping) else ():
        if KEYS.name(Record, entry.key) == "indicators":
            return entry
    raise UneditableError


def _block(entry: Entry) -> tuple[Entry, ...]:
    """Return the keys below a key. Raises `UneditableError` for those in its own line."""
    if not isinstance(entry.value, Mapping):
        return ()
    if entry.value.span.line == entry.key.span.line:
        raise UneditableError
    return entry.value.entries


def _key(name: str) -> str:
    written = written_key(name)
    if written is None:
        raise UneditableError
    return written


def _in_order(there: list[str], wanted: list[str]) -> list[str]:
    """Return the names that are there, and new ones behind the ones that they stand behind."""
    out = list(there)
    last = -1
    for name in dict.fromkeys(wanted):
        if name in out:
            last = out.index(name)
        else:
            last += 1
            out.insert(last, name)
    return out
