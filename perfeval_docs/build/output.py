"""Write files whole or not at all, only inside the output folder."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from perfeval_docs.diagnostic import msg
from perfeval_docs.errors import MachineError


def write_files(folder: Path, files: Mapping[str, bytes]) -> None:
    """Write files that belong together: all are written beside their places, then moved there.

    A name may stand in a folder of the folder.

    Raises `MachineError` where the machine refuses (rights, space, a folder in the
    way); what stood there before is then still whole.
    """
    written: list[tuple[Path, Path]] = []
    try:
        for name, data in files.items():
            target = folder / name
            target.parent.mkdir(parents=True, exist_ok=True)
            written.append((_write_beside(target.parent, data), target))
        for temporary, target in written:
            temporary.replace(target)
    except OSError as error:
        raise MachineError(
            msg("cannot write to {folder}: {error}", folder=str(folder), error=_reason(error))
        ) from error
    finally:
        for temporary, _ in written:
            temporary.unlink(missing_ok=True)


def withdraw(folder: Path, names: tuple[str, ...]) -> bool:
    """Remove what an earlier build wrote under these names; tell whether there was anything.

    Raises `MachineError` where the machine refuses.
    """
    found = [folder / name for name in names if (folder / name).is_file()]
    try:
        for path in found:
            path.unlink()
    except OSError as error:
        raise MachineError(
            msg("cannot remove from {folder}: {error}", folder=str(folder), error=_reason(error))
        ) from error
    return bool(found)


def _write_beside(folder: Path, data: bytes) -> Path:
    handle, name = tempfile.mkstemp(dir=folder, prefix=".writing-")
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(data)
        Path(name).chmod(0o644)
    except BaseException:
        with suppress(OSError):
            Path(name).unlink()
        raise
    return Path(name)


def _reason(error: OSError) -> str:
    return error.strerror or type(error).__name__
