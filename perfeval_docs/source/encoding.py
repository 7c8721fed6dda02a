"""Bytes to text, and the name of the encoding where it is not UTF-8."""

from __future__ import annotations

import codecs
from dataclasses import dataclass
from typing import Final

from perfeval_docs.diagnostic import Diagnostic, Message, msg
from perfeval_docs.source.faults import fault
from perfeval_docs.source.places import Places

_MARKS: Final = (
    (codecs.BOM_UTF32_LE, "utf-32-le", "UTF-32"),
    (codecs.BOM_UTF32_BE, "utf-32-be", "UTF-32"),
    (codecs.BOM_UTF16_LE, "utf-16-le", "UTF-16"),
    (codecs.BOM_UTF16_BE, "utf-16-be", "UTF-16"),
)
_SAMPLE: Final = 4096
_NUL_SHARE: Final = 8
_SAVE_AS_UTF_8: Final = msg(
    "open the file in its editor and save it as UTF-8; in Notepad: Save as, Encoding UTF-8"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Decoded:
    """A file's text, its line table, and at most one fault.

    `readable` tells whether the text is what its author saw: it is UTF-8, or another
    encoding that could be recognised.
    """

    text: str
    places: Places
    diagnostics: tuple[Diagnostic, ...] = ()
    readable: bool = True


def plain_text(data: bytes) -> str | None:
    """Return the text of UTF-8 bytes, with or without a byte order mark; None for others."""
    if _wide_guess(data) is not None:
        return None
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return None


def decode_bytes(data: bytes, file: str) -> Decoded:
    """Decode UTF-8 with or without a byte order mark; anything else is a fault with its place."""
    guess = _wide_guess(data)
    if guess is None:
        try:
            text = data.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            return _not_utf8(data, file, error)
        return Decoded(text=text, places=Places(text, file))
    codec, name, skip = guess
    text = data[skip:].decode(codec, errors="replace")
    return _recognised(text, file, name, 0)


def _wide_guess(data: bytes) -> tuple[str, str, int] | None:
    """Recognise UTF-16 and UTF-32: codec, name, length of the mark in bytes."""
    for mark, codec, name in _MARKS:
        if data.startswith(mark):
            return codec, name, len(mark)
    sample = data[:_SAMPLE]
    odd, even = sample[1::2].count(0), sample[::2].count(0)
    if max(odd, even) * _NUL_SHARE <= len(sample) or min(odd, even) * 4 > max(odd, even):
        return None
    return ("utf-16-le" if odd > even else "utf-16-be"), "UTF-16", 0


def _not_utf8(data: bytes, file: str, error: UnicodeDecodeError) -> Decoded:
    # `utf-8-sig` counts positions from after the mark.
    body = data.removeprefix(codecs.BOM_UTF8)
    text = body.decode("utf-8", errors="replace")
    if _looks_like_gbk(body, text):
        first = len(body[: error.start].decode("gb18030", errors="ignore"))
        return _recognised(body.decode("gb18030"), file, "GBK", first)
    places = Places(text, file)
    first = len(body[: error.start].decode("utf-8"))
    found = fault(
        "not-utf-8",
        places.span(first, first + 1),
        msg("byte 0x{byte} is not UTF-8", byte=f"{body[error.start]:02X}"),
        help=_SAVE_AS_UTF_8,
    )
    return Decoded(text=text, places=places, diagnostics=(found,), readable=False)


def _looks_like_gbk(data: bytes, as_utf8: str) -> bool:
    """Tell GBK from UTF-8 with some damage: most of what is not ASCII fails as UTF-8."""
    bad = as_utf8.count("\ufffd")
    if 2 * bad < sum(not char.isascii() for char in as_utf8) - bad:
        return False
    try:
        text = data.decode("gb18030")
    except UnicodeDecodeError:
        return False
    return any("\u4e00" <= char <= "\u9fff" for char in text)


def _recognised(text: str, file: str, name: str, first: int) -> Decoded:
    message: Message = msg("the file looks like {encoding}, and must be UTF-8", encoding=name)
    places = Places(text, file)
    found = fault(
        "not-utf-8",
        places.span(first, first + 1),
        message,
        help=_SAVE_AS_UTF_8,
    )
    return Decoded(text=text, places=places, diagnostics=(found,))
