"""The sheets of a year: which there are, what their rows say, and how their totals come about."""

from collections.abc import Sequence
from decimal import Decimal

import pytest

from perfeval_docs.diagnostic import Diagnostic, Severity, Span, msg
from perfeval_docs.i18n import translator
from perfeval_docs.record import Record
from perfeval_docs.scoring import assess
from perfeval_docs.summary import ProjectResult, compare, summarise
from perfeval_docs.view.workbook import (
    Average,
    ColumnView,
    Ratio,
    Same,
    SheetView,
    Sum,
    TotalView,
    WorkbookView,
    compose_workbook,
)
from tests.summary.years import MET, SHANGHAI, Written, project

FOUND = Diagnostic(
    code="PE317",
    name="far-over-target",
    severity=Severity.WARNING,
    span=Span("data/2024/01.yaml", 25, 9, 25, 20),
    message=msg("{text} is not a figure", text="=1"),
    help=msg("lower them"),
    basis="seen in published forms",
)


def workbook(
    *projects: ProjectResult,
    before: Sequence[ProjectResult] | None = None,
    findings: Sequence[Diagnostic] = (),
    lang: str = "zh",
) -> WorkbookView:
    summary = summarise(2024, projects, SHANGHAI)
    change = None if before is None else compare(summary, summarise(2023, before, SHANGHAI))
    return compose_workbook(summary, change, findings, SHANGHAI, translator(lang))


def read(written: object) -> ProjectResult:
    record = Record.model_validate(written)
    return ProjectResult(stem="r", record=record, assessment=assess(record, SHANGHAI))


def named(view: WorkbookView, name: str) -> SheetView:
    (found,) = (each for each in view.sheets if each.name == name)
    return found


def totals(sheet: SheetView) -> list[list[object]]:
    """Return the lines of totals, each total as its value."""
    return [[e.value if isinstance(e, TotalView) else e for e in line] for line in sheet.totals]


def hows(sheet: SheetView, line: int = 0) -> list[object]:
    return [each.how for each in sheet.totals[line] if isinstance(each, TotalView)]


def test_a_year_of_one_unit_has_these_sheets() -> None:
    assert [each.name for each in workbook(project()).sheets] == [
        "汇总表", "等级分布", "执行率分布", "一级指标完成情况", "二级指标完成情况", "全部指标",
        "未完成和扣分指标", "远超目标指标", "检查发现",
    ]  # fmt: skip


def test_several_units_and_a_year_before_add_a_sheet_each() -> None:
    names = [each.name for each in workbook(project(), project("乙", "馆"), before=()).sheets]
    assert names[1] == "单位汇总"
    assert names[-2] == "与上年比较"
    assert len(names) == 11


def test_the_names_of_sheets_are_such_as_excel_takes() -> None:
    names = [each.name for each in workbook(project(), project("乙", "馆"), before=()).sheets]
    assert len({name.casefold() for name in names}) == len(names)
    for name in names:
        assert 0 < len(name) <= 31
        assert not set(name) & set("[]:*?/\\'")


def test_each_row_has_a_cell_for_each_column() -> None:
    columns = (ColumnView(label="名称", width=9, kind="word"),)
    with pytest.raises(ValueError, match="1 columns and 2 cells"):
        SheetView(name="表", title="", note="", columns=columns, rows=(("甲", 1),))
    with pytest.raises(ValueError, match="1 columns and 0 cells"):
        SheetView(name="表", title="", note="", columns=columns, rows=(), totals=((),))


def test_results_say_of_each_project_what_its_form_prints() -> None:
    sheet = named(
        workbook(
            project("甲", money=("30.00", "29.60", "29.50")),
            project(
                "乙",
                money=("5.00", "70.40", "0.00"),
                declared_total_score="60",
                declared_grade="中",
            ),
        ),
        "汇总表",
    )
    assert [each.label for each in sheet.columns] == [
        "序号", "实施单位", "项目名称", "年初预算数", "全年预算数", "全年执行数", "执行率(%)",
        "得分", "等级",
    ]  # fmt: skip
    assert (sheet.title, sheet.note) == ("2024年度项目支出绩效自评结果汇总表", "金额单位：万元")
    assert [[str(cell) for cell in row] for row in sheet.rows] == [
        ["1", "中心", "甲", "30.00", "29.60", "29.50", "99.66", "99.97", "优"],
        ["2", "中心", "乙", "5.00", "70.40", "0.00", "0.00", "60", "中"],
    ]
    assert [[str(cell or "") for cell in line] for line in totals(sheet)] == [
        ["", "", "合计", "35.00", "100.00", "29.50", "29.50", "", ""],
        ["", "", "平均得分（简单平均）", "", "", "", "", "79.99", ""],
        ["", "", "平均得分（按全年预算数加权）", "", "", "", "", "71.83", ""],
    ]
    assert hows(sheet) == [Sum(places=2)] * 3 + [Ratio(part=5, whole=4, rounding="down")]
    assert hows(sheet, 1) + hows(sheet, 2) == [Average(), Average(weight=4)]


