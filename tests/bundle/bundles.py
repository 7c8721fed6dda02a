"""Bundles for tests: the six records as a bundle, taken apart and put together again."""

import io
import zipfile
from collections.abc import Callable, Iterable, Mapping
from functools import cache
from pathlib import Path

from perfeval_docs.bundle.bag import INFO, OXUM, PAYLOAD, write_bag
from perfeval_docs.bundle.make import Bundled, make_bundles
from perfeval_docs.bundle.provenance import FILE, read_statement, statement
from perfeval_docs.ooxml import store, write_package
from perfeval_docs.settings import Settings

ROOT = Path(__file__).parents[2]
NAME = "perfeval-2024"
LOCK = ROOT / "requirements/run.txt"
Files = dict[str, bytes]


def settings(folder: Path, *, public: bool = True) -> Settings:
    return Settings(
        data=folder / "data", out=folder / "build", system_fonts=False, public=public,
        template=ROOT / "templates/self-evaluation.docx", year=2024,
    )  # fmt: skip


def bundled(folder: Path, *, public: bool = True) -> Bundled:
    """Bundle the one year that was built in a folder."""
    (made,) = make_bundles(settings(folder, public=public), LOCK)
    return made


@cache
def bundle_of(folder: Path, *, public: bool = True) -> bytes:
    made = bundled(folder, public=public)
    assert made.path is not None, made
    return made.path.read_bytes()


def taken_apart(data: bytes, name: str = NAME) -> Files:
    """Return the files of a bundle by their names in the bag, read by the standard library."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {n.removeprefix(f"{name}/"): archive.read(n) for n in archive.namelist()}


def put_together(files: Mapping[str, bytes], name: str = NAME) -> bytes:
    """Return a bundle of these files, its lists left as they are."""
    return write_package({f"{name}/{n}": store(files[n]) for n in sorted(files)})


def forged(files: Mapping[str, bytes], name: str = NAME) -> bytes:
    """Return a bundle of these files with all lists made anew, as a careful forger would."""
    payload = {n.removeprefix(PAYLOAD): d for n, d in files.items() if n.startswith(PAYLOAD)}
    made = read_statement(files[FILE])
    assert made is not None
    lines = [line.partition(": ")[::2] for line in files[INFO].decode().splitlines()]
    info = [(label, value) for label, value in lines if label != OXUM]
    return write_bag(name, payload, {FILE: statement(payload, made)}, info)


def flipped(data: bytes, at: int, bit: int = 0) -> bytes:
    assert 0 <= at < len(data)
    return data[:at] + bytes([data[at] ^ 1 << bit]) + data[at + 1 :]


def part_changed(package: bytes, part: str, change: Callable[[bytes], bytes]) -> bytes:
    """Return a Word or Excel file with a part changed."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(package)) as old, zipfile.ZipFile(stream, "w") as new:
        assert part in old.namelist()
        for info in old.infolist():
            data = old.read(info)
            changed = change(data) if info.filename == part else data
            if info.filename == part:
                assert changed != data
            new.writestr(info, changed, zipfile.ZIP_DEFLATED)
    return stream.getvalue()


def told(faults: Iterable[object]) -> list[str]:
    return [f"{fault}" for fault in faults]
