"""What pandoc cannot do: tables of the text's width, head rows, landscape pages, figures."""

import io
import zipfile
from pathlib import Path

import docx
import pytest
from docx.document import Document
from docx.enum.section import WD_ORIENT
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn

from perfeval_docs.errors import FaultyTemplateError
from perfeval_docs.grid import Table
from perfeval_docs.prose import Figure, finish, to_docx, with_annex
from perfeval_docs.word import read_docx
from tests.prose.documents import PROPERTIES, REFERENCE, ROOT
from tests.typeset.pictures import JPEG, add_picture, png

SVG = b'<svg xmlns="http://www.w3.org/2000/svg" width="10" height="10"/>'
PNG = (ROOT / "docs/pictures/form-page-1.png").read_bytes()
FIGURE = Figure(svg=SVG, png=PNG, width=300, height=150, alternative="柱形图：甲3个。")


def table(columns: int, rows: int = 2) -> str:
    head = "| " + " | ".join(f"列{n}" for n in range(columns)) + " |\n"
    line = "|" + "|".join(":--" if n else ":------" for n in range(columns)) + "|\n"
    body = "".join(
        "| " + " | ".join(f"{y}·{n}" for n in range(columns)) + " |\n" for y in range(rows)
    )
    return f"\n{head}{line}{body}\n"


def styled(style: str, text: str) -> str:
    return f'\n::: {{custom-style="{style}"}}\n{text}\n:::\n'


def finished(markdown: str, **figures: Figure) -> bytes:
    made = to_docx(markdown, REFERENCE.read_bytes(), file="t.md")
    return finish(made, figures, PROPERTIES, file="t.md")


def opened(data: bytes) -> Document:
    return docx.Document(io.BytesIO(data))


def test_a_signature_does_not_stand_alone_on_a_page() -> None:
    text = f"甲\n\n乙\n{styled('署名', '某局')}{styled('署名', '2025年6月30日')}\n丙\n"
    document = opened(finished(text))
    keeps = {p.text: p.paragraph_format.keep_with_next for p in document.paragraphs}
    assert keeps == {"甲": None, "乙": True, "某局": True, "2025年6月30日": None, "丙": None}


def test_a_table_has_the_width_of_the_text_and_a_head_row_that_repeats() -> None:
    document = opened(finished(table(3)))
    (made,) = document.tables
    section = document.sections[0]
    assert section.page_width is not None
    assert section.left_margin is not None
    assert section.right_margin is not None
    room = (section.page_width - section.left_margin - section.right_margin) / 635
    widths = [int(column.get(qn("w:w"), "0")) for column in made._tbl.tblGrid]
    assert sum(widths) == pytest.approx(room, abs=1)
    assert widths[0] == pytest.approx(7 / 3 * widths[1], rel=0.01)
    heads = [row._tr.find(f".//{qn('w:tblHeader')}") is not None for row in made.rows]
    assert heads == [True, False, False]
    assert all(row._tr.find(f".//{qn('w:cantSplit')}") is not None for row in made.rows)
    assert [p.style.name for c in made.rows[0].cells for p in c.paragraphs if p.style] == [
        "表头"
    ] * 3


def test_a_wide_table_stands_on_landscape_pages_with_what_belongs_to_it() -> None:
    markdown = (
        "# 一\n\n前文\n" + styled("附表标题", "附表1") + styled("表格单位", "万元") + table(8)
    )
    document = opened(finished(f"{markdown}\n# 二\n\n后文\n"))
    assert [s.orientation for s in document.sections] == [
        WD_ORIENT.PORTRAIT, WD_ORIENT.LANDSCAPE, WD_ORIENT.PORTRAIT,
    ]  # fmt: skip
    upright, turned, _ = document.sections
    assert (turned.page_width, turned.page_height) == (upright.page_height, upright.page_width)
    assert turned.left_margin == upright.top_margin
    assert turned.top_margin == upright.right_margin
    texts = [p.text for p in document.paragraphs]
    ends = [
        n
        for n, p in enumerate(document.paragraphs)
        if p._p.find(f".//{qn('w:sectPr')}") is not None
    ]
    assert texts[: ends[0]] == ["一", "前文"]
    assert texts[ends[0] + 1 : ends[1]] == ["附表1", "万元"]
    assert texts[ends[1] + 1 :] == ["二", "后文"]


