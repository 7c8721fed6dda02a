"""Sum the records of a year up, every total held against its parts."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from typing import Final

from perfeval_docs.profile import Profile
from perfeval_docs.summary.model import (
    AnnualSummary,
    Count,
    IndicatorResult,
    LevelResult,
    Money,
    ProjectResult,
    RateBand,
    UnitResult,
)

RATE_BANDS: Final = tuple(map(Decimal, (0, 30, 60, 80, 100)))
"""Where the bands of execution rates begin, in percent; the last is 100 and above [P]."""


def summarise(
    fiscal_year: int, projects: Sequence[ProjectResult], profile: Profile
) -> AnnualSummary:
    """Compute the summary of a year's records, in their order.

    All scores and grades are those that the forms print; `profile` orders the grades and
    gives the limit of far-over indicators. A record without a score is counted, and is part
    of no average.
    """
    every = tuple(projects)
    indicators = tuple(_indicators(every))
    summary = AnnualSummary(
        fiscal_year=fiscal_year,
        projects=every,
        money=money_of(every),
        simple_average=simple_average(every),
        weighted_average=_weighted(every),
        grades=_grades(every, profile),
        bands=_bands(every),
        level1s=_levels(indicators, lambda each: (each.level1, "")),
        level2s=_levels(indicators, lambda each: (each.level1, each.level2)),
        indicators=indicators,
        deducted=tuple(each for each in indicators if _is_deducted(each)),
        far_over=tuple(each for each in indicators if _is_far_over(each, profile)),
        units=_units(every, profile),
    )
    _hold_together(summary)
    return summary


def _hold_together(summary: AnnualSummary) -> None:
    """Hold every total against its parts; a difference is a bug of ours, never a fault in data."""
    count, money = len(summary.projects), summary.money
    for parts in (summary.grades, summary.bands, summary.units):
        if sum(part.projects for part in parts) != count:
            raise ArithmeticError(parts)
        if _sum(part.money for part in parts) != money:
            raise ArithmeticError(parts)
    by_level1 = {each.level1: each for each in summary.level1s}
    for name, level in by_level1.items():
        below = [each for each in summary.level2s if each.level1 == name]
        for field in ("set", "met", "partly", "unmet", "undetermined", "points", "score"):
            if sum(getattr(each, field) for each in below) != getattr(level, field):
                raise ArithmeticError(name, field)
        if level.set != level.met + level.partly + level.unmet + level.undetermined:
            raise ArithmeticError(level)


def money_of(projects: Iterable[ProjectResult]) -> Money:
    """Return the sums of the amounts of projects, exactly."""
    amounts = (each.assessment.total_funds.amounts for each in projects)
    return _sum(
        Money(
            initial_budget=each.initial_budget,
            adjusted_budget=each.adjusted_budget,
            executed=each.executed,
        )
        for each in amounts
    )


def _sum(parts: Iterable[Money]) -> Money:
    every = tuple(parts)
    return Money(
        initial_budget=sum((each.initial_budget for each in every), Decimal("0.00")),
        adjusted_budget=sum((each.adjusted_budget for each in every), Decimal("0.00")),
        executed=sum((each.executed for each in every), Decimal("0.00")),
    )


def simple_average(projects: Iterable[ProjectResult]) -> Fraction | None:
    """Return the mean of the printed total scores, each project once; None without a score."""
    scores = [Fraction(score) for _, score in _scored(projects)]
    return sum(scores, Fraction(0)) / len(scores) if scores else None


def _weighted(projects: Iterable[ProjectResult]) -> Fraction | None:
    pairs = [
        (Fraction(each.assessment.total_funds.amounts.adjusted_budget), Fraction(score))
        for each, score in _scored(projects)
    ]
    weight = sum((budget for budget, _ in pairs), Fraction(0))
    return sum(budget * score for budget, score in pairs) / weight if weight else None


def _scored(projects: Iterable[ProjectResult]) -> Iterator[tuple[ProjectResult, Decimal]]:
    for each in projects:
        score = each.assessment.total_score.printed
        if score is not None:
            yield each, score


def _grades(projects: Sequence[ProjectResult], profile: Profile) -> tuple[Count, ...]:
    """Count the grades: the profile's first, then any other that a unit declared."""
    names = dict.fromkeys(band.name for band in profile.grades.value)
    names |= dict.fromkeys(each.assessment.grade or "" for each in projects)
    return tuple(
        _count(name, [each for each in projects if (each.assessment.grade or "") == name])
        for name in names
    )


