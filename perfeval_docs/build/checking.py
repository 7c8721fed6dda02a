"""The journey of a check: records to diagnostics, one by one and year by year."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import lru_cache, partial
from itertools import groupby
from multiprocessing import get_context
from pathlib import Path
from typing import Final

from perfeval_docs.build.records import RecordFile, find_records, record_file
from perfeval_docs.build.stages import prepare
from perfeval_docs.diagnostic import Diagnostic, in_order
from perfeval_docs.rules import YearEntry, check_year, year_entry
from perfeval_docs.settings import Settings
from perfeval_docs.typeset import FontBook

# Starting processes costs as much as checking this many records.
_MANY: Final = 200
_CHUNK: Final = 25


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """What a check found in how many records; `texts` are the files quoted."""

    records: int
    diagnostics: tuple[Diagnostic, ...]
    texts: Mapping[str, str]


def check(
    settings: Settings, paths: Sequence[Path], on_record: Callable[[int, int], None]
) -> Checked:
    """Check the records at the paths, or all that a run asks for, and then each year's together.

    A year is judged only where all of its records are read. Raises `UsageError` and
    `MachineError`; faults in data are diagnostics.
    """
    files = tuple(record_file(path, settings.data) for path in paths) or find_records(settings)
    found: list[Diagnostic] = []
    texts: dict[str, str] = {}
    entries = []
    for number, (file, one) in enumerate(zip(files, _each(files, settings), strict=True), 1):
        found += one.diagnostics
        texts |= one.texts
        if one.entry is not None:
            entries.append((file.year, one.entry))
        on_record(number, len(files))
    if not paths and not settings.only:
        for _, group in groupby(entries, key=lambda each: each[0]):
            found += check_year([entry for _, entry in group])
    return Checked(records=len(files), diagnostics=in_order(found), texts=texts)


@dataclass(frozen=True, slots=True, kw_only=True)
class _One:
    """What became of one record: small, because it may come from another process."""

    diagnostics: tuple[Diagnostic, ...]
    texts: Mapping[str, str]
    entry: YearEntry | None


def _each(files: Sequence[RecordFile], settings: Settings) -> Iterator[_One]:
    """Check each record, in the order of the files, many of them in several processes."""
    one = partial(_check_one, settings=settings)
    if settings.workers < 2 or len(files) < _MANY:  # noqa: PLR2004  # one worker is this process
        yield from map(one, files)
        return
    with ProcessPoolExecutor(settings.workers, mp_context=get_context("spawn")) as pool:
        yield from pool.map(one, files, chunksize=_CHUNK)


def _check_one(file: RecordFile, *, settings: Settings) -> _One:
    prepared = prepare(file, _missing_glyphs(settings.font_folders, settings.system_fonts))
    return _One(
        diagnostics=prepared.diagnostics,
        texts=prepared.texts if prepared.diagnostics else {},
        entry=None if prepared.form is None else year_entry(prepared.form),
    )


@lru_cache(maxsize=1)
def _missing_glyphs(
    folders: tuple[Path, ...],
    system: bool,  # noqa: FBT001  # a cached function takes no keywords apart
) -> Callable[[str], tuple[str, ...]]:
    """Load the fonts, once in each process."""
    return FontBook.load(folders=folders, system=system).missing
