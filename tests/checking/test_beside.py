"""Work beside: done in another process, taken back while nobody has begun it, a death survived."""

import os
import signal
import threading
import time
from pathlib import Path

import pytest

from perfeval_docs.checking.beside import Beside


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
    assert waited(other)
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


def test_who_waits_for_one_task_does_another(tmp_path: Path) -> None:
    one, two = tmp_path / "1", tmp_path / "2"
    with Beside(2) as beside:
        there = beside.start(meets, one, two)
        assert waited(one)
        wrong = beside.start(refuses, 7)
        # The other process waits for this file, which only this one can make.
        here = beside.start(meets, two, one)
        assert there() != os.getpid()
        assert here() == os.getpid()
        with pytest.raises(ValueError, match="7"):
            wrong()
