"""A form that was found to a record's YAML text: what it says, and where each of it stood."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Final

from pydantic import BaseModel

from perfeval_docs.figures import parse_figure
from perfeval_docs.importing.cells import AMOUNTS
from perfeval_docs.importing.form import Form, Found, Place, Row, in_wan
from perfeval_docs.importing.labels import comparison
from perfeval_docs.record.keys import KEYS
from perfeval_docs.record.model import Amounts, Funds, Goal, Indicator, Record
from perfeval_docs.settings import KeyNames
from perfeval_docs.source.scalars import LONGEST_BESIDE, beside, key

_SCHEMA: Final = "# yaml-language-server: $schema=../../schema/record.schema.json\n"
_ROWS: Final = ("appropriation", "carryover", "other_funds", "declared_total")
_UNKNOWN: Final = ("待填（一级指标）", "待填（二级指标）")
"""Names for the levels of indicators whose form has none; a person is to write the real ones."""
_NO_UNIT: Final = ("无", "-", "/")
_UNIT: Final = re.compile(r"[(（].*[)）]$")


def to_yaml(form: Form, *, file: str, profile: str, names: KeyNames) -> str:
    """Return the record that a form says; what it does not say stays blank.

    Comments tell where in the file each part stood.
    """
    return _Writer(form, file, profile, names).text()


def unwritten(form: Form) -> Iterator[Found]:
    """Yield what was found in a form, and has no place in a record."""
    if form.odd_points is not None:
        yield form.odd_points
    total = form.funds.get("declared_total", {})
    if not set(AMOUNTS) <= total.keys():
        yield from (total[cell] for cell in (*AMOUNTS, "rate") if cell in total)
    for name, cells in form.funds.items():
        if name != "declared_total":
            yield from (cells[cell] for cell in ("points", "score") if cell in cells)
    for row in form.rows:
        cells = row.cells
        nature, unit = cells.get("nature"), cells.get("unit")
        target = _target(cells)
        if nature is not None and comparison(nature.text) is None and "定性" not in nature.text:
            yield nature
        actual = _with_unit(_text(cells.get("actual")), _text(unit))
        if (
            unit is not None
            and unit.text not in (*_NO_UNIT, "")
            and unit.text not in target + actual
        ):
            yield unit


class _Writer:
    def __init__(self, form: Form, file: str, profile: str, names: KeyNames) -> None:
        self._form = form
        self._file = file
        self._profile = profile
        self._names = names

    def text(self) -> str:
        lines = [_SCHEMA + f"# 由 {_one_line(self._file)} 导入\n"]
        lines += self._head()
        lines += self._funds()
        lines += self._goal()
        lines += self._indicators()
        lines += self._end()
        return "\n".join(lines) + "\n"

    def _key(self, shape: type[BaseModel], name: str) -> str:
        return KEYS.label(shape, name) if self._names == "zh" else name

    def _pair(
        self, shape: type[BaseModel], name: str, text: str, depth: int, place: Place | None = None
    ) -> str:
        """Return the lines of a key and a text; a text of several paragraphs stands below it."""
        indent = "  " * depth
        label = self._key(shape, name)
        comment = f" # {_where(place)}" if place else ""
        if "\n" in text or len(text) > LONGEST_BESIDE:
            body = "\n".join(f"{indent}  {line}" for line in text.split("\n"))
            return f"{indent}{label}: |{comment}\n{body}"
        return f"{indent}{label}: {scalar(text)}{comment}".rstrip()

    def _head(self) -> Iterator[str]:
        fields = self._form.fields
        for name in ("project", "competent_department", "implementing_unit", "fiscal_year"):
            found = fields.get(name)
            text = "" if found is None else " ".join(found.text.split())
            yield self._pair(Record, name, text, 0, None if found is None else found.place)
        yield self._pair(Record, "profile", self._profile, 0)

    def _funds(self) -> Iterator[str]:
        yield f"\n{self._key(Record, 'funds')}:"
        rows = self._form.funds
        for name in _ROWS:
            cells = rows.get(name)
            if cells is None and name == "appropriation":
                cells = {}
            if cells is None or (name == "declared_total" and not set(AMOUNTS) <= cells.keys()):
                continue
            label = self._key(Funds, name)
            if not cells and name != "appropriation":
                # Left out, for that is how a record says that there are no such funds.
                yield f"  # {label}：原表未填"
                continue
            first = next(iter(cells.values()), None)
            comment = f" # {_where(first.place)}" if first else ""
            yield f"  {label}:{comment}"
            if not cells:
                # As comments they are one fault, and stand ready to be filled in.
                yield from (f"    # {self._key(Amounts, amount)}:" for amount in AMOUNTS)
                continue
            for amount in AMOUNTS:
                yield self._pair(Amounts, amount, self._money(cells.get(amount)), 2)
            if "rate" in cells:
                yield self._pair(Amounts, "declared_execution_rate", cells["rate"].text, 2)
        total = rows.get("declared_total", {})
        for cell, name in (
            ("points", "declared_execution_points"),
            ("score", "declared_execution_score"),
        ):
            if cell in total:
                yield self._pair(Funds, name, total[cell].text, 1)

    def _money(self, found: Found | None) -> str:
        """Return an amount in 万元, to the last digit."""
        if found is None:
            return ""
        return in_wan(found.text, self._form.money)

    def _goal(self) -> Iterator[str]:
        yield f"\n{self._key(Record, 'goal')}:"
        for name in ("expected", "achieved"):
            parts = self._form.goals.get(name, [])
            text = "".join(part.text for part in parts)
            yield self._pair(Goal, name, text, 1, parts[0].place if parts else None)

    def _indicators(self) -> Iterator[str]:
        yield f"\n{self._key(Record, 'indicators')}:"
        groups: dict[str, dict[str, list[Row]]] = {}
        for row in self._form.rows:
            first = groups.setdefault(row.level1.name, {})
            first.setdefault(row.level2.name, []).append(row)
        for level1, second in groups.items():
            yield f"  {_level(level1 or _UNKNOWN[0])}:"
            for level2, rows in second.items():
                yield f"    {_level(level2 or _UNKNOWN[1])}:"
                for row in rows:
                    yield from self._indicator(row)

    def _indicator(self, row: Row) -> Iterator[str]:
        cells = row.cells
        texts = {
            "indicator": _text(cells.get("indicator")),
            "target": _target(cells),
            "actual": _with_unit(_text(cells.get("actual")), _text(cells.get("unit"))),
            "points": _text(cells.get("points")),
            "declared_score": _text(cells.get("score")),
            "deviation_reason": _paragraphs(cells.get("deviation_reason")),
            "improvement": _paragraphs(cells.get("improvement")),
        }
        place = cells["indicator"].place if "indicator" in cells else None
        first = True
        for name, text in texts.items():
            if not text and name in ("declared_score", "deviation_reason", "improvement"):
                continue
            lines = self._pair(Indicator, name, text, 4, place if first else None)
            yield lines.replace("        ", "      - ", 1) if first else lines
            first = False

    def _end(self) -> Iterator[str]:
        form = self._form
        if form.total_score is not None:
            text = self._pair(
                Record, "declared_total_score", form.total_score.text, 0, form.total_score.place
            )
            yield f"\n{text}"
        if form.grade is not None:
            yield self._pair(Record, "declared_grade", form.grade.text, 0, form.grade.place)


def _text(found: Found | None) -> str:
    return "" if found is None else "".join(found.text.split("\n"))


def _paragraphs(found: Found | None) -> str:
    return "" if found is None else found.text


def _target(cells: Mapping[str, Found]) -> str:
    """Return a target, put together where its comparison and unit stand in cells of their own."""
    value, unit = _text(cells.get("target")), _text(cells.get("unit"))
    sign = comparison(_text(cells.get("nature")))
    if sign is not None and not comparison(value[:1] or "x"):
        value = f"{sign}{value}"
    return _with_unit(value, unit)


def _with_unit(value: str, unit: str) -> str:
    figure = value.lstrip("≥≤<>= ")
    if not unit or unit in _NO_UNIT or parse_figure(figure) is None:
        return value
    return value if _UNIT.search(value) else f"{value}({unit})"


def _where(place: Place) -> str:
    if not place.sheet:
        return f"第{place.row}行"
    return f"表{_one_line(place.sheet)} 第{place.row}行第{place.column}列"


def _one_line(text: str) -> str:
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())


def scalar(text: str) -> str:
    """Return a text behind a colon; one that no record may hold stands quoted, for its fault."""
    return (beside(text) or json.dumps(text, ensure_ascii=False)) if text else ""


def _level(text: str) -> str:
    return key(text) or json.dumps(text, ensure_ascii=False)
