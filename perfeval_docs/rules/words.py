"""Rules over the words of a year: counts that its records deny, problems without a measure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from types import MappingProxyType
from typing import Final

from perfeval_docs.diagnostic import Diagnostic, Message, Severity, msg
from perfeval_docs.record import SLOTS, YearWords
from perfeval_docs.record.keys import KEYS
from perfeval_docs.rules.year import YearEntry, decreed
from perfeval_docs.source import Decoded, Path

_SEVERITIES: Final = MappingProxyType(
    {
        "PE503": Severity.ERROR,
        "PE504": Severity.ERROR,
        "PE505": Severity.WARNING,
        "PE506": Severity.INFO,
    }
)


def check_words(decoded: Decoded[YearWords], entries: Sequence[YearEntry]) -> Iterator[Diagnostic]:
    """Yield what is wrong with the words of a year, beside the entries of all its records."""
    if decoded.value is not None:
        yield from decreed(_found(decoded, decoded.value, entries), entries)


def _found(
    decoded: Decoded[YearWords], words: YearWords, entries: Sequence[YearEntry]
) -> Iterator[Diagnostic]:
    yield from _wrong_counts(decoded, words, entries)
    yield from _wrong_issues(decoded, words)
    for number, each in enumerate(words.problems):
        if not each.measure:
            yield _fault(
                decoded, ("problems", number), "PE505", "problem-without-measure",
                msg("a problem without a measure"),
                msg("add `measure` (改进措施): what is done about it, by when"),
            )  # fmt: skip
    for slot in SLOTS:
        if not getattr(words, slot):
            yield _fault(
                decoded, (slot,), "PE506", "summary-slot-blank",
                msg(
                    "{key} is blank: the paragraph of the final accounts has a place for it",
                    key=KEYS.shown(YearWords, slot, label_only=False),
                ),
                msg("fill it in; the place is marked 〔待填〕 until then"),
            )  # fmt: skip


def _wrong_counts(
    decoded: Decoded[YearWords], words: YearWords, entries: Sequence[YearEntry]
) -> Iterator[Diagnostic]:
    declared, every = words.declared_grades, len(entries)
    if not declared:
        return
    total, way_out = sum(declared.values()), msg("correct the counts, or leave them out")
    if total != every:
        yield _fault(
            decoded, ("declared_grades",), "PE503", "summary-count-wrong",
            msg(
                "the grades are declared for {total} projects, the year has {count}",
                total=str(total),
                count=str(every),
            ),
            way_out,
        )  # fmt: skip
        return
    counts = Counter(entry.grade for entry in entries)
    for name, count in declared.items():
        if counts[name] != count:
            yield _fault(
                decoded, ("declared_grades", name), "PE503", "summary-count-wrong",
                msg(
                    "{name} is declared for {count} projects, the records have {found}",
                    name=name,
                    count=str(count),
                    found=str(counts[name]),
                ),
                way_out,
            )  # fmt: skip


def _wrong_issues(decoded: Decoded[YearWords], words: YearWords) -> Iterator[Diagnostic]:
    issues = words.rectification
    if issues is not None and issues.found != issues.corrected + issues.being_corrected:
        yield _fault(
            decoded, ("rectification", "found"), "PE504", "summary-issues-wrong",
            msg(
                "{found} problems were found, {corrected} corrected and {rest} being corrected",
                found=str(issues.found),
                corrected=str(issues.corrected),
                rest=str(issues.being_corrected),
            ),
            msg("those corrected and being corrected must make those found"),
        )  # fmt: skip


def _fault(  # a row of the table with its words
    decoded: Decoded[YearWords],
    path: Path,
    code: str,
    name: str,
    message: Message,
    way_out: Message,
) -> Diagnostic:
    return Diagnostic(
        code=code,
        name=name,
        severity=_SEVERITIES[code],
        span=decoded.place(path),
        message=message,
        help=way_out,
    )
