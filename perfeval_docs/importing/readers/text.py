"""Text to a sheet: a line is a row, tabs stand between the cells."""

from __future__ import annotations

from collections.abc import Iterator

from perfeval_docs.importing.sheet import Sheet, from_lines


def read_text(data: bytes) -> Iterator[Sheet]:
    """Yield the one sheet of a text."""
    yield from_lines(decoded(data).splitlines())


def decoded(data: bytes) -> str:
    """Return a text that is UTF-8 or, as old programs write, GB 18030; raises `ValueError`."""
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise ValueError("neither UTF-8 nor GB 18030")
