"""The journey of a new record or year, from nothing or from last year's; none is overwritten."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from perfeval_docs.checking import read_bytes
from perfeval_docs.diagnostic import Diagnostic, msg
from perfeval_docs.editing.files import find_files
from perfeval_docs.editing.rolling import CLEARED, Rolled, rolled
from perfeval_docs.editing.skeleton import shared_skeleton, skeleton
from perfeval_docs.errors import UsageError
from perfeval_docs.output import create
from perfeval_docs.record import Defaults
from perfeval_docs.record.keys import KEYS
from perfeval_docs.record.meaning import meaning
from perfeval_docs.record.values import FIRST_YEAR, LAST_YEAR
from perfeval_docs.settings import KeyNames
from perfeval_docs.source import Mapping, read_source

_SHARED: Final = "perfeval.yaml"
_WORDS: Final = "summary.yaml"
_OF_A_YEAR: Final = CLEARED[Defaults]
_YEAR: Final = re.compile(r"\d{4}")
_STEM: Final = re.compile(r"[^\x00-\x1f/\\:*?\"<>|. -][^\x00-\x1f/\\:*?\"<>|]*")


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What is asked for: a record of a name, one or all rolled from `origin`, or both.

    `year` is that of the new records; without it, the one after the origin's, or the last
    one that the data folder has.
    """

    data: Path
    name: str | None = None
    origin: Path | None = None
    year: int | None = None
    names: KeyNames = "zh"


@dataclass(frozen=True, slots=True, kw_only=True)
class Started:
    """The files that were written, those that were there already, and those that have faults.

    `for_all` are the labels of what the data folder says for all years, though it is of one:
    the new folder's own values are to be written.
    """

    written: tuple[Path, ...]
    there: tuple[Path, ...]
    faulty: tuple[Rolled, ...]
    for_all: tuple[str, ...] = ()

    @property
    def records(self) -> tuple[Path, ...]:
        """The records among the files that were written."""
        return tuple(path for path in self.written if path.name != _SHARED)

    @property
    def diagnostics(self) -> tuple[Diagnostic, ...]:
        """What is in the way of the faulty ones."""
        return tuple(found for each in self.faulty for found in each.diagnostics)


def start(asked: Asked) -> Started:
    """Write new records, each whole or not at all, and what their folder shares.

    Raises `UsageError` where a single record is there already, or what is asked for makes no
    sense, and `MachineError` where the machine refuses.
    """
    files = () if asked.origin is None else _files(asked.origin)
    year = _year(asked)
    folder = asked.data / str(year)
    if asked.origin is None:
        target = folder / _file_name(asked.name)
        name = "" if asked.name is None or asked.name.isascii() else asked.name
        wanted = {target: skeleton(name, asked.names)}
        rolls: list[tuple[Path, Rolled]] = []
    else:
        rolls = list(_rolls(asked, files, folder, year))
        wanted = {target: each.text for target, each in rolls if each.text is not None}
    is_one = asked.origin is None or asked.origin.is_file()
    there = [target for target in wanted if target.exists()]
    if is_one and there:
        raise UsageError(
            msg("{file} is there already; nothing was written", file=there[0].as_posix())
        )
    shared, faulty = _shared(asked, folder, year)
    if wanted:
        wanted = {**shared, **wanted}
    written = [path for path, text in wanted.items() if create(path, text.encode())]
    return Started(
        written=tuple(written),
        there=tuple(path for path in wanted if path not in written),
        faulty=(*faulty, *(each for _, each in rolls if each.text is None)),
        for_all=_said_for_all(asked.data) if shared else (),
    )


def _files(origin: Path) -> tuple[Path, ...]:
    """Return the files of an origin: a record, or those of one year's folder."""
    files = find_files((origin,), origin)
    if origin.is_file():
        _refuse_no_record(origin)
    else:
        files = tuple(file for file in files if file.name not in {_SHARED, _WORDS})
    if len({file.parent for file in files}) > 1:
        raise UsageError(
            msg(
                "{folder} has records of several years; name one's folder", folder=origin.as_posix()
            )
        )
    return files


def _refuse_no_record(origin: Path) -> None:
    said = {"file": origin.as_posix(), "folder": origin.parent.as_posix()}
    if origin.name == _WORDS:
        raise UsageError(
            msg(
                "{file} holds a year's words, and is no record; name a record, or {folder} for all "
                "of the year",
                **said,
            )
        )
    if origin.name == _SHARED:
        raise UsageError(
            msg(
                "{file} holds what records share, and is no record; name a record, or {folder} for "
                "all of the year",
                **said,
            )
        )


def _rolls(
    asked: Asked, files: Sequence[Path], folder: Path, year: int
) -> Iterator[tuple[Path, Rolled]]:
    """Yield the records of the origin, rolled, with their places in the new year."""
    if asked.origin is not None and asked.origin.is_dir() and asked.name is not None:
        raise UsageError(
            msg("{folder} has many records; a name is for one", folder=asked.origin.as_posix())
        )
    for file in files:
        name = file.name if asked.name is None else _file_name(asked.name)
        yield folder / name, rolled(read_bytes(file), file.as_posix(), year)


def _shared(asked: Asked, folder: Path, year: int) -> tuple[dict[Path, str], tuple[Rolled, ...]]:
    """Return what the new folder shares, if it has nothing yet: that of last year, or the year.

    What last year shared, if it has faults, comes beside.
    """
    target = folder / _SHARED
    if target.exists():
        return {}, ()
    if asked.origin is not None:
        last = asked.origin if asked.origin.is_dir() else asked.origin.parent
        file = last / _SHARED
        # What the data folder itself shares is shared by the new year, too.
        if file.is_file() and last != asked.data:
            roll = rolled(read_bytes(file), file.as_posix(), year)
            return ({}, (roll,)) if roll.text is None else ({target: roll.text}, ())
    return {target: shared_skeleton(year, asked.names)}, ()


def _said_for_all(data: Path) -> tuple[str, ...]:
    """Return the labels of what the data folder shares among all years, though it is of one."""
    file = data / _SHARED
    if not file.is_file():
        return ()
    root = read_source(read_bytes(file), file.as_posix()).root
    said = meaning(root, Defaults) if isinstance(root, Mapping) else {}
    return tuple(
        KEYS.label(Defaults, key)
        for key in sorted(_OF_A_YEAR)
        if isinstance(said, dict) and said.get(key)
    )


def _year(asked: Asked) -> int:
    year = asked.year
    if year is None and asked.origin is not None:
        last = asked.origin if asked.origin.is_dir() else asked.origin.parent
        year = int(last.name) + 1 if _YEAR.fullmatch(last.name) else None
    elif year is None:
        years = asked.data.glob("[0-9][0-9][0-9][0-9]") if asked.data.is_dir() else ()
        year = max((int(each.name) for each in years if each.is_dir()), default=None)
    if year is None:
        raise UsageError(msg("of which year? say it with --year"))
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise UsageError(
            msg(
                "{text} is not a year from {first} to {last}",
                text=str(year),
                first=str(FIRST_YEAR),
                last=str(LAST_YEAR),
            )
        )
    return year


def _file_name(name: str | None) -> str:
    """Return the file's name of a record.

    Raises `UsageError` for a name that no file of a record can have.
    """
    if name is None:
        raise UsageError(msg("what is the record to be called? give a NAME, or --from a record"))
    stem = re.sub(r"\.ya?ml$", "", name)
    if not _STEM.fullmatch(stem) or f"{stem}.yaml" in {_SHARED, _WORDS}:
        raise UsageError(msg("{name} cannot be the name of a record's file", name=name))
    return f"{stem}.yaml"
