"""What a clerk changes in the Word template changes Word and PDF alike, with no code touched."""

import io
import subprocess
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import docx
import pikepdf
import pytest
from docx.document import Document
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor
from docx.text.paragraph import Paragraph

from perfeval_docs.build import Outcome, build
from perfeval_docs.settings import Settings
from tests.typeset.documents import Seen, seen, where

TOP = Path(__file__).parent.parent
TEMPLATE = TOP / "templates/self-evaluation.docx"
STEM = "01-publicity"
MM = 72 / 25.4


@dataclass(frozen=True)
class Built:
    """The two files of one form."""

    docx: bytes
    pdf: bytes

    @property
    def word(self) -> Document:
        return docx.Document(io.BytesIO(self.docx))


Make = Callable[[Path], Built]


@pytest.fixture
def make(tmp_path: Path) -> Make:
    def made(template: Path) -> Built:
        outcome = build_with(template, tmp_path / "build")
        assert outcome.refused == ()
        files = tmp_path / "build/2024/reports" / STEM
        return Built(*(files.with_suffix(kind).read_bytes() for kind in (".docx", ".pdf")))

    return made


def build_with(template: Path, out: Path) -> Outcome:
    settings = Settings(
        data=TOP / "data", out=out, template=template, only=(STEM,), system_fonts=False
    )
    return build(settings, lambda _done, _all: None)


def edited(tmp_path: Path, edit: Callable[[Document], None]) -> Path:
    document = docx.Document(str(TEMPLATE))
    edit(document)
    path = tmp_path / "edited.docx"
    document.save(str(path))
    return path


def paragraph_with(document: Document, text: str) -> Paragraph:
    found: Paragraph
    cells = (c for t in document.tables for row in t.rows for c in row.cells)
    found = next(p for cell in cells for p in cell.paragraphs if text in p.text)
    return found


def texts(built: Built) -> str:
    return "".join(c.text for t in built.word.tables for row in t.rows for c in row.cells)


def test_a_label_is_changed(make: Make, tmp_path: Path) -> None:
    def edit(document: Document) -> None:
        paragraph_with(document, "实施单位").runs[0].text = "承担单位"

    built = make(edited(tmp_path, edit))
    assert "承担单位" in texts(built)
    assert "实施单位" not in texts(built)
    assert where(built.pdf, "承担单位")
    assert not [line for line in seen(built.pdf) if "实施单位" in line.text]


def test_a_column_is_widened(make: Make, tmp_path: Path) -> None:
    def edit(document: Document) -> None:
        table = document.tables[1]
        for column, change in ((2, -8), (3, 8)):
            grid = table.columns[column]
            width = grid.width
            assert width is not None
            grid.width = width + Mm(change)
            for row in table.rows:
                # A statement's row is one cell over all columns.
                if len(row._tr.tc_lst) == len(table.columns):
                    row.cells[column].width = width + Mm(change)

    before, after = make(TEMPLATE), make(edited(tmp_path, edit))
    widths = [b.word.tables[1].columns[3].width or 0 for b in (before, after)]
    assert widths[1] - widths[0] == pytest.approx(Mm(8), abs=Mm(0.1))
    moved = where(after.pdf, "年度指标值").left - where(before.pdf, "年度指标值").left
    assert moved == pytest.approx(-4 * MM, abs=0.5)
    assert where(after.pdf, "实际完成值").left == pytest.approx(
        where(before.pdf, "实际完成值").left, abs=0.5
    )


def test_a_row_is_moved(make: Make, tmp_path: Path) -> None:
    def edit(document: Document) -> None:
        first, second = (row._tr for row in document.tables[0].rows[:2])
        second.addnext(first)

    built = make(edited(tmp_path, edit))
    assert [row.cells[0].text for row in built.word.tables[0].rows[:2]] == ["主管部门", "项目名称"]
    assert where(built.pdf, "主管部门").top < where(built.pdf, "项目名称").top


def test_a_font_is_changed(make: Make, tmp_path: Path) -> None:
    def edit(document: Document) -> None:
        style = document.styles["表单标题"]
        style.font.size, style.font.color.rgb = Pt(26), RGBColor(0xC0, 0, 0)
        fonts = style.element.rPr.rFonts
        fonts.set(qn("w:eastAsia"), "黑体")

    before, after = make(TEMPLATE), make(edited(tmp_path, edit))
    assert after.word.styles["表单标题"].font.size == Pt(26)
    lines = [where(each.pdf, "财政项目支出绩效自评表") for each in (before, after)]
    assert height(lines[1]) / height(lines[0]) == pytest.approx(26 / 18, abs=0.1)
    assert "NotoSansSC" in fonts_of_title(after.pdf)
    assert "NotoSansSC" not in fonts_of_title(before.pdf)


def height(line: Seen) -> float:
    return line.bottom - line.top


def fonts_of_title(pdf: bytes) -> str:
    """Return the name of the font that the first text of the first page is set in."""
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        page = opened.pages[0]
        operators = pikepdf.parse_content_stream(page)
        name = next(each.operands[0] for each in operators if str(each.operator) == "Tf")
        return str(page.Resources.Font[str(name)].BaseFont)


def test_a_margin_and_the_paper_are_changed(make: Make, tmp_path: Path) -> None:
    def edit(document: Document) -> None:
        document.sections[0].page_height = Mm(330)

    built = make(edited(tmp_path, edit))
    with pikepdf.open(io.BytesIO(built.pdf)) as opened:
        assert float(opened.pages[0].mediabox[3]) == pytest.approx(330 * MM, abs=1)


@pytest.mark.debian
def test_a_template_saved_by_libreoffice_prints_the_same_cells(make: Make, tmp_path: Path) -> None:
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    subprocess.run(
        ["soffice", profile, "--headless", "--convert-to", "docx", "--outdir", tmp_path, TEMPLATE],
        check=True,
        capture_output=True,
    )
    saved = tmp_path / TEMPLATE.name
    assert saved.read_bytes() != TEMPLATE.read_bytes()
    assert texts(make(saved)) == texts(make(TEMPLATE))
