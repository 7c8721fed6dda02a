"""Files that people have to sheets of cells: Word, web pages, text, workbooks, our own PDFs."""

from __future__ import annotations

import io
import re
import warnings
from collections.abc import Callable, Iterator
from decimal import ROUND_HALF_UP, Decimal
from pathlib import PurePath
from types import MappingProxyType
from typing import Final

import pypdfium2
from lxml import etree, html

from perfeval_docs.apart import TooMuchError, allow, apart
from perfeval_docs.diagnostic import Message, msg
from perfeval_docs.errors import UnreadableFileError
from perfeval_docs.grid import Paragraph, Picture, Table
from perfeval_docs.importing.sheet import (
    MAX_COLUMNS,
    MAX_ROWS,
    Raw,
    Sheet,
    TooLargeError,
    from_lines,
    sheet,
    within,
)
from perfeval_docs.ooxml import PackageError, parse_xml, qn, read_package
from perfeval_docs.typeset import read_pdf
from perfeval_docs.word.read import paragraph_text

MAX_BYTES: Final = 20_000_000
_VAL: Final = qn("w:val")
_BLOCKS: Final = frozenset({"p", "div", "li", "tr", "br", "h1", "h2", "h3", "h4"})
_SILENT: Final = frozenset({"script", "style", "table"})
_BREAK: Final = "\v"
_WHITE: Final = re.compile(r"[ \t\r\n\f]+")
_DECIMALS: Final = re.compile(r"0(?:\.(?P<places>0+))?(?P<percent>%)?$")
_LARGEST_SPAN: Final = 1000
_LARGEST_PART: Final = 10_000_000
_MOST_MARKS: Final = 900_000
"""Of elements and attributes in a part, whose tree takes some 250 bytes for each."""
_MOST_MERGED: Final = 100_000
_MOST_AREA: Final = 100_000
_BYTES_A_SECOND: Final = 2_000_000
_PAGES_A_SECOND: Final = 10
_MOST_SECONDS: Final = 30
_MOST_PAGES: Final = 200
_EXCEL: Final = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_REFERENCE: Final = re.compile(r"\$?(?P<column>[A-Z]{1,3})\$?(?P<row>\d{1,7})", re.ASCII)


def read_sheets(data: bytes, name: str) -> tuple[Sheet, ...]:
    """Return the sheets of a file, by the ending of its name.

    Raises `UnreadableFileError` for what cannot be read; nothing in a file is executed or
    followed.
    """
    reader = _READERS.get(PurePath(name).suffix.casefold())
    if reader is None:
        endings = " ".join(sorted(_READERS))
        raise UnreadableFileError(
            msg("{file}: only {endings} can be read", file=name, endings=endings)
        )
    if len(data) > MAX_BYTES:
        raise _unreadable(name, msg("it has more than {limit} bytes", limit=str(MAX_BYTES)))
    try:
        if reader in _APART:
            seconds = 1 + len(data) // _BYTES_A_SECOND
            return apart(lambda: tuple(within(reader(data))), seconds=seconds, most=_MOST_SECONDS)
        return tuple(within(reader(data)))
    except TooLargeError as error:
        raise _unreadable(name, msg("it holds a table that is larger than any form")) from error
    except TooMuchError as error:
        told = msg("reading it takes more time or memory than a form does")
        raise _unreadable(name, told) from error
    except _DAMAGE as error:
        raise _unreadable(name, msg("it is damaged, or not what its name says")) from error


_DAMAGE: Final = (
    PackageError, KeyError, ValueError, TypeError, AttributeError, IndexError, RecursionError,
    OSError, SyntaxError, etree.LxmlError, pypdfium2.PdfiumError, AssertionError, EOFError,
)  # fmt: skip
"""What libraries raise for files that are not what they seem."""


def _unreadable(name: str, why: Message) -> UnreadableFileError:
    return UnreadableFileError(msg("{file} cannot be read: {why}", file=name, why=why))


# Word.


def _word(data: bytes) -> Iterator[Sheet]:
    body = _parsed(read_package(data)["word/document.xml"]).find(qn("w:body"))
    if body is None:
        raise PackageError("a file without a body")
    yield from _word_blocks(body, _Counter())


def _parsed(part: bytes) -> etree._Element:
    """Parse a part that is no larger than a form's, in bytes and in what its tree takes."""
    if len(part) > _LARGEST_PART or part.count(b"<") + part.count(b"=") > _MOST_MARKS:
        raise TooLargeError("part")
    return parse_xml(part)


class _Counter:
    """Counts the tables of a file."""

    def __init__(self) -> None:
        self.count = 0

    def next(self) -> str:
        self.count += 1
        return str(self.count)


def _word_blocks(parent: etree._Element, counter: _Counter) -> Iterator[Sheet]:
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


def _word_table(table: etree._Element, counter: _Counter) -> Iterator[Sheet]:
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


# Web pages.


def _web(data: bytes) -> Iterator[Sheet]:
    parser = html.HTMLParser(no_network=True, huge_tree=False, remove_comments=True)
    page = html.document_fromstring(_decoded(data), parser=parser)
    counter = _Counter()
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


# Text.


def _text(data: bytes) -> Iterator[Sheet]:
    yield from_lines(_decoded(data).splitlines())


