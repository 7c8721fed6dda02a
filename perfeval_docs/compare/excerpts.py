"""What differs in two long texts: paragraph by paragraph, no more than is needed to find it."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import SequenceMatcher
from itertools import zip_longest
from typing import Final

_AROUND: Final = 10
_LONGEST: Final = 60
_CUT: Final = "…"


def excerpts(before: str, after: str) -> Iterator[tuple[str | None, str | None]]:
    """Yield the paragraphs that differ, what is far from the difference left out."""
    one, two = (text.split("\n") if text else [] for text in (before, after))
    for tag, a, b, c, d in SequenceMatcher(None, one, two, autojunk=False).get_opcodes():
        if tag != "equal":
            for old, new in zip_longest(one[a:b], two[c:d]):
                if old is None or new is None:
                    yield _shortened(old), _shortened(new)
                else:
                    yield _around(old, new)


def _around(one: str, two: str) -> tuple[str, str]:
    """Return two paragraphs without most of what they begin and end with alike."""
    start = _shared(one, two)
    end = _shared(one[start:][::-1], two[start:][::-1])
    first = max(start - _AROUND, 0)
    behind = max(end - _AROUND, 0)

    def part(text: str) -> str:
        tail = _CUT if behind else ""
        return (_CUT if first else "") + text[first : len(text) - behind] + tail

    return part(one), part(two)


def _shortened(text: str | None) -> str | None:
    return text if text is None or len(text) <= _LONGEST else text[: _LONGEST - 1] + _CUT


def _shared(one: str, two: str) -> int:
    """Return how many characters two texts begin with alike."""
    differing = (n for n, (a, b) in enumerate(zip(one, two, strict=False)) if a != b)
    return next(differing, min(len(one), len(two)))
