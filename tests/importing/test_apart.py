"""A reader in a process of its own: what it says comes back, what it takes has an end."""

import os
import signal
import sys
from collections.abc import Iterator
from itertools import count

import pytest

from perfeval_docs.importing.readers.apart import Reader, read_apart
from perfeval_docs.importing.readers.faults import Fault, FaultyFileError
from perfeval_docs.importing.sheet import Raw, Sheet, TooLargeError, sheet


def says(data: bytes) -> Iterator[Sheet]:
    yield sheet("1", [[Raw(data.decode(), 2, 1), Raw("\ufffd\n二")], [Raw("")]])


def eats_memory(_data: bytes) -> Iterator[Sheet]:
    kept = [bytearray(1_000_000) for _ in range(1000)]
    yield sheet(str(len(kept)), [])


def eats_time(_data: bytes) -> Iterator[Sheet]:
    yield sheet(str(sum(1 for _ in count())), [])


def dies(_data: bytes) -> Iterator[Sheet]:
    os.kill(os.getpid(), signal.SIGKILL)
    yield sheet("", [])


def is_large(_data: bytes) -> tuple[Sheet, ...]:
    raise TooLargeError("x")


def is_odd(_data: bytes) -> tuple[Sheet, ...]:
    raise ZeroDivisionError


@pytest.fixture(params=["copy", "anew"])
def _way(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Read in a copy of the process, or in one begun anew, as where there are no copies."""
    if request.param == "anew":
        monkeypatch.setattr("perfeval_docs.importing.readers.apart.IS_POSSIBLE", False)


@pytest.mark.usefixtures("_way")
def test_what_is_read_comes_back() -> None:
    assert read_apart(says, "一".encode()) == tuple(says("一".encode()))


@pytest.mark.usefixtures("_way")
@pytest.mark.parametrize(
    ("reader", "fault"),
    [(dies, Fault.COSTLY), (is_large, Fault.LARGE), (is_odd, Fault.DAMAGED)],
)
def test_a_reader_that_fails_is_told_and_leaves_us_alone(reader: Reader, fault: Fault) -> None:
    with pytest.raises(FaultyFileError) as told:
        read_apart(reader, b"")
    assert told.value.args == (fault,)


@pytest.mark.skipif(sys.platform != "linux", reason="Linux counts both")
@pytest.mark.parametrize("reader", [eats_memory, eats_time])
def test_a_reader_that_takes_too_much_is_ended(reader: Reader) -> None:
    with pytest.raises(FaultyFileError) as told:
        read_apart(reader, b"")
    assert told.value.args == (Fault.COSTLY,)
