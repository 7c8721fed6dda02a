"""The styles of a Word file, resolved through what they are based on."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from lxml import etree

from perfeval_docs.ooxml import NAMESPACES, parse_xml, qn
from perfeval_docs.typeset.formats import (
    ParagraphFormat,
    RunFormat,
    overlay,
    paragraph_format,
    run_format,
)

_VAL: Final = qn("w:val")
_ID: Final = qn("w:styleId")
_MAX_CHAIN: Final = 32
_WORD_DEFAULTS: Final = RunFormat(latin="Times New Roman", east_asian="宋体", size=10.0)


@dataclass(frozen=True, slots=True)
class Formats:
    """A paragraph's and its runs' formats."""

    paragraph: ParagraphFormat
    run: RunFormat


@dataclass(frozen=True, slots=True)
class InTable:
    """Where the paragraphs of a table stand: its style, and whether in a special first row."""

    style: str | None
    in_first: bool


class Styles:
    """The styles part; what a style id resolves to is worked out once."""

    def __init__(self, styles: etree._Element | None, theme: dict[str, str]) -> None:
        """Index the styles."""
        self.theme = theme
        self._styles: dict[str, etree._Element] = {}
        self._defaults: dict[str, str] = {}
        self._known: dict[tuple[str, InTable | None], Formats] = {}
        self._base = Formats(ParagraphFormat(), _WORD_DEFAULTS)
        if styles is not None:
            self._index(styles)

    def paragraph(self, style: str | None, table: InTable | None) -> Formats:
        """Return the formats of a paragraph style, over those of its table's style."""
        key = (style or "", table)
        if key not in self._known:
            base = self._base if table is None else self._in_table(table)
            self._known[key] = self._over(base, style, "paragraph")
        return self._known[key]

    def character(self, style: str, base: RunFormat) -> RunFormat:
        """Return the formats of a character style over those of its paragraph."""
        return self._over(Formats(ParagraphFormat(), base), style, "character").run

    def table(self, style: str | None) -> tuple[etree._Element, ...]:
        """Return a table style and those that it is based on, the furthest first."""
        return tuple(self._chain(style or self._defaults.get("table")))

    def _index(self, styles: etree._Element) -> None:
        for style in styles.iter(qn("w:style")):
            name = style.get(_ID, "")
            self._styles[name] = style
            if style.get(qn("w:default"), "0") in ("1", "true", "on"):
                self._defaults[style.get(qn("w:type"), "paragraph")] = name
        run = styles.find("w:docDefaults/w:rPrDefault/w:rPr", dict(NAMESPACES))
        paragraph = styles.find("w:docDefaults/w:pPrDefault/w:pPr", dict(NAMESPACES))
        self._base = Formats(
            paragraph_format(paragraph), overlay(_WORD_DEFAULTS, run_format(run, self.theme))
        )

    def _over(self, base: Formats, style: str | None, sort: str) -> Formats:
        for element in self._chain(style or self._defaults.get(sort)):
            base = self._stated(base, element)
        return base

    def _in_table(self, table: InTable) -> Formats:
        base = self._over(self._base, table.style, "table")
        for style in self.table(table.style) if table.in_first else ():
            for part in style.iterchildren(qn("w:tblStylePr")):
                if part.get(qn("w:type")) == "firstRow":
                    base = self._stated(base, part)
        return base

    def _stated(self, base: Formats, element: etree._Element) -> Formats:
        return Formats(
            overlay(base.paragraph, paragraph_format(element.find(qn("w:pPr")))),
            overlay(base.run, run_format(element.find(qn("w:rPr")), self.theme)),
        )

    def _chain(self, style: str | None) -> Iterator[etree._Element]:
        """Yield a style and those that it is based on, the furthest first."""
        chain: list[etree._Element] = []
        while style in self._styles and len(chain) < _MAX_CHAIN:
            chain.append(self._styles[style])
            based_on = chain[-1].find(qn("w:basedOn"))
            style = None if based_on is None else based_on.get(_VAL)
        return reversed(chain)


def load_styles(styles: bytes | None, theme: bytes | None) -> Styles:
    """Return the styles of a file from its two parts."""
    return Styles(
        None if styles is None else parse_xml(styles),
        {} if theme is None else _theme_fonts(parse_xml(theme)),
    )


def _theme_fonts(theme: etree._Element) -> dict[str, str]:
    """Return the faces that `majorEastAsia`, `minorHAnsi` … stand for."""
    found: dict[str, str] = {}
    for sort in ("major", "minor"):
        fonts = theme.find(f".//a:{sort}Font", dict(NAMESPACES))
        if fonts is None:
            continue
        latin, asian = fonts.find(qn("a:latin")), fonts.find(qn("a:ea"))
        hans = fonts.find("a:font[@script='Hans']", dict(NAMESPACES))
        face = "" if latin is None else latin.get("typeface", "")
        east = "" if asian is None else asian.get("typeface", "")
        east = east or ("" if hans is None else hans.get("typeface", ""))
        found |= {f"{sort}Ascii": face, f"{sort}HAnsi": face, f"{sort}EastAsia": east}
    return {name: face for name, face in found.items() if face}
