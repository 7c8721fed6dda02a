"""Rules about points and scores: sums, shares of the levels, what a score may be."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Final

from perfeval_docs.diagnostic import Message, msg
from perfeval_docs.figures import Qualitative, parse_target
from perfeval_docs.rules.model import Entry, Finding, Form, Path

_SATISFACTION: Final = "满意度"


def points_not_100(form: Form) -> Iterator[Finding]:
    """The points do not sum to the profile's full points."""
    indicators = _points_of(form)
    execution, full = form.assessment.execution_points, form.assessment.full_points
    if execution + indicators != full:
        yield Finding(
            ("indicators",),
            msg(
                "execution {execution} and indicators {indicators} make {sum} points, not {full}",
                execution=str(execution),
                indicators=str(indicators),
                sum=str(execution + indicators),
                full=str(full),
            ),
            msg(
                "the indicators must make {rest}: change the points that are wrong",
                rest=str(full - execution),
            ),
            form.profile.full_points.basis,
        )


def level_points_differ(form: Form) -> Iterator[Finding]:
    """A stated total of a level is not the sum of its indicators."""
    for name, stated in form.record.declared_level_points.items():
        points = [e.indicator.points for e in form.entries if e.level1 == name]
        if not points:
            found = msg("there is no level {name}", name=name)
            way_out = msg("write the level's name as under the indicators, or delete the line")
        elif sum(points) != stated:
            found = msg(
                "{name} is stated to have {stated} points, its indicators make {sum}",
                name=name,
                stated=str(stated),
                sum=str(sum(points)),
            )
            way_out = msg("correct the points that are wrong, or leave the total out")
        else:
            continue
        yield Finding(("declared_level_points", name), found, way_out)


def level_weight_unusual(form: Form) -> Iterator[Finding]:
    """The shares of the levels are not those of the profile's norm."""
    norm = form.profile.level_points
    found = {name: _points_of(form, name) for name in norm.value}
    total = form.assessment.execution_points + _points_of(form)
    if total == form.assessment.full_points and found != dict(norm.value):
        yield Finding(
            ("indicators",),
            msg(
                "the points of the levels are {found}; usual is {usual}",
                found=_shares(found),
                usual=_shares(dict(norm.value)),
            ),
            msg("leave it if they were approved so"),
            norm.basis,
        )


def execution_points_differ(form: Form) -> Iterator[Finding]:
    """The stated points of the execution rate are not the profile's."""
    stated, decreed = form.record.funds.declared_execution_points, form.profile.execution_points
    if stated is not None and stated != decreed.value:
        yield Finding(
            ("funds", "declared_execution_points"),
            msg(
                "the execution rate is stated to have {stated} points, the profile gives it "
                "{decreed}",
                stated=str(stated),
                decreed=str(decreed.value),
            ),
            msg("correct the points, or leave them out; another scale is another profile"),
            decreed.basis,
        )


def points_not_positive(form: Form) -> Iterator[Finding]:
    """An indicator has no points."""
    for entry in form.entries:
        if entry.indicator.points <= 0:
            yield Finding(
                entry.at("points"),
                msg("{name} has no points", name=entry.name),
                msg("give it points, or delete it"),
            )


def indicator_dominates(form: Form) -> Iterator[Finding]:
    """One indicator carries too large a share of the points."""
    most, most_in_words = form.profile.points_of_one, form.profile.points_of_one_in_words
    for entry in form.entries:
        points = entry.indicator.points
        in_words = isinstance(parse_target(entry.indicator.target), Qualitative)
        if points > most.value:
            limit = most
            found = msg(
                "{name} alone has {points} points; at most {limit} are usual",
                name=entry.name,
                points=str(points),
                limit=str(limit.value),
            )
        elif in_words and points >= most_in_words.value:
            limit = most_in_words
            found = msg(
                "{name} has {points} points for words; less than {limit} are usual",
                name=entry.name,
                points=str(points),
                limit=str(limit.value),
            )
        else:
            continue
        way_out = msg("split it, or give points to others")
        yield Finding(entry.at("points"), found, way_out, limit.basis)


def dimension_missing(form: Form) -> Iterator[Finding]:
    """There are no outputs, or no benefits."""
    for name in ("产出", "效益"):
        if not any(_belongs(entry, name) for entry in form.entries):
            yield Finding(
                ("indicators",),
                msg("there is no indicator under {level}", level=f"{name}指标"),
                msg("add one: each project has outputs and benefits"),
            )


def satisfaction_missing(form: Form) -> Iterator[Finding]:
    """There is no indicator of satisfaction."""
    if not any(_is_satisfaction(entry) for entry in form.entries):
        yield Finding(
            ("indicators",),
            msg("there is no indicator of satisfaction"),
            msg(
                "add one under 满意度指标, or waive it and say why the project serves nobody who "
                "could be asked"
            ),
        )


def cost_missing(form: Form) -> Iterator[Finding]:
    """There is no cost indicator."""
    if not any("成本" in entry.level1 + entry.level2 for entry in form.entries):
        yield Finding(("indicators",), msg("there is no cost indicator"), msg("add one: 成本指标"))


