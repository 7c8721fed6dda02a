"""What a unit writes for one project: amounts, goals, indicators, reasons; nothing computed."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from pydantic import BaseModel, ConfigDict


class Shape(BaseModel):
    """What all shapes share: frozen, no unknown keys, figures from text only."""

    model_config = ConfigDict(frozen=True, extra="forbid", arbitrary_types_allowed=True)


class Amounts(Shape):
    """The three amounts of one funds row, in the form's unit (万元).

    IPSAS 24 calls them original budget, final budget and actual amount.
    """

    initial_budget: Decimal
    adjusted_budget: Decimal
    executed: Decimal
    declared_execution_rate: Decimal | None = None


class Funds(Shape):
    """项目资金: three sources; `declared_total` only where a unit states the total row itself."""

    appropriation: Amounts
    carryover: Amounts
    other_funds: Amounts
    declared_total: Amounts | None = None
    declared_execution_score: Decimal | None = None


class Goal(Shape):
    """年度总体目标: what was expected and what was achieved; a line is a paragraph."""

    expected: str
    achieved: str


class Indicator(Shape):
    """A level-3 indicator; target and actual are printed exactly as typed."""

    indicator: str
    target: str
    actual: str
    points: Decimal
    declared_score: Decimal | None = None
    deviation_reason: str = ""
    improvement: str = ""


class Record(Shape):
    """One project of one year, defaults of its folders filled in."""

    project: str
    competent_department: str
    implementing_unit: str
    fiscal_year: int
    profile: str
    date_of_issue: date | None = None
    funds: Funds
    goal: Goal
    indicators: Mapping[str, Mapping[str, tuple[Indicator, ...]]]
    declared_total_score: Decimal | None = None
    declared_grade: str | None = None
