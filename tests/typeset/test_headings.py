"""Headings are headings in the PDF, look like any paragraph, and stay with what follows them."""

from itertools import product
from pathlib import Path

import matplotlib as mpl
import pytest
from docx.document import Document
from docx.shared import Pt
from docx.text.paragraph import Paragraph

from perfeval_docs.fonts import FontBook
from perfeval_docs.grid import Paragraph as Read
from perfeval_docs.typeset import Typesetter, read_pdf
from tests.typeset.documents import (
    CENTER,
    DATE,
    RIGHT,
    blank,
    bookmarks,
    element,
    pdf_of,
    saved,
    seen,
    tags,
    where,
)

LINES = 56
"""How many lines of 10 points a page of `blank()` holds."""


def heading(document: Document, text: str, outline: int) -> Paragraph:
    """Add a paragraph with an outline level of its own."""
    paragraph = document.add_paragraph(text)
    paragraph._p.get_or_add_pPr().append(element(f"<w:outlineLvl w:val='{outline}'/>"))
    return paragraph


def filled(lines: int) -> Document:
    """Return a document that begins with so many lines."""
    document = blank()
    for number in range(lines):
        document.add_paragraph(f"L{number}")
    return document


def test_a_heading_by_its_style_is_tagged_and_bookmarked() -> None:
    document = blank()
    for text, style in (("一、甲", "Heading 1"), ("（一）乙", "Heading 2"), ("正文", "Normal")):
        document.add_paragraph(text, style=style)
    derived = document.styles.add_style("二级标题", 1)
    derived.base_style = document.styles["Heading 2"]
    document.add_paragraph("（二）丙", style="二级标题")
    pdf = pdf_of(document)
    assert tags(pdf) == ("Document", "H1", "H2", "P", "H2")
    assert bookmarks(pdf) == ((0, "一、甲"), (1, "（一）乙"), (1, "（二）丙"))
    assert [block.text for block in read_pdf(pdf) if isinstance(block, Read)] == [
        "一、甲", "（一）乙", "正文", "（二）丙",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("outlines", "levels"),
    [
        ((1, 2, 1), "H1 H2 H1"),
        ((0, 2, 1, 2), "H1 H2 H2 H3"),
        ((3, 0, 5), "H1 H1 H2"),
        ((0, 1, 2, 3, 4, 5), "H1 H2 H3 H4 H5 H6"),
        ((9, 6, 0), "P P H1"),
    ],
)
def test_levels_begin_at_one_and_leave_none_out(outlines: tuple[int, ...], levels: str) -> None:
    document = blank()
    for outline in outlines:
        heading(document, "题", outline)
    assert tags(pdf_of(document))[1:] == tuple(levels.split())


def test_any_two_levels_can_follow_each_other() -> None:
    document = blank()
    for pair in product(range(6), range(6)):
        for outline in pair:
            heading(document, "题", outline)
    assert len(bookmarks(pdf_of(document))) == 72


def test_a_level_of_the_paragraph_s_own_takes_a_heading_of_its_style_back() -> None:
    document = blank()
    paragraph = document.add_paragraph("甲", style="Heading 1")
    paragraph._p.get_or_add_pPr().append(element("<w:outlineLvl w:val='9'/>"))
    assert tags(pdf_of(document))[1:] == ("P",)


def test_a_heading_without_text_is_none_and_one_in_a_table_stays_a_paragraph() -> None:
    document = blank()
    heading(document, "", 0)
    table = document.add_table(rows=1, cols=1)
    paragraph = table.cell(0, 0).paragraphs[0]
    paragraph.text, paragraph.style = "甲", document.styles["Heading 1"]
    pdf = pdf_of(document)
    assert "H1" not in tags(pdf)
    assert bookmarks(pdf) == ()


