"""Which of the rows that were printed each row of a sheet is: by its names, or by its number."""

from __future__ import annotations

from collections.abc import Sequence

Names = tuple[str, ...]
"""What a row is known by, white space left out."""


def found_again(
    rows: Sequence[tuple[int | None, Names]], printed: Sequence[Names], *, numbered: bool
) -> list[int | None]:
    """Return for each row, by its number from 1 and its names, which it was when it was printed.

    None is a row that nobody can tell: it is new, a copy, or has other names and no number to be
    trusted. Numbers are, where those of all rows that still have their names are right.
    """
    homes: dict[Names, list[int]] = {}
    for home, names in enumerate(printed):
        homes.setdefault(names, []).append(home)
    found: dict[int, int] = {}
    taken: set[int] = set()

    def take(at: int, home: int | None) -> None:
        if at not in found and home is not None and home not in taken:
            found[at] = home
            taken.add(home)

    numbers = [_home(number, len(printed)) if numbered else None for number, _ in rows]
    for at, (number, (_, names)) in enumerate(zip(numbers, rows, strict=True)):
        take(at, number if number is not None and printed[number] == names else None)
    for at, (_, names) in enumerate(rows):
        same = homes.get(names, ())
        take(at, same[0] if len(same) == 1 else None)
    if all(numbers[at] in (home, None) for at, home in found.items()):
        for at, number in enumerate(numbers):
            take(at, number)
    return [found.get(at) for at in range(len(rows))]


def _home(number: int | None, count: int) -> int | None:
    return number - 1 if number is not None and 0 < number <= count else None
