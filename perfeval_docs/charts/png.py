"""Grey pixels as a PNG that says nothing else."""

from __future__ import annotations

import struct
import zlib
from typing import Final

_SIGNATURE: Final = b"\x89PNG\r\n\x1a\n"
_GREY: Final = (8, 0, 0, 0, 0)
_METRES: Final = 0.0254


def write_png(pixels: bytes, width: int, dpi: int) -> bytes:
    """Return a PNG of rows of pixels, a byte each, with the size that it has on paper."""
    rows = [pixels[start : start + width] for start in range(0, len(pixels), width)]
    per_metre = round(dpi / _METRES)
    return _SIGNATURE + b"".join(
        _chunk(kind, data)
        for kind, data in (
            (b"IHDR", struct.pack(">II5B", width, len(rows), *_GREY)),
            (b"pHYs", struct.pack(">IIB", per_metre, per_metre, 1)),
            (b"IDAT", zlib.compress(b"".join(b"\0" + row for row in rows))),
            (b"IEND", b""),
        )
    )


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
