"""Make the bundle of a year from its complete build, or tell what is in the way."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Final

import bagit

from perfeval_docs import __version__
from perfeval_docs.build.documents import workshop_of
from perfeval_docs.build.manifest import FILE as BUILD_MANIFEST
from perfeval_docs.build.reckoned import YearRecord, year_record
from perfeval_docs.build.years import year_workbook
from perfeval_docs.bundle.bag import Bag, RefusedBundleError, is_name, open_bag, write_bag
from perfeval_docs.bundle.private import Leak, leaks, secrets_of
from perfeval_docs.bundle.project import outside, prepared_records, project_files
from perfeval_docs.bundle.provenance import FILE, MATERIALS, made_by, statement
from perfeval_docs.bundle.standing import Reason, Standing, products, standing
from perfeval_docs.checking import Prepared, RecordFile
from perfeval_docs.checking.files import read_bytes
from perfeval_docs.checking.records import DEFAULTS_NAME, WORDS_NAME, find_records
from perfeval_docs.checking.stages import judge_year
from perfeval_docs.diagnostic import msg
from perfeval_docs.errors import MachineError
from perfeval_docs.output import building, write_files
from perfeval_docs.record import YearWords
from perfeval_docs.record.keys import KEYS
from perfeval_docs.settings import Settings
from perfeval_docs.source import Source, read_source

FOLDER: Final = "bundles"
AUDIENCE: Final = "Perfeval-Audience"
PUBLIC: Final = "public"
WORKBOOK: Final = "summary.xlsx"


@dataclass(frozen=True, slots=True, kw_only=True)
class Bundled:
    """What became of a year's bundle: its path and how many files it holds, or what was in the way.

    `reasons` are those for which the build is not complete, `leaks` what must not be published.
    """

    year: str
    path: Path | None = None
    files: int = 0
    reasons: tuple[Reason, ...] = ()
    leaks: tuple[Leak, ...] = ()


def bundle_name(year: str, *, public: bool) -> str:
    """Return what a year's bundle is called."""
    return f"perfeval-{year}" if public else f"perfeval-{year}-internal"


def make_bundles(settings: Settings, lock: Path) -> Iterator[Bundled]:
    """Make the bundle of each year that a run asks for; `settings.public` tells for whom.

    `lock` is the list of packages with which the year was built, left out where it is not there.
    Raises `UsageError`, `MachineError` and `FaultyTemplateError` as a build does.
    """
    files = find_records(settings)
    with building(settings.out):
        for year in dict.fromkeys(file.year for file in files):
            own = tuple(file for file in files if file.year == year)
            yield _make(year, own, settings, lock)


def _make(year: str, files: tuple[RecordFile, ...], settings: Settings, lock: Path) -> Bundled:
    families = workshop_of(settings).typesetter.fonts.families
    built = replace(settings, public=False)
    stands = standing(year, files, families, built)
    if stands.reasons:
        return Bundled(year=year, reasons=stands.reasons)
    prepared = prepared_records(files)
    if reasons := tuple(outside(prepared)):
        return Bundled(year=year, reasons=reasons)
    payload = _products(stands, prepared, settings)
    project = project_files(year, prepared, settings, lock)
    payload |= {f"{MATERIALS}{name}": data for name, data in project.items()}
    _refuse_names(payload)
    tags = {FILE: statement(payload, made_by(year, settings, families))}
    if settings.public:
        secrets = secrets_of(_sources(year, prepared, settings), _said(project))
        if found := tuple(leaks({**payload, **tags}, secrets, int(year))):
            return Bundled(year=year, leaks=found)
    name = bundle_name(year, public=settings.public)
    data = write_bag(name, payload, tags, _info(year, prepared, settings))
    bag = open_bag(data, name)
    _validate(bag)
    write_files(settings.out / FOLDER, {f"{name}.zip": data})
    return Bundled(year=year, path=settings.out / FOLDER / f"{name}.zip", files=len(bag.files))


def known_records(prepared: Mapping[RecordFile, Prepared]) -> list[YearRecord]:
    """Return what a summary needs of each sound record."""
    every = (year_record(file, each) for file, each in prepared.items())
    return [each for each in every if each is not None]


def public_workbook(
    year: str, prepared: Mapping[RecordFile, Prepared], settings: Settings
) -> bytes:
    """Return the workbook of a year without what a check found."""
    known = known_records(prepared)
    words, _ = judge_year(settings.data / year, [each.entry for each in known])
    return year_workbook(year, known, words or YearWords(), settings)


def _products(
    stands: Standing, prepared: Mapping[RecordFile, Prepared], settings: Settings
) -> dict[str, bytes]:
    """Return what was built, by names in the payload."""
    files = products(stands, settings)
    folder = settings.out / stands.year
    if settings.public:
        files[WORKBOOK] = public_workbook(stands.year, prepared, settings)
    else:
        files[BUILD_MANIFEST] = read_bytes(folder / BUILD_MANIFEST)
    return {f"{stands.year}/{name}": data for name, data in files.items()}


def _sources(
    year: str, prepared: Mapping[RecordFile, Prepared], settings: Settings
) -> Iterator[Source]:
    """Yield all that was typed for a year and the one before."""
    for each in prepared.values():
        yield each.source
    before = settings.data / str(int(year) - 1)
    shared = (
        settings.data / DEFAULTS_NAME, settings.data / year / DEFAULTS_NAME,
        settings.data / year / WORDS_NAME, *sorted(before.glob("*.y*ml")),
    )  # fmt: skip
    for path in shared:
        if path.is_file():
            yield read_source(read_bytes(path), path.as_posix())


def _said(project: Mapping[str, bytes]) -> Iterator[str]:
    """Yield what is public: the texts of the records, and the labels of the forms."""
    for name, data in project.items():
        if name.endswith((".yaml", ".yml")):
            yield data.decode()
    for keys in KEYS.spellings.values():
        for spellings in keys.values():
            yield from spellings


def _info(
    year: str, prepared: Mapping[RecordFile, Prepared], settings: Settings
) -> list[tuple[str, str]]:
    """Return what the bag says of itself, dated by its newest document."""
    records = [each.record for each in prepared.values() if each.record is not None]
    words, _ = judge_year(settings.data / year, [e.entry for e in known_records(prepared)])
    dates = (words.date_of_issue if words else None, *(each.date_of_issue for each in records))
    days = [day for day in dates if day is not None]
    departments = dict.fromkeys(each.competent_department for each in records)
    return [
        ("Source-Organization", "、".join(departments)[:200]),
        ("External-Identifier", bundle_name(year, public=settings.public)),
        ("External-Description", f"{year}年度项目支出绩效自评"),
        ("Bagging-Date", max(days, default=date(int(year), 12, 31)).isoformat()),
        ("Bag-Software-Agent", f"perfeval_docs {__version__}"),
        (AUDIENCE, PUBLIC if settings.public else "internal"),
    ]


def _refuse_names(payload: Mapping[str, bytes]) -> None:
    odd = [name for name in payload if not is_name(name)]
    if odd:
        raise RefusedBundleError(
            msg("{name} cannot be the name of a file everywhere; rename it", name=odd[0])
        )


def _validate(bag: Bag) -> None:
    """Let bagit judge the bag before anybody gets it."""
    with tempfile.TemporaryDirectory() as folder:
        write_files(Path(folder), bag.files)
        try:
            bagit.Bag(folder).validate()
        except bagit.BagError as error:
            raise MachineError(msg("bagit refuses the bag: {error}", error=str(error))) from error
