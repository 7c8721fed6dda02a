"""Score one indicator: quantitative, reverse, equal or qualitative."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from math import ceil
from typing import Literal, assert_never

from perfeval_docs.figures import (
    Comparator,
    Measured,
    Qualitative,
    Quantified,
    convert,
    parse_actual,
    parse_target,
    round_figure,
)
from perfeval_docs.profile.model import Profile, QualitativeBand
from perfeval_docs.record.model import Indicator
from perfeval_docs.record.values import PLACES
from perfeval_docs.scoring.model import Attainment, Figure, IndicatorAssessment

ReverseFormula = Literal["ratio", "linear"]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Judgement:
    """Whether a target was met, actual ÷ target, and the share of the points that it earns."""

    attainment: Attainment
    rate: Fraction | None = None
    share: Fraction | None = None
    band: QualitativeBand | None = None


def assess_indicator(indicator: Indicator, profile: Profile) -> IndicatorAssessment:
    """Judge an indicator and compute its score in points, None where the unit must declare it.

    An actual that is one of the profile's qualitative words is judged by the word, whatever
    the target: 达成 earns full points, in the bands below the unit chooses [P]. A measured
    actual is judged against a measured target; other pairs are undetermined.
    """
    judgement = _judge(indicator, profile)
    return IndicatorAssessment(
        indicator=indicator,
        attainment=judgement.attainment,
        attainment_rate=_percent(judgement.rate),
        score=Figure(
            computed=_score(judgement.share, indicator.points, profile),
            declared=indicator.declared_score,
        ),
        band=_in_points(judgement.band, indicator.points),
    )


def _judge(indicator: Indicator, profile: Profile) -> _Judgement:
    target = parse_target(indicator.target)
    actual = parse_actual(indicator.actual)
    match target, actual:
        case _, Qualitative(text=word):
            return _judge_word(profile.band_of(word))
        case Quantified(), Measured():
            return _judge_measured(target, actual, profile.reverse_formula.value)
        case _:
            return _Judgement(attainment="undetermined")


def _judge_word(band: QualitativeBand | None) -> _Judgement:
    if band is None:
        return _Judgement(attainment="undetermined")
    share = Fraction(1) if band.attainment == "met" else None
    return _Judgement(attainment=band.attainment, share=share, band=band)


def _judge_measured(target: Quantified, actual: Measured, formula: ReverseFormula) -> _Judgement:
    reached = convert(actual.number, actual.measure, target.measure)
    if reached is None:
        return _Judgement(attainment="undetermined")
    wanted = Fraction(target.number)
    rate = reached / wanted if wanted > 0 else None
    if _meets(reached, target.comparator, wanted):
        return _Judgement(attainment="met", rate=rate, share=Fraction(1))
    share = _share_of_unmet(reached, target.comparator, wanted, formula)
    return _Judgement(attainment="unmet", rate=rate, share=share)


def _meets(reached: Fraction, comparator: Comparator, wanted: Fraction) -> bool:
    match comparator:
        case "≥":
            return reached >= wanted
        case "≤":
            return reached <= wanted
        case ">":
            return reached > wanted
        case "<":
            return reached < wanted
        case "=":
            return reached == wanted
        case _:
            assert_never(comparator)


def _share_of_unmet(
    reached: Fraction, comparator: Comparator, wanted: Fraction, formula: ReverseFormula
) -> Fraction | None:
    """Return the share of the points that an unmet target earns, before it is held to 0 … 1.

    Positive (≥, >): actual ÷ target; `=` likewise, so that an equal target surpassed is
    unmet and keeps its points [P]. Reverse (≤, <), by the profile: target ÷ actual, or
    1 − (actual − target) ÷ target, which is 0 from twice the target on [P]. None where the
    formula has no meaning, and the unit declares the score: a negative target, or a division
    by zero.
    """
    if wanted < 0:
        return None
    if comparator not in {"≤", "<"}:
        return reached / wanted if wanted else None
    if formula == "ratio":
        return wanted / reached if reached else None
    return 1 - (reached - wanted) / wanted if wanted else None


def _score(share: Fraction | None, points: Decimal, profile: Profile) -> Decimal | None:
    if share is None or points < 0:
        return None
    how = profile.score_rounding.value
    earned = Fraction(points) * min(max(share, Fraction(0)), Fraction(1))
    score = round_figure(earned, how.places, how.rounding)
    # However coarse the rounding is: a target that was met earns its points.
    return points if share >= 1 and score != points else min(score, points)


def _percent(rate: Fraction | None) -> Decimal | None:
    return None if rate is None else round_figure(rate * 100, 2, "down")


def _in_points(band: QualitativeBand | None, points: Decimal) -> tuple[Decimal, Decimal] | None:
    """Return from what to what a score may be declared: with the decimals that one can have."""
    if band is None:
        return None
    low, high = (Fraction(points) * Fraction(each) / 100 for each in (band.lowest, band.highest))
    least = Fraction(ceil(low * 10**PLACES), 10**PLACES)
    return round_figure(least, PLACES, "down"), round_figure(high, PLACES, "down")
