"""What somebody made of a form: its cells held against what it printed, as a record says it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from perfeval_docs.compare.indicators import Row as Pairing
from perfeval_docs.compare.indicators import paired
from perfeval_docs.figures import parse_figure
from perfeval_docs.grid import without_space
from perfeval_docs.importing import AMOUNTS, LOST, REMARKS, CellRow, Cells, Where, clean, printed
from perfeval_docs.merging.lines import in_lines
from perfeval_docs.merging.said import FIGURES, Row, Said, printed_order, record_of
from perfeval_docs.profile import Profile
from perfeval_docs.scoring import assess
from perfeval_docs.view import compose
from perfeval_docs.view.form import paragraphs

_SCORE: Final = "declared_score"
_RATE: Final = "declared_execution_rate"
_TOTAL: Final = ("funds", "declared_total")
_RECKONED: Final = frozenset(
    {
        ("funds", "declared_execution_points"), ("funds", "declared_execution_score"),
        ("declared_total_score",), ("declared_grade",),
    }
)  # fmt: skip
_OPTIONAL: Final = frozenset({"carryover", "other_funds"})


@dataclass(frozen=True, slots=True)
class Unclear:
    """A cell that changed and cannot be taken.

    It says two things of a record, so that nobody can tell which, is no figure where one stands, or
    has a character that no record can hold.
    """

    place: Where
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Edited:
    """What a form says by now; `origins` has for each row the number of the one that it was.

    `missed` are rows that are nowhere in the form, but may be among what could not be placed.
    """

    said: Said
    origins: tuple[int | None, ...]
    unclear: tuple[Unclear, ...]
    missed: tuple[Where, ...] = ()


def edited(base: Said, profile: Profile, cells: Cells) -> Edited | None:
    """Return what a form says that was printed from `base`, and then edited to these cells.

    What is reckoned is taken only where it is not what the other changes make of it: then
    somebody has declared it. None if the base is no record.
    """
    before = as_printed(base, profile)
    if before is None:
        return None
    before = in_lines(before)
    cells = _with_levels_of(base, in_lines(cells))
    there = _origins(before, cells)
    odd, cells = _without_odd(base, before, cells, there)
    cells, origins = _with_missed(before, cells, there)
    missed = tuple(
        _place(base.rows[each]) for each in origins if each is not None and each not in there
    )
    rows, unclear = _rows(base, before, cells, origins)
    values = {**base.values, **dict(_values(base, before, cells))}
    now = Said({place: text for place, text in values.items() if text}, tuple(rows))
    after = as_printed(now, profile)
    said = _declared(now, origins, before, after, cells)
    return Edited(said, origins, (*odd, *unclear), missed)


def as_printed(said: Said, profile: Profile) -> Cells | None:
    """Return what a form prints of what is said; None if that is no record."""
    record = record_of(said)
    return None if record is None else printed(compose(record, assess(record, profile), profile))


def _with_levels_of(base: Said, cells: Cells) -> Cells:
    """Give levels the names that the base has for them: a form is read without white space."""
    firsts = {without_space(row.level1): row.level1 for row in base.rows}
    seconds = {tuple(map(without_space, (r.level1, r.level2))): r.level2 for r in base.rows}
    rows = []
    for row in cells.rows:
        one, two = map(without_space, (row.level1, row.level2))
        level1, level2 = firsts.get(one, row.level1), seconds.get((one, two), row.level2)
        rows.append(replace(row, level1=level1, level2=level2))
    return replace(cells, rows=tuple(rows))


def _without_odd(
    base: Said, before: Cells, cells: Cells, origins: Sequence[int | None]
) -> tuple[tuple[Unclear, ...], Cells]:
    """Leave out what no record can hold, and what is no figure where one stands; tell of it."""
    odd = [
        Unclear(place, before.values.get(place, ""), text)
        for place, text in cells.values.items()
        if _is_odd(place[-1], text)
    ]
    for row, origin in zip(cells.rows, origins, strict=True):
        was = Row(row.level1, row.level2, row.cells) if origin is None else base.rows[origin]
        printed_ = {} if origin is None else before.rows[origin].cells
        odd += [
            Unclear((*_place(was), key), printed_.get(key, ""), text)
            for key, text in row.cells.items()
            if _is_odd(key, text)
        ]
    values = {place: text for place, text in cells.values.items() if not _is_odd(place[-1], text)}
    rows = (
        replace(row, cells={k: text for k, text in row.cells.items() if not _is_odd(k, text)})
        for row in cells.rows
    )
    return tuple(odd), replace(cells, values=values, rows=tuple(rows))


def _is_odd(key: str, text: str) -> bool:
    return LOST in text or (key in FIGURES and bool(text) and parse_figure(text) is None)


def _is_reckoned(place: Where) -> bool:
    return place in _RECKONED or place[-1] == _RATE or place[:2] == _TOTAL


def _values(base: Said, before: Cells, cells: Cells) -> Iterator[tuple[Where, str]]:
    """Yield the values beside the rows that are not as they were printed."""
    for place, text in cells.values.items():
        was = before.values.get(place, "")
        if len(place) == 1:
            # A name in the head is one line, however its parts are set apart.
            was = " ".join(clean(was).split())
        if _is_reckoned(place) or same(text, was, is_figure=place[0] == "funds"):
            continue
        row = place[:2]
        if row[0] == "funds" and row[1] in _OPTIONAL and (*row, AMOUNTS[0]) not in base.values:
            # A row that the record leaves out, for there were no such funds.
            amounts = {(*row, key): cells.values.get((*row, key), "0.00") for key in AMOUNTS}
            yield from amounts.items()
        yield place, text


def _rows(
    base: Said, before: Cells, cells: Cells, origins: Sequence[int | None]
) -> tuple[list[Row], tuple[Unclear, ...]]:
    rows: list[Row] = []
    unclear: list[Unclear] = []
    for row, origin in zip(cells.rows, origins, strict=True):
        if origin is None:
            rows.append(_new(row, rows[-1] if rows else base.rows[0]))
        else:
            now, found = _changed(base.rows[origin], before.rows[origin], row)
            rows.append(now)
            unclear += found
    return rows, tuple(unclear)


def _with_missed(
    before: Cells, cells: Cells, origins: Sequence[int | None]
) -> tuple[Cells, tuple[int | None, ...]]:
    """Put rows that may be among what was not placed behind those that they stood behind."""
    rows = list(zip(cells.rows, origins, strict=True))
    for number, row in enumerate(before.rows if not cells.is_whole else ()):
        if number not in origins:
            at = next((n for n, (_, each) in enumerate(rows, 1) if each == number - 1), 0)
            rows.insert(at, (CellRow(row.level1, row.level2, {}), number))
    return replace(cells, rows=tuple(row for row, _ in rows)), tuple(each for _, each in rows)


def _place(row: Row) -> Where:
    return ("indicators", row.level1, row.level2, row.name)


def _origins(before: Cells, cells: Cells) -> list[int | None]:
    """Return which of the printed rows each row was, None for a new one."""
    if any(row.origin is not None for row in cells.rows):
        return [row.origin for row in cells.rows]
    old = [_pairing(number, row) for number, row in enumerate(before.rows)]
    new = [_pairing(number, row) for number, row in enumerate(cells.rows)]
    pairs = paired(old, new)
    return [None if one is None else one.position for one, two in pairs if two is not None]


def _pairing(number: int, row: CellRow) -> Pairing:
    return Pairing(
        level1=without_space(row.level1),
        level2=without_space(row.level2),
        position=number,
        said={key: without_space(text) for key, text in row.cells.items()},
        score=None,
    )


def _new(row: CellRow, above: Row) -> Row:
    """Return a new row; a level that its cells do not name is that of the row above."""
    values = {_key(key): text for key, text in row.cells.items() if text}
    return Row(row.level1 or above.level1, row.level2 or above.level2, values)


def _key(cell: str) -> str:
    return "deviation_reason" if cell == REMARKS else cell


def _changed(row: Row, before: CellRow, after: CellRow) -> tuple[Row, tuple[Unclear, ...]]:
    """Return a row with the cells that are not as they were printed, its score left out."""
    values = dict(row.values)
    unclear: list[Unclear] = []
    for key, text in after.cells.items():
        was = before.cells.get(key, "\n".join(paragraphs(row.values.get(key, ""))))
        if key == _SCORE or same(text, was, is_figure=key == "points"):
            continue
        if key != REMARKS:
            values[key] = text
            continue
        split = _split(row.values, text)
        if split is None:
            unclear.append(Unclear((*_place(row), REMARKS), was, text))
        else:
            values |= split
    level1, level2 = (
        old if not new or without_space(old) == without_space(new) else new
        for old, new in ((row.level1, after.level1), (row.level2, after.level2))
    )
    said = {key: text for key, text in values.items() if text}
    return Row(level1, level2, said), tuple(unclear)


def _split(values: Mapping[str, str], text: str) -> dict[str, str] | None:
    """Return the reason and the improvement of a cell that changed; None if it cannot be told.

    They stand one below the other. Where a record has only one of them, all is its.
    """
    reason, improvement = values.get("deviation_reason", ""), values.get("improvement", "")
    if not text:
        return {"deviation_reason": "", "improvement": ""}
    if not improvement or not reason:
        return {"improvement" if improvement else "deviation_reason": text}
    if not text:
        return {"deviation_reason": "", "improvement": ""}
    lines = text.split("\n")
    first, second = list(paragraphs(reason)), list(paragraphs(improvement))
    if lines[-len(second) :] == second:
        return {"deviation_reason": "\n".join(lines[: -len(second)])}
    if lines[: len(first)] == first:
        return {"improvement": "\n".join(lines[len(first) :])}
    return None


def _declared(
    now: Said,
    origins: tuple[int | None, ...],
    before: Cells,
    after: Cells | None,
    cells: Cells,
) -> Said:
    """Return what is said with what somebody has declared besides."""
    values = dict(now.values)
    reckoned = {} if after is None else after.values
    for place, text in cells.values.items():
        was = before.values.get(place, "")
        if not _is_reckoned(place) or same(text, was) or same(text, reckoned.get(place, "")):
            continue
        if not text:
            values.pop(place, None)
            continue
        if place[0] == "funds" and place[1] in {_TOTAL[1], *_OPTIONAL}:
            # A row that a record has has all three amounts.
            for each in ((*place[:2], key) for key in AMOUNTS):
                values[each] = values.get(each) or cells.values.get(each, "")
        values[place] = text
    numbers = printed_order(now.rows)
    again = dict(zip(numbers, () if after is None else after.rows, strict=False))
    rows = []
    for number, (row, origin) in enumerate(zip(now.rows, origins, strict=True)):
        said = {key: text for key, text in row.values.items() if key != _SCORE}
        was = "" if origin is None else before.rows[origin].cells.get(_SCORE, "")
        score = again[number].cells.get(_SCORE, "") if number in again else ""
        text = cells.rows[number].cells.get(_SCORE, was)
        if same(text, was) or same(text, score):
            text = "" if origin is None else row.values.get(_SCORE, "")
        rows.append(replace(row, values={**said, _SCORE: text} if text else said))
    return Said(values, tuple(rows))


def same(one: str, other: str, *, is_figure: bool = True) -> bool:
    """Tell whether two texts are read as the same; figures are by their value."""
    if one == other or clean(one) == clean(other):
        return True
    first, second = parse_figure(one), parse_figure(other)
    return is_figure and first is not None and first == second
