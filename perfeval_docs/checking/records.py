"""Find the records of a run and the defaults that their folders share."""

from __future__ import annotations

import os
import re
from contextlib import suppress
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import Final

from perfeval_docs.diagnostic import msg
from perfeval_docs.errors import UsageError
from perfeval_docs.settings import Settings

DEFAULTS_NAME: Final = "perfeval.yaml"
WORDS_NAME: Final = "summary.yaml"

NO_RECORDS: Final = frozenset({DEFAULTS_NAME, WORDS_NAME})
SUFFIXES: Final = (".yaml", ".yml")
_YEAR: Final = re.compile(r"\d{4}")


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordFile:
    """Where a record stands: its data folder, year folder's name, stem and path.

    `defaults` are the files whose values it may leave out, the nearest last.
    """

    data: Path
    year: str
    stem: str
    path: Path
    defaults: tuple[Path, ...]


def find_records(settings: Settings) -> tuple[RecordFile, ...]:
    """Return the records that a run was asked for, by year and stem.

    Raises `UsageError` where the data folder, the year or a stem does not exist.
    """
    years = _years(settings)
    found = tuple(record for year in years for record in _records(settings.data, year))
    if not found:
        raise UsageError(msg("no records in {folder}", folder=_shown(settings.data, years)))
    for stem in settings.only:
        if all(record.stem != stem for record in found):
            raise _unknown_stem(stem, found)
    return tuple(r for r in found if not settings.only or r.stem in settings.only)


def passed_over(settings: Settings) -> tuple[str, ...]:
    """Return what lies where records lie, and is read as none; names of folders end in `/`.

    Such are `x.YAML`, `x.yaml.txt` (which some systems make of it), folders of records within the
    folder of a year, and a folder `2024年`.
    """
    places = [(settings.data / year, False) for year in _years(settings)]
    if settings.year is None:
        places.append((settings.data, True))
    found: list[str] = []
    for folder, is_root in places:
        with os.scandir(folder) as entries:
            found += (
                f"{(folder / each.name).as_posix()}{'/' if _is_folder(each) else ''}"
                for each in entries
                if (_is_like_a_year(each) if is_root else _is_like_a_record(each))
            )
    return tuple(sorted(found))


def _is_like_a_record(entry: os.DirEntry[str]) -> bool:
    if entry.name.endswith(SUFFIXES):
        return False
    if _is_folder(entry):
        return _has_records(entry)
    return entry.name.casefold().removesuffix(".txt").endswith(SUFFIXES)


def _is_like_a_year(entry: os.DirEntry[str]) -> bool:
    is_other = re.match(r"20\d\d", entry.name) and not _YEAR.fullmatch(entry.name)
    return bool(is_other) and _is_folder(entry) and _has_records(entry)


def _has_records(folder: os.DirEntry[str]) -> bool:
    """Tell whether a folder that can be looked into, and is not hidden, has files like records."""
    if folder.name.startswith("."):
        return False
    with suppress(OSError), os.scandir(folder) as entries:
        return any(each.name.casefold().endswith(SUFFIXES) for each in entries)
    return False


def _is_folder(entry: os.DirEntry[str]) -> bool:
    with suppress(OSError):  # a link to itself
        return entry.is_dir()
    return False


def year_folders(data: Path) -> tuple[str, ...]:
    """Return the names of the folders of years that a data folder has, in order."""
    years = (p.name for p in data.iterdir() if p.is_dir() and _YEAR.fullmatch(p.name))
    return tuple(sorted(years))


def refuse_other(path: Path) -> None:
    """Raise `UsageError` for a file that is there and no record, nor anything beside records."""
    if path.is_file() and path.suffix.casefold() not in SUFFIXES:
        raise UsageError(
            msg(
                "{file} is no record; `perfeval import` makes one of a filled form",
                file=path.as_posix(),
            )
        )


def record_file(path: Path, data: Path) -> RecordFile:
    """Return the record at a path, with the defaults of its folder and of the data folder.

    Raises `UsageError` for a file of another kind.
    """
    refuse_other(path)
    return _record_file(path, data, _defaults(path.parent, data))


def _record_file(path: Path, data: Path, defaults: tuple[Path, ...]) -> RecordFile:
    return RecordFile(
        data=data, year=path.parent.name, stem=path.stem, path=path, defaults=defaults
    )


def _defaults(folder: Path, data: Path) -> tuple[Path, ...]:
    """Return the files of defaults that the records of a folder have, the nearest last."""
    folders = (data, folder) if folder != data else (data,)
    return tuple(f / DEFAULTS_NAME for f in folders if (f / DEFAULTS_NAME).is_file())


def _years(settings: Settings) -> tuple[str, ...]:
    if not settings.data.is_dir():
        raise UsageError(
            msg(
                "there is no folder {folder}; run in the project's folder or name it with --data",
                folder=str(settings.data),
            )
        )
    years = year_folders(settings.data)
    if settings.year is None:
        return years
    if str(settings.year) not in years:
        raise UsageError(
            msg(
                "there is no folder {folder}; there are: {years}",
                folder=(settings.data / str(settings.year)).as_posix(),
                years=", ".join(years),
            )
        )
    return (str(settings.year),)


def _records(data: Path, year: str) -> list[RecordFile]:
    folder = data / year
    # Unlike a path, an entry knows what it is without asking for it again.
    with os.scandir(folder) as entries:
        names = sorted(each.name for each in entries if each.is_file())
    paths = [folder / name for name in names if name not in NO_RECORDS]
    defaults = _defaults(folder, data)
    records = [_record_file(path, data, defaults) for path in paths if path.suffix in SUFFIXES]
    for each in records:
        _refuse_odd_bytes(each.path)
    by_stem: dict[str, RecordFile] = {}
    for other in records:
        one = by_stem.setdefault(other.stem, other)
        if one is not other:
            raise UsageError(
                msg(
                    "{one} and {other} would write the same files; rename one of them",
                    one=one.path.as_posix(),
                    other=other.path.as_posix(),
                )
            )
    return records


def _refuse_odd_bytes(path: Path) -> None:
    """Raise `UsageError` for a name in another encoding, as an archive of GBK names gives."""
    name = path.as_posix()
    shown = name.encode(errors="replace").decode()
    if shown != name:
        raise UsageError(msg("the name of {file} is not in UTF-8; rename it", file=shown))


def _unknown_stem(stem: str, found: tuple[RecordFile, ...]) -> UsageError:
    stems = sorted({record.stem for record in found})
    near = get_close_matches(stem, stems, n=1)
    if near:
        return UsageError(
            msg("there is no record {stem}; did you mean {near}?", stem=stem, near=near[0])
        )
    return UsageError(
        msg("there is no record {stem}; there are: {stems}", stem=stem, stems=", ".join(stems))
    )


def _shown(data: Path, years: tuple[str, ...]) -> str:
    return ", ".join((data / year).as_posix() for year in years) or data.as_posix()
