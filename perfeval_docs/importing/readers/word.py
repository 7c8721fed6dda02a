"""Word files to sheets: paragraphs, and tables with their merged cells."""

from __future__ import annotations

from collections.abc import Iterator
from types import MappingProxyType
from typing import Final

from lxml import etree

from perfeval_docs.importing.readers.parts import bounded_xml
from perfeval_docs.importing.readers.revisions import accept_revisions
from perfeval_docs.importing.sheet import Counter, Raw, Sheet, sheet
from perfeval_docs.ooxml import PackageError, qn, read_package
from perfeval_docs.word.read import paragraph_text

_VAL: Final = qn("w:val")
_LARGEST_SPAN: Final = 1000
_SIGNS: Final = MappingProxyType(
    {qn("w:noBreakHyphen"): "-", qn("w:softHyphen"): "", qn("w:sym"): "\ufffd"}
)


def read_word(data: bytes) -> Iterator[Sheet]:
    """Yield the paragraphs and tables of a Word file, those inside cells behind their table."""
    body = bounded_xml(read_package(data)["word/document.xml"]).find(qn("w:body"))
    if body is None:
        raise PackageError("a file without a body")
    accept_revisions(body)
    _spell_out(body)
    yield from _word_blocks(body, Counter())


def _spell_out(body: etree._Element) -> None:
    """Write signs that are elements of their own as text; what a symbol shows nobody can say."""
    for element in list(body.iter(*_SIGNS)):
        element.text = _SIGNS[str(element.tag)]
        element.tag = qn("w:t")


def _word_blocks(parent: etree._Element, counter: Counter) -> Iterator[Sheet]:
    for element in _through(parent):
        if element.tag == qn("w:p"):
            yield sheet("", [[Raw(paragraph_text(element))]])
        elif element.tag == qn("w:tbl"):
            yield from _word_table(element, counter)


def _through(parent: etree._Element) -> Iterator[etree._Element]:
    """Yield the children of an element, those in content controls too."""
    for child in parent:
        if child.tag == qn("w:sdt"):
            for content in child.iterchildren(qn("w:sdtContent")):
                yield from _through(content)
        else:
            yield child


def _word_table(table: etree._Element, counter: Counter) -> Iterator[Sheet]:
    name = counter.next()
    nested: list[etree._Element] = []
    rows: list[list[Raw]] = []
    open_at: dict[int, tuple[int, int]] = {}
    for row in (each for each in _through(table) if each.tag == qn("w:tr")):
        cells = [Raw("")] * _grid_before(row)
        column = len(cells)
        for cell in (each for each in _through(row) if each.tag == qn("w:tc")):
            span, merge = _spans(cell)
            nested += cell.iterchildren(qn("w:tbl"))
            if merge == "continue" and column in open_at:
                y, x = open_at[column]
                above = rows[y][x]
                rows[y][x] = Raw(above.text, above.row_span + 1, above.column_span)
            else:
                open_at[column] = (len(rows), len(cells))
                cells.append(Raw(_cell_text(cell), 1, span))
            column += span
        rows.append(cells)
    yield sheet(name, rows)
    for inner in nested:
        yield from _word_table(inner, counter)


def _grid_before(row: etree._Element) -> int:
    left_out = row.find(f"{qn('w:trPr')}/{qn('w:gridBefore')}")
    return 0 if left_out is None else min(int(left_out.get(_VAL, "0")), _LARGEST_SPAN)


def _spans(cell: etree._Element) -> tuple[int, str]:
    span = cell.find(f"{qn('w:tcPr')}/{qn('w:gridSpan')}")
    merge = cell.find(f"{qn('w:tcPr')}/{qn('w:vMerge')}")
    width = 1 if span is None else min(int(span.get(_VAL, "1")), _LARGEST_SPAN)
    return width, "" if merge is None else merge.get(_VAL, "continue")


def _cell_text(cell: etree._Element) -> str:
    paragraphs = (each for each in _through(cell) if each.tag == qn("w:p"))
    return "\n".join(map(paragraph_text, paragraphs))
