"""The annual summary says the same in Word, PDF and paragraph, and what a few lines add up.

They add up the published text, and the figures that a made-up department was made of.
"""

import shutil
from collections import Counter
from decimal import ROUND_DOWN, Decimal
from fractions import Fraction
from pathlib import Path

import docx
import openpyxl
import pypdfium2 as pdfium
import pytest
from docx.enum.section import WD_ORIENT

from tests.department import Made, department
from tests.seed import FORMS
from tests.summaries import ROOT, body, built, pdf_text, rows_of, two, word


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[int, list[Made]]]:
    folder = tmp_path_factory.mktemp("large")
    made = department(folder / "data", projects=200, years=(2022, 2023, 2024))
    assert built(folder, year=2024).years == ("2024",)
    return folder / "build/2024", made


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
    assert {d.code for d in outcome.errors} == {"PE503"}
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
