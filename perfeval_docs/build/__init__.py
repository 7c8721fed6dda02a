"""The journey of a build: which stages run, in order, from records to reports that read back."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING, Final

from perfeval_docs.build.begun import Begun, keep_begun, key_of, read_begun
from perfeval_docs.build.manifest import Document, Manifest, read_manifest, write_manifest
from perfeval_docs.build.parts import fonts_at_hand, parts_of, shared_parts
from perfeval_docs.build.places import ANNEX, has_summary, names_of
from perfeval_docs.build.summary_step import YearStep, summary_step
from perfeval_docs.build.unprinted import values_left_out
from perfeval_docs.build.vanished import prune, prune_unknown, prune_years
from perfeval_docs.checking.files import read_bytes
from perfeval_docs.checking.records import RecordFile, find_records
from perfeval_docs.diagnostic import Diagnostic, Message, in_order
from perfeval_docs.errors import PerfevalError
from perfeval_docs.fonts import Substitution
from perfeval_docs.output import building
from perfeval_docs.settings import Settings

if TYPE_CHECKING:
    from perfeval_docs.build.documents import Result

__all__ = ["Outcome", "build"]

_NEW: Final[tuple[str, ...]] = ("new",)


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What a build did.

    `built` are the records whose documents were made, `unchanged` those whose documents stood
    as they must be; `withdrawn` the refused or vanished ones whose documents of an earlier
    build were removed, so that nothing in the output contradicts the records. `why` tells of
    each document why it was made, by its name in the output (nothing for one that stood).
    `errors` quote `texts`, and `remarks` is how many warnings and remarks there are besides;
    `years` are those whose summary stands, `volumes` in how many its forms stand where they do not
    stand behind it, `notes` what people should know of it.
    """

    built: tuple[RecordFile, ...]
    unchanged: tuple[RecordFile, ...]
    refused: tuple[RecordFile, ...]
    withdrawn: tuple[str, ...]
    why: Mapping[str, tuple[str, ...]]
    errors: tuple[Diagnostic, ...]
    remarks: int
    texts: Mapping[str, str]
    substitutions: tuple[Substitution, ...]
    unprinted: tuple[str, ...]
    years: tuple[str, ...]
    volumes: Mapping[str, int]
    notes: tuple[Message, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Task:
    """A record, and why its documents are made: nothing if they stand as they must be."""

    file: RecordFile
    why: tuple[str, ...]
    stands: Document | None


def build(
    settings: Settings,
    on_record: Callable[[int, int], None],
    on_year: Callable[[str], None] = lambda _year: None,
    on_volume: Callable[[int, int], None] = lambda _done, _all: None,
) -> Outcome:
    """Build what changed of every record that a run asks for, the faulty ones refused.

    `on_record(done, all)` is called after each, `on_year` before each year's summary, and
    `on_volume(done, all)` before its volumes are waited for, and after each that is made. Raises
    `UsageError`, `MachineError` and `FaultyTemplateError`; a fault in a record is a diagnostic
    and spares the others.
    """
    files = find_records(settings)
    fonts = fonts_at_hand(settings.font_folders, system=settings.system_fonts)
    shared = shared_parts(settings, fonts.families)
    left_out = values_left_out(shared, settings)
    with building(settings.out):
        manifests = {year: read_manifest(settings.out / year) for year in _years(files)}
        tasks = list(_tasks(files, manifests, shared, settings))
        begun = read_begun(settings.out)
        if new := {key_of(task.file) for task in tasks if task.stands is None} - begun:
            keep_begun(settings.out, begun | new)
        results = list(_results(tasks, shared, settings, on_record))
        vanished = () if settings.only else tuple(prune(files, manifests, begun, settings))
        if not settings.only and settings.year is None:
            vanished = (*vanished, *prune_years(manifests, settings))
        pairs = zip(tasks, results, strict=True)
        groups = {year: list(each) for year, each in groupby(pairs, lambda p: p[0].file.year)}
        steps: dict[str, YearStep] = {}
        try:
            for year, group in groups.items():
                on_year(year)
                steps[year] = _finish_year(
                    year, group, manifests[year], shared, settings, on_volume
                )
        except PerfevalError:
            # The forms that were made are known to the next build, which may have to remove them.
            for year, group in groups.items():
                if year not in steps:
                    _finish_forms(year, group, manifests[year], settings)
            raise
        if begun and not settings.only:
            for year, step in steps.items():
                prune_unknown(year, step, settings)
        if begun or new:
            keep_begun(settings.out, _left(begun, files, manifests, settings))
    return _outcome(tasks, results, vanished, steps, left_out)


def _left(
    begun: Begun,
    files: Sequence[RecordFile],
    manifests: Mapping[str, Manifest],
    settings: Settings,
) -> Begun:
    """Return what earlier builds had begun that this one did not look at."""
    if settings.only:
        return begun - {*map(key_of, files)}
    return frozenset(pair for pair in begun if pair[0] not in manifests)


def _years(files: Sequence[RecordFile]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(file.year for file in files))


def _tasks(
    files: Sequence[RecordFile],
    manifests: Mapping[str, Manifest],
    shared: Mapping[str, str],
    settings: Settings,
) -> Iterator[_Task]:
    """Yield what is to be done; what the records of a folder share is read once."""
    for paths, group in groupby(files, key=lambda file: file.defaults):
        defaults = tuple(map(read_bytes, paths))
        for file in group:
            stands = manifests[file.year].documents.get(file.stem)
            why = _NEW
            if stands is not None and {*stands.files} == {*names_of(file)}:
                parts = parts_of(file, read_bytes(file.path), defaults, shared)
                why = stands.changes(parts, settings.out / file.year)
            yield _Task(file=file, why=why, stands=stands)


def _results(
    tasks: Sequence[_Task],
    shared: Mapping[str, str],
    settings: Settings,
    on_record: Callable[[int, int], None],
) -> Iterator[Result | None]:
    """Yield what became of each task, None where the documents stood."""
    files = [task.file for task in tasks if task.why]
    made: Iterator[Result] = iter(())
    if files:
        # What makes documents is loaded only where one is to be made.
        from perfeval_docs.build.making import make  # noqa: PLC0415

        for_year = not settings.only and has_summary(settings)
        made = make(files, shared, settings, for_year=for_year)
    for number, task in enumerate(tasks, 1):
        yield next(made) if task.why else None
        on_record(number, len(tasks))


def _finish_year(
    year: str,
    pairs: Sequence[tuple[_Task, Result | None]],
    manifest: Manifest,
    shared: Mapping[str, str],
    settings: Settings,
    on_volume: Callable[[int, int], None],
) -> YearStep:
    """Build a year's summary if something of it changed, and write the manifest, last."""
    if settings.only:
        return _finish_forms(year, pairs, manifest, settings)
    documents = _documents(pairs, manifest, settings)
    records = {task.file: None if result is None else result.of_year for task, result in pairs}
    refused = sum(result is not None and result.document is None for _, result in pairs)
    step = summary_step(
        year, records, documents, manifest, shared, settings, refused=refused, on_volume=on_volume
    )
    _write(year, documents, step, settings)
    return step


def _finish_forms(
    year: str,
    pairs: Sequence[tuple[_Task, Result | None]],
    manifest: Manifest,
    settings: Settings,
) -> YearStep:
    """Write the manifest of a year whose summary is left as it was."""
    step = YearStep(document=manifest.summary, pieces=manifest.pieces)
    _write(year, _documents(pairs, manifest, settings), step, settings)
    return step


def _documents(
    pairs: Sequence[tuple[_Task, Result | None]], manifest: Manifest, settings: Settings
) -> dict[str, Document]:
    """Return the documents that stand now, by stem."""
    documents = dict(manifest.documents) if settings.only else {}
    for task, result in pairs:
        document = task.stands if result is None else result.document
        if document is None and settings.keep_last:
            document = task.stands
        documents.pop(task.file.stem, None)
        if document is not None:
            documents[task.file.stem] = document
    return documents


def _write(
    year: str, documents: Mapping[str, Document], step: YearStep, settings: Settings
) -> None:
    write_manifest(
        settings.out / year,
        Manifest(
            documents=documents,
            summary=step.document,
            pieces=step.pieces,
            source=settings.source,
        ),
    )


def _outcome(
    tasks: Sequence[_Task],
    results: Sequence[Result | None],
    vanished: tuple[str, ...],
    steps: Mapping[str, YearStep],
    unprinted: tuple[str, ...],
) -> Outcome:
    made = [each for each in results if each is not None]
    stood = [task for task, each in zip(tasks, results, strict=True) if each is None]
    every: tuple[Result | YearStep, ...] = (*made, *steps.values())
    return Outcome(
        built=tuple(each.file for each in made if each.document is not None),
        unchanged=tuple(task.file for task in stood),
        refused=tuple(each.file for each in made if each.document is None),
        withdrawn=(*(f"{r.file.year}/{r.file.stem}" for r in made if r.withdrawn), *vanished),
        why=_why(tasks, steps),
        errors=in_order(d for each in every for d in each.errors),
        remarks=sum(each.remarks for each in every)
        + sum(task.stands.remarks for task in stood if task.stands is not None),
        texts={name: text for each in every for name, text in each.texts.items()},
        substitutions=tuple(dict.fromkeys(s for each in every for s in each.substitutions)),
        unprinted=unprinted,
        years=tuple(year for year, step in steps.items() if step.document is not None),
        volumes={year: count for year, step in steps.items() if (count := _volumes(step))},
        notes=tuple(note for step in steps.values() for note in step.notes),
    )


def _volumes(step: YearStep) -> int:
    return sum(name.startswith(f"{ANNEX}/") for name in step.pieces)


def _why(tasks: Sequence[_Task], steps: Mapping[str, YearStep]) -> dict[str, tuple[str, ...]]:
    why: dict[str, tuple[str, ...]] = {}
    for year, step in steps.items():
        for task in tasks:
            if task.file.year == year:
                why |= {f"{year}/{name}": task.why for name in names_of(task.file)}
        if step.document is not None:
            why |= {f"{year}/{name}": step.why for name in step.document.files}
        why |= {f"{year}/{name}": each for name, each in step.pieces_why.items()}
    return why
