"""The workbook of a year that others edited, sorted and saved: what its records take over."""

import io
import subprocess
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from openpyxl.workbook import Workbook

from perfeval_docs.carried import CarriedError
from perfeval_docs.importing import read_sheets
from perfeval_docs.merging import FromWorkbook, update_from_workbook
from tests.editing.layouts import RECORDS
from tests.merging.test_word import changed_lines

DATA = Path("data")


def merged(data: bytes) -> FromWorkbook:
    def read(name: str) -> bytes:
        return (DATA / name).read_bytes() if (DATA / name).is_file() else b""

    return update_from_workbook(read_sheets(data, "summary.xlsx"), "summary.xlsx", DATA, read)


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
    assert [each.name for each in found.updated] == [f"2024/{path.name}" for path in RECORDS]
    assert lines(found) == {}
    assert [each for one in found.updated for each in (*one.conflicts, *one.unplaced)] == []
    assert found.unplaced == ()


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
    subprocess.run(
        ["soffice", f"-env:UserInstallation=file://{tmp_path}/profile", "--headless",
         "--convert-to", "xlsx", "--outdir", tmp_path / "saved", tmp_path / "x.xlsx"],
        check=True, capture_output=True,
    )  # fmt: skip
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
