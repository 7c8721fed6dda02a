"""What of the cells of an edited form can be taken: figures that are some, rows that are sure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from perfeval_docs.figures import parse_figure
from perfeval_docs.importing import REMARKS, CellRow, Cells, Where
from perfeval_docs.merging.said import FIGURES

_LONG: Final = frozenset({REMARKS, "deviation_reason", "improvement"})
_BREAK: Final = re.compile(r"\s*\n\s*")
_BREAK_IN_LATIN: Final = re.compile(r"(?<=[!-~])\s*\n\s*(?=[!-~])")


@dataclass(frozen=True, slots=True)
class NoFigure:
    """A cell that somebody has written something other than a figure into."""

    place: Where
    before: str
    after: str


def in_lines(cells: Cells) -> Cells:
    """Return cells with each text in one line for which a record has one: people break lines."""
    values = {
        place: text if place[0] == "goal" else _joined(text) for place, text in cells.values.items()
    }
    rows = (
        replace(row, cells={k: t if k in _LONG else _joined(t) for k, t in row.cells.items()})
        for row in cells.rows
    )
    return replace(cells, values=values, rows=tuple(rows))


def figures_only(
    before: Cells, cells: Cells, origins: Sequence[int | None]
) -> tuple[Cells, tuple[NoFigure, ...]]:
    """Return cells with what they had before where they ask for a figure and say something else."""
    odd: list[NoFigure] = []
    values = dict(cells.values)
    for place, text in cells.values.items():
        if place[-1] in FIGURES and _is_odd(text):
            values[place] = before.values.get(place, "")
            odd.append(NoFigure(place, values[place], text))
    rows: list[CellRow] = []
    for row, origin in zip(cells.rows, origins, strict=True):
        was = row if origin is None else before.rows[origin]
        place = ("indicators", was.level1, was.level2, was.cells.get("indicator", ""))
        known = dict(row.cells)
        for key, text in row.cells.items():
            if key in FIGURES and _is_odd(text):
                known[key] = "" if origin is None else was.cells.get(key, "")
                odd.append(NoFigure((*place, key), known[key], text))
        rows.append(replace(row, cells=known, origin=origin))
    return replace(cells, values=values, rows=tuple(rows)), tuple(odd)


def none_lost(before: Cells, cells: Cells) -> tuple[Cells, tuple[str, ...]]:
    """Return cells with the rows that may be there unread, as they were; and their names.

    The rows of `cells` tell their origins.
    """
    origins = {row.origin for row in cells.rows}
    rows = list(cells.rows)
    kept: list[str] = []
    for number, row in enumerate(before.rows if not cells.is_whole else ()):
        if number not in origins:
            above = [at for at, each in enumerate(rows) if each.origin == number - 1]
            rows.insert(above[0] + 1 if above else 0, replace(row, origin=number))
            kept.append(row.cells.get("indicator", ""))
    return replace(cells, rows=tuple(rows)), tuple(kept)


def _joined(text: str) -> str:
    return _BREAK.sub("", _BREAK_IN_LATIN.sub(" ", text))


def _is_odd(text: str) -> bool:
    return bool(text) and parse_figure(text) is None
