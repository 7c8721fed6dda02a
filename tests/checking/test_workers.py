"""Work that is shared among processes: results in order, a death survived."""

import os
import signal
from collections.abc import Sequence

import pytest

from perfeval_docs.checking.workers import shared_groups, shared_work


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
