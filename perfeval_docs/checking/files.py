"""Read files, or say that the machine does not give them."""

from __future__ import annotations

from pathlib import Path

from perfeval_docs.diagnostic import msg
from perfeval_docs.errors import MachineError


def read_bytes(path: Path, most: int | None = None) -> bytes:
    """Read a file; one that is larger than `most` no further than it takes to tell.

    Raises `MachineError` where the machine does not give it.
    """
    try:
        with path.open("rb") as file:
            return file.read(-1 if most is None else most + 1)
    except FileNotFoundError as error:
        raise MachineError(msg("{file}: there is no such file", file=path.as_posix())) from error
    except IsADirectoryError as error:
        told = msg("{file} is a folder; name a file in it", file=path.as_posix())
        raise MachineError(told) from error
    except OSError as error:
        raise MachineError(
            msg(
                "cannot read {file}: {error}",
                file=path.as_posix(),
                error=error.strerror or type(error).__name__,
            )
        ) from error