def test_a_short_table_stays_whole_and_a_long_one_may_break() -> None:
    for rows, kept in ((13, 13), (14, 0)):
        (made,) = opened(finished(table(2, rows))).tables
        keeps = [row._tr.find(f".//{qn('w:keepNext')}") is not None for row in made.rows]
        assert keeps == [True] * kept + [False] * (rows + 1 - kept)


def test_the_page_number_of_a_landscape_page_is_as_far_below_the_text() -> None:
    upright, turned = opened(finished("前文\n" + table(9))).sections
    for section in (upright, turned):
        assert section.bottom_margin is not None
        assert section.footer_distance is not None
        assert section.bottom_margin.mm - section.footer_distance.mm == pytest.approx(8, abs=0.1)


def test_a_wide_table_at_the_end_leaves_no_blank_page() -> None:
    document = opened(finished("前文\n" + styled("附表标题", "附表1") + table(9)))
    assert [s.orientation for s in document.sections] == [WD_ORIENT.PORTRAIT, WD_ORIENT.LANDSCAPE]


def test_two_wide_tables_have_a_landscape_section_each() -> None:
    markdown = styled("附表标题", "附表1") + table(9) + styled("附表标题", "附表2") + table(8)
    document = opened(finished(f"前文\n{markdown}"))
    assert [s.orientation for s in document.sections][1:] == [WD_ORIENT.LANDSCAPE] * 2


def test_a_figure_is_there_as_pixels_and_as_vectors_with_its_alternative() -> None:
    data = finished(styled("Captioned Figure", "grades"), grades=FIGURE)
    document = opened(data)
    (shape,) = document.inline_shapes
    assert (shape.width.pt, shape.height.pt) == (300, 150)
    properties = shape._inline.docPr
    assert properties.get("descr") == "柱形图：甲3个。"
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    assert parts["word/media/grades.svg"] == SVG
    assert [d for n, d in parts.items() if n.endswith(".png")] == [PNG]
    assert b"svgBlip" in parts["word/document.xml"]
    assert b"image/svg+xml" in parts["[Content_Types].xml"]


def test_a_figure_that_does_not_exist_is_named() -> None:
    with pytest.raises(FaultyTemplateError, match="no figure grade; there are: grades"):
        finished(styled("Captioned Figure", "grade"), grades=FIGURE)


def test_the_same_text_is_the_same_bytes_and_says_who_wrote_it_when() -> None:
    markdown = "# 一\n" + table(9) + styled("Captioned Figure", "grades")
    data = finished(markdown, grades=FIGURE)
    assert data == finished(markdown, grades=FIGURE)
    properties = opened(data).core_properties
    assert (properties.title, properties.author) == ("总结", "单位")
    assert properties.created is not None
    assert properties.created.isoformat() == "2025-06-30T00:00:00+00:00"


def form(tmp_path: Path, name: str) -> bytes:
    document = opened((ROOT / "templates/self-evaluation.docx").read_bytes())
    document.paragraphs[0].text = name
    document.save(str(tmp_path / "form.docx"))
    return (tmp_path / "form.docx").read_bytes()


def test_an_annex_says_what_its_files_say_on_pages_of_their_own(tmp_path: Path) -> None:
    report, forms = finished("# 一\n\n正文\n"), [form(tmp_path, "表甲"), form(tmp_path, "表乙")]
    whole = with_annex(report, forms)
    assert read_docx(whole) == (*read_docx(report), *(b for f in forms for b in read_docx(f)))
    document = opened(whole)
    own, *annexed = document.sections
    alone = opened(forms[0]).sections[0]
    assert len(annexed) == 2
    assert [s.left_margin for s in annexed] == [alone.left_margin] * 2
    assert own.left_margin != alone.left_margin
    assert [s.footer.paragraphs[0].text for s in annexed] == [alone.footer.paragraphs[0].text] * 2
    assert with_annex(report, forms) == whole


