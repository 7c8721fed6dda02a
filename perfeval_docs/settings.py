"""What a run was asked for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final, Literal

Style = Literal["full", "concise", "json", "sarif", "github"]
"""How findings are written."""

KeyNames = Literal["en", "zh"]
"""How the keys of a record are spelled: in English, or as the labels of the form."""

COLLECT_AFTER: Final = 50_000
"""How many objects a process of ours makes before it looks for cycles, of which few are made.

Python's own 700 costs a tenth of a short run, and as much where a whole volume is in memory.
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """Which rules are asked for: by code, the beginning of one, or name; none selects all."""

    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()

    def takes(self, code: str, name: str) -> bool:
        """Tell whether a rule is asked for; capital and small letters are the same."""

        def meant(words: tuple[str, ...]) -> bool:
            return any(w.casefold() == name or (w and code.startswith(w.upper())) for w in words)

        return (not self.select or meant(self.select)) and not meant(self.ignore)


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Which commit of git the records and templates are of, and whether nothing was changed."""

    commit: str
    clean: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Scheduler:
    """A Dask scheduler (`tcp://host:port`), and the folder that its workers share with this run."""

    address: str
    folder: Path


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Paths, choices and the clock of one run; nothing below `cli` asks the machine for them.

    `year` picks `data/<year>`, None takes every year folder; `only` picks records by stem,
    empty takes all. `epoch` is SOURCE_DATE_EPOCH where it is set: it dates the files
    of records that have no date of issue. `font_folders` are searched beside the wheel's
    fonts and the machine's own (unless `system_fonts` is off). `workers` is how many
    processes may share the work. `source` is the commit that the records are of, where git
    tells. `keep_last` leaves the documents of a record or a year alone that has become faulty, for
    somebody who is at work on it; else they are removed, so that none contradicts its record.
    `scheduler` is the one that other machines are reached by, None for this one alone.
    `public` leaves out of the workbook what a check found.
    """

    data: Path
    out: Path
    template: Path
    year: int | None = None
    only: tuple[str, ...] = ()
    epoch: datetime | None = None
    font_folders: tuple[Path, ...] = ()
    system_fonts: bool = True
    workers: int = 1
    source: Source | None = None
    keep_last: bool = False
    scheduler: Scheduler | None = None
    public: bool = False
