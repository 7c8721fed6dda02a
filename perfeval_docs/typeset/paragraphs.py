"""Paragraphs of Word with their style worked out."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final

from lxml import etree

from perfeval_docs.diagnostic import msg
from perfeval_docs.ooxml import qn
from perfeval_docs.typeset.faults import UnsettableError
from perfeval_docs.typeset.formats import (
    ParagraphFormat,
    RunFormat,
    overlay,
    paragraph_format,
    run_format,
)
from perfeval_docs.typeset.inline import Inline, plain_text, run_style
from perfeval_docs.typeset.model import (
    Align,
    LineRule,
    PageBreak,
    Paragraph,
    ParagraphStyle,
    Picture,
    Piece,
    RunStyle,
    Text,
)
from perfeval_docs.typeset.pictures import Pictures
from perfeval_docs.typeset.styles import InTable, Styles

_VAL: Final = qn("w:val")
_PROPERTIES: Final = qn("w:pPr")
_LINE: Final = 12.0
_HEADINGS: Final = range(6)
_ROUNDING: Final = 0.5


@dataclass(frozen=True, slots=True)
class _Settled:
    """What the style and the direct format of a paragraph come to."""

    paragraph: ParagraphFormat
    run: RunFormat
    run_style: RunStyle
    mark: RunStyle
    hidden: bool


@dataclass(frozen=True, slots=True, eq=False)
class ParagraphStyles:
    """What a `w:pPr` comes to is worked out once: a form repeats few of them many times."""

    styles: Styles
    _settled: dict[tuple[InTable | None, bytes], _Settled] = field(default_factory=dict)

    def settle(self, properties: etree._Element | None, table: InTable | None) -> _Settled:
        """Work out a paragraph's properties over its style, and that over its table's."""
        key = (table, b"" if properties is None else etree.tostring(properties))
        settled = self._settled.get(key)
        if settled is None:
            settled = self._settled[key] = self._settle(properties, table)
        return settled

    def _settle(self, properties: etree._Element | None, table: InTable | None) -> _Settled:
        style = None if properties is None else properties.find(qn("w:pStyle"))
        formats = self.styles.paragraph(None if style is None else style.get(_VAL), table)
        paragraph, mark = formats.paragraph, formats.run
        if properties is not None:
            paragraph = overlay(paragraph, paragraph_format(properties))
            own = run_format(properties.find(qn("w:rPr")), self.styles.theme)
            mark = overlay(mark, own)
        return _Settled(
            paragraph, formats.run, run_style(formats.run), run_style(mark), bool(mark.hidden)
        )


@dataclass(frozen=True, slots=True)
class ParagraphReader:
    """Reads the paragraphs of a part, those in tables with their table's style."""

    styles: ParagraphStyles
    pictures: Pictures

    def read(
        self, element: etree._Element, table: InTable | None = None
    ) -> tuple[Paragraph | PageBreak, ...]:
        """Return a paragraph, cut at its page breaks; nothing if it is hidden."""
        settled = self.styles.settle(element.find(_PROPERTIES), table)
        text = None if settled.run.hidden else plain_text(element)
        if text is not None:
            return _cut((Text(text, settled.run_style),), settled)
        pieces = tuple(self._inline(settled).pieces(element))
        if not pieces and settled.hidden:
            return ()
        blocks = _cut(pieces, settled)
        refuse_cramped_pictures(blocks, self.pictures.area.width)
        return blocks

    def _inline(self, settled: _Settled) -> Inline:
        return Inline(self.styles.styles, self.pictures, settled.run, settled.run_style)


def in_cell(blocks: Iterable[Paragraph | PageBreak]) -> tuple[Paragraph, ...]:
    """Return the paragraphs of a cell, where no page can end by hand."""
    found = []
    for block in blocks:
        if isinstance(block, PageBreak):
            raise UnsettableError(msg("a page break in a table"))
        found.append(block)
    return tuple(found)


def _cut(
    pieces: tuple[Piece | PageBreak, ...], settled: _Settled
) -> tuple[Paragraph | PageBreak, ...]:
    format_, mark = settled.paragraph, settled.mark
    if len(pieces) == 1 and isinstance(text := pieces[0], Text) and not format_.page_break_before:
        return (Paragraph(pieces=(text,), style=_style(format_, text.style.size), mark=mark),)
    size = next((p.style.size for p in pieces if isinstance(p, Text)), mark.size)
    style = _style(format_, size)
    if not format_.page_break_before and not any(isinstance(p, PageBreak) for p in pieces):
        whole = tuple(p for p in pieces if not isinstance(p, PageBreak))
        return (Paragraph(pieces=whole, style=style, mark=mark),)
    found: list[Paragraph | PageBreak] = (
        [PageBreak(always=False)] if format_.page_break_before else []
    )
    part: list[Piece] = []
    for piece in pieces:
        if isinstance(piece, PageBreak):
            if part:
                found.append(Paragraph(pieces=tuple(part), style=style, mark=mark))
            found.append(piece)
            part = []
        else:
            part.append(piece)
    if part or not any(isinstance(piece, PageBreak) for piece in pieces):
        found.append(Paragraph(pieces=tuple(part), style=style, mark=mark))
    return tuple(found)


def refuse_cramped_pictures(paragraphs: Iterable[Paragraph | PageBreak], width: float) -> None:
    """Refuse pictures that are wider than their line, or of which Word shows but a strip.

    `width` is that of the text around the paragraphs, in points.
    """
    for paragraph in paragraphs:
        if isinstance(paragraph, Paragraph):
            style = paragraph.style
            room = width - style.left - style.right - max(style.first, 0.0) + _ROUNDING
            for piece in paragraph.pieces:
                if isinstance(piece, Picture):
                    _refuse_cramped(piece, style, room)


def _refuse_cramped(picture: Picture, style: ParagraphStyle, room: float) -> None:
    if style.line_rule is LineRule.EXACT and picture.height > style.line:
        raise UnsettableError(
            msg("a picture higher than the exact height of its line"),
            msg("choose another line spacing for its paragraph"),
        )
    if picture.width > room:
        raise UnsettableError(
            msg("a picture wider than its line"),
            msg("make it narrower, or take the indents of its paragraph away"),
        )


@lru_cache(maxsize=256)
def _style(format_: ParagraphFormat, size: float) -> ParagraphStyle:
    """Settle a paragraph's style; indents in characters win over those in points, as in Word."""

    def length(points: float | None, hundredths: int | None, unit: float) -> float:
        return hundredths * unit / 100 if hundredths else points or 0.0

    rule = format_.line_rule or LineRule.AUTO
    return ParagraphStyle(
        align=format_.align or Align.LEFT,
        left=length(format_.left, format_.left_chars, size),
        right=length(format_.right, format_.right_chars, size),
        first=length(format_.first, format_.first_chars, size),
        before=length(format_.before, format_.before_lines, _LINE),
        after=length(format_.after, format_.after_lines, _LINE),
        line=format_.line if format_.line is not None else 1.0,
        line_rule=rule,
        keep_next=bool(format_.keep_next),
        outline=format_.outline if format_.outline in _HEADINGS else None,
        fill=format_.fill or "",
    )
