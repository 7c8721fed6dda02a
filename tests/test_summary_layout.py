"""How the annual summary looks: GB/T 9704 measured, page numbers, figures, LibreOffice's eyes."""

import ctypes
import re
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice, pairwise
from pathlib import Path

import pypdfium2 as pdfium
import pytest
from docx.oxml.ns import qn
from lxml import html
from pypdfium2 import raw

from tests.seed import squeezed
from tests.summaries import ROOT, built, cells, rows_of, word


def numbers(folder: Path) -> Iterator[tuple[int, str, float, float, float]]:
    """Yield of each page its number, and where its page number stands: text, left, right, width."""
    document = pdfium.PdfDocument(folder / "summary.pdf")
    for number, page in enumerate(document, 1):
        text = page.get_textpage()
        found = text.search(f"— {number} —")
        place = found.get_next()
        assert place is not None, number
        boxes = [text.get_charbox(place[0]), text.get_charbox(place[0] + place[1] - 1)]
        yield number, text.get_text_range(*place), boxes[0][0], boxes[1][2], page.get_width()


def test_page_numbers_stand_right_on_odd_and_left_on_even_pages(six: Path) -> None:
    own = list(islice(numbers(six), 7))
    assert len(own) == 7
    for number, _, left, right, width in own:
        assert (left > width / 2) == (number % 2 == 1)
        assert (right < width / 2) == (number % 2 == 0)


def is_han(char: str) -> bool:
    return "\u4e00" <= char <= "\u9fff"


@dataclass(frozen=True)
class Sign:
    """A character of a PDF page: points from the lower left corner, its size, its font."""

    char: str
    left: float
    right: float
    base: float
    size: float
    font: str


def signs(folder: Path, page: int) -> list[Sign]:
    text = pdfium.PdfDocument(folder / "summary.pdf")[page].get_textpage()
    found = []
    for n in range(text.count_chars()):
        char = text.get_text_range(n, 1)
        if re.match(r"\w", char):
            box = text.get_charbox(n, loose=True)
            name = ctypes.create_string_buffer(200)
            raw.FPDFText_GetFontInfo(text, n, name, 200, ctypes.c_int())
            size = raw.FPDFText_GetFontSize(text, n)
            found.append(Sign(char, box[0], box[2], box[1], size, name.value.decode()))
    return found


def test_the_layout_is_that_of_the_standard(six: Path) -> None:
    """GB/T 9704-2012, measured in the PDF: margins, characters a line, lines a page, sizes."""
    millimetre = 72 / 25.4
    page = pdfium.PdfDocument(six / "summary.pdf")[0]
    assert [round(n / millimetre) for n in page.get_size()] == [210, 297]
    found = signs(six, 0)
    assert min(s.left for s in found) / millimetre == pytest.approx(28, abs=0.3)
    assert max(s.right for s in found) / millimetre == pytest.approx(210 - 26, abs=0.6)
    # The size of the letters: title 2号, body 3号, page number 4号.
    sizes = {round(s.size, 1) for s in found}
    assert {22.0, 16.0, 14.0} <= sizes
    body = [s for s in found if round(s.size, 1) == 16]
    lines = sorted({round(s.base, 1) for s in body if "Serif" in s.font}, reverse=True)
    pitch = [above - below for above, below in pairwise(lines) if 1 < above - below < 30]
    assert pitch
    assert all(each == pytest.approx(28.95, abs=0.2) for each in pitch)
    assert int(225 * millimetre / 28.95) == 22
    line = [s for s in body if abs(s.base - lines[1]) < 1]
    steps = [b.left - a.left for a, b in pairwise(line) if is_han(a.char) and is_han(b.char)]
    assert min(steps) * 28 <= 156 * millimetre < (min(steps) + 0.3) * 28
    number = next(s for s in found if round(s.size, 1) == 14)
    assert number.base / millimetre == pytest.approx(27, abs=1.5)
    # What Word shows is asked for by name: recipients have the official faces.
    asked = {e.get(qn("w:eastAsia")) for e in word(six).styles.element.iter(qn("w:rFonts"))}
    assert {"仿宋_GB2312", "方正小标宋简体", "黑体", "楷体_GB2312", "宋体"} <= asked


def test_a_full_page_has_twenty_two_lines_between_the_margins(tmp_path: Path) -> None:
    """GB/T 9704-2012: 37 mm above the text, 22 lines in 225 mm, measured on full pages."""
    millimetre = 72 / 25.4
    shutil.copytree(ROOT / "data", tmp_path / "data")
    with (tmp_path / "data/2024/summary.yaml").open("a", encoding="utf-8") as words:
        words.write(f"结果应用: {'评价结果用于下一年度预算安排。' * 150}\n")
    built(tmp_path)
    folder = tmp_path / "build/2024"
    full = 0
    for page in range(7):
        body = [s for s in signs(folder, page) if round(s.size, 1) == 16]
        lines = sorted({round(s.base, 0) for s in body}, reverse=True)
        if len(lines) < 20 or len(body) < 20 * 26:
            continue
        full += 1
        assert len(lines) == 22
        # The letters stand in the middle of their lines.
        ink = [(s.base, s.base + s.size) for s in body]
        edge = (28.95 - 16) / 2 / millimetre
        top, bottom = max(high for _, high in ink), min(low for low, _ in ink)
        assert 297 - top / millimetre - edge == pytest.approx(37, abs=0.3)
        assert bottom / millimetre - edge == pytest.approx(297 - 37 - 225, abs=0.6)
    assert full >= 1


@pytest.mark.debian
def test_libreoffice_reads_the_same(six: Path, tmp_path: Path) -> None:
    run_office(six / "summary.docx", tmp_path)
    page = html.fromstring((tmp_path / "summary.html").read_bytes())
    document = word(six)
    tables = list(page.iter("table"))
    assert len(tables) == len(document.tables) > 8
    for theirs, ours in zip(tables, document.tables, strict=True):
        told = [squeezed("".join(map(str, c.itertext()))) for c in theirs.iter("td", "th")]
        every = (cell for n in range(len(ours.rows)) for cell in cells(ours, n))
        assert [cell for cell in told if cell] == [squeezed(cell) for cell in every if cell]
    text = squeezed("".join(map(str, page.itertext())))
    for paragraph in document.paragraphs:
        if paragraph.text.startswith(("一、", "二、", "三、", "四、", "五、", "附表", "图")):
            assert squeezed(paragraph.text) in text


def run_office(file: Path, folder: Path) -> None:
    subprocess.run(
        ["soffice", f"-env:UserInstallation=file://{folder}/profile", "--headless",
         "--convert-to", "html", "--outdir", folder, file],
        check=True, capture_output=True, timeout=240,
    )  # fmt: skip


def test_every_figure_has_its_alternative_and_its_table(six: Path) -> None:
    document = word(six)
    shapes = [shape._inline.docPr.get("descr") for shape in document.inline_shapes]
    assert [re.split("[：。]", text)[1] for text in shapes if text] == [
        "各评分等级的项目数", "各项目得分", "各执行率区间的项目数", "各二级指标的设置数和完成数",
    ]  # fmt: skip
    table = {row[0]: row[1] for row in rows_of(document, "等级")}
    assert all(f"{name}{table[name]}个" in str(shapes[0]) for name in ("优", "良", "合格"))
    assert (
        len(list((six / "charts").glob("*.svg"))) == len(list((six / "charts").glob("*.png"))) == 4
    )
