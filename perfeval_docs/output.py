"""Write files whole or not at all, only inside the output folder."""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from types import MappingProxyType
from typing import BinaryIO, Final

from perfeval_docs.diagnostic import msg
from perfeval_docs.errors import MachineError

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl


CACHE: Final = "cache"
"""The folder of the output that holds nothing to keep."""

_LOCK: Final = "building"
# So that no tool takes the folder for something to keep: git, and programs that back up.
_BESIDE: Final = MappingProxyType(
    {
        ".gitignore": b"*\n",
        "CACHEDIR.TAG": b"Signature: 8a477f597d28d172789f06886806bc55\n",
    }
)
_TEMPORARY: Final = ".writing-"


@contextmanager
def building(folder: Path) -> Iterator[None]:
    """Hold the output folder for one build at a time; a second one waits for the first.

    What a build left that was killed while it wrote is removed. Raises `MachineError` where
    the machine refuses.
    """
    try:
        (folder / CACHE).mkdir(parents=True, exist_ok=True)
        with (folder / CACHE / _LOCK).open("a+b") as file:
            _lock(file)
            for left in folder.rglob(f"{_TEMPORARY}*"):
                left.unlink(missing_ok=True)
            yield
    except OSError as error:
        raise MachineError(
            msg("cannot write to {folder}: {error}", folder=str(folder), error=_reason(error))
        ) from error


def write_cache(folder: Path, name: str, data: bytes) -> None:
    """Write a file of the cache; where the machine refuses, the next run is slower, no more."""
    with suppress(MachineError):
        write_files(folder / CACHE, {**_BESIDE, name: data})


def _lock(file: BinaryIO) -> None:
    """Wait for the file to be ours; the system lets go of it when the process ends, however."""
    if sys.platform == "win32":
        msvcrt.locking(file.fileno(), msvcrt.LK_LOCK, 1)
    else:
        fcntl.flock(file, fcntl.LOCK_EX)


def write_files(folder: Path, files: Mapping[str, bytes]) -> None:
    """Write files that belong together: all are written beside their places, then moved there.

    A name may stand in a folder of the folder.

    Raises `MachineError` where the machine refuses (rights, space, a folder in the
    way); what stood there before is then still whole.
    """
    # Nothing waits for the disk, which with the 4,024 files of a thousand records took 5 s in all
    # on a virtual one (1.2 ms each), and is not needed: what a power cut tears has not the digest
    # that the manifest says, and is made again.
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


def write_changed(folder: Path, files: Mapping[str, bytes]) -> None:
    """Write, as `write_files` does, those files that do not stand there with the same bytes.

    Raises `MachineError` as `write_files` does.
    """

    def stands(path: Path, data: bytes) -> bool:
        try:
            return path.read_bytes() == data
        except OSError:
            return False

    write_files(folder, {n: data for n, data in files.items() if not stands(folder / n, data)})


def rewrite(file: Path, data: bytes) -> None:
    """Write a file that is there anew, whole or not at all; who may read and write it stays.

    It is on the disk before it takes the name, so that a power cut leaves the one or the other.
    Where the name is a link, the file that it leads to is written. Raises `MachineError` where
    the machine refuses.
    """
    try:
        target = file.resolve(strict=True)
        temporary = _write_beside(target.parent, data, lasting=True)
        try:
            temporary.chmod(target.stat().st_mode & 0o777)
            temporary.replace(target)
        finally:
            temporary.unlink(missing_ok=True)
        _keep_names(target.parent)
    except OSError as error:
        raise MachineError(
            msg("cannot write {file}: {error}", file=file.as_posix(), error=_reason(error))
        ) from error


def create(file: Path, data: bytes) -> bool:
    """Write a file that is not there, whole or not at all; tell whether it was not there.

    It is on the disk before it gets the name. Raises `MachineError` where the machine refuses.
    """
    try:
        above = [each.parent for each in file.parents if not each.is_dir()]
        file.parent.mkdir(parents=True, exist_ok=True)
        temporary = _write_beside(file.parent, data, lasting=True)
        try:
            # Unlike a move, a link never takes the place of what is there.
            os.link(temporary, file)
        except FileExistsError:
            return False
        finally:
            temporary.unlink(missing_ok=True)
        _keep_names(file.parent, *above)
    except OSError as error:
        raise MachineError(
            msg("cannot write {file}: {error}", file=file.as_posix(), error=_reason(error))
        ) from error
    return True


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


def _write_beside(folder: Path, data: bytes, *, lasting: bool = False) -> Path:
    """Write a file without its name yet; a lasting one is on the disk when this returns."""
    handle, name = tempfile.mkstemp(dir=folder, prefix=_TEMPORARY)
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(data)
            if lasting:
                stream.flush()
                os.fsync(stream.fileno())
        Path(name).chmod(0o644)
    except BaseException:
        with suppress(OSError):
            Path(name).unlink()
        raise
    return Path(name)


def _keep_names(*folders: Path) -> None:
    """Put on the disk which files are in the folders, where the system can."""
    if sys.platform == "win32":
        return  # it opens no folders
    for folder in folders:
        with suppress(OSError):  # some that reach over a network cannot
            handle = os.open(folder, os.O_RDONLY)
            try:
                os.fsync(handle)
            finally:
                os.close(handle)


def _reason(error: OSError) -> str:
    return error.strerror or type(error).__name__
