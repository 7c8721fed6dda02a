"""What changed between two sides: their projects paired, each value of the form held against it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import replace
from types import MappingProxyType
from typing import Final

from pydantic import BaseModel

from perfeval_docs.compare.indicators import Row, alike, by_key, paired
from perfeval_docs.compare.model import (
    Change,
    ChangeKind,
    Comparison,
    IndicatorChange,
    ProjectChange,
)
from perfeval_docs.compare.sides import Side, Told, told
from perfeval_docs.diagnostic import in_order
from perfeval_docs.figures import parse_figure
from perfeval_docs.record import Funds, Indicator, Record
from perfeval_docs.record.keys import KEYS
from perfeval_docs.record.model import INTERNAL, is_figure, is_paragraphs
from perfeval_docs.source.shape_kinds import Kind, kind_of, model_of

Said = Mapping[str, object]

_ALIKE: Final = 0.7
# A row of funds that is left out says that there are none.
_NO_FUNDS: Final = MappingProxyType(
    dict.fromkeys(("initial_budget", "adjusted_budget", "executed"), "0.00")
)
_YEAR: Final = "fiscal_year"
_DECLARED: Final = "declared_score"
_TOLD_APART: Final = frozenset({"indicators", "declared_total_score", "declared_grade", _DECLARED})
_INTERNAL: Final = INTERNAL[Record] | INTERNAL[Indicator]
_MAY_BE_LEFT_OUT: Final = ("carryover", "other_funds")


def compare(before: Side, after: Side) -> Comparison:
    """Hold two sides against each other; two files are compared whatever their names.

    With a side that is public, what is internal is no part of the comparison.
    Raises `UsageError` where a side has no records.
    """
    one, two = told(before), told(after)
    pairs = [(one[0], two[0])] if _are_files(before, after) else list(_pairs(one, two))
    left_out = _TOLD_APART | (set() if _are_files(before, after) else _of_the_sides(pairs))
    if before.is_public or after.is_public:
        left_out |= _INTERNAL
    projects = [found for pair in pairs if (found := _project(*pair, left_out)) is not None]
    return Comparison(
        before=before.label,
        after=after.label,
        projects=tuple(projects),
        same=len(pairs) - len(projects),
        diagnostics=in_order(d for each in (*one, *two) for d in each.diagnostics),
        texts={name: text for each in (*one, *two) for name, text in each.texts.items()},
    )


def _are_files(before: Side, after: Side) -> bool:
    return all(side.root in side.files for side in (before, after))


def _of_the_sides(pairs: Sequence[tuple[Told | None, Told | None]]) -> set[str]:
    """Return what is not told of each project because it is that of the sides: their year."""
    years = {
        (_text(one.said, _YEAR), _text(two.said, _YEAR))
        for one, two in pairs
        if one is not None and two is not None
    }
    return {_YEAR} if len(years) == 1 else set()


def _pairs(
    before: Sequence[Told], after: Sequence[Told]
) -> Iterator[tuple[Told | None, Told | None]]:
    """Pair the projects: by name and file, by name, by file, and then by likeness of names."""
    pairs: dict[int, int] = {}
    by_key(before, after, pairs, lambda each: (each.group, _name(each), each.stem))
    by_key(before, after, pairs, lambda each: (each.group, _name(each)) if _name(each) else None)
    by_key(before, after, pairs, lambda each: (each.group, each.stem))
    for index, each in enumerate(after):
        taken = set(pairs.values())
        near = [
            (alike(_name(each), _name(other)), -number)
            for number, other in enumerate(before)
            if index not in pairs and number not in taken and other.group == each.group
        ]
        if near and max(near)[0] >= _ALIKE:
            pairs[index] = -max(near)[1]
    for index, each in enumerate(after):
        yield (before[pairs[index]] if index in pairs else None), each
    gone = set(pairs.values())
    yield from ((each, None) for index, each in enumerate(before) if index not in gone)


def _name(record: Told) -> str:
    name = (record.said or {}).get("project")
    return name if isinstance(name, str) else ""


def _project(
    before: Told | None, after: Told | None, left_out: AbstractSet[str]
) -> ProjectChange | None:
    """Return what changed in a project; None if nothing did."""
    some = [each for each in (after, before) if each is not None]
    changes: tuple[Change, ...] = ()
    indicators: tuple[IndicatorChange, ...] = ()
    kind: ChangeKind = "added" if before is None else "removed" if after is None else "changed"
    if any(each.said is None for each in some):
        kind = "unreadable"
    elif before is not None and after is not None:
        changes = tuple(_changes(before.said or {}, after.said or {}, Record, (), left_out))
        indicators = tuple(_indicators(before, after, left_out))
    scores = _score(before), _score(after)
    found = ProjectChange(
        kind=kind,
        project=next((name for name in map(_name, some) if name), some[0].stem),
        before=None if before is None else before.file,
        after=None if after is None else after.file,
        changes=changes,
        indicators=indicators,
        score=Change(path=("总分",), before=scores[0], after=scores[1]),
        grade=Change(path=("评分等级",), before=_grade(before), after=_grade(after)),
        difference=_difference(*scores),
    )
    is_same = not changes and not indicators and found.score.is_same and found.grade.is_same
    return None if kind == "changed" and is_same else found


def _score(record: Told | None) -> str | None:
    return None if record is None else record.score or _text(record.said, "declared_total_score")


def _difference(before: str | None, after: str | None) -> str | None:
    """Return the difference of printed scores, so that a reader who subtracts agrees."""
    one, two = parse_figure(before or ""), parse_figure(after or "")
    return None if one is None or two is None or one == two else f"{two - one:+f}"


def _grade(record: Told | None) -> str | None:
    return None if record is None else record.grade or _text(record.said, "declared_grade")


def _text(said: Said | None, key: str) -> str | None:
    value = (said or {}).get(key)
    return value if isinstance(value, str) else None


def _changes(
    before: Said,
    after: Said,
    shape: type[BaseModel],
    path: tuple[str, ...],
    left_out: AbstractSet[str] = _TOLD_APART,
) -> Iterator[Change]:
    """Yield the values of a shape that differ, in the order of the form.

    What is told of its own is left out: indicators, scores and the grade, years of the sides.
    """
    for key, field in shape.model_fields.items():
        if key in left_out:
            continue
        place = (*path, KEYS.label(shape, key))
        one, two = before.get(key), after.get(key)
        annotation: object = field.annotation
        match kind_of(annotation):
            case Kind.MODEL:
                none = _NO_FUNDS if shape is Funds and key in _MAY_BE_LEFT_OUT else {}
                below = model_of(annotation)
                yield from _changes(_mapping(one) or none, _mapping(two) or none, below, place)
            case Kind.MAPPING:
                first, second = dict(_pairs_of(one)), dict(_pairs_of(two))
                for name in dict.fromkeys((*first, *second)):
                    yield from _changed((*place, name), first.get(name), second.get(name))
            case Kind.SEQUENCE:
                yield from _changed(place, _listed(one), _listed(two), is_long=True)
            case Kind.TEXT:
                yield from _changed(
                    place,
                    _text(before, key),
                    _text(after, key),
                    is_figure=is_figure(shape, key),
                    is_long=is_paragraphs(shape, key),
                )


def _changed(
    path: tuple[str, ...],
    before: str | None,
    after: str | None,
    *,
    is_figure: bool = True,
    is_long: bool = False,
) -> Iterator[Change]:
    """Yield a change, if there is one: `5.0` and `5.00` are one figure, and two texts."""
    if before == after:
        return
    if is_figure and before is not None and after is not None:
        one, two = parse_figure(before), parse_figure(after)
        if one is not None and one == two:
            return
    yield Change(path=path, before=before, after=after, is_long=is_long)


def _mapping(value: object) -> Said:
    return value if isinstance(value, dict) else {}


def _pairs_of(value: object) -> Iterator[tuple[str, str | None]]:
    """Yield the names and texts of a mapping with names that units give."""
    for name, text in value if isinstance(value, list) else ():
        yield name, text if isinstance(text, str) else None


def _listed(value: object) -> str | None:
    """Return a list of small shapes as lines: one an item, its texts side by side."""
    items = value if isinstance(value, list) else ()
    lines = (" ".join(t for t in _mapping(i).values() if isinstance(t, str)) for i in items)
    return "\n".join(line.replace("\n", " ") for line in lines) or None


def _indicators(before: Told, after: Told, left_out: AbstractSet[str]) -> Iterator[IndicatorChange]:
    for one, two in paired(tuple(_rows(before)), tuple(_rows(after))):
        row = two or one
        if row is None:
            continue
        sides: tuple[Row | None, Row | None] = one, two
        if one is not None and two is not None and not (before.scores and after.scores):
            # A record with a blank has no scores at all: the total says so once.
            sides = replace(one, score=None), replace(two, score=None)
        changes = tuple(_of_indicator(*sides, left_out))
        if changes:
            yield IndicatorChange(
                kind="added" if one is None else "removed" if two is None else "changed",
                level1=row.level1,
                level2=row.level2,
                name=row.name,
                changes=changes,
            )


def _of_indicator(
    before: Row | None, after: Row | None, left_out: AbstractSet[str]
) -> Iterator[Change]:
    if before is not None and after is not None:
        yield from _changed(("一级指标",), before.level1, after.level1)
        yield from _changed(("二级指标",), before.level2, after.level2)
    first, second = (row.said if row else {} for row in (before, after))
    for change in _changes(first, second, Indicator, (), left_out):
        # The name of one that came or went is told already.
        if change.path != ("三级指标",) or (before is not None and after is not None):
            yield change
    scores = [None if r is None else r.score or r.said.get(_DECLARED) for r in (before, after)]
    yield from _changed(("得分",), *scores)


def _rows(record: Told) -> Iterator[Row]:
    """Yield the indicators of a record, in their order."""
    levels = (record.said or {}).get("indicators")
    for level1, groups in levels if isinstance(levels, list) else ():
        for level2, items in groups if isinstance(groups, list) else ():
            for position, item in enumerate(items if isinstance(items, list) else ()):
                said = {key: _text(item, key) for key in _mapping(item)}
                score = record.scores.get((level1, level2, position))
                yield Row(level1=level1, level2=level2, position=position, said=said, score=score)
