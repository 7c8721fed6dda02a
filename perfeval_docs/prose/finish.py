"""Finish what pandoc made: tables of full width, landscape pages, figures, what stays together."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

import docx
from docx.document import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.shared import Pt
from docx.text.paragraph import Paragraph
from lxml import etree

from perfeval_docs.diagnostic import msg
from perfeval_docs.errors import FaultyTemplateError
from perfeval_docs.ooxml import (
    DocumentProperties,
    PackageError,
    pack,
    property_parts,
    qn,
    read_package,
    write_package,
)
from perfeval_docs.prose.sections import section_end

WIDE: Final = 8
"""A table of so many columns or more stands on landscape pages."""

SHORT: Final = 14
"""A table of no more rows stays whole on one page."""

FIGURE_STYLE: Final = "CaptionedFigure"
SIGNATURE_STYLE: Final = "Signature"
HEAD_STYLE: Final = "TableHead"

_VAL: Final = qn("w:val")
_W: Final = qn("w:w")
_SVG: Final = "http://schemas.microsoft.com/office/drawing/2016/SVG/main"
_SVG_USE: Final = "{96DAC541-7B7A-43D3-8B79-37D633B846F1}"
# Paragraphs of these styles belong to the table below them.
_ABOVE_TABLES: Final = frozenset({"TableCaption", "TableNote", "AnnexTitle"})
# pandoc tells here which metadata the text had: none.
_CUSTOM: Final = "custom-properties"


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A picture in both forms, its size in points, and its text alternative."""

    svg: bytes
    png: bytes
    width: float
    height: float
    alternative: str


def finish(
    data: bytes, figures: Mapping[str, Figure], properties: DocumentProperties, *, file: str
) -> bytes:
    """Return a Word file that is whole: the same bytes for the same arguments.

    A paragraph of the figures' style holds the name of one, and gets its picture. Raises
    `FaultyTemplateError` for a name that no figure has; `file` is the template.
    """
    document = docx.Document(io.BytesIO(data))
    _leave_out(document)
    _set_figures(document, figures, file)
    _keep_signatures(document)
    _turn_pages(document)
    for table, width in _tables_with_room(document):
        _finish_table(table, width)
    saved = io.BytesIO()
    document.save(saved)
    return repacked(saved.getvalue(), properties)


def _leave_out(document: Document) -> None:
    """Take out the parts that say nothing of ours."""
    relations = document.part.package.rels
    for name in [n for n, each in relations.items() if each.reltype.endswith(_CUSTOM)]:
        del relations[name]


def repacked(data: bytes, properties: DocumentProperties) -> bytes:
    """Return a package with properties of ours, nothing of the moment in it."""
    parts = read_package(data)
    parts = {name: part for name, part in parts.items() if not name.startswith("docProps/")}
    parts |= property_parts(properties)
    return write_package({name: pack(part) for name, part in sorted(parts.items())})


def _set_figures(document: Document, figures: Mapping[str, Figure], file: str) -> None:
    number = 0
    for paragraph in document.paragraphs:
        if paragraph.style is None or paragraph.style.style_id != FIGURE_STYLE:
            continue
        name = paragraph.text.strip()
        if name not in figures:
            raise FaultyTemplateError(
                msg(
                    "{file}: there is no figure {name}; there are: {names}",
                    file=file, name=name, names=", ".join(figures),
                )
            )  # fmt: skip
        number += 1
        _set_figure(paragraph, figures[name], name, number)