def test_units_count_their_grades_and_the_averages_below_are_those_of_the_results() -> None:
    sheet = named(
        workbook(
            project("甲", "馆", declared_total_score="80"),
            project("乙", "中心", declared_grade="中", money=("300.00", "300.00", "150.00")),
            project("丙", "馆"),
        ),
        "单位汇总",
    )
    assert [each.label for each in sheet.columns][6:] == [
        "简单平均\n得分", "加权平均得分\n（按全年预算数）",
        "优", "良", "合格", "不合格", "中",
    ]  # fmt: skip
    assert [[str(cell) for cell in row] for row in sheet.rows] == [
        ["馆", "2", "200.00", "200.00", "200.00", "100.00", "90.00", "90.00", *"11000"],
        ["中心", "1", "300.00", "300.00", "150.00", "50.00", "95.00", "95.00", *"00001"],
    ]
    (line,) = totals(sheet)
    assert [str(each) for each in line] == [
        "合计", "3", "500.00", "500.00", "350.00", "70.00", "91.67", "93.00", *"11001"
    ]  # fmt: skip
    assert [each for each in hows(sheet) if isinstance(each, Same)] == [
        Same(sheet="汇总表", line=1, column=7), Same(sheet="汇总表", line=2, column=7)
    ]  # fmt: skip


def test_grades_and_rates_are_counted_with_their_shares_and_money() -> None:
    view = workbook(project(), project("乙", money=("200.00", "200.00", "100.00")), project("丙"))
    grades, rates = named(view, "等级分布"), named(view, "执行率分布")
    assert [[str(cell) for cell in row[:5]] for row in grades.rows] == [
        ["优", "3", "100.00", "400.00", "400.00"],
        ["良", "0", "0.00", "0.00", "0.00"],
        ["合格", "0", "0.00", "0.00", "0.00"],
        ["不合格", "0", "0.00", "0.00", "0.00"],
    ]
    assert [[str(cell) for cell in (row[0], row[1], row[2], row[6])] for row in rates.rows] == [
        ["30%以下", "0", "0.00", "None"],
        ["30%（含）至60%", "1", "33.33", "50.00"],
        ["60%（含）至80%", "0", "0.00", "None"],
        ["80%（含）至100%", "0", "0.00", "None"],
        ["100%", "2", "66.67", "100.00"],
    ]
    for sheet in (grades, rates):
        (line,) = totals(sheet)
        assert [str(each) for each in line] == [
            "合计", "3", "100.00", "400.00", "400.00", "300.00", "75.00"
        ]  # fmt: skip


INDICATORS: list[Written] = [
    MET,
    ("产出指标", "质量指标", "≥90(%)", "60(%)", "9", None),
    ("产出指标", "质量指标", "≥10(场)", "13(场)", "1", None),
    ("效益指标", "社会效益", "及时", "部分达成", "8", "6"),
    ("效益指标", "社会效益", "及时", "一般", "2", "1.5"),
]


def test_levels_are_counted_and_completion_is_met_of_set() -> None:
    view = workbook(project(indicators=INDICATORS))
    one, two = named(view, "一级指标完成情况"), named(view, "二级指标完成情况")
    assert [[str(cell) for cell in row] for row in one.rows] == [
        ["产出指标", *"32010", "66.67", "100", "97.00"],
        ["效益指标", *"20101", "0.00", "10", "7.5"],
    ]
    assert [[str(cell) for cell in row] for row in two.rows] == [
        ["产出指标", "数量指标", *"11000", "100.00", "90", "90.00"],
        ["产出指标", "质量指标", *"21010", "50.00", "10", "7.00"],
        ["效益指标", "社会效益", *"20101", "0.00", "10", "7.5"],
    ]
    for sheet, labels in ((one, ["合计"]), (two, ["合计", "None"])):
        (line,) = totals(sheet)
        assert [str(each) for each in line] == [*labels, *"52111", "40.00", "110", "104.50"]
    assert hows(two)[5] == Ratio(part=3, whole=2, rounding="half_up")


def test_all_indicators_stand_in_one_table_and_the_lists_are_its_rows() -> None:
    view = workbook(project(indicators=INDICATORS), project("乙"))
    every = named(view, "全部指标")
    assert [[str(cell) for cell in row[2:12]] for row in every.rows] == [
        [
            "科普",
            "产出指标",
            "数量指标",
            "指标1",
            "≥10(场)",
            "10(场)",
            "100.00",
            "90",
            "90.00",
            "达成",
        ],
        [
            "科普",
            "产出指标",
            "质量指标",
            "指标2",
            "≥90(%)",
            "60(%)",
            "66.66",
            "9",
            "6.00",
            "未达成",
        ],
        [
            "科普",
            "产出指标",
            "质量指标",
            "指标3",
            "≥10(场)",
            "13(场)",
            "130.00",
            "1",
            "1.00",
            "达成",
        ],
        ["科普", "效益指标", "社会效益", "指标4", "及时", "部分达成", "None", "8", "6", "部分达成"],
        ["科普", "效益指标", "社会效益", "指标5", "及时", "一般", "None", "2", "1.5", "未判定"],
        [
            "乙",
            "产出指标",
            "数量指标",
            "指标1",
            "≥10(场)",
            "10(场)",
            "100.00",
            "90",
            "90.00",
            "达成",
        ],
    ]
    assert [row[0] for row in every.rows] == [1, 2, 3, 4, 5, 6]
    assert every.note == "共6条"
    missed, far = named(view, "未完成和扣分指标"), named(view, "远超目标指标")
    assert [row[1:] for row in missed.rows] == [every.rows[n][1:] for n in (1, 3, 4)]
    assert [row[1:] for row in far.rows] == [every.rows[2][1:]]
    assert far.title == "2024年度完成率130%及以上的绩效指标表"
    assert [row[0] for row in missed.rows] == [1, 2, 3]


