"""The journey of a year: its records' results, its words, last year's, to one summary."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, time
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from perfeval_docs.build.carrying import carried_xml
from perfeval_docs.build.manifest import Document, of_bytes
from perfeval_docs.build.pieces import Standing
from perfeval_docs.build.places import volume_names, withdraw_year
from perfeval_docs.build.reports import Workshop
from perfeval_docs.checking.files import read_bytes
from perfeval_docs.checking.records import RecordFile, find_records
from perfeval_docs.checking.stages import (
    Prepared,
    judge_year,
    own_profiles,
    prepare,
    read_inputs,
    read_texts,
)
from perfeval_docs.checking.workers import Beside
from perfeval_docs.diagnostic import Diagnostic, Message, files_of, has_error, in_order, msg
from perfeval_docs.errors import MachineError, UsageError
from perfeval_docs.fonts import Substitution
from perfeval_docs.ooxml import DocumentProperties
from perfeval_docs.output import write_changed
from perfeval_docs.profile import Profile, load_profile
from perfeval_docs.record import YearWords
from perfeval_docs.rules import YearEntry, year_entry
from perfeval_docs.settings import Settings
from perfeval_docs.summary import AnnualSummary, ProjectResult, YearChange, compare, summarise

if TYPE_CHECKING:
    from perfeval_docs.build.summaries import YearDocuments

# Starting a process costs as much as a summary of this many forms gains by it.
_MANY: Final = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class YearRecord:
    """What a summary needs of one record that was prepared without an error.

    `carried` is the XML that its documents carry.
    """

    file: RecordFile
    result: ProjectResult
    entry: YearEntry
    diagnostics: tuple[Diagnostic, ...]
    carried: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Year:
    """A year reckoned up: the profile that it is summed up by, among those of its records.

    `change` holds it against the year before; `notes` are what people should know of that, and
    `others` the digests of the profiles of their own that its records were judged by, by file.
    """

    name: str
    known: Sequence[YearRecord]
    words: YearWords
    profiles: Mapping[str, Profile]
    profile: Profile
    summary: AnnualSummary
    change: YearChange | None
    properties: DocumentProperties
    notes: tuple[Message, ...]
    others: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class YearOutcome:
    """What became of a year's summary; `files` are by their names in the year's folder.

    `year` is None where there is no summary. `pieces` are the pages of projects, by the first of
    their files' names, and `pieces_why` tells of each page why it was made.
    """

    files: Mapping[str, bytes]
    year: Year | None = None
    pieces: Mapping[str, Document] = field(default_factory=lambda: MappingProxyType({}))
    pieces_why: Mapping[str, tuple[str, ...]] = field(default_factory=lambda: MappingProxyType({}))
    diagnostics: tuple[Diagnostic, ...] = ()
    texts: Mapping[str, str]
    substitutions: tuple[Substitution, ...] = ()
    notes: tuple[Message, ...] = ()


def year_record(file: RecordFile, prepared: Prepared) -> YearRecord | None:
    """Return what a summary needs of a record, None if an error stops it."""
    form = prepared.form
    if form is None or not prepared.is_sound:
        return None
    result = ProjectResult(stem=file.stem, record=form.record, assessment=form.assessment)
    return YearRecord(
        file=file,
        result=result,
        entry=year_entry(form),
        diagnostics=prepared.diagnostics,
        carried=carried_xml(file, prepared),
    )


def build_year(
    year: str,
    known: Sequence[YearRecord],
    pieces: Standing,
    *,
    workshop: Workshop,
    settings: Settings,
) -> YearOutcome:
    """Build the summary of a year from all of its records, unless the year itself is faulty.

    Of the pages of projects, those are made that do not stand as they must be.
    """
    from perfeval_docs.build.pages import project_pages  # noqa: PLC0415  # as below

    words, found = judge_year(settings.data / year, [each.entry for each in known])
    texts = read_texts(files_of(found))
    if has_error(found):
        told = msg("no summary of {year}: see the errors of the year", year=year)
        return _none(year, settings, found, texts, (told,))
    reckoned = reckon(year, known, words or YearWords(), settings)
    pages = project_pages(reckoned, pieces.forms, pieces.shared)
    why = {stem: pieces.why(page) for stem, page in pages.items()}
    made = year_documents(
        reckoned, found, workshop=workshop, forms=_forms(year, known, settings),
        pages=[stem for stem in pages if why[stem]], settings=settings,
    )  # fmt: skip
    write_changed(settings.out / year, made.files)
    volumes = (name for names in volume_names(len(known)) for name in names)
    of_projects = {name for page in pages.values() for name in page.names}
    withdraw_year(year, settings, but={*made.files, *volumes, *of_projects})
    return YearOutcome(
        files={name: data for name, data in made.files.items() if name not in of_projects},
        year=reckoned,
        pieces={
            page.names[0]: Document(
                inputs=page.inputs,
                others=page.others,
                files={name: of_bytes(made.files[name]) for name in page.names},
            )
            if why[stem]
            else pieces.documents[page.names[0]]
            for stem, page in pages.items()
        },
        pieces_why={name: why[stem] for stem, page in pages.items() for name in page.names},
        diagnostics=found,
        texts=texts,
        substitutions=made.substitutions,
        notes=(*reckoned.notes, *made.notes),
    )


def reckon(year: str, known: Sequence[YearRecord], words: YearWords, settings: Settings) -> Year:
    """Reckon up a year from all of its records; it is summed up by the profile of the first."""
    profiles = _profiles(known, settings)
    profile = profiles[known[0].result.record.profile]
    summary = summarise(int(year), [each.result for each in known], profile)
    change, notes, others = _change(summary, profile, settings)
    return Year(
        name=year,
        known=known,
        words=words,
        profiles=profiles,
        profile=profile,
        summary=summary,
        change=change,
        properties=_properties(summary, words, settings),
        notes=notes,
        others=others,
    )


def year_documents(
    year: Year,
    found: Sequence[Diagnostic],
    *,
    workshop: Workshop | None,
    forms: Sequence[bytes],
    pages: Collection[str],
    settings: Settings,
) -> YearDocuments:
    """Make the documents of a year, with these forms behind the summary if they are few.

    `found` is what is wrong with the year itself; `pages` are the stems of the projects whose
    pages are made. Without a workshop there is no PDF.
    """
    # What draws and writes a summary is loaded only where one is built.
    from perfeval_docs.build.summaries import make_documents, open_year_templates  # noqa: PLC0415

    known = year.known
    findings = None if settings.public else _findings(found, known, settings)
    volumes = volume_names(len(known))
    with Beside(settings.workers if len(known) >= _MANY else 1) as beside:
        return make_documents(
            year.summary, year.change, year.words, findings, year.profile, year.profiles,
            templates=open_year_templates(settings.template.parent), workshop=workshop,
            forms=() if volumes else forms, volumes=volumes,
            pages=pages, carried=[each.carried for each in known],
            properties=year.properties, beside=beside,
        )  # fmt: skip


def year_workbook(
    year: str, known: Sequence[YearRecord], words: YearWords, settings: Settings
) -> bytes:
    """Make the workbook of a year alone, without what a check found."""
    from perfeval_docs.build.summaries import make_workbook  # noqa: PLC0415  # as above

    reckoned = reckon(year, known, words, settings)
    with Beside(1) as here:
        return make_workbook(
            reckoned.summary, reckoned.change, None, reckoned.profile,
            carried=[each.carried for each in known], properties=reckoned.properties, beside=here,
        )()  # fmt: skip


def refuse_year(year: str, refused: int, settings: Settings) -> YearOutcome:
    """Leave a year without a summary, since so many of its records have errors.

    A summary of some of the records would be wrong in every figure; that of an earlier build
    is removed.
    """
    told = msg(
        "no summary of {year}: {count} of its records have errors", year=year, count=str(refused)
    )
    return _none(year, settings, notes=(told,))


def _none(
    year: str,
    settings: Settings,
    found: tuple[Diagnostic, ...] = (),
    texts: Mapping[str, str] | None = None,
    notes: tuple[Message, ...] = (),
) -> YearOutcome:
    if not settings.keep_last:
        withdraw_year(year, settings)
    return YearOutcome(
        files={},
        diagnostics=found,
        texts=texts or {},
        notes=notes,
    )


def _change(
    summary: AnnualSummary, profile: Profile, settings: Settings
) -> tuple[YearChange | None, tuple[Message, ...], Mapping[str, str]]:
    """Hold the year against the one before, if there are records of it without errors.

    Returns what people should know, too, and the digests of its records' own profiles by file.
    """
    before = str(summary.fiscal_year - 1)
    try:
        files = find_records(_of_year(settings, summary.fiscal_year - 1))
    except UsageError:
        return None, (), {}
    known, others = list[YearRecord](), dict[str, str]()
    for file in files:
        inputs = read_inputs(file)
        prepared = prepare(inputs, lambda _: ())
        others |= own_profiles(inputs, prepared)
        if (each := year_record(file, prepared)) is not None:
            known.append(each)
    if len(known) != len(files):
        told = msg(
            "no comparison with {year}: {count} of its records have errors",
            year=before,
            count=str(len(files) - len(known)),
        )
        return None, (told,), others
    earlier = summarise(summary.fiscal_year - 1, [each.result for each in known], profile)
    return compare(summary, earlier), (), others


def _of_year(settings: Settings, year: int) -> Settings:
    return Settings(data=settings.data, out=settings.out, template=settings.template, year=year)


def _profiles(known: Sequence[YearRecord], settings: Settings) -> dict[str, Profile]:
    """Return the profiles of a year's records, which were sound when the records were read."""
    profiles = {}
    for name in dict.fromkeys(each.result.record.profile for each in known):
        profile = load_profile(name, settings.data).value
        if profile is None:
            raise MachineError(msg("{file} changed during the build", file=name))
        profiles[name] = profile
    return profiles


