"""A filled Word file, walked into pages: sections with their blocks, headers and footers."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from lxml import etree

from perfeval_docs.diagnostic import Message, msg
from perfeval_docs.ooxml import Package, parse_xml, qn
from perfeval_docs.typeset.faults import UnsettableError, quoted
from perfeval_docs.typeset.formats import is_on, points, whole
from perfeval_docs.typeset.inline import construct
from perfeval_docs.typeset.model import (
    Area,
    Block,
    Furniture,
    Margins,
    Page,
    Pages,
    Picture,
    Section,
)
from perfeval_docs.typeset.paragraphs import ParagraphReader, ParagraphStyles
from perfeval_docs.typeset.pictures import Pictures, Store
from perfeval_docs.typeset.styles import load_styles
from perfeval_docs.typeset.tables import read_table

_DOCUMENT: Final = "word/document.xml"
_VAL: Final = qn("w:val")
_SILENT: Final = frozenset(
    qn(f"w:{n}")
    for n in ("bookmarkStart", "bookmarkEnd", "proofErr", "permStart", "permEnd", "sectPr",
              "commentRangeStart", "commentRangeEnd", "sdtPr", "sdtEndPr")
)  # fmt: skip
_NUMBERINGS: Final = {
    "decimal": "1", "upperRoman": "I", "lowerRoman": "i", "upperLetter": "A", "lowerLetter": "a",
    "numberInDash": "- 1 -", "chineseCounting": "一", "chineseCountingThousand": "一",
}  # fmt: skip


def walk(package: Package, probe: Callable[[Picture], None]) -> Pages:
    """Return the pages of a Word file.

    `probe` raises for a picture that the compiler does not understand. Raises
    `UnsettableError` for what cannot be set, with its place.
    """
    body = package.tree(_DOCUMENT).find(qn("w:body"))
    if body is None:
        raise UnsettableError(msg("a file without a body"))
    return Pages(tuple(_Walker(package.parts, probe).sections(body)))


@dataclass(slots=True)
class _Counter:
    paragraphs: int = 0
    tables: int = 0


class _Walker:
    """Walks one file."""

    def __init__(self, parts: Mapping[str, bytes], probe: Callable[[Picture], None]) -> None:
        self._parts = parts
        self._store = Store(parts, probe)
        self._targets = self._store.targets(_DOCUMENT)
        self._styles = _styles(parts.get("word/styles.xml"), parts.get("word/theme/theme1.xml"))
        self._even = _has_even_pages(parts)
        self._inherited: dict[str, tuple[Block, ...]] = {}

    def sections(self, body: etree._Element) -> Iterator[Section]:
        count = _Counter()
        elements: list[etree._Element] = []
        for element in _elements(body):
            elements.append(element)
            ends = element.find(f"{qn('w:pPr')}/{qn('w:sectPr')}")
            if ends is not None:
                yield self._section(ends, elements, count)
                elements = []
        yield self._section(body.find(qn("w:sectPr")), elements, count)

    def _section(
        self, element: etree._Element | None, content: list[etree._Element], count: _Counter
    ) -> Section:
        properties = etree.Element(qn("w:sectPr")) if element is None else element
        _refuse_odd_sections(properties)
        page, numbers = _page(properties), properties.find(qn("w:pgNumType"))
        name = "decimal" if numbers is None else numbers.get(qn("w:fmt"), "decimal")
        if name not in _NUMBERINGS:
            raise UnsettableError(msg("page numbers of the format {name}", name=name))
        reader = self._reader(self._targets, page.area)
        return Section(
            page=page,
            header=self._furniture(properties, "header", page.area),
            footer=self._furniture(properties, "footer", page.area),
            numbering=_NUMBERINGS[name],
            start=None if numbers is None else whole(numbers.get(qn("w:start"))),
            blocks=tuple(_blocks(content, reader, count)),
        )

    def _reader(self, targets: Mapping[str, str | None], area: Area) -> ParagraphReader:
        return ParagraphReader(self._styles, Pictures(self._store, targets, area))

    def _furniture(self, properties: etree._Element, sort: str, area: Area) -> Furniture:
        for reference in properties.iterchildren(qn(f"w:{sort}Reference")):
            kind = reference.get(qn("w:type"), "default")
            part = self._targets.get(reference.get(qn("r:id"), "")) or ""
            self._inherited[f"{sort} {kind}"] = self._furniture_blocks(part, sort, area)
        title = properties.find(qn("w:titlePg"))
        has_first = title is not None and is_on(title)
        found = self._inherited
        return Furniture(
            default=found.get(f"{sort} default", ()),
            even=found.get(f"{sort} even", ()) if self._even else None,
            first=found.get(f"{sort} first", ()) if has_first else None,
        )

    def _furniture_blocks(self, part: str, sort: str, area: Area) -> tuple[Block, ...]:
        if part not in self._parts:
            raise UnsettableError(msg("a {sort} that is missing", sort=sort))
        reader = self._reader(self._store.targets(part), area)
        try:
            return tuple(_blocks(_elements(parse_xml(self._parts[part])), reader, _Counter()))
        except UnsettableError as error:
            raise error.within(
                msg("the footer") if sort == "footer" else msg("the header")
            ) from None


def _blocks(
    elements: Iterable[etree._Element], reader: ParagraphReader, count: _Counter
) -> Iterator[Block]:
    """Yield the blocks of paragraphs and tables; `count` says which each is."""
    for element in elements:
        is_table = element.tag == qn("w:tbl")
        count.tables += is_table
        count.paragraphs += not is_table
        try:
            yield from (read_table(element, reader),) if is_table else reader.read(element)
        except UnsettableError as error:
            raise error.within(_place(element, count)) from None


@lru_cache(maxsize=16)
def _styles(styles: bytes | None, theme: bytes | None) -> ParagraphStyles:
    """Return the styles of a file; files from one template share them."""
    return ParagraphStyles(load_styles(styles, theme))


def _elements(parent: etree._Element) -> Iterator[etree._Element]:
    """Yield paragraphs and tables, those in content controls too."""
    for child in parent:
        if child.tag in (qn("w:p"), qn("w:tbl")):
            yield child
        elif child.tag == qn("w:sdt"):
            for content in child.iterchildren(qn("w:sdtContent")):
                yield from _elements(content)
        elif child.tag not in _SILENT:
            raise UnsettableError(construct(child))


def _place(element: etree._Element, count: _Counter) -> Message:
    if element.tag == qn("w:tbl"):
        return msg("table {number}", number=str(count.tables))
    text = "".join(t.text or "" for t in element.iter(qn("w:t")))
    return msg("paragraph {number} (“{text}”)", number=str(count.paragraphs), text=quoted(text))


def _refuse_odd_sections(properties: etree._Element) -> None:
    columns = properties.find(qn("w:cols"))
    if columns is not None and (whole(columns.get(qn("w:num"))) or 1) > 1:
        raise UnsettableError(msg("text in columns"))
    if properties.find(qn("w:pgBorders")) is not None:
        raise UnsettableError(msg("a border around the page"))
    sort = properties.find(qn("w:type"))
    kind = "nextPage" if sort is None else sort.get(_VAL)
    if kind == "continuous":
        raise UnsettableError(msg("a section that begins within a page"))
    if kind in ("oddPage", "evenPage"):
        raise UnsettableError(msg("a section that begins on an odd or an even page"))
    direction = properties.find(qn("w:textDirection"))
    if direction is not None and direction.get(_VAL, "lrTb") != "lrTb":
        raise UnsettableError(msg("vertical text"))


def _length(element: etree._Element | None, name: str, default: float) -> float:
    length = None if element is None else points(element.get(qn(f"w:{name}")))
    return default if length is None else length


def _page(properties: etree._Element) -> Page:
    size = properties.find(qn("w:pgSz"))
    return Page(
        width=_length(size, "w", 595.3),
        height=_length(size, "h", 841.9),
        margins=_margins(properties.find(qn("w:pgMar"))),
    )


def _margins(element: etree._Element | None) -> Margins:
    gutter = _length(element, "gutter", 0.0)
    return Margins(
        top=abs(_length(element, "top", 72.0)),
        right=_length(element, "right", 90.0),
        bottom=abs(_length(element, "bottom", 72.0)),
        left=_length(element, "left", 90.0) + gutter,
        header=_length(element, "header", 42.55),
        footer=_length(element, "footer", 49.6),
    )


def _has_even_pages(parts: Mapping[str, bytes]) -> bool:
    data = parts.get("word/settings.xml")
    mark = None if data is None else parse_xml(data).find(qn("w:evenAndOddHeaders"))
    return mark is not None and is_on(mark)
