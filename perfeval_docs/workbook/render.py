"""Write a workbook: heads frozen and repeated, figures as numbers, totals as formulas."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from io import BytesIO
from types import MappingProxyType
from typing import Final
from zipfile import ZipFile

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from perfeval_docs.ooxml import DocumentProperties, pack, property_parts, write_package
from perfeval_docs.view.workbook import Cell, SheetView, TotalView, WorkbookView
from perfeval_docs.workbook.formats import BODY, Formats
from perfeval_docs.workbook.formulas import Spot, formula
from perfeval_docs.workbook.layout import FIRST, HEAD, NOTE, TITLE, end, table
from perfeval_docs.workbook.long_texts import with_long_texts_apart
from perfeval_docs.workbook.pen import Pen, is_exact
from perfeval_docs.workbook.sizes import heights, widths
from perfeval_docs.workbook.texts import is_taken_for_more, legal

_NOTHING: Final = "无"
_A4: Final = 9
_FOOTER: Final = '&C&"宋体,Regular"&10第 &P 页 共 &N 页'
_MARGINS: Final = MappingProxyType({"left": 0.5, "right": 0.5, "top": 0.6, "bottom": 0.7})


def render_workbook(
    view: WorkbookView,
    *,
    title: str,
    author: str,
    date: datetime,
    hidden: Mapping[str, Sequence[Sequence[str]]] = MappingProxyType({}),
) -> bytes:
    """Return an Excel workbook; the same view and properties give the same bytes.

    `hidden` are rows of texts by the names of the sheets that carry them, for programs alone.

    Each total is a formula and carries the value that the summary computed. Figures of more
    digits than Excel keeps are written as text; a sheet that has one has values for totals.
    """
    made = BytesIO()
    view = with_long_texts_apart(view)
    ends = MappingProxyType({sheet.name: end(sheet) for sheet in view.sheets})
    options = {"in_memory": True, "default_format_properties": dict(BODY)}
    with Workbook(made, options) as workbook:
        # They are replaced in the end; without a date, it would look at the clock.
        workbook.set_properties({"created": date})
        formats = Formats(workbook)
        for sheet in view.sheets:
            worksheet = workbook.add_worksheet(sheet.name)
            _set_up(worksheet, sheet)
            pen = Pen(sheet=worksheet, plain=formats.plain)
            _Writer(view=sheet, pen=pen, formats=formats, ends=ends).write()
        for name, rows in hidden.items():
            carrier = workbook.add_worksheet(name)
            carrier.very_hidden()
            for number, row in enumerate(rows):
                for column, text in enumerate(row):
                    carrier.write_string(number, column, text)
    properties = DocumentProperties(
        title=legal(title), author=legal(author), date=date.astimezone(UTC)
    )
    return _with_properties(made.getvalue(), properties)


def _with_properties(package: bytes, properties: DocumentProperties) -> bytes:
    """Return the package with our properties, the language among them, and its entries undated."""
    with ZipFile(BytesIO(package)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    parts |= property_parts(properties)
    return write_package({name: pack(data) for name, data in parts.items()})


def _set_up(worksheet: Worksheet, sheet: SheetView) -> None:
    """Freeze the head, and set the page: A4 across, all columns on it, the head on each."""
    last = end(sheet) - 1
    for column, width in enumerate(widths(sheet)):
        worksheet.set_column(column, column, width)
    for row, height in heights(sheet):
        worksheet.set_row(row, height)
    worksheet.freeze_panes(FIRST, 0)
    worksheet.autofilter(HEAD, 0, last, len(sheet.columns) - 1)
    worksheet.set_paper(_A4)
    worksheet.set_landscape()
    worksheet.set_margins(**_MARGINS)
    worksheet.center_horizontally()
    worksheet.fit_to_pages(1, 0)
    worksheet.repeat_rows(TITLE, HEAD)
    worksheet.set_footer(_FOOTER)
    # An actual of 24 is a text on purpose: no green corner.
    worksheet.ignore_errors({"number_stored_as_text": table(last, len(sheet.columns))})


@dataclass(frozen=True, slots=True, kw_only=True)
class _Writer:
    """Writes the cells of one sheet."""

    view: SheetView
    pen: Pen
    formats: Formats
    ends: MappingProxyType[str, int]

    def write(self) -> None:
        """Write all of them, from above to below."""
        self._head()
        if self.view.rows:
            self._rows(self.view.rows)
            self._totals()
        else:
            self._rows([(_NOTHING, *(None for _ in self.view.columns[1:]))])

    def _head(self) -> None:
        last = len(self.view.columns) - 1
        above = (
            (TITLE, self.view.title, self.formats.title),
            (NOTE, self.view.note, self.formats.note),
        )
        for row, text, look in above:
            self.pen.sheet.merge_range(row, 0, row, last, "", look)
            self.pen.text(row, 0, text, look)
        for column, each in enumerate(self.view.columns):
            self.pen.text(HEAD, column, each.label, self.formats.head)

    def _rows(self, rows: Iterable[tuple[Cell, ...]]) -> None:
        cell = self.formats.cell
        looks = [(cell(each), cell(each, quoted=True)) for each in self.view.columns]
        for number, row in enumerate(rows, FIRST):
            for column, (value, (look, quoted)) in enumerate(zip(row, looks, strict=True)):
                if isinstance(value, str):
                    fitting = quoted if is_taken_for_more(value) else look
                    self.pen.text(number, column, value, fitting)
                else:
                    self.pen.figure(number, column, value, look)

    def _totals(self) -> None:
        with_formulas = bool(self.view.totals) and self._is_exact()
        for row, line in enumerate(self.view.totals, self.ends[self.view.name]):
            for column, total in enumerate(line):
                look = self.formats.cell(self.view.columns[column], total=True)
                match total:
                    case None:
                        self.pen.figure(row, column, None, look)
                    case str():
                        self.pen.text(row, column, total, self.formats.label)
                    case TotalView(value=value) if not with_formulas:
                        self.pen.figure(row, column, value, look)
                    case TotalView(how=how, value=value):
                        written = formula(how, self._spot(row, column))
                        cached = "" if value is None else float(value)
                        self.pen.sheet.write_formula(row, column, written, look, cached)

    def _spot(self, row: int, column: int) -> Spot:
        last = self.ends[self.view.name] - 1
        places = self.view.columns[column].places
        return Spot(row=row, column=column, last=last, places=places, ends=self.ends)

    def _is_exact(self) -> bool:
        """Tell whether a formula can reckon with all figures and all totals."""
        figures = (value for row in self.view.rows for value in row if not isinstance(value, str))
        totals = (each for line in self.view.totals for each in line if isinstance(each, TotalView))
        return all(map(is_exact, figures)) and all(is_exact(total.value) for total in totals)
