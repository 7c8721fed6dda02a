"""Workbooks for tests: made of few cells, opened by openpyxl, reckoned anew by LibreOffice."""

import io
import re
import subprocess
import zipfile
from collections.abc import Mapping
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

import openpyxl
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from perfeval_docs.view.workbook import Cell, ColumnView, SheetView, TotalView, WorkbookView
from perfeval_docs.workbook import render_workbook

FIRST = 4
"""The row, counted from 1, in which tables begin."""

Line = tuple[str | TotalView | None, ...]


def sheet(*rows: tuple[Cell, ...], name: str = "表", totals: tuple[Line, ...] = ()) -> SheetView:
    """Return a sheet of a column of prose and as many of amounts as the rows have besides."""
    columns = (
        ColumnView(label="名称", width=20, kind="prose"),
        *(
            ColumnView(label=f"数{n}", width=12, kind="amount", places=2)
            for n in range(1, len(rows[0]) if rows else 2)
        ),
    )
    return SheetView(
        name=name, title="标题", note="注", columns=columns, rows=rows, totals=totals
    )  # fmt: skip


def rendered(*sheets: SheetView) -> bytes:
    """Return the bytes of a workbook of such sheets."""
    return render_workbook(
        WorkbookView(sheets=sheets),
        title="绩效自评汇总表",
        author="市科普中心",
        date=datetime(2025, 6, 30, tzinfo=UTC),
    )


def opened(data: bytes, *, values: bool = False) -> Workbook:
    """Open a workbook; with `values`, formulas are the values that they carry."""
    return openpyxl.load_workbook(io.BytesIO(data), data_only=values)


def worksheet(data: bytes, *, name: str = "表", values: bool = False) -> Worksheet:
    """Open a sheet."""
    found = opened(data, values=values)[name]
    assert isinstance(found, Worksheet)
    return found


def parts(data: bytes) -> dict[str, bytes]:
    """Return the parts of a package."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def without_values(data: bytes) -> bytes:
    """Return a workbook whose formulas carry no values, so that a reader must reckon."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for name, part in parts(data).items():
            archive.writestr(name, re.sub(rb"(</f>)<v>[^<]*</v>", rb"\1", part))
    return target.getvalue()


def reckoned(books: Mapping[str, bytes], folder: Path) -> dict[str, Workbook]:
    """Return workbooks as LibreOffice saves them, formulas reckoned by it."""
    source, target = folder / "without", folder / "reckoned"
    source.mkdir()
    for name, data in books.items():
        (source / f"{name}.xlsx").write_bytes(without_values(data))
    profile = f"-env:UserInstallation=file://{folder}/profile"
    command = ["soffice", profile, "--headless", "--convert-to", "xlsx", "--outdir", str(target)]
    files = [str(source / f"{name}.xlsx") for name in books]
    subprocess.run([*command, *files], check=True, capture_output=True)
    return {name: opened((target / f"{name}.xlsx").read_bytes(), values=True) for name in books}


def figure(value: object) -> Decimal | None:
    """Return what a cell says, as the shortest decimal of its number; None where it is blank."""
    if value is None or value == "":
        return None
    assert isinstance(value, int | float), value
    return Decimal(repr(value))
