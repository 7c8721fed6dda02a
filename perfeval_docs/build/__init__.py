"""The journey of a build: which stages run, in order, from records to reports that read back."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from perfeval_docs.build.checking import Checked, check
from perfeval_docs.build.output import withdraw, write_files
from perfeval_docs.build.records import RecordFile, find_records, record_file
from perfeval_docs.build.reports import Report, Workshop, make_report, open_workshop, unprinted
from perfeval_docs.build.stages import Inputs, Prepared, prepare, read_inputs
from perfeval_docs.build.summaries import open_year_templates
from perfeval_docs.build.years import YearOutcome, YearRecord, build_year, year_record
from perfeval_docs.diagnostic import Diagnostic, Message, in_order
from perfeval_docs.settings import Settings
from perfeval_docs.typeset import Substitution

__all__ = [
    "Checked",
    "Inputs",
    "Outcome",
    "Prepared",
    "RecordFile",
    "build",
    "check",
    "prepare",
    "read_inputs",
    "record_file",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What a build did.

    `withdrawn` are the refused records whose reports of an earlier build were removed, so
    that nothing in the output contradicts its record; `texts` are the files quoted; `years` are
    those whose summary was built, `notes` what people should know of it.
    """

    built: tuple[RecordFile, ...]
    refused: tuple[RecordFile, ...]
    withdrawn: tuple[RecordFile, ...]
    diagnostics: tuple[Diagnostic, ...]
    texts: Mapping[str, str]
    substitutions: tuple[Substitution, ...]
    unprinted: tuple[str, ...]
    years: tuple[str, ...]
    notes: tuple[Message, ...]


def build(settings: Settings, on_record: Callable[[int, int], None]) -> Outcome:
    """Build the reports of every record that a run asks for, the faulty ones refused.

    `on_record(done, all)` is called after each. Raises `UsageError`, `MachineError`
    and `FaultyTemplateError`; a fault in a record is a diagnostic and spares the others.
    """
    files = find_records(settings)
    workshop = open_workshop(settings)
    results = []
    for number, file in enumerate(files, 1):
        results.append(_build_one(file, workshop, settings))
        on_record(number, len(files))
    years = {} if settings.only else _build_years(results, workshop, settings)
    return _outcome(results, unprinted(workshop.template), years)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Result:
    """What became of one record; its report's bytes are on disk by now."""

    file: RecordFile
    built: bool
    withdrawn: bool = False
    diagnostics: tuple[Diagnostic, ...]
    texts: Mapping[str, str]
    substitutions: tuple[Substitution, ...] = ()
    of_year: YearRecord | None = None


def _build_years(
    results: Sequence[_Result], workshop: Workshop, settings: Settings
) -> dict[str, YearOutcome]:
    """Build the summary of each year whose records were all asked for."""
    templates = open_year_templates(settings.template.parent)
    if templates is None:
        return {}
    return {
        year: build_year(
            year,
            [each.of_year for each in group],
            templates=templates,
            workshop=workshop,
            settings=settings,
        )
        for year, group in groupby(results, key=lambda each: each.file.year)
    }


def _build_one(file: RecordFile, workshop: Workshop, settings: Settings) -> _Result:
    prepared = prepare(read_inputs(file), workshop.typesetter.fonts.missing)
    made = None if prepared.view is None else make_report(prepared, workshop, settings.epoch)
    folder = settings.out / file.year / "reports"
    names = (f"{file.stem}.docx", f"{file.stem}.pdf")
    if isinstance(made, Report):
        write_files(folder, dict(zip(names, (made.docx, made.pdf), strict=True)))
        return _Result(
            file=file,
            built=True,
            diagnostics=prepared.diagnostics,
            texts=prepared.texts if prepared.diagnostics else {},
            substitutions=made.substitutions,
            of_year=year_record(file, prepared),
        )
    return _Result(
        file=file,
        built=False,
        withdrawn=withdraw(folder, names),
        diagnostics=prepared.diagnostics if made is None else (*prepared.diagnostics, made),
        texts=prepared.texts,
    )


def _outcome(
    results: Sequence[_Result], unprinted: tuple[str, ...], years: Mapping[str, YearOutcome]
) -> Outcome:
    every: tuple[_Result | YearOutcome, ...] = (*results, *years.values())
    return Outcome(
        built=tuple(r.file for r in results if r.built),
        refused=tuple(r.file for r in results if not r.built),
        withdrawn=tuple(r.file for r in results if r.withdrawn),
        diagnostics=in_order(d for each in every for d in each.diagnostics),
        texts={name: text for each in every for name, text in each.texts.items()},
        substitutions=tuple(dict.fromkeys(s for each in every for s in each.substitutions)),
        unprinted=unprinted,
        years=tuple(year for year, each in years.items() if each.files),
        notes=tuple(note for each in years.values() for note in each.notes),
    )
