"""The workbook of a year that was edited: its rows as what the forms of its records say."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import MappingProxyType
from typing import Final

from perfeval_docs.carried import SHEET, Carried, CarriedError, from_cells
from perfeval_docs.diagnostic import Message, msg
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
    notes_in,
    read_sheets,
)
from perfeval_docs.merging.edited import same
from perfeval_docs.merging.numbered import Names, by_names, by_number
from perfeval_docs.merging.update import (
    Base,
    MissingRecordError,
    Read,
    Updated,
    carried_base,
    update,
)

_NUMBER: Final = "序号"
_PROJECT: Final = "项目"
_TITLE: Final = "项目名称"
_RESULTS: Final[Mapping[str, Where]] = MappingProxyType(
    {
        "实施单位": ("implementing_unit",),
        _TITLE: ("project",),
        "年初预算数": ("funds", "declared_total", "initial_budget"),
        "全年预算数": ("funds", "declared_total", "adjusted_budget"),
        "全年执行数": ("funds", "declared_total", "executed"),
        "执行率(%)": ("funds", "declared_total", "declared_execution_rate"),
        "得分": ("declared_total_score",),
        "等级": ("declared_grade",),
    }
)
_ROWS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "一级指标": "level1", "二级指标": "level2", "三级指标": "indicator",
        "年度指标值": "target", "实际完成值": "actual", "分值": "points", "得分": "declared_score",
        "偏差原因分析": "deviation_reason", "改进措施": "improvement",
    }
)  # fmt: skip
_NOT_TAKEN: Final = frozenset({_NUMBER, "实施单位", _PROJECT, "完成率(%)", "完成情况"})
_SUMS: Final = "汇总表"
_EVERY: Final = "全部指标"
_INDICATOR: Final = "三级指标"
_NAMES: Final = ("实施单位", _PROJECT, "一级指标", "二级指标", _INDICATOR)
_LEVELS: Final = ("level1", "level2")
_FIGURES: Final = frozenset({"points", "declared_score"})
_WORDS: Final = frozenset({"implementing_unit", "project", "declared_grade"})
_LABEL: Final = "实施单位"
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
        """Tell whether a cell of it is not as it was printed."""
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

    `missing` tells of records that were changed in the workbook and are not there.
    """

    updated: tuple[Updated, ...]
    unplaced: tuple[Found, ...]
    missing: tuple[Message, ...]


def update_from_workbook(data: bytes, file: str, folder: Path, read: Read) -> FromWorkbook:
    """Merge a workbook that was edited into the records that it carries, which are not written.

    Rows are known by their numbers, wherever they stand by now, and by their names where they were
    numbered anew. What a sheet reckons (rates of completion, sums) is not taken. Raises
    `CarriedError` for a workbook that carries no records, `UsageError` where one of them cannot be
    read, `UnreadableFileError` for a workbook that cannot be.
    """
    reading = _Reading(read_sheets(data, file), file, folder)
    updated = []
    missing = []
    for project in reading.projects:
        try:
            found = update(project.carried, file, project.cells(), folder, read)
        except MissingRecordError as error:
            if project.is_changed:
                missing.append(error.args[0])
            continue
        updated.append(replace(found, unplaced=tuple(project.unplaced)))
    unplaced = (*reading.unplaced, *notes_in(data, file))
    return FromWorkbook(tuple(updated), unplaced, tuple(missing))


