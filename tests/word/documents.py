"""Small Word files for the tests of this room."""

import io
from collections.abc import Sequence
from datetime import UTC, datetime

import docx
from docx.document import Document

from perfeval_docs.ooxml import DocumentProperties
from perfeval_docs.word import Template, compile_template

PROPERTIES = DocumentProperties(title="标题", author="单位", date=datetime(2025, 6, 30, tzinfo=UTC))


def saved(document: Document) -> bytes:
    """Return the bytes of a python-docx document."""
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def word_file(*blocks: str | Sequence[Sequence[str]]) -> bytes:
    """Return a Word file of paragraphs (strings) and tables (rows of cell texts)."""
    document = docx.Document()
    for block in blocks:
        if isinstance(block, str):
            document.add_paragraph(block)
        else:
            table = document.add_table(rows=len(block), cols=len(block[0]))
            for row, texts in zip(table.rows, block, strict=True):
                for cell, text in zip(row.cells, texts, strict=True):
                    cell.text = text
    return saved(document)


def template(*blocks: str | Sequence[Sequence[str]], names: str = "x rows") -> Template:
    """Compile such a file; its tags may begin with these names."""
    return compile_template(word_file(*blocks), file="t.docx", vocabulary=frozenset(names.split()))
