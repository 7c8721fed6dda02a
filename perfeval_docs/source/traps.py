"""The traps of YAML that a person falls into, found in the lines before a parser reads them."""

from __future__ import annotations

from bisect import bisect_right

from ruamel.yaml.error import YAMLError

from perfeval_docs.source.events import Extent, extents
from perfeval_docs.source.places import Places
from perfeval_docs.source.structure import Structure
from perfeval_docs.source.trap_faults import Trap


def find_traps(text: str, places: Places) -> tuple[Trap, ...]:
    """Return the traps of a text, with the edits that mend a copy of it.

    Text that parses has only such traps as change in silence what it means, and those
    must agree with what the parser sees in it.
    """
    traps = tuple(Structure(text, places).traps())
    if not traps:
        return ()
    try:
        seen = extents(text)
    except YAMLError:
        return traps
    scalars = _Scalars(seen)
    return tuple(trap for trap in traps if _counts(trap, scalars))


class _Scalars:
    """Tells whether an offset lies in a scalar."""

    def __init__(self, seen: tuple[Extent, ...]) -> None:
        self._seen = seen
        self._starts = [extent.start for extent in seen]

    def __contains__(self, offset: int) -> bool:
        index = bisect_right(self._starts, offset) - 1
        return index >= 0 and (offset < self._seen[index].end or offset == self._seen[index].start)


def _counts(trap: Trap, scalars: _Scalars) -> bool:
    if trap.inside is None or trap.inside not in scalars:
        return False
    return trap.outside is None or trap.outside not in scalars
