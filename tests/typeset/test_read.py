"""What a PDF reads back as: texts in their order, whatever their looks and tags."""

import io
from functools import cache

import pikepdf
from docx.enum.text import WD_COLOR_INDEX
from hypothesis import given
from hypothesis import strategies as st

from perfeval_docs.grid import Cell, Paragraph, Table
from perfeval_docs.typeset import joined, read_part, read_pdf
from tests.typeset.documents import blank, pdf_of

ROWS = 100


def test_underlined_and_marked_text_is_read_once_and_in_its_place() -> None:
    document = blank()
    paragraph = document.add_paragraph("a")
    paragraph.add_run("b").underline = True
    paragraph.add_run("c")
    paragraph.add_run("d").font.highlight_color = WD_COLOR_INDEX.YELLOW
    document.add_paragraph().add_run("e").underline = True
    assert read_pdf(pdf_of(document)) == (Paragraph("abcd"), Paragraph("e"))


def test_the_paragraphs_of_a_cell_are_its_lines() -> None:
    document = blank()
    cell = document.add_table(rows=1, cols=2).cell(0, 0)
    cell.text = "a"
    cell.add_paragraph("b").runs[0].underline = True
    assert read_pdf(pdf_of(document)) == (Table(((Cell("a\nb"), Cell("")),)),)


def test_no_text_is_hidden_by_a_row_that_is_in_no_table() -> None:
    document = blank()
    document.add_paragraph("a")
    document.add_paragraph("b")
    with pikepdf.open(io.BytesIO(pdf_of(document))) as pdf:
        (whole,) = pdf.Root.StructTreeRoot.K
        *_, last = whole.K
        row = pdf.make_indirect(
            pikepdf.Dictionary(Type=pikepdf.Name.StructElem, S=pikepdf.Name.TR, P=whole, K=[last])
        )
        whole.K[len(whole.K) - 1] = row
        last.P = row
        forged = io.BytesIO()
        pdf.save(forged)
    assert read_pdf(forged.getvalue()) == (Paragraph("a"), Table(((Cell("b"),),)))


@given(st.integers(1, 9))
def test_parts_of_a_pdf_say_together_what_it_says(of: int) -> None:
    pdf = long()
    whole = read_pdf(pdf)
    assert isinstance(whole[1], Table)
    assert len(whole[1].rows) == ROWS
    assert joined([read_part(pdf, number, of) for number in range(of)]) == whole


@cache
def long() -> bytes:
    """Make a table that is cut by three pages, and in it a cell that is."""
    document = blank()
    document.add_paragraph("before")
    table = document.add_table(rows=ROWS, cols=2)
    for number, row in enumerate(table.rows):
        row.cells[0].text = f"{number}"
    for number in range(60):
        table.cell(ROWS // 2, 1).add_paragraph(f"line {number}")
    document.add_paragraph("behind")
    return pdf_of(document)
