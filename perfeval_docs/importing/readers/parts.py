"""Parts of packages as trees, as long as these are no larger than those of forms."""

from __future__ import annotations

from typing import Final

from lxml import etree

from perfeval_docs.importing.sheet import TooLargeError
from perfeval_docs.ooxml import parse_xml

_LARGEST: Final = 10_000_000
_MOST_MARKS: Final = 900_000
"""Of elements and attributes, each of which takes some 250 bytes in a tree."""


def bounded_xml(part: bytes) -> etree._Element:
    """Parse a part; raises `TooLargeError` for one whose tree no form can need."""
    if len(part) > _LARGEST or part.count(b"<") + part.count(b"=") > _MOST_MARKS:
        raise TooLargeError("part")
    return parse_xml(part)


def is_markup(name: str, part: bytes) -> bool:
    """Tell whether a program may read a part as XML, whatever its name says."""
    begins = part[:200].lstrip(b"\xef\xbb\xbf\xff\xfe\0 \t\r\n")
    return name.endswith((".xml", ".rels")) or begins.startswith(b"<")
