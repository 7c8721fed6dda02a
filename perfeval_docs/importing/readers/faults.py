"""Why a file cannot be read, as readers tell it."""

from __future__ import annotations

import zlib
from enum import StrEnum
from struct import error as StructError  # noqa: N812  # a class that Python spells small
from typing import Final

import pypdfium2
from lxml import etree

from perfeval_docs.ooxml import PackageError


class Fault(StrEnum):
    """What is wrong with a file."""

    LARGE = "a table that is larger than any form"
    DAMAGED = "damaged, or not what its name says"
    LOCKED = "locked with a password"
    PICTURES = "pages without text"
    COSTLY = "more time or memory than any form takes"


class FaultyFileError(Exception):
    """A file cannot be read; its one argument is the `Fault`."""


DAMAGE: Final = (
    PackageError, LookupError, ValueError, TypeError, AttributeError, NameError, RuntimeError,
    OSError, SyntaxError, AssertionError, EOFError, ArithmeticError, StructError, zlib.error,
    etree.LxmlError, pypdfium2.PdfiumError,
)  # fmt: skip
"""What libraries raise for files that are not what they seem."""