def _findings(
    of_year: Sequence[Diagnostic], known: Sequence[YearRecord], settings: Settings
) -> tuple[Diagnostic, ...]:
    """Return all findings, with files as the data folder names them, wherever it is."""
    folder = f"{settings.data.as_posix()}/"

    def named(each: Diagnostic) -> Diagnostic:
        return replace(each, span=replace(each.span, file=each.span.file.removeprefix(folder)))

    every = (*of_year, *(found for each in known for found in each.diagnostics))
    return in_order(map(named, every))


def _forms(year: str, known: Sequence[YearRecord], settings: Settings) -> list[bytes]:
    if volume_names(len(known)):
        return []
    folder = settings.out / year / "reports"
    return [read_bytes(folder / f"{each.file.stem}.docx") for each in known]


def _properties(summary: AnnualSummary, words: YearWords, settings: Settings) -> DocumentProperties:
    """Date the summary by its own date of issue, else as its forms are dated."""
    first = summary.projects[0].record
    day = words.date_of_issue or first.date_of_issue
    if day is not None:
        date = datetime.combine(day, time(), UTC)
    else:
        date = settings.epoch or datetime(summary.fiscal_year, 12, 31, tzinfo=UTC)
    return DocumentProperties(
        title=f"{summary.fiscal_year}年度项目支出绩效自评工作总结",
        author=words.competent_department or first.competent_department,
        date=date,
    )
