"""Three records into one: what was changed in the form and not in the record is taken over."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final, Literal

from perfeval_docs.compare.indicators import Row as Pairing
from perfeval_docs.compare.indicators import paired
from perfeval_docs.figures import parse_figure
from perfeval_docs.importing import Where
from perfeval_docs.merging.edited import Edited
from perfeval_docs.merging.said import FIGURES, Row, Said

_LEVELS: Final = "levels"


@dataclass(frozen=True, slots=True)
class Conflict:
    """A value that was changed in the form and, otherwise, in the record; None is none.

    `gone_from` tells which of them has the whole row no more.
    """

    where: Where
    base: str | None
    form: str | None
    record: str | None
    gone_from: Literal["form", "record"] | None = None


@dataclass(slots=True)
class Group:
    """The rows of one level-2: the numbers of those that the record has, and new ones."""

    level1: str
    level2: str
    rows: list[int | Row]


@dataclass(frozen=True, slots=True)
class Merged:
    """What is to be done to a record: values, cells of its rows, and its groups if they change.

    Rows are numbered as the record has them. A text of None is to be blank.
    """

    values: dict[Where, str | None]
    cells: dict[tuple[int, str], str | None]
    groups: tuple[Group, ...] | None
    conflicts: tuple[Conflict, ...]

    @property
    def is_nothing(self) -> bool:
        """Tell whether the record stays as it is."""
        return not self.values and not self.cells and self.groups is None


def merge(base: Said, form: Edited, record: Said, shared: Collection[Where] = ()) -> Merged:
    """Merge what a form says, which was printed from `base`, into a record.

    `shared` are values that the folder says for the record: it cannot have them blank.
    """
    return _Merge(base, form, record, shared).merged()


@dataclass(slots=True)
class _Merge:
    base: Said
    form: Edited
    record: Said
    shared: Collection[Where]
    values: dict[Where, str | None] = field(default_factory=dict)
    cells: dict[tuple[int, str], str | None] = field(default_factory=dict)
    conflicts: list[Conflict] = field(default_factory=list)

    def merged(self) -> Merged:
        """Return what is to be done."""
        self._merge_values()
        groups = self._merge_rows()
        return Merged(self.values, self.cells, groups, tuple(self.conflicts))

    def _merge_values(self) -> None:
        one, two, three = (said.values for said in (self.base, self.form.said, self.record))
        for where in dict.fromkeys((*one, *two)):
            texts = one.get(where), two.get(where), three.get(where)
            if self._takes(where, *texts):
                self.values[where] = texts[1]

    def _takes(self, where: Where, base: str | None, form: str | None, record: str | None) -> bool:
        """Tell whether a change is to be taken over; note it if the record has another."""
        if form == base or _same(where, form, record):
            return False
        if not _same(where, base, record) or (form is None and where in self.shared):
            self.conflicts.append(Conflict(where, base, form, record))
            return False
        return True

    # Rows.

    def _merge_rows(self) -> tuple[Group, ...] | None:
        numbers = self._numbers()
        groups = _groups(self.record.rows)
        before = _plain(groups)
        stays = {origin for origin in self.form.origins if origin is not None}
        for number, row in enumerate(self.base.rows):
            mine = numbers.get(number)
            if number not in stays and mine is not None:
                self._remove(row, mine, groups)
        where: dict[int, int | Row] = {}
        come: list[int] = []
        for at, (row, origin) in enumerate(
            zip(self.form.said.rows, self.form.origins, strict=True)
        ):
            mine = self._known(row, numbers) if origin is None else numbers.get(origin)
            if origin is None:
                where[at] = row if mine is None else mine
                come += [at] if mine is None else []
            elif mine is None:
                self._lost(row, origin)
            else:
                where[at] = mine
                self._merge_cells(row, origin, mine)
                if self._moves(row, origin, mine):
                    _take(groups, mine)
                    come.append(at)
        self._reorder(numbers, groups)
        for at in come:
            self._insert(at, where, groups)
        groups = [group for group in groups if group.rows]
        return tuple(groups) if _plain(groups) != before else None

    def _numbers(self) -> dict[int, int]:
        """Return which of the record's rows each row of the base is."""
        pairs = paired(tuple(_pairings(self.base.rows)), tuple(_pairings(self.record.rows)))
        return {
            one.position: two.position for one, two in pairs if one is not None and two is not None
        }

    def _remove(self, row: Row, mine: int, groups: list[Group]) -> None:
        now = self.record.rows[mine]
        changed = [
            key for key, text in row.values.items() if not _same((key,), text, now.values.get(key))
        ]
        if changed:
            key = changed[0]
            texts = row.values[key], None, now.values.get(key)
            self.conflicts.append(Conflict((*_where(row), key), *texts, gone_from="form"))
        else:
            _take(groups, mine)

    def _known(self, row: Row, numbers: dict[int, int]) -> int | None:
        """Return the record's own new row of this name, if it has one; what differs is told."""
        taken = set(numbers.values())
        for mine, now in enumerate(self.record.rows):
            same = (now.level1, now.level2, now.name) == (row.level1, row.level2, row.name)
            if same and mine not in taken:
                for key, text in row.values.items():
                    if not _same((key,), text, now.values.get(key)):
                        conflict = Conflict((*_where(row), key), None, text, now.values.get(key))
                        self.conflicts.append(conflict)
                return mine
        return None

    def _lost(self, row: Row, origin: int) -> None:
        """Tell of a row that was changed in the form, and that the record has no more."""
        was = self.base.rows[origin]
        for key in dict.fromkeys((*was.values, *row.values)):
            one, two = was.values.get(key), row.values.get(key)
            if one != two:
                conflict = Conflict((*_where(was), key), one, two, None, gone_from="record")
                self.conflicts.append(conflict)

    def _merge_cells(self, row: Row, origin: int, mine: int) -> None:
        was, now = self.base.rows[origin], self.record.rows[mine]
        for key in dict.fromkeys((*was.values, *row.values)):
            texts = was.values.get(key), row.values.get(key), now.values.get(key)
            if self._takes((*_where(was), key), *texts):
                self.cells[mine, key] = texts[1]

    def _moves(self, row: Row, origin: int, mine: int) -> bool:
        base, now = self.base.rows[origin], self.record.rows[mine]
        names = [f"{each.level1} / {each.level2}" for each in (base, row, now)]
        return self._takes((*_where(base), _LEVELS), *names)

    def _insert(self, at: int, where: dict[int, int | Row], groups: list[Group]) -> None:
        """Put a row behind the one that stands before it in the form, or in a group of its own."""
        what, rows = where[at], self.form.said.rows
        levels = rows[at].level1, rows[at].level2
        for before in range(at - 1, -1, -1):
            if (rows[before].level1, rows[before].level2) != levels or before not in where:
                continue
            found = _find(groups, where[before])
            if found is not None:
                group, place = found
                group.rows.insert(place + 1, what)
                return
        for group in groups:
            if (group.level1, group.level2) == levels:
                group.rows.insert(0, what)
                return
        last = [n for n, group in enumerate(groups) if group.level1 == levels[0]]
        groups.insert(last[-1] + 1 if last else len(groups), Group(*levels, [what]))

    def _reorder(self, numbers: dict[int, int], groups: list[Group]) -> None:
        """Give rows that changed places in the form the same places in the record."""
        origins = [origin for origin in self.form.origins if origin in numbers]
        order = {numbers[origin]: at for at, origin in enumerate(origins)}
        old = {numbers[origin]: origin for origin in origins}
        for group in groups:
            known = [(n, r) for n, r in enumerate(group.rows) if isinstance(r, int) and r in order]
            rows = [row for _, row in known]
            wanted = sorted(rows, key=order.__getitem__)
            if wanted in (rows, sorted(rows, key=old.__getitem__)):
                continue
            stayed = [row for row in rows if self._is_of(group, row)]
            if stayed != sorted(stayed, key=old.__getitem__):
                where = ("indicators", group.level1, group.level2)
                self.conflicts.append(Conflict(where, None, self._names(wanted), self._names(rows)))
                continue
            for (at, _), row in zip(known, wanted, strict=True):
                group.rows[at] = row

    def _names(self, rows: Sequence[int]) -> str:
        return ", ".join(self.record.rows[row].name for row in rows)

    def _is_of(self, group: Group, row: int) -> bool:
        now = self.record.rows[row]
        return (now.level1, now.level2) == (group.level1, group.level2)


