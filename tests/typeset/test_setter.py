"""What a Word file says is what its PDF shows: places, repeats, breaks, looks, standards."""

import io
import shutil
import subprocess
import sys
from pathlib import Path

import pikepdf
import pytest
from docx.enum.table import WD_ALIGN_VERTICAL
from docx.enum.text import WD_BREAK
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor
from hypothesis import given, settings
from hypothesis import strategies as st

from perfeval_docs.errors import FaultyTemplateError
from perfeval_docs.grid import first_difference
from perfeval_docs.typeset import read_pdf
from perfeval_docs.word import read_docx
from tests.typeset.documents import (
    CENTER,
    DATE,
    RIGHT,
    blank,
    element,
    pdf_of,
    saved,
    seen,
    typesetter,
    where,
)

ROOT = Path(__file__).parents[2]
MM = 72 / 25.4
BEARING = 1.5
"""How far a glyph of 10 points may stand from the edge of its body, in points."""


def squeezed(text: str) -> str:
    return "".join(text.split())


def test_page_size_and_margins_are_those_of_the_file() -> None:
    document = blank()
    document.add_paragraph("甲")
    pdf = pdf_of(document)
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        assert [round(float(each)) for each in opened.pages[0].mediabox] == [0, 0, 595, 842]
    assert where(pdf, "甲").left == pytest.approx(20 * MM, abs=BEARING)


def test_a_paragraph_stands_where_its_alignment_and_indents_say() -> None:
    document = blank()
    document.add_paragraph("居中甲").alignment = CENTER
    document.add_paragraph("靠右乙").alignment = RIGHT
    document.add_paragraph("缩进丙").paragraph_format.first_line_indent = Pt(20)
    pdf = pdf_of(document)
    middle = where(pdf, "居中甲")
    assert (middle.left + middle.right) / 2 == pytest.approx(105 * MM, abs=1)
    assert where(pdf, "靠右乙").right == pytest.approx(190 * MM, abs=1)
    assert where(pdf, "缩进丙").left == pytest.approx(20 * MM + 20, abs=BEARING)


def test_exact_line_spacing_is_the_distance_of_two_lines() -> None:
    document = blank()
    for text in ("第一行甲", "第二行甲"):
        paragraph = document.add_paragraph(text).paragraph_format
        paragraph.line_spacing, paragraph.space_after = Pt(31), Pt(4)
    pdf = pdf_of(document)
    assert where(pdf, "第二").top - where(pdf, "第一").top == pytest.approx(35, abs=0.5)


def test_columns_are_as_wide_as_the_grid_says_and_spans_join_them() -> None:
    document = blank()
    table = document.add_table(rows=2, cols=3)
    for column, width in zip(table.columns, (30, 50, 20), strict=True):
        column.width = Mm(width)
    table.cell(0, 0).merge(table.cell(0, 1)).text = "合"
    table.cell(0, 2).text = "丙"
    for cell, text in zip(table.rows[1].cells, "甲乙丁", strict=True):
        cell.text = text
    pdf = pdf_of(document)
    left = where(pdf, "甲").left
    assert where(pdf, "合").left == pytest.approx(left, abs=BEARING)
    assert where(pdf, "乙").left - left == pytest.approx(30 * MM, abs=BEARING)
    assert where(pdf, "丙").left - left == pytest.approx(80 * MM, abs=BEARING)


def test_a_row_is_at_least_as_high_as_it_says_and_its_text_stands_in_the_middle() -> None:
    document = blank()
    table = document.add_table(rows=2, cols=2)
    table.rows[0].height = Mm(30)
    table.cell(0, 0).text, table.cell(1, 0).text = "上", "下"
    table.cell(0, 0).vertical_alignment = WD_ALIGN_VERTICAL.CENTER
    table.cell(0, 1).text = "右"
    pdf = pdf_of(document)
    high, low, right = (where(pdf, text).top for text in "上下右")
    assert low - right == pytest.approx(30 * MM, abs=2)
    assert high - right == pytest.approx(15 * MM - 6.5, abs=2)


def test_the_head_row_stands_on_every_page_and_is_read_once() -> None:
    document = blank()
    table = document.add_table(rows=90, cols=2)
    for number, row in enumerate(table.rows):
        row.cells[0].text = "表头" if number == 0 else f"行{number}"
    table.rows[0]._tr.get_or_add_trPr().append(element("<w:tblHeader/>"))
    pdf = pdf_of(document)
    pages = {each.page for each in seen(pdf)}
    assert len(pages) > 1
    assert {each.page for each in seen(pdf) if each.text == "表头"} == pages
    difference = first_difference(read_docx(saved(document)), read_pdf(pdf), normal=squeezed)
    assert difference is None