def _count(name: str, projects: Sequence[ProjectResult]) -> Count:
    return Count(name=name, projects=len(projects), money=money_of(projects))


def _bands(projects: Sequence[ProjectResult]) -> tuple[RateBand, ...]:
    rates = [(each, money_of([each]).execution_rate) for each in projects]
    limits = [*pairwise(RATE_BANDS), (RATE_BANDS[-1], None)]
    bands = tuple(
        _band(low, high, [p for p, rate in rates if rate is not None and _is_in(rate, low, high)])
        for low, high in limits
    )
    without = [each for each, rate in rates if rate is None]
    return (*bands, _band(None, None, without)) if without else bands


def _is_in(rate: Fraction, low: Decimal, high: Decimal | None) -> bool:
    return rate * 100 >= low and (high is None or rate * 100 < high)


def _band(low: Decimal | None, high: Decimal | None, projects: Sequence[ProjectResult]) -> RateBand:
    return RateBand(lowest=low, below=high, projects=len(projects), money=money_of(projects))


def _indicators(projects: Iterable[ProjectResult]) -> Iterator[IndicatorResult]:
    for project in projects:
        for level1 in project.assessment.levels:
            for level2 in level1.groups:
                for assessed in level2.indicators:
                    yield IndicatorResult(
                        project=project, level1=level1.name, level2=level2.name, assessed=assessed
                    )


def _levels(
    indicators: Iterable[IndicatorResult], key: Callable[[IndicatorResult], tuple[str, str]]
) -> tuple[LevelResult, ...]:
    groups: dict[tuple[str, str], list[IndicatorResult]] = {}
    for each in indicators:
        groups.setdefault(key(each), []).append(each)
    # A level-2 stands under its level-1, both in the order in which they first appear.
    order = {name: number for number, name in enumerate(dict.fromkeys(one for one, _ in groups))}
    ordered = sorted(groups.items(), key=lambda item: order[item[0][0]])
    return tuple(_level(level1, level2, every) for (level1, level2), every in ordered)


def _level(level1: str, level2: str, indicators: Sequence[IndicatorResult]) -> LevelResult:
    attainments = [each.assessed.attainment for each in indicators]
    scores = (each.assessed.score.printed for each in indicators)
    return LevelResult(
        level1=level1,
        level2=level2,
        set=len(indicators),
        met=attainments.count("met"),
        partly=attainments.count("partly"),
        unmet=attainments.count("unmet"),
        undetermined=attainments.count("undetermined"),
        points=sum((each.assessed.indicator.points for each in indicators), Decimal(0)),
        score=sum((score for score in scores if score is not None), Decimal(0)),
    )


def _is_deducted(each: IndicatorResult) -> bool:
    score = each.assessed.score.printed
    is_short = score is not None and score < each.assessed.indicator.points
    return is_short or each.assessed.attainment in ("unmet", "partly")


def _is_far_over(each: IndicatorResult, profile: Profile) -> bool:
    rate = each.assessed.attainment_rate
    is_met = each.assessed.attainment == "met"
    return is_met and rate is not None and rate >= profile.far_over.value


def _units(projects: Sequence[ProjectResult], profile: Profile) -> tuple[UnitResult, ...]:
    groups: dict[str, list[ProjectResult]] = {}
    for each in projects:
        groups.setdefault(each.record.implementing_unit, []).append(each)
    return tuple(
        UnitResult(
            unit=unit,
            projects=len(every),
            money=money_of(every),
            simple_average=simple_average(every),
            weighted_average=_weighted(every),
            grades=_grades(every, profile),
        )
        for unit, every in groups.items()
    )
