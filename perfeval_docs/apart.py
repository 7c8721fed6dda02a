"""Work on what strangers sent, done in a process that may take so much time and memory, no more."""

from __future__ import annotations

import math
import os
import pickle
import warnings
from collections.abc import Callable
from functools import cache
from operator import add
from pathlib import Path
from time import thread_time
from typing import Final, TypeVar

try:
    import resource
except ImportError:  # Windows, where nothing is done apart
    IS_POSSIBLE = False
else:
    IS_POSSIBLE = hasattr(os, "fork")

T = TypeVar("T")

_LONGEST: Final = 60
MEMORY: Final = 200_000_000
"""Bytes that work may take beside those that are taken already."""

_STATUS: Final = Path("/proc/self/statm")

_STEPS: Final = 20_000
_USUAL: Final = 0.0008
"""Seconds that so many additions take on a machine of the present."""
_SLOWEST: Final = 10


class TooMuchError(Exception):
    """The work took more time or memory than it may, or its process died of it."""


def apart(work: Callable[[], T], *, seconds: int, memory: int = MEMORY) -> T:
    """Return what the work returns, and raise what it raises: so many seconds of CPU, and bytes.

    It is done in a copy of this process: what it changes is lost, and both ways must be fit for
    pickle. The seconds are `paced`. Raises `TooMuchError`. Where a system has no copies of
    processes, it is just done.
    """
    if not IS_POSSIBLE:
        return work()
    most = paced(seconds)
    reading, writing = os.pipe()
    # Newer Pythons warn where there are threads; the copy waits for no lock of theirs.
    with warnings.catch_warnings(action="ignore", category=DeprecationWarning):
        child = os.fork()
    if child == 0:
        os.close(reading)
        _work(work, writing, most, memory)
    os.close(writing)
    with os.fdopen(reading, "rb") as pipe:
        told = pipe.read()
    _, status = os.waitpid(child, 0)
    if status:
        raise TooMuchError
    is_done, value = pickle.loads(told)  # noqa: S301  # from ourselves
    if not is_done:
        raise value
    found: T = value
    return found


def paced(seconds: float) -> int:
    """Return in how many seconds this machine does what a usual one does in so many, whole ones.

    An old machine is to read what a new one reads; a new one gets no less than it is told.
    """
    return math.ceil(seconds) * _pace()


@cache
def _pace() -> int:
    """Return how many times slower this machine is than a usual one: 1 to 10, looked at once."""
    return min(max(round(min(_loop() for _ in range(3)) / _USUAL), 1), _SLOWEST)


def _loop() -> float:
    # No loop of statements, so that a program that looks on, as coverage does, counts little.
    start = thread_time()
    sum(map(add, range(_STEPS), range(_STEPS)))
    return thread_time() - start


def _work(work: Callable[[], object], writing: int, seconds: int, memory: int) -> None:
    """Do the work, hand over what came of it, and end this process."""
    code = 1
    try:
        _limit(seconds, memory)
        try:
            told = pickle.dumps((True, work()))
        except MemoryError:
            raise
        except Exception as error:  # noqa: BLE001  # it is raised again in the other process
            told = _failure(error)
        with os.fdopen(writing, "wb") as pipe:
            pipe.write(told)
        code = 0
    finally:
        os._exit(code)


def _failure(error: Exception) -> bytes:
    """Return an exception for the other process, or its words where it is not fit for pickle."""
    # What led to it stays here: it may be as deep and as large as what it was asked to look at,
    # and a library may have taught pickle to write it, as distributed does.
    error.__cause__ = error.__context__ = error.__traceback__ = None
    try:
        told = pickle.dumps((False, error))
        pickle.loads(told)  # noqa: S301  # of exceptions some can be written, and not read
    except MemoryError:
        raise
    except Exception:  # noqa: BLE001  # whatever it is, its words are left
        told = pickle.dumps((False, ValueError(str(error))))
    return told


def _limit(seconds: int, memory: int) -> None:
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    # The first is the one that counts; up to the second the work may allow itself more.
    _, hard = resource.getrlimit(resource.RLIMIT_CPU)
    longest = max(seconds + 1, paced(_LONGEST))
    if hard != resource.RLIM_INFINITY:
        longest = min(longest, hard)
    resource.setrlimit(resource.RLIMIT_CPU, (min(seconds, longest), longest))
    if _STATUS.is_file():
        pages = int(_STATUS.read_text("ascii").split()[0])
        most = pages * resource.getpagesize() + memory
        _, hard = resource.getrlimit(resource.RLIMIT_AS)
        if hard == resource.RLIM_INFINITY or most < hard:
            resource.setrlimit(resource.RLIMIT_AS, (most, hard))
