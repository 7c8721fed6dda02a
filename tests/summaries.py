"""Building a summary for tests, and reading it back by others than us."""

from dataclasses import replace
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from pathlib import Path

import docx
import pypdfium2 as pdfium
from docx.document import Document
from docx.oxml.ns import qn
from docx.table import Table

from perfeval_docs.build import Outcome, build
from perfeval_docs.settings import Settings

ROOT = Path(__file__).parents[1]


def built(folder: Path, **changes: object) -> Outcome:
    asked = Settings(
        data=folder / "data", out=folder / "build", system_fonts=False,
        template=ROOT / "templates/self-evaluation.docx",
    )  # fmt: skip
    return build(replace(asked, **changes), lambda _done, _all: None)  # type: ignore[arg-type]


def word(folder: Path) -> Document:
    return docx.Document(str(folder / "summary.docx"))


def rows_of(document: Document, *heads: str) -> list[list[str]]:
    """Return the body rows of the table whose head begins so."""
    for table in document.tables:
        first = cells(table, 0)
        if tuple(first[: len(heads)]) == heads:
            return [cells(table, n) for n in range(1, len(table.rows))]
    raise AssertionError(heads)


def cells(table: Table, row: int) -> list[str]:
    return ["".join(t.text or "" for t in tc.iter(qn("w:t")))
            for tc in table.rows[row]._tr.tc_lst]  # fmt: skip


def pdf_text(folder: Path) -> str:
    document = pdfium.PdfDocument(folder / "summary.pdf")
    text = "".join("".join(page.get_textpage().get_text_range().split()) for page in document)
    return text.replace("\u200b", "")


def two(value: Fraction | Decimal, rounding: str = ROUND_HALF_UP) -> str:
    exact = Decimal(value.numerator) / value.denominator if isinstance(value, Fraction) else value
    return str(exact.quantize(Decimal("0.01"), rounding))


def body(document: Document) -> str:
    return "\n".join(paragraph.text for paragraph in document.paragraphs)
