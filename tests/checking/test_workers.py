"""Work that is shared among processes: results in order, a death survived."""

import os
import signal
import threading

import pytest

from perfeval_docs.checking.workers import Beside, shared_work


def dies_of_thirteen(number: int) -> int:
    if number == 13:
        os.kill(os.getpid(), signal.SIGKILL)
    return number * 2


def none_for(_number: int) -> int:
    return -1


def test_a_worker_that_dies_takes_no_other_item_with_it() -> None:
    found = shared_work(dies_of_thirteen, range(16), workers=2, fewest=1, crashed=none_for)
    assert list(found) == [-1 if n == 13 else n * 2 for n in range(16)]


def where(_number: int) -> int:
    return os.getpid()


def refuses(number: int) -> int:
    raise ValueError(number)


def dies_elsewhere(home: int) -> str:
    if os.getpid() != home:
        os.kill(os.getpid(), signal.SIGKILL)
    return "done at home"


@pytest.mark.parametrize("workers", [1, 2])
def test_work_beside_is_done_in_another_process_if_there_may_be_one(workers: int) -> None:
    with Beside(workers) as beside:
        results = [beside.start(where, number) for number in range(3)]
        assert [result() == os.getpid() for result in results] == [workers == 1] * 3
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
