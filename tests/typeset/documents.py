"""Word files made with python-docx for the tests of this room, and what pdfium sees of a PDF."""

import io
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from typing import Any

import docx
import pikepdf
import pypdfium2 as pdfium
from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import parse_xml
from docx.shared import Mm, Pt
from lxml import etree

from perfeval_docs.fonts import FontBook
from perfeval_docs.typeset import Typesetter

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
DATE = datetime(2025, 6, 30, tzinfo=UTC)


@cache
def typesetter() -> Typesetter:
    """Return the one compiler of the tests, with the wheel's fonts only."""
    return Typesetter(FontBook.load(system=False))


def blank() -> Document:
    """Return an A4 document with margins of 20 mm and 10-point 宋体, no space around lines."""
    document = docx.Document()
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin = section.right_margin = Mm(20)
    section.top_margin = section.bottom_margin = Mm(20)
    normal = document.styles["Normal"]
    normal.font.size = Pt(10)
    normal.paragraph_format.space_after, normal.paragraph_format.line_spacing = Pt(0), 1
    return document


def saved(document: Document) -> bytes:
    """Return a document's bytes."""
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def pdf_of(document: Document) -> bytes:
    """Typeset a document."""
    return (
        typesetter()
        .typeset(saved(document), title="标题", author="单位", date=DATE, file="t.docx")
        .pdf
    )


def element(xml: str) -> etree._Element:
    """Parse a piece of WordprocessingML, the prefix `w` understood."""
    head, _, rest = xml.partition(">")
    is_empty = head.endswith("/")
    named = f"{head.rstrip('/')} xmlns:w='{W}'{'/' if is_empty else ''}>{rest}"
    return parse_xml(named)


@dataclass(frozen=True)
class Seen:
    """A stretch of text on a page: where it stands, in points from the top left."""

    page: int
    text: str
    left: float
    top: float
    right: float
    bottom: float


def seen(pdf: bytes) -> tuple[Seen, ...]:
    """Return the lines of text that pdfium finds, in the order of the page."""
    found = []
    document = pdfium.PdfDocument(pdf)
    for number, page in enumerate(document):
        height = page.get_height()
        text_page = page.get_textpage()
        for index in range(text_page.count_rects()):
            left, bottom, right, top = text_page.get_rect(index)
            text = text_page.get_text_bounded(left, bottom, right, top)
            found.append(Seen(number, text.strip(), left, height - top, right, height - bottom))
        text_page.close()
    document.close()
    return tuple(found)


def where(pdf: bytes, text: str) -> Seen:
    """Return the first line that holds a text."""
    return next(each for each in seen(pdf) if text in each.text)


def tags(pdf: bytes) -> tuple[str, ...]:
    """Return the types of the structure tree's elements, in reading order."""

    def below(element: pikepdf.Object) -> Iterator[str]:
        kids: Any = element.get("/K", [])
        for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
            if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
                yield str(kid.S).lstrip("/")
                yield from below(kid)

    with pikepdf.open(io.BytesIO(pdf)) as opened:
        return tuple(below(opened.Root.StructTreeRoot))


def bookmarks(pdf: bytes) -> tuple[tuple[int, str], ...]:
    """Return the bookmarks with their levels, from 0."""
    document = pdfium.PdfDocument(pdf)
    found = tuple((each.level, each.get_title()) for each in document.get_toc())
    document.close()
    return found


CENTER = WD_ALIGN_PARAGRAPH.CENTER
RIGHT = WD_ALIGN_PARAGRAPH.RIGHT
