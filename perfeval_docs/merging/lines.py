"""The texts of cells in one line each, where a record has one: people break lines in Word."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final

from perfeval_docs.importing import REMARKS, Cells, clean

_LONG: Final = frozenset({REMARKS, "deviation_reason", "improvement"})
_BREAK: Final = re.compile(r"\s*\n\s*")
_BREAK_IN_LATIN: Final = re.compile(r"(?<=[0-9A-Za-z])\s*\n\s*(?=[0-9A-Za-z])")


def in_lines(cells: Cells) -> Cells:
    """Return cells with each text in one line for which a record has one."""
    values = {
        place: text if place[0] == "goal" else _joined(text) for place, text in cells.values.items()
    }
    rows = (
        replace(row, cells={k: t if k in _LONG else _joined(t) for k, t in row.cells.items()})
        for row in cells.rows
    )
    return replace(cells, values=values, rows=tuple(rows))


def _joined(text: str) -> str:
    return _BREAK.sub("", _BREAK_IN_LATIN.sub(" ", clean(text)))
