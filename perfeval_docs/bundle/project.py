"""What a bundle's documents were made of: records, words, profiles, templates, the lock."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from types import MappingProxyType
from typing import Final

from perfeval_docs.build.carrying import inside, record_text, shared_text
from perfeval_docs.build.places import TEMPLATES
from perfeval_docs.bundle.standing import OUTSIDE, Reason
from perfeval_docs.checking import Prepared, RecordFile, prepare, read_inputs
from perfeval_docs.checking.files import read_bytes
from perfeval_docs.checking.records import DEFAULTS_NAME, WORDS_NAME, find_records
from perfeval_docs.errors import UsageError
from perfeval_docs.ooxml import (
    DocumentProperties,
    pack,
    property_parts,
    read_package,
    write_package,
)
from perfeval_docs.profile import is_built_in
from perfeval_docs.settings import Settings
from perfeval_docs.source import source_text

DATA: Final = "data"
TEMPLATE: Final = "templates/self-evaluation.docx"
LOCK: Final = "requirements/run.txt"
_NOBODY: Final = DocumentProperties(title="", author="", date=datetime(2000, 1, 1, tzinfo=UTC))


def prepared_records(files: tuple[RecordFile, ...]) -> Mapping[RecordFile, Prepared]:
    """Return the records of a complete build, prepared again."""
    return MappingProxyType({file: prepare(read_inputs(file), lambda _: ()) for file in files})


def outside(prepared: Mapping[RecordFile, Prepared]) -> Iterator[Reason]:
    """Yield the profiles that lie outside the data folder, where a bundle cannot take them."""
    names = {
        named
        for file, each in prepared.items()
        for named in each.profiles
        if inside(named, file) is None
    }
    for name in sorted(names):
        yield Reason(name=name, why=(OUTSIDE,))


def project_files(
    year: str, prepared: Mapping[RecordFile, Prepared], settings: Settings, lock: Path
) -> dict[str, bytes]:
    """Return all that a build of the year needs, by names in the project's folder.

    For the public, each text is the public one, and the templates name nobody.
    """
    files = dict(_templates(settings))
    for file, each in prepared.items():
        own = _named(file.path, settings)
        typed = read_bytes(file.path)
        files[own] = record_text(each).encode() if settings.public else typed
        for named, text in each.texts.items():
            if is_built_in(named):
                files[f"profiles/{Path(named).name}"] = text.encode()
        for named in each.profiles:
            place = inside(named, file)
            if place is not None:
                files[f"{DATA}/{place}"] = _shared(Path(named), settings)
    before = str(int(year) - 1)
    for path in (
        settings.data / DEFAULTS_NAME,
        *(settings.data / each / DEFAULTS_NAME for each in (before, year)),
        settings.data / year / WORDS_NAME,
    ):
        if path.is_file():
            files[_named(path, settings)] = _shared(path, settings)
    files |= _last_year(int(before), settings)
    if lock.is_file():
        files[LOCK] = read_bytes(lock)
    return files


def _last_year(year: int, settings: Settings) -> dict[str, bytes]:
    """Return the records that the year is compared with; none for the public if one is faulty.

    There is no comparison then, and what cannot be read cannot be told to be public.
    """
    asked = Settings(data=settings.data, out=settings.out, template=settings.template, year=year)
    try:
        files = find_records(asked)
    except UsageError:
        return {}
    if not settings.public:
        return {_named(file.path, settings): read_bytes(file.path) for file in files}
    prepared = prepared_records(files)
    if not all(each.is_sound for each in prepared.values()):
        return {}
    return {
        _named(file.path, settings): record_text(each).encode() for file, each in prepared.items()
    }


def _shared(path: Path, settings: Settings) -> bytes:
    data = read_bytes(path)
    return shared_text(source_text(data, path.as_posix())).encode() if settings.public else data


def _templates(settings: Settings) -> Iterator[tuple[str, bytes]]:
    folder = settings.template.parent
    paths = {TEMPLATE: settings.template, **{f"templates/{n}": folder / n for n in TEMPLATES}}
    for name, path in paths.items():
        data = read_bytes(path)
        yield name, of_nobody(data) if settings.public and path.suffix == ".docx" else data


def of_nobody(template: bytes) -> bytes:
    """Return a Word template that does not say who made it; what it makes stays the same."""
    parts = read_package(template)
    parts |= {name: part for name, part in property_parts(_NOBODY).items() if name in parts}
    return write_package({name: pack(part) for name, part in parts.items()})


def _named(path: Path, settings: Settings) -> str:
    return f"{DATA}/{path.relative_to(settings.data).as_posix()}"
