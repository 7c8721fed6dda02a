"""What a PDF reads back as: texts in their order, whatever their looks and tags."""

from docx.enum.text import WD_COLOR_INDEX

from perfeval_docs.grid import Cell, Paragraph, Table
from perfeval_docs.typeset import read_pdf
from tests.typeset.documents import blank, pdf_of


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
