"""A summary made anew prepares only the records that changed; what was kept cannot do harm."""

import io
import os
import pickle
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from perfeval_docs.build import documents as making
from perfeval_docs.build.remembered import revive
from perfeval_docs.checking import record_file
from perfeval_docs.checking.digests import digest
from perfeval_docs.output import CACHE
from tests.build.trees import STEMS, tree
from tests.summaries import built


@pytest.fixture
def changed(two: Path) -> Path:
    """Return the folder of two built records, one of which was changed then."""
    record = two / f"data/2024/{STEMS[0]}.yaml"
    text = record.read_text("utf-8")
    record.write_text(text.replace("project: ", "project: 改", 1), "utf-8")
    return two


def kept(folder: Path) -> Path:
    return folder / "build" / CACHE / "year-2024.pickle"


def signed(data: bytes) -> bytes:
    return digest(data).encode() + data


def inside(data: bytes, value: object) -> bytes:
    """Return what was kept with another value in place of each record's."""
    every = pickle.loads(data[len(digest()) :])  # noqa: S301  # our own
    packed = pickle.dumps(value)
    return signed(pickle.dumps({stem: (key, packed) for stem, (key, _) in every.items()}))


def refuse(*_: object, **__: object) -> None:
    raise AssertionError


def test_what_stands_is_not_prepared_again(changed: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(making, "year_record_of", refuse)
        assert built(changed).years == ("2024",)
    found = tree(changed / "build")
    shutil.rmtree(changed / "build")
    built(changed)
    assert tree(changed / "build") == found


class Harm:
    """What runs a command where it is read without care."""

    def __init__(self, place: Path) -> None:
        """Say where the command leaves its trace."""
        self.place = place

    def __reduce__(self) -> tuple[object, ...]:
        """Return the command."""
        return os.mkdir, (str(self.place),)


DAMAGES: list[tuple[str, Callable[[bytes, Path], bytes]]] = [
    ("gone", lambda _data, _place: b""),
    ("torn", lambda data, _place: data[: len(data) // 2]),
    ("one bit", lambda data, _place: data[:-99] + bytes([data[-99] ^ 1]) + data[-98:]),
    ("foreign", lambda _data, _place: signed(pickle.dumps([1, 2]))),
    ("no pickle", lambda _data, _place: signed(b"\x80\x05garbage")),
    ("hostile", lambda _data, place: signed(pickle.dumps(Harm(place)))),
    ("hostile inside", lambda data, place: inside(data, (Harm(place), 1, ()))),
    ("odd inside", lambda data, _place: inside(data, (1, 2, 3))),
]  # fmt: skip


@pytest.mark.parametrize("damage", [d[1] for d in DAMAGES], ids=[d[0] for d in DAMAGES])
def test_what_is_damaged_is_as_good_as_none(
    changed: Path, tmp_path: Path, damage: Callable[[bytes, Path], bytes]
) -> None:
    file, place = kept(changed), tmp_path / "harm"
    file.write_bytes(damage(file.read_bytes(), place))
    assert built(changed).years == ("2024",)
    assert not place.exists()
    found = tree(changed / "build")
    shutil.rmtree(changed / "build")
    built(changed)
    assert tree(changed / "build") == found


@pytest.mark.parametrize("name", ["system", "Span.__init__", "msg", "Message.translated"])
def test_nothing_but_values_of_ours_is_read(name: str) -> None:
    module = "os" if name == "system" else "perfeval_docs.diagnostic"
    packed = b"\x80\x04\x8c" + bytes([len(module)]) + module.encode()
    packed += b"\x8c" + bytes([len(name)]) + name.encode() + b"\x93."
    with io.BytesIO(packed) as stream:
        assert callable(pickle.Unpickler(stream).load())  # noqa: S301  # this is what is refused
    assert revive(record_file(Path("data/2024/x.yaml"), Path("data")), packed) is None