def _set_figure(paragraph: Paragraph, figure: Figure, name: str, number: int) -> None:
    for run in paragraph.runs:
        paragraph._p.remove(run._r)  # noqa: SLF001  # python-docx has no other way
    run = paragraph.add_run()
    run.add_picture(io.BytesIO(figure.png), Pt(figure.width), Pt(figure.height))
    drawing = run._r  # noqa: SLF001  # as above
    for element in drawing.iter(qn("wp:docPr")):
        element.set("id", str(number))
        element.set("name", name)
        element.set("descr", figure.alternative)
    part = Part(
        PackURI(f"/word/media/{name}.svg"), "image/svg+xml", figure.svg, paragraph.part.package
    )
    target = paragraph.part.relate_to(part, RELATIONSHIP_TYPE.IMAGE)
    for blip in drawing.iter(qn("a:blip")):
        blip.append(_svg_extension(target))


def _svg_extension(target: str) -> etree._Element:
    """Return what names the vector form of a picture beside its pixels."""
    extensions = etree.Element(qn("a:extLst"))
    extension = etree.SubElement(extensions, qn("a:ext"), {"uri": _SVG_USE})
    etree.SubElement(extension, f"{{{_SVG}}}svgBlip", {qn("r:embed"): target}, nsmap={"asvg": _SVG})
    return extensions


def _keep_signatures(document: Document) -> None:
    """Let no signature stand alone on a page: what stands above it goes along."""
    for paragraph in document.element.body.iterchildren(qn("w:p")):
        above = paragraph.getprevious()
        if _style_of(paragraph) == SIGNATURE_STYLE and above is not None:
            _keep_paragraph_with_next(above)


def _turn_pages(document: Document) -> None:
    """Put wide tables, with what belongs to them above, on landscape pages of their own."""
    body = document.element.body
    last = body.find(qn("w:sectPr"))
    upright = deepcopy(last)
    for table in list(body.iterchildren(qn("w:tbl"))):
        if len(table.findall(f"{qn('w:tblGrid')}/{qn('w:gridCol')}")) < WIDE:
            continue
        first = _first_above(table)
        above = first.getprevious()
        if above is not None and not _ends_section(above):
            first.addprevious(_end_like(upright, landscape=False))
        if table.getnext() is last:
            _turn(last)
        else:
            table.addnext(_end_like(upright, landscape=True))


def _first_above(table: etree._Element) -> etree._Element:
    first = table
    while (above := first.getprevious()) is not None and _style_of(above) in _ABOVE_TABLES:
        first = above
    return first


def _style_of(paragraph: etree._Element) -> str:
    style = paragraph.find(f"{qn('w:pPr')}/{qn('w:pStyle')}")
    return "" if style is None else style.get(_VAL, "")


def _ends_section(element: etree._Element) -> bool:
    return element.find(f"{qn('w:pPr')}/{qn('w:sectPr')}") is not None


def _end_like(last: etree._Element, *, landscape: bool) -> etree._Element:
    """Return a paragraph that ends a section like the last one, turned or not, and is not seen."""
    section = deepcopy(last)
    if landscape:
        _turn(section)
    return section_end(section)


def _turn(section: etree._Element) -> None:
    """Turn a page and its type area: what was its top is now its left side."""
    size, margins = section.find(qn("w:pgSz")), section.find(qn("w:pgMar"))
    if size is None or margins is None:
        raise PackageError("a section without a size or margins")
    width, height = size.get(_W, "0"), size.get(qn("w:h"), "0")
    size.set(_W, height)
    size.set(qn("w:h"), width)
    size.set(qn("w:orient"), "landscape")
    sides = {side: margins.get(qn(f"w:{side}"), "0") for side in ("top", "right", "bottom", "left")}
    foot = int(sides["bottom"]) - int(margins.get(qn("w:footer"), "0"))
    turned = {"left": "top", "top": "right", "right": "bottom", "bottom": "left"}
    for side, source in turned.items():
        margins.set(qn(f"w:{side}"), sides[source])
    # The page number stays as far below the text as it was.
    margins.set(qn("w:footer"), str(max(0, int(sides["left"]) - foot)))


