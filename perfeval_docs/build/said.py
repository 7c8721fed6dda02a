"""Hold what a document of a year says, read back, against what it should say."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from perfeval_docs.diagnostic import msg
from perfeval_docs.errors import FaultyTemplateError
from perfeval_docs.grid import Blocks, first_difference
from perfeval_docs.word import read_docx

SHOWN: Final = 40


def told(document: bytes, own: Blocks, forms: Sequence[bytes], file: str) -> Blocks:
    """Return what a Word file with forms behind it says, held against what its parts say.

    Raises `FaultyTemplateError` as `hold` does.
    """
    expected = (*own, *(block for form in forms for block in read_docx(form)))
    found = read_docx(document)
    hold(expected, found, file, normal=str)
    return found


def hold(expected: Blocks, found: Blocks, file: str, *, normal: Callable[[str], str]) -> None:
    """Raise `FaultyTemplateError` where a document says another thing; `file` is its template."""
    difference = first_difference(expected, found, normal=normal)
    if difference is not None:
        raise differs(file, difference.place, difference.expected, difference.found)


def differs(file: str, place: str, expected: str, found: str) -> FaultyTemplateError:
    """Return the fault of a document that does not say what it should."""
    return FaultyTemplateError(
        msg(
            "{file}: the summary does not say what was computed: {place} should be “{expected}” "
            "and is “{found}”; nothing was written for it",
            file=file,
            place=place or msg("the text"),
            expected=expected[:SHOWN],
            found=found[:SHOWN],
        )
    )
