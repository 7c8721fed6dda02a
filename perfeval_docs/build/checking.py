"""The journey of a check: records to diagnostics, one by one and year by year."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from perfeval_docs.build.records import find_records, record_file
from perfeval_docs.build.stages import prepare
from perfeval_docs.diagnostic import Diagnostic, in_order
from perfeval_docs.rules import check_year
from perfeval_docs.settings import Settings
from perfeval_docs.typeset import FontBook


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
    missing = FontBook.load(folders=settings.font_folders, system=settings.system_fonts).missing
    found: list[Diagnostic] = []
    texts: dict[str, str] = {}
    forms = []
    for number, file in enumerate(files, 1):
        prepared = prepare(file, missing)
        found += prepared.diagnostics
        texts |= prepared.texts
        if prepared.form is not None:
            forms.append((file.year, prepared.form))
        on_record(number, len(files))
    if not paths and not settings.only:
        for _, group in groupby(forms, key=lambda each: each[0]):
            found += check_year([form for _, form in group])
    return Checked(records=len(files), diagnostics=in_order(found), texts=texts)
