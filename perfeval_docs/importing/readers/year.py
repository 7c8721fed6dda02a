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
from perfeval_docs.importing.readers.parts import bounded_xml
from perfeval_docs.importing.readers.shown import MOST_AREA, Merge, shown
from perfeval_docs.importing.readers.workbook import EXCEL, place, unescaped
from perfeval_docs.importing.sheet import MAX_COLUMNS, Box, Sheet, TooLargeError
from perfeval_docs.ooxml import PackageError, qn

# A year of 3,000 projects has 1,010,000 cells with 18,000,000 characters; reading them took 5.2 s
# of a processor and 180 MB, the program itself included.
_SECONDS: Final = 30
_MEMORY: Final = 400_000_000
# Where a system has no copies of processes these are all bounds that there are, and what is read
# comes back into this one.
_MOST_CELLS: Final = 2_000_000
_MOST_CHARACTERS: Final = 50_000_000
_LONGEST_CELL: Final = 32_767
_LARGEST_PART: Final = 10_000_000
"""Of parts that are read whole: those that say what there is, and how numbers are shown."""

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
            return list(_worksheets(archive))
    except TooLargeError as error:
        raise FaultyFileError(Fault.LARGE) from error
    except MemoryError as error:
        raise FaultyFileError(Fault.COSTLY) from error
    except (zipfile.BadZipFile, *DAMAGE) as error:
        raise FaultyFileError(Fault.DAMAGED) from error


def _worksheets(archive: zipfile.ZipFile) -> Iterator[tuple[str, _Rows, list[Merge]]]:
    book = _whole(archive, _BOOK)
    parts = {
        each.get("Id", ""): (
            each.get("Type", "").rpartition("/")[2],
            posixpath.normpath(posixpath.join("/xl", each.get("Target", ""))).lstrip("/"),
        )
        for each in _whole(archive, _RELATIONS)
    }
    names = dict(parts.values())
    strings = list(_strings(archive, names["sharedStrings"])) if "sharedStrings" in names else []
    looks = _looks(_whole(archive, names["styles"])) if "styles" in names else []
    properties = book.find(f"{EXCEL}workbookPr")
    is_1904 = properties is not None and properties.get("date1904") in ("1", "true")
    reading = _Reading(strings, looks, is_1904=is_1904)
    for each in book.iter(f"{EXCEL}sheet"):
        kind, part = parts[each.get(qn("r:id"), "")]
        if kind == "worksheet":
            rows, merges = reading.rows(archive, part)
            yield each.get("name", ""), rows, merges


def _whole(archive: zipfile.ZipFile, name: str) -> etree._Element:
    with archive.open(name) as part:
        return bounded_xml(part.read(_LARGEST_PART + 1))


def _strings(archive: zipfile.ZipFile, name: str) -> Iterator[str]:
    for item in _elements(archive, name, _ITEM):
        yield unescaped(_string(item))


def _elements(archive: zipfile.ZipFile, name: str, *tags: str) -> Iterator[etree._Element]:
    """Yield the elements of a part as they come, each with what is in it, and forget it then."""
    with archive.open(name) as part:
        events = etree.iterparse(
            part, tag=tags, resolve_entities=False, no_network=True, load_dtd=False,
            huge_tree=False, remove_comments=True, remove_pis=True,
        )  # fmt: skip
        for _, element in events:
            if element.getroottree().docinfo.doctype:
                raise PackageError("the part declares a document type")
            yield element
            element.clear()
            parent = element.getparent()
            while parent is not None and parent[0] is not element:
                del parent[0]


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


@dataclass(slots=True)
class _Reading:
    """One walk over the sheets of a workbook; `known` are the numbers that were shown before."""

    strings: Sequence[str]
    looks: Sequence[str]
    is_1904: bool = field(kw_only=True)
    cells: int = 0
    characters: int = 0
    known: dict[tuple[str, str], str] = field(default_factory=dict)

    def rows(self, archive: zipfile.ZipFile, part: str) -> tuple[_Rows, list[Merge]]:
        """Return the rows of a sheet that have texts, by number from 0, and its merged cells."""
        rows: _Rows = []
        merges: list[Merge] = []
        area = number = 0
        for element in _elements(archive, part, _ROW, _MERGE):
            if element.tag == _MERGE:
                first, _, last = element.get("ref", "").partition(":")
                top, left = place(first)
                bottom, right = place(last or first)
                merges.append((top, left, bottom, right))
                area += (bottom - top + 1) * (right - left + 1)
                if area > MOST_AREA:
                    raise TooLargeError("merge")
                continue
            number = int(element.get("r", number + 1))
            texts = self._row(element)
            if any(texts):
                rows.append((number - 1, texts))
        rows.sort(key=lambda row: row[0])
        width = max((len(texts) for _, texts in rows), default=0)
        for _, texts in rows:
            texts.extend([""] * (width - len(texts)))
        self._count(cells=width * len(rows))
        return rows, merges

    def _row(self, row: etree._Element) -> list[str]:
        texts: list[str] = []
        for cell in row.iterchildren(_CELL):
            reference = cell.get("r")
            column = len(texts) if reference is None else place(reference)[1]
            text = self._text(cell)
            if not text:
                continue
            if column >= MAX_COLUMNS or len(text) > _LONGEST_CELL:
                raise TooLargeError("cell")
            texts += [""] * (column + 1 - len(texts))
            texts[column] = text
            self.characters += len(text)
        self._count(cells=len(texts))
        return texts

    def _count(self, *, cells: int) -> None:
        """Refuse what is more than a year can have; filled up rows count again."""
        self.cells += cells
        if self.cells > _MOST_CELLS or self.characters > _MOST_CHARACTERS:
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