def test_even_pages_of_an_annex_are_headed_and_numbered_as_the_form_is(tmp_path: Path) -> None:
    """A report tells odd pages from even ones, a form does not."""
    report = finished("# 一\n\n正文\n")
    assert opened(report).settings.odd_and_even_pages_header_footer
    own, *annexed = opened(
        with_annex(report, [form(tmp_path, "表甲"), form(tmp_path, "表乙")])
    ).sections
    assert own.even_page_footer.paragraphs[0].alignment != own.footer.paragraphs[0].alignment
    for section in annexed:
        even, ordinary = section.even_page_footer, section.footer
        assert [p._p.xml for p in even.paragraphs] == [p._p.xml for p in ordinary.paragraphs]


def test_an_annex_that_tells_its_own_even_pages_keeps_them(tmp_path: Path) -> None:
    document = opened(form(tmp_path, "表甲"))
    document.settings.odd_and_even_pages_header_footer = True
    document.sections[0].even_page_footer.paragraphs[0].text = "偶"
    report = finished("正文\n")
    last = opened(with_annex(report, [saved(document)])).sections[-1]
    assert last.even_page_footer.paragraphs[0].text == "偶"
    assert last.footer.paragraphs[0].text != "偶"


def saved(document: Document) -> bytes:
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def test_pictures_and_links_come_along_wherever_they_stand(tmp_path: Path) -> None:
    document = opened(form(tmp_path, "表甲"))
    add_picture(document.add_paragraph().add_run(), png(), "印章")
    header = document.sections[0].header.paragraphs[0]
    add_picture(header.add_run(), JPEG, "徽标")
    link = document.part.relate_to(
        "https://example.org/", RELATIONSHIP_TYPE.HYPERLINK, is_external=True
    )
    paragraph = document.add_paragraph()._p
    paragraph.append(parse_xml(
        f'<w:hyperlink {nsdecls("w", "r")} r:id="{link}"><w:r><w:t>网</w:t></w:r></w:hyperlink>'
    ))  # fmt: skip
    report = finished(styled("Captioned Figure", "grades"), grades=FIGURE)
    alone = saved(document)
    whole = opened(with_annex(report, [alone, alone]))
    assert read_docx(saved(whole)) == (*read_docx(report), *read_docx(alone), *read_docx(alone))
    shown = [whole.part.related_parts[blip.embed].blob for blip in whole.element.iter(qn("a:blip"))]
    assert shown == [FIGURE.png, png(), png()]
    for section in whole.sections[1:]:
        (blip,) = section.header._element.iter(qn("a:blip"))
        assert section.header.part.related_parts[blip.embed].blob == JPEG
    links = [each.get(qn("r:id")) for each in whole.element.iter(qn("w:hyperlink"))]
    assert [whole.part.rels[each].target_ref for each in links] == ["https://example.org/"] * 2


def test_the_styles_of_an_annex_are_those_of_its_files(tmp_path: Path) -> None:
    whole = opened(with_annex(finished("正文\n"), [form(tmp_path, "表甲")]))
    alone = opened(form(tmp_path, "表甲"))
    for style in alone.styles:
        copied = next(s for s in whole.styles if s.style_id == f"Annex{style.style_id}")
        size = getattr(getattr(style, "font", None), "size", None)
        if size is not None:
            assert copied.font.size == size
    normal = next(s for s in whole.styles if s.style_id == "AnnexNormal")
    assert normal.font.size is not None
    assert normal.font.size.pt == 10.5
    blocks = read_docx(with_annex(finished("正文\n"), [form(tmp_path, "表甲")]))
    assert any(isinstance(block, Table) for block in blocks)


def test_without_forms_there_is_no_annex() -> None:
    report = finished("正文\n")
    assert with_annex(report, []) is report
