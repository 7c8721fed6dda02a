"""From a view to a Word file and a PDF that both read back as it says."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import UTC, datetime, time
from pathlib import Path
from typing import Final

from perfeval_docs.build.carrying import attachment
from perfeval_docs.build.parts import fonts_at_hand
from perfeval_docs.carried import NAMESPACE
from perfeval_docs.checking.stages import Prepared
from perfeval_docs.diagnostic import Diagnostic, Severity, Span, msg
from perfeval_docs.fonts import Substitution
from perfeval_docs.grid import Blocks, Difference, first_difference, without_space
from perfeval_docs.ooxml import DocumentProperties, open_package
from perfeval_docs.record import Record
from perfeval_docs.typeset import Typesetter, read_pdf
from perfeval_docs.view import (
    FormView,
    FundsRowView,
    GoalView,
    IndicatorView,
    Level1View,
    Level2View,
    compose,
)
from perfeval_docs.word import Template, compile_template, read_docx

VOCABULARY: Final = frozenset(field.name for field in fields(FormView))
_SHOWN: Final = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class Workshop:
    """What is made once and used for every record: the compiled template and the typesetter."""

    template: Template
    typesetter: Typesetter


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """The two files of one record, and which faces of the template others stood in for."""

    docx: bytes
    pdf: bytes
    substitutions: tuple[Substitution, ...]


def open_workshop(
    file: str,
    template: bytes,
    font_folders: tuple[Path, ...],
    system_fonts: bool,  # noqa: FBT001  # callers keep what it returns by its arguments
) -> Workshop:
    """Compile a template and load the fonts; `file` names the template in failures.

    Raises `FaultyTemplateError` for a faulty template and `MachineError` where fonts
    cannot be read.
    """
    fonts = fonts_at_hand(font_folders, system=system_fonts)
    compiled = compile_template(template, file=file, vocabulary=VOCABULARY, carries=NAMESPACE)
    return Workshop(template=compiled, typesetter=Typesetter(fonts))


def unprinted(template: Template) -> tuple[str, ...]:
    """Return the values of a form that no tag of the template mentions."""
    return tuple(name for name in _leaves() if name not in template.names)


def form_view(prepared: Prepared) -> FormView | None:
    """Return what the form of a record prints, None if an error stops it."""
    if prepared.form is None or not prepared.is_sound:
        return None
    return compose(prepared.form.record, prepared.form.assessment, prepared.form.profile)


def make_report(
    prepared: Prepared, workshop: Workshop, epoch: datetime | None, carried: bytes
) -> Report | Diagnostic:
    """Return the report of one record, as `make_reports` does."""
    (report,) = make_reports([(prepared, carried)], workshop, epoch)
    return report


def make_reports(
    records: Sequence[tuple[Prepared, bytes]], workshop: Workshop, epoch: datetime | None
) -> list[Report | Diagnostic]:
    """Fill, typeset, and read both back; a difference is a fault of the report, not of the data.

    With each record stands its XML, which goes along in both files. All records go through a
    stage before the next one begins, so that its code and data stay in the processor's cache.

    Raises `FaultyTemplateError` for what cannot be filled or typeset.
    """
    drafts = [_drafted(prepared, workshop, epoch, carried) for prepared, carried in records]
    file = workshop.template.file
    pdfs = [
        b"" if isinstance(each, Diagnostic) else workshop.typesetter.pdf(each.source, file=file)
        for each in drafts
    ]
    return [
        each if isinstance(each, Diagnostic) else _read_back(prepared, each, pdf)
        for (prepared, _), each, pdf in zip(records, drafts, pdfs, strict=True)
    ]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Draft:
    """What the files of a record must say, its Word file, which does, and what Typst compiles."""

    expected: Blocks
    docx: bytes
    source: str
    substitutions: tuple[Substitution, ...]


def _drafted(
    prepared: Prepared, workshop: Workshop, epoch: datetime | None, carried: bytes
) -> _Draft | Diagnostic:
    properties, expected, docx = filled(prepared, workshop, epoch, carried)
    package = open_package(docx)
    if difference := first_difference(expected, read_docx(package), normal=str):
        return _differs(prepared, "Word", difference)
    source, substitutions = workshop.typesetter.source(
        package,
        title=properties.title,
        author=properties.author,
        date=properties.date,
        file=workshop.template.file,
        attachment=attachment(carried),
    )
    return _Draft(expected=expected, docx=docx, source=source, substitutions=substitutions)


def _read_back(prepared: Prepared, draft: _Draft, pdf: bytes) -> Report | Diagnostic:
    if difference := first_difference(draft.expected, read_pdf(pdf), normal=without_space):
        return _differs(prepared, "PDF", difference)
    return Report(docx=draft.docx, pdf=pdf, substitutions=draft.substitutions)


def filled(
    prepared: Prepared, workshop: Workshop, epoch: datetime | None, carried: bytes
) -> tuple[DocumentProperties, Blocks, bytes]:
    """Return what both files of a sound record say of themselves and in themselves; the Word file.

    Raises `FaultyTemplateError` for what cannot be filled.
    """
    view, record = form_view(prepared), prepared.record
    if view is None or record is None:
        raise ValueError("only a record without faults is made into a report")
    values = {field.name: getattr(view, field.name) for field in fields(view)}
    properties = report_properties(view, record, epoch)
    expected = workshop.template.expected(values)
    return properties, expected, workshop.template.fill(values, properties, carried)


def report_properties(view: FormView, record: Record, epoch: datetime | None) -> DocumentProperties:
    """Date a document by its data: the date of issue, else the epoch, else the year's last day."""
    if record.date_of_issue is not None:
        date = datetime.combine(record.date_of_issue, time(), UTC)
    else:
        date = epoch or datetime(record.fiscal_year, 12, 31, tzinfo=UTC)
    return DocumentProperties(
        title=f"{view.title}：{view.project}（{view.fiscal_year}）",
        author=view.implementing_unit,
        date=date,
    )


def _differs(prepared: Prepared, kind: str, difference: Difference) -> Diagnostic:
    return Diagnostic(
        code="PE902",
        name="read-back-differs",
        severity=Severity.ERROR,
        span=Span(prepared.source.file, 1, 1, 1, 1),
        message=msg(
            "the {kind} file does not say what the record says: {place} should be “{expected}” "
            "and is “{found}”",
            kind=kind,
            place=difference.place,
            expected=_shortened(difference.expected),
            found=_shortened(difference.found),
        ),
        help=msg("nothing was written for this record; look at the template at that place"),
    )


def _shortened(text: str) -> str:
    return text if len(text) <= _SHOWN else text[: _SHOWN - 1] + "…"


def _leaves() -> tuple[str, ...]:
    """Return the names of a form's texts; the year stands in its line, groups hold no text."""
    groups = (FormView, FundsRowView, GoalView, Level1View, Level2View, IndicatorView)
    left_out = {"fiscal_year", "funds", "goal", "levels", "groups", "indicators"}
    names = (field.name for group in groups for field in fields(group))
    return tuple(dict.fromkeys(name for name in names if name not in left_out))
