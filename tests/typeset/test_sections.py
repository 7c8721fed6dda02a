"""Sections: pages of other sizes, tables over several of them, numbers that go on or begin anew."""

import io
import shutil
import subprocess
from pathlib import Path

import pikepdf
import pytest
from docx.document import Document
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.enum.text import WD_BREAK
from docx.oxml.ns import qn
from docx.section import _Footer
from docx.shared import Mm

from perfeval_docs.errors import FaultyTemplateError
from perfeval_docs.grid import first_difference
from perfeval_docs.typeset import read_pdf
from perfeval_docs.word import read_docx
from tests.typeset.documents import RIGHT, blank, element, pdf_of, saved, seen, tags

MM = 72 / 25.4
PORTRAIT, LANDSCAPE = (595, 842), (842, 595)


def turned(document: Document) -> None:
    """Begin a section on the paper of the one before, turned by a quarter."""
    before = document.sections[-1]
    size = before.page_height, before.page_width
    section = document.add_section(WD_SECTION.NEW_PAGE)
    section.page_width, section.page_height = size
    is_wide = (size[0] or 0) > (size[1] or 0)
    section.orientation = WD_ORIENT.LANDSCAPE if is_wide else WD_ORIENT.PORTRAIT


def numbered(footer: _Footer, align: int | None) -> None:
    """Put the page number between dashes into a footer."""
    footer.is_linked_to_previous = False
    paragraph = footer.paragraphs[0]
    if align is not None:
        paragraph.alignment = RIGHT
    paragraph.add_run("— ")
    paragraph._p.append(element("<w:fldSimple w:instr=' PAGE '/>"))
    paragraph.add_run(" —")


def with_numbers(document: Document) -> Document:
    """Number the pages as a circular is: odd ones on the right, even ones on the left."""
    document.settings.odd_and_even_pages_header_footer = True
    section = document.sections[0]
    numbered(section.footer, RIGHT)
    numbered(section.even_page_footer, None)
    return document


def pages(document: Document, count: int) -> None:
    """Add so many pages."""
    for number in range(count):
        run = document.add_paragraph("文").add_run()
        if number < count - 1:
            run.add_break(WD_BREAK.PAGE)


def sizes(pdf: bytes) -> list[tuple[int, int]]:
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        return [(round(p.mediabox[2]), round(p.mediabox[3])) for p in opened.pages]


def numbers(pdf: bytes) -> list[str]:
    """Return what stands at the foot of each page, and on which side."""
    found = []
    for page, (width, height) in enumerate(sizes(pdf)):
        foot = [line for line in seen(pdf) if line.page == page and line.top > height - 20 * MM]
        side = "right" if foot and foot[0].left > width / 2 else "left"
        found.append(f"{side} {''.join(line.text for line in foot).strip('— ')}")
    return found


def long_table(document: Document, rows: int) -> None:
    table = document.add_table(rows=rows, cols=3)
    for number, row in enumerate(table.rows):
        for x, cell in enumerate(row.cells):
            cell.text = f"表头{x}" if number == 0 else f"{number}-{x}"
    table.rows[0]._tr.get_or_add_trPr().append(element("<w:tblHeader/>"))


def landscape_report() -> Document:
    """Return a page, a table over several landscape pages, and a page; all are numbered."""
    document = with_numbers(blank())
    document.add_paragraph("总体情况")
    turned(document)
    long_table(document, 90)
    turned(document)
    document.add_paragraph("附件")
    return document


def test_landscape_pages_stand_between_portrait_ones() -> None:
    pdf = pdf_of(landscape_report())
    assert sizes(pdf) == [PORTRAIT, LANDSCAPE, LANDSCAPE, LANDSCAPE, PORTRAIT]
    difference = first_difference(
        read_docx(saved(landscape_report())), read_pdf(pdf), normal=lambda t: "".join(t.split())
    )
    assert difference is None


