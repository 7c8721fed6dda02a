"""The same cells, whichever program wrote them: in old workbooks, and in printed tables."""

import datetime as dt
from pathlib import Path

import openpyxl
import pytest

from perfeval_docs.importing.read import read_sheets
from perfeval_docs.importing.readers.shown import shown
from perfeval_docs.importing.sheet import Sheet
from tests.importing.conftest import converted
from tests.importing.foreign import KINDS, LAYOUTS

VALUES: tuple[tuple[str | float | dt.date, str], ...] = (
    ("十", "General"), (20, "General"), (20.5, "General"), (0.991, "0.00%"), (1, "0%"), (7, "0.00"),
    (1234.5, "0.00_ "), (True, "General"), (dt.date(2024, 3, 1), "yyyy-mm-dd"),
)  # fmt: skip


def sheets(path: Path) -> tuple[Sheet, ...]:
    return read_sheets(path.read_bytes(), path.name)


@pytest.mark.parametrize("kind", ["html", "xlsx"])
def test_what_systems_write_as_xls_is_read_as_what_it_is(kind: str) -> None:
    data = KINDS[kind](LAYOUTS["national"])
    assert read_sheets(data, "x.xls") == read_sheets(data, f"x.{kind}")


@pytest.mark.debian
@pytest.mark.parametrize("layout", LAYOUTS)
def test_an_old_workbook_has_the_cells_of_a_new_one(printed: Path, layout: str) -> None:
    assert sheets(printed / f"{layout}.xls") == sheets(printed / f"{layout}.xlsx")


@pytest.mark.debian
@pytest.mark.parametrize("kind", ["pdf", "web.pdf"])
@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_printed_table_has_the_cells_of_the_typed_one(
    printed: Path, layout: str, kind: str
) -> None:
    (ours,) = (each for each in sheets(printed / f"{layout}.{kind}") if each.name)
    (typed,) = (each for each in sheets(printed / f"{layout}.docx") if each.name)
    assert ours == typed


@pytest.mark.debian
def test_values_of_an_old_workbook_are_shown_as_those_of_a_new_one(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    page = book.active
    assert page is not None
    for row, (value, form) in enumerate(VALUES, 1):
        page.cell(row, 2, value).number_format = form
    page.merge_cells("D2:E3")
    page["D2"], page["D5"] = "合并", "=1/0"
    book.save(tmp_path / "new.xlsx")
    converted([tmp_path / "new.xlsx"], "xls:MS Excel 97", tmp_path)
    (old,) = sheets(tmp_path / "new.xls")
    texts = [[box.text for box in row if box.column == 1] for row in old.rows]
    assert texts == [
        ["十"], ["20"], ["20.5"], ["99.10%"], ["100%"], ["7.00"], ["1234.50"], ["True"],
        ["2024-03-01 00:00:00"],
    ]  # fmt: skip
    (merged,) = {box for row in old.rows for box in row if box.text == "合并"}
    assert (merged.row, merged.column, merged.height, merged.width) == (1, 3, 2, 2)
    assert [box.text for box in old.rows[4] if box.column == 3] == ["#DIV/0!"]


def test_a_whole_number_has_no_point_whichever_way_it_is_kept() -> None:
    assert [shown(each, "General") for each in (20, 20.0, 1e20, 0.5, -3.0)] == [
        "20", "20", "100000000000000000000", "0.5", "-3",
    ]  # fmt: skip
