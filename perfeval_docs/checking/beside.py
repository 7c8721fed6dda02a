"""Work beside this process, whose results are asked for later: who waits for one does another."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from functools import partial
from typing import Final, Generic, ParamSpec, Self, TypeVar

from perfeval_docs.checking.workers import processes

R = TypeVar("R")
P = ParamSpec("P")

_MOST: Final = 3
"""No work that is done beside has more parts at a time."""


class Beside:
    """A few processes beside this one.

    With one worker there are none: the work is done here when its result is asked for. So it
    is, too, where a process dies, and what none of them has begun while this one has to wait.
    """

    def __init__(self, workers: int) -> None:
        """Start nothing yet."""
        count = min(workers - 1, _MOST)
        self._pool = processes(count) if count else None
        # A thread for each process hands it one task at a time, so that what has not been begun
        # can be taken back; the pool itself would have tasks lie before its processes.
        self._hands = ThreadPoolExecutor(count) if count else None
        self._handed = deque[Callable[[], bool]]()

    def __enter__(self) -> Self:
        """Use it as a context."""
        return self

    def __exit__(self, *_: object) -> None:
        """Wait for what is under way, leave out what is not."""
        if self._hands is not None:
            self._hands.shutdown(wait=True, cancel_futures=True)
        if self._pool is not None:
            self._pool.shutdown()

    def start(self, task: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> Callable[[], R]:
        """Start a task; what is returned gives its result once, or raises what the task does.

        What takes longest is best started first.
        """
        here, pool = partial(task, *args, **kwargs), self._pool
        if pool is None or self._hands is None:
            return here
        each = _Task(here, self._hands.submit(lambda: pool.submit(here).result()))
        self._handed.append(each.take)

        def result() -> R:
            each.take()
            while not each.future.done() and self._help():
                pass
            return each.result()

        return result

    def _help(self) -> bool:
        """Do the first task that nobody has begun; tell if there was one."""
        while self._handed:
            if self._handed.popleft()():
                return True
        return False


class _Task(Generic[R]):
    """A task that was handed on, and can be taken back until a process begins it."""

    def __init__(self, here: Callable[[], R], future: Future[R]) -> None:
        self._here = here
        self.future = future

    def take(self) -> bool:
        """Do it here if nobody has begun it; tell if so."""
        taken = self.future.cancel()
        if taken:
            self._do()
        return taken

    def result(self) -> R:
        """Wait for its result; where the process died that had it, do it here."""
        try:
            return self.future.result()
        except BrokenProcessPool:
            self._do()
            return self.future.result()

    def _do(self) -> None:
        self.future = Future()
        try:
            self.future.set_result(self._here())
        except Exception as error:  # noqa: BLE001  # it is raised where the result is asked for
            self.future.set_exception(error)
