"""Find the forms in sheets by their labels, wherever these stand; list what has no place."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import Final

from perfeval_docs.figures import parse_figure
from perfeval_docs.importing.cleaned import clean
from perfeval_docs.importing.form import Form, Found, Level, Part, Place, Row
from perfeval_docs.importing.labels import (
    COLUMNS_OF_FUNDS,
    COLUMNS_OF_GOALS,
    COLUMNS_OF_INDICATORS,
    COUNTS,
    FIELDS,
    GRADES,
    NUMBERS,
    ROWS_OF_FUNDS,
    SECTIONS,
    TITLE,
    TOTALS,
    YEAR,
    label,
    named,
    unit_of_money,
)
from perfeval_docs.importing.sheet import Box, Sheet
from perfeval_docs.importing.torn import KNOWN_LEVELS, is_open, joined

_LEVELS: Final = ("level1", "level2")
_LEAST_COLUMNS: Final = 3
_MOST_SHIFT: Final = 3
_NOTHING: Final = frozenset({"", "-", "—", "–", "/", "－", "--"})  # as forms have them
_PAGE: Final = re.compile(r"第?\s*\d+\s*页?\s*[,，/共]*\s*\d*\s*页|[-—]\s*\d+\s*[-—]")
_LONGEST_PAGE: Final = 40  # the pattern is slow on long runs of digits and white space
_ENDED: Final = re.compile(r"[。！!；;.]$")


def interpret(sheets: Iterable[Sheet], *, is_ours: bool = False) -> tuple[Form, ...]:
    """Return the forms in the sheets of a file, in order; one form may go on over sheets.

    In a form that we printed each cell stands below its head, whatever it says.
    """
    reading = _Reading(is_ours=is_ours)
    for sheet in sheets:
        reading.sheet = sheet.name
        for number, row in enumerate(sheet.rows):
            reading.row(number, row)
    return tuple(form for form in reading.forms if form.is_begun)


class _Reading:
    """One walk over the rows of a file."""

    def __init__(self, *, is_ours: bool) -> None:
        self._is_ours = is_ours
        self.sheet = ""
        self.forms: list[Form] = [Form(Place("", 1, 1))]
        self._begin()

    def _begin(self) -> None:
        self._part = Part.HEAD
        self._columns: dict[int, str] = {}
        self._spans: dict[int, int] = {}
        self._level1 = Level("")
        self._level2 = Level("")

    @property
    def _form(self) -> Form:
        return self.forms[-1]

    def _place(self, box: Box) -> Place:
        return Place(self.sheet, box.row + 1, box.column + 1)

    def _found(self, box: Box) -> Found:
        return Found(clean(box.text), self._place(box))

    def row(self, number: int, row: Sequence[Box]) -> None:
        """Read a row: a title, a head, or what the part that it stands in expects."""
        own = [box for box in row if box.row == number and clean(box.text)]
        if not own or self._list(own) or self._head(own):
            return
        is_indicator = self._is_ours and self._names_indicator(own)
        if not is_indicator and (_is_page(own) or self._title(own) or self._end(own)):
            return
        rest = own if is_indicator else self._fields(own)
        if not rest:
            return
        match self._part:
            case Part.FUNDS:
                rest = self._amounts(rest)
            case Part.GOALS:
                rest = self._goals(rest)
            case Part.INDICATORS:
                rest = self._indicator(row, rest)
            case Part.END if not self._form.is_begun:
                return  # a row of a list before the first form
            case Part.HEAD | Part.END:
                pass
        self._form.unplaced += map(self._found, rest)

    def _title(self, own: Sequence[Box]) -> bool:
        """Begin a form at its title; take the year that stands in it or below it."""
        if len(own) > 1:
            return False
        text = own[0].text
        year = YEAR.search("".join(text.split()))
        is_title = bool(TITLE.search(label(text))) and len(label(text)) < len("一" * 40)
        if is_title and self._form.is_begun:
            self.forms.append(Form(self._place(own[0])))
            self._begin()
        only_year = year is not None and len(label(text).replace(year[0], "")) <= 2  # noqa: PLR2004
        if year is not None and (is_title or only_year):
            self._form.fields.setdefault("fiscal_year", Found(year[1], self._place(own[0])))
        return is_title or only_year

    # The heads of the parts.

    def _list(self, own: Sequence[Box]) -> bool:
        """Tell whether a list of projects begins here, as summaries have: no rows of a form.

        Its head begins with a number, and a name beside it; in a form a value stands there. Before
        a form there may be sums of projects, too.
        """
        first, second = own[0], own[min(1, len(own) - 1)]
        is_beside = second.column == first.column + first.width and named(second.text, FIELDS)
        is_list = len(own) > _LEAST_COLUMNS and label(first.text) in NUMBERS and bool(is_beside)
        counts = not self._form.is_begun and any(label(box.text) in COUNTS for box in own)
        is_sum = counts and any(named(b.text, COLUMNS_OF_FUNDS) == "executed" for b in own)
        if not is_list and not is_sum:
            return False
        self._part = Part.END
        if self._form.is_begun:
            self._form.unplaced += map(self._found, own)
        return True

    def _head(self, own: Sequence[Box]) -> bool:
        for part, names in _HEADS.items():
            found = {box: key for box in own if (key := named(box.text, names)) is not None}
            keys = set(found.values())
            if part is Part.INDICATORS:
                # Another column of remarks beside that of the form is none of ours.
                first = {key: box for box, key in reversed(found.items())}
                found = {box: key for box, key in found.items() if first[key] is box}
            if len(found) == len(keys) and _is_head(part, keys):
                self._part = part
                self._columns = {box.column: key for box, key in found.items()}
                self._spans = {box.column: box.width for box in found}
                self._form.labels |= {(part, key) for key in keys}
                self._note_money(own)
                rest = [box for box in own if box not in found and not _is_section(box)]
                self._form.unplaced += map(self._found, rest)
                return True
        return False

    def _note_money(self, own: Sequence[Box]) -> None:
        if self._part is Part.FUNDS:
            units = {box: unit for box in own if (unit := unit_of_money(box.text))}
            self._form.money = next(iter(units.values()), self._form.money)
            # A column in another unit than the form: whose amounts it says nobody can tell.
            other = (box for box, unit in units.items() if unit != self._form.money)
            self._form.unplaced += map(self._found, other)

    def _end(self, own: Sequence[Box]) -> bool:
        """Take the total and the grade, which stand behind the indicators."""
        first, rest = label(own[0].text), own[1:]
        if first in GRADES and (rest or self._part is Part.INDICATORS):
            self._form.labels.add((Part.END, "grade"))
            self._form.grade = self._found(rest[0]) if rest else None
            self._form.unplaced += map(self._found, rest[1:])
            self._part = Part.END
            return True
        if first not in TOTALS or self._part is not Part.INDICATORS:
            return False
        figures = [box for box in rest if parse_figure(clean(box.text)) is not None]
        by_column = {self._columns.get(box.column): box for box in figures}
        points, score = by_column.get("points"), by_column.get("score")
        if score is None and len(figures) == len(("points", "score")):
            points, score = figures
        if points is not None and not self._is_sum(self._found(points)):
            self._form.odd_points = self._found(points)
        self._form.labels.add((Part.END, "score"))
        self._form.total_score = None if score is None else self._found(score)
        taken = (points, score)
        self._form.unplaced += (self._found(box) for box in rest if box not in taken)
        return True

    def _is_sum(self, points: Found) -> bool:
        """Tell whether points are those of the execution and of all indicators together."""
        if self._form.total_score is not None:
            return False  # a form has one total
        total = self._form.funds.get("declared_total", {}).get("points")
        each = [row.cells.get("points") for row in self._form.rows]
        figures = [None if one is None else parse_figure(one.text) for one in (total, *each)]
        known = [figure for figure in figures if figure is not None]
        return len(known) == len(figures) and sum(known) == parse_figure(points.text)

    def _fields(self, own: Sequence[Box]) -> list[Box]:
        """Take labels with the values beside them; return the cells that are neither."""
        rest: list[Box] = []
        boxes = list(own)
        while boxes:
            box = boxes.pop(0)
            key = named(box.text, FIELDS)
            if key is not None and key not in self._form.fields and not self._form.rows:
                if key == "project" and self._form.is_begun:
                    self.forms.append(Form(self._place(box)))
                    self._begin()
                self._form.labels.add((Part.HEAD, key))
                if boxes and named(boxes[0].text, FIELDS) is None:
                    self._form.fields[key] = self._found(boxes.pop(0))
            elif not _is_section(box):
                rest.append(box)
        return rest

    # The rows of the parts.

    def _amounts(self, boxes: Sequence[Box]) -> list[Box]:
        """Take a row of amounts, named by the cell before them."""
        at = next((n for n, b in enumerate(boxes) if named(b.text, ROWS_OF_FUNDS)), None)
        if at is None:
            return list(boxes)
        name = named(boxes[at].text, ROWS_OF_FUNDS)
        if name is None or name in self._form.funds:
            return list(boxes)
        values = boxes[at + 1 :]
        pairs = self._below(values)
        if pairs is None:
            return list(boxes)
        amounts = {key: self._found(box) for box, key in pairs if box.text.strip() not in _NOTHING}
        wrong = {key for key, each in amounts.items() if parse_figure(_bare(each.text)) is None}
        self._form.funds[name] = {
            key: Found(_bare(each.text), each.place)
            for key, each in amounts.items()
            if key not in wrong
        }
        return [*boxes[:at], *(box for box, key in pairs if key in wrong)]

    def _below(self, values: Sequence[Box]) -> list[tuple[Box, str]] | None:
        """Return values with the heads that they stand below, all moved aside alike or none."""
        for shift in sorted(range(-_MOST_SHIFT, _MOST_SHIFT + 1), key=abs):
            if all(box.column - shift in self._columns for box in values):
                return [(box, self._columns[box.column - shift]) for box in values]
        if len(values) != len(self._columns):
            return None
        keys = (self._columns[x] for x in sorted(self._columns))
        return list(zip(values, keys, strict=True))

    def _goals(self, boxes: Sequence[Box]) -> list[Box]:
        """Take the goals below their heads; what a page tore goes on in the next row."""
        if len(boxes) > len(self._columns) + 1:
            self._part = Part.END  # a row of another table, whose head is not known
            return list(boxes)
        rest: list[Box] = []
        keys = [self._goal_at(box) for box in boxes]
        if None in keys and len(boxes) == len(self._columns):
            # A file that does not say how far cells reach: they stand in the order of their heads.
            keys = [self._columns[column] for column in sorted(self._columns)]
        for box, key in zip(boxes, keys, strict=True):
            if key is None:
                rest.append(box)
            else:
                self._form.goals.setdefault(key, []).append(self._found(box))
        if len(rest) == len(boxes) == 1 and set(self._form.goals) == {"expected", "achieved"}:
            open_ = [k for k, each in self._form.goals.items() if not _ENDED.search(each[-1].text)]
            if len(open_) == 1:
                self._form.goals[open_[0]].append(self._found(boxes[0]))
                return []
        return rest

    def _goal_at(self, box: Box) -> str | None:
        for column, key in self._columns.items():
            if column <= box.column < column + self._spans[column]:
                return key
        return None

    def _indicator(self, row: Sequence[Box], own: Sequence[Box]) -> list[Box]:
        """Take an indicator, where its row stands shifted, too; or go on with the one above."""
        shift = self._shift(own)
        if shift is None:
            return self._go_on(own)
        cells: dict[str, Box] = {}
        for box in row:
            key = self._columns.get(box.column - shift)
            is_level = key in _LEVELS
            if key is not None and (box in own or (is_level and box.row < own[0].row)):
                cells[key] = box
        taken = {id(box) for box in cells.values()}
        if "indicator" not in cells:
            # Behind a page break names stand where levels do; the name of a level is none.
            left = [k for k in ("level2", "level1") if k in cells and cells[k] in own]
            if not left or "".join(clean(cells[left[0]].text).split()) in KNOWN_LEVELS:
                return list(own)
            cells["indicator"] = cells.pop(left[0])
        self._levels(cells)
        self._form.rows.append(
            Row(
                self._level1,
                self._level2,
                {key: self._found(box) for key, box in cells.items() if key not in _LEVELS},
                frozenset(
                    key
                    for box in row
                    if (key := self._columns.get(box.column - shift)) in _LEVELS
                    and not clean(box.text)
                ),
            )
        )
        return [box for box in own if id(box) not in taken]

    def _shift(self, own: Sequence[Box]) -> int | None:
        """Return how far to the right a row stands of its heads, told by its points and score."""
        if self._is_ours:
            return 0 if self._names_indicator(own) else None
        points = next((x for x, key in self._columns.items() if key == "points"), None)
        score = next((x for x, key in self._columns.items() if key == "score"), None)
        if points is None and score is None:
            return 0 if any(self._columns.get(box.column) == "actual" for box in own) else None
        figures = {box.column for box in own if parse_figure(clean(box.text)) is not None}
        anchors = [x for x in (points, score) if x is not None]
        for shift in sorted(range(-_MOST_SHIFT, _MOST_SHIFT + 1), key=abs):
            if {x + shift for x in anchors} <= figures:
                return shift
        # A score that nobody has given yet.
        return 0 if points is not None and points in figures else None

    def _names_indicator(self, own: Sequence[Box]) -> bool:
        """Tell whether a cell stands below the head of names, and the row is no total."""
        named_ = [box for box in own if self._columns.get(box.column) == "indicator"]
        is_end = own[0] not in named_ and label(own[0].text) in {*TOTALS, *GRADES}
        return self._part is Part.INDICATORS and bool(named_) and not is_end

    def _levels(self, cells: Mapping[str, Box]) -> None:
        """Open the levels that a row names; one that is named again in the next row is the same."""
        first, second = (
            "".join(clean(cells[key].text).split()) if key in cells else "" for key in _LEVELS
        )
        if first and first != self._level1.name:
            self._level1, self._level2 = Level(first), Level("")
        if second and (second != self._level2.name):
            self._level2 = Level(second)

    def _go_on(self, own: Sequence[Box]) -> list[Box]:
        """Add what a page tore off the indicator above to it: only where that ends in the open."""
        if not self._form.rows:
            return list(own)
        last, rest = self._form.rows[-1], list[Box]()
        for box in own:
            key, text = self._columns.get(box.column), clean(box.text)
            if key in _LEVELS:
                level = last.level1 if key == "level1" else last.level2
                whole = joined(level.name, "".join(text.split()))
                if whole is None:
                    rest.append(box)
                else:
                    level.name = whole
            elif key in last.cells and is_open(last.cells[key].text, text):
                before = last.cells[key]
                last.cells[key] = Found(before.text + text, before.place)
            else:
                rest.append(box)
        return rest


_HEADS: Final = MappingProxyType(
    {
        Part.INDICATORS: COLUMNS_OF_INDICATORS,
        Part.GOALS: COLUMNS_OF_GOALS,
        Part.FUNDS: COLUMNS_OF_FUNDS,
    }
)


def _is_head(part: Part, keys: set[str]) -> bool:
    match part:
        case Part.INDICATORS:
            named_ = "indicator" in keys and keys & {"target", "actual"}
            return bool(named_) and len(keys) >= _LEAST_COLUMNS
        case Part.GOALS:
            return "achieved" in keys and "expected" in keys
        case _:
            return len(keys & {"initial_budget", "adjusted_budget", "executed"}) >= 2  # noqa: PLR2004


def _is_page(own: Sequence[Box]) -> bool:
    text = own[0].text.strip()
    return len(own) == 1 and len(text) <= _LONGEST_PAGE and _PAGE.fullmatch(text) is not None


def _is_section(box: Box) -> bool:
    return label(box.text) in SECTIONS


def _bare(figure: str) -> str:
    """Return a figure without the commas between thousands and a sign for percent behind it."""
    return re.sub(r"(?<=\d)[,，](?=\d{3}(?!\d))", "", figure).removesuffix("%").strip()
