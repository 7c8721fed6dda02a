"""Share a build among the machines of a Dask cluster that have the project's folder."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from threading import Lock
from typing import Any, Final

from perfeval_docs.build.documents import Result, build_some, workshop_of
from perfeval_docs.build.parts import shared_parts
from perfeval_docs.checking.records import RecordFile
from perfeval_docs.diagnostic import Message, msg
from perfeval_docs.errors import MachineError
from perfeval_docs.settings import Scheduler, Settings

# Dask has no types.
_Client = Any
_Future = Any

_AHEAD: Final = 4
"""Records under way for each thread of the cluster."""
_WAIT: Final = 10
"""Seconds that a scheduler may take to answer."""
# What reads PDF files back knows no threads, and a process has one folder to be in.
_ONE_AT_A_TIME: Final = Lock()


def cluster_results(
    files: Sequence[RecordFile],
    settings: Settings,
    scheduler: Scheduler,
    shared: Mapping[str, str],
    *,
    for_year: bool,
    crashed: Callable[[RecordFile], Result],
) -> Iterator[Result]:
    """Yield what became of each record, in the order of the files.

    A worker that dies takes no record with it: the scheduler gives what it had in hand to
    others, and `crashed` stands in for a record that several died of. Raises `MachineError`
    where there is no scheduler or no worker, and where a worker would write other bytes: it has
    another version of the program, of the template or of the fonts.
    """
    try:
        from distributed import Client, KilledWorker  # noqa: PLC0415  # an extra, and slow to load
    except ImportError as error:
        raise MachineError(
            msg("Dask is not installed: `pip install perfeval-docs[dask]`")
        ) from error
    if not files:
        return
    try:
        client: _Client = Client(  # type: ignore[no-untyped-call]  # Dask has no types
            scheduler.address, timeout=_WAIT, set_as_default=False
        )
    except (OSError, ValueError) as error:
        raise _no_scheduler(scheduler) from error
    with client:
        waiting: deque[tuple[RecordFile, _Future]] = deque()
        ahead = _AHEAD * _threads(client, scheduler)
        for file in (*files, None):
            while waiting and (file is None or len(waiting) >= ahead):
                first, future = waiting.popleft()
                try:
                    yield _result(client, scheduler, future)
                except KilledWorker:
                    yield crashed(first)
            if file is not None:
                future = client.submit(
                    _build_there, file, settings, scheduler, dict(shared), for_year, pure=False
                )
                waiting.append((file, future))


def _threads(client: _Client, scheduler: Scheduler) -> int:
    try:
        client.wait_for_workers(1, timeout=_WAIT)
    except TimeoutError as error:
        raise _no_scheduler(scheduler) from error
    return int(sum(client.nthreads().values()))


def _result(client: _Client, scheduler: Scheduler, future: _Future) -> Result:
    """Wait for a result as long as there is a worker that may give it."""
    while True:
        try:
            result: Result = future.result(timeout=_WAIT)
        except TimeoutError as error:
            if not client.nthreads():
                raise _no_scheduler(scheduler) from error
        else:
            return result


def _build_there(
    file: RecordFile,
    settings: Settings,
    scheduler: Scheduler,
    shared: dict[str, str],
    for_year: bool,  # noqa: FBT001  # Dask hands arguments on by place
) -> Result:
    """Build a record on a worker, which must have all that the build's own machine has."""
    with _ONE_AT_A_TIME:
        try:
            os.chdir(scheduler.folder)
        except OSError as error:
            raise _refused(
                msg("it has no folder {folder}", folder=scheduler.folder.as_posix())
            ) from error
        here = shared_parts(settings, workshop_of(settings).typesetter.fonts.families)
        others = [name for name, value in shared.items() if here.get(name) != value]
        if others:
            raise _refused(msg("it has another {parts}", parts=", ".join(others)))
        return build_some([file], settings, shared, for_year=for_year)[0]


def _refused(why: Message) -> MachineError:
    return MachineError(msg("a worker cannot take part: {why}", why=why))


def _no_scheduler(scheduler: Scheduler) -> MachineError:
    return MachineError(
        msg("no scheduler with workers answers at {address}", address=scheduler.address)
    )