def test_a_row_that_must_not_break_moves_to_the_next_page_whole() -> None:
    document = blank()
    table = document.add_table(rows=2, cols=1)
    table.cell(0, 0).text = "\n".join("上" for _ in range(40))
    table.cell(1, 0).text = "\n".join(f"整{n}" for n in range(30))
    pdf = pdf_of(document)
    assert {each.page for each in seen(pdf) if "整" in each.text} == {0, 1}
    table.rows[1]._tr.get_or_add_trPr().append(element("<w:cantSplit/>"))
    assert {each.page for each in seen(pdf_of(document)) if "整" in each.text} == {1}


def test_a_row_longer_than_a_page_breaks_all_the_same_and_nothing_is_lost() -> None:
    document = blank()
    table = document.add_table(rows=1, cols=2)
    table.rows[0]._tr.get_or_add_trPr().append(element("<w:cantSplit/>"))
    table.cell(0, 1).text = "长文" * 5000
    pdf = pdf_of(document)
    assert first_difference(read_docx(saved(document)), read_pdf(pdf), normal=squeezed) is None
    assert max(each.page for each in seen(pdf)) >= 3


def test_a_word_wider_than_its_cell_breaks_and_reads_back_without_a_trace() -> None:
    document = blank()
    table = document.add_table(rows=1, cols=3)
    table.cell(0, 0).text = "W" * 500
    pdf = pdf_of(document)
    assert max(each.right for each in seen(pdf)) < 80 * MM
    assert first_difference(read_docx(saved(document)), read_pdf(pdf), normal=squeezed) is None


def test_colour_size_and_bold_reach_the_page() -> None:
    document = blank()
    run = document.add_paragraph().add_run("粗红")
    run.bold, run.font.size, run.font.color.rgb = True, Pt(22), RGBColor(0xFF, 0, 0)
    document.add_paragraph("细")
    with pikepdf.open(io.BytesIO(pdf_of(document))) as opened:
        commands = [
            (str(each.operator), [str(o) for o in each.operands])
            for each in pikepdf.parse_content_stream(opened.pages[0])
        ]
    rendering = [operands for operator, operands in commands if operator == "Tr"]
    colours = [list(map(float, operands)) for operator, operands in commands if operator == "scn"]
    sizes = [float(operands[1]) for operator, operands in commands if operator == "Tf"]
    assert ["2"] in rendering  # filled and stroked: the wheel has no bold cut
    assert [1.0, 0.0, 0.0] in colours
    assert 22.0 in sizes


def test_header_and_footer_stand_on_each_page_with_its_number() -> None:
    document = blank()
    document.sections[0].header.paragraphs[0].text = "页眉"
    footer = document.sections[0].footer.paragraphs[0]
    for code in ("PAGE", "NUMPAGES"):
        footer._p.append(element(f"<w:fldSimple w:instr=' {code} '/>"))
        footer.add_run("页")
    document.add_paragraph("甲").add_run().add_break(WD_BREAK.PAGE)
    document.add_paragraph("乙")
    pdf = pdf_of(document)
    texts = [squeezed("".join(e.text for e in seen(pdf) if e.page == n)) for n in (0, 1)]
    assert texts in (["页眉甲1页2页", "页眉乙2页2页"], ["甲页眉1页2页", "乙页眉2页2页"])
    assert [block.text for block in read_pdf(pdf)] == ["甲", "乙"]  # type: ignore[union-attr]  # no tables


def test_the_pdf_is_tagged_chinese_archival_accessible_and_embeds_its_fonts() -> None:
    document = blank()
    document.add_table(rows=1, cols=1).cell(0, 0).text = "甲"
    opened = pikepdf.open(io.BytesIO(pdf_of(document)))
    with opened.open_metadata() as metadata:
        assert (metadata["pdfaid:part"], metadata["pdfaid:conformance"]) == ("3", "A")
        assert metadata["pdfuaid:part"] == "1"
        assert metadata["dc:title"] == "标题"
    assert str(opened.Root.Lang) == "zh-CN"
    assert bool(opened.Root.MarkInfo.Marked)
    fonts = [o for o in opened.objects if isinstance(o, pikepdf.Dictionary) and "/FontName" in o]
    assert fonts
    assert all("/FontFile3" in font or "/FontFile2" in font for font in fonts)


def test_the_same_file_gives_the_same_bytes() -> None:
    document = blank()
    document.add_paragraph("甲乙")
    assert pdf_of(document) == pdf_of(document)


