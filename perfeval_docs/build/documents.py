"""Make the documents of one record, in this process or in a worker of several."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from perfeval_docs.build.carrying import carried_xml
from perfeval_docs.build.manifest import Document, of_bytes
from perfeval_docs.build.parts import parts_of
from perfeval_docs.build.places import names_of
from perfeval_docs.build.reports import Report, Workshop, make_report, open_workshop
from perfeval_docs.build.years import YearRecord, year_record
from perfeval_docs.checking.files import read_bytes
from perfeval_docs.checking.records import RecordFile
from perfeval_docs.checking.stages import Prepared, own_profiles, prepare, read_inputs
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


def build_one(
    file: RecordFile, settings: Settings, shared: Mapping[str, str], *, for_year: bool
) -> Result:
    """Build the documents of a record, or refuse it and remove those of an earlier build.

    `for_year` asks for what a summary needs.
    """
    workshop = workshop_of(settings)
    inputs = read_inputs(file)
    prepared = prepare(inputs, workshop.typesetter.fonts.missing)
    report = None
    if prepared.is_sound:
        carried = carried_xml(file, prepared)
        report = make_report(prepared, workshop, settings.epoch, carried)
    folder, names = settings.out / file.year, names_of(file)
    found = tuple(each for each in prepared.diagnostics if each.severity is Severity.ERROR)
    remarks = len(prepared.diagnostics) - len(found)
    if not isinstance(report, Report):
        found = found if report is None else (*found, report)
        return Result(
            file=file,
            document=None,
            withdrawn=not settings.keep_last and withdraw(folder, names),
            errors=found,
            remarks=remarks,
            texts=_quoted(prepared, found),
        )
    files = dict(zip(names, (report.docx, report.pdf), strict=True))
    write_files(folder, files)
    return Result(
        file=file,
        document=Document(
            inputs=parts_of(file, inputs.data, inputs.defaults, shared),
            others=own_profiles(inputs, prepared),
            files={name: of_bytes(data) for name, data in files.items()},
            remarks=remarks,
        ),
        remarks=remarks,
        texts={},
        substitutions=report.substitutions,
        of_year=year_record(file, prepared) if for_year else None,
    )


def year_record_of(file: RecordFile, settings: Settings) -> YearRecord | None:
    """Return what a summary needs of a record whose documents stand as they are."""
    return year_record(
        file, prepare(read_inputs(file), workshop_of(settings).typesetter.fonts.missing)
    )


def _quoted(prepared: Prepared, found: tuple[Diagnostic, ...]) -> dict[str, str]:
    return {name: prepared.texts[name] for name in files_of(found) if name in prepared.texts}
