"""Run an import: files to records, what has no place listed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from time import monotonic
from typing import Final

from perfeval_docs.checking import read_bytes
from perfeval_docs.checking.names import Names, names_in
from perfeval_docs.cli.running import Say, note
from perfeval_docs.diagnostic import Message, msg
from perfeval_docs.errors import ExitCode, MachineError, UnreadableFileError
from perfeval_docs.importing import MAX_BYTES, NOTES, Found, Imported, import_forms
from perfeval_docs.output import create
from perfeval_docs.report.cells import visible
from perfeval_docs.settings import KeyNames

_ODD: Final = re.compile(r"[^\w\-]+")
_LONGEST: Final = 60
_LONGEST_OF_ROW: Final = 30


def run_import(
    files: Sequence[Path], out: Path | None, data: Path, profile: str, say: Say, names: KeyNames
) -> int:
    """Write a record for each form in the files; nothing that stands is written over.

    A file that the machine does not give is told, and the others are imported.
    """
    start = monotonic()
    run = _Run(out, data, say)
    for file in files:
        try:
            forms = import_forms(
                read_bytes(file, MAX_BYTES), visible(file.name), profile=profile, names=names
            )
        except UnreadableFileError as error:
            run.refuse(error.args[0])
        except MachineError as error:
            run.refuse(error.args[0], ExitCode.ENVIRONMENT)
        else:
            run.take(file, forms)
    told = msg(
        "{files} files read, {records} records written, {there} there already, {refused} refused, "
        "{seconds} s",
        files=str(run.read),
        records=str(run.written),
        there=str(run.there),
        refused=str(run.refused),
        seconds=f"{monotonic() - start:.1f}",
    )
    print(say(told))
    return run.code


@dataclass(slots=True)
class _Run:
    """One run over several files: how many were read and refused, what became of their forms.

    `known` are the records of the folders that it writes to.
    """

    out: Path | None
    data: Path
    say: Say
    read: int = 0
    refused: int = 0
    written: int = 0
    there: int = 0
    code: ExitCode = ExitCode.CLEAN
    known: dict[Path, dict[Names, Path]] = field(default_factory=dict)

    def refuse(self, told: Message, code: ExitCode = ExitCode.FAULTS) -> None:
        """Tell of a file that gave nothing."""
        self.refused += 1
        self._leave(told, code)

    def take(self, file: Path, forms: Sequence[Imported]) -> None:
        """Write the records of a file's forms, and tell what was left of them."""
        if not forms:
            self.refuse(msg("{file}: no form was found in it", file=visible(file.as_posix())))
            return
        self.read += 1
        for number, form in enumerate(forms, 1):
            if self.out is None and form.record and (self.data / form.record).is_file():
                self.there += 1
                self._leave(_of_ours(file, self.data / form.record))
                continue
            target = _target(form, file, number, self.out, self.data)
            if form.project and form.unit:
                known = self._known(target.parent)
                standing = known.get((form.project, form.unit))
                if standing not in (None, target) and self.out is None:
                    self.there += 1
                    self._leave(_stands(file, form, standing))
                    continue
                if standing is None and target.exists() and _is_of_another(target, form, known):
                    target = _free(target)
                known.setdefault((form.project, form.unit), target)
            self._write(form, target)
            if form.differs:
                told = msg(
                    "{file}: its cells do not say what the record that it carries says; the cells "
                    "were taken",
                    file=visible(file.as_posix()),
                )
                note(self.say(told))
            for told in unplaced(file, form.unplaced):
                self._leave(told)

    def _known(self, folder: Path) -> dict[Names, Path]:
        """Return the records of a folder by the projects and units that they name, read once."""
        known = self.known.get(folder)
        if known is None:
            known = self.known[folder] = dict(names_in(folder))
        return known

    def _write(self, form: Imported, target: Path) -> None:
        name = target.as_posix()
        if create(target, form.text.encode()):
            self.written += 1
            print(self.say(msg("{file}: {project}", file=name, project=form.project or "?")))
        else:
            self.there += 1
            self._leave(msg("{file} stands already; nothing was written", file=name))

    def _leave(self, told: Message, code: ExitCode = ExitCode.FAULTS) -> None:
        """Tell of something that was left; the worst of all codes is the run's."""
        note(self.say(told))
        self.code = max(self.code, code)


def _stands(file: Path, form: Imported, record: Path) -> Message:
    return msg(
        "{file}: {project} stands in {record}; nothing was written, --out makes a new record in "
        "another folder",
        file=visible(file.as_posix()),
        project=form.project,
        record=record.as_posix(),
    )


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


def _is_of_another(target: Path, form: Imported, known: Mapping[Names, Path]) -> bool:
    """Tell whether the record that stands where one would go is another unit's of that name."""
    stands = next((names for names, path in known.items() if path == target), ("", ""))
    return stands[0] == form.project and stands[1] not in ("", form.unit)


def _free(target: Path) -> Path:
    """Return a path that no file stands at: another unit's project may have the same name."""
    place, number = target, 1
    while place.exists():
        number += 1
        place = target.with_stem(f"{target.stem}-{number}")
    return place


def unplaced(file: Path, found: Iterable[Found]) -> Iterator[Message]:
    """Tell of cells that nothing was made of, those of a row together."""
    rows: dict[tuple[str, int], list[Found]] = {}
    for each in found:
        rows.setdefault((each.place.sheet, each.place.row), []).append(each)
    for cells in rows.values():
        yield _unplaced(file, sorted(cells, key=lambda each: each.place.column))


def _unplaced(file: Path, cells: Sequence[Found]) -> Message:
    place = cells[0].place
    longest = _LONGEST if len(cells) == 1 else _LONGEST_OF_ROW
    text = " | ".join(_excerpt(each.text, longest) for each in cells)
    values = {"file": visible(file.as_posix()), "row": str(place.row), "text": text}
    if place.sheet == NOTES:
        return msg("{file}, note {row} of a reviewer, which is in no record: “{text}”", **values)
    if not place.sheet:
        return msg("{file}, line {row}: nothing was made of “{text}”", **values)
    if len(cells) > 1:
        return msg(
            "{file}, table {table}, row {row}: nothing was made of “{text}”",
            table=place.sheet,
            **values,
        )
    return msg(
        "{file}, table {table}, row {row}, column {column}: nothing was made of “{text}”",
        table=place.sheet,
        column=str(place.column),
        **values,
    )


def _excerpt(text: str, longest: int) -> str:
    """Return a text in one line; one that is cut short shows it."""
    line = visible(" ".join(text.split()))
    return line if len(line) <= longest else f"{line[:longest]}…"
