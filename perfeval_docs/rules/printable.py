"""Tell what stops a record from being printed: unknown scores, characters that no font has."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from types import MappingProxyType
from typing import Final

from perfeval_docs.diagnostic import Diagnostic, Message, Severity, Span, msg
from perfeval_docs.figures import Quantified, parse_target
from perfeval_docs.profile import Profile
from perfeval_docs.rules.model import Entry, Form
from perfeval_docs.source import is_unprintable
from perfeval_docs.source.nodes import Mapping as MappingNode
from perfeval_docs.source.nodes import Node, Scalar, Sequence, Source

_IN_CHINESE_QUOTES: Final = re.compile("[“”‘’](.*)[“”‘’]")
# A bound in words: 24小时内 is ≤24(小时), ≥10家以上 is ≥10(家).
_BOUND: Final = re.compile(
    r"(?P<sign>[≥≤]?)(?P<number>\d+(?:\.\d+)?)[(（]?(?P<measure>[%％‰]|[^\W\d_]+?)[)）]?"
    r"(?P<bound>以内|之内|内|以下|以上)[)）]?"
)
_BOUNDS: Final = MappingProxyType({"内": "≤", "下": "≤", "上": "≥"})
_TURNED: Final = re.compile("^=[><]")
_RIGHT_WAY: Final = MappingProxyType({"=>": "≥", "=<": "≤"})
_MULTIPLE: Final = re.compile(r"(?<=\d)([百千万亿]+)[(（]([^()（）]*)[)）]$")
_THOUSANDS: Final = re.compile(r"(?<=\d)[,，](?=\d{3}(?!\d))")


def check_characters(
    source: Source, missing_glyphs: Callable[[str], tuple[str, ...]]
) -> Iterator[Diagnostic]:
    """Yield a fault for each text that holds a character which no font at hand can print.

    Characters that nobody can print are faults of the reading already.
    """
    scalars = tuple(_scalars(source.root))
    if not missing_glyphs("".join(scalar.value for scalar in scalars)):
        # Nearly always, and told at one go.
        return
    for scalar in scalars:
        missing = [c for c in missing_glyphs(scalar.value) if not is_unprintable(c)]
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


def check_scores(form: Form) -> Iterator[Diagnostic]:
    """Yield a fault for each score that the profile gives no value and the unit none either."""
    if form.assessment.execution_score.printed is None:
        yield _undetermined(
            form.place(("funds",)),
            msg("the adjusted budget is 0, so there is no execution rate to score"),
            msg(
                "give the adjusted budget; if there was no money, declare the score, "
                "`declared_execution_score` (得分), and say in the achieved text why"
            ),
        )
    for entry in form.entries:
        if entry.assessed.score.printed is None:
            yield _undetermined(
                form.place(entry.at("actual")),
                _why(entry),
                _way_out(entry, form.profile),
                form.profile.qualitative.basis,
            )


def _why(entry: Entry) -> Message:
    if entry.assessed.band is not None:
        return msg(
            "“{actual}” leaves the score of {name} to you, and none is given",
            actual=entry.indicator.actual,
            name=entry.name,
        )
    return msg(
        "the score of {name} cannot be computed from target “{target}” and actual “{actual}”",
        name=entry.name,
        target=entry.indicator.target,
        actual=entry.indicator.actual,
    )


def _as_typed(entry: Entry) -> Message | None:
    """Return the way out where only the typing of a target or an actual makes it words."""
    bound = _BOUND.fullmatch(entry.indicator.target)
    sign = "" if bound is None else _BOUNDS[bound["bound"][-1]]
    if bound is not None and bound["sign"] in ("", sign):
        meant = f"{sign}{bound['number']}({bound['measure']})"
        return msg(
            "write the target with its sign, and the actual as a figure: `{text}`", text=meant
        )
    for text in (entry.indicator.target, entry.indicator.actual):
        quoted = _IN_CHINESE_QUOTES.fullmatch(text)
        if quoted is not None and isinstance(parse_target(quoted[1]), Quantified):
            return msg("write half-width quotes: `{text}`", text=f'"{quoted[1]}"')
        plain = _THOUSANDS.sub("", text)
        if plain != text and isinstance(parse_target(plain), Quantified):
            return msg("leave out the commas between thousands: `{text}`", text=plain)
        usual = _MULTIPLE.sub(r"(\1\2)", _TURNED.sub(lambda m: _RIGHT_WAY[m[0]], text))
        if usual != text and isinstance(parse_target(usual), Quantified):
            return msg("write `{text}`", text=usual)
    return None


def _way_out(entry: Entry, profile: Profile) -> Message:
    if entry.assessed.band is not None:
        low, high = entry.assessed.band
        return msg(
            "declare a score from {low} to {high}: `declared_score` (得分)",
            low=str(low),
            high=str(high),
        )
    if entry.is_missed:
        return msg("no formula covers this; declare the score: `declared_score` (得分)")
    return _as_typed(entry) or msg(
        "write the actual in the target's unit or as one of {words}, or declare the score: "
        "`declared_score` (得分)",
        words=profile.qualitative_words,
    )


def _undetermined(
    span: Span, message: Message, way_out: Message, basis: str | None = None
) -> Diagnostic:
    return Diagnostic(
        code="PE301",
        name="score-undetermined",
        severity=Severity.ERROR,
        span=span,
        message=message,
        help=way_out,
        basis=basis,
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
