"""Remove what was built of records and of years that are no more."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from perfeval_docs.build.begun import Begun, key_of
from perfeval_docs.build.manifest import FILE, Manifest, read_manifest
from perfeval_docs.build.places import form_names, names_of, withdraw_year
from perfeval_docs.build.summary_step import YearStep
from perfeval_docs.checking.records import RecordFile, year_folders
from perfeval_docs.output import withdraw
from perfeval_docs.settings import Settings


def prune(
    files: Sequence[RecordFile],
    manifests: Mapping[str, Manifest],
    begun: Begun,
    settings: Settings,
) -> Iterator[str]:
    """Remove the documents of records that are no more; yield their names."""
    known = {
        (year, stem): (*document.files,)
        for year, manifest in manifests.items()
        for stem, document in manifest.documents.items()
    }
    unknown = {pair: form_names(pair[1]) for pair in sorted(begun) if pair[0] in manifests}
    stems = {*map(key_of, files)}
    kept = {(file.year, name.casefold()): name for file in files for name in names_of(file)}
    for pair, names in {**unknown, **known}.items():
        year, stem = pair
        folder = settings.out / year
        others = (n for n in names if not _is_one(folder, n, kept.get((year, n.casefold()))))
        if pair not in stems and withdraw(folder, tuple(others)):
            yield f"{year}/{stem}"


def prune_unknown(year: str, step: YearStep, settings: Settings) -> None:
    """Remove what a build that did not end wrote of records that are no more: pages, volumes."""
    if step.document is not None:
        of_pieces = (name for each in step.pieces.values() for name in each.files)
        withdraw_year(year, settings, but={*step.document.files, *of_pieces})


def _is_one(folder: Path, name: str, other: str | None) -> bool:
    """Tell whether two names are of one file, as they are where a system ignores their case."""
    try:
        return other is not None and (folder / name).samefile(folder / other)
    except OSError:
        return False


def prune_years(manifests: Mapping[str, Manifest], settings: Settings) -> Iterator[str]:
    """Remove what was built of years that have no records any more; yield their documents' names.

    Those are years whose folder is there: what the data knows nothing of may be a copy that
    somebody keeps, or come from other data. The manifest goes last, so that a build that is killed
    meanwhile is completed by the next one.
    """
    for year in year_folders(settings.data):
        folder = settings.out / year
        documents = {} if year in manifests else read_manifest(folder).documents
        if documents:
            withdraw(folder, tuple(name for each in documents.values() for name in each.files))
            withdraw_year(year, settings)
            withdraw(folder, (FILE,))
            yield from (f"{year}/{stem}" for stem in documents)
