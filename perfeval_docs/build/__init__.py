"""The journey of a build: which stages run, in order, from records to reports that read back."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from perfeval_docs.build.output import withdraw, write_files
from perfeval_docs.build.records import RecordFile, find_records, record_file
from perfeval_docs.build.reports import Report, Workshop, make_report, open_workshop, unprinted
from perfeval_docs.build.stages import Prepared, prepare
from perfeval_docs.diagnostic import Diagnostic, in_order
from perfeval_docs.settings import Settings
from perfeval_docs.typeset import Substitution

__all__ = ["Outcome", "Prepared", "RecordFile", "build", "prepare", "record_file"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What a build did.

    `withdrawn` are the refused records whose reports of an earlier build were removed, so
    that nothing in the output contradicts its record; `texts` are the files quoted.
    """

    built: tuple[RecordFile, ...]
    refused: tuple[RecordFile, ...]
    withdrawn: tuple[RecordFile, ...]
    diagnostics: tuple[Diagnostic, ...]
    texts: Mapping[str, str]
    substitutions: tuple[Substitution, ...]
    unprinted: tuple[str, ...]


def build(settings: Settings, on_record: Callable[[int, int], None]) -> Outcome:
    """Build the reports of every record that a run asks for, the faulty ones refused.

    `on_record(done, all)` is called after each. Raises `UsageError`, `EnvironmentFailure`
    and `TemplateFault`; a fault in a record is a diagnostic and spares the others.
    """
    files = find_records(settings)
    workshop = open_workshop(settings)
    built, refused, withdrawn = [], [], []
    diagnostics: list[Diagnostic] = []
    texts: dict[str, str] = {}
    substitutions: dict[Substitution, None] = {}
    for number, file in enumerate(files, 1):
        prepared = prepare(file, workshop.typesetter.fonts.missing)
        report = _report(prepared, workshop, settings)
        diagnostics += prepared.diagnostics
        if isinstance(report, Report):
            _write(file, report, settings)
            built.append(file)
            substitutions |= dict.fromkeys(report.substitutions)
        else:
            diagnostics += report
            refused.append(file)
            if withdraw(_folder(file, settings), _names(file)):
                withdrawn.append(file)
        if prepared.diagnostics or file in refused:
            texts |= prepared.texts
        on_record(number, len(files))
    return Outcome(
        built=tuple(built),
        refused=tuple(refused),
        withdrawn=tuple(withdrawn),
        diagnostics=in_order(diagnostics),
        texts=texts,
        substitutions=tuple(substitutions),
        unprinted=unprinted(workshop.template),
    )
