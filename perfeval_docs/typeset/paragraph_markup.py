"""Paragraphs to Typst: looks and ways to stand that occur again are written once, as functions."""

from __future__ import annotations

from typing import Final

from perfeval_docs.fonts import SANS, SERIF, FontBook, Substitution
from perfeval_docs.typeset.model import (
    Align,
    Image,
    LineBreak,
    LineRule,
    PageNumber,
    Paragraph,
    ParagraphStyle,
    Picture,
    Piece,
    RunStyle,
    Tab,
    Text,
)
from perfeval_docs.typeset.picture_markup import image_code, picture_code
from perfeval_docs.typeset.units import (
    ABOVE_MIDDLE,
    SINGLE,
    literal,
    pt,
    with_breaks,
)

_STROKE_OF_BOLD: Final = 0.028
# The body of a heading without Typst's look of headings; no `par` in it, which would be tagged.
_HEADING: Final = (
    'show heading: set text(weight: "regular");'
    "show heading: it => block(width: 100%, spacing: 0pt, sticky: false, it.body);"
)


class ParagraphMarkup:
    """Writes the paragraphs of one document."""

    def __init__(self, fonts: FontBook) -> None:
        """Begin a document."""
        self._fonts = fonts
        self._functions: dict[str, str] = {}
        self._looks: dict[tuple[RunStyle, LineRule, float], str] = {}
        self._known: dict[tuple[int, int], tuple[RunStyle, ParagraphStyle, str]] = {}
        self._stands: dict[ParagraphStyle, str] = {}
        self._open_headings: list[int] = []
        self._images: dict[Image, str] = {}
        self._wanted: dict[str, None] = {}

    @property
    def substitutions(self) -> tuple[Substitution, ...]:
        """Return what stood in for the faces met so far."""
        found = (self._fonts.substitution(face) for face in self._wanted)
        return tuple(s for s in found if s is not None)

    @property
    def functions(self) -> str:
        """Return the definitions that the paragraphs written so far call."""
        return "\n".join(f"#let {name}{code}" for code, name in self._functions.items())

    @property
    def images(self) -> str:
        """Return the argument of `eval` that holds the pictures met so far, by their names."""
        held = "".join(f"{name}: {image_code(image)}, " for image, name in self._images.items())
        return f"scope: ({held}), " if held else ""

    def flowing(self, paragraph: Paragraph, width: float) -> str:
        """Return a paragraph's code outside tables, where it may be a heading and keep the next."""
        style, stand = paragraph.style, "b"
        if style.outline is not None and paragraph.text.strip():
            stand = _heading(style, self._level(style.outline))
        elif not style.keep_next:
            return self.paragraph(paragraph, width)
        elif paragraph.pieces:
            stand = _stand(style)
        if style.keep_next:
            stand = f"block(width: 100%, sticky: true, {stand})"
        return f"{self._function(f'(b)={stand}', 'p')}({self.line(paragraph, width)})"

    def _level(self, outline: int) -> int:
        """Return the level of a heading, from 1: no level is left out on the way down."""
        while self._open_headings and self._open_headings[-1] >= outline:
            self._open_headings.pop()
        self._open_headings.append(outline)
        return len(self._open_headings)

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
        if len(paragraph.pieces) == 1:
            return self._piece(paragraph.pieces[0], style, room)
        return "+".join(self._piece(piece, style, room) for piece in paragraph.pieces)

    @staticmethod
    def line_height(look: RunStyle, style: ParagraphStyle) -> float:
        """Return the height of a line in points."""
        if style.line_rule is LineRule.EXACT:
            return style.line
        natural = look.size * SINGLE
        if style.line_rule is LineRule.AUTO:
            return natural * style.line
        return max(style.line, natural)

    def text(self, text: Text, style: ParagraphStyle, room: float) -> str:
        """Return the code of a text in a paragraph with so much room for words."""
        said = literal(with_breaks(text.text, text.style.size, room))
        return f"{self._look(text.style, style)}({said})"

    def _piece(self, piece: Piece, style: ParagraphStyle, room: float) -> str:
        match piece:
            case Text():
                return self.text(piece, style, room)
            case LineBreak():
                return "linebreak()"
            case Picture():
                name = self._images.setdefault(piece.image, f"i{len(self._images)}")
                return picture_code(piece, name, self._fonts)
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
        # Equal ones are nearly always the same two objects, and are found faster by these.
        objects = (id(look), id(style))
        if objects not in self._known:
            key = (look, style.line_rule, style.line)
            if key not in self._looks:
                self._looks[key] = self._function(f"(s)={self._text(look, style)}", "t")
            self._known[objects] = (look, style, self._looks[key])
        return self._known[objects][2]

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
    """Return the code of a paragraph around its content `b`.

    Its first line begins with a space rather than with Typst's indent, which centred
    paragraphs and those on the right would not have.
    """
    first = style.first
    content = f"h({pt(first)})+b" if first > 0 else "b"
    hanging = f", hanging-indent: {pt(-first)}" if first < 0 else ""
    justify = ", justify: true" if style.align is Align.JUSTIFY else ""
    return _placed(style, f"par({content}{hanging}{justify})", style.left + min(first, 0))


def _heading(style: ParagraphStyle, level: int) -> str:
    """Return the code of a heading around its content `b`, which looks like any paragraph."""
    indent = f"h({pt(style.first)})+" if style.first else ""
    code = _placed(style, f"heading(level: {level}, {indent}b)", style.left)
    justify = "set par(justify: true);" if style.align is Align.JUSTIFY else ""
    return f"{{{_HEADING}{justify}{code}}}"


def _placed(style: ParagraphStyle, code: str, left: float) -> str:
    align = "left" if style.align is Align.JUSTIFY else style.align.value
    code = f"at({align}, {code})"
    if left or style.right:
        code = f"pad(left: {pt(left)}, right: {pt(style.right)}, {code})"
    if style.fill:
        code = f"block(width: 100%, fill: rgb({literal(style.fill)}), {code})"
    return code
