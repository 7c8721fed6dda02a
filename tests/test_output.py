"""Files written whole: what a power cut leaves of a record."""

import os
import stat
from pathlib import Path

import pytest

from perfeval_docs.output import create, rewrite

BEFORE = b"before\n"
AFTER = b"after, and longer\n"


@pytest.fixture
def synced(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, bytes | None]]:
    """Return what is handed to the disk, with what the record's name leads to at that moment."""
    events: list[tuple[str, bytes | None]] = []
    real, file = os.fsync, tmp_path / "x.yaml"

    def fsync(handle: int) -> None:
        about = os.fstat(handle)
        kind = "folder" if stat.S_ISDIR(about.st_mode) else f"{about.st_size} bytes"
        events.append((kind, file.read_bytes() if file.exists() else None))
        real(handle)

    monkeypatch.setattr(os, "fsync", fsync)
    return events


def test_a_record_written_anew_is_on_the_disk_before_it_takes_its_name(
    tmp_path: Path, synced: list[tuple[str, bytes | None]]
) -> None:
    (tmp_path / "x.yaml").write_bytes(BEFORE)
    rewrite(tmp_path / "x.yaml", AFTER)
    assert synced == [(f"{len(AFTER)} bytes", BEFORE), ("folder", AFTER)]


def test_a_new_record_is_on_the_disk_before_it_gets_its_name(
    tmp_path: Path, synced: list[tuple[str, bytes | None]]
) -> None:
    assert create(tmp_path / "x.yaml", AFTER)
    assert synced == [(f"{len(AFTER)} bytes", None), ("folder", AFTER)]
    assert not create(tmp_path / "x.yaml", BEFORE)
    assert (tmp_path / "x.yaml").read_bytes() == AFTER
