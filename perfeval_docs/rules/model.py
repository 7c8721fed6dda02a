"""What a rule is given, and what it gives: a form with its places, findings with theirs."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from perfeval_docs.diagnostic import Message, Severity, Span
from perfeval_docs.profile import Profile
from perfeval_docs.record import Indicator, Record
from perfeval_docs.scoring import Assessment, IndicatorAssessment
from perfeval_docs.source import Decoded

Path = tuple[str | int, ...]

_NOTHING: Final = re.compile("(?:[-—–－/／]+|无|无偏差|没有|不适用)[。.]?")


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """An indicator with its path in the record and the names of its levels."""

    path: Path
    level1: str
    level2: str
    assessed: IndicatorAssessment

    @property
    def indicator(self) -> Indicator:
        """What the unit wrote."""
        return self.assessed.indicator

    @property
    def name(self) -> str:
        """The indicator's name."""
        return self.assessed.indicator.indicator

    @property
    def deviation(self) -> str:
        """Why the actual differs from the target; a word that only says “nothing” is left out."""
        return _said(self.assessed.indicator.deviation_reason)

    @property
    def measure(self) -> str:
        """What is done about it; a word that only says “nothing” is left out."""
        return _said(self.assessed.indicator.improvement)

    @property
    def is_full(self) -> bool:
        """Tell whether it has full points, and its target was not missed."""
        has_full = self.assessed.score.printed == self.assessed.indicator.points
        return has_full and not self.is_missed

    @property
    def is_missed(self) -> bool:
        """Tell whether its target was not reached in full."""
        return self.assessed.attainment in ("unmet", "partly")

    def at(self, key: str) -> Path:
        """Return the path of one of its values."""
        return (*self.path, key)


@dataclass(frozen=True, kw_only=True)
class Form:
    """A record as rules see it: written, computed, by its profile, each value at its place."""

    record: Record
    assessment: Assessment
    profile: Profile
    decoded: Decoded[Record]

    @cached_property
    def entries(self) -> tuple[Entry, ...]:
        """Its indicators, in order."""
        return tuple(
            Entry(
                path=("indicators", one.name, two.name, number),
                level1=one.name,
                level2=two.name,
                assessed=assessed,
            )
            for one in self.assessment.levels
            for two in one.groups
            for number, assessed in enumerate(two.indicators)
        )

    @cached_property
    def texts(self) -> tuple[tuple[Path, str], ...]:
        """What is written in it for people to read, each text with its path; blanks left out."""
        return tuple((path, text) for path, text in self._texts() if text)

    def _texts(self) -> Iterator[tuple[Path, str]]:
        record = self.record
        for key in ("project", "competent_department", "implementing_unit"):
            yield (key,), getattr(record, key)
        yield ("goal", "expected"), record.goal.expected
        yield ("goal", "achieved"), record.goal.achieved
        for entry in self.entries:
            for key in ("indicator", "target", "actual", "deviation_reason", "improvement"):
                yield entry.at(key), getattr(entry.indicator, key)

    def place(self, path: Path, words: str = "") -> Span:
        """Return where a value stands, or the words in it; else the nearest thing that holds it."""
        return self.decoded.place(path, words)


@dataclass(frozen=True, slots=True)
class Finding:
    """What a rule found: where, what, the way out, and another place that it is about.

    `words` are those of a long text that it is about.
    """

    path: Path
    message: Message
    help: Message | None = None
    basis: str | None = None
    other: tuple[Path, Message] | None = None
    words: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """A check: a code that is never used again, a name that reads after “allow”, a severity."""

    code: str
    name: str
    severity: Severity
    find: Callable[[Form], Iterator[Finding]]


def _said(text: str) -> str:
    return "" if _NOTHING.fullmatch(text.strip()) else text.strip()
