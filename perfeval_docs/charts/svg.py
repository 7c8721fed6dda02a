"""What matplotlib writes as SVG, made plain: no DOCTYPE, no style sheet, names of its own."""

from __future__ import annotations

import re
from typing import Final

from lxml import etree

from perfeval_docs.view import ChartView

_SVG: Final = "{http://www.w3.org/2000/svg}"
_HREF: Final = "{http://www.w3.org/1999/xlink}href"
_REFERRING: Final = (_HREF, "style")
# The name of `#name` as a whole value, or of `url(#name)` within one.
_REFERENCE: Final = re.compile(r"(?<=^#)[\w-]+|(?<=url\(#)[\w-]+")
_NO_NAME: Final = re.compile(r"[^A-Za-z0-9_-]+")
_NO_XML: Final = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def plain_svg(svg: bytes, chart: ChartView) -> bytes:
    """Return an SVG that can stand in a file or within a web page.

    It is an image with a title and a description; its ids begin with the chart's name, so
    that several can stand in one page.
    """
    parser = etree.XMLParser(
        remove_comments=True, remove_blank_text=True, resolve_entities=False, no_network=True
    )
    root = etree.fromstring(svg, parser)
    prefix = f"chart-{_NO_NAME.sub('-', chart.name)}-"
    _inherit_style(root)
    _name(root, prefix)
    _describe(root, prefix, chart)
    return etree.tostring(root, encoding="unicode").encode()


def _inherit_style(root: etree._Element) -> None:
    """Put what the style sheet says of every element at the root, which hands it down.

    Within a web page the sheet would rule the page's other pictures as well.
    """
    for sheet in root.findall(f"{_SVG}defs/{_SVG}style/.."):
        root.remove(sheet)
    root.set("stroke-linejoin", "round")
    root.set("stroke-linecap", "butt")


def _name(root: etree._Element, prefix: str) -> None:
    """Begin the ids that something refers to with a prefix, and drop the others."""
    pairs = [pair for element in root.iter() for pair in _attributes(element)]
    used = {name for key, value in pairs if key in _REFERRING for name in _REFERENCE.findall(value)}
    for element in root.iter():
        for key, value in _attributes(element):
            if key == "id" and value not in used:
                del element.attrib[key]
            elif key == "id":
                element.set(key, prefix + value)
            elif key in _REFERRING:
                element.set(key, _REFERENCE.sub(prefix + r"\g<0>", value))
            else:
                element.set(key, " ".join(value.split()))


def _attributes(element: etree._Element) -> list[tuple[str, str]]:
    return [(str(key), str(value)) for key, value in element.items()]


def _describe(root: etree._Element, prefix: str, chart: ChartView) -> None:
    """Say that it is an image, what it is called and what it shows."""
    root.set("role", "img")
    root.set("aria-labelledby", f"{prefix}title {prefix}desc")
    for place, (tag, text) in enumerate((("title", chart.title), ("desc", chart.alternative))):
        element = etree.Element(f"{_SVG}{tag}", id=prefix + tag)
        element.text = _NO_XML.sub("\ufffd", text)
        root.insert(place, element)
