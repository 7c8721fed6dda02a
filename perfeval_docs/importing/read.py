"""The door to all readers: a file to sheets of cells by the ending of its name, or told why not."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import PurePath
from types import MappingProxyType
from typing import Final

import pypdfium2
from lxml import etree

from perfeval_docs.diagnostic import Message, msg
from perfeval_docs.errors import UnreadableFileError
from perfeval_docs.importing.readers.pdf import read_tagged
from perfeval_docs.importing.readers.text import read_text
from perfeval_docs.importing.readers.web import read_web
from perfeval_docs.importing.readers.word import read_word
from perfeval_docs.importing.readers.workbook import read_workbook
from perfeval_docs.importing.sheet import Sheet, TooLargeError
from perfeval_docs.ooxml import PackageError

MAX_BYTES: Final = 20_000_000


def read_sheets(data: bytes, name: str) -> tuple[Sheet, ...]:
    """Return the sheets of a file, by the ending of its name.

    Raises `UnreadableFileError` for what cannot be read; nothing in a file is executed or
    followed.
    """
    reader = _READERS.get(PurePath(name).suffix.casefold())
    if reader is None:
        endings = " ".join(sorted(_READERS))
        raise UnreadableFileError(
            msg("{file}: only {endings} can be read", file=name, endings=endings)
        )
    if len(data) > MAX_BYTES:
        raise _unreadable(name, msg("it has more than {limit} bytes", limit=str(MAX_BYTES)))
    try:
        return tuple(reader(data))
    except TooLargeError as error:
        raise _unreadable(name, msg("it holds a table that is larger than any form")) from error
    except _DAMAGE as error:
        raise _unreadable(name, msg("it is damaged, or not what its name says")) from error


_DAMAGE: Final = (
    PackageError, KeyError, ValueError, TypeError, AttributeError, IndexError, RecursionError,
    OSError, etree.LxmlError, pypdfium2.PdfiumError, AssertionError, EOFError,
)  # fmt: skip
"""What libraries raise for files that are not what they seem."""


def _unreadable(name: str, why: Message) -> UnreadableFileError:
    return UnreadableFileError(msg("{file} cannot be read: {why}", file=name, why=why))


_READERS: Final[MappingProxyType[str, Callable[[bytes], Iterator[Sheet]]]] = MappingProxyType(
    {
        ".docx": read_word, ".html": read_web, ".htm": read_web, ".txt": read_text,
        ".xlsx": read_workbook, ".pdf": read_tagged,
    }
)  # fmt: skip
