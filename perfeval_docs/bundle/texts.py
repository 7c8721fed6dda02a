"""Everything that a finished file says, wherever it says it: text, properties, attachments."""

from __future__ import annotations

import re
import struct
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, Literal

import pypdfium2 as pdfium
from lxml import etree

from perfeval_docs.ooxml import PackageError, parse_xml, qn, read_package

_PDF: Final = b"%PDF-"
_ZIP: Final = b"PK\x03\x04"
_PNG: Final = b"\x89PNG\r\n\x1a\n"
_CHUNK: Final = 12  # length, sort and checksum around the content
_END: Final = b"IEND"
_PIXELS: Final = frozenset({b"IHDR", b"IDAT", b"PLTE", b"tRNS", b"pHYs", _END})
_OF_PEOPLE: Final = re.compile(r"word/(?:comments\w*|people)\.xml|docProps/custom\.xml")
_AUTHOR: Final = b" w:author="  # of a change or a comment
_METADATA: Final = re.compile(rb"<x:xmpmeta.*?</x:xmpmeta>", re.DOTALL)
_PARAGRAPH: Final = qn("w:p")


Sort = Literal["text", "data", "people"]


@dataclass(frozen=True, slots=True)
class Said:
    """A text, and in which part of the file it stands.

    `data` is what nobody reads as text (attributes, pictures); `people` is the name of a part in
    which people are named who need not be: reviewers, those who commented.
    """

    place: str
    text: str
    sort: Sort = "text"


def texts_of(data: bytes) -> Iterator[Said]:
    """Yield all texts of a file: of its parts and attachments where it has any.

    Raises `PackageError` and `PdfiumError` for a file that is damaged.
    """
    if data.startswith(_PDF):
        yield from _of_pdf(data)
    elif data.startswith(_ZIP):
        for name, part in read_package(data).items():
            yield Said(name, name, "data")
            yield from _of_part(name, part)
    elif data.startswith(_PNG):
        yield from _of_png(data)
    else:
        yield Said("", data.decode(errors="ignore"))


def _of_part(name: str, part: bytes) -> Iterator[Said]:
    try:
        root = parse_xml(part)
    except PackageError:
        yield from (Said(name, said.text, said.sort) for said in texts_of_part(part))
        return
    if (_OF_PEOPLE.fullmatch(name) and len(root)) or _AUTHOR in part:
        yield Said(name, name, "people")
    paragraphs = ["".join(map(str, each.itertext())) for each in root.iter(_PARAGRAPH)]
    yield Said(name, "\n".join(paragraphs or map(str, root.itertext())))
    yield Said(name, "\n".join(_attributes(root)), "data")
    # Comments of the XML itself are left out when it is parsed.
    for comment in re.findall(rb"<!--(.*?)-->", part, re.DOTALL):
        yield Said(name, comment.decode(errors="ignore"))


def texts_of_part(part: bytes) -> Iterator[Said]:
    """Yield the texts of a part that is no XML: a picture, as a rule."""
    if part.startswith(_PNG):
        yield from _of_png(part)
    else:
        yield Said("", part.decode(errors="ignore"), "data")


def _of_png(data: bytes) -> Iterator[Said]:
    """Yield all of a picture that is neither its size nor its pixels."""
    at = len(_PNG)
    while at + _CHUNK <= len(data):
        (size,) = struct.unpack(">L", data[at : at + 4])
        sort, content = data[at + 4 : at + 8], data[at + 8 : at + 8 + size]
        if sort not in _PIXELS:
            yield Said(sort.decode("latin-1"), content.decode(errors="ignore"))
        at += size + _CHUNK
        if sort == _END:
            break
    yield Said("end", data[at:].decode(errors="ignore"))


def _attributes(root: etree._Element) -> Iterator[str]:
    for element in root.iter():
        yield from map(str, element.attrib.values())


def _of_pdf(data: bytes) -> Iterator[Said]:
    with pdfium.PdfDocument(data) as document:
        for name, value in document.get_metadata_dict().items():
            yield Said(f"/{name}", value)
        for number in range(document.count_attachments()):
            attachment = document.get_attachment(number)
            yield Said("/EmbeddedFiles", attachment.get_name())
            for said in texts_of(bytes(attachment.get_data())):
                yield Said(attachment.get_name(), said.text)
        for number, page in enumerate(document, 1):
            yield Said(f"page {number}", page.get_textpage().get_text_range())
    for found in _METADATA.findall(data):
        yield Said("/Metadata", found.decode(errors="ignore"))
