"""Work that is shared among processes: results in order, a death survived."""

import os
import signal
import threading
import time
from collections.abc import Sequence
from pathlib import Path

import pytest

from perfeval_docs.checking.workers import Beside, shared_groups, shared_work


def dies_of_thirteen(number: int) -> int:
    if number == 13:
        os.kill(os.getpid(), signal.SIGKILL)
    return number * 2


def none_for(_number: int) -> int:
    return -1


def test_a_worker_that_dies_takes_no_other_item_with_it() -> None:
    found = shared_work(dies_of_thirteen, range(16), workers=2, fewest=1, crashed=none_for)
    assert list(found) == [-1 if n == 13 else n * 2 for n in range(16)]


def dies_with_thirteen(numbers: Sequence[int]) -> list[tuple[int, int]]:
    return [(dies_of_thirteen(number), len(numbers)) for number in numbers]


def nothing_for(_number: int) -> tuple[int, int]:
    return -1, 0


def test_a_worker_that_dies_takes_none_of_its_group_with_it() -> None:
    found = list(
        shared_groups(
            dies_with_thirteen, range(100), size=3, workers=2, fewest=1, crashed=nothing_for
        )
    )
    assert [said for said, _ in found] == [-1 if n == 13 else n * 2 for n in range(100)]
    assert found[12:15] == [(24, 1), (-1, 0), (28, 1)]
    assert found[-4:] == [(192, 3), (194, 3), (196, 3), (198, 1)]


@pytest.mark.parametrize(("count", "sizes"), [(10, [4, 4, 4, 4, 4, 4, 4, 4, 2, 2]), (0, [])])
def test_one_process_takes_groups_in_order(count: int, sizes: list[int]) -> None:
    numbers = range(100, 100 + count)
    found = list(
        shared_groups(dies_with_thirteen, numbers, size=4, workers=1, fewest=1, crashed=nothing_for)
    )
    assert found == [(n * 2, size) for n, size in zip(numbers, sizes, strict=True)]


def test_groups_are_small_where_large_ones_would_leave_a_worker_idle() -> None:
    found = shared_groups(
        dies_with_thirteen, range(20, 60), size=8, workers=2, fewest=1, crashed=nothing_for
    )
    assert {size for _, size in found} == {1}


def where(_number: int) -> int:
    return os.getpid()


def refuses(number: int) -> int:
    raise ValueError(number)


def dies_elsewhere(home: int) -> str:
    if os.getpid() != home:
        os.kill(os.getpid(), signal.SIGKILL)
    return "done at home"


def meets(begun: Path, other: Path) -> int:
    """Say that this has begun, and wait for the other, not for ever."""
    begun.touch()
    waited(other)
    return os.getpid()


def waited(file: Path) -> bool:
    end = time.monotonic() + 60
    while not file.exists() and time.monotonic() < end:
        time.sleep(0.01)
    return file.exists()


def test_work_beside_is_done_in_another_process(tmp_path: Path) -> None:
    one, two = tmp_path / "1", tmp_path / "2"
    with Beside(2) as beside:
        there = beside.start(meets, one, two)
        assert waited(one)
        assert meets(two, one) != there()


def test_work_beside_that_nobody_has_begun_is_done_here(tmp_path: Path) -> None:
    one, two = tmp_path / "1", tmp_path / "2"
    with Beside(2) as beside:
        there = beside.start(meets, one, two)
        results = [beside.start(where, number) for number in range(5)]
        assert waited(one)
        assert results[-1]() == os.getpid()
        assert not two.exists()
        two.touch()
        assert there() != os.getpid()
        assert len({result() for result in results[:-1]}) <= 2


@pytest.mark.parametrize("workers", [1, 2])
def test_what_work_beside_raises_is_raised_here(workers: int) -> None:
    with Beside(workers) as beside:
        wrong = beside.start(refuses, 7)
        with pytest.raises(ValueError, match="7"):
            wrong()


def test_work_whose_process_dies_is_done_here() -> None:
    with Beside(2) as beside:
        first = beside.start(dies_elsewhere, os.getpid())
        second = beside.start(where, 1)
        assert (first(), second()) == ("done at home", os.getpid())
        third = beside.start(where, 2)
        assert third() == os.getpid()


def test_with_one_worker_nothing_is_done_that_nobody_asks_for() -> None:
    done = threading.Event()
    with Beside(1) as beside:
        result = beside.start(done.set)
        assert not done.is_set()
        result()
        assert done.is_set()
