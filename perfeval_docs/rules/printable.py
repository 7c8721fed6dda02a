"""Tell what stops a record from being printed: unknown scores, characters that no font has."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Final

from perfeval_docs.diagnostic import Diagnostic, Message, Severity, Span, msg
from perfeval_docs.profile import Profile
from perfeval_docs.scoring import Assessment, IndicatorAssessment
from perfeval_docs.source.nodes import Mapping as MappingNode
from perfeval_docs.source.nodes import Node, Scalar, Sequence, Source

# Rules that say better than PE301 why an actual has no score.
WHY_NO_SCORE: Final = frozenset({"actual-has-comparator", "unit-mismatch"})

Path = tuple[str | int, ...]


def check_characters(
    source: Source, missing_glyphs: Callable[[str], tuple[str, ...]]
) -> Iterator[Diagnostic]:
    """Yield a fault for each text that holds a character which no font at hand can print."""
    for scalar in _scalars(source.root):
        missing = missing_glyphs(scalar.value)
        if missing:
            yield Diagnostic(
                code="PE901",
                name="character-without-glyph",
                severity=Severity.ERROR,
                span=scalar.span,
                message=msg(
                    "no font at hand can print {characters}",
                    characters=", ".join(f"{char} (U+{ord(char):04X})" for char in missing),
                ),
                help=msg("write it in words, or give a folder with a font that has it: --fonts"),
            )


def check_scores(
    assessment: Assessment, places: Mapping[Path, Span], profile: Profile
) -> Iterator[Diagnostic]:
    """Yield a fault for each score that the profile gives no value and the unit none either."""
    if assessment.execution_score.printed is None:
        yield _undetermined(
            places[("funds",)],
            msg("the adjusted budget is 0, so there is no execution rate to score"),
            msg(
                "give the adjusted budget, or declare the score: `declared_execution_score` (得分)"
            ),
            profile,
        )
    for level1 in assessment.levels:
        for level2 in level1.groups:
            for number, assessed in enumerate(level2.indicators):
                if assessed.score.printed is None:
                    path = ("indicators", level1.name, level2.name, number, "actual")
                    yield _indicator(assessed, places[path], profile)


def _indicator(assessed: IndicatorAssessment, span: Span, profile: Profile) -> Diagnostic:
    indicator = assessed.indicator
    message = msg(
        "the score of {name} cannot be computed from target “{target}” and actual “{actual}”",
        name=indicator.indicator,
        target=indicator.target,
        actual=indicator.actual,
    )
    return _undetermined(span, message, _way_out(assessed, profile), profile)


def _way_out(assessed: IndicatorAssessment, profile: Profile) -> Message:
    if assessed.band is not None:
        low, high = assessed.band
        return msg(
            "a person decides this one: declare a score from {low} to {high} as "
            "`declared_score` (得分)",
            low=str(low),
            high=str(high),
        )
    words = "、".join(word for band in profile.qualitative.value for word in band.words)
    return msg(
        "write the actual in the target's unit or as one of {words}, or declare the score: "
        "`declared_score` (得分)",
        words=words,
    )


def _undetermined(span: Span, message: Message, way_out: Message, profile: Profile) -> Diagnostic:
    return Diagnostic(
        code="PE301",
        name="score-undetermined",
        severity=Severity.ERROR,
        span=span,
        message=message,
        help=way_out,
        basis=profile.qualitative.basis,
    )


def _scalars(node: Node | None) -> Iterator[Scalar]:
    match node:
        case Scalar():
            yield node
        case MappingNode():
            for entry in node.entries:
                yield entry.key
                yield from _scalars(entry.value)
        case Sequence():
            for item in node.items:
                yield from _scalars(item)
