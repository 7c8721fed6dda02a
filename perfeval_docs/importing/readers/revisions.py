"""The revisions that Word keeps of a text, accepted: what was struck out is no part of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from lxml import etree

from perfeval_docs.ooxml import qn

_STRUCK: Final = (qn("w:del"), qn("w:moveFrom"))
_VAL: Final = qn("w:val")
_PARAGRAPH: Final = qn("w:p")
_PROPERTIES: Final = (qn("w:pPr"), qn("w:rPr"), qn("w:trPr"), qn("w:tcPr"))


def accept_revisions(root: etree._Element) -> None:
    """Take what was struck out, or moved elsewhere, out of a document."""
    struck = list(root.iter(*_STRUCK))
    ends: list[etree._Element] = []
    for element in struck:
        parent = element.getparent()
        if parent is None or parent.tag not in _PROPERTIES:
            _remove(element)
        elif parent.tag == qn("w:trPr"):
            _remove_row(parent.getparent())
        elif parent.tag == qn("w:rPr"):
            ends += _paragraph(parent)
    _join(ends)


def _paragraph(properties: etree._Element) -> Iterator[etree._Element]:
    """Yield the paragraph whose end has these properties, if they are of one."""
    around = properties.getparent()
    if around is not None and around.tag == qn("w:pPr"):
        paragraph = around.getparent()
        if paragraph is not None:
            yield paragraph


def _join(paragraphs: Iterable[etree._Element]) -> None:
    """Put what is behind paragraphs whose ends were struck out to them."""
    joined: dict[etree._Element, etree._Element] = {}
    for paragraph in paragraphs:
        first = joined.get(paragraph, paragraph)
        following = first.getnext()
        if following is not None and following.tag == _PARAGRAPH:
            first.extend(child for child in list(following) if child.tag != qn("w:pPr"))
            joined[following] = first
            _remove(following)


def _remove_row(row: etree._Element | None) -> None:
    """Take a row out; cells that others go on from below begin in the next row."""
    following = None if row is None else row.getnext()
    if row is not None and following is not None and following.tag == row.tag:
        below = dict(_cells(following))
        for column, cell in _cells(row):
            next_ = below.get(column)
            if next_ is not None and _merge(next_) == "continue" and _merge(cell) == "restart":
                following.replace(next_, cell)
    _remove(row)


def _cells(row: etree._Element) -> Iterator[tuple[int, etree._Element]]:
    """Yield the cells of a row, each with the column of the grid that it begins in."""
    column = 0
    for cell in list(row.iterchildren(qn("w:tc"))):
        yield column, cell
        span = cell.find(f"{qn('w:tcPr')}/{qn('w:gridSpan')}")
        column += 1 if span is None else int(span.get(_VAL, "1"))


def _merge(cell: etree._Element) -> str:
    merge = cell.find(f"{qn('w:tcPr')}/{qn('w:vMerge')}")
    return "" if merge is None else merge.get(_VAL, "continue")


def _remove(element: etree._Element | None) -> None:
    parent = None if element is None else element.getparent()
    if element is not None and parent is not None:
        parent.remove(element)
