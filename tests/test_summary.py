"""The annual summary says the same in Word, PDF and paragraph, and what a few lines add up.

They add up the published text, and the figures that a made-up department was made of.
"""

import ctypes
import re
import shutil
import subprocess
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal
from fractions import Fraction
from itertools import islice, pairwise
from pathlib import Path

import docx
import openpyxl
import pypdfium2 as pdfium
import pytest
from docx.document import Document
from docx.enum.section import WD_ORIENT
from docx.oxml.ns import qn
from docx.table import Table
from lxml import html
from pypdfium2 import raw

from perfeval_docs.build import Outcome, build
from perfeval_docs.settings import Settings
from tests.department import Made, department
from tests.seed import FORMS, squeezed

ROOT = Path(__file__).parents[1]


def built(folder: Path, **changes: object) -> Outcome:
    asked = Settings(
        data=folder / "data", out=folder / "build", system_fonts=False,
        template=ROOT / "templates/self-evaluation.docx",
    )  # fmt: skip
    return build(replace(asked, **changes), lambda _done, _all: None)  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def six(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("six")
    shutil.copytree(ROOT / "data", folder / "data")
    assert built(folder).years == ("2024",)
    return folder / "build/2024"


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[int, list[Made]]]:
    folder = tmp_path_factory.mktemp("large")
    made = department(folder / "data", projects=200, years=(2022, 2023, 2024))
    assert built(folder, year=2024).years == ("2024",)
    return folder / "build/2024", made


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


def test_the_six_forms_add_up_to_what_their_text_adds_up_to(six: Path) -> None:
    document = word(six)
    totals = [[Decimal(cell) for cell in form.funds[0][1:4]] for form in FORMS]
    initial, adjusted, executed = (sum(column) for column in zip(*totals, strict=True))
    assert (len(FORMS), initial, adjusted, executed) == (
        6, Decimal("1550.80"), Decimal("1550.80"), Decimal("1547.86"),
    )  # fmt: skip
    rate = two(Fraction(executed) / Fraction(adjusted) * 100, ROUND_DOWN)
    scores = [Decimal(form.total[1]) for form in FORMS]
    simple = two(sum(map(Fraction, scores), Fraction(0)) / 6)
    weights = [Fraction(row[1]) for row in totals]
    weighted = two(
        sum((w * Fraction(s) for w, s in zip(weights, scores, strict=True)), Fraction(0))
        / sum(weights, Fraction(0))
    )
    rows = rows_of(document, "序号", "实施单位", "项目名称")
    assert rows[:-1] == [
        [str(number), form.implementing_unit, form.project, *form.funds[0][1:4], form.funds[0][5],
         form.total[1], form.grade]
        for number, form in enumerate(FORMS, 1)
    ]  # fmt: skip
    assert rows[-1] == ["合计", "", "", str(initial), str(adjusted), str(executed), rate, "", ""]
    grades = rows_of(document, "等级")
    assert grades[0][:4] == ["优", "6", "100.00", str(adjusted)]
    assert [row[1] for row in grades] == ["6", "0", "0", "0", "6"]
    bands = Counter("100%" if row[1] == row[2] else "80%（含）至100%" for row in totals)
    assert {row[0]: int(row[1]) for row in rows_of(document, "执行率") if row[1] != "0"} == {
        **bands, "合计": 6,
    }  # fmt: skip
    every = sum(len(form.indicators) for form in FORMS)
    levels = rows_of(document, "一级指标", "二级指标")
    assert levels[-1] == ["合计", "", str(every), str(every), "0", "100.00"]
    assert sum(int(row[2]) for row in levels if row[1] not in ("小计", "")) == every
    text, told = body(document), pdf_text(six)
    for sentence in (
        f"6个项目全年预算{adjusted}万元，全年执行{executed}万元，总体执行率{rate}%",
        f"平均得分{simple}分（各项目得分的简单平均，满分100.00分），按全年预算数加权平均{weighted}分",
        f"共设置绩效指标{every}条，完成{every}条",
        "没有未完成或扣分的指标。实际完成值达到指标值130%及以上的指标共18条，见附表2。",
    ):
        assert sentence in text
        assert sentence in told
    for row in (*rows, *grades, *levels):
        assert "".join(row) in told


