"""What a record says as values by their places, and rows: what can be merged one by one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from pydantic import ValidationError

from perfeval_docs.importing import Where
from perfeval_docs.record import Record
from perfeval_docs.record.meaning import meaning
from perfeval_docs.record.model import Amounts, Defaults, Funds, Indicator, is_figure
from perfeval_docs.source import Source

_ROWS: Final = "indicators"
_APART: Final = frozenset({_ROWS, "waivers", "declared_level_points"})
"""The keys whose values are no texts of the form."""

FIGURES: Final = frozenset(
    key
    for shape in (Record, Funds, Amounts, Indicator)
    for key in shape.model_fields
    if is_figure(shape, key)
)
"""The keys whose values are figures: the same with more or fewer decimals."""


@dataclass(frozen=True, slots=True)
class Row:
    """An indicator in its levels: what it says by key, blanks left out."""

    level1: str
    level2: str
    values: Mapping[str, str]

    @property
    def name(self) -> str:
        """The indicator's name, empty where it is blank."""
        return self.values.get("indicator", "")


@dataclass(frozen=True, slots=True)
class Said:
    """A record's values by their places, blanks left out, and its indicators in their order."""

    values: Mapping[Where, str]
    rows: tuple[Row, ...]


def said_of(source: Source, defaults: Sequence[Source] = ()) -> Said:
    """Return what a text without faults says; what it leaves out, the defaults say."""
    values: dict[Where, str] = {}
    for each in defaults:
        if each.root is not None:
            values |= _flat(meaning(each.root, Defaults), ())
    said = None if source.root is None else meaning(source.root, Record)
    values |= _flat({k: v for k, v in _mapping(said).items() if k not in _APART}, ())
    return Said(values, tuple(_rows(_mapping(said).get(_ROWS))))


def others_of(source: Source) -> object:
    """Return what a record says beside its values and rows."""
    said = {} if source.root is None else _mapping(meaning(source.root, Record))
    return {key: value for key, value in said.items() if key in _APART - {_ROWS}}


def record_of(said: Said) -> Record | None:
    """Return the record that says this; None if there can be none."""
    tree: dict[str, object] = {}
    for place, text in said.values.items():
        below: dict[str, object] = tree
        for key in place[:-1]:
            inner = below.setdefault(key, {})
            below = inner if isinstance(inner, dict) else {}
        below[place[-1]] = text
    groups: dict[str, dict[str, list[dict[str, str]]]] = {}
    for row in said.rows:
        group = groups.setdefault(row.level1, {}).setdefault(row.level2, [])
        group.append(dict(row.values))
    tree[_ROWS] = groups
    try:
        return Record.model_validate(tree)
    except ValidationError:
        return None


def printed_order(rows: Sequence[Row]) -> list[int]:
    """Return the numbers of rows as a form prints them: what is of one level stands together."""
    levels = {row.level1: n for n, row in reversed(list(enumerate(rows)))}
    groups = {(row.level1, row.level2): n for n, row in reversed(list(enumerate(rows)))}
    return sorted(
        range(len(rows)),
        key=lambda n: (levels[rows[n].level1], groups[rows[n].level1, rows[n].level2], n),
    )


def _flat(said: object, where: Where) -> dict[Where, str]:
    found: dict[Where, str] = {}
    for key, value in _mapping(said).items():
        if isinstance(value, str):
            found[*where, key] = value
        else:
            found |= _flat(value, (*where, key))
    return found


def _rows(levels: object) -> Iterator[Row]:
    for level1, groups in levels if isinstance(levels, list) else ():
        for level2, items in groups if isinstance(groups, list) else ():
            for item in items if isinstance(items, list) else ():
                said = {k: v for k, v in _mapping(item).items() if isinstance(v, str)}
                yield Row(level1, level2, said)


def _mapping(value: object) -> dict[str, object]:
    return value if isinstance(value, dict) else {}
