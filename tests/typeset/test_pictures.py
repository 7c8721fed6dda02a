"""Pictures: where they stand, what they say, and which are refused by name and place."""

from collections.abc import Callable
from random import Random

import pytest
from docx.enum.table import WD_ALIGN_VERTICAL
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from lxml import etree

from perfeval_docs.errors import FaultyTemplateError
from perfeval_docs.grid import Cell, Paragraph, Picture, Table
from perfeval_docs.typeset import read_pdf
from perfeval_docs.word import read_docx
from tests.typeset.documents import CENTER, blank, pdf_of, saved, tags, where
from tests.typeset.pictures import (
    JPEG,
    R,
    add_picture,
    add_vector,
    drawn,
    found,
    png,
    svg,
    with_bytes,
)

MM = 72 / 25.4
PNG = png()


def test_a_picture_stands_where_its_paragraph_says_as_large_as_word_shows_it() -> None:
    document = blank()
    document.add_paragraph("前")
    paragraph = document.add_paragraph()
    paragraph.alignment = CENTER
    add_picture(paragraph.add_run(), PNG, width=60)
    document.add_paragraph("后")
    pdf = pdf_of(document)
    (picture,) = drawn(pdf)
    assert (picture.left, picture.right) == pytest.approx((75 * MM, 135 * MM), abs=0.5)
    assert (picture.top, picture.bottom) == pytest.approx((20 * MM + 13, 60 * MM + 13), abs=0.5)
    assert where(pdf, "后").top > picture.bottom


def test_a_picture_is_stretched_to_the_size_that_word_gives_it() -> None:
    document = blank()
    drawing = add_picture(document.add_paragraph().add_run(), PNG, width=60)
    found(drawing, "wp:extent").set("cy", str(Mm(10)))
    (picture,) = drawn(pdf_of(document))
    assert picture.bottom - picture.top == pytest.approx(10 * MM, abs=0.1)
    assert picture.right - picture.left == pytest.approx(60 * MM, abs=0.1)


def test_a_vector_picture_is_taken_before_the_bitmap_that_stands_in_for_it() -> None:
    document = blank()
    add_vector(document, svg())
    assert [each.is_bitmap for each in drawn(pdf_of(document))] == [False]


def test_a_picture_without_any_bitmap_beside_its_vectors_is_set() -> None:
    document = blank()
    blip = found(add_vector(document, svg()), "a:blip")
    del blip.attrib[qn("r:embed")]
    assert [each.is_bitmap for each in drawn(pdf_of(document))] == [False]


def test_a_picture_of_more_than_a_megabyte_is_set_whole() -> None:
    random = Random(1)  # noqa: S311  # pixels, no secrets
    data = png(700, 600, b"".join(b"\0" + random.randbytes(700 * 3) for _ in range(600)))
    assert len(data) > 1024 * 1024
    assert len(pdf_of(with_bytes(data))) > 1024 * 1024


def test_pictures_are_read_back_from_word_and_pdf_each_in_its_place() -> None:
    document = blank()
    document.add_heading("一、题")
    add_picture(document.add_paragraph("行").add_run(), PNG, "甲图“1”")
    add_vector(document, svg("<text x='1' y='9' font-size='9'>字</text>"), alternative="乙图")
    document.add_paragraph("末")
    table = document.add_table(rows=1, cols=2)
    table.cell(0, 0).text = "格"
    for alternative in ("丙", "丁"):
        add_picture(table.cell(0, 0).paragraphs[0].add_run(), JPEG, alternative, width=5)
    expected = (
        Paragraph("一、题"),
        Paragraph("行"),
        Picture("甲图“1”"),
        Picture("乙图"),
        Paragraph("末"),
        Table(((Cell("格", pictures=(Picture("丙"), Picture("丁"))), Cell("")),)),
    )
    pdf = pdf_of(document)
    assert where(pdf, "字").page == 0
    assert read_docx(saved(document)) == expected
    assert read_pdf(pdf) == expected
    assert tags(pdf).count("Figure") == 4


