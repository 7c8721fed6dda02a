"""Put numbered marks where a Word part has its tags, and lift each to the element it rules."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Final

from jinja2 import TemplateSyntaxError
from lxml import etree

from perfeval_docs.diagnostic import Message, msg
from perfeval_docs.errors import FaultyTemplateError
from perfeval_docs.ooxml import qn
from perfeval_docs.word.environment import XML
from perfeval_docs.word.tags import Tag, gather, loose_delimiter, split, straighten, texts_of

OPEN, CLOSE = "\ue000", "\ue001"
MERGES: Final = "merges__"

_SCOPE_ELEMENT: Final = {"tr": qn("w:tr"), "tc": qn("w:tc"), "p": qn("w:p"), "r": qn("w:r")}
_BEFORE_MERGE: Final = (qn("w:cnfStyle"), qn("w:tcW"), qn("w:gridSpan"), qn("w:hMerge"))
_VAL: Final = qn("w:val")
_NEAR: Final = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class PlacedTag:
    """A tag and where it stands, in words a clerk can follow."""

    tag: Tag
    place: Message


@dataclass(slots=True)
class Draft:
    """A part while it is compiled: tags found so far, each known by its number."""

    part: str
    tags: list[PlacedTag] = field(default_factory=list)
    cells: int = 0

    def mark(self, tag: Tag, place: Message) -> str:
        """Keep a tag and return the mark that stands for it."""
        self.tags.append(PlacedTag(tag=replace(tag, code=_readable(tag.code)), place=place))
        return f"{OPEN}{len(self.tags) - 1}{CLOSE}"


def mark_part(part: str, root: etree._Element) -> Draft:
    """Replace the tags of a parsed part by marks; changes the tree.

    A mark is a number between `OPEN` and `CLOSE`, in the text or as a comment in place
    of a row, cell, paragraph or run. Raises `FaultyTemplateError` for a tag that is not closed
    or stands where it cannot.
    """
    etree.strip_tags(root, etree.Comment, etree.ProcessingInstruction)
    draft = Draft(part)
    for paragraph in list(root.iter(qn("w:p"))):
        gather(paragraph)
        _mark_tags(draft, paragraph)
    _lift_scoped(draft, root)
    _lift_merges(draft, root)
    return draft


def pieces(text: str) -> Iterator[tuple[str, bool]]:
    """Yield literals (False) and the insides of marks (True)."""
    for chunk in text.split(OPEN):
        mark, close, literal = chunk.rpartition(CLOSE)
        if close:
            yield mark, True
        if literal:
            yield literal, False


def fault(place: Message, headline: Message, way_out: Message | None = None) -> FaultyTemplateError:
    """Return the failure of a template at a place of it."""
    text = msg("{place}: {headline}", place=place, headline=headline)
    return FaultyTemplateError(
        text if way_out is None else msg("{text}; {way_out}", text=text, way_out=way_out)
    )


def _mark_tags(draft: Draft, paragraph: etree._Element) -> None:
    for text in texts_of(paragraph):
        marked = []
        for piece in split(text.text or ""):
            if piece.tag is not None:
                marked.append(draft.mark(piece.tag, _place(draft.part, text, piece.tag.typed)))
            elif mark := loose_delimiter(piece.literal):
                raise fault(
                    _place(draft.part, text, piece.literal),
                    msg("`{mark}` without its other half", mark=mark),
                    msg("close the tag within the same paragraph"),
                )
            else:
                marked.append(piece.literal)
        text.text = "".join(marked)


def _place(part: str, element: etree._Element, near: str) -> Message:
    near = near if len(near) <= _NEAR else near[: _NEAR - 1] + "…"
    row = next(element.iterancestors(qn("w:tr")), None)
    table = next(element.iterancestors(qn("w:tbl")), None)
    if row is None or table is None:
        return msg("{part}, at “{near}”", part=part, near=near)
    tables = list(element.getroottree().iter(qn("w:tbl")))
    return msg(
        "{part}, table {table}, row {row}, at “{near}”",
        part=part,
        table=str(tables.index(table) + 1),
        row=str(list(table.iterchildren(qn("w:tr"))).index(row) + 1),
        near=near,
    )


def _marks(text: str) -> list[int]:
    return [int(piece) for piece, is_mark in pieces(text) if is_mark]


def _lift_scoped(draft: Draft, root: etree._Element) -> None:
    """Put each `{%tr`, `{%tc`, `{%p`, `{%r` in the place of the element that it names."""
    for text in list(root.iter(qn("w:t"))):
        for index in _marks(text.text or ""):
            placed = draft.tags[index]
            if placed.tag.scope != "inline" and text.getroottree().getroot() is root:
                _lift(draft, text, placed)


def _lift(draft: Draft, text: etree._Element, placed: PlacedTag) -> None:
    scope = placed.tag.scope
    owner = next(text.iterancestors(_SCOPE_ELEMENT[scope]), None)
    parent = None if owner is None else owner.getparent()
    if owner is None or parent is None:
        raise fault(placed.place, msg("`{{%{scope}` outside a table", scope=scope))
    marked = "".join(t.text or "" for t in owner.iter(qn("w:t")))
    literal = "".join(piece for piece, is_mark in pieces(marked) if not is_mark).strip()
    indexes = _marks(marked)
    if literal or any(draft.tags[index].tag.scope != scope for index in indexes):
        raise fault(
            placed.place,
            msg("`{{%{scope}` replaces all of what it stands in, and text stands beside it",
                scope=scope),
            msg("give the tag a row or paragraph of its own"),
        )  # fmt: skip
    for index in indexes:
        owner.addprevious(etree.Comment(f"{OPEN}{index}{CLOSE}"))
    parent.remove(owner)


def _lift_merges(draft: Draft, root: etree._Element) -> None:
    """Turn `{% vm … %}` into a merge of its cell with the one above."""
    for text in list(root.iter(qn("w:t"))):
        for index in _marks(text.text or ""):
            placed = draft.tags[index]
            if placed.tag.merge is not None:
                _lift_merge(draft, text, index)


def _lift_merge(draft: Draft, text: etree._Element, index: int) -> None:
    placed = draft.tags[index]
    cell = next(text.iterancestors(qn("w:tc")), None)
    if cell is None:
        raise fault(placed.place, msg("`{{% vm %}}` outside a table"))
    text.text = (text.text or "").replace(f"{OPEN}{index}{CLOSE}", "")
    draft.cells += 1
    number = draft.cells
    key = placed.tag.merge or "loop.first"
    test = f"{MERGES}.begins({number}, {key})" if placed.tag.merge else "loop.first"
    opening = Tag(
        code=f"{{% set begins_{number}__ = {test} %}}",
        scope="tc",
        merge=None,
        typed=placed.tag.typed,
    )
    draft.tags[index] = PlacedTag(tag=opening, place=placed.place)
    properties = cell.find(qn("w:tcPr"))
    if properties is None:
        properties = etree.Element(qn("w:tcPr"))
        cell.insert(0, properties)
    for old in properties.findall(qn("w:vMerge")):
        properties.remove(old)
    merge = etree.Element(qn("w:vMerge"))
    merge.set(_VAL, f"{OPEN}m{number}{CLOSE}")
    place = sum(1 for child in properties if child.tag in _BEFORE_MERGE)
    properties.insert(place, merge)
    cell.addprevious(etree.Comment(f"{OPEN}{index}{CLOSE}"))
    for paragraph in list(cell.iterchildren(qn("w:p"))):
        _only_where_it_begins(paragraph, number)


def _only_where_it_begins(paragraph: etree._Element, number: int) -> None:
    runs = [child for child in paragraph if child.tag != qn("w:pPr")]
    if runs:
        runs[0].addprevious(etree.Comment(f"{OPEN}b{number}{CLOSE}"))
        paragraph.append(etree.Comment(f"{OPEN}e{CLOSE}"))


def _readable(code: str) -> str:
    """Return the tag, with Word's curly quotes made straight only if it reads no other way."""
    try:
        list(XML.lex(code))
    except TemplateSyntaxError:
        return straighten(code)
    return code
