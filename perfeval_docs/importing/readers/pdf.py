"""Our own PDFs, which are tagged, to sheets."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import pypdfium2

from perfeval_docs.grid import Paragraph, Picture, Table
from perfeval_docs.importing.sheet import Counter, Raw, Sheet, TooLargeError, sheet
from perfeval_docs.typeset import read_pdf

_MOST_PAGES: Final = 200


def read_tagged(data: bytes) -> Iterator[Sheet]:
    """Yield the paragraphs and tables of a PDF by its structure tree."""
    document = pypdfium2.PdfDocument(data)
    pages = len(document)
    document.close()
    if pages > _MOST_PAGES:
        raise TooLargeError(str(pages))
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
