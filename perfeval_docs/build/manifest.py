"""What a build wrote, and what it came from: `build/<year>/manifest.json`, written last."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any, Final

from perfeval_docs.checking.digests import digest_of_file, versions
from perfeval_docs.checking.files import read_bytes
from perfeval_docs.diagnostic import msg
from perfeval_docs.errors import MachineError
from perfeval_docs.output import write_files
from perfeval_docs.settings import Source

FILE: Final = "manifest.json"
FORMAT: Final = 2

_DAMAGE: Final = (
    OSError, ValueError, ArithmeticError, LookupError, TypeError, AttributeError, RecursionError,
)  # fmt: skip

# What JSON has no narrower type for.
Json = Any


@dataclass(frozen=True, slots=True)
class File:
    """A file as it was written."""

    size: int
    sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """Files that were made together, and the digests of what they came from.

    `inputs` are those of its parts by name (record, template, …); `others` those of further
    files that were read, by path; `remarks` is how many warnings and remarks there were.
    """

    inputs: Mapping[str, str]
    others: Mapping[str, str]
    files: Mapping[str, File]
    remarks: int = 0

    def changes(self, inputs: Mapping[str, str], folder: Path) -> tuple[str, ...]:
        """Return the names of what is no longer as it was; none if nothing is to be done."""
        return (*self.other_inputs(inputs), *self.other_files(folder))

    def other_inputs(self, inputs: Mapping[str, str]) -> tuple[str, ...]:
        """Return the names of the inputs that are no longer as they were."""
        names = dict.fromkeys((*inputs, *self.inputs))
        return tuple(name for name in names if inputs.get(name) != self.inputs.get(name))

    def other_files(self, folder: Path) -> tuple[str, ...]:
        """Return the names of the files, read or written, that are no longer as they were."""
        others = (n for n, value in self.others.items() if digest_of_file(Path(n)) != value)
        return (*others, *(n for n, each in self.files.items() if made(folder / n) != each))


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """All that a year's folder holds: documents by their stems, the summary, the source.

    `pieces` are what else is made by itself, by the first of their files' names.
    """

    documents: Mapping[str, Document]
    summary: Document | None
    pieces: Mapping[str, Document]
    source: Source | None


NOTHING: Final = Manifest(documents={}, summary=None, pieces={}, source=None)


def made(path: Path) -> File | None:
    """Return a file as it is, None where it is not there."""
    try:
        return of_bytes(path.read_bytes())
    except (OSError, ValueError):  # a name that the system does not take
        return None


def read_made(folder: Path, name: str, known: File) -> bytes:
    """Read a file that a build made.

    Raises `MachineError` where it cannot be read, or is no longer as it is known.
    """
    data = read_bytes(folder / name)
    if of_bytes(data) != known:
        file = (folder / name).as_posix()
        raise MachineError(msg("{file} changed during the build", file=file))
    return data


def of_bytes(data: bytes) -> File:
    """Return what a file of these bytes is known by."""
    return File(len(data), sha256(data).hexdigest())


def read_manifest(folder: Path) -> Manifest:
    """Return the manifest of a year's folder; an empty one where it is missing or damaged."""
    try:
        plain = json.loads((folder / FILE).read_bytes())
        if plain["format"] != FORMAT:
            return NOTHING
        summary = plain["summary"]
        return Manifest(
            documents={str(n): _document(each) for n, each in plain["documents"].items()},
            summary=None if summary is None else _document(summary),
            pieces={str(n): _document(each) for n, each in plain["pieces"].items()},
            source=None,
        )
    except _DAMAGE:
        return NOTHING


def write_manifest(folder: Path, manifest: Manifest) -> None:
    """Write a manifest: the same for the same build, wherever it runs.

    Raises `MachineError` where the machine refuses.
    """
    source = manifest.source
    plain = {
        "format": FORMAT,
        "tools": versions(),
        "source": None if source is None else {"commit": source.commit, "clean": source.clean},
        "documents": {name: _plain(each) for name, each in sorted(manifest.documents.items())},
        "summary": None if manifest.summary is None else _plain(manifest.summary),
        "pieces": {name: _plain(each) for name, each in sorted(manifest.pieces.items())},
    }
    text = json.dumps(plain, ensure_ascii=False, indent=1) + "\n"
    # What was read of an edited one may be text that is none in UTF-8.
    write_files(folder, {FILE: text.encode(errors="surrogatepass")})


def _plain(document: Document) -> Json:
    return {
        "inputs": dict(document.inputs),
        "others": dict(document.others),
        "files": {
            name: {"size": each.size, "sha256": each.sha256}
            for name, each in document.files.items()
        },
        "remarks": document.remarks,
    }


def _document(plain: Json) -> Document:
    return Document(
        inputs=_texts(plain["inputs"]),
        others=_texts(plain["others"]),
        files={
            _inside(name): File(int(each["size"]), str(each["sha256"]))
            for name, each in plain["files"].items()
        },
        remarks=int(plain["remarks"]),
    )


def _texts(plain: Json) -> dict[str, str]:
    return {str(name): str(value) for name, value in plain.items()}


def _inside(name: str) -> str:
    """Return a name that stays in its folder; a manifest may have been tampered with."""
    path = Path(name)
    if path.is_absolute() or ".." in path.parts:
        raise ValueError(name)
    return name
