"""The last step of a year: its summary, built anew only if something that it sums up changed."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from perfeval_docs.build.manifest import Document, Manifest, of_bytes
from perfeval_docs.build.pieces import Standing, standing
from perfeval_docs.build.places import NAMES, TEMPLATES, has_summary, volume_names, withdraw_year
from perfeval_docs.checking.digests import digest, digest_of_file
from perfeval_docs.checking.records import WORDS_NAME, RecordFile
from perfeval_docs.diagnostic import Diagnostic, Message, Severity, msg
from perfeval_docs.errors import MachineError
from perfeval_docs.fonts import Substitution
from perfeval_docs.settings import Settings

if TYPE_CHECKING:
    from perfeval_docs.build.reckoned import YearRecord
    from perfeval_docs.build.years import YearOutcome

_FEWEST: Final = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class YearStep:
    """What became of a year's summary; `document` is None where there is none.

    `why` tells why it was made, nothing where it stood as it must be; `remarks` counts the
    warnings and remarks of the year besides its `errors`. `pieces` are what else of the year is
    made by itself, by the first of their files' names; `pieces_why` is `why` of each file.
    """

    document: Document | None
    why: tuple[str, ...] = ()
    pieces: Mapping[str, Document] = field(default_factory=lambda: MappingProxyType({}))
    pieces_why: Mapping[str, tuple[str, ...]] = field(default_factory=lambda: MappingProxyType({}))
    remarks: int = 0
    errors: tuple[Diagnostic, ...] = ()
    texts: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    substitutions: tuple[Substitution, ...] = ()
    notes: tuple[Message, ...] = ()


def summary_step(  # noqa: PLR0913  # what a year is made of
    year: str,
    records: Mapping[RecordFile, YearRecord | None],
    documents: Mapping[str, Document],
    stood: Manifest,
    shared: Mapping[str, str],
    settings: Settings,
    *,
    refused: int,
    on_volume: Callable[[int, int], None],
) -> YearStep:
    """Build the summary of a year, unless it stands as it must be, or records were refused.

    `records` holds what was prepared in this run, None for those whose documents stood; `stood`
    is what an earlier build wrote. `on_volume` is called as `build` says.
    """
    stands = stood.summary
    if not has_summary(settings):
        withdraw_year(year, settings)
        return YearStep(document=None)
    parts = summary_parts(year, documents, shared, settings)
    why: tuple[str, ...] = ("new",)
    pieces = standing(stood.pieces, documents, shared, settings.out / year)
    damage = tuple(name for names in pieces.damage.values() for name in names)
    if stands is not None:
        why = (*stands.changes(parts, settings.out / year), *damage)
        if not why and not _is_whole(stands, stood):
            why = ("new",)
    if refused and settings.keep_last:
        return YearStep(document=stands, pieces=stood.pieces)
    if stands is not None and not why and not refused:
        names = (name for each in stood.pieces.values() for name in each.files)
        return YearStep(
            document=stands,
            remarks=stands.remarks,
            pieces=stood.pieces,
            pieces_why=dict.fromkeys(names, ()),
        )
    outcome = _made(year, records, pieces, settings, refused=refused, on_volume=on_volume)
    errors = tuple(d for d in outcome.diagnostics if d.severity is Severity.ERROR)
    remarks = len(outcome.diagnostics) - len(errors)
    if stands is not None and not outcome.files and settings.keep_last:
        return YearStep(
            document=stands, pieces=stood.pieces, remarks=remarks, errors=errors,
            texts=outcome.texts,
        )  # fmt: skip
    document = None
    if outcome.files:
        document = Document(
            inputs=parts,
            others=outcome.others,
            files={name: of_bytes(data) for name, data in outcome.files.items()},
            remarks=remarks,
        )
    return YearStep(
        document=document,
        why=why,
        remarks=remarks,
        errors=errors,
        texts=outcome.texts,
        pieces=outcome.pieces,
        pieces_why=outcome.pieces_why,
        substitutions=outcome.substitutions,
        notes=outcome.notes,
    )


def _is_whole(summary: Document, stood: Manifest) -> bool:
    """Tell whether a manifest that somebody may have edited names a summary's files and pieces."""
    forms = len(stood.documents)
    return (
        {*NAMES} <= {*summary.files}
        and len(stood.pieces) == forms + len(volume_names(forms))
        and all(name in each.files for name, each in stood.pieces.items())
    )


