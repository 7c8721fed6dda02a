"""A year reckoned up: its records' results, its words and last year's, to one summary."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time

from perfeval_docs.build.carrying import carried_xml
from perfeval_docs.checking.records import RecordFile, find_records
from perfeval_docs.checking.stages import Prepared, prepare, read_inputs
from perfeval_docs.diagnostic import Diagnostic, Message, msg
from perfeval_docs.errors import MachineError, UsageError
from perfeval_docs.ooxml import DocumentProperties
from perfeval_docs.profile import Profile, load_profile
from perfeval_docs.record import YearWords
from perfeval_docs.rules import YearEntry, year_entry
from perfeval_docs.settings import Settings
from perfeval_docs.summary import AnnualSummary, ProjectResult, YearChange, compare, summarise


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
        prepared = prepare(read_inputs(file), lambda _: ())
        others |= prepared.profiles
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
