"""The properties of runs and paragraphs as one element states them, and laid over others."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Final, TypeVar

from lxml import etree

from perfeval_docs.diagnostic import msg
from perfeval_docs.ooxml import qn
from perfeval_docs.typeset.faults import UnsettableError
from perfeval_docs.typeset.model import Align, LineRule

_VAL: Final = qn("w:val")
_OFF: Final = frozenset({"0", "false", "off", "none"})
_LINE_UNITS: Final = 240


@dataclass(frozen=True, slots=True, kw_only=True)
class RunFormat:
    """What a run states of its look; None where it is silent."""

    latin: str | None = None
    east_asian: str | None = None
    size: float | None = None
    bold: bool | None = None
    italic: bool | None = None
    underline: bool | None = None
    strike: bool | None = None
    color: str | None = None
    fill: str | None = None
    script: str | None = None
    spacing: float | None = None
    hidden: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ParagraphFormat:
    """What a paragraph states of how it stands.

    `…_chars` are hundredths of a character; an `outline` above 5 is no heading.
    """

    align: Align | None = None
    left: float | None = None
    right: float | None = None
    first: float | None = None
    left_chars: int | None = None
    right_chars: int | None = None
    first_chars: int | None = None
    before: float | None = None
    after: float | None = None
    before_lines: int | None = None
    after_lines: int | None = None
    line: float | None = None
    line_rule: LineRule | None = None
    page_break_before: bool | None = None
    keep_next: bool | None = None
    outline: int | None = None
    fill: str | None = None


F = TypeVar("F", RunFormat, ParagraphFormat)


def overlay(base: F, over: F) -> F:
    """Return `base` with whatever `over` states."""
    stated = {n: v for n in over.__slots__ if (v := getattr(over, n)) is not None}
    return replace(base, **stated) if stated else base


def points(twips: str | None) -> float | None:
    """Return a length in points from twentieths of one; None where it is no number."""
    try:
        return None if twips is None else int(float(twips)) / 20
    except (ValueError, OverflowError):
        return None


def whole(text: str | None) -> int | None:
    """Return a whole number, None where it is none."""
    try:
        return None if text is None else int(text)
    except ValueError:
        return None


def is_on(element: etree._Element) -> bool:
    """Tell whether a toggle such as `w:b` is on."""
    return element.get(_VAL, "true") not in _OFF


def color_of(text: str | None) -> str | None:
    """Return `#rrggbb`; None for `auto` and what is no colour."""
    if text is None or len(text) != len("rrggbb"):
        return None
    return f"#{text.lower()}" if all(c in "0123456789abcdefABCDEF" for c in text) else None


def fill_of(shading: etree._Element) -> str:
    """Return the colour of a `w:shd`, empty for none; patterns cannot be set."""
    pattern = shading.get(_VAL, "clear")
    if pattern in ("clear", "nil"):
        return color_of(shading.get(qn("w:fill"))) or ""
    if pattern == "solid":
        return color_of(shading.get(qn("w:color"))) or "#000000"
    raise UnsettableError(msg("shading with the pattern {pattern}", pattern=pattern))


def run_format(element: etree._Element | None, theme: Mapping[str, str]) -> RunFormat:
    """Read a `w:rPr`; raises `UnsettableError` for a look that cannot be set."""
    stated: dict[str, object] = {}
    for child in () if element is None else element:
        reader = _RUN.get(str(child.tag))
        if reader is not None:
            stated |= reader(child)
        elif child.tag == qn("w:rFonts"):
            stated |= _fonts(child, theme)
        elif child.tag in _UNSETTABLE_RUN and is_on(child):
            raise UnsettableError(msg("the character format {name}", name=_local(child)))
    return RunFormat(**stated)  # type: ignore[arg-type]  # each reader gives its field's type


def paragraph_format(element: etree._Element | None) -> ParagraphFormat:
    """Read a `w:pPr`; raises `UnsettableError` for what cannot be set."""
    stated: dict[str, object] = {}
    for child in () if element is None else element:
        reader = _PARAGRAPH.get(str(child.tag))
        if reader is not None:
            stated |= reader(child)
        elif child.tag in _UNSETTABLE_PARAGRAPH and is_on(child):
            raise UnsettableError(msg("the paragraph format {name}", name=_local(child)))
    return ParagraphFormat(**stated)  # type: ignore[arg-type]  # as above


def _local(element: etree._Element) -> str:
    return "w:" + etree.QName(element).localname


def _fonts(element: etree._Element, theme: Mapping[str, str]) -> dict[str, object]:
    found: dict[str, object] = {}
    for field, name in (("latin", "ascii"), ("east_asian", "eastAsia")):
        themed = theme.get(element.get(qn(f"w:{name}Theme"), ""))
        face = themed or element.get(qn(f"w:{name}"))
        if face:
            found[field] = face
    return found


def _size(element: etree._Element) -> dict[str, object]:
    half_points = whole(element.get(_VAL))
    return {"size": half_points / 2} if half_points else {}


def _underline(element: etree._Element) -> dict[str, object]:
    return {"underline": element.get(_VAL, "single") not in _OFF}


def _color(element: etree._Element) -> dict[str, object]:
    return {"color": color_of(element.get(_VAL)) or "#000000"}


_HIGHLIGHTS: Final = {
    "yellow": "#ffff00", "green": "#00ff00", "cyan": "#00ffff", "magenta": "#ff00ff",
    "red": "#ff0000", "blue": "#0000ff", "lightGray": "#c0c0c0", "darkGray": "#808080",
}  # fmt: skip


def _highlight(element: etree._Element) -> dict[str, object]:
    name = element.get(_VAL, "none")
    if name != "none" and name not in _HIGHLIGHTS:
        raise UnsettableError(msg("the highlight {name}", name=name))
    return {"fill": _HIGHLIGHTS.get(name, "")}


def _script(element: etree._Element) -> dict[str, object]:
    return {"script": {"superscript": "super", "subscript": "sub"}.get(element.get(_VAL, ""), "")}


def _toggle(field: str) -> Callable[[etree._Element], dict[str, object]]:
    return lambda element: {field: is_on(element)}


_RUN: Final[Mapping[str, Callable[[etree._Element], dict[str, object]]]] = {
    qn("w:sz"): _size,
    qn("w:b"): _toggle("bold"),
    qn("w:i"): _toggle("italic"),
    qn("w:strike"): _toggle("strike"),
    qn("w:vanish"): _toggle("hidden"),
    qn("w:u"): _underline,
    qn("w:color"): _color,
    qn("w:shd"): lambda element: {"fill": fill_of(element)},
    qn("w:highlight"): _highlight,
    qn("w:vertAlign"): _script,
    qn("w:spacing"): lambda element: {"spacing": points(element.get(_VAL)) or 0.0},
}
_UNSETTABLE_RUN: Final = frozenset(
    qn(f"w:{name}")
    for name in (
        "caps", "smallCaps", "dstrike", "outline", "shadow", "emboss", "imprint", "em", "bdr",
        "effect", "fitText", "eastAsianLayout", "position", "specVanish", "rtl",
    )
)  # fmt: skip


def _indents(element: etree._Element) -> dict[str, object]:
    def stated(*names: str) -> str | None:
        return next((v for n in names if (v := element.get(qn(f"w:{n}"))) is not None), None)

    first, hanging = points(stated("firstLine")), points(stated("hanging"))
    first_chars, hanging_chars = whole(stated("firstLineChars")), whole(stated("hangingChars"))
    found: dict[str, object] = {
        "left": points(stated("start", "left")),
        "right": points(stated("end", "right")),
        "left_chars": whole(stated("startChars", "leftChars")),
        "right_chars": whole(stated("endChars", "rightChars")),
        "first": -hanging if hanging is not None else first,
        "first_chars": -hanging_chars if hanging_chars else first_chars,
    }
    return {name: value for name, value in found.items() if value is not None}


def _spacing(element: etree._Element) -> dict[str, object]:
    found: dict[str, object] = {
        "before": points(element.get(qn("w:before"))),
        "after": points(element.get(qn("w:after"))),
        "before_lines": whole(element.get(qn("w:beforeLines"))),
        "after_lines": whole(element.get(qn("w:afterLines"))),
    }
    line = whole(element.get(qn("w:line")))
    if line is not None:
        rule = LineRule(element.get(qn("w:lineRule"), LineRule.AUTO))
        found |= {"line_rule": rule, "line": line / (_LINE_UNITS if rule is LineRule.AUTO else 20)}
    return {name: value for name, value in found.items() if value is not None}


_ALIGNS: Final = {
    "left": Align.LEFT, "start": Align.LEFT, "center": Align.CENTER, "right": Align.RIGHT,
    "end": Align.RIGHT, "both": Align.JUSTIFY,
}  # fmt: skip


def align_of(name: str) -> Align:
    """Return the alignment that a `w:jc` names."""
    if name not in _ALIGNS:
        raise UnsettableError(msg("the alignment {name}", name=name))
    return _ALIGNS[name]


def _numbering(element: etree._Element) -> dict[str, object]:
    number = element.find(qn("w:numId"))
    if number is not None and number.get(_VAL, "0") != "0":
        raise UnsettableError(msg("automatic numbering"))
    return {}


def _frame(element: etree._Element) -> dict[str, object]:
    raise UnsettableError(msg("the paragraph format {name}", name=_local(element)))


def _borders(element: etree._Element) -> dict[str, object]:
    if any(child.get(_VAL, "nil") not in ("nil", "none") for child in element):
        raise UnsettableError(msg("a border around a paragraph"))
    return {}


_PARAGRAPH: Final[Mapping[str, Callable[[etree._Element], dict[str, object]]]] = {
    qn("w:jc"): lambda element: {"align": align_of(element.get(_VAL, "left"))},
    qn("w:ind"): _indents,
    qn("w:spacing"): _spacing,
    qn("w:pageBreakBefore"): _toggle("page_break_before"),
    qn("w:keepNext"): _toggle("keep_next"),
    qn("w:outlineLvl"): lambda element: {"outline": whole(element.get(_VAL))},
    qn("w:shd"): lambda element: {"fill": fill_of(element)},
    qn("w:numPr"): _numbering,
    qn("w:framePr"): _frame,
    qn("w:pBdr"): _borders,
}
_UNSETTABLE_PARAGRAPH: Final = frozenset({qn("w:bidi"), qn("w:textDirection")})
