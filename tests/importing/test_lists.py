"""A list of projects beside the forms of a file makes no record, whatever its heads are called."""

import re
from pathlib import Path

import pytest

from perfeval_docs.importing import Imported, import_forms
from tests.importing.foreign import HEAD, KINDS, LAYOUTS, C, Grid, Row
from tests.importing.meaning import RECORDS, imported

RESULTS: Grid = (
    (
        C("序号"),
        C("项目名称"),
        C("年初预算数"),
        C("全年预算数"),
        C("全年执行数"),
        C("得分", wide=3),
    ),
    (C("1"), C("河道清淤"), C("80.00"), C("90.00"), C("85.50"), C("96.5", wide=3)),
    (C(""), C("合计"), C("80.00"), C("90.00"), C("85.50"), C("96.5", wide=3)),
)
MISSED: Grid = (
    (
        C("编号"),
        C("项目名称"),
        C("二级指标"),
        C("指标内容"),
        C("年度指标值"),
        C("实际完成值", wide=3),
    ),
    (C("1"), C("河道清淤"), C("数量指标"), C("清淤长度"), C("≥12公里"), C("9公里", wide=3)),
)
GRADES: Grid = (
    (C("等级"), C("项目数"), C("占比"), C("全年预算数"), C("全年执行数", wide=4)),
    (C("优"), C("1"), C("100"), C("90.00"), C("85.50", wide=4)),
    (C("合计"), C("1"), C("100"), C("90.00"), C("85.50", wide=4)),
)


FORM = LAYOUTS["national"]


def brought(grid: Grid, kind: str) -> tuple[Imported, ...]:
    return import_forms(KINDS[kind](grid), f"x.{kind}", profile="shanghai", names="zh")


def placeless(form: Imported) -> str:
    return re.sub(" #.*", "", form.text)


@pytest.mark.parametrize("kind", ["docx", "pdf"])
def test_a_summary_gives_the_records_of_its_forms_and_no_other(six: Path, kind: str) -> None:
    forms = imported(six / f"summary.{kind}")
    assert len(forms) == len(RECORDS)
    for form, record in zip(forms, RECORDS, strict=True):
        assert f"project: {form.project}\n" in record.read_text("utf-8").replace('"', "")
    told = [text.text for form in forms for text in form.unplaced]
    assert not {"序号", "项目名称", "合计"} & {*told}


@pytest.mark.parametrize("kind", sorted(KINDS))
@pytest.mark.parametrize("before", [RESULTS, MISSED, GRADES], ids=["results", "missed", "grades"])
def test_a_list_before_a_form_is_not_of_it(before: Grid, kind: str) -> None:
    (form,) = brought((*before, *FORM), kind)
    (alone,) = brought(FORM, kind)
    assert placeless(form) == placeless(alone)
    assert len(form.unplaced) == len(alone.unplaced)


@pytest.mark.parametrize("after", [RESULTS, MISSED], ids=["results", "missed"])
def test_a_list_behind_a_form_is_told_cell_by_cell(after: Grid) -> None:
    (form,) = brought((*FORM, *after), "xlsx")
    (alone,) = brought(FORM, "xlsx")
    assert placeless(form) == placeless(alone)
    assert {cell.text for row in after for cell in row if cell.text} <= {
        found.text for found in form.unplaced
    }


@pytest.mark.parametrize("grid", [RESULTS, MISSED, GRADES], ids=["results", "missed", "grades"])
def test_a_list_alone_is_no_form(grid: Grid) -> None:
    assert brought(grid, "docx") == ()


@pytest.mark.parametrize(
    "head",
    [
        (C("项目名称"), C("河道清淤"), C("编号"), C("001", wide=5)),
        (C("序号"), C("1"), C("项目名称"), C("河道清淤", wide=5)),
        (C("编号"), C(""), C("项目名称"), C("河道清淤"), C("主管部门"), C("水务局", wide=3)),
    ],
    ids=["behind", "before", "blank"],
)
@pytest.mark.parametrize("kind", ["html", "xlsx", "docx"])
def test_a_form_may_have_a_number_of_its_own(head: Row, kind: str) -> None:
    (form,) = brought((head, *FORM[2:]), kind)
    assert form.project == "河道清淤"


def test_rows_of_a_form_may_be_numbered() -> None:
    funds: Grid = (
        (C("序号"), C("项目资金"), C("年初预算数"), C("全年预算数"), C("全年执行数"), C("得分")),
        (C("1"), C("年度资金总额"), C("80.00"), C("90.00"), C("85.50"), C("9.5")),
        (C("序号"), C("一级指标"), C("二级指标"), C("三级指标"), C("年度指标值"), C("实际完成值"),
         C("分值"), C("得分")),
        (C("1"), C("产出指标"), C("数量指标"), C("清淤长度"), C("≥12公里"), C("12公里"), C("20"),
         C("20")),
    )  # fmt: skip
    (form,) = brought((*HEAD, *funds), "xlsx")
    assert "全年执行数: 85.50" in form.text
    assert "三级指标: 清淤长度" in form.text
