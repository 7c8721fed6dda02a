"""Bytes that are no picture, and SVG that reaches out: refused by name and place, never more."""

import base64
from contextlib import nullcontext, suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from perfeval_docs.errors import FaultyTemplateError
from perfeval_docs.typeset.images import MAX_BYTES
from tests.typeset.documents import blank, pdf_of
from tests.typeset.pictures import JPEG, add_vector, drawn, png, svg, with_bytes

PNG = png()


def flipped(data: bytes, at: int) -> bytes:
    return data[:at] + bytes([data[at] ^ 0xFF]) + data[at + 1 :]


BROKEN: dict[str, tuple[bytes, str]] = {
    "nothing": (b"", "neither PNG nor JPEG nor SVG"),
    "text": (b"hello", "neither PNG nor JPEG nor SVG"),
    "gif": (b"GIF89a" + bytes(30), "neither PNG nor JPEG nor SVG"),
    "html": (b"<html/>", "neither PNG nor JPEG nor SVG"),
    "half an svg": (svg()[:-4], "neither PNG nor JPEG nor SVG"),
    "png cut in its head": (PNG[:15], "a damaged picture"),
    "png cut in its pixels": (PNG[:-20], "a picture that cannot be read"),
    "png with other pixels": (flipped(PNG, PNG.index(b"IDAT") + 12), "cannot be read"),
    "jpeg cut in its head": (JPEG[:100], "a damaged picture"),
    "jpeg without its end": (JPEG[:-2], "a damaged picture"),
    "jpeg with another head": (JPEG[:2] + b"xx" + JPEG[4:], "neither PNG nor JPEG"),
    "too many pixels": (
        png(60_000, 60_000, bytes(9)),
        "a picture of 60000 × 60000 pixels cannot be set as PDF; save it with fewer pixels",
    ),
    "too large": (PNG + bytes(MAX_BYTES), "a picture of 8 MB cannot be set as PDF; save it small"),
}


@pytest.mark.parametrize("name", BROKEN)
def test_bytes_that_are_no_picture_are_refused_by_name_and_place(name: str) -> None:
    data, expected = BROKEN[name]
    with pytest.raises(FaultyTemplateError) as failure:
        pdf_of(with_bytes(data))
    assert str(failure.value).startswith("t.docx, paragraph 1 (“”), the picture “图”: ")
    assert expected in str(failure.value)


def in_data(data: bytes, sort: str = "png") -> str:
    return f"data:image/{sort};base64,{base64.b64encode(data).decode()}"


HOSTILE = {
    "a file": ("<image href='file:///etc/passwd'/>", "refers to something outside"),
    "a neighbour": ("<image href='README.md'/>", "refers to something outside"),
    "the network": ("<image xlink:href='https://example.org/x'/>", "refers to something outside"),
    "a link": ("<a href='https://example.org/'><rect/></a>", "refers to something outside"),
    "a use": ("<use href='x.svg#a'/>", "refers to something outside"),
    "a fill": ("<rect fill='url(x.svg#a)'/>", "refers to something outside"),
    "a style": ("<rect style='fill: URL( \"x.svg#a\" )'/>", "refers to something outside"),
    "a sheet": ("<style>@import 'x.css';</style>", "refers to something outside"),
    "a font": ("<style>@font-face { src: url(x.ttf) }</style>", "refers to something outside"),
    "an svg inside": (f"<image href='{in_data(svg(), 'svg+xml')}'/>", "refers to something"),
    "a broken png": (f"<image href='{in_data(PNG[:20])}'/>", "a damaged picture"),
    "no base64": ("<image href='data:image/png;base64,???'/>", "a damaged picture"),
    "a bomb": (f"<image href='{in_data(png(60_000, 60_000, bytes(9)))}'/>", "pixels"),
    "a script": ("<script>1</script>", "an SVG with the element script"),
    "a page": ("<foreignObject/>", "an SVG with the element foreignObject"),
    "a handler": ("<rect onload='x()'/>", "an SVG with the attribute onload"),
    "an entity": ("&x;", "neither PNG nor JPEG nor SVG"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_svg_is_refused_by_name_and_place(name: str) -> None:
    inside, expected = HOSTILE[name]
    document = blank()
    add_vector(document, svg(inside))
    with pytest.raises(FaultyTemplateError) as failure:
        pdf_of(document)
    assert str(failure.value).startswith("t.docx, paragraph 1 (“”), the picture “图”: ")
    assert expected in str(failure.value)


@pytest.mark.parametrize("head", ["<!DOCTYPE svg>", "<!DOCTYPE svg [<!ENTITY x 'y'>]>"])
def test_an_svg_with_a_document_type_is_refused_with_the_way_out(head: str) -> None:
    document = blank()
    add_vector(document, head.encode() + svg())
    with pytest.raises(FaultyTemplateError, match=r"a document type cannot .* take the line <!DOC"):
        pdf_of(document)


def test_an_svg_that_refers_to_itself_and_holds_its_bitmaps_is_set() -> None:
    document = blank()
    add_vector(
        document,
        b"<?xml version='1.0'?><?xml-stylesheet href='x.css'?><!-- url(x) -->"
        + svg(
            "<metadata><x resource='https://example.org'/></metadata>"
            "<defs><linearGradient id='g'><stop/></linearGradient><path id='p'/></defs>"
            "<style>rect { fill: url( '#g' ) }</style><rect width='9' height='9'/>"
            f"<use xlink:href='#p'/><image width='9' height='9' href='{in_data(PNG)}'/>"
        ),
    )
    assert {each.is_bitmap for each in drawn(pdf_of(document))} == {False, True}


def test_a_character_of_an_svg_that_no_font_has_is_refused_with_its_place() -> None:
    document = blank()
    add_vector(document, svg("<text x='1' y='9'>\u05d0</text>"))
    with pytest.raises(FaultyTemplateError, match=r"paragraph 1 \(“”\), the picture “图”"):
        pdf_of(document)


@pytest.mark.parametrize("levels", [4, 12])
def test_an_svg_that_grows_when_it_is_read_ends_soon(levels: int) -> None:
    grown = "".join(
        f"<g id='a{n + 1}'>{f'''<use href='#a{n}'/>''' * 10}</g>" for n in range(levels)
    )
    document = blank()
    add_vector(document, svg(f"<rect id='a0' width='1' height='1'/>{grown}"))
    with (
        nullcontext() if levels == 4 else pytest.raises(FaultyTemplateError, match="cannot be read")
    ):
        assert pdf_of(document)


STEMS = st.sampled_from((PNG, JPEG, svg(f"<image href='{in_data(PNG)}'/>")))


@given(STEMS, st.data())
def test_no_damage_to_a_picture_is_more_than_a_refusal(stem: bytes, data: st.DataObject) -> None:
    places = st.integers(0, len(stem) - 1)
    for at in data.draw(st.lists(places, max_size=4)):
        stem = flipped(stem, at)
    stem = stem[data.draw(st.sampled_from((0, 1))) : data.draw(places)] + stem[: len(stem) // 2]
    with suppress(FaultyTemplateError):
        assert pdf_of(with_bytes(stem))
