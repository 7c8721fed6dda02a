"""Workbooks of years that have thousands of projects: larger than any form, and within bounds."""

import io
import resource
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from openpyxl.workbook import Workbook

from perfeval_docs.errors import UnreadableFileError
from perfeval_docs.importing import Sheet, read_sheets, read_year_sheets
from perfeval_docs.importing.readers import streamed, year
from perfeval_docs.importing.readers.workbook import EXCEL
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


def with_parts(
    data: bytes, parts: Mapping[str, bytes], method: int = zipfile.ZIP_DEFLATED
) -> bytes:
    """Return a workbook with other parts in place of some, these compressed by the method."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        for each in old.namelist():
            kind = method if each in parts else zipfile.ZIP_DEFLATED
            new.writestr(each, parts.get(each, old.read(each)), kind)
    return out.getvalue()


ONE_SHEET, NEXT_SHEET, STRINGS = (
    f"xl/{name}.xml" for name in ("worksheets/sheet1", "worksheets/sheet2", "sharedStrings")
)
SPACE = b' xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
BEGIN = b"<worksheet" + SPACE + b"<sheetData>"
END = b"</sheetData></worksheet>"
ROW = b'<row><c t="str"><v>x</v></c></row>'


def rows(*numbers: int) -> bytes:
    """Return a sheet of such rows."""
    return BEGIN + b"".join(ROW.replace(b"<row", b'<row r="%d"' % n) for n in numbers) + END


def cells(*references: str) -> bytes:
    """Return a sheet of one row, of such cells."""
    row = "".join(f'<c r="{each}" t="str"><v>x</v></c>' for each in references)
    return BEGIN + f'<row r="1">{row}</row>'.encode() + END


def merges(*areas: str) -> bytes:
    """Return a sheet of one row, with such merged cells."""
    within = "".join(f'<mergeCell ref="{each}"/>' for each in areas)
    return BEGIN + ROW + f"</sheetData><mergeCells>{within}</mergeCells></worksheet>".encode()


PIECE = b"<t>" + b"x" * 3_000_000 + b"</t>"
HOSTILE: dict[str, tuple[str, Callable[[], bytes]]] = {
    "merged": ("larger than", lambda: merges("A1:XFD1048576")),
    "wide": ("larger than", lambda: cells("XFD1")),
    "entity": ("damaged", lambda: b"<!DOCTYPE w [<!ENTITY a 'b'>]>" + BEGIN + ROW + END),
    "row": ("larger than", lambda: BEGIN + b"<row>" + b"<c><v>1</v></c>" * 3_000_000),
    "other": ("larger than", lambda: BEGIN + b"<z/>" * 3_000_000),
    "pieces": ("larger than", lambda: BEGIN + b'<row><c t="inlineStr"><is>' + PIECE * 20),
    "torn": ("damaged", lambda: BEGIN),
    "far": ("damaged", lambda: rows(4_000_000_000)),
    "after the last": ("damaged", lambda: rows(1_048_577)),
    "before the first": ("damaged", lambda: rows(-5)),
    "none": ("damaged", lambda: rows(0)),
    "twice": ("damaged", lambda: rows(2, 2)),
    "back": ("damaged", lambda: rows(5, 2)),
    "cell twice": ("damaged", lambda: cells("B1", "B1")),
    "cell back": ("damaged", lambda: cells("B1", "A1")),
    "cell of another row": ("damaged", lambda: cells("A2")),
    "merged upwards": ("damaged", lambda: merges("A9999999:ZZZ1", "A1:ZZZ9999999")),
    "merged leftwards": ("damaged", lambda: merges("C1:A1")),
    "merged by nothing": ("damaged", lambda: merges("A2:ZZZ1")),
    "merged above": ("damaged", lambda: merges("A0:B1")),
}
"""Sheets that nobody should lay out, with what is said of them."""


@pytest.mark.parametrize("name", HOSTILE)
def test_what_nobody_should_lay_out_is_refused(six: Path, name: str) -> None:
    said, part = HOSTILE[name]
    data = with_parts((six / NAME).read_bytes(), {ONE_SHEET: part()})
    before = resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime
    with pytest.raises(UnreadableFileError, match=said):
        read_year_sheets(data, NAME)
    assert resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime - before < 30


def strings(*items: str) -> bytes:
    """Return the strings that sheets share."""
    return (
        b"<sst" + SPACE + "".join(f"<si><t>{each}</t></si>" for each in items).encode() + b"</sst>"
    )


BOUNDED: dict[str, tuple[str, int, dict[str, bytes]]] = {
    "cells": ("_MOST_CELLS", 2999, {ONE_SHEET: BEGIN + ROW * 3000 + END}),
    "rows of all sheets": ("_MOST_ROWS", 8000, {ONE_SHEET: rows(4000), NEXT_SHEET: rows(4001)}),
    "merged of all sheets": (
        "MOST_AREA", 100, {ONE_SHEET: merges("A1:J5"), NEXT_SHEET: merges("A1:J6")},
    ),
    "strings": ("_MOST_CELLS", 2999, {STRINGS: strings(*["x"] * 3000)}),
    "characters": ("_MOST_CHARACTERS", 2999, {STRINGS: strings("x" * 1500, "y" * 1500)}),
}  # fmt: skip
"""Which number bounds what parts hold, a smaller one, and parts that hold more."""


@pytest.mark.parametrize("name", BOUNDED)
def test_a_workbook_that_holds_too_much_is_refused(
    six: Path, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    bound, most, parts = BOUNDED[name]
    every = {each: rows() for each in sheet_parts(six)} | {STRINGS: strings()}
    data = with_parts((six / NAME).read_bytes(), every | parts)
    assert read_year_sheets(data, NAME)
    monkeypatch.setattr(year, bound, most)
    with pytest.raises(UnreadableFileError, match="larger than"):
        read_year_sheets(data, NAME)


def sheet_parts(six: Path) -> list[str]:
    with zipfile.ZipFile(six / NAME) as archive:
        return [each for each in archive.namelist() if each.startswith("xl/worksheets/")]


@pytest.mark.parametrize("bound", ["_LARGEST_PART", "_MOST_BYTES", "_MOST_PARTS"])
def test_a_workbook_is_refused_for_its_size_before_it_is_read(
    six: Path, bound: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(streamed, bound, 2)
    with pytest.raises(UnreadableFileError, match="larger than"):
        read_year_sheets((six / NAME).read_bytes(), NAME)


def test_little_of_a_part_is_held_at_once(six: Path) -> None:
    sheet = BEGIN + (b"<z/>" * 10_000 + b"<z><row/>") * 20 + b"</z>" * 20 + END
    data = with_parts((six / NAME).read_bytes(), {ONE_SHEET: sheet})
    tag = f"{EXCEL}row"
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        held = [
            len(list(row.getroottree().iter()))
            for row in streamed.Parts(archive).elements(ONE_SHEET, tag)
        ]
    assert len(held) == 20
    assert max(held) < 30_000


@pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_what_is_compressed_so_that_it_comes_out_at_once_is_refused(six: Path, method: int) -> None:
    data = with_parts((six / NAME).read_bytes(), {ONE_SHEET: rows(1)}, method)
    with pytest.raises(UnreadableFileError, match="damaged"):
        read_year_sheets(data, NAME)


def test_rows_and_cells_without_numbers_follow_those_before(six: Path) -> None:
    def cell(text: str, more: str = "") -> str:
        return f'<c t="str"{more}><v>{text}</v></c>'

    within = (
        f"<row><c/>{cell('B1')}</row>"
        f"""<row r="4">{cell("B4", ' r="B4"')}<c/>{cell("D4")}</row>"""
        f"<row>{cell('A5')}</row>"
        f"""<row r="1048576">{cell("last", ' r="A1048576"')}</row>"""
    )
    data = with_parts((six / NAME).read_bytes(), {ONE_SHEET: BEGIN + within.encode() + END})
    (first, *_) = texts(read_year_sheets(data, NAME)).values()
    assert first == {
        (0, 1): "B1", (3, 1): "B4", (3, 3): "D4", (4, 0): "A5", (1_048_575, 0): "last",
    }  # fmt: skip
