"""The rules in the order of their codes, and the run of all of them over one form."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import get_close_matches
from types import MappingProxyType
from typing import Final

from perfeval_docs.diagnostic import Diagnostic, Related, Severity, msg
from perfeval_docs.profile import LoadedProfile
from perfeval_docs.rules import (
    indicators,
    level_names,
    measures,
    money,
    narrative,
    points,
    published,
    texts,
)
from perfeval_docs.rules.model import Finding, Form, Path, Rule
from perfeval_docs.rules.printable import check_scores
from perfeval_docs.rules.waivers import waived
from perfeval_docs.rules.year import YEAR_RULES

_E, _W, _I = Severity.ERROR, Severity.WARNING, Severity.INFO

# A code, once given, is never used again.
_ROWS: Final = (
    ("PE201", _E, money.funds_do_not_add_up),
    ("PE202", _E, money.budget_zero),
    ("PE203", _E, money.overspent),
    ("PE204", _W, money.adjustment_unexplained),
    ("PE205", _E, money.amount_unit_suspect),
    ("PE206", _E, money.declared_rate_wrong),
    ("PE207", _E, money.declared_execution_score_wrong),
    ("PE208", _W, money.execution_low_unexplained),
    ("PE209", _W, money.full_outputs_low_execution),
    ("PE302", _E, points.points_not_100),
    ("PE303", _E, points.level_points_differ),
    ("PE304", _I, points.level_weight_unusual),
    ("PE305", _E, points.execution_points_differ),
    ("PE306", _E, points.points_not_positive),
    ("PE307", _W, points.indicator_dominates),
    ("PE308", _E, points.dimension_missing),
    ("PE309", _W, points.satisfaction_missing),
    ("PE310", _I, points.cost_missing),
    ("PE311", _E, points.score_above_points),
    ("PE312", _W, points.declared_score_differs),
    ("PE313", _E, points.unmet_full_score),
    ("PE314", _E, points.qualitative_band),
    ("PE315", _W, indicators.qualitative_word_unknown),
    ("PE316", _I, indicators.qualitative_vague),
    ("PE317", _W, indicators.far_over_target),
    ("PE318", _W, indicators.target_too_low),
    ("PE319", _E, measures.comparator_direction),
    ("PE320", _E, measures.actual_has_comparator),
    ("PE321", _E, measures.percentage_above_100),
    ("PE322", _E, measures.unit_mismatch),
    ("PE323", _W, indicators.level2_misfit),
    ("PE324", _W, indicators.payment_as_output),
    ("PE325", _W, indicators.indicator_duplicate),
    ("PE326", _E, points.declared_total_wrong),
    ("PE327", _E, points.declared_grade_wrong),
    ("PE328", _I, indicators.evidence_missing),
    ("PE329", _W, level_names.level_name_unusual),
    ("PE401", _E, texts.unmet_unexplained),
    ("PE402", _E, texts.deduction_unexplained),
    ("PE403", _W, texts.reason_without_deviation),
    ("PE404", _W, texts.reason_boilerplate),
    ("PE405", _W, narrative.narrative_number_differs),
    ("PE406", _W, narrative.narrative_undone),
    ("PE407", _I, narrative.goal_uncovered),
    ("PE408", _W, texts.narrative_copied),
    ("PE409", _W, published.wrong_year),
    ("PE410", _E, published.placeholder_left),
    ("PE411", _W, published.markup_left),
    ("PE412", _E, published.private_data),
)

RULES: Final = tuple(
    Rule(code=code, name=find.__name__.replace("_", "-"), severity=severity, find=find)
    for code, severity, find in _ROWS
)
# They say better than PE301 why an actual has no score.
_WHY_NO_SCORE: Final = frozenset({"actual-has-comparator", "unit-mismatch"})
_SEVERITIES: Final = MappingProxyType({each.value: each for each in Severity})


NAMES: Final = frozenset((*(rule.name for rule in RULES), *YEAR_RULES))
"""The rules whose severity a profile may decree."""


def check_profile(loaded: LoadedProfile) -> Iterator[Diagnostic]:
    """Yield a fault for each severity that a profile decrees for a rule which does not exist."""
    decreed = () if loaded.value is None else loaded.value.severities.value
    for name in decreed:
        if name not in NAMES:
            near = get_close_matches(name, sorted(NAMES), n=1)
            yield Diagnostic(
                code="PE175",
                name="severity-of-no-rule",
                severity=Severity.ERROR,
                span=loaded.places[("severities", "value", name)],
                message=msg("there is no rule {rule}", rule=name),
                help=(
                    msg("did you mean {near}?", near=near[0])
                    if near
                    else msg("write the name of a rule, or delete the line")
                ),
            )


def check(form: Form) -> Iterator[Diagnostic]:
    """Yield what the rules find in a form and no waiver silences, and the scores not known."""
    judged = tuple(waived(list(_found(form)), form, RULES))
    yield from judged
    explained = {each.span for each in judged if each.name in _WHY_NO_SCORE}
    yield from (each for each in check_scores(form) if each.span not in explained)


def _found(form: Form) -> Iterator[tuple[Path, Diagnostic]]:
    """Yield what each rule finds, with the severity that the form's profile gives it."""
    decreed = form.profile.severities.value
    for rule in RULES:
        word = decreed.get(rule.name)
        if word == "off":
            continue
        severity = rule.severity if word is None else _SEVERITIES[word]
        for finding in rule.find(form):
            yield finding.path, _stamped(finding, rule, severity, form)


def _stamped(finding: Finding, rule: Rule, severity: Severity, form: Form) -> Diagnostic:
    related: tuple[Related, ...] = ()
    if finding.other is not None:
        path, message = finding.other
        related = (Related(span=form.place(path), message=message),)
    return Diagnostic(
        code=rule.code,
        name=rule.name,
        severity=severity,
        span=form.place(finding.path, finding.words),
        message=finding.message,
        help=finding.help,
        related=related,
        basis=finding.basis,
    )
