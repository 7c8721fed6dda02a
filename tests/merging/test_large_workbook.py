"""Workbooks of years that have thousands of projects: larger than any form, and within bounds."""

import io
import resource
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl.workbook import Workbook

from perfeval_docs.errors import UnreadableFileError
from perfeval_docs.importing import Sheet, read_sheets, read_year_sheets
from perfeval_docs.importing.readers import year
from tests.importing.conftest import converted
from tests.merging.test_odd_workbook import EVERY, ONE, rows_of
from tests.merging.test_workbook import edited, lines, merged

NAME = "summary.xlsx"
MORE = 5200
"""Rows, of which forms have 5,000 at most."""


def texts(sheets: tuple[Sheet, ...]) -> dict[str, dict[tuple[int, int], str]]:
    """Return all texts of sheets by their places."""
    return {
        sheet.name: {
            (box.row, box.column): box.text
            for y, row in enumerate(sheet.rows)
            for box in row
            if box.row == y and box.text
        }
        for sheet in sheets
    }


def odd(book: Workbook) -> None:
    """Put in what cells may hold: formulas, dates, merged cells, signs, an error."""
    sheet = book[EVERY]
    sheet["A1"], sheet["B4"], sheet["C5"] = "=1+1", "_x000D_", "#N/A"
    sheet["D6"], sheet["E7"], sheet["F8"] = True, 1e-7, "甲\n乙"
    sheet["G9"], sheet["G9"].number_format = 45000, "yyyy-mm-dd"
    sheet["G10"], sheet["G10"].number_format = 0.126, "0.0%"
    sheet["G11"], sheet["G11"].number_format = 45000.5, "yyyy-mm-dd hh:mm"
    sheet.merge_cells("B20:C22")


def test_a_workbook_is_read_as_that_of_a_form_is(six: Path) -> None:
    for data in ((six / NAME).read_bytes(), edited(six, odd)):
        assert texts(read_year_sheets(data, NAME)) == texts(read_sheets(data, NAME))


@pytest.mark.debian
def test_a_workbook_of_libreoffice_is_read_as_that_of_a_form_is(six: Path, tmp_path: Path) -> None:
    (tmp_path / NAME).write_bytes(edited(six, odd))
    converted([tmp_path / NAME], "xlsx", tmp_path / "out")
    data = (tmp_path / "out" / NAME).read_bytes()
    assert texts(read_year_sheets(data, NAME)) == texts(read_sheets(data, NAME))


def test_a_workbook_of_more_rows_than_forms_have_comes_back(six: Path) -> None:
    def change(book: Workbook) -> None:
        (row,) = rows_of(book[EVERY], 4)
        for _ in range(MORE):
            book[EVERY].append(row)
        book[EVERY]["H4"] = "26.00(篇)"

    data = edited(six, change)
    with pytest.raises(UnreadableFileError, match="larger than any form"):
        read_sheets(data, NAME)
    assert lines(merged(data)) == ONE


def with_part(data: bytes, name: str, part: bytes) -> bytes:
    """Return a workbook with another part in place of one."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as old,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for each in old.namelist():
            new.writestr(each, part if each == name else old.read(each))
    return out.getvalue()


BEGIN = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
END = b"</sheetData></worksheet>"
ROW = b'<row><c t="str"><v>x</v></c></row>'
MERGE = b'<mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells></worksheet>'
HOSTILE: dict[str, tuple[str, Callable[[], bytes]]] = {
    "merged": ("larger than", lambda: BEGIN + ROW + b"</sheetData>" + MERGE),
    "wide": ("larger than", lambda: BEGIN + ROW.replace(b"<c ", b'<c r="XFD1" ') + END),
    "long": ("larger than", lambda: BEGIN + ROW * 3000 + END),
    "entity": ("damaged", lambda: b"<!DOCTYPE w [<!ENTITY a 'b'>]>" + BEGIN + ROW + END),
    "row": ("cannot be read", lambda: BEGIN + b"<row>" + b"<c><v>1</v></c>" * 3_000_000),
    "torn": ("damaged", lambda: BEGIN),
}
"""Sheets that nobody should lay out, with what is said of them."""


@pytest.mark.parametrize("name", HOSTILE)
def test_what_nobody_should_lay_out_is_refused(
    six: Path, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    said, part = HOSTILE[name]
    data = with_part((six / NAME).read_bytes(), "xl/worksheets/sheet1.xml", part())
    if name == "long":
        monkeypatch.setattr(year, "_MOST_CELLS", 2999)
    before = resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime
    with pytest.raises(UnreadableFileError, match=said):
        read_year_sheets(data, NAME)
    assert resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime - before < 30
