"""Pages to Typst: code with string literals only, so that no value is ever read as markup."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from typing import Final

from perfeval_docs.fonts import FontBook, Substitution
from perfeval_docs.typeset.model import (
    Area,
    Attachment,
    Block,
    Furniture,
    Page,
    PageBreak,
    Pages,
    Paragraph,
    Section,
    Table,
)
from perfeval_docs.typeset.paragraph_markup import ParagraphMarkup
from perfeval_docs.typeset.table_markup import table_markup
from perfeval_docs.typeset.units import literal, pt

_HEADER: Final = """\
#set text(lang: "zh", region: "cn", fallback: false, overhang: false, hyphenate: false)
#set par(leading: 0pt, spacing: 0pt, linebreaks: "simple")
#set block(spacing: 0pt)
#let at = align
"""
# The compiler uses again what an earlier document had in common with this one: equal content
# from equal places, under equal styles. All that `eval` reads has the one place of the call,
# and the title, which differs each time, stands last so as not to be part of every style.
_SOURCE: Final = """\
#eval(mode: "markup", {images}{pages})
#set document(title: {title}, author: {author}, date: {date})
"""
_ATTACHED: Final = """\
#pdf.attach({name}, bytes({data}), relationship: "source", mime-type: {sort}, \
description: {description})
"""
_DATE: Final = (
    "datetime(year: {0.year}, month: {0.month}, day: {0.day}, "
    "hour: {0.hour}, minute: {0.minute}, second: {0.second})"
)


class Markup:
    """Writes one document."""

    def __init__(self, fonts: FontBook) -> None:
        """Begin a document."""
        self._paragraphs = ParagraphMarkup(fonts)

    @property
    def substitutions(self) -> tuple[Substitution, ...]:
        """Return what stood in for the faces met so far."""
        return self._paragraphs.substitutions

    def document(
        self,
        pages: Pages,
        *,
        title: str,
        author: str,
        date: datetime,
        attachment: Attachment | None = None,
    ) -> str:
        """Return the whole source."""
        sections = list(map(self._section, pages.sections, range(len(pages.sections))))
        if len(sections) > 1:
            # Each by itself: rules that are set for all that follows would pile up, and the
            # time would grow with the square of the sections.
            sections = [f"#[{section}\n]" for section in sections]
        body = "\n".join(sections)
        source = _SOURCE.format(
            images=self._paragraphs.images,
            pages=literal(f"{_HEADER}{self._paragraphs.functions}\n{body}\n"),
            title=literal(title),
            author=literal(author),
            date=_DATE.format(date),
        )
        return source if attachment is None else source + _attached(attachment)

    def _section(self, section: Section, index: int) -> str:
        area, margins, label = section.page.area, section.page.margins, f"<section-{index}>"
        header = self._furniture(section.header, Area(area.width, margins.header), "top", label)
        footer = self._furniture(section.footer, Area(area.width, margins.footer), "bottom", label)
        numbers = f"numbering: {literal(section.numbering)}"
        furniture = f"header-ascent: 0pt, footer-descent: 0pt, header: {header}, footer: {footer}"
        lines = [f"#set page({_size(section.page)}, {numbers}, {furniture})"]
        if section.start is not None:
            lines.append(f"#counter(page).update({section.start})")
        if section.header.first is not None or section.footer.first is not None:
            lines.append(f"#[#metadata(none){label}]")
        flow = self._blocks(section.blocks, area, self._paragraphs.flowing)
        return "\n".join((*lines, *(f"#{code}" for code in flow)))

    def _furniture(self, furniture: Furniture, area: Area, edge: str, label: str) -> str:
        """Return what stands at an edge of the pages of a section, whose begin has a label."""

        def content(blocks: tuple[Block, ...]) -> str:
            inner = ";".join(self._blocks(blocks, area, self._paragraphs.paragraph))
            return f"at({edge}, pad({edge}: {pt(area.height)}, {{{inner}}}))" if inner else "none"

        code = content(furniture.default)
        if furniture.even is not None:
            is_even = "calc.even(counter(page).get().first())"
            code = f"if {is_even} {{{content(furniture.even)}}} else {{{code}}}"
        if furniture.first is not None:
            is_first = f"here().page() == locate({label}).page()"
            code = f"if {is_first} {{{content(furniture.first)}}} else {{{code}}}"
        varies = furniture.even is not None or furniture.first is not None
        return f"context {{{code}}}" if varies else code

    def _blocks(
        self,
        blocks: Iterable[Block],
        area: Area,
        paragraph: Callable[[Paragraph, float], str],
    ) -> Iterator[str]:
        gap = 0.0
        for block in blocks:
            match block:
                case Paragraph():
                    gap += block.style.before
                    if gap:
                        yield f"v({pt(gap)})"
                    yield paragraph(block, area.width)
                    gap = block.style.after
                case Table():
                    if gap:
                        yield f"v({pt(gap)})"
                    yield table_markup(block, self._paragraphs, area.height)
                    gap = 0.0
                case PageBreak():
                    yield "pagebreak()" if block.always else "pagebreak(weak: true)"
                    gap = 0.0


def _attached(attachment: Attachment) -> str:
    return _ATTACHED.format(
        name=literal(attachment.name),
        data=literal(attachment.data.decode()),
        sort=literal(attachment.sort),
        description=literal(attachment.description),
    )


def _size(page: Page) -> str:
    margins = page.margins
    return (
        f"width: {pt(page.width)}, height: {pt(page.height)}, "
        f"margin: (top: {pt(margins.top)}, right: {pt(margins.right)}, "
        f"bottom: {pt(margins.bottom)}, left: {pt(margins.left)})"
    )