def aligned(document: Document, outline: int) -> None:
    """Add paragraphs that stand in each way that Word knows, each of several lines."""
    long = "（一）标题也有很长的，带数字 2024 年和 Latin words，排满一行还要再排一行。" * 3
    for align, left, first in product((None, CENTER, RIGHT, 3), (0, 24), (0, 20, -20)):
        paragraph = heading(document, long, outline)
        form = paragraph.paragraph_format
        form.alignment, form.left_indent, form.first_line_indent = align, Pt(left), Pt(first)
        form.right_indent, form.space_before, form.space_after = Pt(30), Pt(7), Pt(5)
        form.line_spacing = 1.5
        paragraph.add_run("粗").bold = True


def test_a_heading_looks_as_the_same_paragraph_without_a_level() -> None:
    headings, paragraphs = blank(), blank()
    aligned(headings, outline=0)
    aligned(paragraphs, outline=9)
    assert len(bookmarks(pdf_of(headings))) == 24
    assert seen(pdf_of(headings)) == seen(pdf_of(paragraphs))


def test_a_heading_is_not_bold_of_itself_where_its_face_has_a_bold_cut() -> None:
    folder = Path(mpl.get_data_path()) / "fonts/ttf"
    fonts = FontBook.load((folder,), system=False)
    assert "DejaVu Serif" in fonts.bold
    document = blank()
    heading(document, "Title", 0).runs[0].font.name = "DejaVu Serif"
    made = Typesetter(fonts).typeset(
        saved(document), title="t", author="a", date=DATE, file="t.docx"
    )
    assert b"+DejaVuSerif" in made.pdf
    assert b"DejaVuSerif-Bold" not in made.pdf


def kept(paragraph: Paragraph) -> None:
    paragraph.paragraph_format.keep_with_next = True


def test_a_paragraph_is_kept_with_the_next_by_its_style_or_its_own_word() -> None:
    document = filled(LINES - 1)
    document.styles["Heading 1"].paragraph_format.space_before = Pt(0)
    document.styles["Heading 1"].font.size = Pt(10)
    document.add_paragraph("标题", style="Heading 1")
    document.add_paragraph("后文")
    assert where(pdf_of(document), "标题").page == 1
    document.styles["Heading 1"].paragraph_format.keep_with_next = False
    assert where(pdf_of(document), "标题").page == 0
    kept(document.paragraphs[-2])
    pdf = pdf_of(document)
    assert (where(pdf, "标题").page, where(pdf, f"L{LINES - 2}").page) == (1, 0)


def test_a_chain_of_kept_paragraphs_moves_whole_an_empty_one_among_them() -> None:
    document = filled(LINES - 2)
    for text in ("表题", ""):
        kept(document.add_paragraph(text))
    document.add_paragraph("后文")
    pdf = pdf_of(document)
    assert where(pdf, "表题").page == 1
    assert where(pdf, "后文").top - where(pdf, "表题").top == pytest.approx(26, abs=1)


@pytest.mark.parametrize("indent", [0, -108, 108])
def test_a_caption_is_never_left_without_the_first_row_of_its_table(indent: int) -> None:
    document = filled(LINES - 3)
    kept(document.add_paragraph("表题"))
    table = document.add_table(rows=LINES * 2, cols=1)
    table._tbl.tblPr.append(element(f"<w:tblInd w:w='{indent}' w:type='dxa'/>"))
    for row in table.rows:
        row.cells[0].text = "格"
    for row in table.rows[:2]:
        row._tr.get_or_add_trPr().append(element("<w:tblHeader/>"))
    pdf = pdf_of(document)
    assert where(pdf, "表题").page == where(pdf, "格").page == 1
    assert max(each.page for each in seen(pdf)) == 3
    assert len([each for each in seen(pdf) if each.text == "格"]) == LINES * 2 + 2 * 2


def test_in_a_table_nothing_is_kept_and_nothing_is_lost() -> None:
    document = blank()
    table = document.add_table(rows=LINES + 20, cols=1)
    for row in table.rows:
        row.cells[0].text = "格"
        kept(row.cells[0].paragraphs[0])
    assert len([each for each in seen(pdf_of(document)) if each.text == "格"]) == LINES + 20
