"""The shape of what is computed from a record; every figure keeps apart what a unit declared."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from perfeval_docs.record.model import Amounts, Indicator


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A figure that is computed, and the one that the unit declared, kept apart.

    `computed` is None where the rules give no value (a judgement is needed, a budget is zero).
    """

    computed: Decimal | None
    declared: Decimal | None = None

    @property
    def printed(self) -> Decimal | None:
        """What goes on the form: the declared figure where there is one."""
        return self.computed if self.declared is None else self.declared


Attainment = Literal["met", "unmet", "partly", "undetermined"]


@dataclass(frozen=True, slots=True, kw_only=True)
class FundsRowAssessment:
    """A funds row: its printed amounts, and its execution rate in percent, profile-rounded."""

    amounts: Amounts
    execution_rate: Figure


@dataclass(frozen=True, slots=True, kw_only=True)
class IndicatorAssessment:
    """An indicator, whether its target was met, its attainment rate, and its score in points.

    `attainment_rate` is actual ÷ target in percent after unit conversion, cut off at two
    decimals so that it never reaches a limit which the exact ratio misses; None where
    there is no such ratio. `undetermined` is what the rules cannot judge: it needs a
    declared score. `band` is the lowest and highest score that a qualitative word
    allows, in points.
    """

    indicator: Indicator
    attainment: Attainment
    attainment_rate: Decimal | None
    score: Figure
    band: tuple[Decimal, Decimal] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Level2Assessment:
    """A level-2 group."""

    name: str
    indicators: tuple[IndicatorAssessment, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Level1Assessment:
    """A level-1 group."""

    name: str
    groups: tuple[Level2Assessment, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Assessment:
    """All that is computed from one record.

    `execution_score`, in points, is that of the total row, out of `execution_points`;
    `total_score.computed` sums the printed scores, None if one of them is unknown.
    `computed_grade` follows from the printed total score; `grade` is the declared one
    where there is one.
    """

    total_funds: FundsRowAssessment
    appropriation: FundsRowAssessment
    carryover: FundsRowAssessment
    other_funds: FundsRowAssessment
    execution_points: Decimal
    execution_score: Figure
    levels: tuple[Level1Assessment, ...]
    full_points: Decimal
    total_score: Figure
    computed_grade: str | None
    grade: str | None
