"""Where a section of a Word file ends: in a paragraph of no height."""

from __future__ import annotations

from lxml import etree

from perfeval_docs.ooxml import qn


def section_end(section: etree._Element) -> etree._Element:
    """Return a paragraph that ends a section and is not seen."""
    paragraph = etree.Element(qn("w:p"))
    properties = etree.SubElement(paragraph, qn("w:pPr"))
    etree.SubElement(
        properties, qn("w:spacing"),
        {qn("w:before"): "0", qn("w:after"): "0", qn("w:line"): "20", qn("w:lineRule"): "exact"},
    )  # fmt: skip
    properties.append(section)
    return paragraph
