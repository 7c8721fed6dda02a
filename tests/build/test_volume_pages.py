"""What the first pages of volumes say of their projects, and the summary says of volumes."""

import re
import shutil
from decimal import Decimal
from fractions import Fraction
from io import BytesIO
from pathlib import Path

import docx
import pytest
from docx.document import Document

from tests.build.trees import ROOT, run, tree
from tests.build.volumes import VOLUMES, projects_in, spoil, volume
from tests.department import department
from tests.seed import FORMS
from tests.summaries import body, cells, pdf_text, rows_of, two


def test_every_form_stands_in_a_volume_in_the_order_of_the_table_of_results(year: Path) -> None:
    for number in (1, 2, 3):
        forms = FORMS[2 * number - 2 : 2 * number]
        document = volume(year, number)
        text = body(document)
        assert text.startswith("2024年度项目支出绩效自评表\n")
        assert f"第{number}册　共3册　序号{2 * number - 1}至{2 * number}" in text
        *listed, total = rows_of(document, "序号", "实施单位", "项目名称")
        assert listed == [
            [str(2 * number - 1 + n), form.implementing_unit, form.project, *form.funds[0][1:4],
             form.funds[0][5], form.total[1], form.grade]
            for n, form in enumerate(forms)
        ]  # fmt: skip
        sums = [str(sum(Decimal(form.funds[0][n]) for form in forms)) for n in (1, 2, 3)]
        assert total[2:6] == ["本册合计（得分为平均）", *sums]
        assert projects_in(document) == [form.project for form in forms]
        properties = document.core_properties
        assert properties.title == f"2024年度项目支出绩效自评表 第{number}册"


def test_the_summary_says_that_its_forms_stand_in_volumes(year: Path) -> None:
    document = docx.Document(str(year / "build/2024/summary.docx"))
    told = "各项目的结果、有关指标和自评表按序号另装3册，各册的项目见附表。"
    assert told in body(document)
    assert projects_in(document) == []
    assert told in pdf_text(year / "build/2024")
    pages = (year / "build/2024/site/summary.html").read_text("utf-8")
    assert re.findall(r'href="[./]*(annex/[^"]+)"', pages) == VOLUMES


TABLES = {
    "the results": ("序号", "实施单位", "项目名称"),
    "what was missed": ("序号", "项目名称", "指标"),
    "what was far over": ("序号", "项目名称", "二级指标"),
    "what changed": ("序号", "项目名称", "上年执行数"),
}


def tables_of(document: Document, heads: tuple[str, ...]) -> list[list[str]]:
    """Return the rows of a document's own tables of these heads, but for those of totals."""
    tables = [table for table in document.tables if tuple(cells(table, 0)[: len(heads)]) == heads]
    rows = [cells(table, n) for table in tables for n in range(1, len(table.rows))]
    return [row for row in rows if row[0].isdigit()]


def unnumbered(rows: list[list[str]]) -> list[list[str]]:
    return [row[1:] for row in rows]


def test_volumes_say_together_what_the_tables_of_a_year_in_one_say(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    department(tmp_path / "data", projects=40, years=(2023, 2024))
    shutil.copytree(ROOT / "templates", tmp_path / "templates")
    run(tmp_path, year=2024)
    in_one = docx.Document(str(tmp_path / "build/2024/summary.docx"))
    wanted = {what: tables_of(in_one, heads) for what, heads in TABLES.items()}
    assert all(len(rows) > 2 for rows in wanted.values())
    assert "新增项目：" in body(in_one)
    monkeypatch.setattr("perfeval_docs.build.places.MOST_FORMS", 39)
    for module in ("places", "volumes"):
        monkeypatch.setattr(f"perfeval_docs.build.{module}.FORMS_OF_A_VOLUME", 7)
    assert run(tmp_path, year=2024, out=tmp_path / "apart").volumes == {"2024": 6}
    apart = tmp_path / "apart/2024"
    volumes = [docx.Document(str(apart / f"annex/00{number}.docx")) for number in range(1, 7)]
    found = {
        what: [row for each in volumes for row in tables_of(each, heads)]
        for what, heads in TABLES.items()
    }
    for what in TABLES:
        assert unnumbered(found[what]) == unnumbered(wanted[what])
    assert found["the results"] == wanted["the results"]
    # A row of the others has the number of its project, by which its form is found.
    numbers = {row[2]: row[0] for row in found["the results"]}
    for what in ("what was missed", "what was far over", "what changed"):
        assert [row[0] for row in found[what]] == [numbers[row[1]] for row in found[what]]
    summary = docx.Document(str(apart / "summary.docx"))
    assert [tables_of(summary, heads) for heads in TABLES.values()] == [[], [], [], []]
    *listed, total = rows_of(summary, "册", "序号", "项目数")
    assert [row[:3] for row in listed] == [
        [str(n), f"{7 * n - 6}至{min(7 * n, 40)}", str(min(7, 47 - 7 * n))] for n in range(1, 7)
    ]
    for column in (2, 3, 4, 5):
        assert sum(Decimal(row[column]) for row in listed) == Decimal(total[column])
    scores = [Decimal(row[7]) for row in wanted["the results"] if row[7]][:7]
    assert listed[0][7] == two(Fraction(sum(scores)) / len(scores))
    text = body(summary)
    assert f"指标共{len(wanted['what was missed'])}条，见各册。" in text
    assert "（见各册）" in text
    assert "新增和结束的项目见工作簿（summary.xlsx）的“与上年比较”表。" in text
    assert "新增项目：" not in text


def test_a_score_that_changes_is_told_in_the_list_of_its_volume(year: Path) -> None:
    spoil(year / "data/2024/01-publicity.yaml", "executed: 29.50", "executed: 29.40")
    why = run(year).why
    assert set(why["2024/annex/001.docx"]) >= {"forms"}
    rows = rows_of(volume(year, 1), "序号", "实施单位")
    results = docx.Document(str(year / "build/2024/summary.docx"))
    assert rows[0][7] != FORMS[0].total[1]
    in_summary = rows_of(results, "册", "序号", "项目数")
    assert in_summary[0][5:] == rows[-1][5:8]


def test_an_indicator_more_in_the_tables_of_a_volume_changes_no_other(year: Path) -> None:
    before = tree(year / "build/2024/annex")
    spoil(year / "data/2024/01-publicity.yaml", "actual: 30.00(场)", "actual: 12.00(场)")
    run(year)
    after = tree(year / "build/2024/annex")
    assert {name for name in after if after[name] != before[name]} == {"001.docx", "001.pdf"}
    assert len(tables_of(volume(year, 1), TABLES["what was far over"])) + 1 == len(
        tables_of(docx.Document(BytesIO(before["001.docx"])), TABLES["what was far over"])
    )


def test_tables_that_the_first_pages_do_not_print_are_told(year: Path) -> None:
    file = year / "templates/annex.docx"
    document = docx.Document(str(file))
    later = [table._tbl for table in document.tables[1:]]
    for each in (*later, *(paragraph._p for paragraph in document.paragraphs[5:])):
        document.element.body.remove(each)
    document.save(str(file))
    (note,) = run(year).notes
    assert str(note).endswith("templates/annex.docx does not print: far_over")
