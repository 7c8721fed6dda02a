"""The workbook of a year, larger than any form: row by row, in a process with bounds."""

from __future__ import annotations

import io
import posixpath
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from lxml import etree

from perfeval_docs.apart import TooMuchError, apart
from perfeval_docs.importing.readers.faults import DAMAGE, Fault, FaultyFileError
from perfeval_docs.importing.readers.shown import MOST_AREA, Merge, shown
from perfeval_docs.importing.readers.streamed import Parts
from perfeval_docs.importing.readers.workbook import EXCEL, place, unescaped
from perfeval_docs.importing.sheet import MAX_COLUMNS, Box, Sheet, TooLargeError
from perfeval_docs.ooxml import qn

# A year of 3,000 projects has 1,010,000 cells with 18,000,000 characters; reading them took 5.2 s
# of a processor and 180 MB, the program itself included.
_SECONDS: Final = 30
_MEMORY: Final = 400_000_000
# Where a system has no copies of processes these are all bounds that there are, and what is read
# comes back into this one.
_MOST_CELLS: Final = 2_000_000
_MOST_CHARACTERS: Final = 50_000_000
_MOST_ROWS: Final = 2_000_000
"""Of all sheets, the empty ones above the last with a text included."""
_LONGEST_CELL: Final = 32_767
_LAST_ROW: Final = 1_048_576
"""Of any sheet, as programs for workbooks count them."""

_BOOK: Final = "xl/workbook.xml"
_RELATIONS: Final = "xl/_rels/workbook.xml.rels"
_ROW, _CELL, _MERGE = (f"{EXCEL}{name}" for name in ("row", "c", "mergeCell"))
_VALUE, _FORMULA, _INLINE = (f"{EXCEL}{name}" for name in ("v", "f", "is"))
_ITEM, _TEXT, _RUN = (f"{EXCEL}{name}" for name in ("si", "t", "r"))

_Rows = list[tuple[int, list[str]]]


def read_year(data: bytes) -> tuple[Sheet, ...]:
    """Return the worksheets of a workbook of thousands of projects.

    A row without texts is empty; merged cells are none but the first. Raises `FaultyFileError`.
    """
    try:
        found = apart(lambda: _attempt(data), seconds=_SECONDS, memory=_MEMORY)
    except TooMuchError as error:
        raise FaultyFileError(Fault.COSTLY) from error
    return tuple(_sheet(name, rows, merges) for name, rows, merges in found)


def _sheet(name: str, rows: _Rows, merges: Sequence[Merge]) -> Sheet:
    covered = {
        (y, x)
        for top, left, bottom, right in merges
        for y in range(top, bottom + 1)
        for x in range(left, right + 1)
    } - {(top, left) for top, left, _, _ in merges}
    laid: list[tuple[Box, ...]] = [()] * (rows[-1][0] + 1 if rows else 0)
    for y, texts in rows:
        laid[y] = tuple(Box(text, y, x) for x, text in enumerate(texts) if (y, x) not in covered)
    return Sheet(name, tuple(laid))


def _attempt(data: bytes) -> list[tuple[str, _Rows, list[Merge]]]:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return list(_worksheets(Parts(archive)))
    except TooLargeError as error:
        raise FaultyFileError(Fault.LARGE) from error
    except MemoryError as error:
        raise FaultyFileError(Fault.COSTLY) from error
    except (zipfile.BadZipFile, *DAMAGE) as error:
        raise FaultyFileError(Fault.DAMAGED) from error


def _worksheets(parts: Parts) -> Iterator[tuple[str, _Rows, list[Merge]]]:
    book = parts.whole(_BOOK)
    kinds = {
        each.get("Id", ""): (
            each.get("Type", "").rpartition("/")[2],
            posixpath.normpath(posixpath.join("/xl", each.get("Target", ""))).lstrip("/"),
        )
        for each in parts.whole(_RELATIONS)
    }
    names = dict(kinds.values())
    strings = _strings(parts, names["sharedStrings"]) if "sharedStrings" in names else []
    looks = _looks(parts.whole(names["styles"])) if "styles" in names else []
    properties = book.find(f"{EXCEL}workbookPr")
    is_1904 = properties is not None and properties.get("date1904") in ("1", "true")
    reading = _Reading(strings, looks, is_1904=is_1904)
    for each in book.iter(f"{EXCEL}sheet"):
        kind, name = kinds[each.get(qn("r:id"), "")]
        if kind == "worksheet":
            rows, merges = reading.rows(parts, name)
            yield each.get("name", ""), rows, merges


def _strings(parts: Parts, name: str) -> list[str]:
    strings: list[str] = []
    characters = 0
    for item in parts.elements(name, _ITEM):
        strings.append(unescaped(_string(item)))
        characters += len(strings[-1])
        if len(strings) > _MOST_CELLS or characters > _MOST_CHARACTERS:
            raise TooLargeError("strings")
    return strings


def _string(element: etree._Element) -> str:
    """Return a text without how it looks, and how it is pronounced."""
    texts = (
        each.text if each.tag == _TEXT else each.findtext(_TEXT)
        for each in element
        if each.tag in (_TEXT, _RUN)
    )
    return "".join(each or "" for each in texts)


