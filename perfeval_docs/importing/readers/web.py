"""Web pages to sheets: their text as a browser breaks it, tables with their spans."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from lxml import html

from perfeval_docs.importing.readers.text import decoded
from perfeval_docs.importing.sheet import Counter, Raw, Sheet, sheet

_BLOCKS: Final = frozenset({"p", "div", "li", "tr", "br", "h1", "h2", "h3", "h4"})
_SILENT: Final = frozenset({"script", "style", "table"})
_BREAK: Final = "\v"
_WHITE: Final = re.compile(r"[ \t\r\n\f]+")
_LARGEST_SPAN: Final = 1000


def read_web(data: bytes) -> Iterator[Sheet]:
    """Yield the paragraphs and tables of a page; what it refers to is not fetched."""
    parser = html.HTMLParser(no_network=True, huge_tree=False, remove_comments=True)
    page = html.document_fromstring(decoded(data), parser=parser)
    counter = Counter()
    for element in page.iter("table", "p", "h1", "h2", "h3", "h4"):
        if element.tag == "table":
            yield sheet(counter.next(), map(_web_row, _rows(element)))
        elif next(element.iterancestors("table"), None) is None:
            yield sheet("", [[Raw(_web_text(element))]])


def _rows(table: html.HtmlElement) -> Iterator[html.HtmlElement]:
    """Yield the rows of a table, not those of tables in it."""
    inside = list(reversed(table))
    while inside:
        element = inside.pop()
        if element.tag == "tr":
            yield element
        if element.tag != "table":
            inside += reversed(element)


def _web_row(row: html.HtmlElement) -> list[Raw]:
    return [
        Raw(_web_text(cell), _span(cell, "rowspan"), _span(cell, "colspan"))
        for cell in row.iterchildren("td", "th")
    ]


def _span(cell: html.HtmlElement, name: str) -> int:
    text = cell.get(name, "1").strip()
    return min(int(text), _LARGEST_SPAN) if text.isascii() and text.isdigit() else 1


def _web_text(element: html.HtmlElement) -> str:
    """Return the text of an element as a browser breaks it, without that of tables in it."""
    parts: list[str] = [element.text or ""]
    for child in element:
        _add_web_text(child, parts)
    lines = "".join(_WHITE.sub(" ", part) if part != _BREAK else part for part in parts)
    return "\n".join(_WHITE.sub(" ", line).strip() for line in lines.split(_BREAK))


def _add_web_text(element: html.HtmlElement, parts: list[str]) -> None:
    if element.tag not in _SILENT:
        edge = [_BREAK] if element.tag in _BLOCKS else []
        parts += (*edge, element.text or "")
        for child in element:
            _add_web_text(child, parts)
        parts += edge
    parts.append(element.tail or "")
