"""PDFs written by hand, without tags: strokes and letters where a test puts them."""

import zlib
from collections.abc import Sequence

_FONTS = (
    b"<</Type/Font/Subtype/Type0/BaseFont/STSong-Light/Encoding/UniGB-UCS2-H/DescendantFonts"
    b"[<</Type/Font/Subtype/CIDFontType0/BaseFont/STSong-Light/DW 1000/W[1 95 500]"
    b"/CIDSystemInfo<</Registry(Adobe)/Ordering(GB1)/Supplement 4>>/FontDescriptor"
    b"<</Type/FontDescriptor/FontName/STSong-Light/Flags 4/FontBBox[-25 -254 1000 880]/Ascent 880"
    b"/Descent -120/CapHeight 880/StemV 93/ItalicAngle 0>>>>]>>"
)
HEIGHT = 800


def text(x: float, y: float, said: str, size: float = 10) -> str:
    """Return what sets a text whose foot begins at a place, in points from above and the left.

    A Chinese letter is as wide as it is high, one of ASCII half as wide.
    """
    return f"BT /F {size} Tf 1 0 0 1 {x} {HEIGHT - y} Tm <{said.encode('utf-16-be').hex()}> Tj ET"


def stroke(x0: float, y0: float, x1: float, y1: float) -> str:
    """Return what draws a line."""
    return f"{x0} {HEIGHT - y0} m {x1} {HEIGHT - y1} l S"


def shape(x: float, y: float, width: float, height: float, colour: str = "0 g") -> str:
    """Return what fills a rectangle, by its upper left corner."""
    return f"q {colour} {x} {HEIGHT - y - height} {width} {height} re f Q"


def grid(columns: Sequence[float], rows: Sequence[float]) -> list[str]:
    """Return what draws all lines of a table."""
    return [stroke(x, rows[0], x, rows[-1]) for x in columns] + [
        stroke(columns[0], y, columns[-1], y) for y in rows
    ]


def pdf(
    *pages: Sequence[str], page: str = "", resources: str = "", more: Sequence[bytes] = ()
) -> bytes:
    """Return a PDF of pages that draw so; `more` are objects, the first of them number 4."""
    first = 4 + len(more)
    kids = " ".join(f"{first + 2 * n} 0 R" for n in range(len(pages)))
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        f"<</Type/Pages/Count {len(pages)}/Kids[{kids}]>>".encode(),
        _FONTS,
        *more,
    ]
    for number, drawn in enumerate(pages):
        uses = f"/Resources<</Font<</F 3 0 R>>{resources}>>/Contents {first + 2 * number + 1} 0 R"
        objects += (
            f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 {HEIGHT}]{page}{uses}>>".encode(),
            stream("\n".join(drawn).encode()),
        )
    out, places = b"%PDF-1.7\n", []
    for number, each in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, each)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    size = len(objects) + 1
    tail = b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (size, len(out))
    return out + b"xref\n0 %d\n0000000000 65535 f \n" % size + table + tail


def stream(data: bytes, entries: str = "") -> bytes:
    """Return a stream, compressed."""
    packed = zlib.compress(data, 9)
    head = f"<</Length {len(packed)}/Filter/FlateDecode{entries}>>stream\n".encode()
    return head + packed + b"\nendstream"