def _looks(styles: etree._Element) -> list[str]:
    """Return how numbers of each style are shown."""
    from openpyxl.styles.numbers import BUILTIN_FORMATS  # noqa: PLC0415  # as in `workbook`

    known = {str(number): code for number, code in BUILTIN_FORMATS.items()}
    for own in styles.iter(f"{EXCEL}numFmt"):
        known[own.get("numFmtId", "")] = own.get("formatCode", "")
    every = styles.find(f"{EXCEL}cellXfs")
    return (
        [] if every is None else [known.get(each.get("numFmtId", ""), "General") for each in every]
    )


def _next(before: int, said: str | None) -> int:
    """Return the number of a row, which may go without one; raises `ValueError` for none it has.

    Other programs lay a row that comes twice over the first, and none writes such.
    """
    number = before + 1 if said is None else int(said)
    if not before < number <= _LAST_ROW:
        raise ValueError(said)
    return number


@dataclass(slots=True)
class _Reading:
    """One walk over the sheets of a workbook; `known` are the numbers that were shown before."""

    strings: Sequence[str]
    looks: Sequence[str]
    is_1904: bool = field(kw_only=True)
    cells: int = 0
    characters: int = 0
    last_rows: int = 0
    area: int = 0
    known: dict[tuple[str, str], str] = field(default_factory=dict)

    def rows(self, parts: Parts, name: str) -> tuple[_Rows, list[Merge]]:
        """Return the rows of a sheet that have texts, by number from 0, and its merged cells."""
        rows: _Rows = []
        merges: list[Merge] = []
        number = 0
        for element in parts.elements(name, _ROW, _MERGE):
            if element.tag == _MERGE:
                merges.append(self._merge(element.get("ref", "")))
                continue
            number = _next(number, element.get("r"))
            texts = self._row(element, number - 1)
            if any(texts):
                rows.append((number - 1, texts))
        width = max((len(texts) for _, texts in rows), default=0)
        for _, texts in rows:
            texts.extend([""] * (width - len(texts)))
        self._count(cells=width * len(rows), last_row=rows[-1][0] + 1 if rows else 0)
        return rows, merges

    def _merge(self, reference: str) -> Merge:
        first, _, last = reference.partition(":")
        top, left = place(first)
        bottom, right = place(last or first)
        if not (0 <= top <= bottom and left <= right):
            raise ValueError(reference)
        self.area += (bottom - top + 1) * (right - left + 1)
        if self.area > MOST_AREA:
            raise TooLargeError("merge")
        return top, left, bottom, right

    def _row(self, row: etree._Element, number: int) -> list[str]:
        texts: list[str] = []
        column = -1
        for cell in row.iterchildren(_CELL):
            before, reference = column, cell.get("r")
            y, column = (number, before + 1) if reference is None else place(reference)
            if y != number or column <= before:
                raise ValueError(reference)
            text = self._text(cell)
            if not text:
                continue
            if column >= MAX_COLUMNS or len(text) > _LONGEST_CELL:
                raise TooLargeError("cell")
            texts += [""] * (column - len(texts))
            texts.append(text)
            self.characters += len(text)
        self._count(cells=len(texts))
        return texts

    def _count(self, *, cells: int, last_row: int = 0) -> None:
        """Refuse what is more than a year can have; filled up rows count again."""
        self.cells += cells
        self.last_rows += last_row
        if (
            self.cells > _MOST_CELLS
            or self.characters > _MOST_CHARACTERS
            or self.last_rows > _MOST_ROWS
        ):
            raise TooLargeError("workbook")

    def _text(self, cell: etree._Element) -> str:
        """Return what a cell shows; a formula that no program has reckoned is at least not lost."""
        kind = cell.get("t", "n")
        if kind == "inlineStr":
            inline = cell.find(_INLINE)
            return "" if inline is None else unescaped(_string(inline))
        raw = cell.findtext(_VALUE)
        if not raw:
            formula = cell.find(_FORMULA)
            return "" if formula is None else unescaped(f"={formula.text or ''}")
        return self._value(kind, raw, int(cell.get("s", "0")))

    def _value(self, kind: str, raw: str, style: int) -> str:
        match kind:
            case "s":
                return self.strings[int(raw)]
            case "n":
                look = self.looks[style] if style < len(self.looks) else "General"
                if (raw, look) not in self.known:
                    self.known[raw, look] = self._number(raw, look)
                return self.known[raw, look]
            case "b":
                return str(raw != "0")
            case "d":
                return shown(datetime.fromisoformat(raw), "")
            case _:
                return unescaped(raw)

    def _number(self, raw: str, look: str) -> str:
        from openpyxl.styles.numbers import is_date_format, is_timedelta_format  # noqa: PLC0415
        from openpyxl.utils.datetime import MAC_EPOCH, WINDOWS_EPOCH, from_excel  # noqa: PLC0415

        value = float(raw) if set(raw) & set(".eE") else int(raw)
        if not is_date_format(look):
            return shown(value, look)
        epoch = MAC_EPOCH if self.is_1904 else WINDOWS_EPOCH
        try:
            date = from_excel(value, epoch, timedelta=is_timedelta_format(look))
        except (OverflowError, ValueError):
            return "#VALUE!"
        return shown(date, look)
