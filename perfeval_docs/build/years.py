"""From all records of a year to its summary, with what is made apart from it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from perfeval_docs.build.manifest import Document, File, of_bytes, read_made
from perfeval_docs.build.pieces import Standing
from perfeval_docs.build.places import WORKBOOK, names_of, withdraw_year
from perfeval_docs.build.reckoned import Year, YearRecord, reckon
from perfeval_docs.build.reports import Workshop
from perfeval_docs.checking.beside import Beside
from perfeval_docs.checking.stages import judge_year, read_texts
from perfeval_docs.diagnostic import Diagnostic, Message, files_of, has_error, in_order, msg
from perfeval_docs.fonts import Substitution
from perfeval_docs.output import write_changed
from perfeval_docs.record import YearWords
from perfeval_docs.settings import Settings

if TYPE_CHECKING:
    from perfeval_docs.build.summaries import YearDocuments
    from perfeval_docs.build.volumes import Volume

# Starting a process costs as much as a summary of this many forms gains by it.
_MANY: Final = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class YearOutcome:
    """What became of a year's summary; `files` are by their names in the year's folder.

    There are none where there is no summary. `others` are those of the year reckoned up. `pieces`
    are the pages of projects and the volumes, by the first of their files' names, and `pieces_why`
    tells of each file why it was made.
    """

    files: Mapping[str, bytes]
    others: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    pieces: Mapping[str, Document] = field(default_factory=lambda: MappingProxyType({}))
    pieces_why: Mapping[str, tuple[str, ...]] = field(default_factory=lambda: MappingProxyType({}))
    diagnostics: tuple[Diagnostic, ...] = ()
    texts: Mapping[str, str]
    substitutions: tuple[Substitution, ...] = ()
    notes: tuple[Message, ...] = ()


def build_year(
    year: str,
    known: Sequence[YearRecord],
    pieces: Standing,
    *,
    workshop: Workshop,
    settings: Settings,
    on_volume: Callable[[int, int], None],
) -> YearOutcome:
    """Build the summary of a year from all of its records, unless the year itself is faulty.

    Of the pages of projects and the volumes, those are made that do not stand as they must be;
    `on_volume(done, all)` is called before they are waited for, and after each that is made.
    """
    # What draws and writes a summary is loaded only where one is built.
    from perfeval_docs.build.pages import project_pages  # noqa: PLC0415
    from perfeval_docs.build.volumes import begin_volumes, volumes_of  # noqa: PLC0415

    words, found = judge_year(settings.data / year, [each.entry for each in known])
    texts = read_texts(files_of(found))
    if has_error(found):
        told = msg("no summary of {year}: see the errors of the year", year=year)
        return _none(year, settings, found, texts, (told,))
    reckoned = reckon(year, known, words or YearWords(), settings)
    pages = project_pages(reckoned, pieces.forms, pieces.shared)
    why = {stem: pieces.why(page) for stem, page in pages.items()}
    parts, folder = volumes_of(reckoned), settings.out / year
    made_pages = dict[str, File]()

    def keep_pages(some: Mapping[str, bytes]) -> None:
        write_changed(folder, some)
        made_pages.update({name: of_bytes(page) for name, page in some.items()})

    with beside_year(known, settings) as beside:
        # What takes longest comes first.
        workbook = begin_workbook(reckoned, found, settings, beside)
        begun = begin_volumes(year, parts, pieces, settings, beside, on_volume)
        made = year_documents(
            reckoned, workshop=workshop, volumes=parts,
            forms=[] if parts else _forms(year, known, pieces.forms, settings),
            pages=[stem for stem in pages if why[stem]], on_pages=keep_pages, settings=settings,
            beside=beside,
        )  # fmt: skip
        volumes = begun()
        files = {**made.files, WORKBOOK: workbook()}
    write_changed(folder, files)
    of_projects = {name for page in pages.values() for name in page.names}
    withdraw_year(year, settings, but={*files, *volumes.why, *of_projects})
    return YearOutcome(
        files=files,
        others=reckoned.others,
        pieces={
            **volumes.documents,
            **{
                page.names[0]: Document(
                    inputs=page.inputs,
                    others=page.others,
                    files={name: made_pages[name] for name in page.names},
                )
                if why[stem]
                else pieces.documents[page.names[0]]
                for stem, page in pages.items()
            },
        },
        pieces_why={
            **volumes.why,
            **{name: why[stem] for stem, page in pages.items() for name in page.names},
        },
        diagnostics=found,
        texts=texts,
        substitutions=(*made.substitutions, *volumes.substitutions),
        notes=(*reckoned.notes, *made.notes, *volumes.notes),
    )


def beside_year(known: Sequence[YearRecord], settings: Settings) -> Beside:
    """Return the processes beside this one by which a summary of so many forms gains."""
    return Beside(settings.workers if len(known) >= _MANY else 1)


def begin_workbook(
    year: Year, found: Sequence[Diagnostic], settings: Settings, beside: Beside
) -> Callable[[], bytes]:
    """Begin the workbook of a year, in which `found` is what is wrong with the year itself.

    What is returned gives it, once. One that leaves the house has no sheet of findings.
    """
    findings = None if settings.public else _findings(found, year.known, settings)
    return _workbook(year, findings, beside)


def year_documents(  # noqa: PLR0913  # as `make_documents`
    year: Year,
    *,
    workshop: Workshop | None,
    volumes: Sequence[Volume],
    forms: Sequence[bytes],
    pages: Collection[str],
    on_pages: Callable[[Mapping[str, bytes]], None],
    settings: Settings,
    beside: Beside,
) -> YearDocuments:
    """Make the documents of a year but for its workbook and its volumes.

    Its forms stand behind the summary or in these volumes; `pages` are the stems of the projects
    whose pages are made, and given to `on_pages`. Without a workshop there is no PDF. What need
    not wait is done beside.
    """
    from perfeval_docs.build.summaries import make_documents, open_year_templates  # noqa: PLC0415  # as above

    return make_documents(
        year.summary, year.change, year.words, year.profile, year.profiles,
        templates=open_year_templates(settings.template.parent), workshop=workshop,
        forms=forms, volumes=volumes, pages=pages, on_pages=on_pages,
        properties=year.properties, beside=beside,
    )  # fmt: skip


def year_workbook(
    year: str, known: Sequence[YearRecord], words: YearWords, settings: Settings
) -> bytes:
    """Make the workbook of a year alone, without what a check found."""
    reckoned = reckon(year, known, words, settings)
    with Beside(1) as here:
        return _workbook(reckoned, None, here)()


def _workbook(
    year: Year, findings: Sequence[Diagnostic] | None, beside: Beside
) -> Callable[[], bytes]:
    from perfeval_docs.build.summaries import make_workbook  # noqa: PLC0415  # as above

    return make_workbook(
        year.summary, year.change, findings, year.profile,
        carried=[each.carried for each in year.known], properties=year.properties, beside=beside,
    )  # fmt: skip


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


def _findings(
    of_year: Sequence[Diagnostic], known: Sequence[YearRecord], settings: Settings
) -> tuple[Diagnostic, ...]:
    """Return all findings, with files as the data folder names them, wherever it is."""
    folder = f"{settings.data.as_posix()}/"

    def named(each: Diagnostic) -> Diagnostic:
        return replace(each, span=replace(each.span, file=each.span.file.removeprefix(folder)))

    every = (*of_year, *(found for each in known for found in each.diagnostics))
    return in_order(map(named, every))


def _forms(
    year: str,
    known: Sequence[YearRecord],
    documents: Mapping[str, Document],
    settings: Settings,
) -> list[bytes]:
    names = ((each.file.stem, names_of(each.file)[0]) for each in known)
    folder = settings.out / year
    return [read_made(folder, name, documents[stem].files[name]) for stem, name in names]
