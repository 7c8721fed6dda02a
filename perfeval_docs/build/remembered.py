"""What a summary needs of each record, kept and known again by the content of what it came from."""

from __future__ import annotations

import io
import pickle
from collections.abc import Mapping
from typing import Final

from perfeval_docs.build.manifest import Document
from perfeval_docs.build.reckoned import YearRecord
from perfeval_docs.checking.digests import digest
from perfeval_docs.checking.records import RecordFile
from perfeval_docs.diagnostic import Diagnostic
from perfeval_docs.output import CACHE, write_cache
from perfeval_docs.rules import YearEntry
from perfeval_docs.settings import Settings
from perfeval_docs.summary import ProjectResult

Kept = tuple[str, bytes]
"""The key of a record, and what was kept of it."""

_OURS: Final = frozenset(
    f"perfeval_docs.{name}"
    for name in ("diagnostic", "record.model", "rules.year", "scoring.model", "summary.model")
)
_OTHERS: Final = frozenset({("datetime", "date"), ("decimal", "Decimal")})
_DAMAGE: Final = (
    pickle.UnpicklingError, OSError, EOFError, ArithmeticError, AttributeError, ImportError,
    LookupError, TypeError, ValueError, MemoryError, RecursionError,
)  # fmt: skip
_DIGEST: Final = len(digest())


def key_of(file: RecordFile, document: Document) -> str:
    """Return the digest of all that a record's part in a summary comes from."""
    paths = (file.data, file.path, *file.defaults)
    parts = (*document.inputs.items(), *document.others.items())
    texts = (*(path.as_posix() for path in paths), *(f"{name} {value}" for name, value in parts))
    return digest(*(text.encode() for text in texts))


def recall_year(year: str, settings: Settings) -> dict[str, Kept]:
    """Return what was kept of a year's records, by stem.

    Nothing where there is no file, or one that is damaged or not ours.
    """
    try:
        data = (settings.out / CACHE / _name(year)).read_bytes()
        if digest(data[_DIGEST:]).encode() != data[:_DIGEST]:
            return {}
        kept = _Reader(io.BytesIO(data[_DIGEST:])).load()
        return {str(stem): (str(key), bytes(packed)) for stem, (key, packed) in kept.items()}
    except _DAMAGE:
        return {}


def keep_year(year: str, kept: Mapping[str, Kept], settings: Settings) -> None:
    """Write what is to be kept; where the machine refuses, the next build is slower, no more."""
    data = pickle.dumps(dict(kept), protocol=5)
    write_cache(settings.out, _name(year), digest(data).encode() + data)


def preserve(known: YearRecord) -> bytes:
    """Return what is kept of a record."""
    parts = known.result, known.entry, known.diagnostics, known.carried
    return pickle.dumps(parts, protocol=5)


def revive(file: RecordFile, packed: bytes) -> YearRecord | None:
    """Return what was kept of a record; None if it is damaged."""
    try:
        result, entry, found, carried = _Reader(io.BytesIO(packed)).load()
        is_one = isinstance(result, ProjectResult) and isinstance(entry, YearEntry)
        if not is_one or not all(isinstance(each, Diagnostic) for each in found):
            return None
        return YearRecord(
            file=file,
            result=result,
            entry=entry,
            diagnostics=tuple(found),
            carried=bytes(carried),
        )
    except _DAMAGE:
        return None


class _Reader(pickle.Unpickler):
    """Reads plain values of ours, and nothing that could do anything."""

    def find_class(self, module: str, name: str) -> object:
        """Return a class that only holds values; raises `UnpicklingError` for all others."""
        if (module, name) in _OTHERS:
            return super().find_class(module, name)
        if module in _OURS and name.isidentifier():
            found: object = super().find_class(module, name)
            if isinstance(found, type) and found.__module__ == module:
                return found
        raise pickle.UnpicklingError(f"{module}.{name}")


def _name(year: str) -> str:
    return f"year-{year}.pickle"
