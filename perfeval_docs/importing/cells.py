"""What the cells of a form say, by the places of a record: as it prints, and as a file shows it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from perfeval_docs.importing.form import Form, Found, Part, in_wan
from perfeval_docs.view import FormView

Where = tuple[str, ...]
"""The keys of a record, the outermost first, that lead to a value."""

FUNDS: Final = ("declared_total", "appropriation", "carryover", "other_funds")
AMOUNTS: Final = ("initial_budget", "adjusted_budget", "executed")
REMARKS: Final = "remarks"
"""The cell that a reason and an improvement share."""

_FIELDS: Final = ("project", "competent_department", "implementing_unit", "fiscal_year")
_NO_FIGURE: Final = "-"


@dataclass(frozen=True, slots=True)
class CellRow:
    """An indicator as its row says it: its levels, and its cells by key.

    A level is blank where its cell is. `origin` is the number of the row that it was when it was
    printed, where a file tells.
    """

    level1: str
    level2: str
    cells: Mapping[str, str]
    origin: int | None = None


@dataclass(frozen=True, slots=True)
class Cells:
    """All that a form says; lines of a cell are paragraphs, an amount of `-` is blank.

    What a form has no label for is left out, and so is a blank cell of a file in which another
    cell could not be placed: it may stand there. What stands blank is "".
    `is_whole` tells that no cell of a table was left over: what is not in `rows` is gone.
    """

    values: Mapping[Where, str]
    rows: tuple[CellRow, ...]
    is_whole: bool = True


def printed(view: FormView) -> Cells:
    """Return what a form prints."""
    values: dict[Where, str] = {
        ("project",): view.project,
        ("competent_department",): view.competent_department,
        ("implementing_unit",): view.implementing_unit,
        ("fiscal_year",): view.fiscal_year,
        ("goal", "expected"): "\n".join(view.goal.expected),
        ("goal", "achieved"): "\n".join(view.goal.achieved),
        ("declared_total_score",): view.total_score,
        ("declared_grade",): view.grade,
    }
    for name, row in zip(FUNDS, view.funds, strict=True):
        values |= {("funds", name, key): getattr(row, key) for key in AMOUNTS}
        values["funds", name, "declared_execution_rate"] = row.execution_rate
    values["funds", "declared_execution_points"] = view.funds[0].points
    values["funds", "declared_execution_score"] = view.funds[0].score
    rows = (
        CellRow(
            level.name,
            group.name,
            {
                "indicator": each.name,
                "target": each.target,
                "actual": each.actual,
                "points": each.points,
                "declared_score": each.score,
                REMARKS: "\n".join(each.remarks),
            },
        )
        for level in view.levels
        for group in level.groups
        for each in group.indicators
    )
    return Cells(
        {w: _figure(text) if w[0] == "funds" else text for w, text in values.items()}, tuple(rows)
    )


def seen(form: Form) -> Cells:
    """Return what the cells of a form say."""
    values = {p: text for p, text in _seen(form) if text or not form.unplaced}
    is_whole = not any(each.place.sheet for each in form.unplaced)
    return Cells(values, tuple(_rows(form)), is_whole)


def _seen(form: Form) -> Iterator[tuple[Where, str]]:
    for name in _FIELDS:
        if (Part.HEAD, name) in form.labels or name in form.fields:
            yield (name,), " ".join(_text(form.fields.get(name)).split())
    yield from _seen_funds(form)
    for name in ("expected", "achieved"):
        if (Part.GOALS, name) in form.labels:
            yield ("goal", name), "".join(each.text for each in form.goals.get(name, []))
    if (Part.END, "score") in form.labels:
        yield ("declared_total_score",), _text(form.total_score)
    if (Part.END, "grade") in form.labels:
        yield ("declared_grade",), _text(form.grade)


def _seen_funds(form: Form) -> Iterator[tuple[Where, str]]:
    columns = {key: key for key in AMOUNTS} | {"rate": "declared_execution_rate"}
    columns = {key: name for key, name in columns.items() if (Part.FUNDS, key) in form.labels}
    for row, cells in form.funds.items():
        for key, name in columns.items():
            text = _figure(_text(cells.get(key)))
            yield ("funds", row, name), in_wan(text, form.money) if key in AMOUNTS else text
    for key in ("points", "score"):
        if (Part.FUNDS, key) in form.labels and FUNDS[0] in form.funds:
            cell = form.funds[FUNDS[0]].get(key)
            yield ("funds", f"declared_execution_{key}"), _figure(_text(cell))


def _rows(form: Form) -> Iterator[CellRow]:
    columns = {
        "indicator": "indicator",
        "target": "target",
        "actual": "actual",
        "points": "points",
        "score": "declared_score",
        "deviation_reason": REMARKS,
    }
    for row in form.rows:
        yield CellRow(
            "" if "level1" in row.unnamed else row.level1.name,
            "" if "level2" in row.unnamed else row.level2.name,
            {
                key: text
                for column, key in columns.items()
                if (Part.INDICATORS, column) in form.labels
                and ((text := _text(row.cells.get(column))) or not form.unplaced)
            },
        )


def _text(found: Found | None) -> str:
    return "" if found is None else found.text


def _figure(text: str) -> str:
    return "" if text == _NO_FIGURE else text
