"""Run an import: files to records, what has no place listed."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from perfeval_docs.checking import read_bytes
from perfeval_docs.cli.running import Say, note
from perfeval_docs.diagnostic import Message, msg
from perfeval_docs.errors import ExitCode, MachineError, UnreadableFileError
from perfeval_docs.importing import MAX_BYTES, NOTES, Found, Imported, import_forms
from perfeval_docs.output import create
from perfeval_docs.report.cells import visible
from perfeval_docs.settings import KeyNames

_ODD: Final = re.compile(r"[^\w\-]+")
_LONGEST: Final = 60


def run_import(
    files: Sequence[Path], out: Path | None, data: Path, profile: str, say: Say, names: KeyNames
) -> int:
    """Write a record for each form in the files; nothing that stands is written over.

    A file that the machine does not give is told, and the others are imported.
    """
    code = ExitCode.CLEAN
    for file in files:
        try:
            forms = import_forms(
                read_bytes(file, MAX_BYTES), visible(file.name), profile=profile, names=names
            )
        except UnreadableFileError as error:
            note(say(error.args[0]))
            code = max(code, ExitCode.FAULTS)
            continue
        except MachineError as error:
            note(say(error.args[0]))
            code = ExitCode.ENVIRONMENT
            continue
        if not forms:
            note(say(msg("{file}: no form was found in it", file=visible(file.as_posix()))))
            code = max(code, ExitCode.FAULTS)
        for number, form in enumerate(forms, 1):
            if out is None and form.record and (data / form.record).is_file():
                note(say(_of_ours(file, data / form.record)))
                code = max(code, ExitCode.FAULTS)
                continue
            if not _write(form, _target(form, file, number, out, data), say):
                code = max(code, ExitCode.FAULTS)
            if form.differs:
                told = msg(
                    "{file}: its cells do not say what the record that it carries says; the cells "
                    "were taken",
                    file=visible(file.as_posix()),
                )
                note(say(told))
            for each in form.unplaced:
                note(say(unplaced(file, each)))
                code = max(code, ExitCode.FAULTS)
    return code


def _of_ours(file: Path, record: Path) -> Message:
    """Tell of a form whose record stands: a second one would be counted twice."""
    return msg(
        "{file} was made from {record}, which stands; nothing was written: --update takes over "
        "what somebody changed in the Word form, --out makes a new record in another folder",
        file=visible(file.as_posix()),
        record=record.as_posix(),
    )


def _target(form: Imported, file: Path, number: int, out: Path | None, data: Path) -> Path:
    """Return where a record goes: its year's folder, by the project's name."""
    stem = _ODD.sub("-", form.project or f"{file.stem}-{number}").strip("-")[:_LONGEST]
    folder = out or data / (form.year if re.fullmatch(r"\d{4}", form.year) else "imported")
    return folder / f"{stem or 'record'}.yaml"


def _write(form: Imported, target: Path, say: Say) -> bool:
    name = target.as_posix()
    if not create(target, form.text.encode()):
        note(say(msg("{file} stands already; nothing was written", file=name)))
        return False
    print(say(msg("{file}: {project}", file=name, project=form.project or "?")))
    return True


def unplaced(file: Path, found: Found) -> Message:
    """Tell of a cell that nothing was made of."""
    place = found.place
    values = {
        "file": visible(file.as_posix()), "row": str(place.row), "text": _excerpt(found.text),
    }  # fmt: skip
    if place.sheet == NOTES:
        return msg("{file}, note {row} of a reviewer, which is in no record: “{text}”", **values)
    if not place.sheet:
        return msg("{file}, line {row}: nothing was made of “{text}”", **values)
    return msg(
        "{file}, table {table}, row {row}, column {column}: nothing was made of “{text}”",
        table=place.sheet,
        column=str(place.column),
        **values,
    )


def _excerpt(text: str) -> str:
    """Return a text in one line; one that is cut short shows it."""
    line = visible(" ".join(text.split()))
    return line if len(line) <= _LONGEST else f"{line[:_LONGEST]}…"
