"""Pictures to Typst: their bytes as code, and the boxes that they stand in."""

from __future__ import annotations

from typing import Final

from perfeval_docs.fonts import SANS, SERIF, FontBook
from perfeval_docs.typeset.model import Image, Picture
from perfeval_docs.typeset.units import literal, pt

_PART: Final = 1024 * 1024


def image_code(image: Image) -> str:
    """Return code for the bytes of a picture.

    The compiler takes text alone. A list of numbers it reads four times faster as JSON than
    as code; as one list, a large picture would fill a hundred times its size.
    """
    if image.sort == "svg":
        return f"bytes({literal(image.data.decode())})"
    parts = (image.data[at : at + _PART] for at in range(0, len(image.data), _PART))
    return "+".join(f'bytes(json(bytes("[{",".join(map(str, part))}]")))' for part in parts)


def picture_code(picture: Picture, name: str, fonts: FontBook) -> str:
    """Return the code of a picture, the bytes of which have a name."""
    return f"box({_image(picture, name, fonts)})"


def alone(picture: Picture, fonts: FontBook) -> str:
    """Return the source of a document that holds nothing but a picture."""
    return (
        '#set document(title: "t")\n#set text(lang: "zh", fallback: false)\n'
        f"#{_image(picture, image_code(picture.image), fonts)}"
    )


def _image(picture: Picture, data: str, fonts: FontBook) -> str:
    """Return the code of an image; letters of SVG in a face that is not at hand take ours.

    Without a face to fall back to, Typst leaves them out and says nothing.
    """
    faces = ", ".join(map(literal, (SANS, SERIF, *fonts.added)))
    return (
        f"text(font: ({faces}), image({data}, format: {literal(picture.image.sort)}, "
        f"width: {pt(picture.width)}, height: {pt(picture.height)}, "
        f'fit: "stretch", alt: {literal(picture.alternative)}))'
    )
