"""Read a PDF back through its structure tree, with pdfium: paragraphs, pictures and tables."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from pypdfium2 import PdfDocument

from perfeval_docs.grid import Block, Blocks, Cell, Paragraph, Picture, Table
from perfeval_docs.typeset import pdfium
from perfeval_docs.typeset.pdfium import Handle, Listener
from perfeval_docs.typeset.units import without_breaks

# pypdfium2 has no types.
Page = Any

_GROUPS: Final = frozenset({"THead", "TBody", "TFoot"})
_FIGURE: Final = "Figure"
_ROW: Final = "TR"
_PARAGRAPHS: Final = frozenset({"P", "H1", "H2", "H3", "H4", "H5", "H6"})
_PROFILE: Final = re.compile(rb"\[/ICCBased \d{1,8} 0 R\]")
_DEEPEST: Final = 15
"""How deep drawn pictures in pictures are looked into."""
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

    def take(self, other: _Node) -> None:
        """Take in what later pages show of the same element."""
        self.sort, self.alternative, self.count = other.sort, other.alternative, other.count
        for index, child in other.children.items():
            known = self.children.get(index)
            if isinstance(known, _Node) and isinstance(child, _Node):
                known.take(child)
            else:
                self.children[index] = child


@dataclass(frozen=True, slots=True)
class PdfPart:
    """What some pages of a PDF say, to be joined with what the others do."""

    tree: _Node


def read_pdf(pdf: bytes) -> Blocks:
    """Return what the tagged text of a PDF says; headers and footers are no part of it.

    White space is where pdfium puts it. Text outside its page counts as lost.
    """
    return joined([read_part(pdf)])


def read_part(pdf: bytes, number: int = 0, of: int = 1) -> PdfPart:
    """Read one of so many parts of a PDF's pages, which are numbered from 0."""
    tree, listener = _Node(), Listener()
    document = PdfDocument(_without_profiles(pdf))
    try:
        pages = len(document)
        for index in range(pages * number // of, pages * (number + 1) // of):
            _read_page(document[index], tree, listener)
    finally:
        document.close()
    return PdfPart(tree)


def _without_profiles(pdf: bytes) -> bytes:
    """Return a PDF of the same length whose colours need no profile.

    pdfium takes a quarter of its time to read the profiles, which say nothing of the text.
    """
    return _PROFILE.sub(lambda found: b"[/DeviceRGB".ljust(len(found[0]) - 1) + b"]", pdf)


def joined(parts: Sequence[PdfPart]) -> Blocks:
    """Return what all parts of a PDF say together, as `read_pdf` does; they are used up."""
    whole = _Node()
    for part in parts:
        whole.take(part.tree)
    return tuple(_blocks(whole))


def _read_page(page: Page, tree: _Node, listener: Listener) -> None:
    texts = _marked_texts(page, listener)
    root = pdfium.tree_of_page(pdfium.handle(page.raw))
    try:
        for index in range(pdfium.count_roots(root)):
            _walk(pdfium.get_root(root, index), _child(tree, index), texts, listener)
    finally:
        pdfium.close_tree(root)


def _child(node: _Node, index: int) -> _Node:
    child = node.children.setdefault(index, _Node())
    if isinstance(child, str):
        raise TypeError(child)
    return child


def _walk(element: Handle, node: _Node, texts: dict[int, str], listener: Listener) -> None:
    node.sort = listener.text(pdfium.element_sort, element)
    if node.sort == _FIGURE:
        node.alternative = listener.text(pdfium.alternative, element)
    _walk_children(element, node, texts, listener)


def _walk_children(element: Handle, node: _Node, texts: dict[int, str], listener: Listener) -> None:
    node.count = pdfium.count_children(element)
    # What stands in a row is a cell, and most elements are: nobody has to ask.
    walk = _walk_children if node.sort == _ROW else _walk
    for index in range(node.count):
        marked = pdfium.marked_child(element, index)
        if marked >= 0:
            node.children[index] = texts.get(marked, "")
        elif child := pdfium.get_child(element, index):
            walk(child, _child(node, index), texts, listener)


def _marked_texts(page: Page, listener: Listener) -> dict[int, str]:
    """Return the text of a page by marked-content id.

    pdfium gives no text for an object that repeats the one before it (it takes the pair for
    bold print); as it compares the character codes, the text is that of the one before.
    """
    width, height = page.get_size()
    text_page = page.get_textpage()
    texts = pdfium.handle(text_page.raw)
    found: dict[int, list[str]] = {}
    last = ""
    for item in _text_objects(pdfium.handle(page.raw)):
        text = listener.text(pdfium.object_text, item, texts)
        last = text or last
        left, bottom, right, top = listener.bounds(item)
        if right >= 0 and left <= width and top >= 0 and bottom <= height:
            is_inked = right > left
            said = text or (last if is_inked else "")
            found.setdefault(pdfium.marked_content(item), []).append(said)
    text_page.close()
    return {marked: "".join(parts).translate(_HYPHENS) for marked, parts in found.items()}


def _text_objects(page: Handle) -> Iterator[Handle]:
    """Yield the texts of a page in their order, those in forms (drawn pictures) among them."""
    return _texts_in(pdfium.get_object, page, pdfium.count_objects(page), _DEEPEST)


def _texts_in(
    get: Callable[[Handle, int], Handle], holder: Handle, count: int, depth: int
) -> Iterator[Handle]:
    for index in range(count):
        item = get(holder, index)
        sort = pdfium.sort_of_object(item)
        if sort == pdfium.TEXT:
            yield item
        elif sort == pdfium.FORM and depth:
            inner = pdfium.count_form_objects(item)
            yield from _texts_in(pdfium.get_form_object, item, inner, depth - 1)


def _blocks(node: _Node) -> Iterator[Block]:
    """Yield the blocks in reading order."""
    for _, child in sorted(node.children.items()):
        if isinstance(child, str):
            continue
        if child.sort == "Table":
            yield _table(child)
        elif child.sort == _ROW:
            # Typst writes none outside a table; who forges one is not to hide a text by it.
            yield Table((_row(child),))
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
    if len(cell.children) == 1 and isinstance(only := cell.children.get(0), str):
        # Nearly all are such.
        return Cell(without_breaks(only))
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
            if len(node.children) == 1:
                # Nearly all are such.
                return without_breaks(child)
            parts.append(child)
        elif child.sort != _FIGURE:
            is_line = bool(parts) and child.sort in _PARAGRAPHS
            parts.append(("\n" if is_line else "") + _text(child))
    return without_breaks("".join(parts))
