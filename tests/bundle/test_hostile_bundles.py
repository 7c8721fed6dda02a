"""Bundles that try tricks are refused before anything of them is used."""

import io
import stat
import struct
import warnings
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from perfeval_docs import cli
from perfeval_docs.bundle import bag
from perfeval_docs.bundle.bag import RefusedBundleError, open_bag, write_bag
from perfeval_docs.bundle.reproduce import reproduce
from perfeval_docs.bundle.verify import verify
from perfeval_docs.errors import ExitCode
from tests.bundle.bundles import NAME, bundle_of, taken_apart

SMALL = {"bagit.txt": b"x", "data/a.txt": b"abc"}
Change = Callable[[zipfile.ZipFile], None]


def archive(*changes: Change, files: dict[str, bytes] | None = None) -> bytes:
    """Return an archive of the small files that the standard library wrote, with more in it."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_STORED) as zipped:
        for name, data in (SMALL if files is None else files).items():
            zipped.writestr(zipfile.ZipInfo(f"{NAME}/{name}"), data)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            for change in changes:
                change(zipped)
    return stream.getvalue()


def entry(
    name: str, data: bytes = b"x", attributes: int = 0, method: int = zipfile.ZIP_STORED
) -> Change:
    def write(zipped: zipfile.ZipFile) -> None:
        info = zipfile.ZipInfo("x")
        info.filename = name  # as it is: the constructor would mend it
        info.external_attr = attributes
        info.compress_type = method
        zipped.writestr(info, data)

    return write


LINK = (stat.S_IFLNK | 0o777) << 16


def encrypted(data: bytes) -> bytes:
    at = data.index(b"PK\x01\x02") + 8
    return data[:at] + struct.pack("<H", 1) + data[at + 2 :]


def larger(data: bytes) -> bytes:
    """Say in the directory that the last file is larger than the archive."""
    at = data.rindex(b"PK\x01\x02") + 20
    return data[:at] + struct.pack("<LL", 9_000_000, 9_000_000) + data[at + 8 :]


HOSTILE = {
    "nothing": b"",
    "text": b"bundle",
    "a torn archive": archive()[:-8],
    "an empty archive": archive(files={}),
    "a path upwards": archive(entry(f"{NAME}/../../x.txt")),
    "a path upwards first": archive(entry("../x.txt")),
    "an absolute path": archive(entry("/etc/passwd")),
    "a drive": archive(entry("C:/x.txt")),
    "a backslash": archive(entry(f"{NAME}\\x.txt")),
    "a dot": archive(entry(f"{NAME}/./x.txt")),
    "nothing between slashes": archive(entry(f"{NAME}//x.txt")),
    "a folder": archive(entry(f"{NAME}/data/", b"")),
    "a stream of a file": archive(entry(f"{NAME}/data/a.txt:b")),
    "a name with a line's end": archive(entry(f"{NAME}/data/a\nb.txt")),
    "a percent sign": archive(entry(f"{NAME}/data/a%2fb.txt")),
    "a name that ends in a dot": archive(entry(f"{NAME}/data/a.txt.")),
    "a name that ends in a space": archive(entry(f"{NAME}/data/a.txt ")),
    "a hidden file": archive(entry(f"{NAME}/.git/config")),
    "a long name": archive(entry(f"{NAME}/data/{'a' * 400}")),
    "a deep name": archive(entry(f"{NAME}/{'a/' * 40}b")),
    "a link": archive(entry(f"{NAME}/data/b", b"/etc/passwd", LINK)),
    "the same name": archive(entry(f"{NAME}/data/a.txt")),
    "the same name in capitals": archive(entry(f"{NAME}/data/A.TXT")),
    "the same name composed otherwise": archive(
        entry(f"{NAME}/data/\u00e9.txt"), entry(f"{NAME}/data/e\u0301.txt")
    ),
    "fetch.txt": archive(entry(f"{NAME}/fetch.txt")),
    "a second folder": archive(entry("other/x.txt")),
    "a file beside the folder": archive(entry("x.txt")),
    "a bomb": archive(entry(f"{NAME}/data/b", b"\0" * 9_000_000, method=zipfile.ZIP_DEFLATED)),
    "a bomb by bzip2": archive(
        entry(f"{NAME}/data/b", b"\0" * 9_000_000, method=zipfile.ZIP_BZIP2)
    ),
    "a bomb by lzma": archive(entry(f"{NAME}/data/b", b"\0" * 9_000_000, method=zipfile.ZIP_LZMA)),
    "compressed at all": archive(entry(f"{NAME}/data/b", b"ab", method=zipfile.ZIP_DEFLATED)),
    "encrypted": encrypted(archive()),
    "larger than it is": larger(archive()),
    "too many": archive(*(entry(f"{NAME}/data/{n}", b"") for n in range(60_001))),
}


@pytest.mark.parametrize("data", HOSTILE.values(), ids=HOSTILE)
def test_a_trick_is_refused(data: bytes) -> None:
    with pytest.raises(RefusedBundleError):
        open_bag(data, NAME)


def test_an_archive_beyond_the_bound_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bag, "MAX_BUNDLE_BYTES", 100)
    with pytest.raises(RefusedBundleError, match="larger"):
        open_bag(archive(), NAME)


def test_the_archive_that_the_refused_are_made_from_is_opened() -> None:
    assert dict(open_bag(archive(), NAME).files) == SMALL


def test_what_another_program_zipped_is_told() -> None:
    (fault,) = open_bag(archive(), NAME).faults
    assert "the archive" in str(fault)


@pytest.mark.parametrize("extra", [b"#!/bin/sh\n", b"PK\x03\x04"])
def test_bytes_before_and_behind_the_archive_are_told(extra: bytes) -> None:
    data = write_bag(NAME, {"a": b"b"}, {}, [])
    assert open_bag(data, NAME).faults == ()
    for spoiled in (extra + data, data + extra):
        try:
            assert open_bag(spoiled, NAME).faults
        except RefusedBundleError:
            continue


def test_a_hidden_second_archive_is_told() -> None:
    """Two archives, one behind the other: programs differ in which one they show."""
    one, two = (write_bag(NAME, {"a": content}, {}, []) for content in (b"1", b"2"))
    try:
        assert open_bag(one + two, NAME).faults
    except RefusedBundleError:
        return


def test_another_name_in_the_local_header_is_told() -> None:
    data = write_bag(NAME, {"a.txt": b"b"}, {}, [])
    at = data.index(b"data/a.txt")
    spoiled = data[:at] + b"data/b.txt" + data[at + 10 :]
    assert any("the archive" in str(fault) for fault in open_bag(spoiled, NAME).faults)


def test_nothing_is_written_outside_whatever_the_bundle_says(
    six: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "tmp"))
    (tmp_path / "tmp").mkdir()
    files = taken_apart(bundle_of(six.parents[1]))
    for name in ("data/project/../../x.yaml", "/x.yaml", "data/project/data/2024/../../../x.yaml"):
        data = archive(entry(f"{NAME}/{name}"), files=files)
        for command in (verify, lambda d, n: reproduce(d, n, 1)):
            with pytest.raises(RefusedBundleError):
                command(data, NAME)
    assert [path.name for path in tmp_path.rglob("*")] == ["tmp"]


@pytest.mark.parametrize("command", ["verify", "reproduce"])
def test_the_command_says_what_it_refuses(
    tmp_path: Path, command: str, capsys: pytest.CaptureFixture[str]
) -> None:
    bundle = tmp_path / f"{NAME}.zip"
    bundle.write_bytes(HOSTILE["a link"])
    assert cli.run([command, str(bundle), "--lang", "en"]) == ExitCode.USAGE
    assert f"{NAME}/data/b is a link" in capsys.readouterr().err
    assert cli.run([command, str(tmp_path / "none.zip"), "--lang", "en"]) == ExitCode.ENVIRONMENT
