"""Which projects and units the records of a folder name, told by their lines alone."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from perfeval_docs.checking.records import DEFAULTS_NAME, NO_RECORDS, SUFFIXES
from perfeval_docs.record import Record
from perfeval_docs.record.keys import spellings

Names = tuple[str, str]
"""A project and its unit."""

_PROJECT: Final = "|".join(("project", *spellings(Record, "project")))
_UNIT: Final = "|".join(("implementing_unit", *spellings(Record, "implementing_unit")))
_LONGEST: Final = 2_000_000


def names_in(folder: Path) -> Iterator[tuple[Names, Path]]:
    """Yield the names of each record of a folder of a year, in order, with its path.

    A record with faults counts too, as long as its names stand in lines of their own; a file that
    the machine does not give is left out.
    """
    if not folder.is_dir():
        return
    shared = [_text(place / DEFAULTS_NAME) for place in (folder, folder.parent)]
    unit = next(filter(None, (_value(_UNIT, text) for text in shared)), "")
    for path in sorted(folder.iterdir()):
        if path.suffix in SUFFIXES and path.name not in NO_RECORDS:
            text = _text(path)
            project = _value(_PROJECT, text)
            if project:
                yield (project, _value(_UNIT, text) or unit), path


def _text(path: Path) -> str:
    try:
        with path.open("rb") as file:
            return file.read(_LONGEST).decode("utf-8-sig", "replace")
    except OSError:
        return ""


def _value(keys: str, text: str) -> str:
    """Return what stands behind one of the keys, without quotes, comment or white space."""
    found = re.search(rf"^[\"']?(?:{keys})[\"']?[ \t]*[:：](.{{0,400}})", text, re.MULTILINE)
    if found is None:
        return ""
    said = re.sub(r"[ \t]#.*", "", found[1]).strip().strip("\"'")
    return " ".join(said.split())
