"""The pictures of a Word file: those that stand in a line, whole, upright and as they are."""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

from lxml import etree

from perfeval_docs.diagnostic import Message, msg
from perfeval_docs.ooxml import NAMESPACES, alternative_text, parse_xml, qn
from perfeval_docs.typeset.faults import UnsettableError, quoted
from perfeval_docs.typeset.formats import whole
from perfeval_docs.typeset.images import load_image
from perfeval_docs.typeset.model import Area, Image, Picture

_EMBED: Final = qn("r:embed")
_LINK: Final = qn("r:link")
_EMU: Final = 12_700
_MM: Final = 25.4 / 72
_ROUNDING: Final = 0.5
_FILLS: Final = tuple(qn(f"a:{n}Fill") for n in ("solid", "grad", "patt", "blip", "grp"))
_EFFECTS: Final = msg("a picture with effects")
_INSERT: Final = msg("insert it again")
_REDRAW: Final = msg("change the picture file itself and insert it again")


@dataclass(frozen=True, slots=True)
class Store:
    """The picture files of a package, each looked at once.

    `probe` raises `UnsettableError` for a picture that the compiler does not understand.
    """

    parts: Mapping[str, bytes]
    probe: Callable[[Picture], None]
    _known: dict[str, Image] = field(default_factory=dict)
    _probed: set[Image] = field(default_factory=set)

    def image(self, part: str) -> Image:
        """Return the picture in a part; raises `UnsettableError` where it cannot be set."""
        if part not in self.parts:
            raise UnsettableError(msg("a picture whose file is missing"), _INSERT)
        if part not in self._known:
            self._known[part] = load_image(self.parts[part])
        return self._known[part]

    def try_out(self, picture: Picture) -> Picture:
        """Return a picture of an image that the compiler understands."""
        if picture.image not in self._probed:
            self.probe(picture)
            self._probed.add(picture.image)
        return picture

    def targets(self, part: str) -> dict[str, str | None]:
        """Return the parts that a part refers to by their relation's id, None for outer things."""
        folder, name = posixpath.split(part)
        data = self.parts.get(f"{folder}/_rels/{name}.rels")
        if data is None:
            return {}
        return {each.get("Id", ""): _target(each, folder) for each in parse_xml(data)}


def _target(relation: etree._Element, folder: str) -> str | None:
    if relation.get("TargetMode") == "External":
        return None
    return posixpath.normpath(posixpath.join(folder, relation.get("Target", ""))).lstrip("/")


@dataclass(frozen=True, slots=True)
class Pictures:
    """The pictures that one part may show in an area."""

    store: Store
    targets: Mapping[str, str | None]
    area: Area

    def read(self, drawing: etree._Element) -> Picture:
        """Return the picture of a `w:drawing`; raises `UnsettableError` where it is none."""
        picture = drawing.find("*/a:graphic/a:graphicData/pic:pic", dict(NAMESPACES))
        if picture is None:
            raise UnsettableError(msg("a drawing that is no picture"))
        try:
            return self._picture(drawing, picture)
        except UnsettableError as error:
            raise error.within(_name(drawing)) from None

    def _picture(self, drawing: etree._Element, picture: etree._Element) -> Picture:
        alternative = alternative_text(drawing)
        if drawing.find(qn("wp:inline")) is None:
            raise UnsettableError(
                msg("a picture with text wrapped around it"),
                msg("choose In Line with Text for it in Word"),
            )
        if not alternative:
            raise UnsettableError(
                msg("a picture without alternative text"),
                msg("say in Word under Edit Alt Text what it shows"),
            )
        for message in _changes(picture):
            raise UnsettableError(message, _REDRAW)
        width, height = self._size(drawing)
        image = self._image(picture)
        return self.store.try_out(
            Picture(image=image, width=width, height=height, alternative=alternative)
        )

    def _size(self, drawing: etree._Element) -> tuple[float, float]:
        extent = drawing.find("wp:inline/wp:extent", dict(NAMESPACES))
        sides = ("", "") if extent is None else (extent.get("cx", ""), extent.get("cy", ""))
        width, height = ((whole(side) or 0) / _EMU for side in sides)
        if width <= 0 or height <= 0:
            raise UnsettableError(msg("a picture without a size"), _INSERT)
        if width > self.area.width + _ROUNDING or height > self.area.height + _ROUNDING:
            raise UnsettableError(
                msg("a picture of {picture} on {area} of text",
                    picture=_millimetres(width, height),
                    area=_millimetres(self.area.width, self.area.height)),
                msg("make it smaller"),
            )  # fmt: skip
        return width, height

    def _image(self, picture: etree._Element) -> Image:
        blip = picture.find("pic:blipFill/a:blip", dict(NAMESPACES))
        vector = None if blip is None else next(blip.iter(qn("asvg:svgBlip")), None)
        source = blip if vector is None else vector
        if source is None:
            raise UnsettableError(msg("a picture whose file is missing"), _INSERT)
        target = self.targets.get(source.get(_EMBED, ""), "")
        if target is None or source.get(_LINK) is not None:
            raise UnsettableError(
                msg("a picture that is only linked"), msg("insert the picture itself")
            )
        return self.store.image(target)


def _changes(picture: etree._Element) -> Iterator[Message]:
    """Yield what Word does to a picture before it shows it."""
    fill, shape = picture.find(qn("pic:blipFill")), picture.find(qn("pic:spPr"))
    if fill is not None:
        cuts = (*fill.iterfind(qn("a:srcRect")), *fill.iterfind(f"{qn('a:stretch')}/*"))
        if any(value not in ("0", "0%") for cut in cuts for value in cut.attrib.values()):
            yield msg("a cropped picture")
        if fill.find(qn("a:tile")) is not None or any(map(_is_effect, fill.iter())):
            yield _EFFECTS
    for child in () if shape is None else shape:
        if (change := _change(child)) is not None:
            yield change


def _is_effect(element: etree._Element) -> bool:
    """Tell whether a part of an `a:blip` changes its picture; extensions seldom do."""
    parent, name = element.getparent(), etree.QName(element).localname
    is_direct = parent is not None and parent.tag == qn("a:blip")
    return name == "imgProps" or (is_direct and name != "extLst")


def _change(child: etree._Element) -> Message | None:
    """Return what a part of a `pic:spPr` does to its picture."""
    name = etree.QName(child).localname
    if name == "xfrm":
        is_turned = any(child.get(a, "0") not in ("0", "false") for a in ("rot", "flipH", "flipV"))
        return msg("a picture that is turned or mirrored") if is_turned else None
    if name == "prstGeom":
        return None if child.get("prst") == "rect" else msg("a picture cut to a shape")
    if name == "ln":
        return msg("a picture with a frame") if any(n.tag in _FILLS for n in child) else None
    is_plain = name in ("noFill", "extLst") or (name == "effectLst" and not len(child))
    return None if is_plain else _EFFECTS


def _millimetres(width: float, height: float) -> str:
    return f"{width * _MM:.0f} × {height * _MM:.0f} mm"


def _name(drawing: etree._Element) -> Message:
    properties = drawing.find("*/wp:docPr", dict(NAMESPACES))
    name = "" if properties is None else properties.get("name", "")
    return msg("the picture “{name}”", name=quoted(alternative_text(drawing) or name))
