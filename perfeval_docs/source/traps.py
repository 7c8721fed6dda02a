"""The traps of YAML that a person falls into, found in the lines before a parser reads them."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import replace
from itertools import islice
from typing import Final

from perfeval_docs.diagnostic import msg
from perfeval_docs.source.events import Extent, scalar_extents
from perfeval_docs.source.places import Places
from perfeval_docs.source.structure import Structure
from perfeval_docs.source.trap_faults import Trap

# Many more than are ever shown; a file of a million traps is not worth a minute.
MAX_TRAPS: Final = 1000
_FEW: Final = 5


def find_traps(text: str, places: Places) -> tuple[Trap, ...]:
    """Return the first traps of a text, with the edits that mend a copy of it.

    Text that parses has only such traps as change in silence what it means, and those
    must agree with what the parser sees in it.
    """
    structure = Structure(text, places)
    traps = tuple(islice(structure.traps(), MAX_TRAPS))
    if not traps:
        return ()
    scalars = scalar_extents(text)
    if scalars is not None:
        starts = [extent.start for extent in scalars]
        traps = tuple(trap for trap in traps if _counts(trap, scalars, starts))
    return _as_one(traps, structure.sound_keys)


def _as_one(traps: tuple[Trap, ...], sound_keys: int) -> tuple[Trap, ...]:
    """Return the traps, those of full-width colons as one where most colons of a file are."""
    wide = [trap for trap in traps if trap.diagnostic.name == "full-width-colon"]
    if len(wide) <= _FEW or len(wide) <= sound_keys:
        return traps
    told = replace(
        wide[0].diagnostic,
        message=msg(
            "the colons after {count} keys are full-width; this is the first", count=str(len(wide))
        ),
        help=msg("write `: `, a colon and a space, after each of them"),
    )
    return tuple(
        replace(trap, diagnostic=told) if trap.diagnostic.name == "full-width-colon" else trap
        for trap in traps
    )


def _counts(trap: Trap, scalars: tuple[Extent, ...], starts: list[int]) -> bool:
    def in_scalar(offset: int) -> bool:
        index = bisect_right(starts, offset) - 1
        return index >= 0 and offset < max(scalars[index].end, starts[index] + 1)

    if trap.inside is None or not in_scalar(trap.inside):
        return False
    return trap.outside is None or not in_scalar(trap.outside)
