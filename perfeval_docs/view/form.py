"""Compose what is printed: a form as strings, already rounded, labelled and worded."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from perfeval_docs.figures import format_figure
from perfeval_docs.profile import Profile
from perfeval_docs.record.model import Record
from perfeval_docs.scoring import (
    Assessment,
    FundsRowAssessment,
    IndicatorAssessment,
    Level1Assessment,
)


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


def compose(record: Record, assessment: Assessment, profile: Profile) -> FormView:
    """Return the form as strings.

    Targets and actuals print as typed, amounts, rates and points with the profile's decimals,
    a declared figure in place of the computed one, an unknown one as a blank.
    """
    points = _Points(profile.points_places.value)
    return FormView(
        title=profile.title.value,
        fiscal_year=str(record.fiscal_year),
        year_line=profile.year_line_of(record.fiscal_year),
        project=record.project,
        competent_department=record.competent_department,
        implementing_unit=record.implementing_unit,
        amount_unit=profile.amount_unit.value,
        funds=_funds(assessment, profile),
        goal=GoalView(
            expected=paragraphs(record.goal.expected), achieved=paragraphs(record.goal.achieved)
        ),
        levels=tuple(_level1(level, points) for level in assessment.levels),
        full_points=points(assessment.full_points),
        total_score=points(assessment.total_score.printed),
        grade=(assessment.grade or "") if profile.has_grade_row.value else "",
    )


@dataclass(frozen=True, slots=True)
class _Points:
    """Write points and scores."""

    places: int

    def __call__(self, value: Decimal | None) -> str:
        return "" if value is None else format_figure(value, self.places)


def _funds(assessment: Assessment, profile: Profile) -> tuple[FundsRowView, ...]:
    """Compose the four rows; points and score stand in the first, the empty mark below it."""
    labels, mark = profile.funds_labels.value, profile.empty_mark.value
    points = _Points(profile.points_places.value)
    first = (points(assessment.execution_points), points(assessment.execution_score.printed))
    rows = (
        (labels.total, assessment.total_funds, first),
        (labels.appropriation, assessment.appropriation, (mark, mark)),
        (labels.carryover, assessment.carryover, (mark, mark)),
        (labels.other_funds, assessment.other_funds, (mark, mark)),
    )
    return tuple(_funds_row(label, row, scored, profile) for label, row, scored in rows)


def _funds_row(
    label: str, row: FundsRowAssessment, scored: tuple[str, str], profile: Profile
) -> FundsRowView:
    places, amounts = profile.money_places.value, row.amounts
    rate = row.execution_rate.printed
    return FundsRowView(
        label=label,
        initial_budget=format_figure(amounts.initial_budget, places),
        adjusted_budget=format_figure(amounts.adjusted_budget, places),
        executed=format_figure(amounts.executed, places),
        points=scored[0],
        execution_rate=(
            "" if rate is None else format_figure(rate, profile.rate_rounding.value.places)
        ),
        score=scored[1],
    )


def _level1(level: Level1Assessment, points: _Points) -> Level1View:
    groups = tuple(
        Level2View(
            name=group.name, indicators=tuple(_indicator(each, points) for each in group.indicators)
        )
        for group in level.groups
    )
    return Level1View(name=level.name, groups=groups)


def _indicator(assessed: IndicatorAssessment, points: _Points) -> IndicatorView:
    indicator = assessed.indicator
    return IndicatorView(
        name=indicator.indicator,
        target=indicator.target,
        actual=indicator.actual,
        points=points(indicator.points),
        score=points(assessed.score.printed),
        remarks=(
            *paragraphs(indicator.deviation_reason),
            *paragraphs(indicator.improvement),
        ),
    )


def paragraphs(text: str) -> tuple[str, ...]:
    """Return the lines of a text that are not blank; a line is a paragraph."""
    return tuple(line.strip() for line in text.splitlines() if line.strip())
