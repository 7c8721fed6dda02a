"""Find the indicators of one record in another: by levels and name, then moved, then renamed."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Final, TypeVar

T = TypeVar("T")

_ALIKE: Final = 0.5
_SAME_LEVELS: Final = 0.2
_SAME_TARGET: Final = 0.2
_SAME_PLACE: Final = 0.1
_NAME: Final = 0.5
_MOST_SIGNS: Final = 10_000_000
"""Of names held against each other, each with each: what takes some seconds."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """An indicator with its levels, its position in its group, what it says, and its score."""

    level1: str
    level2: str
    position: int
    said: Mapping[str, str | None]
    score: str | None

    @property
    def name(self) -> str:
        """The indicator's name, empty where it is to be filled in."""
        return self.said.get("indicator") or ""


def paired(before: Sequence[Row], after: Sequence[Row]) -> Iterator[tuple[Row | None, Row | None]]:
    """Yield what belongs together, in the order of afterwards; what went comes last.

    First what says the same in the same levels, then the same levels and name, then the same
    name, then what is most alike: half the likeness is the name's, the rest that of levels,
    target and position. Where a record has several of the same name, the first goes with the
    first.
    """
    pairs: dict[int, int] = {}
    by_key(before, after, pairs, lambda row: (row.level1, row.level2, frozenset(row.said.items())))
    by_key(before, after, pairs, lambda row: (row.level1, row.level2, row.name))
    by_key(before, after, pairs, lambda row: row.name or None)
    _by_likeness(before, after, pairs)
    for index, row in enumerate(after):
        yield (before[pairs[index]] if index in pairs else None), row
    gone = set(pairs.values())
    yield from ((row, None) for index, row in enumerate(before) if index not in gone)


def by_key(
    before: Sequence[T], after: Sequence[T], pairs: dict[int, int], key: Callable[[T], object]
) -> None:
    """Pair what has the same key, the first with the first; None is no key."""
    taken = set(pairs.values())
    waiting: dict[object, list[int]] = {}
    for index, each in enumerate(before):
        if index not in taken and key(each) is not None:
            waiting.setdefault(key(each), []).append(index)
    for index, each in enumerate(after):
        same = waiting.get(key(each)) if index not in pairs else None
        if same:
            pairs[index] = same.pop(0)


def _by_likeness(before: Sequence[Row], after: Sequence[Row], pairs: dict[int, int]) -> None:
    """Pair what is left, the most alike first."""
    taken = set(pairs.values())
    left = [index for index in range(len(before)) if index not in taken]
    new = [index for index in range(len(after)) if index not in pairs]
    for _, index, other in sorted(_candidates(before, after, left, new)):
        if index not in pairs and other not in taken:
            pairs[index] = other
            taken.add(other)


def _candidates(
    before: Sequence[Row], after: Sequence[Row], left: Sequence[int], new: Sequence[int]
) -> Iterator[tuple[float, int, int]]:
    """Yield what is alike enough, with its likeness below zero; names alone never are."""
    homes: dict[object, list[int]] = {}
    for other in left:
        for key in _keys(before[other]):
            homes.setdefault(key, []).append(other)
    names = SequenceMatcher[str](None, autojunk=False)
    signs = 0
    for index in new:
        row = after[index]
        names.set_seq2(row.name)
        for other in sorted({each for key in _keys(row) for each in homes.get(key, ())}):
            one = before[other]
            signs += (len(one.name) + 1) * (len(row.name) + 1)
            if signs > _MOST_SIGNS:
                return
            rest = _likeness_beside_name(one, row)
            names.set_seq1(one.name)
            if rest + _NAME * names.quick_ratio() >= _ALIKE:
                likeness = rest + _NAME * names.ratio()
                if likeness >= _ALIKE:
                    yield -likeness, index, other


def _keys(row: Row) -> Iterator[object]:
    """Yield what a row has in common with each that may be it: its levels, or its target."""
    yield row.level1, row.level2
    if row.said.get("target") is not None:
        yield row.said["target"]


def _likeness_beside_name(one: Row, other: Row) -> float:
    levels = (one.level1, one.level2) == (other.level1, other.level2)
    target = one.said.get("target")
    return (
        _SAME_LEVELS * levels
        + _SAME_TARGET * (target is not None and target == other.said.get("target"))
        + _SAME_PLACE * (levels and one.position == other.position)
    )


def alike(one: str, other: str) -> float:
    """Return how much two names have in common, from 0 to 1."""
    return SequenceMatcher(None, one, other, autojunk=False).ratio()