class _Reading:
    """One walk over the sheets of a workbook."""

    def __init__(self, sheets: Sequence[Sheet], file: str, folder: Path) -> None:
        self.unplaced: list[Found] = []
        self.projects = [
            _Project(carried, carried_base(carried, file, folder))
            for carried in _carried(sheets, file)
        ]
        self._numbers = [
            (project, row)
            for project in self.projects
            for row in range(len(project.base.said.rows))
        ]
        self._names = [
            tuple(map(without_space, _names(project.base, row))) for project, row in self._numbers
        ]
        self._titles = [
            (without_space(each.base.cells.values["project",]),) for each in self.projects
        ]
        self._long = _long_texts(sheets)
        for sheet in sheets:
            self._sheet(sheet)

    def _sheet(self, sheet: Sheet) -> None:
        rows = tuple(_rows_of(sheet))
        self._leave(sheet.name, _unknown_heads(sheet))
        indicators = [cells for cells in rows if _INDICATOR in cells]
        numbered = [(_number(cells[_NUMBER]), _named(cells, _NAMES)) for cells in indicators]
        known = (
            by_number(numbered, self._names)
            if sheet.name == _EVERY
            else by_names([names for _, names in numbered], self._names)
        )
        for cells, at in zip(indicators, known, strict=True):
            self._row(sheet.name, cells, None if at is None else self._numbers[at])
        results = [cells for cells in rows if _TITLE in cells and sheet.name == _SUMS]
        numbered = [(_number(cells[_NUMBER]), _named(cells, (_TITLE,))) for cells in results]
        for cells, at in zip(results, by_number(numbered, self._titles), strict=True):
            self._result(sheet.name, cells, None if at is None else self.projects[at])

    def _result(self, sheet: str, cells: Mapping[str, Box], project: _Project | None) -> None:
        """Take what a row of the table of results says of its project."""
        if project is None:
            is_numbered = _number(cells[_NUMBER]) is not None
            self._leave(sheet, (box for box in cells.values() if is_numbered))
            return
        for label, where in _RESULTS.items():
            box = cells.get(label)
            if box is None:
                continue
            text = self._text(sheet, box)
            was = project.base.cells.values.get(where, "")
            if text is None or same(text, was, is_figure=where[0] not in _WORDS):
                continue
            place = project.place_of(where)
            if place is None:
                project.unplaced.append(_found(sheet, box))
            else:
                project.values[place] = text

    def _row(
        self, sheet: str, cells: Mapping[str, Box], found: tuple[_Project, int] | None
    ) -> None:
        """Take what a row of a table of indicators says that is not as it was printed."""
        if found is None:
            self._leave(sheet, (cells[_INDICATOR],) if cells[_INDICATOR].text.strip() else ())
            return
        project, number = found
        base = project.base
        for label, where in (("实施单位", ("implementing_unit",)), (_PROJECT, ("project",))):
            box = cells.get(label)
            if box is not None and box.text.strip() != base.cells.values.get(where, ""):
                project.unplaced.append(_found(sheet, box))
        was = {**_reasons(base, number), **base.cells.rows[number].cells}
        was |= dict(zip(_LEVELS, _levels(base, number), strict=True))
        taken = project.rows.setdefault(number, {})
        for label, key in _ROWS.items():
            box = cells.get(label)
            text = None if box is None else self._text(sheet, box)
            if box is None or text is None:
                continue
            if same(text, was.get(key, ""), is_figure=key in _FIGURES):
                continue
            if taken.setdefault(key, text) != text:
                project.unplaced.append(_found(sheet, box))

    def _text(self, sheet: str, box: Box) -> str | None:
        """Return the text of a cell, a long one put together; None if its parts do not fit."""
        text = "\n".join(line.strip() for line in box.text.split("\n") if line.strip())
        mark = _MARK.search(text)
        if mark is None:
            return text
        whole = self._long.get(int(mark[1]))
        shown = text[: mark.start()]
        if whole is None or not without_space(whole).startswith(without_space(shown)):
            self._leave(sheet, (box,))
            return None
        return "\n".join(line.strip() for line in whole.split("\n") if line.strip())

    def _leave(self, sheet: str, boxes: Iterable[Box]) -> None:
        self.unplaced += (_found(sheet, box) for box in boxes)


def _carried(sheets: Sequence[Sheet], file: str) -> Iterator[Carried]:
    rows = [row for sheet in sheets if sheet.name == SHEET for row in sheet.rows]
    if not rows:
        raise CarriedError(msg("{file} carries no record; forms built by perfeval do", file=file))
    for row in rows:
        yield from_cells([box.text for box in row])


def _long_texts(sheets: Sequence[Sheet]) -> dict[int, str]:
    """Return the texts of the sheet of long texts, by the row in which each begins, from 1."""
    texts: dict[int, str] = {}
    begins: dict[tuple[str, str], int] = {}
    for sheet in sheets:
        for number, row in enumerate(sheet.rows if sheet.name == _LONG else (), 1):
            cells = [box.text for box in row]
            if len(cells) == len(("sheet", "cell", "part", "text")) and cells[2].isdecimal():
                begin = begins.setdefault((cells[0], cells[1]), number)
                texts[begin] = texts.get(begin, "") + cells[3]
    return texts


def _rows_of(sheet: Sheet) -> Iterator[Mapping[str, Box]]:
    """Yield the rows of the tables of a sheet whose rows are numbered, by the labels above them."""
    columns: dict[int, str] = {}
    for number, row in enumerate(sheet.rows):
        texts = {box.column: box for box in row if box.row == number}
        labels = {column: box.text.strip() for column, box in texts.items()}
        if _NUMBER in labels.values() and _LABEL in labels.values():
            columns = labels
            continue
        cells = {columns[c]: box for c, box in texts.items() if columns.get(c)}
        if _NUMBER in cells:
            yield cells


def _unknown_heads(sheet: Sheet) -> Iterator[Box]:
    """Yield the heads of the columns of numbered rows that no column of ours has."""
    for row in sheet.rows:
        labels = {box.text.strip() for box in row}
        if _NUMBER in labels and _LABEL in labels:
            known = _RESULTS if _TITLE in labels else _ROWS
            yield from (box for box in row if box.text.strip() not in {*known, *_NOT_TAKEN, ""})


def _named(cells: Mapping[str, Box], labels: Sequence[str]) -> Names:
    return tuple(without_space(cells[x].text) if x in cells else "" for x in labels)


def _number(box: Box) -> int | None:
    text = box.text.strip()
    return int(text) if text.isascii() and text.isdecimal() and len(text) < _DIGITS else None


def _found(sheet: str, box: Box) -> Found:
    return Found(box.text, Place(sheet, box.row + 1, box.column + 1))


def _reasons(base: Base, number: int) -> dict[str, str]:
    values = base.said.rows[number].values
    return {
        key: "\n".join(line.strip() for line in values.get(key, "").split("\n") if line.strip())
        for key in ("deviation_reason", "improvement")
    }


def _levels(base: Base, number: int) -> tuple[str, str]:
    row = base.said.rows[number]
    return row.level1, row.level2


def _names(base: Base, number: int) -> tuple[str, ...]:
    """Return what a row is known by: unit, project, levels, and its own name."""
    values = base.cells.values
    return (
        values["implementing_unit",],
        values["project",],
        *_levels(base, number),
        base.said.rows[number].name,
    )
