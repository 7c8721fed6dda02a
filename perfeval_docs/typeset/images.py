"""The bytes of pictures: their format, and nothing in them that must not reach the compiler."""

from __future__ import annotations

import base64
import binascii
import re
import struct
from collections.abc import Iterator
from typing import Final

from lxml import etree

from perfeval_docs.diagnostic import msg
from perfeval_docs.ooxml import PackageError, parse_xml
from perfeval_docs.typeset.faults import UnsettableError
from perfeval_docs.typeset.model import Image

MAX_BYTES: Final = 8 * 1024 * 1024
MAX_PIXELS: Final = 50_000_000

_PNG: Final = b"\x89PNG\r\n\x1a\n"
_JPEG: Final = b"\xff\xd8\xff"
_DOCTYPE: Final = b"<!DOCTYPE"
_SVG: Final = "{http://www.w3.org/2000/svg}svg"
_SIZE_OF_PNG: Final = struct.Struct(">4sII")
_SIZE_OF_JPEG: Final = struct.Struct(">HH")
_FRAMES: Final = frozenset({*range(0xC0, 0xD0)} - {0xC4, 0xC8, 0xCC})
_ALONE: Final = frozenset({0x01, *range(0xD0, 0xDA)})
_SCAN, _END, _FILL = 0xDA, b"\xff\xd9", 0xFF
_INNER: Final = re.compile(r"data:image/(?:png|jpeg|jpg);base64,", re.IGNORECASE)
_OUTSIDE: Final = re.compile(r"@import|url\((?!\s*[\"']?#)", re.IGNORECASE)
_UNSETTABLE: Final = frozenset({"script", "foreignObject"})
_WAY_OUT: Final = msg("save it as PNG, JPEG or SVG and insert it again")
_DAMAGED: Final = msg("a damaged picture")


def load_image(data: bytes) -> Image:
    """Return a picture that may be given to the compiler, which decodes it.

    Raises `UnsettableError` for other formats, for what would fill the memory, for what is cut
    short, and for SVG that refers to anything outside itself, runs or holds pages of the web.
    """
    if len(data) > MAX_BYTES:
        raise UnsettableError(
            msg("a picture of {size} MB", size=str(len(data) // 1_000_000)),
            msg("save it smaller than {most} MB", most=str(MAX_BYTES // 1_000_000)),
        )
    if data.startswith((_PNG, _JPEG)):
        return _raster(data)
    return Image(_svg(data), "svg")


def _raster(data: bytes) -> Image:
    is_png = data.startswith(_PNG)
    width, height = _size_of_png(data) if is_png else _size_of_jpeg(data)
    if width * height > MAX_PIXELS:
        raise UnsettableError(
            msg("a picture of {width} × {height} pixels", width=str(width), height=str(height)),
            msg("save it with fewer pixels"),
        )
    return Image(data, "png" if is_png else "jpg")


def _size_of_png(data: bytes) -> tuple[int, int]:
    try:
        chunk, width, height = _SIZE_OF_PNG.unpack_from(data, len(_PNG) + 4)
    except struct.error:
        chunk, width, height = b"", 0, 0
    if chunk != b"IHDR":
        raise UnsettableError(_DAMAGED, _WAY_OUT)
    return width, height


def _size_of_jpeg(data: bytes) -> tuple[int, int]:
    """Return the size that the frame states; Typst takes a picture that ends too early as whole."""
    size = None
    for marker, at in _segments(data):
        if marker in _FRAMES and len(data) >= at + 7:
            height, width = _SIZE_OF_JPEG.unpack_from(data, at + 3)
            size = (width, height)
        elif marker == _SCAN and size is not None and _END in data[at:]:
            return size
    raise UnsettableError(_DAMAGED, _WAY_OUT)


def _segments(data: bytes) -> Iterator[tuple[int, int]]:
    """Yield the markers of a JPEG, each with the place after it, up to the first scan."""
    at = 2
    while at + 4 <= len(data) and data[at] == _FILL:
        marker = data[at + 1]
        if marker == _FILL:
            at += 1
            continue
        yield marker, at + 2
        if marker == _SCAN:
            return
        at += 2 if marker in _ALONE else 2 + int.from_bytes(data[at + 2 : at + 4])


def _svg(data: bytes) -> bytes:
    """Return an SVG as it was understood when it was looked through."""
    try:
        root = parse_xml(data)
    except PackageError:
        root = None
    if _DOCTYPE in data:
        raise UnsettableError(
            msg("an SVG with a document type"), msg("take the line <!DOCTYPE …> out of it")
        )
    if root is None or root.tag != _SVG:
        raise UnsettableError(msg("a picture that is neither PNG nor JPEG nor SVG"), _WAY_OUT)
    for element in root.iter():
        _refuse_active(element)
    return etree.tostring(root, encoding="utf-8", xml_declaration=False)


def _refuse_active(element: etree._Element) -> None:
    name = etree.QName(element).localname
    if name in _UNSETTABLE:
        raise UnsettableError(msg("an SVG with the element {name}", name=name), _WAY_OUT)
    for attribute, value in element.items():
        _refuse_outside(etree.QName(attribute).localname, str(value).strip())
    if name == "style" and _OUTSIDE.search("".join(map(str, element.itertext()))):
        raise _refers_outside()


def _refuse_outside(name: str, value: str) -> None:
    if name.startswith("on"):
        raise UnsettableError(msg("an SVG with the attribute {name}", name=name), _WAY_OUT)
    if name not in ("href", "src"):
        if _OUTSIDE.search(value):
            raise _refers_outside()
    elif inner := _INNER.match(value):
        _raster(_decoded(value[inner.end() :]))
    elif not value.startswith("#"):
        raise _refers_outside()


def _decoded(text: str) -> bytes:
    try:
        data = base64.b64decode("".join(text.split()), validate=True)
    except binascii.Error:
        data = b""
    if not data.startswith((_PNG, _JPEG)):
        raise UnsettableError(_DAMAGED, _WAY_OUT)
    return data


def _refers_outside() -> UnsettableError:
    return UnsettableError(msg("an SVG that refers to something outside itself"), _WAY_OUT)