def test_a_title_is_alternative_text_where_there_is_no_description() -> None:
    document = blank()
    properties = found(add_picture(document.add_paragraph().add_run(), PNG, ""), "wp:docPr")
    properties.set("title", "题名")
    assert read_pdf(pdf_of(document)) == read_docx(saved(document)) == (Picture("题名"),)


def test_a_row_is_as_high_as_the_picture_in_it_or_as_it_says() -> None:
    document = blank()
    table = document.add_table(rows=3, cols=2)
    table.rows[1].height = Mm(60)
    for row, name in zip(table.rows, "甲乙丙", strict=True):
        row.cells[1].text = name
    for row in table.rows[:2]:
        add_picture(row.cells[0].paragraphs[0].add_run(), PNG)
    table.cell(1, 0).vertical_alignment = WD_ALIGN_VERTICAL.CENTER
    pdf = pdf_of(document)
    tops = [where(pdf, name).top for name in "甲乙丙"]
    assert tops[1] - tops[0] == pytest.approx(20 * MM, abs=1)
    assert tops[2] - tops[1] == pytest.approx(60 * MM, abs=1)
    first, second = drawn(pdf)
    assert second.top - first.top == pytest.approx((20 + 20) * MM, abs=1)


def test_a_picture_in_a_header_stands_on_each_page_and_is_no_part_of_the_text() -> None:
    document = blank()
    run = document.sections[0].header.paragraphs[0].add_run()
    add_picture(run, PNG, width=10)
    document.add_paragraph("甲").paragraph_format.page_break_before = True
    document.paragraphs[0].insert_paragraph_before("乙")
    pdf = pdf_of(document)
    assert [each.page for each in drawn(pdf)] == [0, 1]
    assert read_pdf(pdf) == (Paragraph("乙"), Paragraph("甲"))


def test_a_picture_is_kept_with_its_caption() -> None:
    document = blank()
    for number in range(50):
        document.add_paragraph(f"L{number}")
    paragraph = document.add_paragraph()
    paragraph.paragraph_format.keep_with_next = True
    add_picture(paragraph.add_run(), PNG, width=39)
    document.add_paragraph("图1")
    assert {drawn(pdf_of(document))[0].page, where(pdf_of(document), "图").page} == {1}
    paragraph.paragraph_format.keep_with_next = False
    assert drawn(pdf_of(document))[0].page == 0


Edit = Callable[[etree._Element], None]


def set_on(name: str, **attributes: str) -> Edit:
    """Return an edit that sets attributes on the first element of a name."""

    def edit(drawing: etree._Element) -> None:
        for attribute, value in attributes.items():
            key = f"{{{R}}}{attribute[2:]}" if attribute.startswith("r_") else attribute
            found(drawing, name).set(key, value)

    return edit


def put_in(name: str, xml: str, place: int = 0) -> Edit:
    """Return an edit that puts an element into the first one of a name."""
    space = "http://schemas.openxmlformats.org/drawingml/2006/main"
    return lambda drawing: found(drawing, name).insert(
        place, etree.fromstring(f"<x xmlns:a='{space}'>{xml}</x>")[0]
    )


def floating(drawing: etree._Element) -> None:
    drawing[0].tag = qn("wp:anchor")


def chart(drawing: etree._Element) -> None:
    data = found(drawing, "a:graphicData")
    data.remove(data[0])