def test_reasons_and_measures_are_paragraphs_of_a_cell() -> None:
    written = project().record.model_dump()
    (indicator,) = written["indicators"]["产出指标"]["数量指标"]
    indicator |= {"deviation_reason": "天气\n\n  场地 ", "improvement": "早作安排\n\n留有余地"}
    row = named(workbook(read(written)), "全部指标").rows[0]
    assert row[12:] == ("天气\n场地", "早作安排\n留有余地")


def test_a_rate_that_the_unit_declared_is_shown_as_its_form_prints_it() -> None:
    written = project(money=("3.00", "3.00", "1.00")).record.model_dump()
    written["funds"]["declared_total"] = {
        **written["funds"]["appropriation"], "declared_execution_rate": "33.34",
    }  # fmt: skip
    sheet = named(workbook(read(written)), "汇总表")
    assert str(sheet.rows[0][6]) == "33.34"
    assert str(totals(sheet)[0][6]) == "33.33"


def test_a_year_is_held_against_the_one_before() -> None:
    before = [
        project("甲", money=("1.00", "100.00", "50.00"), declared_total_score="90"),
        project("丙", money=("1.00", "20.00", "10.00"), declared_total_score="70"),
    ]
    now = [project("乙", money=("1.00", "30.00", "30.00")), project("甲")]
    sheet = named(workbook(*now, before=before), "与上年比较")
    assert [each.label for each in sheet.columns][4:14] == [
        "2023年\n全年预算数", "2024年\n全年预算数", "预算数增减",
        "2023年\n全年执行数", "2024年\n全年执行数", "2023年\n执行率(%)", "2024年\n执行率(%)",
        "2023年\n得分", "2024年\n得分", "得分增减",
    ]  # fmt: skip
    assert [[str(cell) for cell in row] for row in sheet.rows] == [
        ["1", "延续", "中心", "甲", "100.00", "100.00", "0.00", "50.00", "100.00", "50.00",
         "100.00", "90", "100.00", "10.00", "优", "优"],
        ["2", "新增", "中心", "乙", "None", "30.00", "30.00", "None", "30.00", "None",
         "100.00", "None", "100.00", "None", "", "优"],
        ["3", "结束", "中心", "丙", "20.00", "None", "-20.00", "10.00", "None", "50.00",
         "None", "70", "None", "None", "合格", ""],
    ]  # fmt: skip
    sums, averages = totals(sheet)
    assert [str(each) for each in sums[3:11]] == [
        "合计", "120.00", "130.00", "10.00", "60.00", "130.00", "50.00", "100.00"
    ]  # fmt: skip
    assert [str(each) for each in averages[11:14]] == ["80.00", "100.00", "None"]
    assert [h for h in hows(sheet) if isinstance(h, Ratio)] == [
        Ratio(part=7, whole=4, rounding="down"), Ratio(part=8, whole=5, rounding="down")
    ]  # fmt: skip


def test_findings_are_translated_and_stand_at_their_places() -> None:
    chinese = named(workbook(project(), findings=[FOUND]), "检查发现")
    assert chinese.rows[0][:6] == ("data/2024/01.yaml", 25, 9, "警告", "PE317", "far-over-target")
    assert "=1" in str(chinese.rows[0][6])
    english = named(workbook(project(), findings=[FOUND], lang="en"), "检查发现")
    assert english.rows[0][3:] == (
        "warning", "PE317", "far-over-target", "=1 is not a figure", "lower them",
        "seen in published forms",
    )  # fmt: skip
    assert all(a != b for a, b in zip(chinese.rows[0][6:], english.rows[0][6:], strict=True))


def test_amounts_and_rates_have_the_decimals_of_the_profile() -> None:
    decree = SHANGHAI.money_places.model_copy(update={"value": 1})
    profile = SHANGHAI.model_copy(update={"money_places": decree})
    summary = summarise(2024, [project(money=("1.00", "3.00", "2.99"))], profile)
    sheet = named(compose_workbook(summary, None, (), profile, str), "汇总表")
    assert [each.places for each in sheet.columns[3:8]] == [1, 1, 1, 2, 2]
    assert sheet.rows[0][5] == Decimal("2.99")
