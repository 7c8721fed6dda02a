"""The one layout of a record, the defaults of a folder, or the words of a year."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import PurePath
from typing import Final

from perfeval_docs.diagnostic import Diagnostic
from perfeval_docs.editing.layout import UnwritableError, laid_out
from perfeval_docs.editing.remarks import comments_of, remarks_of
from perfeval_docs.record import Defaults, Record, YearWords
from perfeval_docs.record.meaning import meaning, reading_faults
from perfeval_docs.record.model import Shape
from perfeval_docs.settings import KeyNames
from perfeval_docs.source import Source, read_source

_SHAPES: Final[dict[str, type[Shape]]] = {"perfeval.yaml": Defaults, "summary.yaml": YearWords}


@dataclass(frozen=True, slots=True, kw_only=True)
class Formatted:
    """A text in its one layout; None where it was left as it is.

    `source` is what was read, `diagnostics` what is in the way; there are none where the text
    cannot be written in the one layout, which is a fault of ours.
    """

    source: Source
    text: str | None
    diagnostics: tuple[Diagnostic, ...] = ()


def shape_of(file: str) -> type[Shape]:
    """Return the shape of a file by its name."""
    return _SHAPES.get(PurePath(file).name, Record)


def formatted(data: bytes, file: str, names: KeyNames | None = None) -> Formatted:
    """Write a file's text in its one layout, keys as typed or all in English or in Chinese.

    The meaning, the comments and each digit stay; so do line ends that are all Windows' own. A
    text with faults of reading is left as it is, unless they only say that something is still
    to be filled in.
    """
    shape, source = shape_of(file), read_source(data, file)
    found = reading_faults(source, shape)
    if found or source.root is None:
        return Formatted(source=source, text=None, diagnostics=found)
    try:
        text = laid_out(source, remarks_of(source), shape, names)
    except UnwritableError:
        text = ""
    again = read_source(text.encode(), file)
    if not _is_same(source, again, shape):
        return Formatted(source=source, text=None)
    return Formatted(source=source, text=_with_ends_of(source.text, text))


def _with_ends_of(before: str, text: str) -> str:
    """Return a text with Windows' line ends where all of what it comes from are: git sets them."""
    windows = before.count("\r\n")
    if windows and windows == before.count("\n") == before.count("\r"):
        return text.replace("\n", "\r\n")
    return text


def _is_same(before: Source, after: Source, shape: type[Shape]) -> bool:
    """Tell whether two texts say the same, with the same comments."""
    if before.root is None or after.root is None or after.diagnostics:
        return False
    if sorted(comments_of(before)) != sorted(comments_of(after)):
        return False
    return meaning(before.root, shape) == meaning(after.root, shape)
