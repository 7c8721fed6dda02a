"""Read a PDF back through its structure tree, with pdfium: paragraphs and tables of cells."""

from __future__ import annotations

import ctypes
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any, Final

import pypdfium2 as pdfium
from pypdfium2 import raw

from perfeval_docs.grid import Blocks, Cell, Paragraph, Table
from perfeval_docs.typeset.units import without_breaks

Path = tuple[int, ...]
# pypdfium2 has no types: its pages, and the handles of pdfium that ctypes makes.
Page = Any
Handle = Any

_GROUPS: Final = frozenset({"THead", "TBody", "TFoot"})
# pdfium's sign for a hyphen at the end of a line.
_HYPHENS: Final = {0x02: "-", 0xFFFE: "-"}


@dataclass(slots=True)
class _Tree:
    """The structure of all pages: what each element is, how many children, and its text."""

    types: dict[Path, str] = field(default_factory=dict)
    children: dict[Path, int] = field(default_factory=dict)
    texts: dict[Path, list[str]] = field(default_factory=dict)


def read_pdf(pdf: bytes) -> Blocks:
    """Return what the tagged text of a PDF says; headers and footers are no part of it.

    White space is where pdfium puts it. Text outside its page counts as lost.
    """
    tree = _Tree()
    document = pdfium.PdfDocument(pdf)
    try:
        for page in document:
            _read_page(page, tree)
    finally:
        document.close()
    return tuple(_blocks(tree))


def _read_page(page: Page, tree: _Tree) -> None:
    texts = _marked_texts(page)
    root = raw.FPDF_StructTree_GetForPage(page)
    try:
        for index in range(raw.FPDF_StructTree_CountChildren(root)):
            _walk(raw.FPDF_StructTree_GetChildAtIndex(root, index), (index,), texts, tree)
    finally:
        raw.FPDF_StructTree_Close(root)


def _walk(element: Handle, path: Path, texts: dict[int, str], tree: _Tree) -> None:
    count = raw.FPDF_StructElement_CountChildren(element)
    tree.types[path] = _utf16(
        lambda buffer, size: raw.FPDF_StructElement_GetType(element, buffer, size)
    )
    tree.children[path] = count
    for index in range(count):
        marked = raw.FPDF_StructElement_GetChildMarkedContentID(element, index)
        if marked >= 0:
            tree.texts.setdefault(path, []).append(texts.get(marked, ""))
            continue
        child = raw.FPDF_StructElement_GetChildAtIndex(element, index)
        if child:
            _walk(child, (*path, index), texts, tree)


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


def _blocks(tree: _Tree) -> Iterator[Paragraph | Table]:
    """Yield the blocks in reading order: the order of paths in the tree."""
    for path in sorted(tree.types):
        inside = any(tree.types[path[:n]] == "Table" for n in range(1, len(path)))
        if inside:
            continue
        if tree.types[path] == "Table":
            yield _table(tree, path)
        elif path in tree.texts and (text := _text(tree, path)).strip():
            yield Paragraph(text)


def _table(tree: _Tree, path: Path) -> Table:
    """Return the rows of a table; a part without any text, which pdfium hides, is taken for one."""
    rows = []
    for part in range(tree.children[path]):
        inner = (*path, part)
        if tree.types.get(inner) in _GROUPS:
            rows += [_row(tree, (*inner, y)) for y in range(tree.children[inner])]
        else:
            rows.append(_row(tree, inner))
    return Table(tuple(rows))


def _row(tree: _Tree, path: Path) -> tuple[Cell, ...]:
    """Return the cells of a row; one without text on any page is empty."""
    return tuple(Cell(_text(tree, (*path, x))) for x in range(tree.children.get(path, 0)))


def _text(tree: _Tree, path: Path) -> str:
    """Return the text of an element and of all below it."""
    below = sorted(p for p in tree.texts if p[: len(path)] == path)
    return without_breaks("\n".join("".join(tree.texts[p]) for p in below))
