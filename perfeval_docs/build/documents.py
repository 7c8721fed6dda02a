"""Make the documents of one record, in this process or in a worker of several."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from perfeval_docs.build.carrying import carried_xml
from perfeval_docs.build.manifest import Document, of_bytes
from perfeval_docs.build.parts import parts_of
from perfeval_docs.build.places import names_of
from perfeval_docs.build.reckoned import YearRecord, year_record
from perfeval_docs.build.reports import Report, Workshop, make_reports, open_workshop
from perfeval_docs.checking.files import read_bytes
from perfeval_docs.checking.records import RecordFile
from perfeval_docs.checking.stages import Inputs, Prepared, prepare, read_inputs
from perfeval_docs.diagnostic import Diagnostic, Severity, files_of
from perfeval_docs.fonts import Substitution
from perfeval_docs.output import withdraw, write_files
from perfeval_docs.settings import Settings


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """What became of one record; its report's bytes are on disk by now, and it is small.

    `document` is None where the record was refused, `remarks` is how many warnings and remarks
    there were besides the `errors`, and `texts` are the files that these quote. `of_year` is kept
    for a summary alone.
    """

    file: RecordFile
    document: Document | None
    withdrawn: bool = False
    errors: tuple[Diagnostic, ...] = ()
    remarks: int = 0
    texts: Mapping[str, str]
    substitutions: tuple[Substitution, ...] = ()
    of_year: YearRecord | None = None


def workshop_of(settings: Settings) -> Workshop:
    """Open the workshop, once in each process for the same template and fonts.

    Raises `FaultyTemplateError` and `MachineError` as `open_workshop` does.
    """
    file, data = settings.template.as_posix(), read_bytes(settings.template)
    return _opened(file, data, settings.font_folders, settings.system_fonts)


_opened = lru_cache(maxsize=1)(open_workshop)


def build_some(
    files: Sequence[RecordFile], settings: Settings, shared: Mapping[str, str], *, for_year: bool
) -> list[Result]:
    """Build the documents of records, or refuse one and remove those of an earlier build.

    `for_year` asks for what a summary needs. Each stage takes all records, as `make_reports`.
    """
    workshop = workshop_of(settings)
    inputs = [read_inputs(file) for file in files]
    prepared = [prepare(each, workshop.typesetter.fonts.missing) for each in inputs]
    pairs = list(zip(files, prepared, strict=True))
    sound = [(each, carried_xml(file, each)) for file, each in pairs if each.is_sound]
    reports = iter(make_reports(sound, workshop, settings.epoch))
    made = [next(reports) if each.is_sound else None for each in prepared]
    found = []
    for read, each, report in zip(inputs, prepared, made, strict=True):
        if isinstance(report, Report):
            found.append(_built(read, each, report, settings, shared, for_year=for_year))
        else:
            found.append(_refused(read.file, each, report, settings))
    return found


def _built(
    inputs: Inputs,
    prepared: Prepared,
    report: Report,
    settings: Settings,
    shared: Mapping[str, str],
    *,
    for_year: bool,
) -> Result:
    """Write the documents of a record."""
    file = inputs.file
    files = dict(zip(names_of(file), (report.docx, report.pdf), strict=True))
    write_files(settings.out / file.year, files)
    remarks = len(prepared.diagnostics)
    return Result(
        file=file,
        document=Document(
            inputs=parts_of(file, inputs.data, inputs.defaults, shared),
            others=prepared.profiles,
            files={name: of_bytes(data) for name, data in files.items()},
            remarks=remarks,
        ),
        remarks=remarks,
        texts={},
        substitutions=report.substitutions,
        of_year=year_record(file, prepared) if for_year else None,
    )


def _refused(
    file: RecordFile, prepared: Prepared, fault: Diagnostic | None, settings: Settings
) -> Result:
    """Remove the documents of a record that has errors, or whose report has a fault."""
    errors = tuple(each for each in prepared.diagnostics if each.severity is Severity.ERROR)
    remarks = len(prepared.diagnostics) - len(errors)
    if fault is not None:
        errors = (*errors, fault)
    gone = not settings.keep_last and withdraw(settings.out / file.year, names_of(file))
    return Result(
        file=file,
        document=None,
        withdrawn=gone,
        errors=errors,
        remarks=remarks,
        texts=_quoted(prepared, errors),
    )


def year_record_of(file: RecordFile, settings: Settings) -> YearRecord | None:
    """Return what a summary needs of a record whose documents stand as they are."""
    return year_record(
        file, prepare(read_inputs(file), workshop_of(settings).typesetter.fonts.missing)
    )


def _quoted(prepared: Prepared, found: tuple[Diagnostic, ...]) -> dict[str, str]:
    return {name: prepared.texts[name] for name in files_of(found) if name in prepared.texts}
