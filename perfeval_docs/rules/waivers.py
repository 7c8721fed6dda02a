"""Waivers: findings that a unit decided to keep, each with its reason; none of them an error."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from difflib import get_close_matches

from perfeval_docs.diagnostic import Diagnostic, Message, Severity, msg
from perfeval_docs.rules.model import Form, Path, Rule


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
            if waiver.rule in (diagnostic.code, diagnostic.name)
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
            told, way_out = _unused(waiver.rule, errors, known)
            yield _fault(form, number, "PE903", "waiver-unused", Severity.WARNING, told, way_out)


def _unused(rule: str, errors: set[str], known: set[str]) -> tuple[Message, Message]:
    if rule in errors:
        return msg("{rule} is an error here and cannot be waived", rule=rule), msg("mend it")
    if rule not in known:
        near = get_close_matches(rule, sorted(known), n=1)
        way_out = msg("did you mean {near}?", near=near[0]) if near else msg("delete it")
        return msg("there is no rule {rule}", rule=rule), way_out
    return msg("the waiver of {rule} silences nothing", rule=rule), msg("delete it")


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