CHANGED: dict[str, tuple[Edit, str]] = {
    "no text": (
        set_on("wp:docPr", descr=" "),
        "a picture without alternative text cannot be set as PDF; say in Word under Edit Alt Text",
    ),
    "floating": (
        floating,
        "a picture with text wrapped around it cannot be set as PDF; choose In Line with Text",
    ),
    "cropped": (put_in("pic:blipFill", "<a:srcRect l='1000'/>", 1), "a cropped picture"),
    "shrunk": (set_on("a:fillRect", l="1000"), "a cropped picture"),
    "turned": (set_on("a:xfrm", rot="5400000"), "a picture that is turned or mirrored"),
    "mirrored": (set_on("a:xfrm", flipH="1"), "a picture that is turned or mirrored"),
    "shaped": (set_on("a:prstGeom", prst="ellipse"), "a picture cut to a shape"),
    "framed": (
        put_in("pic:spPr", "<a:ln><a:solidFill/></a:ln>", 2),
        "a picture with a frame",
    ),
    "shadow": (
        put_in("pic:spPr", "<a:effectLst><a:outerShdw/></a:effectLst>", 2),
        "a picture with effects",
    ),
    "grey": (put_in("a:blip", "<a:grayscl/>"), "a picture with effects"),
    "linked": (set_on("a:blip", r_link="rId1"), "a picture that is only linked"),
    "unknown": (set_on("a:blip", r_embed="rId999"), "a picture whose file is missing"),
    "wide": (
        set_on("wp:extent", cx=str(Mm(171))),
        "a picture of 171 × 20 mm on 170 × 257 mm of text cannot be set as PDF; make it smaller",
    ),
    "high": (set_on("wp:extent", cy=str(Mm(258))), "a picture of 30 × 258 mm on"),
    "flat": (set_on("wp:extent", cy="0"), "a picture without a size"),
    "endless": (set_on("wp:extent", cy="9" * 30), "a picture of 30 × "),
    "no number": (set_on("wp:extent", cx="wide"), "a picture without a size"),
}


@pytest.mark.parametrize("name", CHANGED)
def test_a_picture_that_word_changes_is_refused_by_name_and_place(name: str) -> None:
    edit, expected = CHANGED[name]
    document = blank()
    document.add_paragraph("第一段")
    paragraph = document.add_paragraph("第二段")
    edit(add_picture(paragraph.add_run(), PNG, "得分"))
    name = "Picture 1" if name == "no text" else "得分"
    with pytest.raises(FaultyTemplateError) as failure:
        pdf_of(document)
    place = f"t.docx, paragraph 2 (“第二段”), the picture “{name}”: "
    assert str(failure.value).startswith(place + expected)


def test_a_chart_of_word_s_own_is_no_picture() -> None:
    document = blank()
    chart(add_picture(document.add_paragraph().add_run(), PNG))
    with pytest.raises(FaultyTemplateError, match="a drawing that is no picture"):
        pdf_of(document)


def test_a_picture_from_outside_the_package_is_refused() -> None:
    document = blank()
    blip = found(add_picture(document.add_paragraph().add_run(), PNG), "a:blip")
    outer = document.part.relate_to("https://example.org/x.png", "image", is_external=True)
    blip.set(qn("r:embed"), outer)
    with pytest.raises(FaultyTemplateError, match="a picture that is only linked"):
        pdf_of(document)


def test_a_picture_that_word_would_cut_to_its_line_is_refused() -> None:
    document = blank()
    paragraph = document.add_paragraph()
    paragraph.paragraph_format.line_spacing = Pt(28)
    add_picture(paragraph.add_run(), PNG)
    with pytest.raises(
        FaultyTemplateError,
        match=r"a picture higher than the exact height of its line.*choose another line spacing",
    ):
        pdf_of(document)
    paragraph.paragraph_format.line_spacing = Pt(60)
    assert len(drawn(pdf_of(document))) == 1


def test_a_picture_that_its_indents_leave_too_little_room_is_refused() -> None:
    document = blank()
    paragraph = document.add_paragraph()
    add_picture(paragraph.add_run(), PNG, width=150)
    assert drawn(pdf_of(document))
    paragraph.paragraph_format.left_indent = Mm(15)
    paragraph.paragraph_format.first_line_indent = Mm(7)
    with pytest.raises(
        FaultyTemplateError, match="a picture wider than its line cannot be set as PDF; make it"
    ):
        pdf_of(document)


def test_a_picture_wider_than_its_cell_is_refused() -> None:
    document = blank()
    table = document.add_table(rows=1, cols=2)
    add_picture(table.cell(0, 1).paragraphs[0].add_run(), PNG, width=90)
    with pytest.raises(
        FaultyTemplateError, match=r"table 1, row 1, cell 2.*: a picture wider than its line"
    ):
        pdf_of(document)
