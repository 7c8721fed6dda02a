"""A BagIt 1.0 bag as a ZIP of the same bytes each time: written, and read as hostile input."""

from __future__ import annotations

import io
import re
import stat
import struct
import unicodedata
import zipfile
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from types import MappingProxyType
from typing import Final

from perfeval_docs.checking import read_bytes
from perfeval_docs.diagnostic import Message, msg
from perfeval_docs.errors import MachineError, UsageError
from perfeval_docs.ooxml import PackedPart, store, write_package

PAYLOAD: Final = "data/"
DECLARATION: Final = "bagit.txt"
INFO: Final = "bag-info.txt"
MANIFEST: Final = "manifest-sha256.txt"
TAG_MANIFEST: Final = "tagmanifest-sha256.txt"
DECLARED: Final = b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"
OXUM: Final = "Payload-Oxum"

MAX_BUNDLE_BYTES: Final = 1 << 30
MAX_ENTRIES: Final = 60_000
_UTF8_NAME: Final = 0x800
_LOCAL_HEADER: Final = 30
_STEP: Final = r"(?![. ])[^/\\:*?\"<>|%\x00-\x1f\x7f]{1,150}(?<![. ])"
_NAME: Final = re.compile(rf"(?:{_STEP}/){{0,12}}{_STEP}")
_LINE: Final = re.compile(r"([0-9a-f]{64})  (\S.*)")
_FETCH: Final = "fetch.txt"
_OFFICE: Final = "[Content_Types].xml"
_FETCHES: Final = msg("the bundle asks for files to be fetched (fetch.txt)")
_TOO_LARGE: Final = msg("the bundle is larger than a bundle may be")

# All that `zipfile` has been seen to raise on damaged archives.
_DAMAGE: Final = (
    zipfile.BadZipFile, zlib.error, struct.error, NotImplementedError, RuntimeError, EOFError,
    OSError, ValueError, IndexError,
)  # fmt: skip


