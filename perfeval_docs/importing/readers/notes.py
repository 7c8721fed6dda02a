"""What reviewers noted beside the text of a Word file or a workbook: it is told, and not taken."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import PurePath
from typing import Final

from lxml import etree

from perfeval_docs.importing.form import Found, Place
from perfeval_docs.importing.readers.parts import bounded_xml
from perfeval_docs.importing.sheet import MAX_CELL, TooLargeError
from perfeval_docs.ooxml import PackageError, qn, read_package
from perfeval_docs.word.read import paragraph_text

NOTES: Final = "批注"
"""Stands for the sheet of what is a note."""
_MOST: Final = 1000
_EXCEL: Final = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_PARTS: Final = re.compile(r"word/comments\.xml|xl/comments/?\w*\.xml")


def notes_in(data: bytes, name: str) -> tuple[Found, ...]:
    """Return the notes of a file, numbered; none of a file that is no package of Office."""
    if PurePath(name).suffix.casefold() not in (".docx", ".xlsx"):
        return ()
    try:
        parts = read_package(data, _PARTS.fullmatch)
        texts = [text for part in sorted(parts) for text in _texts(bounded_xml(parts[part]))]
    except (PackageError, TooLargeError):
        return ()
    return tuple(
        Found(text[:MAX_CELL], Place(NOTES, number, 1))
        for number, text in enumerate(filter(None, texts[:_MOST]), 1)
    )


def _texts(root: etree._Element) -> Iterator[str]:
    for note in root.iter(qn("w:comment")):
        yield "\n".join(map(paragraph_text, note.iter(qn("w:p")))).strip()
    for note in root.iter(f"{_EXCEL}comment"):
        yield "".join(each.text or "" for each in note.iter(f"{_EXCEL}t")).strip()