def _decoded(data: bytes) -> str:
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise ValueError("neither UTF-8 nor GB 18030")


# Workbooks.


def _workbook(data: bytes) -> Iterator[Sheet]:
    last_row, last_column = _extent(read_package(data))
    from openpyxl import load_workbook  # noqa: PLC0415  # only a workbook needs it

    with warnings.catch_warnings(action="ignore"):  # of what it does not know and we do not need
        book = load_workbook(io.BytesIO(data), data_only=True, keep_links=False)
        formulas = load_workbook(io.BytesIO(data), keep_links=False)
    for each, typed in zip(book.worksheets, formulas.worksheets, strict=True):
        merged = {(r.min_row, r.min_col): r for r in each.merged_cells.ranges}
        covered = {place for r in each.merged_cells.ranges for place in r.cells} - merged.keys()
        rows: list[list[Raw]] = []
        height_, width_ = min(each.max_row, last_row), min(each.max_column, last_column)
        if height_ * width_ > _MOST_AREA:
            raise TooLargeError(each.title)
        for y in range(1, height_ + 1):
            cells: list[Raw] = []
            for x in range(1, width_ + 1):
                if (y, x) in covered:
                    continue
                cell, area = each.cell(y, x), merged.get((y, x))
                text = _shown(cell.value, str(cell.number_format))
                if cell.value is None:
                    # A formula that no program has reckoned yet is at least not lost.
                    text = _shown(typed.cell(y, x).value, "")
                height = 1 if area is None else area.max_row - area.min_row + 1
                width = 1 if area is None else area.max_col - area.min_col + 1
                cells.append(Raw(text, height, width))
            rows.append(cells)
        yield sheet(each.title, rows)


def _extent(parts: dict[str, bytes]) -> tuple[int, int]:
    """Return the last row and column that hold something; refuse what others would unpack.

    A merge of all cells there are, or a style in the last row, is a few bytes here and
    gigabytes in a program that lays it out.
    """
    rows, columns, merged, cells = 1, 1, 0, 0
    for name, part in parts.items():
        if _is_markup(name, part):
            root = _parsed(part)
            for merge in root.iter(f"{_EXCEL}mergeCell"):
                (top, left), (bottom, right) = map(_place, merge.get("ref", "").split(":"))
                rows, columns = max(rows, bottom), max(columns, right)
                merged += (bottom - top + 1) * (right - left + 1)
                if merged > _MOST_MERGED:
                    raise TooLargeError(name)
            for cell in root.iter(f"{_EXCEL}c"):
                cells += 1
                if len(cell):
                    row, column = _place(cell.get("r", ""))
                    rows, columns = max(rows, row), max(columns, column)
            if cells > _MOST_AREA:
                raise TooLargeError(name)
    if rows > MAX_ROWS or columns > MAX_COLUMNS:
        raise TooLargeError("workbook")
    return rows, columns


def _is_markup(name: str, part: bytes) -> bool:
    """Tell whether a program may read a part as XML, whatever its name says."""
    begins = part[:200].lstrip(b"\xef\xbb\xbf\xff\xfe\0 \t\r\n")
    return name.endswith((".xml", ".rels")) or begins.startswith(b"<")


def _place(reference: str) -> tuple[int, int]:
    """Return the row and column, from 1, of a reference such as `C12`."""
    found = _REFERENCE.fullmatch(reference)
    if found is None:
        raise ValueError(reference)
    column = 0
    for letter in found["column"]:
        column = column * 26 + ord(letter) - ord("A") + 1
    return int(found["row"]), column


def _shown(value: object, number_format: str) -> str:
    """Return a value as the workbook shows it, for the formats that forms have."""
    if value is None:
        return ""
    if isinstance(value, bool) or not isinstance(value, int | float):
        return str(value)
    exact = Decimal(repr(value))
    found = _DECIMALS.search(number_format.split(";", maxsplit=1)[0].replace("_ ", "").strip())
    if found is None:
        return f"{exact:f}"
    if found["percent"]:
        exact *= 100
    places = len(found["places"] or "")
    shown = exact.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    return f"{shown:f}{'%' if found['percent'] else ''}"


# Our own PDFs, which are tagged.


def _pdf(data: bytes) -> Iterator[Sheet]:
    document = pypdfium2.PdfDocument(data)
    pages = len(document)
    document.close()
    if pages > _MOST_PAGES:
        raise TooLargeError(str(pages))
    allow(1 + pages // _PAGES_A_SECOND)
    counter = _Counter()
    for block in read_pdf(data):
        match block:
            case Table():
                rows = ([Raw(c.text, c.row_span, c.column_span) for c in r] for r in block.rows)
                yield sheet(counter.next(), rows)
            case Paragraph():
                yield sheet("", [[Raw(block.text)]])
            case Picture():
                pass


_READERS: Final[MappingProxyType[str, Callable[[bytes], Iterator[Sheet]]]] = MappingProxyType(
    {
        ".docx": _word, ".html": _web, ".htm": _web, ".txt": _text, ".xlsx": _workbook,
        ".pdf": _pdf,
    }
)  # fmt: skip
_APART: Final = frozenset({_web, _pdf})
"""Readers whose libraries know no bounds for some of what they are given."""