def score_above_points(form: Form) -> Iterator[Finding]:
    """A score is above its points."""
    for entry in form.entries:
        score, points = entry.assessed.score.declared, entry.indicator.points
        if score is not None and score > points:
            other = (entry.at("points"), msg("the points are here"))
            yield _above(entry.at("declared_score"), score, points, other)
    declared, points = form.assessment.execution_score.declared, form.assessment.execution_points
    if declared is not None and declared > points:
        yield _above(("funds", "declared_execution_score"), declared, points)


def declared_score_differs(form: Form) -> Iterator[Finding]:
    """A declared score of a quantity is not what the profile's formula makes."""
    for entry in form.entries:
        score = entry.assessed.score
        if entry.assessed.band is not None or score.declared is None:
            continue
        if score.computed is not None and score.declared != score.computed:
            if _is_unmet_in_full(entry) or score.declared > entry.indicator.points:
                continue
            yield Finding(
                entry.at("declared_score"),
                msg(
                    "{name}: the declared score is {declared}, target and actual make {computed}",
                    name=entry.name,
                    declared=str(score.declared),
                    computed=str(score.computed),
                ),
                msg("correct the score, or leave it out: it is computed"),
                form.profile.reverse_formula.basis,
            )


def unmet_full_score(form: Form) -> Iterator[Finding]:
    """A target was missed, and full points taken."""
    for entry in form.entries:
        if _is_unmet_in_full(entry):
            yield Finding(
                entry.at("declared_score"),
                msg(
                    "{name} missed its target {target} with {actual}, and takes full points",
                    name=entry.name,
                    target=entry.indicator.target,
                    actual=entry.indicator.actual,
                ),
                msg("correct the score or the actual")
                if entry.assessed.score.computed is None
                else msg("leave the score out: it is computed, or correct the actual"),
                other=(entry.at("actual"), msg("the actual is here")),
            )


def qualitative_band(form: Form) -> Iterator[Finding]:
    """A score lies outside what its word allows."""
    for entry in form.entries:
        band, score = entry.assessed.band, entry.assessed.score.declared
        if band is None or score is None or score > entry.indicator.points:
            continue
        if not band[0] <= score <= band[1]:
            yield Finding(
                entry.at("declared_score"),
                msg(
                    "“{word}” allows {low} to {high} points, not {score}",
                    word=entry.indicator.actual,
                    low=f"{band[0]:f}",
                    high=f"{band[1]:f}",
                    score=str(score),
                ),
                msg("change the score or the word"),
                form.profile.qualitative.basis,
                (entry.at("actual"), msg("the word is here")),
            )


def declared_total_wrong(form: Form) -> Iterator[Finding]:
    """The declared total is not the sum of its scores."""
    total = form.assessment.total_score
    if total.declared is not None and total.computed not in (None, total.declared):
        yield Finding(
            ("declared_total_score",),
            msg(
                "the declared total is {declared}, the scores make {computed}",
                declared=str(total.declared),
                computed=str(total.computed),
            ),
            msg("correct the total, or leave it out: it is added up"),
        )


def declared_grade_wrong(form: Form) -> Iterator[Finding]:
    """The declared grade is not that of the total."""
    declared, computed = form.record.declared_grade, form.assessment.computed_grade
    if declared is not None and computed not in (None, declared):
        yield Finding(
            ("declared_grade",),
            msg(
                "the declared grade is {declared}; {total} points earn {computed}",
                declared=declared,
                total=str(form.assessment.total_score.printed),
                computed=str(computed),
            ),
            msg("correct the grade, or leave it out: it follows from the total"),
            form.profile.grades.basis,
        )


def _above(
    path: Path, score: Decimal, points: Decimal, other: tuple[Path, Message] | None = None
) -> Finding:
    return Finding(
        path,
        msg("score {score} is above its points {points}", score=str(score), points=str(points)),
        msg("lower the score, or raise the points") if other else msg("lower the score"),
        other=other,
    )


def _is_unmet_in_full(entry: Entry) -> bool:
    """Tell whether a figure missed its target and takes full points that no formula gives it.

    An `=` that is surpassed is missed and keeps its points; a word has its own rule.
    """
    score, points = entry.assessed.score, entry.indicator.points
    is_figure = entry.assessed.band is None
    is_given = score.declared == points and score.computed != points
    return entry.assessed.attainment == "unmet" and is_figure and is_given


def _is_satisfaction(entry: Entry) -> bool:
    return _SATISFACTION in entry.level1 + entry.level2 + entry.name


def _belongs(entry: Entry, level: str) -> bool:
    return level in entry.level1 and not (level == "效益" and _SATISFACTION in entry.level2)


def _points_of(form: Form, level: str = "") -> Decimal:
    """Sum the points of a level; without one, of all."""
    return sum((e.indicator.points for e in form.entries if level in e.level1), Decimal(0))


def _shares(points: dict[str, Decimal]) -> str:
    return " · ".join(f"{name} {value:f}" for name, value in points.items())
