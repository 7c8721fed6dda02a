"""The traps of YAML that a person falls into, found in the lines before a parser reads them."""

from __future__ import annotations

from bisect import bisect_right
from itertools import islice
from typing import Final

from perfeval_docs.source.events import Extent, scalar_extents
from perfeval_docs.source.places import Places
from perfeval_docs.source.structure import Structure
from perfeval_docs.source.trap_faults import Trap

# Many more than are ever shown; a file of a million traps is not worth a minute.
MAX_TRAPS: Final = 1000


def find_traps(text: str, places: Places) -> tuple[Trap, ...]:
    """Return the first traps of a text, with the edits that mend a copy of it.

    Text that parses has only such traps as change in silence what it means, and those
    must agree with what the parser sees in it.
    """
    traps = tuple(islice(Structure(text, places).traps(), MAX_TRAPS))
    if not traps:
        return ()
    scalars = scalar_extents(text)
    if scalars is None:
        return traps
    starts = [extent.start for extent in scalars]
    return tuple(trap for trap in traps if _counts(trap, scalars, starts))


def _counts(trap: Trap, scalars: tuple[Extent, ...], starts: list[int]) -> bool:
    def in_scalar(offset: int) -> bool:
        index = bisect_right(starts, offset) - 1
        return index >= 0 and offset < max(scalars[index].end, starts[index] + 1)

    if trap.inside is None or not in_scalar(trap.inside):
        return False
    return trap.outside is None or not in_scalar(trap.outside)
