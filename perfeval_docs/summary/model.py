"""The shape of what is computed from the records of a year, all of it exact."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from perfeval_docs.record import Record
from perfeval_docs.scoring import Assessment, IndicatorAssessment


@dataclass(frozen=True, slots=True, kw_only=True)
class ProjectResult:
    """A record and what was computed from it; `stem` names its files."""

    stem: str
    record: Record
    assessment: Assessment


@dataclass(frozen=True, slots=True, kw_only=True)
class Money:
    """Sums of the three amounts, in the form's unit (万元)."""

    initial_budget: Decimal
    adjusted_budget: Decimal
    executed: Decimal

    @property
    def execution_rate(self) -> Fraction | None:
        """Σ executed ÷ Σ adjusted budget, a ratio, never the mean of rates; None without budget."""
        if self.adjusted_budget <= 0:
            return None
        return Fraction(self.executed) / Fraction(self.adjusted_budget)


@dataclass(frozen=True, slots=True, kw_only=True)
class Count:
    """How many projects have a name (a grade), and their money."""

    name: str
    projects: int
    money: Money


@dataclass(frozen=True, slots=True, kw_only=True)
class RateBand:
    """How many projects have an execution rate (percent) of `lowest` or more, `below` not reached.

    `below` is None in the last band, which also holds all rates above it. Both are None in the
    band of projects that have no rate.
    """

    lowest: Decimal | None
    below: Decimal | None
    projects: int
    money: Money


@dataclass(frozen=True, slots=True, kw_only=True)
class LevelResult:
    """Indicators of one level-1 (`level2` is empty) or level-2 name, over all projects.

    `set` sums the other four; `points` and `score` are sums over them.
    """

    level1: str
    level2: str
    set: int
    met: int
    partly: int
    unmet: int
    undetermined: int
    points: Decimal
    score: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class IndicatorResult:
    """An indicator with its project and levels."""

    project: ProjectResult
    level1: str
    level2: str
    assessed: IndicatorAssessment


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitResult:
    """The projects of one implementing unit."""

    unit: str
    projects: int
    money: Money
    simple_average: Fraction | None
    weighted_average: Fraction | None
    grades: tuple[Count, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """A project of this year beside the one of the same name and unit of last year.

    One of the two is None where the project is new or has ended.
    """

    now: ProjectResult | None
    before: ProjectResult | None


@dataclass(frozen=True, slots=True, kw_only=True)
class YearChange:
    """Last year's summary, and every project of either year."""

    before: AnnualSummary
    continued: tuple[Change, ...]
    new: tuple[Change, ...]
    ended: tuple[Change, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class AnnualSummary:
    """All that is computed from the records of a year.

    Averages are of printed total scores: `simple_average` counts each project once,
    `weighted_average` by its adjusted budget (None where there is no budget). `grades` are in
    the profile's order, `bands` from the lowest; of all `indicators`, in the order of the
    records, `deducted` are those that missed their target or lost points, `far_over` those
    at or above the profile's limit.
    """

    fiscal_year: int
    projects: tuple[ProjectResult, ...]
    money: Money
    simple_average: Fraction | None
    weighted_average: Fraction | None
    grades: tuple[Count, ...]
    bands: tuple[RateBand, ...]
    level1s: tuple[LevelResult, ...]
    level2s: tuple[LevelResult, ...]
    indicators: tuple[IndicatorResult, ...]
    deducted: tuple[IndicatorResult, ...]
    far_over: tuple[IndicatorResult, ...]
    units: tuple[UnitResult, ...]
