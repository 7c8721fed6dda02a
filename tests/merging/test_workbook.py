"""The workbook of a year that others edited, sorted and saved: what its records take over."""

import io
import shutil
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from openpyxl.comments import Comment
from openpyxl.workbook import Workbook

from perfeval_docs.carried import CarriedError
from perfeval_docs.merging import FromWorkbook, update_from_workbook
from tests.importing.conftest import converted
from tests.merging.test_word import changed_lines
from tests.summaries import built

DATA = Path("data")


def merged(data: bytes) -> FromWorkbook:
    def read(name: str) -> bytes:
        return (DATA / name).read_bytes() if (DATA / name).is_file() else b""

    return update_from_workbook(data, "summary.xlsx", DATA, read)


def edited(six: Path, change: Callable[[Workbook], None]) -> bytes:
    book = openpyxl.load_workbook(six / "summary.xlsx")
    change(book)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def lines(found: FromWorkbook) -> dict[str, list[str]]:
    told = {each.name: changed_lines(each) for each in found.updated}
    return {Path(name).stem: each for name, each in told.items() if each}


def test_a_workbook_that_nobody_changed_changes_nothing(six: Path) -> None:
    found = merged((six / "summary.xlsx").read_bytes())
    assert (found.updated, found.unplaced, found.missing) == ((), (), ())


def test_one_of_forms_without_a_grade_that_nobody_changed_changes_nothing(tmp_path: Path) -> None:
    shutil.copytree(DATA, tmp_path / "data")
    shared = tmp_path / "data/perfeval.yaml"
    shared.write_text(shared.read_text("utf-8").replace("shanghai", "national"), "utf-8")
    # A record may have the other ending, too.
    (tmp_path / "data/2024/01-publicity.yaml").rename(tmp_path / "data/2024/01-publicity.yml")
    assert built(tmp_path).years == ("2024",)

    def read(name: str) -> bytes:
        path = tmp_path / "data" / name
        return path.read_bytes() if path.is_file() else b""

    data = (tmp_path / "build/2024/summary.xlsx").read_bytes()
    found = update_from_workbook(data, "summary.xlsx", tmp_path / "data", read)
    assert (found.updated, found.unplaced, found.missing) == ((), (), ())
    book = openpyxl.load_workbook(io.BytesIO(data))
    assert book["汇总表"]["I4"].value == "优"
    book["汇总表"]["I4"] = "良"
    book.save(tmp_path / "x.xlsx")
    data = (tmp_path / "x.xlsx").read_bytes()
    found = update_from_workbook(data, "summary.xlsx", tmp_path / "data", read)
    assert [each.name for each in found.updated] == ["2024/01-publicity.yml"]
    assert changed_lines(found.updated[0]) == ["+", "+declared_grade: 良"]


def changes(book: Workbook) -> None:
    every, results, over = (book[name] for name in ("全部指标", "汇总表", "远超目标指标"))
    every["H4"] = "26.00(篇)"
    every["M5"] = "因故\n延期"
    every["K6"] = 9.5
    results["C5"] = "改名的项目"
    results["F4"] = 29
    results["H7"] = 97
    over["N5"] = "加强预算"


WANTED = {
    "01-publicity": [
        "-    executed: 29.50", "-        actual: 24.00(篇)",
        "+    executed: 29.00", "+        actual: 26.00(篇)", "+        deviation_reason: |",
        "+          因故", "+          延期", "+        declared_score: 9.50",
        "+        improvement: 加强预算",
    ],
    "02-resource-sharing": [
        "-project: 科技资源共享体系建设和创新资源发展研究", "+project: 改名的项目",
    ],
    "04-network-operation": ["+", "+declared_total_score: 97.00"],
}  # fmt: skip


def test_what_was_typed_into_its_sheets_comes_back(six: Path) -> None:
    found = merged(edited(six, changes))
    assert lines(found) == WANTED
    assert found.unplaced == ()


@pytest.mark.debian
def test_it_comes_back_through_libreoffice(six: Path, tmp_path: Path) -> None:
    (tmp_path / "x.xlsx").write_bytes(edited(six, changes))
    converted([tmp_path / "x.xlsx"], "xlsx", tmp_path / "saved")
    found = merged((tmp_path / "saved/x.xlsx").read_bytes())
    assert lines(found) == WANTED
    assert found.unplaced == ()