def _tables_with_room(document: Document) -> Iterator[tuple[etree._Element, int]]:
    """Yield the tables with the width of the text that they stand in, in twentieths of a point."""
    body = document.element.body
    waiting: list[etree._Element] = []
    for element in body:
        if element.tag == qn("w:tbl"):
            waiting.append(element)
        section = element if element.tag == qn("w:sectPr") else element.find(_IN_PARAGRAPH)
        if section is not None:
            yield from ((table, _text_width(section)) for table in waiting)
            waiting = []


_IN_PARAGRAPH: Final = f"{qn('w:pPr')}/{qn('w:sectPr')}"


def _text_width(section: etree._Element) -> int:
    size, margins = section.find(qn("w:pgSz")), section.find(qn("w:pgMar"))
    if size is None or margins is None:
        raise PackageError("a section without a size or margins")
    left, right = (int(margins.get(qn(f"w:{side}"), "0")) for side in ("left", "right"))
    return int(size.get(_W, "0")) - left - right


def _finish_table(table: etree._Element, room: int) -> None:
    """Give a table the width of the text, its columns their shares, its rows what keeps them."""
    columns = table.findall(f"{qn('w:tblGrid')}/{qn('w:gridCol')}")
    shares = [int(column.get(_W, "0")) for column in columns]
    widths = _divided(room, shares)
    for column, width in zip(columns, widths, strict=True):
        column.set(_W, str(width))
    wanted = table.find(f"{qn('w:tblPr')}/{qn('w:tblW')}")
    if wanted is not None:
        wanted.set(qn("w:type"), "dxa")
        wanted.set(_W, str(room))
    rows = list(table.iterchildren(qn("w:tr")))
    for row in rows:
        _finish_row(row, widths)
    if len(rows) <= SHORT:
        for row in rows[:-1]:
            _keep_with_next(row)


def _divided(room: int, shares: Sequence[int]) -> list[int]:
    """Divide a width by shares, without losing a unit."""
    total, ends, so_far = sum(shares) or 1, [0], 0
    for share in shares:
        so_far += share
        ends.append(room * so_far // total)
    return [end - start for start, end in pairwise(ends)]


def _finish_row(row: etree._Element, widths: Sequence[int]) -> None:
    properties = row.find(qn("w:trPr"))
    is_head = properties is not None and properties.find(qn("w:tblHeader")) is not None
    if properties is None:
        properties = etree.Element(qn("w:trPr"))
        row.insert(0, properties)
    properties.insert(0, etree.Element(qn("w:cantSplit")))
    for cell, width in zip(row.iterchildren(qn("w:tc")), widths, strict=False):
        _finish_cell(cell, width, is_head=is_head)


def _keep_with_next(row: etree._Element) -> None:
    for paragraph in row.iterfind(f"{qn('w:tc')}/{qn('w:p')}"):
        _keep_paragraph_with_next(paragraph)


def _keep_paragraph_with_next(paragraph: etree._Element) -> None:
    properties = paragraph.find(qn("w:pPr"))
    if properties is not None:
        style = properties.find(qn("w:pStyle"))
        properties.insert(0 if style is None else 1, etree.Element(qn("w:keepNext")))


def _finish_cell(cell: etree._Element, width: int, *, is_head: bool) -> None:
    properties = cell.find(qn("w:tcPr"))
    if properties is None:
        properties = etree.Element(qn("w:tcPr"))
        cell.insert(0, properties)
    etree.SubElement(properties, qn("w:tcW"), {_W: str(width), qn("w:type"): "dxa"})
    etree.SubElement(properties, qn("w:vAlign"), {_VAL: "center"})
    if not is_head:
        return
    for paragraph in cell.iterchildren(qn("w:p")):
        own = paragraph.find(qn("w:pPr"))
        if own is not None:
            for name in ("w:pStyle", "w:jc"):
                for element in own.findall(qn(name)):
                    own.remove(element)
            own.insert(0, etree.Element(qn("w:pStyle"), {_VAL: HEAD_STYLE}))