class RefusedBundleError(UsageError):
    """What was given is no bundle that can be opened without danger; the argument says why."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Bag:
    """The files of a bag by their names in it, and what is odd about the archive itself."""

    files: Mapping[str, bytes]
    faults: tuple[Message, ...]

    @property
    def payload(self) -> dict[str, bytes]:
        """The files that the bag was made for, by their names in the bag."""
        return {name: data for name, data in self.files.items() if name.startswith(PAYLOAD)}


def is_name(name: str) -> bool:
    """Tell whether a file of a bag may have this name: it means the same on every system."""
    return _NAME.fullmatch(name) is not None


def write_bag(
    name: str,
    payload: Mapping[str, bytes],
    tags: Mapping[str, bytes],
    info: Sequence[tuple[str, str]],
) -> bytes:
    """Return a bag named `name` as a ZIP, nothing in it compressed, the same bytes each time.

    `payload` is by names below `data/`; `tags` are files beside it; `info` says what it is.
    """
    files = {f"{PAYLOAD}{each}": data for each, data in payload.items()}
    oxum = f"{sum(map(len, files.values()))}.{len(files)}"
    lines = (*info, (OXUM, oxum))
    beside = {
        DECLARATION: DECLARED,
        INFO: "".join(f"{label}: {value}\n" for label, value in lines).encode(),
        MANIFEST: manifest(files),
        **tags,
    }
    every = {**beside, TAG_MANIFEST: manifest(beside), **files}
    return write_package({f"{name}/{each}": store(every[each]) for each in sorted(every)})


def manifest(files: Mapping[str, bytes]) -> bytes:
    """Return the lines that hold each file by its SHA-256."""
    return "".join(f"{digest(files[name])}  {name}\n" for name in sorted(files)).encode()


def digest(data: bytes) -> str:
    """Return the SHA-256 of a file."""
    return sha256(data).hexdigest()


def read_manifest(data: bytes) -> dict[str, str] | None:
    """Return the digests of a manifest by name, None if it is not written as ours are."""
    try:
        lines = data.decode().splitlines(keepends=True)
    except UnicodeDecodeError:
        return None
    found: dict[str, str] = {}
    for line in lines:
        match = _LINE.fullmatch(line.removesuffix("\n"))
        if match is None or not line.endswith("\n") or match[2] in found:
            return None
        found[match[2]] = match[1]
    return found


def is_bundle(path: Path) -> bool:
    """Tell whether a path is meant to be a bundle: a ZIP, or a folder that says it is a bag."""
    return path.suffix.casefold() == ".zip" or (path / DECLARATION).is_file()


def read_bundle(path: Path) -> bytes:
    """Read a bundle, no further than a bundle may be large.

    Raises `MachineError` where the machine does not give it.
    """
    return read_bytes(path, MAX_BUNDLE_BYTES)


def open_bag(data: bytes, name: str | None) -> Bag:
    """Return the files of a bag.

    Raises `RefusedBundleError` for what is too large, damaged, compressed, or tries a trick:
    paths that leave the bag, links, names twice, files to be fetched. `name` is that of the
    bag's own folder, None where any will do.
    """
    if len(data) > MAX_BUNDLE_BYTES:
        raise RefusedBundleError(_TOO_LARGE)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = archive.infolist()
    except _DAMAGE as error:
        raise RefusedBundleError(msg("this is no bundle, or it is damaged")) from error
    if any(info.filename == _OFFICE for info in entries):
        raise RefusedBundleError(msg("this is no bundle but a file of Word or Excel"))
    _refuse_tricks(entries, len(data))
    parts = {info.filename: _part(info, data) for info in entries}
    tops = sorted({full.partition("/")[0] for full in parts})
    if len(tops) != 1 or any("/" not in full for full in parts):
        raise RefusedBundleError(msg("a bundle holds one folder, this one: {names}",
                                     names=", ".join(tops[:5])))  # fmt: skip
    if f"{tops[0]}/{_FETCH}" in parts:
        raise RefusedBundleError(_FETCHES)
    faults = list(_odd(parts, data))
    if name is not None and tops[0] != name:
        faults.append(msg("misnamed: the bundle is {name}.zip, not {other}.zip",
                          name=tops[0], other=name))  # fmt: skip
    files = {full.removeprefix(f"{tops[0]}/"): part.packed for full, part in parts.items()}
    return Bag(files=MappingProxyType(files), faults=tuple(faults))


def read_bag(folder: Path) -> Bag:
    """Return the files of a bag that was unpacked into a folder, as bounded as one in a ZIP.

    Raises `RefusedBundleError` for links, for what is no file, and for more than a bundle may
    hold, and `MachineError` where the machine does not give it.
    """
    files: dict[str, bytes] = {}
    size = 0
    for path in _below(folder):
        name = path.relative_to(folder).as_posix()
        shown = name.encode("unicode_escape").decode()[:100]
        if path.is_symlink():
            raise RefusedBundleError(msg("{name} is a link", name=shown))
        if name == _FETCH:
            raise RefusedBundleError(_FETCHES)
        if not is_name(name) or not (path.is_file() or path.is_dir()):
            raise RefusedBundleError(_no_name(shown))
        if path.is_dir():
            continue
        files[name] = read_bytes(path, MAX_BUNDLE_BYTES - size)
        size += len(files[name])
        if size > MAX_BUNDLE_BYTES or len(files) > MAX_ENTRIES:
            raise RefusedBundleError(_TOO_LARGE)
    return Bag(files=MappingProxyType(files), faults=())


def _below(folder: Path) -> Iterator[Path]:
    """Yield what lies in a folder and below it, through no link."""
    try:
        inside = sorted(folder.iterdir())
    except OSError as error:
        why = error.strerror or type(error).__name__
        told = msg("cannot read {file}: {error}", file=folder.as_posix(), error=why)
        raise MachineError(told) from error
    for path in inside:
        yield path
        if path.is_dir() and not path.is_symlink():
            yield from _below(path)


def _no_name(shown: str) -> Message:
    return msg("{name} is no name that a file of a bundle may have", name=shown)


def _refuse_tricks(entries: Sequence[zipfile.ZipInfo], size: int) -> None:
    if len(entries) > MAX_ENTRIES or sum(info.file_size for info in entries) > size:
        raise RefusedBundleError(msg("the bundle unpacks to more than it holds"))
    seen: set[str] = set()
    for info in entries:
        trick = _trick(info, seen)
        if trick is not None:
            raise RefusedBundleError(trick)


def _trick(info: zipfile.ZipInfo, seen: set[str]) -> Message | None:
    """Return what is wrong with an entry that nobody writes by mistake."""
    shown = info.orig_filename.encode("unicode_escape").decode()[:100]
    plain = unicodedata.normalize("NFC", info.filename).casefold()
    if stat.S_ISLNK(info.external_attr >> 16):
        return msg("{name} is a link", name=shown)
    if info.orig_filename != info.filename or not is_name(info.filename):
        return _no_name(shown)
    if plain in seen:
        return msg("{name} stands in it twice", name=shown)
    seen.add(plain)
    if info.flag_bits not in {_UTF8_NAME, 0}:
        return msg("{name} is encrypted, or its length is not known", name=shown)
    if info.compress_type != zipfile.ZIP_STORED or info.compress_size != info.file_size:
        return msg("{name} is compressed; nothing in a bundle is", name=shown)
    return None


def _part(info: zipfile.ZipInfo, data: bytes) -> PackedPart:
    """Return an entry as its headers tell of it; whether they tell the truth is seen later."""
    start = info.header_offset + _LOCAL_HEADER
    if start > len(data):
        raise RefusedBundleError(msg("this is no bundle: {error}", error=info.filename))
    name_length, extra_length = struct.unpack("<HH", data[start - 4 : start])
    begin = start + name_length + extra_length
    return PackedPart(
        data[begin : begin + info.file_size], info.CRC, info.file_size, zipfile.ZIP_STORED
    )


def _odd(parts: Mapping[str, PackedPart], data: bytes) -> Iterator[Message]:
    """Tell where an archive is not byte for byte as we would have written these files."""
    for name, part in parts.items():
        if zlib.crc32(part.packed) != part.crc or len(part.packed) != part.size:
            yield msg("changed: {name} (its checksum in the archive)", name=name)
    if list(parts) != sorted(parts):
        yield msg("changed: the archive (the order of its files)")
    written = write_package(parts)
    if written != data:
        at = next((n for n, (a, b) in enumerate(zip(written, data, strict=False)) if a != b),
                  min(len(written), len(data)))  # fmt: skip
        yield msg("changed: the archive (its byte {place}, near {name})",
                  place=str(at), name=_near(parts, at))  # fmt: skip


def _near(parts: Mapping[str, PackedPart], at: int) -> str:
    """Return the name of the file at an offset of the archive, the last one beyond all."""
    offset, last = 0, ""
    for name, part in parts.items():
        last = name
        offset += _LOCAL_HEADER + len(name.encode()) + len(part.packed)
        if at < offset:
            break
    return last
