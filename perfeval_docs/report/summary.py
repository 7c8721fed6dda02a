"""How many faults there are, in one sentence."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from functools import reduce
from typing import assert_never

from perfeval_docs.diagnostic import Diagnostic, Message, Severity, msg


def summary(diagnostics: Iterable[Diagnostic]) -> Message:
    """Return how many faults of each severity were found, and in how many files."""
    found = tuple(diagnostics)
    counts = Counter(each.severity for each in found)
    faults = [_counted(counts[severity], severity) for severity in Severity if counts[severity]]
    if not faults:
        return msg("found no faults")
    files = len({each.span.file for each in found})
    return msg("found {faults} in {files}", faults=reduce(_joined, faults), files=_files(files))


def _counted(count: int, severity: Severity) -> Message:
    # One and many are sentences of their own: languages differ in how they count.
    number = str(count)
    match severity:
        case Severity.ERROR:
            return msg("1 error") if count == 1 else msg("{count} errors", count=number)
        case Severity.WARNING:
            return msg("1 warning") if count == 1 else msg("{count} warnings", count=number)
        case Severity.INFO:
            return msg("1 remark") if count == 1 else msg("{count} remarks", count=number)
        case _:
            assert_never(severity)


def _files(count: int) -> Message:
    return msg("1 file") if count == 1 else msg("{count} files", count=str(count))


def _joined(first: Message, second: Message) -> Message:
    return msg("{first}, {second}", first=first, second=second)
