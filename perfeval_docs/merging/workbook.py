"""The workbook of a year that was edited: its rows as what the forms of its records say."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import MappingProxyType
from typing import Final

from perfeval_docs.carried import SHEET, Carried, CarriedError, from_cells
from perfeval_docs.diagnostic import msg
from perfeval_docs.errors import UsageError
from perfeval_docs.figures import parse_figure
from perfeval_docs.grid import without_space
from perfeval_docs.importing import (
    AMOUNTS,
    Box,
    CellRow,
    Cells,
    Found,
    Place,
    Sheet,
    Where,
    clean,
    notes_in,
    read_year_sheets,
)
from perfeval_docs.merging.edited import same
from perfeval_docs.merging.places import Names, found_again
from perfeval_docs.merging.update import Base, Read, Updated, carried_base, update
from perfeval_docs.view.form import paragraphs

_NUMBER: Final = "序号"
_PROJECT: Final = "项目"
_GRADE: Final[Where] = ("declared_grade",)
_RESULTS: Final[Mapping[str, Where]] = MappingProxyType(
    {
        "实施单位": ("implementing_unit",),
        "项目名称": ("project",),
        "年初预算数": ("funds", "declared_total", "initial_budget"),
        "全年预算数": ("funds", "declared_total", "adjusted_budget"),
        "全年执行数": ("funds", "declared_total", "executed"),
        "执行率(%)": ("funds", "declared_total", "declared_execution_rate"),
        "得分": ("declared_total_score",),
        "等级": _GRADE,
    }
)
_ROWS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "一级指标": "level1", "二级指标": "level2", "三级指标": "indicator",
        "年度指标值": "target", "实际完成值": "actual", "分值": "points", "得分": "declared_score",
        "偏差原因分析": "deviation_reason", "改进措施": "improvement",
    }
)  # fmt: skip
_SUMS: Final = "汇总表"
_EVERY: Final = "全部指标"
_INDICATOR: Final = "三级指标"
_LABEL: Final = "实施单位"
_HEAD: Final = (_LABEL, "项目名称")
_NAMES: Final = (_LABEL, _PROJECT, "一级指标", "二级指标", _INDICATOR)
_READ: Final = frozenset({_SUMS, _EVERY, "未完成和扣分指标", "远超目标指标"})
_PRINTED: Final = frozenset({*_RESULTS, *_ROWS, *_NAMES, _NUMBER, "完成率(%)", "完成情况"})
"""The heads of their columns."""
_LEVELS: Final = ("level1", "level2")
_FIGURES: Final = frozenset({"points", "declared_score"})
_WORDS: Final = frozenset({"implementing_unit", "project", "declared_grade"})
_DIGITS: Final = 8
_SOURCES: Final = ("appropriation", "carryover", "other_funds")
_LONG: Final = "长文本"
_MARK: Final = re.compile(rf"……（全文见“{_LONG}”第(\d+)行）$")
_ZERO: Final = re.compile(r"0*\.?0*")


@dataclass(slots=True)
class _Project:
    """A project of a workbook: what it carries, and what its rows say by now."""

    carried: Carried
    base: Base
    values: dict[Where, str] = field(default_factory=dict)
    rows: dict[int, dict[str, str]] = field(default_factory=dict)
    unplaced: list[Found] = field(default_factory=list)

    @property
    def is_changed(self) -> bool:
        """Tell whether the workbook says anything else than was printed."""
        return bool(self.values or any(self.rows.values()) or self.unplaced)

    def cells(self) -> Cells:
        """Return what the workbook says of it; a row that is gone from there stays."""
        rows = []
        for number, row in enumerate(self.base.said.rows):
            cells = dict(self.rows.get(number, {}))
            level1, level2 = cells.pop("level1", row.level1), cells.pop("level2", row.level2)
            rows.append(CellRow(level1, level2, cells, number))
        return Cells(self.values, tuple(rows))

    def place_of(self, where: Where) -> Where | None:
        """Return the place of a cell of the results; None where a sum has several addends.

        A changed sum is that of the one source that has money, unless the record declares it.
        """
        values = self.base.said.values
        if where[-1] not in AMOUNTS or where in values:
            return where
        sources = [
            source
            for source in _SOURCES
            if any(not _ZERO.fullmatch(values.get(("funds", source, k), "")) for k in AMOUNTS)
        ]
        match sources:
            case []:
                return ("funds", _SOURCES[0], where[-1])
            case [source]:
                return ("funds", source, where[-1])
            case _:
                return None


@dataclass(frozen=True, slots=True)
class FromWorkbook:
    """What a workbook gives to its records, and the cells that belong to none of them.

    Records of which it says what was printed are not looked at. `missing` tells of records that are
    not there and were changed.
    """

    updated: tuple[Updated, ...]
    unplaced: tuple[Found, ...]
    missing: tuple[UsageError, ...]


def update_from_workbook(data: bytes, file: str, folder: Path, read: Read) -> FromWorkbook:
    """Merge a workbook that was edited into the records that it carries, which are not written.

    Rows are known by their names and numbers, wherever they stand by now. What a sheet reckons
    (rates of completion, sums) is not taken. Raises `CarriedError` for a workbook that carries no
    records, or one twice, `UsageError` where these cannot be read, `UnreadableFileError` for one
    that cannot be read itself.
    """
    reading = _Reading(read_year_sheets(data, file), file, folder, read)
    updated: list[Updated] = []
    missing: list[UsageError] = []
    for project in filter(lambda each: each.is_changed, reading.projects):
        try:
            found = update(project.carried, file, project.cells(), folder, read)
        except UsageError as error:
            missing.append(error)
        else:
            updated.append(replace(found, unplaced=tuple(project.unplaced)))
    unplaced = (*reading.unplaced, *notes_in(data, file))
    return FromWorkbook(tuple(updated), unplaced, tuple(missing))


class _Reading:
    """One walk over the sheets of a workbook."""

    def __init__(self, sheets: Sequence[Sheet], file: str, folder: Path, read: Read) -> None:
        self.unplaced: list[Found] = []
        self.projects = [
            _Project(carried, carried_base(carried, file, folder, read))
            for carried in _carried(sheets, file)
        ]
        names = {project.carried.files[0].name for project in self.projects}
        if len(names) < len(self.projects):
            raise CarriedError(msg("{file} carries a record twice", file=file))
        self._numbers = [
            (project, row)
            for project in self.projects
            for row in range(len(project.base.said.rows))
        ]
        self._rows = [_known_by(_names(project.base, row)) for project, row in self._numbers]
        self._alike: dict[Names, list[int]] = {}
        for at, names_ in enumerate(self._rows):
            self._alike.setdefault(names_, []).append(at)
        self._results = [_known_by(_head_of(project.base)) for project in self.projects]
        self._long = _long_texts(sheets)
        for sheet in sheets:
            self._sheet(sheet)

    def _sheet(self, sheet: Sheet) -> None:
        columns: dict[int, str] = {}
        rows: list[Mapping[str, Box]] = []
        for number, row in enumerate(sheet.rows):
            texts = {box.column: box for box in row if box.row == number}
            labels = {column: box.text.strip() for column, box in texts.items()}
            if not columns and _is_head(set(labels.values())):
                columns = labels
                odd = (box for c, box in texts.items() if labels[c] not in {*_PRINTED, ""})
                self._leave(sheet.name, odd)
            elif columns:
                rows.append({columns[c]: box for c, box in texts.items() if columns.get(c)})
        if not columns and sheet.name in _READ:
            self._leave(sheet.name, (box for row in sheet.rows[:1] for box in row))
        if _INDICATOR in columns.values():
            self._indicators(sheet.name, rows)
        else:
            self._projects(sheet.name, rows)

    def _projects(self, sheet: str, rows: Sequence[Mapping[str, Box]]) -> None:
        """Take what the rows of a table of results say of their projects."""
        known = [(_number_of(cells), _known_by(_texts(cells, _HEAD))) for cells in rows]
        for cells, at in zip(rows, found_again(known, self._results, numbered=True), strict=True):
            if at is not None:
                self._result(sheet, self.projects[at], cells)
            elif _text_of(cells, _LABEL):
                self._leave(sheet, cells.values())

    def _result(self, sheet: str, project: _Project, cells: Mapping[str, Box]) -> None:
        """Take what a row of a table of results says that is not as it was printed."""
        for label, where in _RESULTS.items():
            box = cells.get(label)
            if box is None:
                continue
            text = self._text(sheet, box)
            was = _result_of(project.base, where)
            if text is None or same(text, was, is_figure=where[0] not in _WORDS):
                continue
            place = project.place_of(where)
            if place is None or project.values.setdefault(place, text) != text:
                project.unplaced.append(_found(sheet, box))

    def _indicators(self, sheet: str, rows: Sequence[Mapping[str, Box]]) -> None:
        """Take what the rows of a table of indicators say of theirs."""
        known = [(_number_of(cells), _known_by(_texts(cells, _NAMES))) for cells in rows]
        places = found_again(known, self._rows, numbered=sheet == _EVERY)
        for cells, (_, names), at in zip(rows, known, places, strict=True):
            if at is not None:
                self._row(sheet, *self._numbers[at], cells)
            elif _text_of(cells, _INDICATOR) and not self._is_one_of(sheet, names, cells):
                self._leave(sheet, (cells[_INDICATOR],))

    def _is_one_of(self, sheet: str, names: Names, cells: Mapping[str, Box]) -> bool:
        """Tell whether a row is as one was printed that has the names of others, too."""
        alike = (self._numbers[at] for at in self._alike.get(names, ()))
        return any(not any(self._changes(sheet, *each, cells)) for each in alike)

    def _row(self, sheet: str, project: _Project, number: int, cells: Mapping[str, Box]) -> None:
        """Take what a row of a table of indicators says that is not as it was printed."""
        head = zip((_LABEL, _PROJECT), _head_of(project.base), strict=True)
        for label, was in head:
            if label in cells and _text_of(cells, label) != was:
                project.unplaced.append(_found(sheet, cells[label]))
        taken = project.rows.setdefault(number, {})
        for key, text, box in self._changes(sheet, project, number, cells):
            if taken.setdefault(key, text) != text:
                project.unplaced.append(_found(sheet, box))

    def _changes(
        self, sheet: str, project: _Project, number: int, cells: Mapping[str, Box]
    ) -> Iterator[tuple[str, str, Box]]:
        """Yield the cells of a row that are not as they were printed, by key."""
        base = project.base
        was = {**_reasons(base, number), **base.cells.rows[number].cells}
        was |= dict(zip(_LEVELS, _levels(base, number), strict=True))
        for label, key in _ROWS.items():
            box = cells.get(label)
            text = None if box is None else self._text(sheet, box)
            if box is None or text is None:
                continue
            if not same(text, was.get(key, ""), is_figure=key in _FIGURES):
                yield key, text, box

    def _text(self, sheet: str, box: Box) -> str | None:
        """Return the text of a cell, a long one put together; None if its parts do not fit."""
        text = clean(box.text)
        mark = _MARK.search(text)
        if mark is None:
            return text
        whole = self._long.get(int(mark[1]))
        shown = text[: mark.start()]
        if whole is None or not without_space(whole).startswith(without_space(shown)):
            self._leave(sheet, (box,))
            return None
        return clean(whole)

    def _leave(self, sheet: str, boxes: Iterable[Box]) -> None:
        self.unplaced += (_found(sheet, box) for box in boxes)


def _carried(sheets: Sequence[Sheet], file: str) -> Iterator[Carried]:
    rows = [row for sheet in sheets if sheet.name == SHEET for row in sheet.rows]
    if not rows:
        raise CarriedError(msg("{file} carries no record; forms built by perfeval do", file=file))
    for row in rows:
        yield from_cells([box.text for box in row])


def _long_texts(sheets: Sequence[Sheet]) -> dict[int, str]:
    """Return the texts of the sheet of long texts, by the row in which each begins, from 1.

    One whose parts do not follow each other is left out.
    """
    parts: dict[int, list[str]] = {}
    begins: dict[tuple[str, str], int] = {}
    torn: set[int] = set()
    for sheet in sheets:
        for number, row in enumerate(sheet.rows if sheet.name == _LONG else (), 1):
            cells = [box.text for box in row]
            if len(cells) == len(("sheet", "cell", "part", "text")) and cells[2].isdecimal():
                begin = begins.setdefault((cells[0], cells[1]), number)
                before = parts.setdefault(begin, [])
                if cells[2] != str(len(before) + 1):
                    torn.add(begin)
                before.append(cells[3])
    return {begin: "".join(texts) for begin, texts in parts.items() if begin not in torn}


def _number_of(cells: Mapping[str, Box]) -> int | None:
    text = _text_of(cells, _NUMBER)
    return int(text) if text.isascii() and text.isdecimal() and len(text) < _DIGITS else None


def _found(sheet: str, box: Box) -> Found:
    return Found(clean(box.text), Place(sheet, box.row + 1, box.column + 1))


def _result_of(base: Base, where: Where) -> str:
    """Return what a table of results printed: a grade, too, where the form has no row for it."""
    if where == _GRADE and not base.profile.has_grade_row.value:
        total = parse_figure(base.cells.values.get(("declared_total_score",), ""))
        computed = "" if total is None else base.profile.grade_of(total)
        return base.said.values.get(_GRADE) or computed
    return base.cells.values.get(where, "")


def _reasons(base: Base, number: int) -> dict[str, str]:
    values = base.said.rows[number].values
    return {
        key: "\n".join(paragraphs(values.get(key, "")))
        for key in ("deviation_reason", "improvement")
    }


def _levels(base: Base, number: int) -> tuple[str, str]:
    row = base.said.rows[number]
    return row.level1, row.level2


def _names(base: Base, number: int) -> tuple[str, ...]:
    """Return what a row is known by: unit, project, levels, and its own name."""
    return (*_head_of(base), *_levels(base, number), base.said.rows[number].name)


def _head_of(base: Base) -> tuple[str, str]:
    """Return what a project is known by: its unit and its name."""
    return base.cells.values["implementing_unit",], base.cells.values["project",]


def _known_by(names: Iterable[str]) -> Names:
    return tuple(map(without_space, names))


def _texts(cells: Mapping[str, Box], labels: Iterable[str]) -> tuple[str, ...]:
    return tuple(_text_of(cells, label) for label in labels)


def _text_of(cells: Mapping[str, Box], label: str) -> str:
    return cells[label].text.strip() if label in cells else ""


def _is_head(labels: set[str]) -> bool:
    """Tell whether labels are the head of a table of indicators or of results."""
    return _LABEL in labels and (_INDICATOR in labels or {*_HEAD, "年初预算数"} <= labels)
