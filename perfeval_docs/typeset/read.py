"""Read a PDF back through its structure tree, with pdfium: paragraphs, pictures and tables."""

from __future__ import annotations

import ctypes
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any, Final

import pypdfium2 as pdfium
from pypdfium2 import raw

from perfeval_docs.grid import Block, Blocks, Cell, Paragraph, Picture, Table
from perfeval_docs.typeset.units import without_breaks

# pypdfium2 has no types: its pages, and the handles of pdfium that ctypes makes.
Page = Any
Handle = Any

_GROUPS: Final = frozenset({"THead", "TBody", "TFoot"})
_FIGURE: Final = "Figure"
_PARAGRAPHS: Final = frozenset({"P", "H1", "H2", "H3", "H4", "H5", "H6"})
# pdfium's sign for a hyphen at the end of a line.
_HYPHENS: Final = {0x02: "-", 0xFFFE: "-"}


@dataclass(slots=True)
class _Node:
    """An element of the structure tree: what it is and says, its children by their places in it.

    A page shows the part of the tree that it holds; the parts together are the whole.
    """

    sort: str = ""
    alternative: str = ""
    children: dict[int, _Node | str] = field(default_factory=dict)
    count: int = 0


def read_pdf(pdf: bytes) -> Blocks:
    """Return what the tagged text of a PDF says; headers and footers are no part of it.

    White space is where pdfium puts it. Text outside its page counts as lost.
    """
    tree = _Node()
    document = pdfium.PdfDocument(pdf)
    try:
        for page in document:
            _read_page(page, tree)
    finally:
        document.close()
    return tuple(_blocks(tree))


def _read_page(page: Page, tree: _Node) -> None:
    texts = _marked_texts(page)
    root = raw.FPDF_StructTree_GetForPage(page)
    try:
        for index in range(raw.FPDF_StructTree_CountChildren(root)):
            _walk(raw.FPDF_StructTree_GetChildAtIndex(root, index), _child(tree, index), texts)
    finally:
        raw.FPDF_StructTree_Close(root)


def _child(node: _Node, index: int) -> _Node:
    child = node.children.setdefault(index, _Node())
    if isinstance(child, str):
        raise TypeError(child)
    return child


def _walk(element: Handle, node: _Node, texts: dict[int, str]) -> None:
    node.count = raw.FPDF_StructElement_CountChildren(element)
    node.sort = _utf16(lambda buffer, size: raw.FPDF_StructElement_GetType(element, buffer, size))
    if node.sort == _FIGURE:
        node.alternative = _utf16(
            lambda buffer, size: raw.FPDF_StructElement_GetAltText(element, buffer, size)
        )
    for index in range(node.count):
        marked = raw.FPDF_StructElement_GetChildMarkedContentID(element, index)
        if marked >= 0:
            node.children[index] = texts.get(marked, "")
        elif child := raw.FPDF_StructElement_GetChildAtIndex(element, index):
            _walk(child, _child(node, index), texts)


def _marked_texts(page: Page) -> dict[int, str]:
    """Return the text of a page by marked-content id.

    pdfium gives no text for an object that repeats the one before it (it takes the pair for
    bold print); as it compares the character codes, the text is that of the one before.
    """
    width, height = page.get_size()
    text_page = page.get_textpage()
    found: dict[int, list[str]] = {}
    last = ""
    for item in page.get_objects(filter=[raw.FPDF_PAGEOBJ_TEXT]):
        marked = raw.FPDFPageObj_GetMarkedContentID(item)
        text = _object_text(item, text_page)
        last = text or last
        left, bottom, right, top = item.get_bounds()
        is_inked = right > left
        if right >= 0 and left <= width and top >= 0 and bottom <= height:
            found.setdefault(marked, []).append(text or (last if is_inked else ""))
    text_page.close()
    return {marked: "".join(parts).translate(_HYPHENS) for marked, parts in found.items()}


def _object_text(item: Handle, text_page: Handle) -> str:
    units = ctypes.POINTER(ctypes.c_ushort)
    return _utf16(
        lambda buffer, size: raw.FPDFTextObj_GetText(
            item, text_page, ctypes.cast(buffer, units), size
        )
    )


def _utf16(call: Callable[[Any, int], int]) -> str:
    size = call(None, 0)
    buffer = ctypes.create_string_buffer(max(size, 2))
    call(buffer, size)
    return buffer.raw[: max(size - 2, 0)].decode("utf-16-le", errors="replace")


def _blocks(node: _Node) -> Iterator[Block]:
    """Yield the blocks in reading order."""
    for _, child in sorted(node.children.items()):
        if isinstance(child, str):
            continue
        if child.sort == "Table":
            yield _table(child)
        elif child.sort in _PARAGRAPHS:
            if (text := _text(child)).strip():
                yield Paragraph(text)
            yield from _pictures(child)
        else:
            yield from _blocks(child)


def _table(table: _Node) -> Table:
    """Return the rows of a table; a part without any text, which pdfium hides, is taken for one."""
    rows = []
    for part in map(table.children.get, range(table.count)):
        if isinstance(part, _Node) and part.sort in _GROUPS:
            rows += [_row(part.children.get(y)) for y in range(part.count)]
        else:
            rows.append(_row(part))
    return Table(tuple(rows))


def _row(row: _Node | str | None) -> tuple[Cell, ...]:
    """Return the cells of a row; one without text on any page is empty."""
    if not isinstance(row, _Node):
        return ()
    return tuple(_cell(row.children.get(x)) for x in range(row.count))


def _cell(cell: _Node | str | None) -> Cell:
    if not isinstance(cell, _Node):
        return Cell("")
    return Cell(_text(cell), pictures=tuple(_pictures(cell)))


def _pictures(node: _Node) -> Iterator[Picture]:
    """Yield the pictures in an element, in their order."""
    for _, child in sorted(node.children.items()):
        if isinstance(child, _Node):
            yield from (Picture(child.alternative),) if child.sort == _FIGURE else _pictures(child)


def _text(node: _Node) -> str:
    """Return the text of an element and of all below it, its paragraphs one a line.

    Letters in a picture are none.
    """
    parts: list[str] = []
    for _, child in sorted(node.children.items()):
        if isinstance(child, str):
            parts.append(child)
        elif child.sort != _FIGURE:
            is_line = bool(parts) and child.sort in _PARAGRAPHS
            parts.append(("\n" if is_line else "") + _text(child))
    return without_breaks("".join(parts))