def test_the_paragraph_of_the_final_accounts_has_its_slots_in_order(six: Path) -> None:
    text = (six / "final-accounts-paragraph.txt").read_text("utf-8")
    assert body(docx.Document(str(six / "final-accounts-paragraph.docx"))) == text.rstrip("\n")
    marks = ["管理制度", "工作机制", "编报绩效目标", "绩效跟踪", "开展绩效自评的项目6个",
             "1550.80万元", "平均得分99.98分", "评为“优”的6个", "发现、已整改"]  # fmt: skip
    at = [text.index(mark) for mark in marks]
    assert at == sorted(at)
    assert text.count("〔待填：") == 5


def test_filled_words_stand_in_their_sections_and_slots(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "data", tmp_path / "data")
    (tmp_path / "data/2024/summary.yaml").write_text(
        "成文日期: 2025-06-03\n管理制度: 《办法*一*》\n工作机制: 由<处室>|共同负责\n"
        "编报绩效目标: {项目数: 6, 金额: 1550.80}\n绩效跟踪: {项目数: 5, 金额: 1000.00}\n"
        "问题整改: {发现问题数: 3, 已整改数: 2, 正在整改数: 1}\n"
        "基本情况: |\n  # 第一段\n  - 第二段\n"
        "存在问题:\n  - {问题: 1. 指标偏低, 改进措施: 明年调高}\n"
        "结果应用: 与预算挂钩\n公开情况: 随决算公开\n",
        "utf-8",
    )
    outcome = built(tmp_path)
    assert outcome.years == ("2024",)
    text = (tmp_path / "build/2024/final-accounts-paragraph.txt").read_text("utf-8")
    assert "按照《办法*一*》的规定，由<处室>|共同负责，" in text
    assert (
        "项目6个，涉及预算金额1550.80万元；开展绩效跟踪的项目5个，涉及预算金额1000.00万元" in text
    )
    assert "发现问题3个，已整改2个，正在整改1个" in text
    assert "〔" not in text
    report = body(word(tmp_path / "build/2024"))
    for line in ("# 第一段", "- 第二段", "六、存在问题", "1. 1. 指标偏低", "七、改进措施",
                 "1. 明年调高", "八、结果应用和公开", "与预算挂钩", "随决算公开",
                 "2025年6月3日"):  # fmt: skip
        assert f"\n{line}\n" in f"\n{report}\n"
    assert "2025年6月3日" in pdf_text(tmp_path / "build/2024")


def test_a_department_of_200_projects_adds_up(
    large: tuple[Path, dict[int, list[Made]]],
) -> None:
    folder, years = large
    made, document = years[2024], word(folder)
    told = pdf_text(folder)
    rows = rows_of(document, "序号", "实施单位", "项目名称")
    by_stem = sorted(made, key=lambda each: each.stem)
    assert [row[1:6] for row in rows[:-1]] == [
        [m.unit, m.project, two(m.initial), two(m.adjusted), two(m.executed)] for m in by_stem
    ]
    assert [row[7:] for row in rows[:-1]] == [[two(m.score), m.grade] for m in by_stem]
    adjusted, executed = (sum(getattr(m, n) for m in made) for n in ("adjusted", "executed"))
    assert rows[-1][4:7] == [
        two(adjusted), two(executed),
        two(Fraction(executed) / Fraction(adjusted) * 100, ROUND_DOWN),
    ]  # fmt: skip
    grades = {row[0]: row for row in rows_of(document, "等级")}
    for grade, count in Counter(m.grade for m in made).items():
        assert grades[grade][1] == str(count)
        assert grades[grade][3] == two(
            sum((m.adjusted for m in made if m.grade == grade), Decimal(0))
        )
    assert set(Counter(m.grade for m in made)) == {"优", "良", "合格", "不合格"}
    units = {row[0]: row for row in rows_of(document, "实施单位", "项目数")}
    for unit, count in Counter(m.unit for m in made).items():
        assert units[unit][1] == str(count)
        scores = [Fraction(m.score) for m in made if m.unit == unit]
        assert units[unit][5] == two(sum(scores, Fraction(0)) / count)
    levels = rows_of(document, "一级指标", "二级指标")
    every, met = sum(m.indicators for m in made), sum(m.met for m in made)
    assert levels[-1][2:5] == [str(every), str(met), str(every - met)]
    missed = rows_of(document, "序号", "项目名称", "指标", "年度指标值", "实际完成值", "得分/分值")
    assert [row[2] for row in missed] == [name for m in by_stem for name in m.missed]
    over = rows_of(document, "序号", "项目名称", "二级指标")
    assert [row[3] for row in over] == [name for m in by_stem for name in m.far_over]
    for row in (rows[0], rows[99], rows[-2], rows[-1], missed[0], missed[-1], over[-1], levels[-1]):
        assert "".join(row) in told


