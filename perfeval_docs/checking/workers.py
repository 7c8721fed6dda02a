"""Share work among processes: results in order, memory bounded, a crash named and survived."""

from __future__ import annotations

import gc
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from functools import partial
from multiprocessing import get_context
from typing import Final, TypeVar

from perfeval_docs.checking.records import RecordFile
from perfeval_docs.diagnostic import Diagnostic, Message, Severity, Span
from perfeval_docs.settings import COLLECT_AFTER

T = TypeVar("T")
R = TypeVar("R")

_AHEAD: Final = 16
"""Tasks under way for each worker: enough to keep it busy, few enough to bound memory."""


def shared_work(
    task: Callable[[T], R],
    items: Sequence[T],
    *,
    workers: int,
    fewest: int,
    crashed: Callable[[T], R],
) -> Iterator[R]:
    """Yield what a task makes of each item, as `shared_groups` does of groups of one."""
    return shared_groups(
        partial(_each, task), items, size=1, workers=workers, fewest=fewest, crashed=crashed
    )


def shared_groups(
    task: Callable[[Sequence[T]], Sequence[R]],
    items: Sequence[T],
    *,
    size: int,
    workers: int,
    fewest: int,
    crashed: Callable[[T], R],
) -> Iterator[R]:
    """Yield what a task makes of each item, in the order of the items, some of them at a time.

    It takes `size` of them, fewer where the last groups would leave a worker without any. One
    worker, or fewer items than `fewest`, is this process. A worker that dies takes no
    other item with it: those under way are tried again one by one, and `crashed` stands in for
    the one that a process dies of again. What a task raises is raised here.
    """
    if workers < 2 or len(items) < fewest:  # noqa: PLR2004  # one worker is this process
        for group in _groups(items, size):
            yield from task(group)
        return
    size = max(1, min(size, len(items) // (workers * _AHEAD)))
    ahead = workers * max(2, _AHEAD // size)
    rest = deque(items)
    while rest:
        done = 0
        pool = processes(workers)
        try:
            for results in _in_order(pool, task, _groups(tuple(rest), size), ahead):
                yield from results
                done += len(results)
        except BrokenProcessPool:
            for _ in range(done):
                rest.popleft()
            suspects = [rest.popleft() for _ in range(min(len(rest), ahead * size))]
            yield from _one_by_one(partial(_alone, task), suspects, crashed)
            continue
        finally:
            pool.shutdown(wait=True, cancel_futures=True)
        return


def _groups(items: Sequence[T], size: int) -> list[Sequence[T]]:
    return [items[at : at + size] for at in range(0, len(items), size)]


def _each(task: Callable[[T], R], items: Sequence[T]) -> list[R]:
    return [task(item) for item in items]


def _alone(task: Callable[[Sequence[T]], Sequence[R]], item: T) -> R:
    return task([item])[0]


def crash(file: RecordFile, told: Message, way_out: Message) -> Diagnostic:
    """Return the fault of a record that a process died of again."""
    return Diagnostic(
        code="PE905",
        name="worker-crashed",
        severity=Severity.ERROR,
        span=Span(file.path.as_posix(), 1, 1, 1, 1),
        message=told,
        help=way_out,
    )


def _in_order(
    pool: ProcessPoolExecutor, task: Callable[[T], R], items: Sequence[T], ahead: int
) -> Iterator[R]:
    waiting: deque[Future[R]] = deque()
    for item in items:
        waiting.append(pool.submit(task, item))
        if len(waiting) >= ahead:
            yield waiting.popleft().result()
    while waiting:
        yield waiting.popleft().result()


def _one_by_one(
    task: Callable[[T], R], items: Sequence[T], crashed: Callable[[T], R]
) -> Iterator[R]:
    """Yield what a task makes of each item, in a process that has one in hand at a time."""
    pool = processes(1)
    try:
        for item in items:
            try:
                yield pool.submit(task, item).result()
            except BrokenProcessPool:
                pool.shutdown()
                pool = processes(1)
                yield crashed(item)
    finally:
        pool.shutdown()


def processes(count: int) -> ProcessPoolExecutor:
    """Return so many processes that share nothing with this one."""
    return ProcessPoolExecutor(
        count,
        mp_context=get_context("spawn"),
        initializer=gc.set_threshold,
        initargs=(COLLECT_AFTER,),
    )
