"""Turn a tagged Word part into two Jinja2 programs: one writes its XML, one says its text.

The second says, cell for cell, what the filled part must read back as. It never
passes through XML, so what escaping or parsing could lose shows as a difference.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from jinja2 import Environment, TemplateSyntaxError
from jinja2.environment import Template as Program
from lxml import etree

from perfeval_docs.diagnostic import msg
from perfeval_docs.ooxml import qn
from perfeval_docs.word.environment import TEXT, XML
from perfeval_docs.word.marks import CLOSE, OPEN, Draft, PlacedTag, fault, mark_part, pieces
from perfeval_docs.word.read import pictures_in

TABLE_OPEN, TABLE_CLOSE, ROW, CELL, GOES_ON, PARAGRAPH = "\x01\x02\x03\x04\x05\x06"
PICTURE_OPEN, PICTURE_CLOSE = "\x0e\x0f"

_XML_BRACES: Final = {ord("{"): "&#123;", ord("}"): "&#125;", ord("\n"): "&#10;"}
_TEXT_BRACES: Final = {ord("{"): "{{ '{' }}", ord("}"): "{{ '}' }}"}
_SAID: Final = tuple(qn(f"w:{name}") for name in ("t", "tab", "br", "cr", "drawing"))
_VAL: Final = qn("w:val")


@dataclass(frozen=True, slots=True, kw_only=True)
class CompiledPart:
    """A part of the package and its two programs; `tags[n]` is what line n + 2 of `xml` holds."""

    name: str
    xml: Program
    text: Program
    tags: tuple[PlacedTag, ...]

    def tag_on_line(self, line: int) -> PlacedTag:
        """Return the tag that begins on a line of the XML program."""
        return self.tags[min(max(line - 2, 0), len(self.tags) - 1)]


def compile_part(part: str, root: etree._Element) -> CompiledPart | None:
    """Compile a parsed part, or return None if it holds no tag.

    Raises `FaultyTemplateError` for a tag that is not closed, stands where it cannot, or
    is no Jinja2. Changes the tree.
    """
    draft = mark_part(part, root)
    if not draft.tags:
        return None
    source, tags = _assemble(draft, _xml_source(root), _XML_BRACES)
    text_source, _ = _assemble(draft, "".join(_text_source(root)), _TEXT_BRACES)
    return CompiledPart(
        name=part,
        xml=_program(XML, source, tags),
        text=_program(TEXT, text_source, tags),
        tags=tags,
    )


def _is_mark(element: etree._Element) -> bool:
    return not isinstance(element.tag, str)


def _xml_source(root: etree._Element) -> str:
    source = etree.tostring(root, encoding="unicode")
    return source.replace(f"<!--{OPEN}", OPEN).replace(f"{CLOSE}-->", CLOSE)


def _text_source(root: etree._Element) -> Iterator[str]:
    body = root.find(qn("w:body"))
    for element in root if body is None else body:
        yield from _text_of(element)


def _text_of(element: etree._Element) -> Iterator[str]:
    if _is_mark(element):
        yield element.text or ""
    elif element.tag == qn("w:p"):
        yield PARAGRAPH
        yield from _paragraph_text(element)
    elif element.tag == qn("w:tbl"):
        yield TABLE_OPEN
        for child in element:
            yield from _text_of(child)
        yield TABLE_CLOSE
    elif element.tag in (qn("w:tr"), qn("w:tc"), qn("w:sdt"), qn("w:sdtContent")):
        yield from _container_text(element)


def _container_text(element: etree._Element) -> Iterator[str]:
    if element.tag == qn("w:tr"):
        yield ROW
    elif element.tag == qn("w:tc"):
        yield _cell_mark(element)
    for child in element:
        yield from _text_of(child)


def _cell_mark(cell: etree._Element) -> str:
    properties = cell.find(qn("w:tcPr"))
    span, merge = None, None
    if properties is not None:
        span, merge = properties.find(qn("w:gridSpan")), properties.find(qn("w:vMerge"))
    columns = "1" if span is None else span.get(_VAL, "1")
    value = "" if merge is None else merge.get(_VAL, "continue")
    goes_on = GOES_ON if value == "continue" else value.replace(f"{OPEN}m", f"{OPEN}t")
    return f"{CELL}{columns}{goes_on if goes_on != 'restart' else ''}"


def _paragraph_text(paragraph: etree._Element) -> Iterator[str]:
    for element in paragraph.iter(etree.Comment, *_SAID):
        parent = element.getparent()
        if _is_mark(element):
            yield element.text or ""
        elif element.tag == qn("w:drawing"):
            for picture in pictures_in(element):
                yield f"{PICTURE_OPEN}{picture.alternative}{PICTURE_CLOSE}"
        elif parent is None or parent.tag != qn("w:r"):
            continue
        elif element.tag == qn("w:t"):
            yield element.text or ""
        else:
            yield "\t" if element.tag == qn("w:tab") else "\n"


def _assemble(
    draft: Draft, source: str, braces: dict[int, str]
) -> tuple[str, tuple[PlacedTag, ...]]:
    """Put tags back for their marks, each on a line of its own; make literal braces harmless."""
    parts, tags = [], []
    for piece, is_mark in pieces(source):
        parts.append(_code(draft, piece) if is_mark else piece.translate(braces))
        if is_mark and piece.isdecimal():
            tags.append(draft.tags[int(piece)])
    return "".join(parts), tuple(tags)


def _program(environment: Environment, source: str, tags: tuple[PlacedTag, ...]) -> Program:
    try:
        return environment.from_string(source)
    except TemplateSyntaxError as error:
        placed = tags[min(max(error.lineno - 2, 0), len(tags) - 1)]
        raise fault(placed.place, msg("{error}", error=error.message or "")) from error


def _code(draft: Draft, mark: str) -> str:
    match mark[0]:
        case "m":
            return f"{{{{ 'restart' if begins_{mark[1:]}__ else 'continue' }}}}"
        case "t":
            return f"{{% if not begins_{mark[1:]}__ %}}{GOES_ON}{{% endif %}}"
        case "b":
            return f"{{% if begins_{mark[1:]}__ %}}"
        case "e":
            return "{% endif %}"
    code = draft.tags[int(mark)].tag.code
    return f"{code[:2]}\n{code[2:]}"
