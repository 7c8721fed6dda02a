"""Pictures for the tests of this room, and Word files that hold them."""

import base64
import io
import struct
import zlib
from dataclasses import dataclass

import pypdfium2 as pdfium
from docx.document import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml.ns import qn
from docx.shared import Mm
from docx.text.run import Run
from lxml import etree
from pypdfium2 import raw

from tests.typeset.documents import blank

ASVG = "http://schemas.microsoft.com/office/drawing/2016/SVG/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def png(width: int = 60, height: int = 40, rows: bytes | None = None) -> bytes:
    """Return a red PNG, or one of these rows."""
    pixels = (b"\0" + b"\xff\0\0" * width) * height if rows is None else rows
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    chunks = ((b"IHDR", head), (b"IDAT", zlib.compress(pixels)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
        for name, data in chunks
    )


JPEG = base64.b64decode(
    "/9j/4AAQSkZJRgABAQAAAQABAAD/2wBDAFA3PEY8MlBGQUZaVVBfeMiCeG5uePWvuZHI////////////////////"
    "////////////////////////////////wAALCAAIAAgBAREA/8QAFAABAAAAAAAAAAAAAAAAAAAAAf/EABQQAQAA"
    "AAAAAAAAAAAAAAAAAAD/2gAIAQEAAD8AH//Z"
)
"""A grey JPEG of 8 by 8 pixels."""


def svg(inside: str = "<rect width='60' height='40' fill='#00f'/>") -> bytes:
    """Return an SVG."""
    return (
        "<svg xmlns='http://www.w3.org/2000/svg' xmlns:xlink='http://www.w3.org/1999/xlink' "
        f"viewBox='0 0 60 40'>{inside}</svg>"
    ).encode()


def add_picture(run: Run, data: bytes, alternative: str = "图", width: int = 30) -> etree._Element:
    """Add a PNG or JPEG so many millimetres wide to a run; return its `w:drawing`."""
    run.add_picture(io.BytesIO(data), width=Mm(width))
    drawing: etree._Element = run._r.findall(qn("w:drawing"))[-1]
    properties = found(drawing, "wp:docPr")
    properties.set("descr", alternative)
    return drawing


def found(drawing: etree._Element, name: str) -> etree._Element:
    """Return the first element of a name in a drawing."""
    return next(drawing.iter(qn(name)))


def add_vector(document: Document, data: bytes, *, alternative: str = "图") -> etree._Element:
    """Add a paragraph with an SVG, as Word and pandoc do: beside a PNG that stands in for it."""
    drawing = add_picture(document.add_paragraph().add_run(), png(), alternative)
    blip = found(drawing, "a:blip")
    extensions = etree.SubElement(blip, qn("a:extLst"))
    extension = etree.SubElement(extensions, qn("a:ext"))
    vector = etree.SubElement(extension, f"{{{ASVG}}}svgBlip")
    vector.set(f"{{{R}}}embed", relate(document, data, "picture.svg"))
    return drawing


def relate(document: Document, data: bytes, name: str) -> str:
    """Put a part into the package; return the id of the document's relation to it."""
    package = document.part.package
    part = Part(PackURI(f"/word/media/{name}"), "image/x", data, package)
    return document.part.relate_to(part, RELATIONSHIP_TYPE.IMAGE)


def with_bytes(data: bytes) -> Document:
    """Return a document with a picture of these bytes, whatever they are."""
    document = blank()
    blip = found(add_picture(document.add_paragraph().add_run(), png()), "a:blip")
    blip.set(qn("r:embed"), relate(document, data, "picture.png"))
    return document


@dataclass(frozen=True)
class Drawn:
    """A bitmap (`is_bitmap`) or path on a page: where it stands, in points from the top left."""

    page: int
    is_bitmap: bool
    left: float
    top: float
    right: float
    bottom: float


def drawn(pdf: bytes) -> tuple[Drawn, ...]:
    """Return the bitmaps and paths that pdfium finds."""
    found = []
    document = pdfium.PdfDocument(pdf)
    kinds = [raw.FPDF_PAGEOBJ_IMAGE, raw.FPDF_PAGEOBJ_PATH]
    for number, page in enumerate(document):
        height = page.get_height()
        for item in page.get_objects(filter=kinds):
            left, bottom, right, top = item.get_bounds()
            is_bitmap = item.type == raw.FPDF_PAGEOBJ_IMAGE
            found.append(Drawn(number, is_bitmap, left, height - top, right, height - bottom))
    document.close()
    return tuple(found)
