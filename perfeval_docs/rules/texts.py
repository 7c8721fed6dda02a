"""Rules about words: reasons for what was missed, and a goal that is merely repeated."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import Final

from perfeval_docs.diagnostic import msg
from perfeval_docs.rules.model import Entry, Finding, Form, Path

_MEASURE: Final = re.compile(
    "措施|改进|整改|下一步|今后|明年|下年|下一年|来年|后续|将|加强|加快|加大|完善|优化|督促|严格|落实|提前|提高"
)
_COPIED: Final = 0.9
_LONG: Final = 20


def unmet_unexplained(form: Form) -> Iterator[Finding]:
    """A target was missed, and no reason is given."""
    for entry in form.entries:
        if entry.is_missed and not _reason(entry):
            yield Finding(
                entry.at("actual"),
                msg(
                    "{name} missed its target {target} with {actual}, and no reason is given",
                    name=entry.name,
                    target=entry.indicator.target,
                    actual=entry.indicator.actual,
                ),
                msg("add `deviation_reason` (偏差原因分析) and `improvement` (改进措施)"),
                other=(entry.at("target"), msg("the target is here")),
            )


def deduction_unexplained(form: Form) -> Iterator[Finding]:
    """Points were deducted, and no reason is given."""
    for entry in form.entries:
        score, points = entry.assessed.score.printed, entry.indicator.points
        if score is not None and score < points and not entry.is_missed and not _reason(entry):
            yield Finding(
                entry.at("declared_score"),
                msg(
                    "{name} scores {score} of {points}, and no reason is given",
                    name=entry.name,
                    score=str(score),
                    points=str(points),
                ),
                msg("add `deviation_reason` (偏差原因分析)"),
            )


def reason_without_deviation(form: Form) -> Iterator[Finding]:
    """A target was met in full, and a deviation is described."""
    for entry in form.entries:
        rate = entry.assessed.attainment_rate
        is_far_over = rate is not None and rate >= form.profile.far_over.value
        is_met = entry.assessed.attainment == "met" and entry.is_full
        if is_met and (entry.deviation or entry.measure) and not is_far_over:
            yield Finding(
                _where(entry),
                msg(
                    "{name} met its target, and a deviation or a measure is described",
                    name=entry.name,
                ),
                msg("delete it, or correct the actual"),
            )


def reason_boilerplate(form: Form) -> Iterator[Finding]:
    """A reason says nothing: too short, the same for several, or without a measure."""
    limit = form.profile.reason_characters
    texts = [_reason(entry) for entry in form.entries]
    times = Counter(texts)
    for entry, reason in zip(form.entries, texts, strict=True):
        if not reason:
            continue
        is_short = len(reason) < limit.value
        if is_short:
            found = msg("the reason “{reason}” is too short to tell anything", reason=reason)
        elif times[reason] > 1:
            found = msg("{count} indicators give this same reason", count=str(times[reason]))
        elif entry.is_missed and not entry.measure and not _MEASURE.search(reason):
            found = msg("the reason names no measure")
        else:
            continue
        yield Finding(
            _where(entry),
            found,
            msg("write what happened to this one, and what will be done"),
            limit.basis if is_short else None,
        )


def narrative_copied(form: Form) -> Iterator[Finding]:
    """What was achieved repeats what was expected."""
    one, two = _pairs(form.record.goal.expected), _pairs(form.record.goal.achieved)
    shared, every = len(one & two), len(one | two)
    if min(len(one), len(two)) >= _LONG and shared >= _COPIED * every:
        yield Finding(
            ("goal", "achieved"),
            msg("what was achieved repeats what was expected, nearly word for word"),
            msg("write what was reached, with its numbers"),
            other=(("goal", "expected"), msg("what was expected is here")),
        )


def _where(entry: Entry) -> Path:
    return entry.at("improvement" if entry.measure and not entry.deviation else "deviation_reason")


def _reason(entry: Entry) -> str:
    return entry.deviation + entry.measure


def _pairs(text: str) -> set[str]:
    bare = "".join(text.split())
    return {bare[n : n + 2] for n in range(len(bare) - 1)}
