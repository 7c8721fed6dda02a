"""Assess a record: its funds, its indicators, the total score and the grade."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from perfeval_docs.profile.model import Profile
from perfeval_docs.record.model import Record
from perfeval_docs.scoring.execution import assess_funds_row, execution_score, total_amounts
from perfeval_docs.scoring.indicators import assess_indicator
from perfeval_docs.scoring.model import Assessment, Figure, Level1Assessment, Level2Assessment


def assess(record: Record, profile: Profile) -> Assessment:
    """Compute all that a form prints from what a unit wrote, by the rules of its profile.

    Total score = printed execution score + Σ printed scores, as the six forms add up [F];
    the grade is the best whose lowest score the printed total reaches [P].
    """
    funds = record.funds
    total = total_amounts(funds)
    execution = Figure(
        computed=execution_score(total, profile), declared=funds.declared_execution_score
    )
    levels = _levels(record, profile)
    total_score = Figure(
        computed=_sum([execution.printed, *_printed_scores(levels)]),
        declared=record.declared_total_score,
    )
    grade = None if total_score.printed is None else profile.grade_of(total_score.printed)
    return Assessment(
        total_funds=assess_funds_row(total, profile),
        appropriation=assess_funds_row(funds.appropriation, profile),
        carryover=assess_funds_row(funds.carryover, profile),
        other_funds=assess_funds_row(funds.other_funds, profile),
        execution_points=profile.execution_points.value,
        execution_score=execution,
        levels=levels,
        full_points=profile.full_points.value,
        total_score=total_score,
        computed_grade=grade,
        grade=grade if record.declared_grade is None else record.declared_grade,
    )


def _levels(record: Record, profile: Profile) -> tuple[Level1Assessment, ...]:
    return tuple(
        Level1Assessment(
            name=level1,
            groups=tuple(
                Level2Assessment(
                    name=level2,
                    indicators=tuple(assess_indicator(each, profile) for each in indicators),
                )
                for level2, indicators in groups.items()
            ),
        )
        for level1, groups in record.indicators.items()
    )


def _printed_scores(levels: tuple[Level1Assessment, ...]) -> Iterable[Decimal | None]:
    for level in levels:
        for group in level.groups:
            for indicator in group.indicators:
                yield indicator.score.printed


def _sum(scores: Iterable[Decimal | None]) -> Decimal | None:
    known: list[Decimal] = []
    for score in scores:
        if score is None:
            return None
        known.append(score)
    return sum(known, Decimal(0))
