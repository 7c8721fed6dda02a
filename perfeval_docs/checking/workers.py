"""Share work among processes: results in order, memory bounded, a crash named and survived."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import get_context
from typing import Final, TypeVar

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
    """Yield what a task makes of each item, in the order of the items.

    One worker, or fewer items than `fewest`, is this process. A worker that dies takes no
    other item with it: those under way are tried again one by one, and `crashed` stands in for
    the one that a process dies of again. What a task raises is raised here.
    """
    if workers < 2 or len(items) < fewest:  # noqa: PLR2004  # one worker is this process
        yield from map(task, items)
        return
    rest = deque(items)
    while rest:
        done = 0
        pool = ProcessPoolExecutor(workers, mp_context=get_context("spawn"))
        try:
            for result in _in_order(pool, task, list(rest), workers * _AHEAD):
                yield result
                done += 1
        except BrokenProcessPool:
            for _ in range(done):
                rest.popleft()
            suspects = [rest.popleft() for _ in range(min(len(rest), workers * _AHEAD))]
            yield from _one_by_one(task, suspects, crashed)
            continue
        finally:
            pool.shutdown(wait=True, cancel_futures=True)
        return


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
    pool = _alone()
    try:
        for item in items:
            try:
                yield pool.submit(task, item).result()
            except BrokenProcessPool:
                pool.shutdown()
                pool = _alone()
                yield crashed(item)
    finally:
        pool.shutdown()


def _alone() -> ProcessPoolExecutor:
    return ProcessPoolExecutor(1, mp_context=get_context("spawn"))
