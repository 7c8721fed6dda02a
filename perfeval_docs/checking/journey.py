"""The journey of a check: records to diagnostics, one by one and year by year."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache, partial
from itertools import groupby
from pathlib import Path
from typing import Final

from perfeval_docs.checking.digests import digest, digest_of_file, program
from perfeval_docs.checking.files import read_bytes
from perfeval_docs.checking.records import RecordFile, find_records, record_file
from perfeval_docs.checking.remembered import (
    Json,
    Kept,
    Remembered,
    keep,
    preserve,
    recall,
    revive,
)
from perfeval_docs.checking.stages import (
    Inputs,
    Prepared,
    judge_year,
    prepare,
    read_inputs,
    read_texts,
)
from perfeval_docs.checking.workers import crash, shared_work
from perfeval_docs.diagnostic import Diagnostic, files_of, in_order, msg
from perfeval_docs.fonts import FontBook
from perfeval_docs.rules import YearEntry, year_entry
from perfeval_docs.settings import Settings
from perfeval_docs.source import source_text

# Starting processes costs as much as checking this many records.
_MANY: Final = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """What a check found in how many records, and of how many it knew that from before.

    `texts` are the files quoted.
    """

    records: int
    remembered: int
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
    # What the fonts of a folder can print has no digest: nothing is recalled then, nothing kept.
    kept = {} if settings.font_folders else recall(settings.out)
    known = _known(files, kept)
    checked = shared_work(
        partial(_check_one, settings=settings),
        [file for file in files if file.path not in known],
        workers=settings.workers,
        fewest=_MANY,
        crashed=_crashed,
    )
    fresh: dict[str, Kept] = {}
    for number, file in enumerate(files, 1):
        one = known.get(file.path)
        if one is None:
            new = next(checked)
            one = new.one
            fresh |= _to_keep(file, new)
        found += one.diagnostics
        texts |= one.texts
        if one.entry is not None:
            entries.append((file.year, one.entry))
        on_record(number, len(files))
    if not paths and not settings.only:
        for year, group in groupby(entries, key=lambda each: each[0]):
            _, of_year = judge_year(settings.data / year, [entry for _, entry in group])
            found += of_year
            texts |= read_texts(name for name in files_of(of_year) if name not in texts)
    is_whole = not paths and not settings.only and settings.year is None
    if fresh or (is_whole and len(kept) > len(known)):
        names = {file.path.as_posix() for file in files}
        rest = {name: each for name, each in kept.items() if name in names or not is_whole}
        keep(settings.out, {**rest, **fresh})
    return Checked(
        records=len(files), remembered=len(known), diagnostics=in_order(found), texts=texts
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _One:
    """What became of one record: small, because it may come from another process."""

    diagnostics: tuple[Diagnostic, ...]
    texts: Mapping[str, str]
    entry: YearEntry | None


@dataclass(frozen=True, slots=True, kw_only=True)
class _New:
    """What was found in a record that was checked; `others` is None if it must not be kept."""

    one: _One
    key: str
    others: Mapping[str, str] | None


def _check_one(file: RecordFile, *, settings: Settings) -> _New:
    inputs = read_inputs(file)
    prepared = prepare(inputs, _missing_glyphs(settings.font_folders, settings.system_fonts))
    found = prepared.diagnostics
    one = _One(
        diagnostics=found,
        texts={name: prepared.texts[name] for name in files_of(found) if name in prepared.texts},
        entry=None if prepared.form is None else year_entry(prepared.form),
    )
    return _New(
        one=one,
        key=_key(inputs),
        others=None if settings.font_folders else _others(inputs, prepared),
    )


def _crashed(file: RecordFile) -> _New:
    fault = crash(
        file,
        msg("the process that checked this record died, twice"),
        msg("check it alone and report what is said; the others are checked"),
    )
    return _New(one=_One(diagnostics=(fault,), texts={}, entry=None), key="", others=None)


@lru_cache(maxsize=1)
def _missing_glyphs(
    folders: tuple[Path, ...],
    system: bool,  # noqa: FBT001  # a cached function takes no keywords apart
) -> Callable[[str], tuple[str, ...]]:
    """Load the fonts, once in each process."""
    return FontBook.load(folders=folders, system=system).missing


def _known(files: Sequence[RecordFile], kept: Mapping[str, Kept]) -> dict[Path, _One]:
    """Return what earlier checks found in files that are as they were then."""
    known: dict[Path, _One] = {}
    for defaults, group in groupby(files, key=lambda each: each.defaults):
        shared = tuple(map(read_bytes, defaults))
        for file in group:
            key, plain = kept.get(file.path.as_posix(), ("", None))
            if key:
                inputs = Inputs(file=file, data=read_bytes(file.path), defaults=shared)
                one = _recalled(inputs, key, plain)
                known |= {} if one is None else {file.path: one}
    return known


def _recalled(inputs: Inputs, key: str, plain: Json) -> _One | None:
    if _key(inputs) != key:
        return None
    found = revive(plain)
    if found is None or any(
        digest_of_file(Path(name)) != value for name, value in found.others.items()
    ):
        return None
    paths, data = (inputs.file.path, *inputs.file.defaults), (inputs.data, *inputs.defaults)
    read = {path.as_posix(): each for path, each in zip(paths, data, strict=True)}
    texts = {name: source_text(read[name], name) for name in files_of(found.diagnostics)}
    return _One(diagnostics=found.diagnostics, texts=texts, entry=found.entry)


def _to_keep(file: RecordFile, new: _New) -> dict[str, Kept]:
    if new.others is None:
        return {}
    found = Remembered(diagnostics=new.one.diagnostics, entry=new.one.entry, others=new.others)
    return {file.path.as_posix(): (new.key, preserve(found))}


def _key(inputs: Inputs) -> str:
    """Return the digest of all that a check of a record depends on, but for profiles of its own."""
    file = inputs.file
    names = (path.as_posix().encode() for path in (file.data, file.path, *file.defaults))
    return digest(program().encode(), *names, inputs.data, *inputs.defaults)


def _others(inputs: Inputs, prepared: Prepared) -> Mapping[str, str] | None:
    """Return the profiles that were read besides, with digests.

    None where what was found hangs on something that has no digest: a profile that is not
    there, a text that is quoted from a profile.
    """
    own = {path.as_posix() for path in (inputs.file.path, *inputs.file.defaults)}
    if not own.issuperset(files_of(prepared.diagnostics)):
        return None
    if prepared.record is not None and prepared.form is None:
        return None
    return prepared.profiles
