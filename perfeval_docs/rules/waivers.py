"""Waivers: findings that a unit decided to keep, each with its reason; none of them an error."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from difflib import get_close_matches
from typing import Final

from perfeval_docs.diagnostic import Diagnostic, Message, Severity, msg
from perfeval_docs.record.model import Waiver
from perfeval_docs.rules.model import Form, Path, Rule
from perfeval_docs.rules.year import YEAR_RULES
from perfeval_docs.source.faults import FAULTS
from perfeval_docs.source.shape_faults import CODES

# What reads files, judges a year, or watches over waivers and output is no rule of one form.
_NEVER: Final = frozenset(
    (
        *(fault.code for fault in FAULTS), *CODES.values(),
        *(f"PE{number}" for number in (*range(171, 176), 301, *range(501, 510), *range(901, 906))),
    )
)  # fmt: skip
_NEVER_BY_NAME: Final = frozenset(
    (
        "profile-unknown", "profile-not-a-mapping", "extends-not-a-name", "extends-itself",
        "severity-of-no-rule", "score-undetermined", "character-without-glyph",
        "read-back-differs", "waiver-unused", "waiver-without-reason", "worker-crashed",
        *(fault.name for fault in FAULTS), *CODES, *YEAR_RULES,
    )
)  # fmt: skip


def waived(
    found: Sequence[tuple[Path, Diagnostic]], form: Form, rules: Sequence[Rule]
) -> Iterator[Diagnostic]:
    """Yield what no waiver silences, and what is wrong with the waivers.

    `found` holds each finding with its path in the record. A waiver silences the warnings and
    remarks of one rule, those of one indicator alone where it names one; it needs a reason.
    """
    used: set[int] = set()
    for path, diagnostic in found:
        silencing = [
            number
            for number, waiver in enumerate(form.record.waivers)
            if _spelled(waiver.rule) in (diagnostic.code, diagnostic.name)
            and waiver.indicator in ("", _indicator_at(form, path))
        ]
        if silencing and diagnostic.severity is not Severity.ERROR:
            used.update(silencing)
        else:
            yield diagnostic
    errors = {name for _, d in found if d.severity is Severity.ERROR for name in (d.code, d.name)}
    known = {name for rule in rules for name in (rule.code, rule.name)}
    for number, waiver in enumerate(form.record.waivers):
        if not waiver.reason.strip():
            yield _fault(
                form, number, "PE904", "waiver-without-reason", Severity.ERROR,
                msg("the waiver of {rule} gives no reason", rule=waiver.rule),
                msg("write why it is kept: `reason` (理由)"),
            )  # fmt: skip
        if number not in used:
            told, way_out = _unused(waiver, form, errors, known)
            yield _fault(form, number, "PE903", "waiver-unused", Severity.WARNING, told, way_out)


def _spelled(rule: str) -> str:
    """Return a code in capitals, a name in small letters."""
    return rule.upper() if rule[:2].upper() == "PE" and rule[2:].isdigit() else rule.casefold()


def _unused(
    waiver: Waiver, form: Form, errors: set[str], known: set[str]
) -> tuple[Message, Message]:
    rule = _spelled(waiver.rule)
    if rule in errors:
        told = msg("{rule} is an error here and cannot be waived", rule=waiver.rule)
        return told, msg("mend it")
    if rule in _NEVER or rule in _NEVER_BY_NAME:
        told = msg("{rule} cannot be waived", rule=waiver.rule)
        return told, msg("`perfeval explain {rule}` tells the way out", rule=waiver.rule)
    if rule not in known:
        return msg("there is no rule {rule}", rule=waiver.rule), _nearest(rule, known)
    if waiver.indicator:
        return _not_there(waiver, form)
    return msg("the waiver of {rule} silences nothing", rule=waiver.rule), msg("delete it")


def _nearest(rule: str, known: set[str]) -> Message:
    near = get_close_matches(rule, sorted(known), n=1)
    return msg("did you mean {near}?", near=near[0]) if near else msg("delete it")


def _not_there(waiver: Waiver, form: Form) -> tuple[Message, Message]:
    told = msg("no {rule} was found at “{indicator}”", rule=waiver.rule, indicator=waiver.indicator)
    names = [entry.name for entry in form.entries]
    near = get_close_matches(waiver.indicator, names, n=1)
    if near and waiver.indicator not in names:
        return told, msg("did you mean {near}?", near=near[0])
    return told, msg("look at the name; if the fault is mended, delete the waiver")


def _indicator_at(form: Form, path: Path) -> str:
    return next((e.name for e in form.entries if path[: len(e.path)] == e.path), "")


def _fault(  # noqa: PLR0913, PLR0917  # a row of the table with its words
    form: Form,
    number: int,
    code: str,
    name: str,
    severity: Severity,
    message: Message,
    way_out: Message,
) -> Diagnostic:
    return Diagnostic(
        code=code,
        name=name,
        severity=severity,
        span=form.place(("waivers", number, "rule")),
        message=message,
        help=way_out,
    )
