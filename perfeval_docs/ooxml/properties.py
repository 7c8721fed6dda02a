"""What a Word file says of itself: title, author, dates; ours, never the machine's."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from lxml import etree

from perfeval_docs.ooxml.package import NAMESPACES, qn

_CORE: Final = "docProps/core.xml"
_APP: Final = "docProps/app.xml"
_APP_XML: Final = (
    b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    b'<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/'
    b'extended-properties"><Application>perfeval_docs</Application></Properties>'
)


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentProperties:
    """Title, author and the one date (created and modified, UTC) of a document."""

    title: str
    author: str
    date: datetime


def property_parts(properties: DocumentProperties) -> dict[str, bytes]:
    """Return the parts `docProps/core.xml` and `docProps/app.xml`."""
    root = etree.Element(
        qn("cp:coreProperties"), nsmap={k: NAMESPACES[k] for k in ("cp", "dc", "dcterms", "xsi")}
    )
    for name, text in (
        ("dc:title", properties.title),
        ("dc:creator", properties.author),
        ("cp:lastModifiedBy", properties.author),
        ("dc:language", "zh-CN"),
    ):
        etree.SubElement(root, qn(name)).text = text
    for name in ("dcterms:created", "dcterms:modified"):
        element = etree.SubElement(root, qn(name))
        element.set(qn("xsi:type"), "dcterms:W3CDTF")
        element.text = properties.date.strftime("%Y-%m-%dT%H:%M:%SZ")
    core = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    return {_CORE: core, _APP: _APP_XML}
