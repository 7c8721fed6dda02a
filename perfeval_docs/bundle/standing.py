"""Whether a year's build stands complete: nothing refused, nothing changed, every byte right."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from perfeval_docs.build.manifest import Document, Manifest, of_bytes, read_manifest
from perfeval_docs.build.parts import parts_of, shared_parts
from perfeval_docs.build.places import NAMES, SITE, names_of, volume_names
from perfeval_docs.build.summary_step import summary_parts
from perfeval_docs.checking import RecordFile, read_inputs
from perfeval_docs.checking.files import read_bytes
from perfeval_docs.diagnostic import msg
from perfeval_docs.errors import MachineError
from perfeval_docs.settings import Settings
from perfeval_docs.site import page_names

NOT_BUILT: Final = "not built"
NO_RECORD: Final = "no record"
OUTSIDE: Final = "outside"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """Why a build is not complete: of which file, and what of it is not as it was built."""

    name: str
    why: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """The records of a year and what was built from them; complete without `reasons`."""

    year: str
    files: tuple[RecordFile, ...]
    manifest: Manifest
    reasons: tuple[Reason, ...]


def standing(
    year: str, files: tuple[RecordFile, ...], families: frozenset[str], settings: Settings
) -> Standing:
    """Hold what stands in the output against the records, templates and tools as they are now."""
    manifest = read_manifest(settings.out / year)
    shared = shared_parts(settings, families)
    reasons = (
        *_of_records(files, manifest, shared, settings),
        *_of_summary(year, files, manifest, shared, settings),
    )
    return Standing(year=year, files=files, manifest=manifest, reasons=reasons)


def products(standing: Standing, settings: Settings) -> dict[str, bytes]:
    """Return the files that were built, by their names in the year's folder.

    Raises `MachineError` where one changes while it is read.
    """
    documents = [*standing.manifest.documents.values()]
    if standing.manifest.summary is not None:
        documents.append(standing.manifest.summary)
    documents += standing.manifest.pieces.values()
    return dict(
        _read(name, document, standing.year, settings)
        for document in documents
        for name in document.files
    )


def _read(name: str, document: Document, year: str, settings: Settings) -> tuple[str, bytes]:
    path = settings.out / year / name
    data = read_bytes(path)
    if of_bytes(data) != document.files[name]:
        raise MachineError(msg("{file} changed meanwhile", file=path.as_posix()))
    return name, data


def _of_records(
    files: tuple[RecordFile, ...],
    manifest: Manifest,
    shared: Mapping[str, str],
    settings: Settings,
) -> Iterator[Reason]:
    for file in files:
        document = manifest.documents.get(file.stem)
        if document is None or set(document.files) != set(names_of(file)):
            yield Reason(name=file.path.as_posix(), why=(NOT_BUILT,))
            continue
        read = read_inputs(file)
        parts = parts_of(file, read.data, read.defaults, shared)
        changed = document.changes(parts, settings.out / file.year)
        if changed:
            yield Reason(name=file.path.as_posix(), why=changed)
    stems = {file.stem for file in files}
    for stem in manifest.documents:
        if stem not in stems:
            yield Reason(name=stem, why=(NO_RECORD,))


def _of_summary(
    year: str,
    files: tuple[RecordFile, ...],
    manifest: Manifest,
    shared: Mapping[str, str],
    settings: Settings,
) -> Iterator[Reason]:
    summary = manifest.summary
    pieces = {name for each in manifest.pieces.values() for name in each.files}
    wanted = {name for names in volume_names(len(files)) for name in names}
    wanted |= {f"{SITE}/{name}" for file in files for name in page_names(file.stem)}
    if summary is None or not set(NAMES) <= set(summary.files) or pieces != wanted:
        yield Reason(name=f"{year}/summary.docx", why=(NOT_BUILT,))
        return
    parts = summary_parts(year, manifest.documents, shared, settings)
    folder = settings.out / year
    damage = (each.other_files(folder) for each in manifest.pieces.values())
    changed = (*summary.changes(parts, folder), *(name for names in damage for name in names))
    if changed:
        yield Reason(name=f"{year}/summary.docx", why=changed)
