"""A reader at work in a process of its own, which gets so much time and memory and no more."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from multiprocessing import get_context
from multiprocessing.connection import Connection
from typing import Final

from perfeval_docs.apart import IS_POSSIBLE, TooMuchError, apart, paced
from perfeval_docs.importing.readers.faults import DAMAGE, Fault, FaultyFileError
from perfeval_docs.importing.sheet import Box, Sheet, TooLargeError, within

Reader = Callable[[bytes], Iterable[Sheet]]

_SECONDS: Final = 1
"""How much time a reader gets of the processor of a usual machine."""
_BYTES_A_SECOND: Final = 2_000_000
_PATIENCE: Final = 120
"""After how many seconds nobody waits any longer, however busy the machine is."""
_MEMORY: Final = 200_000_000
_LARGEST_ANSWER: Final = 64 * 1024 * 1024


def read_apart(reader: Reader, data: bytes, *, by_size: bool = False) -> tuple[Sheet, ...]:
    """Return what a reader makes of a file; whatever it does, this process lives on.

    With `by_size` it gets more time for more bytes. It works in a copy of this process, which is
    there at once, or, where a system has none, in one that is begun anew. Raises
    `FaultyFileError`. Windows bounds neither the time of a processor nor memory; there only
    waiting has an end.
    """
    if not IS_POSSIBLE:
        return _read_anew(reader, data)
    try:
        return apart(
            lambda: attempt(reader, data),
            seconds=_SECONDS + (len(data) // _BYTES_A_SECOND if by_size else 0),
            memory=_MEMORY,
        )
    except TooMuchError as error:
        raise FaultyFileError(Fault.COSTLY) from error


def _read_anew(reader: Reader, data: bytes) -> tuple[Sheet, ...]:
    context = get_context("spawn")
    ours, theirs = context.Pipe(duplex=False)
    process = context.Process(target=_work, args=(reader, data, theirs), daemon=True)
    try:
        process.start()
        theirs.close()
        answer = ours.recv_bytes(_LARGEST_ANSWER) if ours.poll(_PATIENCE) else b""
    except (EOFError, OSError):
        answer = b""
    finally:
        ours.close()
        if process.pid is not None:
            process.kill()
            process.join()
    if not answer:
        raise FaultyFileError(Fault.COSTLY)
    return _sheets(answer)


def attempt(reader: Reader, data: bytes) -> tuple[Sheet, ...]:
    """Return what a reader makes of a file, here; raises `FaultyFileError` alone."""
    try:
        return tuple(within(reader(data)))
    except TooLargeError as error:
        raise FaultyFileError(Fault.LARGE) from error
    except MemoryError as error:
        raise FaultyFileError(Fault.COSTLY) from error
    except DAMAGE as error:
        raise FaultyFileError(Fault.DAMAGED) from error


def allow(seconds: float) -> None:
    """Give the reader at work in this process so much more time, `paced`, if any is counted."""
    try:
        import resource  # noqa: PLC0415  # there is none on Windows
    except ImportError:
        return
    soft, hard = resource.getrlimit(resource.RLIMIT_CPU)
    if soft != resource.RLIM_INFINITY:
        resource.setrlimit(resource.RLIMIT_CPU, (min(soft + paced(seconds), hard), hard))


def _work(reader: Reader, data: bytes, answers: Connection) -> None:
    try:
        sheets = attempt(reader, data)
        answer: object = [
            [s.name, [[_plain(box) for box in row] for row in s.rows]] for s in sheets
        ]
    except FaultyFileError as error:
        answer = error.args[0].name
    answers.send_bytes(json.dumps(answer).encode())


def _plain(box: Box) -> tuple[str, int, int, int, int]:
    return box.text, box.row, box.column, box.width, box.height


def _sheets(answer: bytes) -> tuple[Sheet, ...]:
    """Return the sheets that were sent, as values and not as objects that are made of them."""
    said = json.loads(answer)
    if isinstance(said, str):
        raise FaultyFileError(Fault[said])
    return tuple(
        Sheet(name, tuple(tuple(Box(*box) for box in row) for row in rows)) for name, rows in said
    )
