"""PDFs to sheets: ours by their tags, those of others by what stands on their pages."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import pypdfium2
from pypdfium2 import raw

from perfeval_docs.grid import Paragraph, Picture, Table
from perfeval_docs.importing.readers.apart import allow
from perfeval_docs.importing.readers.faults import Fault, FaultyFileError
from perfeval_docs.importing.sheet import Counter, Raw, Sheet, TooLargeError, sheet
from perfeval_docs.typeset import read_pdf

_MOST_PAGES: Final = 200
_FEW_PAGES: Final = 5
_SECONDS_A_PAGE: Final = 0.1
_OURS: Final = "Typst"
"""How the name of the program begins that sets our pages."""


def read_portable(data: bytes) -> Iterator[Sheet]:
    """Yield the paragraphs and tables of a PDF.

    Raises `FaultyFileError`, and `TooLargeError` for more than any form has.
    """
    pages, is_ours = _looked_at(data)
    if pages > _MOST_PAGES:
        raise TooLargeError(str(pages))
    allow(max(pages - _FEW_PAGES, 0) * _SECONDS_A_PAGE)
    sheets = tuple(_tagged(data)) if is_ours else ()
    if any(each.name for each in sheets):
        yield from sheets
    else:
        from perfeval_docs.importing.readers.ruled import read_ruled  # noqa: PLC0415  # as it is slow

        yield from read_ruled(data)


def _looked_at(data: bytes) -> tuple[int, bool]:
    """Return how many pages a PDF has, and whether it has tags that are ours."""
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        is_locked = error.err_code == raw.FPDF_ERR_PASSWORD
        raise FaultyFileError(Fault.LOCKED if is_locked else Fault.DAMAGED) from error
    try:
        creator = document.get_metadata_value("Creator")
        return len(document), creator.startswith(_OURS) and document.is_tagged()
    finally:
        document.close()


def _tagged(data: bytes) -> Iterator[Sheet]:
    counter = Counter()
    for block in read_pdf(data):
        match block:
            case Table():
                rows = ([Raw(c.text, c.row_span, c.column_span) for c in r] for r in block.rows)
                yield sheet(counter.next(), rows)
            case Paragraph():
                yield sheet("", [[Raw(block.text)]])
            case Picture():
                pass