def test_the_workbook_s_totals_are_those_of_the_report(
    six: Path, large: tuple[Path, dict[int, list[Made]]]
) -> None:
    for folder, count in ((six, 6), (large[0], 200)):
        sheet = openpyxl.load_workbook(folder / "summary.xlsx", data_only=True)["汇总表"]
        rows = [[cell.value for cell in row] for row in sheet.iter_rows()]
        head = next(n for n, row in enumerate(rows) if row[0] == "序号")
        report = rows_of(word(folder), "序号", "实施单位", "项目名称")
        assert len(report) == count + 1
        for ours, theirs in zip(report, rows[head + 1 :], strict=False):
            assert [two(Decimal(str(v))) for v in theirs[3:6]] == ours[3:6]
            assert two(Decimal(str(theirs[6]))) == ours[6]
            if ours[0] != "合计":
                assert theirs[1:3] == ours[1:3]


def test_the_year_before_is_held_beside_it(large: tuple[Path, dict[int, list[Made]]]) -> None:
    folder, years = large
    now = {(m.project, m.unit): m for m in years[2024]}
    before = {(m.project, m.unit): m for m in years[2023]}
    document = word(folder)
    both = [key for key in sorted(now, key=lambda k: now[k].stem) if key in before]
    rows = rows_of(document, "序号", "项目名称", "上年执行数")
    assert [row[1:4] for row in rows] == [
        [project, two(before[project, unit].executed), two(now[project, unit].executed)]
        for project, unit in both
    ]
    assert [row[8].removeprefix("+") for row in rows] == [
        two(now[key].score - before[key].score) for key in both
    ]
    text = body(document)
    assert f"两年都有的项目{len(both)}个（见附表4）" in text
    assert f"本年新增{len(now.keys() - before)}个，上年结束{len(before.keys() - now)}个" in text


def test_wide_tables_run_over_landscape_pages_with_their_heads(
    large: tuple[Path, dict[int, list[Made]]],
) -> None:
    folder, _ = large
    sections = word(folder).sections
    turned = [s for s in sections if s.orientation == WD_ORIENT.LANDSCAPE]
    assert len(turned) == 4
    document = pdfium.PdfDocument(folder / "summary.pdf")
    pages = [
        (page.get_width() > page.get_height(), page.get_textpage().get_text_range())
        for page in document
    ]
    wide = ["".join(text.split()) for is_wide, text in pages if is_wide]
    assert len(wide) > 20
    assert all("序号" in text for text in wide)
    # Each project's form stands behind them, on upright pages.
    assert len(pages) > 200 + len(wide)


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


def test_a_faulty_record_leaves_no_summary_behind(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "data", tmp_path / "data")
    assert built(tmp_path).years == ("2024",)
    record = tmp_path / "data/2024/01-publicity.yaml"
    record.write_text(
        record.read_text("utf-8").replace("executed: 29.50", "executed: 30.50"), "utf-8"
    )
    outcome = built(tmp_path)
    assert outcome.years == ()
    assert "1 of its records" in str(outcome.notes[0])
    assert not (tmp_path / "build/2024/summary.docx").exists()
    assert not list((tmp_path / "build/2024/charts").iterdir())
    assert len(list((tmp_path / "build/2024/reports").iterdir())) == 10


def test_wrong_words_of_the_year_leave_no_summary_behind(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "data", tmp_path / "data")
    (tmp_path / "data/2024/summary.yaml").write_text("各等级项目数: {优: 5}\n", "utf-8")
    outcome = built(tmp_path)
    assert outcome.years == ()
    assert {d.code for d in outcome.diagnostics if d.severity == "error"} == {"PE503"}
    assert len(list((tmp_path / "build/2024/reports").iterdir())) == 12


def test_the_report_says_what_the_template_says(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "data", tmp_path / "data")
    shutil.copytree(ROOT / "templates", tmp_path / "templates")
    template = tmp_path / "templates/summary.md.j2"
    source = template.read_text("utf-8")
    assert "# 一、基本情况" in source
    template.write_text(source.replace("# 一、基本情况", "# 一、评价对象和范围"), "utf-8")
    built(tmp_path, template=tmp_path / "templates/self-evaluation.docx")
    assert "一、评价对象和范围" in body(word(tmp_path / "build/2024"))
    assert "一、评价对象和范围" in pdf_text(tmp_path / "build/2024")


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
