"""Make the documents that are to be made: here, in several processes, or on a cluster."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import Final

from perfeval_docs.build.cluster import cluster_results
from perfeval_docs.build.documents import Result, build_some
from perfeval_docs.checking.records import RecordFile
from perfeval_docs.checking.workers import crash, shared_groups
from perfeval_docs.diagnostic import msg
from perfeval_docs.fonts import Substitution
from perfeval_docs.settings import Settings

# Starting a worker costs as much as building this many records.
_FEWEST: Final = 24
# So many at once take a tenth less time each than one by one; more gain little.
_TOGETHER: Final = 16


def make(
    files: Sequence[RecordFile],
    shared: Mapping[str, str],
    settings: Settings,
    *,
    for_year: bool,
) -> Iterator[Result]:
    """Yield what became of each record, in the order of the files.

    `for_year` asks for what a summary needs. Raises `FaultyTemplateError` and `MachineError`.
    """
    if settings.scheduler is None:
        made = shared_groups(
            partial(build_some, settings=settings, shared=shared, for_year=for_year),
            files,
            size=_TOGETHER,
            workers=settings.workers,
            fewest=_FEWEST,
            crashed=_crashed,
        )
    else:
        made = cluster_results(
            files, settings, settings.scheduler, shared, for_year=for_year, crashed=_crashed
        )
    seen: dict[Substitution, Substitution] = {}
    for file, result in zip(files, made, strict=True):
        yield _light(result, file, shared, seen)


def _light(
    result: Result,
    file: RecordFile,
    shared: Mapping[str, str],
    seen: dict[Substitution, Substitution],
) -> Result:
    """Return a result that shares what all of them have in common: there may be ten thousands."""
    document = result.document
    if document is not None:
        document = replace(document, inputs={**document.inputs, **shared})
    faces = tuple(seen.setdefault(each, each) for each in result.substitutions)
    return replace(result, file=file, document=document, substitutions=faces)


def _crashed(file: RecordFile) -> Result:
    fault = crash(
        file,
        msg("the process that built this record died, twice"),
        msg("build it alone with --only and report what is said; the others are built"),
    )
    return Result(file=file, document=None, errors=(fault,), texts={})
