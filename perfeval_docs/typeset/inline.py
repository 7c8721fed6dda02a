"""The runs of a paragraph, looked through down to characters, breaks and page numbers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from lxml import etree

from perfeval_docs.diagnostic import Message, msg
from perfeval_docs.ooxml import qn
from perfeval_docs.typeset.faults import UnsettableError
from perfeval_docs.typeset.formats import RunFormat, overlay, run_format
from perfeval_docs.typeset.model import LineBreak, PageBreak, PageNumber, Piece, RunStyle, Tab, Text
from perfeval_docs.typeset.pictures import Pictures
from perfeval_docs.typeset.styles import Styles

_VAL: Final = qn("w:val")
_RUN: Final = qn("w:r")
_TEXT: Final = qn("w:t")
_PROPERTIES: Final = qn("w:pPr")
_THROUGH: Final = frozenset(qn(f"w:{n}") for n in ("smartTag", "hyperlink", "sdtContent", "ins"))
_SILENT: Final = frozenset(
    qn(f"w:{n}")
    for n in (
        "pPr", "rPr", "bookmarkStart", "bookmarkEnd", "proofErr", "permStart", "permEnd",
        "commentRangeStart", "commentRangeEnd", "commentReference", "lastRenderedPageBreak",
        "annotationRef", "softHyphen", "instrText",
    )
)  # fmt: skip
_NAMES: Final = {
    "pict": msg("a picture or text box"),
    "AlternateContent": msg("a drawing or text box"),
    "object": msg("an embedded object"),
    "footnoteReference": msg("a footnote"),
    "endnoteReference": msg("an endnote"),
    "sym": msg("a symbol from a symbol font"),
    "ruby": msg("text with pinyin above it"),
    "oMath": msg("a formula"),
    "oMathPara": msg("a formula"),
    "del": msg("a tracked change"),
    "moveFrom": msg("a tracked change"),
    "moveTo": msg("a tracked change"),
    "ptab": msg("an alignment tab"),
}
_PAGE_FIELDS: Final = {"PAGE": False, "NUMPAGES": True, "SECTIONPAGES": True}
_TAB_CHARACTERS: Final = 2


@dataclass(slots=True)
class _Field:
    """A field while its parts are gathered: what it asks for, then the result it last showed."""

    code: str = ""
    in_result: bool = False
    style: RunStyle | None = None


@dataclass(slots=True)
class Inline:
    """Reads one paragraph; `formats` are those of its style, `look` what they come to."""

    styles: Styles
    pictures: Pictures
    formats: RunFormat
    look: RunStyle
    _fields: list[_Field] = field(default_factory=list)

    def pieces(self, paragraph: etree._Element) -> Iterator[Piece | PageBreak]:
        """Yield what a paragraph holds; raises `UnsettableError` for what cannot be set."""
        for child in paragraph:
            yield from self._child(child)
        if self._fields:
            raise UnsettableError(msg("a field over several paragraphs"))

    def _child(self, element: etree._Element) -> Iterator[Piece | PageBreak]:
        if element.tag == _RUN:
            yield from self._run(element)
        elif element.tag in _THROUGH:
            if element.tag == qn("w:ins"):
                raise UnsettableError(msg("a tracked change"))
            for child in element:
                yield from self._child(child)
        elif element.tag == qn("w:sdt"):
            for child in element.iterchildren(qn("w:sdtContent")):
                yield from self._child(child)
        elif element.tag == qn("w:fldSimple"):
            yield self._page_number(element.get(qn("w:instr"), ""), self.look)
        elif element.tag not in _SILENT:
            raise UnsettableError(construct(element))

    def _run(self, run: etree._Element) -> Iterator[Piece | PageBreak]:
        properties = run.find(qn("w:rPr"))
        format_ = self.formats if properties is None else self._format(properties)
        if format_.hidden:
            return
        style = self.look if properties is None else run_style(format_)
        for child in run:
            yield from self._content(child, style)

    def _format(self, properties: etree._Element) -> RunFormat:
        base = self.formats
        named = properties.find(qn("w:rStyle"))
        if named is not None:
            base = self.styles.character(named.get(_VAL, ""), base)
        return overlay(base, run_format(properties, self.styles.theme))

    def _content(self, element: etree._Element, style: RunStyle) -> Iterator[Piece | PageBreak]:
        tag = element.tag
        if tag == qn("w:fldChar"):
            yield from self._field_mark(element, style)
        elif self._fields:
            self._inside_field(element, style)
        elif tag == qn("w:t"):
            yield Text(element.text or "", style)
        elif tag == qn("w:drawing"):
            yield self.pictures.read(element)
        elif tag == qn("w:tab"):
            yield Tab(style.size * _TAB_CHARACTERS)
        elif tag in (qn("w:br"), qn("w:cr")):
            yield _break(element)
        elif tag == qn("w:noBreakHyphen"):
            yield Text("\u2011", style)
        elif tag not in _SILENT:
            raise UnsettableError(construct(element))

    def _field_mark(self, element: etree._Element, style: RunStyle) -> Iterator[Piece]:
        sort = element.get(qn("w:fldCharType"))
        if sort == "begin":
            self._fields.append(_Field(style=style))
        elif sort == "separate" and self._fields:
            self._fields[-1].in_result = True
        elif sort == "end" and self._fields:
            done = self._fields.pop()
            yield self._page_number(done.code, done.style or style)

    def _inside_field(self, element: etree._Element, style: RunStyle) -> None:
        current = self._fields[-1]
        if element.tag == qn("w:instrText"):
            current.code += element.text or ""
        elif element.tag == qn("w:t"):
            current.style = style

    def _page_number(self, code: str, style: RunStyle) -> PageNumber:
        words = code.split()
        switches = [w for w in words[1:] if w not in ("\\*", "MERGEFORMAT", "Arabic")]
        if not words or words[0].upper() not in _PAGE_FIELDS or switches:
            raise UnsettableError(msg("the field {code}", code=code.strip()))
        return PageNumber(style, _PAGE_FIELDS[words[0].upper()])


def plain_text(paragraph: etree._Element) -> str | None:
    """Return the text of a paragraph that is one run of text without a look of its own.

    None for any other; nearly all of a form's paragraphs are such, and need no `Inline`.
    """
    if len(paragraph) != len(("pPr", "r")):
        return None
    first, run = paragraph
    if first.tag != _PROPERTIES or run.tag != _RUN or len(run) != 1 or run[0].tag != _TEXT:
        return None
    return run[0].text or ""


def run_style(format_: RunFormat) -> RunStyle:
    """Return a look with nothing left open."""
    return RunStyle(
        latin=format_.latin or "Times New Roman",
        east_asian=format_.east_asian or "宋体",
        size=format_.size or 10.0,
        bold=bool(format_.bold),
        italic=bool(format_.italic),
        underline=bool(format_.underline),
        strike=bool(format_.strike),
        color=format_.color or "#000000",
        fill=format_.fill or "",
        script=format_.script or "",
        spacing=format_.spacing or 0.0,
    )


def construct(element: etree._Element) -> Message:
    """Name an element of Word that cannot be set, in words where there are some."""
    local = etree.QName(element).localname
    return _NAMES.get(local, msg("the element {name}", name=local))


def _break(element: etree._Element) -> LineBreak | PageBreak:
    sort = element.get(qn("w:type"), "textWrapping")
    if sort == "page":
        return PageBreak()
    if sort != "textWrapping":
        raise UnsettableError(msg("a column break"))
    return LineBreak()
