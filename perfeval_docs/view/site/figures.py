"""Compose a year's figures that are read first: totals, and bars."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import Final

from perfeval_docs.diagnostic import Message, msg
from perfeval_docs.figures import format_figure, round_figure
from perfeval_docs.summary import AnnualSummary, RateBand
from perfeval_docs.view.site.model import BarsView, BarView, Kind, TotalView
from perfeval_docs.view.site.words import Translate, amount_unit
from perfeval_docs.view.summary import SummaryView

_NOTHING: Final = "–"
_PERCENT: Final = Fraction(100)


def totals(view: SummaryView, translate: Translate) -> tuple[TotalView, ...]:
    """Return the figures of a year that are read first."""
    unit, money, levels = amount_unit(view.amount_unit, translate), view.money, view.indicators
    every = (
        (msg("Projects"), view.projects),
        (msg("Initial budget, {unit}", unit=unit), money.initial_budget),
        (msg("Adjusted budget, {unit}", unit=unit), money.adjusted_budget),
        (msg("Executed, {unit}", unit=unit), money.executed),
        (msg("Execution rate (%)"), money.execution_rate),
        (msg("Average score"), view.simple_average),
        (msg("Average score, weighted by budget"), view.weighted_average),
        (msg("Targets met"), part_of(levels.met, levels.set, translate)),
    )
    return tuple(
        TotalView(label=label.translated(translate), text=text or _NOTHING) for label, text in every
    )


def charts(summary: AnnualSummary, translate: Translate) -> tuple[BarsView, ...]:
    """Return the bars: projects by grade and by execution rate, targets met by level 1."""
    grades = [grade_name(each.name, translate) for each in summary.grades]
    bands = [(band_words(each), "word") for each in summary.bands]
    return (
        BarsView(
            name="grades",
            caption=msg("Projects by grade").translated(translate),
            category=msg("Grade").translated(translate),
            measure=msg("Projects").translated(translate),
            bars=tuple(_counted(grades, [each.projects for each in summary.grades])),
        ),
        BarsView(
            name="rates",
            caption=msg("Projects by execution rate").translated(translate),
            category=msg("Execution rate (%)").translated(translate),
            measure=msg("Projects").translated(translate),
            bars=tuple(
                _counted(
                    [(name.translated(translate), "word") for name, _ in bands],
                    [each.projects for each in summary.bands],
                )
            ),
        ),
        BarsView(
            name="levels",
            caption=msg("Targets met, by level 1").translated(translate),
            category=msg("Level 1").translated(translate),
            measure=msg("Targets met").translated(translate),
            bars=tuple(_met(summary, translate)),
        ),
    )


def grade_name(name: str, translate: Translate) -> tuple[str, Kind]:
    """Return a grade as the records name it, or that there is none."""
    return (name, "data") if name else (msg("Not graded").translated(translate), "word")


def band_words(band: RateBand) -> Message:
    """Return the name of a band of execution rates."""
    if band.lowest is None:
        return msg("No budget")
    if band.below is None:
        return msg("{lowest}% or more", lowest=f"{band.lowest:f}")
    if band.lowest == 0:
        return msg("under {below}%", below=f"{band.below:f}")
    return msg("{lowest}% to under {below}%", lowest=f"{band.lowest:f}", below=f"{band.below:f}")


def part_of(part: str, whole: str, translate: Translate) -> str:
    """Return a part beside its whole."""
    return msg("{part} of {all}", part=part, all=whole).translated(translate)


def _counted(names: Sequence[tuple[str, Kind]], counts: Sequence[int]) -> Iterator[BarView]:
    most = max(counts, default=0)
    for (label, kind), count in zip(names, counts, strict=True):
        yield BarView(label=label, kind=kind, text=str(count), length=_length(count, most))


def _met(summary: AnnualSummary, translate: Translate) -> Iterator[BarView]:
    most = max((each.set for each in summary.level1s), default=0)
    for each in summary.level1s:
        yield BarView(
            label=each.level1,
            kind="data",
            text=part_of(str(each.met), str(each.set), translate),
            length=_length(each.set, most),
            part=_length(each.met, most),
        )


def _length(count: int, most: int) -> str:
    share = _PERCENT * count / most if most else Fraction(0)
    return format_figure(round_figure(share, 1, "half_up"), 1)
