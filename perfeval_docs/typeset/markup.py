"""Pages to Typst: code with string literals only, so that no value is ever read as markup."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Final

from perfeval_docs.typeset.fonts import SANS, SERIF, FontBook, Substitution
from perfeval_docs.typeset.model import (
    Align,
    Block,
    Furniture,
    LineBreak,
    LineRule,
    PageBreak,
    PageNumber,
    Pages,
    Paragraph,
    ParagraphStyle,
    Piece,
    RunStyle,
    Section,
    Tab,
    Table,
    Text,
)
from perfeval_docs.typeset.table_markup import table_markup
from perfeval_docs.typeset.units import (
    ABOVE_MIDDLE,
    SINGLE,
    literal,
    pt,
    with_breaks,
)

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
#eval(mode: "markup", {pages})
#set document(title: {title}, author: {author}, date: {date})
"""
_DATE: Final = (
    "datetime(year: {0.year}, month: {0.month}, day: {0.day}, "
    "hour: {0.hour}, minute: {0.minute}, second: {0.second})"
)
_STROKE_OF_BOLD: Final = 0.028


class Markup:
    """Writes one document; looks that occur again are written once, as functions."""

    def __init__(self, fonts: FontBook) -> None:
        """Begin a document."""
        self._fonts = fonts
        self._functions: dict[str, str] = {}
        self._looks: dict[tuple[RunStyle, LineRule, float], str] = {}
        self._stands: dict[ParagraphStyle, str] = {}
        self._wanted: dict[str, None] = {}

    @property
    def substitutions(self) -> tuple[Substitution, ...]:
        """Return what stood in for the faces met so far."""
        found = (self._fonts.substitution(face) for face in self._wanted)
        return tuple(s for s in found if s is not None)

    def document(self, pages: Pages, *, title: str, author: str, date: datetime) -> str:
        """Return the whole source."""
        body = "\n".join(self._section(section) for section in pages.sections)
        functions = "\n".join(f"#let {name}{code}" for code, name in self._functions.items())
        return _SOURCE.format(
            pages=literal(f"{_HEADER}{functions}\n{body}\n"),
            title=literal(title),
            author=literal(author),
            date=_DATE.format(date),
        )

    def paragraph(self, paragraph: Paragraph, width: float) -> str:
        """Return the code of a paragraph that is `width` points wide, spaces around it left out."""
        style = paragraph.style
        content = self.line(paragraph, width)
        if not paragraph.pieces:
            return content
        if style not in self._stands:
            self._stands[style] = self._function(f"(b)={_stand(style)}", "p")
        return f"{self._stands[style]}({content})"

    def line(self, paragraph: Paragraph, width: float) -> str:
        """Return the code of a paragraph's content alone, of its blank line if it has none."""
        style = paragraph.style
        if not paragraph.pieces:
            return f"v({pt(self.line_height(paragraph.mark, style))})"
        room = width - style.left - style.right
        return "+".join(self._piece(piece, style, room) for piece in paragraph.pieces)

    @staticmethod
    def line_height(look: RunStyle, style: ParagraphStyle) -> float:
        """Return the height of a line in points."""
        natural = look.size * SINGLE
        match style.line_rule:
            case LineRule.EXACT:
                return style.line
            case LineRule.AT_LEAST:
                return max(style.line, natural)
            case LineRule.AUTO:
                return natural * style.line

    def _section(self, section: Section) -> str:
        margins = section.margins
        width = section.width - margins.left - margins.right
        page = (
            f"#set page(width: {pt(section.width)}, height: {pt(section.height)}, "
            f"margin: (top: {pt(margins.top)}, right: {pt(margins.right)}, "
            f"bottom: {pt(margins.bottom)}, left: {pt(margins.left)}), "
            f"numbering: {literal(section.numbering)}, header-ascent: 0pt, footer-descent: 0pt, "
            f"header: {self._furniture(section.header, width, 'top', margins.header)}, "
            f"footer: {self._furniture(section.footer, width, 'bottom', margins.footer)})"
        )
        start = "" if section.start is None else f"\n#counter(page).update({section.start})"
        height = section.height - margins.top - margins.bottom
        body = "\n".join(f"#{code}" for code in self._blocks(section.blocks, width, height))
        return f"{page}{start}\n{body}"

    def _furniture(self, furniture: Furniture, width: float, edge: str, distance: float) -> str:
        def content(blocks: tuple[Block, ...]) -> str:
            inner = ";".join(self._blocks(blocks, width, distance))
            return f"at({edge}, pad({edge}: {pt(distance)}, {{{inner}}}))" if inner else "none"

        code = content(furniture.default)
        number = "counter(page).get().first()"
        if furniture.even is not None:
            code = f"if calc.even({number}) {{{content(furniture.even)}}} else {{{code}}}"
        if furniture.first is not None:
            code = f"if {number} == 1 {{{content(furniture.first)}}} else {{{code}}}"
        varies = furniture.even is not None or furniture.first is not None
        return f"context {{{code}}}" if varies else code

    def _blocks(self, blocks: Iterable[Block], width: float, height: float) -> Iterable[str]:
        gap = 0.0
        for block in blocks:
            match block:
                case Paragraph():
                    gap += block.style.before
                    if gap:
                        yield f"v({pt(gap)})"
                    yield self.paragraph(block, width)
                    gap = block.style.after
                case Table():
                    if gap:
                        yield f"v({pt(gap)})"
                    yield table_markup(block, self, height)
                    gap = 0.0
                case PageBreak():
                    yield "pagebreak()"
                    gap = 0.0

    def _piece(self, piece: Piece, style: ParagraphStyle, room: float) -> str:
        match piece:
            case Text():
                text = with_breaks(piece.text, piece.style.size, room)
                return f"{self._look(piece.style, style)}({literal(text)})"
            case LineBreak():
                return "linebreak()"
            case Tab():
                return f"h({pt(piece.width)})"
            case PageNumber():
                number = (
                    "counter(page).final().first()"
                    if piece.total
                    else "counter(page).get().first()"
                )
                code = f"context numbering(page.numbering, {number})"
                return f"{self._look(piece.style, style)}({code})"

    def _look(self, look: RunStyle, style: ParagraphStyle) -> str:
        key = (look, style.line_rule, style.line)
        if key not in self._looks:
            self._looks[key] = self._function(f"(s)={self._text(look, style)}", "t")
        return self._looks[key]

    def _function(self, code: str, letter: str) -> str:
        return self._functions.setdefault(code, f"{letter}{len(self._functions)}")

    def _text(self, look: RunStyle, style: ParagraphStyle) -> str:
        """Return a call of `text` whose edges make lines as high as Word's rule says."""
        self._wanted |= {look.latin: None, look.east_asian: None}
        latin, asian = self._fonts.face(look.latin), self._fonts.face(look.east_asian)
        first = (
            [] if latin in (SERIF, SANS) else [f'(name: {literal(latin)}, covers: "latin-in-cjk")']
        )
        rest = dict.fromkeys((asian, SERIF, SANS, *self._fonts.added))
        fonts = ", ".join((*first, *map(literal, rest)))
        height = self.line_height(look, style)
        top = height / 2 + ABOVE_MIDDLE * look.size
        arguments = [
            f"font: ({fonts},)",
            f"size: {pt(look.size)}",
            f"top-edge: {pt(top)}",
            f"bottom-edge: {pt(top - height)}",
        ]
        if look.color != "#000000":
            arguments.append(f"fill: rgb({literal(look.color)})")
        if look.bold and asian in self._fonts.bold:
            arguments.append('weight: "bold"')
        elif look.bold:
            stroke = f"{pt(look.size * _STROKE_OF_BOLD)} + rgb({literal(look.color)})"
            arguments.append(f"stroke: {stroke}")
        if look.italic:
            arguments.append('style: "italic"')
        if look.spacing:
            arguments.append(f"tracking: {pt(look.spacing)}")
        return _decorated(f"text({', '.join(arguments)}, s)", look)


def _decorated(code: str, look: RunStyle) -> str:
    for name, wanted in (("underline", look.underline), ("strike", look.strike)):
        code = f"{name}({code})" if wanted else code
    if look.fill:
        code = f"highlight(fill: rgb({literal(look.fill)}), {code})"
    return f"{look.script}({code})" if look.script else code


def _stand(style: ParagraphStyle) -> str:
    """Return the code of a paragraph around its content `b`."""
    first, left = style.first, style.left
    if first < 0:
        left += first
    indent = f", first-line-indent: (amount: {pt(first)}, all: true)" if first > 0 else ""
    hanging = f", hanging-indent: {pt(-first)}" if first < 0 else ""
    justify = ", justify: true" if style.align is Align.JUSTIFY else ""
    code = f"par({('b' + indent + hanging + justify)})"
    align = "left" if style.align is Align.JUSTIFY else style.align.value
    code = f"at({align}, {code})"
    if left or style.right:
        code = f"pad(left: {pt(left)}, right: {pt(style.right)}, {code})"
    if style.fill:
        code = f"block(width: 100%, fill: rgb({literal(style.fill)}), {code})"
    return code