def test_rows_may_be_sorted_and_rows_that_went_are_no_change(six: Path) -> None:
    def change(book: Workbook) -> None:
        changes(book)
        sheet = book["全部指标"]
        rows = [[cell.value for cell in row] for row in sheet.iter_rows(4, 90)]
        for number, row in enumerate(reversed(rows), 4):
            for column, value in enumerate(row, 1):
                sheet.cell(number, column).value = value
        sheet.delete_rows(30, 3)

    found = merged(edited(six, change))
    assert lines(found) == WANTED


def test_rows_that_were_numbered_anew_are_known_by_their_names(six: Path) -> None:
    def change(book: Workbook) -> None:
        changes(book)
        for name, last in (("全部指标", 90), ("汇总表", 9)):
            rows = [[cell.value for cell in row] for row in book[name].iter_rows(4, last)]
            for number, row in enumerate(reversed(rows), 4):
                for column, value in enumerate((number - 3, *row[1:]), 1):
                    book[name].cell(number, column).value = value

    found = merged(edited(six, change))
    # A project that was renamed and numbered anew is known by nothing.
    assert lines(found) == {key: each for key, each in WANTED.items() if key[:2] != "02"}
    assert "改名的项目" in [each.text for each in found.unplaced]


def test_a_row_that_was_put_between_is_listed_whatever_its_number(six: Path) -> None:
    def change(book: Workbook) -> None:
        sheet = book["全部指标"]
        sheet.insert_rows(6)
        for column, value in enumerate((3, *(cell.value for cell in sheet[5][1:])), 1):
            sheet.cell(6, column).value = value
        sheet["F6"] = "新增的指标"
        for number in range(7, 92):
            sheet.cell(number, 1).value = number - 3

    found = merged(edited(six, change))
    assert lines(found) == {}
    assert [each.text for each in found.unplaced] == ["新增的指标"]


@pytest.mark.parametrize(("cell", "text"), [("J4", "五"), ("K4", "5分")])
def test_what_is_no_figure_is_left_where_one_belongs(six: Path, cell: str, text: str) -> None:
    def change(book: Workbook) -> None:
        book["全部指标"][cell] = text
        book["汇总表"]["F4"] = "待定"

    found = merged(edited(six, change))
    assert lines(found) == {}
    assert [each.after for each in found.updated[0].unclear] == ["待定", text]


def test_what_belongs_nowhere_and_what_two_sheets_say_otherwise_is_told(six: Path) -> None:
    def change(book: Workbook) -> None:
        every = book["全部指标"]
        every["B4"] = "别的单位"
        every["F91"], every["G91"] = "没有序号的指标", "≥1(个)"
        every["A92"], every["F92"] = 500, "序号太大的指标"
        every["M6"] = "一个原因"
        book["远超目标指标"]["M4"] = "另一个原因"

    found = merged(edited(six, change))
    assert [each.text for each in found.unplaced] == ["没有序号的指标", "序号太大的指标"]
    first = found.updated[0]
    assert [each.text for each in first.unplaced] == ["别的单位", "另一个原因"]
    assert lines(found) == {"01-publicity": ["+        deviation_reason: 一个原因"]}


def test_a_column_that_is_not_ours_is_told_by_its_head(six: Path) -> None:
    def change(book: Workbook) -> None:
        book["全部指标"]["H3"] = "完成值"
        book["汇总表"]["K3"], book["汇总表"]["K4"] = "备注", "请核对"

    assert [each.text for each in merged(edited(six, change)).unplaced] == ["备注", "完成值"]


def test_a_note_of_a_reviewer_is_told(six: Path) -> None:
    def change(book: Workbook) -> None:
        book["全部指标"]["H4"].comment = Comment("请核实", "审核人")

    found = merged(edited(six, change))
    assert [(each.place.sheet, each.text) for each in found.unplaced] == [("批注", "请核实")]


def test_a_workbook_without_its_records_is_refused(six: Path) -> None:
    def change(book: Workbook) -> None:
        del book["perfeval"]

    with pytest.raises(CarriedError, match="carries no record"):
        merged(edited(six, change))


def test_a_carried_record_that_is_not_ours_is_refused(six: Path) -> None:
    def change(book: Workbook) -> None:
        book["perfeval"]["A2"] = "<carried/>"

    with pytest.raises(CarriedError):
        merged(edited(six, change))