def test_the_text_of_a_landscape_page_is_as_wide_as_the_page_less_its_margins() -> None:
    document = blank()
    turned(document)
    document.sections[-1].left_margin = Mm(30)
    document.add_paragraph("右").alignment = RIGHT
    document.add_paragraph("左")
    right, left = (next(s for s in seen(pdf_of(document)) if s.text == t) for t in "右左")
    assert right.right == pytest.approx(277 * MM, abs=1.5)
    assert left.left == pytest.approx(30 * MM, abs=1.5)


def test_numbers_go_on_over_sections_the_odd_on_the_right_the_even_on_the_left() -> None:
    pdf = pdf_of(landscape_report())
    assert numbers(pdf) == ["right 1", "left 2", "right 3", "left 4", "right 5"]


def test_a_section_can_begin_its_numbers_anew_and_they_say_which_page_is_odd() -> None:
    document = with_numbers(blank())
    pages(document, 2)
    section = document.add_section(WD_SECTION.NEW_PAGE)
    section._sectPr.append(element("<w:pgNumType w:start='8'/>"))
    pages(document, 2)
    document.add_section(WD_SECTION.NEW_PAGE)
    section._sectPr.find(qn("w:pgNumType")).set(qn("w:start"), "1")
    pages(document, 3)
    assert numbers(pdf_of(document)) == [
        "right 1", "left 2", "left 8", "right 9", "right 1", "left 2", "right 3",
    ]  # fmt: skip


def test_a_first_page_of_its_own_is_the_first_of_its_section() -> None:
    document = with_numbers(blank())
    document.sections[0].different_first_page_header_footer = True
    pages(document, 2)
    section = document.add_section(WD_SECTION.NEW_PAGE)
    section.first_page_footer.is_linked_to_previous = False
    section.first_page_footer.paragraphs[0].text = "封"
    pages(document, 2)
    assert numbers(pdf_of(document)) == ["left ", "left 2", "left 封", "left 4"]


@pytest.mark.debian
def test_poppler_finds_the_head_of_a_table_and_the_number_on_each_page(tmp_path: Path) -> None:
    path = tmp_path / "t.pdf"
    path.write_bytes(pdf_of(landscape_report()))
    tool = shutil.which("pdftotext") or "pdftotext"
    text = subprocess.run([tool, path, "-"], check=True, capture_output=True).stdout.decode()
    found = ["".join(page.split()) for page in text.split("\f")[:-1]]
    heads = [[page.count(f"表头{x}") for x in range(3)] for page in found]
    assert heads == [[0] * 3, [1] * 3, [1] * 3, [1] * 3, [0] * 3]
    assert [f"—{number}—" in page for number, page in enumerate(found, 1)] == [True] * 5
    assert "".join(found).count("-0") == 89


def test_the_heads_of_a_table_over_pages_are_tagged_once() -> None:
    assert tags(pdf_of(landscape_report())).count("TH") == 3


def test_a_paragraph_that_begins_a_page_does_not_skip_one_that_is_empty() -> None:
    document = blank()
    document.add_paragraph("甲").paragraph_format.page_break_before = True
    section = document.add_section(WD_SECTION.NEW_PAGE)
    section.different_first_page_header_footer = True
    section._sectPr.append(element("<w:pgNumType w:start='1'/>"))
    document.add_paragraph("乙").paragraph_format.page_break_before = True
    document.add_paragraph("丙").paragraph_format.page_break_before = True
    assert [line.text for line in seen(pdf_of(document))] == ["甲", "乙", "丙"]
    assert len(sizes(pdf_of(document))) == 3


@pytest.mark.parametrize(
    ("sort", "name"),
    [
        (WD_SECTION.CONTINUOUS, "a section that begins within a page"),
        (WD_SECTION.ODD_PAGE, "a section that begins on an odd or an even page"),
        (WD_SECTION.EVEN_PAGE, "a section that begins on an odd or an even page"),
    ],
)
def test_a_section_that_does_not_begin_with_the_next_page_is_refused(
    sort: WD_SECTION, name: str
) -> None:
    document = blank()
    document.add_section(sort)
    with pytest.raises(FaultyTemplateError, match=name):
        pdf_of(document)
