"""Workbooks whose rows were copied, sorted, numbered anew or taken out: nothing goes astray."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from perfeval_docs.carried import CarriedError
from perfeval_docs.merging import update_from_workbook
from perfeval_docs.merging.places import found_again
from tests.merging.test_workbook import DATA, WANTED, changes, edited, lines, merged

EVERY = "全部指标"
ONE = {"01-publicity": ["-        actual: 24.00(篇)", "+        actual: 26.00(篇)"]}


def rewritten(sheet: Worksheet, rows: list[list[Any]]) -> None:
    """Write rows below the head, numbered anew."""
    for number, row in enumerate(rows, 4):
        for column, value in enumerate([number - 3, *row[1:]], 1):
            sheet.cell(number, column).value = value


def rows_of(sheet: Worksheet, last: int) -> list[list[Any]]:
    return [[cell.value for cell in row] for row in sheet.iter_rows(4, last)]


def test_a_row_that_was_copied_leaves_the_one_that_it_was_copied_from(six: Path) -> None:
    def change(book: Workbook) -> None:
        rows = rows_of(book[EVERY], 90)
        copy = [*rows[3][:5], "新的指标", *rows[3][6:]]
        for number, row in enumerate([*rows[:4], copy, *rows[4:]], 4):
            for column, value in enumerate(row, 1):
                book[EVERY].cell(number, column).value = value

    found = merged(edited(six, change))
    assert lines(found) == {}
    assert [each.text for each in found.unplaced] == ["新的指标"]


@pytest.mark.parametrize("gone", [0, 1])
def test_rows_that_were_numbered_anew_are_known_by_their_names(six: Path, gone: int) -> None:
    def change(book: Workbook) -> None:
        changes(book)
        rewritten(book[EVERY], rows_of(book[EVERY], 90)[::-1][gone:])

    assert lines(merged(edited(six, change))) == WANTED


def test_a_new_name_is_not_taken_where_numbers_are_wrong(six: Path) -> None:
    def change(book: Workbook) -> None:
        rows = rows_of(book[EVERY], 90)
        rows[7][5] = "改了的名称"
        rewritten(book[EVERY], rows[1:])

    found = merged(edited(six, change))
    assert lines(found) == {}
    assert [each.text for each in found.unplaced] == ["改了的名称"]


def test_results_that_were_numbered_anew_stay_with_their_projects(six: Path) -> None:
    def change(book: Workbook) -> None:
        changes(book)
        book["汇总表"]["C5"] = "科技资源共享体系建设和创新资源发展研究"
        rewritten(book["汇总表"], rows_of(book["汇总表"], 9)[::-1])

    wanted = {name: each for name, each in WANTED.items() if not name.startswith("02")}
    assert lines(merged(edited(six, change))) == wanted


def test_a_row_that_changed_its_levels_is_moved(six: Path) -> None:
    def change(book: Workbook) -> None:
        book[EVERY]["D4"], book[EVERY]["E4"] = "效益指标", "社会效益指标"

    after = merged(edited(six, change)).updated[0].after or ""
    assert after.index("indicator: 媒体专版报道量") > after.index("  效益指标:")


def renamed_sheet(book: Workbook) -> None:
    book[EVERY]["H4"] = "26.00(篇)"
    book[EVERY].title = "明细"


def sheet_without_numbers(book: Workbook) -> None:
    book[EVERY]["H4"] = "26.00(篇)"
    book[EVERY].delete_cols(1)


def head_of_numbers(book: Workbook) -> None:
    book[EVERY]["H4"] = "26.00(篇)"
    book[EVERY]["A3"] = "编号"


def head_of_a_column(book: Workbook) -> None:
    book[EVERY]["H4"] = "26.00(篇)"
    book[EVERY]["J3"] = "权重"


def head_of_units(book: Workbook) -> None:
    book[EVERY]["H4"] = "26.00(篇)"
    book[EVERY]["B3"] = "单位"


@pytest.mark.parametrize(
    ("change", "wanted", "unplaced"),
    [
        (renamed_sheet, ONE, []),
        (sheet_without_numbers, ONE, []),
        (head_of_numbers, ONE, ["编号"]),
        (head_of_a_column, ONE, ["权重"]),
        (head_of_units, {}, ["2024年度绩效指标完成情况明细表"]),
    ],
)
def test_sheets_and_heads_may_be_renamed_and_what_is_not_read_is_told(
    six: Path, change: Callable[[Workbook], None], wanted: object, unplaced: list[str]
) -> None:
    found = merged(edited(six, change))
    assert lines(found) == wanted
    assert [each.text for each in found.unplaced] == unplaced


def test_results_on_a_renamed_sheet_and_on_a_copy_are_read(six: Path) -> None:
    def change(book: Workbook) -> None:
        book["汇总表"]["F4"] = 29
        copy = book.copy_worksheet(book["汇总表"])
        copy["F4"] = 28
        book["汇总表"].title = "结果"

    found = merged(edited(six, change))
    assert lines(found) == {"01-publicity": ["-    executed: 29.50", "+    executed: 29.00"]}
    assert [each.text for each in found.updated[0].unplaced] == ["28.00"]


def test_a_record_that_is_gone_keeps_no_other_from_its_changes(six: Path) -> None:
    def read(name: str) -> bytes:
        path = DATA / name
        return path.read_bytes() if path.is_file() and name[5:7] not in ("02", "03") else b""

    found = update_from_workbook(edited(six, changes), "x.xlsx", DATA, read)
    assert lines(found) == {name: each for name, each in WANTED.items() if name[:2] != "02"}
    (missing,) = found.missing
    assert "02-resource-sharing.yaml, which is not in data" in str(missing)


def test_a_record_that_is_carried_twice_is_refused(six: Path) -> None:
    def change(book: Workbook) -> None:
        for column in range(1, 5):
            book["perfeval"].cell(2, column).value = book["perfeval"].cell(1, column).value

    with pytest.raises(CarriedError, match="twice"):
        merged(edited(six, change))


A, B, C = ("甲",), ("乙",), ("丙",)


@pytest.mark.parametrize(
    ("rows", "wanted"),
    [
        ([(1, A), (2, B), (3, C)], [0, 1, 2]),
        ([(3, A), (2, B), (1, C)], [0, 1, 2]),
        ([(1, A), (2, ("新",)), (3, C)], [0, 1, 2]),
        ([(1, A), (1, ("新",)), (2, B)], [0, None, 1]),
        ([(1, B), (2, B), (3, C)], [0, 1, 2]),
        ([(1, B), (2, ("新",))], [1, None]),
        ([(None, C), (None, ("新",))], [2, None]),
        ([(0, ("新",)), (9, ("新",))], [None, None]),
    ],
)
def test_a_row_is_known_by_its_names_then_by_its_number(
    rows: list[tuple[int | None, tuple[str, ...]]], wanted: list[int | None]
) -> None:
    assert found_again(rows, [A, B, C], numbered=True) == wanted


def test_rows_of_the_same_names_are_known_by_their_numbers_alone() -> None:
    assert found_again([(2, A), (1, A)], [A, A], numbered=True) == [1, 0]
    assert found_again([(2, A), (1, A)], [A, A], numbered=False) == [None, None]


def long_text(book: Workbook, rows: list[tuple[str, str, int, str]]) -> None:
    """Write a text that goes on over the rows of the sheet of long texts."""
    sheet = book.create_sheet("长文本", 9)
    for number, row in enumerate([("题",), ("注",), ("工作表", "单元格", "段", "内容"), *rows], 1):
        for column, value in enumerate(row, 1):
            sheet.cell(number, column).value = value
    book[EVERY]["M4"] = "一、人手……（全文见“长文本”第4行）"


PARTS = [(EVERY, "M4", number, text) for number, text in enumerate(("一、人手", "不足", "。"), 1)]


def test_a_long_text_is_put_together(six: Path) -> None:
    found = merged(edited(six, lambda book: long_text(book, PARTS)))
    assert lines(found) == {"01-publicity": ["+        deviation_reason: 一、人手不足。"]}


@pytest.mark.parametrize("order", [[0, 2, 1], [0, 2], [1, 2], [2, 1, 0]])
def test_a_long_text_whose_parts_are_not_in_order_is_told(six: Path, order: list[int]) -> None:
    found = merged(edited(six, lambda book: long_text(book, [PARTS[each] for each in order])))
    assert lines(found) == {}
    assert [each.text[:4] for each in found.unplaced] == ["一、人手"]


def test_numbers_and_dates_are_taken_as_they_are_shown(six: Path) -> None:
    def change(book: Workbook) -> None:
        sheet = book[EVERY]
        sheet["H4"], sheet["H5"], sheet["H6"] = 24, date(2024, 5, 1), 0.955
        sheet["H6"].number_format = "0.0%"

    (come,) = (
        [line.split("actual: ")[1] for line in each if line.startswith("+")]
        for each in lines(merged(edited(six, change))).values()
    )
    assert come == ["24", "2024-05-01", "95.5%"]


def test_a_formula_is_no_figure(six: Path) -> None:
    def change(book: Workbook) -> None:
        book[EVERY]["J5"], book["汇总表"]["F4"] = "=2+3", "=28+1"

    found = merged(edited(six, change))
    assert lines(found) == {}
    assert [each.after for each in found.updated[0].unclear] == ["=28+1", "=2+3"]


def test_signs_that_no_record_may_hold_are_taken_as_they_are_seen(six: Path) -> None:
    def change(book: Workbook) -> None:
        sheet = book[EVERY]
        sheet["H4"], sheet["H5"] = "26.00_x000D_\n(篇)\u200b", "_x001B_[31m3(部)"
        sheet["F91"], sheet["A91"] = "_x001B_[2J", 400

    found = merged(edited(six, change))
    come = [each for each in lines(found)["01-publicity"] if each.startswith("+")]
    assert come == ["+        actual: 26.00(篇)"]
    assert [each.after for each in found.updated[0].unclear] == ["\ufffd[31m3(部)"]
    assert [each.text for each in found.unplaced] == ["\ufffd[2J"]
