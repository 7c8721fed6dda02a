"""Which of the rows that a workbook was written with each row of a sheet is by now."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

Names = tuple[str, ...]


def by_number(
    rows: Sequence[tuple[int | None, Names]], printed: Sequence[Names]
) -> list[int | None]:
    """Return for numbered rows the index of the printed one; None where nobody can tell.

    People number rows anew when they have sorted them or put one between: so all names of a row,
    where only one row has them, say more than its number, and no other row has that number then.
    """
    alone = {names for names, count in Counter(names for _, names in rows).items() if count == 1}
    named = {names: at for names, at in _singles(printed).items() if names in alone}
    taken = {named[names] for number, names in rows if number is not None and names in named}
    known: list[int | None] = []
    for number, names in rows:
        at = None if number is None else named.get(names, number - 1)
        is_there = at is not None and 0 <= at < len(printed)
        known.append(at if is_there and (names in named or at not in taken) else None)
    return known


def by_names(rows: Sequence[Names], printed: Sequence[Names]) -> list[int | None]:
    """Return for each row the index of the only printed one that has all of its names."""
    named = _singles(printed)
    return [named.get(names) for names in rows]


def _singles(printed: Sequence[Names]) -> dict[Names, int]:
    counts = Counter(printed)
    return {names: at for at, names in enumerate(printed) if counts[names] == 1}
