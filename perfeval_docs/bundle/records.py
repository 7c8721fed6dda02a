"""The records of a bundle, of one as it is written or unpacked, for whoever compares them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Final

from perfeval_docs.bundle.bag import (
    PAYLOAD,
    RefusedBundleError,
    open_bag,
    read_bag,
    read_bundle,
)
from perfeval_docs.bundle.integrity import integrity
from perfeval_docs.bundle.project import DATA
from perfeval_docs.bundle.provenance import FILE, MATERIALS, read_statement
from perfeval_docs.diagnostic import Message, msg

_INSIDE: Final = f"{PAYLOAD}{MATERIALS}"


@dataclass(frozen=True, slots=True, kw_only=True)
class BundledRecords:
    """What lies in the data folder of a bundle, by paths from the project's folder.

    `root` is the folder of the year that the bundle is of.
    """

    root: Path
    files: Mapping[Path, bytes]
    is_public: bool


def bundled_records(path: Path) -> BundledRecords:
    """Return the records of a bundle that is as its own lists say.

    Raises `RefusedBundleError` for one that cannot be opened without danger, or holds anything
    changed, missing or extra, and `MachineError` where the machine does not give it.
    """
    bag = read_bag(path) if path.is_dir() else open_bag(read_bundle(path), None)
    faults = (*bag.faults, *integrity(bag))
    made = read_statement(bag.files.get(FILE, b""))
    if faults or made is None:  # of a statement that is none, `integrity` has told
        raise RefusedBundleError(_not_as_bundled(faults))
    files = {
        Path(name.removeprefix(_INSIDE)): data
        for name, data in bag.files.items()
        if name.startswith(f"{_INSIDE}{DATA}/")
    }
    return BundledRecords(
        root=Path(DATA) / str(made.year),
        files=MappingProxyType(files),
        is_public=made.public,
    )


def _not_as_bundled(faults: Sequence[Message]) -> Message:
    first, others = faults[0], len(faults) - 1
    if not others:
        return msg("it is not as it was bundled ({fault})", fault=first)
    return msg("it is not as it was bundled ({fault}, and {count} more)", fault=first,
               count=str(others))  # fmt: skip
