"""A form as the cells of a file say it, each text with its place."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from typing import Final

from perfeval_docs.figures import parse_figure

_YUAN: Final = 10_000


class Part(StrEnum):
    """The parts of a form, in their order."""

    HEAD = "head"
    FUNDS = "funds"
    GOALS = "goals"
    INDICATORS = "indicators"
    END = "end"


@dataclass(frozen=True, slots=True)
class Place:
    """Where something stands in a file: the sheet's name, its row and column from 1."""

    sheet: str
    row: int
    column: int


@dataclass(frozen=True, slots=True)
class Found:
    """A text of a file with its place."""

    text: str
    place: Place


@dataclass(slots=True)
class Level:
    """A name of a level, which later rows may go on with."""

    name: str


@dataclass(slots=True)
class Row:
    """An indicator as its cells say it, by column.

    `unnamed` are the levels whose cell is there and blank: the row goes on with those above.
    """

    level1: Level
    level2: Level
    cells: dict[str, Found]
    unnamed: frozenset[str] = frozenset()


@dataclass(slots=True)
class Form:
    """A form as its cells say it: fields, amounts by row and column, goals, indicators.

    `labels` are those that were seen, whether a value stands with them or not. `odd_points` are
    points of the total that are not those of the form's rows.
    """

    place: Place
    fields: dict[str, Found] = field(default_factory=dict)
    money: str = ""
    funds: dict[str, dict[str, Found]] = field(default_factory=dict)
    goals: dict[str, list[Found]] = field(default_factory=dict)
    rows: list[Row] = field(default_factory=list)
    odd_points: Found | None = None
    total_score: Found | None = None
    grade: Found | None = None
    unplaced: list[Found] = field(default_factory=list)
    labels: set[tuple[Part, str]] = field(default_factory=set)

    @property
    def is_begun(self) -> bool:
        """Tell whether more was found of it than a title or a year."""
        return "project" in self.fields or bool(self.funds or self.goals or self.rows)


def in_wan(text: str, money: str) -> str:
    """Return an amount that a form says in its unit of money in 万元, to the last digit."""
    value = parse_figure(text)
    if money != "元" or value is None:
        return text
    exact = value / _YUAN
    return f"{exact.quantize(Decimal('0.01')) if exact == round(exact, 2) else exact:f}"
