"""Find the files that hold records, what folders share, and the words of years."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

from perfeval_docs.checking import refuse_other
from perfeval_docs.diagnostic import msg
from perfeval_docs.errors import UsageError

_SUFFIXES: Final = (".yaml", ".yml")
_YEAR: Final = re.compile(r"\d{4}")
_SHARED: Final = "perfeval.yaml"


def find_files(paths: Iterable[Path], data: Path) -> tuple[Path, ...]:
    """Return the files at the paths and in the folders among them; of no paths, all of the data.

    Raises `UsageError` for a path that does not exist, or a file of another kind.
    """
    asked = tuple(paths)
    found = dict.fromkeys(file for path in asked or (data,) for file in _below(path))
    if not found:
        names = ", ".join(path.as_posix() for path in asked or (data,))
        raise UsageError(msg("no records in {folder}", folder=names))
    return tuple(found)


def _below(path: Path) -> Iterator[Path]:
    if path.is_file():
        refuse_other(path)
        yield path
        return
    if not path.is_dir():
        raise UsageError(msg("there is no {path}", path=path.as_posix()))
    files = sorted(each for each in path.iterdir() if each.suffix in _SUFFIXES and each.is_file())
    # The data folder itself holds no records, but perhaps profiles of the unit's own.
    years = sorted(each for each in path.iterdir() if each.is_dir() and _YEAR.fullmatch(each.name))
    yield from (each for each in files if not years or each.name == _SHARED)
    for year in years:
        yield from _below(year)
