"""The door to all readers: a file to sheets of cells by the ending of its name, or told why not."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import PurePath
from types import MappingProxyType
from typing import Final

from perfeval_docs.diagnostic import Message, msg
from perfeval_docs.errors import UnreadableFileError
from perfeval_docs.importing.readers.apart import attempt, read_apart
from perfeval_docs.importing.readers.faults import Fault, FaultyFileError
from perfeval_docs.importing.readers.old_workbook import read_old_workbook
from perfeval_docs.importing.readers.pdf import read_portable
from perfeval_docs.importing.readers.text import read_text
from perfeval_docs.importing.readers.web import read_web
from perfeval_docs.importing.readers.word import read_word
from perfeval_docs.importing.readers.workbook import read_workbook
from perfeval_docs.importing.readers.year import read_year
from perfeval_docs.importing.sheet import Sheet

MAX_BYTES: Final = 20_000_000


def read_sheets(data: bytes, name: str) -> tuple[Sheet, ...]:
    """Return the sheets of a file, by the ending of its name.

    Raises `UnreadableFileError` for what cannot be read; nothing in a file is executed or
    followed.
    """
    kind = _kind(PurePath(name).suffix.casefold(), data)
    if kind in _SAVE_AS:
        raise _unreadable(name, msg("save it as {ending} first", ending=_SAVE_AS[kind]))
    reader = _READERS.get(kind)
    if reader is None:
        endings = " ".join(sorted(_READERS))
        raise UnreadableFileError(
            msg("{file}: only {endings} can be read", file=name, endings=endings)
        )
    return _read(reader, data, name)


def read_year_sheets(data: bytes, name: str) -> tuple[Sheet, ...]:
    """Return the sheets of the workbook of a year, which may be larger than any form.

    Raises `UnreadableFileError` as `read_sheets` does.
    """
    return _read(read_year, data, name)


def _read(
    reader: Callable[[bytes], tuple[Sheet, ...]], data: bytes, name: str
) -> tuple[Sheet, ...]:
    if len(data) > MAX_BYTES:
        raise _unreadable(name, msg("it has more than {limit} bytes", limit=str(MAX_BYTES)))
    try:
        return reader(data)
    except FaultyFileError as error:
        raise _unreadable(name, _WHY[error.args[0]]) from error


def _kind(ending: str, data: bytes) -> str:
    """Return what a file is: many systems write web pages and new workbooks as `.xls`."""
    begins = data[:200].lstrip(b"\xef\xbb\xbf \t\r\n")
    if ending == ".xls" and begins.startswith(b"<"):
        return ".html"
    return ".xlsx" if ending == ".xls" and begins.startswith(b"PK") else ending


_SAVE_AS: Final = MappingProxyType(
    {
        ".doc": ".docx",
        ".wps": ".docx",
        ".rtf": ".docx",
        ".odt": ".docx",
        ".et": ".xlsx",
        ".ods": ".xlsx",
    }
)
"""What other programs write, and what they can write as well."""

_WHY: Final[MappingProxyType[Fault, Message]] = MappingProxyType(
    {
        Fault.LARGE: msg("it holds a table that is larger than any form"),
        Fault.DAMAGED: msg("it is damaged, or not what its name says"),
        Fault.LOCKED: msg("it is locked with a password; save it without one"),
        Fault.PICTURES: msg(
            "it has no text: its pages are pictures (a scan?) or empty; take the file that was "
            "printed, or type the record (`perfeval new`)"
        ),
        Fault.COSTLY: msg("reading it takes more time or memory than any form does"),
    }
)


def _unreadable(name: str, why: Message) -> UnreadableFileError:
    return UnreadableFileError(msg("{file} cannot be read: {why}", file=name, why=why))


def _read_pdf(data: bytes) -> tuple[Sheet, ...]:
    # It takes long to load; each copy of this process then has it.
    import perfeval_docs.importing.readers.ruled  # noqa: F401, PLC0415

    return read_apart(read_portable, data)


_READERS: Final[MappingProxyType[str, Callable[[bytes], tuple[Sheet, ...]]]] = MappingProxyType(
    {
        ".docx": partial(attempt, read_word), ".html": partial(read_apart, read_web, by_size=True),
        ".htm": partial(read_apart, read_web, by_size=True), ".txt": partial(attempt, read_text),
        ".xlsx": partial(attempt, read_workbook),
        ".xls": partial(read_apart, read_old_workbook), ".pdf": _read_pdf,
    }
)  # fmt: skip
