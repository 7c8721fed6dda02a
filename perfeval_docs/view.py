"""Compose what is printed: a form as strings, already rounded, labelled and worded."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class FundsRowView:
    """One row of the funds block; `label` as the profile words it (年度资金总额: …)."""

    label: str
    initial_budget: str
    adjusted_budget: str
    executed: str
    points: str
    execution_rate: str
    score: str


@dataclass(frozen=True, slots=True, kw_only=True)
class GoalView:
    """The annual goal; one string per paragraph."""

    expected: tuple[str, ...]
    achieved: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class IndicatorView:
    """One indicator row; `remarks` holds one string per paragraph (reason, improvement)."""

    name: str
    target: str
    actual: str
    points: str
    score: str
    remarks: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Level2View:
    """A level-2 indicator (二级指标) and the indicators under it, at least one."""

    name: str
    indicators: tuple[IndicatorView, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Level1View:
    """A level-1 indicator (一级指标) and its level-2 groups, at least one."""

    name: str
    groups: tuple[Level2View, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class FormView:
    """A self-evaluation form as strings: all that a Word template can print.

    `grade` is empty where the profile's form has no grade row. `date_of_issue` is
    ISO 8601 and dates the files; it is not printed on the form.
    """

    title: str
    fiscal_year: str
    year_line: str
    project: str
    competent_department: str
    implementing_unit: str
    amount_unit: str
    funds: tuple[FundsRowView, ...]
    goal: GoalView
    levels: tuple[Level1View, ...]
    full_points: str
    total_score: str
    grade: str