def _where(row: Row) -> Where:
    return ("indicators", row.level1, row.level2, row.name)


def _pairings(rows: Sequence[Row]) -> Iterator[Pairing]:
    for number, row in enumerate(rows):
        yield Pairing(
            level1=row.level1, level2=row.level2, position=number, said=row.values, score=None
        )


def _groups(rows: Sequence[Row]) -> list[Group]:
    groups: dict[tuple[str, str], Group] = {}
    for number, row in enumerate(rows):
        levels = row.level1, row.level2
        groups.setdefault(levels, Group(*levels, [])).rows.append(number)
    return list(groups.values())


def _plain(groups: Sequence[Group]) -> list[tuple[str, str, list[int | Row]]]:
    return [(group.level1, group.level2, list(group.rows)) for group in groups]


def _find(groups: Sequence[Group], what: int | Row) -> tuple[Group, int] | None:
    for group in groups:
        for place, each in enumerate(group.rows):
            if each is what or (isinstance(each, int) and each == what):
                return group, place
    return None


def _take(groups: Sequence[Group], row: int) -> None:
    for group in groups:
        if row in group.rows:
            group.rows.remove(row)


def _same(where: Where, one: str | None, other: str | None) -> bool:
    """Tell whether two texts say the same at a place; figures are by their value."""
    if one == other:
        return True
    first, second = parse_figure(one or ""), parse_figure(other or "")
    return where[-1] in FIGURES and first is not None and first == second
