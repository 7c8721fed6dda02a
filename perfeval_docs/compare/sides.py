"""One side of a comparison: the records at a place, wherever their bytes come from.

A folder and a file give a `Side` here; a revision of git, a bundle and a document of ours give
theirs elsewhere.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Final

from perfeval_docs.checking import Inputs, RecordFile, prepare, read_bytes
from perfeval_docs.diagnostic import Diagnostic, msg
from perfeval_docs.errors import UsageError
from perfeval_docs.figures import format_figure
from perfeval_docs.record import Defaults, Record
from perfeval_docs.record.meaning import meaning, reading_faults
from perfeval_docs.source import read_source

DEFAULTS: Final = "perfeval.yaml"
_NO_RECORDS: Final = frozenset({DEFAULTS, "summary.yaml"})
_SUFFIXES: Final = frozenset({".yaml", ".yml"})
_YEAR: Final = re.compile(r"\d{4}")
_NO_SCORES: Final[Mapping[tuple[str, str, int], str]] = MappingProxyType({})


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """The files below a root, which is a file or a folder, and what their folders share.

    `prefix` is what stands before a path where it is shown, such as `HEAD~1:`. `asked` is what
    the side is called where that is not its root. What `is_whole` has all that its records name
    among its files: nothing is read from the disk. What `is_public` says nothing internal.
    """

    root: Path
    files: Mapping[Path, bytes]
    prefix: str = ""
    asked: str = ""
    is_whole: bool = False
    is_public: bool = False

    @property
    def label(self) -> str:
        """The side as it was asked for."""
        return self.asked or f"{self.prefix}{self.root.as_posix()}"

    def file(self, path: str) -> bytes | None:
        """Return one of the files by its path, however that is written; None for any other."""
        return self.files.get(Path(posixpath.normpath(path)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What a record says, defaults of its folders filled in, and what comes of it.

    `said` is None where faults stop the reading. `scores` are those of the indicators, by levels
    and position. `group` is the year folder where the root
    is what holds the years.
    """

    file: str
    stem: str
    group: str
    said: Mapping[str, object] | None
    scores: Mapping[tuple[str, str, int], str]
    score: str | None
    grade: str | None
    diagnostics: tuple[Diagnostic, ...]
    texts: Mapping[str, str]


def _defaults_of(record: Path) -> tuple[Path, Path]:
    """Return where what a record shares may stand: in the data folder, and in its own."""
    return record.parent.parent / DEFAULTS, record.parent / DEFAULTS


def side_of_path(root: Path) -> Side:
    """Read a file or a folder.

    Raises `UsageError` where there is none, and `MachineError` where it cannot be read.
    """
    if root.is_file():
        paths = [root]
    elif root.is_dir():
        paths = [p for p in sorted(root.glob("*")) if _is_record(p)]
        folders = sorted(p for p in root.iterdir() if p.is_dir() and _YEAR.fullmatch(p.name))
        paths += [p for folder in folders for p in sorted(folder.glob("*")) if _is_record(p)]
    else:
        raise UsageError(msg("there is no {path}", path=root.as_posix()))
    shared = dict.fromkeys(p for path in paths for p in _defaults_of(path) if p.is_file())
    return Side(root=root, files={path: read_bytes(path) for path in (*paths, *shared)})


def told(side: Side) -> tuple[Told, ...]:
    """Return what the records of a side say, in the order of their paths.

    Raises `UsageError` where there are none.
    """
    of_years = sorted(path for path in side.files if _is_of_year(path, side.root))
    beside = sorted(p for p in side.files if side.root in {p, p.parent} and _is_name(p))
    # Beside the folders of years there are no records, but perhaps profiles.
    paths = of_years or beside
    if not paths:
        raise UsageError(msg("no records in {folder}", folder=side.label))
    return tuple(_told(side, path) for path in paths)


def _is_of_year(path: Path, root: Path) -> bool:
    """Tell whether a file is a record in a year folder of the root."""
    is_inside = path.parent.parent == root and path.parent != root
    return is_inside and _is_name(path) and _YEAR.fullmatch(path.parent.name) is not None


def _is_name(path: Path) -> bool:
    return path.suffix in _SUFFIXES and path.name not in _NO_RECORDS


def _is_record(path: Path) -> bool:
    return path.is_file() and _is_name(path)


def _told(side: Side, path: Path) -> Told:
    shared = tuple(dict.fromkeys(p for p in _defaults_of(path) if p in side.files))
    file = RecordFile(
        data=path.parent.parent,
        year=path.parent.name,
        stem=path.stem,
        path=Path(f"{side.prefix}{path.as_posix()}"),
        defaults=tuple(Path(f"{side.prefix}{p.as_posix()}") for p in shared),
    )
    data = tuple(side.files[p] for p in shared)
    inputs = Inputs(
        file=file,
        data=side.files[path],
        defaults=data,
        read_profile=side.file if side.is_whole else None,
    )
    prepared = prepare(inputs, lambda _: ())
    found = reading_faults(prepared.source, Record)
    said = None
    if not found and prepared.source.root is not None:
        said = _shared(inputs) | dict(_written(meaning(prepared.source.root, Record)))
    scores, score, grade = _NO_SCORES, None, None
    if prepared.assessment is not None and prepared.form is not None:
        places = prepared.form.profile.points_places.value
        total = prepared.assessment.total_score.printed
        score = None if total is None else format_figure(total, places)
        grade = prepared.assessment.grade
        scores = {
            (one.name, two.name, index): format_figure(each.score.printed, places)
            for one in prepared.assessment.levels
            for two in one.groups
            for index, each in enumerate(two.indicators)
            if each.score.printed is not None
        }
    return Told(
        file=file.path.as_posix(),
        stem=path.stem,
        group="" if side.root in {path, path.parent} else path.parent.name,
        said=said,
        scores=scores,
        score=score,
        grade=grade,
        diagnostics=found,
        texts=prepared.texts,
    )


def _shared(inputs: Inputs) -> dict[str, object]:
    """Return what the folders of a record say for it, the nearest last."""
    values: dict[str, object] = {}
    for path, data in zip(inputs.file.defaults, inputs.defaults, strict=True):
        source = read_source(data, path.as_posix())
        if source.root is not None and not reading_faults(source, Defaults):
            values |= dict(_written(meaning(source.root, Defaults)))
    return values


def _written(said: object) -> Iterator[tuple[str, object]]:
    """Yield the keys of a mapping that say something."""
    if isinstance(said, dict):
        yield from ((key, value) for key, value in said.items() if value is not None)