@pytest.mark.debian
def test_poppler_reads_the_same_text(tmp_path: Path) -> None:
    document = blank()
    for text in ("<10(次)", "R&D 平台", "{{ 7*7 }}", '#let x = "1"', "“引号”、安全"):
        document.add_paragraph(text)
    path = tmp_path / "t.pdf"
    path.write_bytes(pdf_of(document))
    tool = shutil.which("pdftotext") or "pdftotext"
    text = subprocess.run([tool, path, "-"], check=True, capture_output=True).stdout.decode()
    assert squeezed(text) == '<10(次)R&D平台{{7*7}}#letx="1"“引号”、安全'


UNSETTABLE = {
    "a drawing that is no picture": "<w:r><w:drawing/></w:r>",
    "a picture or text box": "<w:r><w:pict/></w:r>",
    "an embedded object": "<w:r><w:object/></w:r>",
    "a footnote": "<w:r><w:footnoteReference w:id='1'/></w:r>",
    "the field DATE": "<w:fldSimple w:instr='DATE'/>",
    "a tracked change": "<w:ins><w:r><w:t>x</w:t></w:r></w:ins>",
    "the character format w:em": "<w:r><w:rPr><w:em w:val='dot'/></w:rPr><w:t>x</w:t></w:r>",
    "automatic numbering": "<w:pPr><w:numPr><w:numId w:val='1'/></w:numPr></w:pPr>",
    "a border around a paragraph": "<w:pPr><w:pBdr><w:top w:val='single'/></w:pBdr></w:pPr>",
    "a symbol from a symbol font": "<w:r><w:sym w:font='Wingdings' w:char='F0FC'/></w:r>",
}


@pytest.mark.parametrize("name", UNSETTABLE)
def test_what_cannot_be_set_is_named_with_its_place(name: str) -> None:
    document = blank()
    document.add_paragraph("第一段")
    document.add_paragraph("第二段")._p.insert(0, element(UNSETTABLE[name]))
    with pytest.raises(FaultyTemplateError) as failure:
        pdf_of(document)
    assert (
        f"t.docx, paragraph 2 (“{'x' if '<w:t>' in UNSETTABLE[name] else ''}第二段”): {name} cannot"
        in str(failure.value)
    )


def test_in_a_table_the_place_is_table_row_and_cell() -> None:
    document = blank()
    table = document.add_table(rows=2, cols=2)
    table.cell(1, 1).text = "在此"
    table.cell(1, 1)._tc.get_or_add_tcPr().append(element("<w:textDirection w:val='tbRlV'/>"))
    with pytest.raises(
        FaultyTemplateError, match=r"table 1, row 2, cell 2 \(“在此”\): vertical text"
    ):
        pdf_of(document)


def test_a_substituted_face_is_reported_once() -> None:
    document = blank()
    run = document.add_paragraph("甲").add_run("乙")
    run.font.name = "方正小标宋简体"
    fonts = run._r.get_or_add_rPr().rFonts
    assert fonts is not None
    fonts.set(qn("w:eastAsia"), "方正小标宋简体")
    made = typesetter().typeset(saved(document), title="t", author="a", date=DATE, file="t.docx")
    names = [each.wanted for each in made.substitutions]
    assert names.count("方正小标宋简体") == 1


CHARACTERS = st.characters(codec="gb2312", exclude_categories=["Cc"])


@settings(max_examples=60)
@given(st.lists(st.text(CHARACTERS, max_size=120), min_size=1, max_size=6))
def test_any_text_reads_back_from_paragraphs_and_cells(texts: list[str]) -> None:
    document = blank()
    table = document.add_table(rows=len(texts), cols=2)
    for row, text in zip(table.rows, texts, strict=True):
        row.cells[1].text = text
    for text in texts:
        document.add_paragraph(text)
    difference = first_difference(
        read_docx(saved(document)), read_pdf(pdf_of(document)), normal=squeezed
    )
    assert difference is None


def grown(*, forgets: bool) -> int:
    """Return by how many pages a process grows while it sets its third to seventh document."""
    code = f"""
from pathlib import Path
from tests.typeset.documents import DATE, typesetter
def set_(number):
    body = " ".join(f"第{{number}}号{{n}}" for n in range(12_000))
    typesetter().pdf(f'#set document(title: "甲"); #set text(lang: "zh")\\n' + body, file="")
    if {forgets}:
        typesetter().forget()
    return int(Path("/proc/self/statm").read_text().split()[1])
sizes = [set_(number) for number in range(7)]
print(sizes[6] - sizes[1])
"""
    return int(subprocess.check_output([sys.executable, "-c", code], cwd=ROOT))


@pytest.mark.skipif(sys.platform != "linux", reason="Linux tells it")
def test_what_is_kept_of_long_documents_is_let_go_of() -> None:
    assert grown(forgets=True) < grown(forgets=False) // 2
