"""The text of a cell without what the systems that print forms leave in it."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

from perfeval_docs.source import is_unprintable

_PARAGRAPHS: Final = re.compile(r"</p>\s*<p>|<br\s*/?>")
_TAGS: Final = re.compile(r"</?p>")
LOST: Final = "\ufffd"
"""Stands for a character that no record may hold."""


def clean(text: str) -> str:
    """Return a text without the marks of the systems that print forms; a line is a paragraph.

    What nobody sees is left out; what else no record may hold becomes U+FFFD.
    """
    text = _TAGS.sub("", _PARAGRAPHS.sub("\n", text)).replace("\xa0", " ").replace("\r", "\n")
    text = "".join(_as_read(c) if is_unprintable(c) and c != "\n" else c for c in text)
    lines = (line.strip() for line in text.split("\n"))
    return "\n".join(line for line in lines if line)


def _as_read(char: str) -> str:
    return "" if unicodedata.category(char) in ("Cf", "Zl", "Zp") else LOST
