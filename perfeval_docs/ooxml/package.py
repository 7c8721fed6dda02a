"""Packages of parts: strict, bounded reading, and writing of the same bytes each time."""

from __future__ import annotations

import io
import lzma
import struct
import zipfile
import zlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache
from types import MappingProxyType
from typing import Final

from lxml import etree

NAMESPACES: Final = MappingProxyType(
    {
        "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
        "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
        "rel": "http://schemas.openxmlformats.org/package/2006/relationships",
        "ct": "http://schemas.openxmlformats.org/package/2006/content-types",
        "cp": "http://schemas.openxmlformats.org/package/2006/metadata/core-properties",
        "dc": "http://purl.org/dc/elements/1.1/",
        "dcterms": "http://purl.org/dc/terms/",
        "xsi": "http://www.w3.org/2001/XMLSchema-instance",
        "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
        "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
        "pic": "http://schemas.openxmlformats.org/drawingml/2006/picture",
        "ds": "http://schemas.openxmlformats.org/officeDocument/2006/customXml",
        "asvg": "http://schemas.microsoft.com/office/drawing/2016/SVG/main",
        "xml": "http://www.w3.org/XML/1998/namespace",
    }
)
MAX_PARTS: Final = 2_000
MAX_PACKAGE_BYTES: Final = 64 * 1024 * 1024
# Other methods give all that a block holds at once, however much it is.
METHODS: Final = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})
_DOS_TIME: Final = 0
_DOS_DATE: Final = (1980 - 1980) << 9 | 1 << 5 | 1
_UTF8_NAME: Final = 0x800
_VERSION: Final = 20


# All that `zipfile` has been seen to raise on damaged archives, encrypted ones included.
_DAMAGE: Final = (
    zipfile.BadZipFile, zlib.error, lzma.LZMAError, struct.error,
    NotImplementedError, RuntimeError, EOFError, OSError, ValueError, IndexError,
)  # fmt: skip


class PackageError(Exception):
    """The bytes are not a Word package that we are willing to read; the argument says why."""


@cache
def qn(name: str) -> str:
    """Return the Clark name of a prefixed one: `w:p` → `{http://…/main}p`."""
    prefix, _, local = name.partition(":")
    return f"{{{NAMESPACES[prefix]}}}{local}"


def parse_xml(data: bytes) -> etree._Element:
    """Parse one part strictly: no recovery, no entities, no network; comments are left out.

    Raises `PackageError` where the part is not well-formed or declares entities.
    """
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        recover=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise PackageError(str(error)) from error
    if getattr(root.getroottree().docinfo, "doctype", None):
        raise PackageError("the part declares a document type")
    return root


def alternative_text(drawing: etree._Element) -> str:
    """Return what a `w:drawing` says to those who cannot see it, empty for nothing."""
    properties = drawing.find("*/wp:docPr", dict(NAMESPACES))
    if properties is None:
        return ""
    return (properties.get("descr", "").strip() or properties.get("title", "")).strip()


def read_package(
    data: bytes, is_wanted: Callable[[str], object] = lambda _: True
) -> dict[str, bytes]:
    """Read the parts of a package, or those that are wanted, by name, in the archive's order.

    Raises `PackageError` for what is no ZIP, is damaged, encrypted, repeats a name,
    leaves its folder, or unpacks to more than `MAX_PACKAGE_BYTES` or `MAX_PARTS`.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            every = (info for info in archive.infolist() if not info.is_dir())
            entries = [info for info in every if is_wanted(info.filename)]
            _refuse_odd_entries(entries)
            return {info.filename: _read(archive, info) for info in entries}
    except _DAMAGE as error:
        raise PackageError(str(error)) from error


def _read(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> bytes:
    """Read a part no further than it says that it is large: what says too little is damaged."""
    with archive.open(info) as part:
        return part.read(info.file_size + 1)


@dataclass(frozen=True, slots=True)
class Package:
    """The parts of a package; the tree of a part is made once, for those who only look at it."""

    parts: Mapping[str, bytes]
    _trees: dict[str, etree._Element] = field(default_factory=dict)

    def tree(self, name: str) -> etree._Element:
        """Return the tree of a part; raises as `parse_xml` does, `KeyError` for none."""
        if name not in self._trees:
            self._trees[name] = parse_xml(self.parts[name])
        return self._trees[name]


def open_package(data: bytes | Package) -> Package:
    """Return a package of its bytes, or as it is; raises as `read_package` does."""
    return data if isinstance(data, Package) else Package(read_package(data))


def _refuse_odd_entries(entries: list[zipfile.ZipInfo]) -> None:
    names = [info.filename for info in entries]
    if len(names) > MAX_PARTS or sum(info.file_size for info in entries) > MAX_PACKAGE_BYTES:
        raise PackageError("the package unpacks to more than a form can need")
    if any(info.compress_type not in METHODS for info in entries):
        raise PackageError("the package is compressed as no program for forms does it")
    if len(set(names)) != len(names):
        raise PackageError("the package names a part twice")
    if any(name.startswith("/") or ".." in name.split("/") or "\\" in name for name in names):
        raise PackageError("the package names a part outside itself")


@dataclass(frozen=True, slots=True)
class PackedPart:
    """A part compressed once, to be written into many packages; or one left as it is."""

    packed: bytes
    crc: int
    size: int
    method: int = zipfile.ZIP_DEFLATED


def pack(data: bytes) -> PackedPart:
    """Compress a part."""
    compressor = zlib.compressobj(6, zlib.DEFLATED, -15)
    return PackedPart(compressor.compress(data) + compressor.flush(), zlib.crc32(data), len(data))


def store(data: bytes) -> PackedPart:
    """Leave a part uncompressed, so that no version of a compressor shows in the archive."""
    return PackedPart(data, zlib.crc32(data), len(data), zipfile.ZIP_STORED)


def write_package(parts: Mapping[str, PackedPart]) -> bytes:
    """Write a ZIP of the parts in the mapping's order, every entry dated 1980-01-01.

    Own writer because `zipfile` cannot take compressed data: nearly all the time of
    saving a filled form went into compressing parts that never change.
    """
    body = bytearray()
    directory = bytearray()
    for name, part in parts.items():
        encoded = name.encode()
        fields = (
            _VERSION, _UTF8_NAME, part.method, _DOS_TIME, _DOS_DATE,
            part.crc, len(part.packed), part.size, len(encoded), 0,
        )  # fmt: skip
        directory += struct.pack("<4s6H3L5H2L", b"PK\x01\x02", _VERSION, *fields[:5],
                                 *fields[5:], 0, 0, 0, 0, len(body)) + encoded  # fmt: skip
        body += struct.pack("<4s5H3L2H", b"PK\x03\x04", *fields) + encoded + part.packed
    end = struct.pack(
        "<4s4H2LH", b"PK\x05\x06", 0, 0, len(parts), len(parts), len(directory), len(body), 0
    )
    return bytes(body + directory + end)
