"""Work done apart gives what it gives, and is stopped where it takes too much."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from itertools import count

import pytest
from tblib import pickling_support

from perfeval_docs import apart as of_machine
from perfeval_docs.apart import TooMuchError, apart, paced


def test_what_work_returns_and_raises_comes_back() -> None:
    assert apart(lambda: ("a", {1: "x" * 1_000_000}), seconds=5) == ("a", {1: "x" * 1_000_000})
    with pytest.raises(KeyError, match="x"):
        apart(lambda: dict[str, str]()["x"], seconds=5)


def unfit() -> None:
    error = KeyError("ab")
    error.by = lambda: None  # type: ignore[attr-defined]
    raise error


def test_what_no_pickle_takes_comes_back_in_words() -> None:
    with pytest.raises(ValueError, match="ab"):
        apart(unfit, seconds=5)


class DeepError(Exception):
    """What went wrong at the end of much that called itself."""


def too_deep(level: int) -> int:
    return too_deep(level + 1)


def goes_wrong_deep_down() -> None:
    try:
        too_deep(0)
    except RecursionError as error:
        raise DeepError("ab").with_traceback(error.__traceback__) from error


def test_what_led_to_an_exception_is_not_handed_over() -> None:
    # Who loads distributed has this done for all exceptions there are.
    pickling_support.install(DeepError)
    with pytest.raises(DeepError, match="ab"):
        apart(goes_wrong_deep_down, seconds=5)


def for_ever() -> None:
    while time.process_time() < 60:
        pass


class HeavyError(Exception):
    """What went wrong where so much memory was taken that nobody can be told."""

    def __reduce__(self) -> str:
        raise MemoryError


def goes_wrong_at_the_end_of_memory() -> None:
    raise HeavyError


@pytest.mark.parametrize(
    "work",
    [for_ever, lambda: len(bytes(10**9)), lambda: os.kill(os.getpid(), 9), lambda: os._exit(3),
     goes_wrong_at_the_end_of_memory],
    ids=["time", "memory", "crash", "end", "memory for the answer"],
)  # fmt: skip
def test_work_that_takes_too_much_or_dies_is_told(work: object) -> None:
    assert callable(work)
    with pytest.raises(TooMuchError):
        apart(work, seconds=1)


def test_nothing_that_work_changes_is_changed_here() -> None:
    seen: list[int] = []
    assert apart(lambda: seen.append(1), seconds=5) is None
    assert seen == []


BOUNDS = """
from perfeval_docs.apart import TooMuchError, apart
try:
    apart(lambda: len(bytes(90_000_000)), seconds=5, memory=50_000_000)
except TooMuchError:
    print("refused")
print(apart(lambda: len(bytes(90_000_000)), seconds=5))
"""


def test_the_bound_of_memory_is_the_one_that_is_asked_for() -> None:
    """In a process of its own: one that has worked before has room left over, which is free."""
    told = subprocess.run(
        [sys.executable, "-c", BOUNDS], check=True, capture_output=True, text=True
    )
    assert told.stdout.splitlines() == ["refused", "90000000"]


def test_where_nothing_can_be_done_apart_it_is_done_here(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("perfeval_docs.apart.IS_POSSIBLE", False)
    assert apart(lambda: len(bytes(90_000_000)), seconds=5, memory=1) == 90_000_000


@pytest.fixture
def _looked_at_anew() -> Iterator[None]:
    of_machine._pace.cache_clear()
    yield
    of_machine._pace.cache_clear()


@pytest.mark.usefixtures("_looked_at_anew")
@pytest.mark.parametrize(
    ("a_look", "most"),
    [(0.0001, 2), (0.0008, 2), (0.0011, 2), (0.0024, 6), (3.0, 20)],
    ids=["new", "usual", "a little slow", "old", "as slow as can be"],
)
def test_a_slower_machine_gives_more_seconds(
    monkeypatch: pytest.MonkeyPatch, a_look: float, most: int
) -> None:
    ticks = count()
    monkeypatch.setattr(of_machine, "thread_time", lambda: next(ticks) * a_look)
    assert paced(1.2) == most


LIMITED = """
import resource
from perfeval_docs.apart import apart
resource.setrlimit(resource.RLIMIT_CPU, (20, 20))
for seconds in (2, 100):
    print(*apart(lambda: resource.getrlimit(resource.RLIMIT_CPU), seconds=seconds))
"""


@pytest.mark.skipif(sys.platform == "win32", reason="Windows counts none")
def test_where_there_is_less_time_than_work_may_take_it_gets_what_there_is() -> None:
    told = subprocess.run(
        [sys.executable, "-c", LIMITED], check=True, capture_output=True, text=True
    )
    first, second = told.stdout.splitlines()
    assert int(first.split()[0]) in range(2, 21)
    assert (first.split()[1], second) == ("20", "20 20")


@pytest.mark.skipif(sys.platform == "win32", reason="Windows counts none")
def test_the_work_gets_the_seconds_of_its_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    import resource  # noqa: PLC0415  # there is none on Windows

    monkeypatch.setattr(of_machine, "_pace", lambda: 3)
    soft, hard = apart(lambda: resource.getrlimit(resource.RLIMIT_CPU), seconds=2)
    assert (soft, hard) == (6, 180)