def _made(
    year: str,
    records: Mapping[RecordFile, YearRecord | None],
    pieces: Standing,
    settings: Settings,
    *,
    refused: int,
    on_volume: Callable[[int, int], None],
) -> YearOutcome:
    """Make the summary, or leave the year without one."""
    # What makes summaries is loaded only where one is made.
    from perfeval_docs.build.documents import workshop_of  # noqa: PLC0415
    from perfeval_docs.build.years import build_year, refuse_year  # noqa: PLC0415

    if refused:
        return refuse_year(year, refused, settings)
    known = _complete(year, records, pieces.forms, settings)
    return build_year(
        year, known, pieces, workshop=workshop_of(settings), settings=settings, on_volume=on_volume
    )


def summary_parts(
    year: str, documents: Mapping[str, Document], shared: Mapping[str, str], settings: Settings
) -> dict[str, str]:
    """Return the digests of what a summary comes from, by name."""
    folder = settings.template.parent
    templates = (digest_of_file(folder / name) for name in TEMPLATES)
    return {
        "records": digest(*_told(documents)),
        "words": digest_of_file(settings.data / year / WORDS_NAME),
        "last year": digest(*_last_year(settings.data / str(int(year) - 1))),
        "templates": digest(*(each.encode() for each in templates)),
        **shared,
    }


def _told(documents: Mapping[str, Document]) -> Iterator[bytes]:
    for stem, document in sorted(documents.items()):
        yield stem.encode()
        for name, value in (*document.inputs.items(), *document.others.items()):
            yield f"{name} {value}".encode()


def _last_year(folder: Path) -> Iterator[bytes]:
    for path in sorted(folder.glob("*.y*ml")):
        yield path.name.encode()
        yield digest_of_file(path).encode()


def _complete(
    year: str,
    records: Mapping[RecordFile, YearRecord | None],
    documents: Mapping[str, Document],
    settings: Settings,
) -> list[YearRecord]:
    """Return all records of a year, those whose documents stood as earlier builds knew them.

    What is not known of them is prepared now; all is kept for the next summary.
    """
    from perfeval_docs.build.remembered import (  # noqa: PLC0415  # as above
        keep_year,
        key_of,
        preserve,
        recall_year,
        revive,
    )

    kept = recall_year(year, settings)
    keys = {file: key_of(file, documents[file.stem]) for file in records}
    known = {file: each for file, each in records.items() if each is not None}
    fresh = {file.stem: (keys[file], preserve(each)) for file, each in known.items()}
    for file, key in keys.items():
        found = kept.get(file.stem, ("", b""))
        again = revive(file, found[1]) if file not in known and found[0] == key else None
        if again is not None:
            known[file] = again
            fresh[file.stem] = found
    for file, each in _prepared([file for file in records if file not in known], settings):
        known[file] = each
        fresh[file.stem] = (keys[file], preserve(each))
    if fresh != kept:
        keep_year(year, fresh, settings)
    return [known[file] for file in records]


def _prepared(
    files: Sequence[RecordFile], settings: Settings
) -> Iterator[tuple[RecordFile, YearRecord]]:
    """Yield what a summary needs of records whose documents stand."""
    from perfeval_docs.build.documents import year_record_of  # noqa: PLC0415  # as above
    from perfeval_docs.checking.workers import shared_work  # noqa: PLC0415

    prepared = shared_work(
        partial(year_record_of, settings=settings),
        files,
        workers=settings.workers,
        fewest=_FEWEST,
        crashed=_crashed,
    )
    for file, each in zip(files, prepared, strict=True):
        if each is None:
            raise MachineError(msg("{file} changed during the build", file=file.path.as_posix()))
        yield file, each


def _crashed(file: RecordFile) -> YearRecord | None:
    raise MachineError(msg("the process that read {file} died, twice", file=file.path.as_posix()))
