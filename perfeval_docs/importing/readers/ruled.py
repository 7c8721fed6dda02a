"""PDFs of others to sheets: lines that are drawn on a page make cells, letters stand in them."""

from __future__ import annotations

import io
import logging
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, Final

import pdfplumber
from pdfminer.psexceptions import PSException
from pdfplumber.page import Page
from pdfplumber.utils.exceptions import MalformedPDFException, PdfminerException

from perfeval_docs.importing.readers.faults import Fault, FaultyFileError
from perfeval_docs.importing.readers.lines import Letter, as_typed, cells_of, lines_of, text_of
from perfeval_docs.importing.sheet import Counter, Raw, Sheet, TooLargeError, sheet

_MOST_LETTERS: Final = 20_000
_MOST_STROKES: Final = 5_000
_THIN: Final = 3.0
"""Up to which width a filled shape is a line, in points."""
_NEAR: Final = 3.0
"""How near lines count as one, in points."""
_WHITE: Final = (1, (1,), (1, 1, 1), (0, 0, 0, 0))
"""White as a shade of grey, of red, green and blue, and as four inks."""

Edges = tuple[float, float, float, float]
"""Left, top, right and bottom, in points from the page's upper left corner."""


@dataclass(frozen=True, slots=True)
class _Table:
    """The cells that lines make, each with its text."""

    cells: tuple[tuple[Edges, str], ...]

    @property
    def sides(self) -> tuple[float, float]:
        """Return where it begins and ends, from left to right."""
        return min(e[0] for e, _ in self.cells), max(e[2] for e, _ in self.cells)


@dataclass(frozen=True, slots=True)
class _Text:
    """A line of text outside tables: what stands in it far apart."""

    cells: tuple[str, ...]


_Block = _Table | _Text


def read_ruled(data: bytes) -> Iterator[Sheet]:
    """Yield the tables and the lines between them, tables that go on over pages as one.

    Raises `FaultyFileError`, and `TooLargeError` for pages that hold more than any form.
    """
    logging.getLogger("pdfminer").setLevel(logging.CRITICAL)  # it tells of fonts without boxes
    try:
        with pdfplumber.open(io.BytesIO(data)) as document:
            pages = []
            for page in document.pages:
                pages.append(_blocks(page))
                page.close()
    except PdfminerException as error:
        # It wraps whatever is raised inside.
        is_costly = any(isinstance(each, MemoryError) for each in error.args)
        raise FaultyFileError(Fault.COSTLY if is_costly else Fault.DAMAGED) from error
    except (PSException, MalformedPDFException) as error:
        raise FaultyFileError(Fault.DAMAGED) from error
    if not any(pages):
        raise FaultyFileError(Fault.PICTURES)
    yield from _sheets(pages)


# What stands on a page.


def _blocks(page: Page) -> list[_Block]:
    """Return the blocks of a page from above to below."""
    if len(page.chars) > _MOST_LETTERS:
        raise TooLargeError("letters")
    ruling = page.filter(_is_kept)
    if sum(len(ruling.objects.get(kind, ())) for kind in ("line", "rect", "curve")) > _MOST_STROKES:
        raise TooLargeError("strokes")
    tables = [table.cells for table in ruling.find_tables({"snap_tolerance": _NEAR})]
    places = [(edges, number) for number, cells in enumerate(tables) for edges in cells]
    # Of a table in a cell, the inner cells are the smaller ones.
    places.sort(key=lambda place: _area(place[0]))
    inside: dict[Edges, list[Letter]] = {edges: [] for edges, _ in places}
    outside: list[Letter] = []
    for char in ruling.chars:
        x, y = (char["x0"] + char["x1"]) / 2, (char["top"] + char["bottom"]) / 2
        if not _holds(page.bbox, x, y):
            continue
        cell = next((edges for edges, _ in places if _holds(edges, x, y)), None)
        (outside if cell is None else inside[cell]).append(_letter(char, page))
    placed: list[tuple[float, _Block]] = []
    for cells in tables:
        texts = tuple((edges, text_of(inside[edges], edges[0], edges[2])) for edges in cells)
        placed.append((min(edges[1] for edges in cells), _Table(texts)))
    for line in lines_of(outside):
        texts_ = tuple(cells_of(line))
        if texts_ != (str(page.page_number),):
            placed.append((line.letters[0].foot, _Text(texts_)))
    return [block for _, block in sorted(placed, key=lambda each: each[0])]


def _is_kept(item: dict[str, Any]) -> bool:
    """Tell whether an object is a letter, or a line that somebody sees; a shade is none."""
    kind = item["object_type"]
    if kind == "char":
        return True
    if kind not in ("line", "rect", "curve"):
        return False
    if item["stroke"] or kind == "line":
        return item["stroking_color"] not in _WHITE
    return min(item["width"], item["height"]) <= _THIN and item["non_stroking_color"] not in _WHITE


def _letter(char: dict[str, Any], page: Page) -> Letter:
    return Letter(
        as_typed(char["text"]), char["x0"], char["x1"],
        page.height - char["matrix"][5] + page.mediabox[1], char["size"],
        upright=char["upright"],
    )  # fmt: skip


def _area(edges: Edges) -> float:
    return (edges[2] - edges[0]) * (edges[3] - edges[1])


def _holds(edges: Sequence[float], x: float, y: float) -> bool:
    return edges[0] <= x <= edges[2] and edges[1] <= y <= edges[3]


# Pages to sheets.


def _sheets(pages: Iterable[Sequence[_Block]]) -> Iterator[Sheet]:
    """Yield the sheets; the columns of a table are those of its parts on all pages."""
    counter = Counter()
    for run in _runs(pages):
        match run[0]:
            case _Text():
                yield sheet("", [[*map(Raw, b.cells)] for b in run if isinstance(b, _Text)])
            case _Table():
                tables = [block for block in run if isinstance(block, _Table)]
                columns = _stops(x for t in tables for e, _ in t.cells for x in (e[0], e[2]))
                rows = [row for table in tables for row in _rows(table, columns)]
                yield sheet(counter.next(), rows)


def _runs(pages: Iterable[Sequence[_Block]]) -> list[list[_Block]]:
    """Return blocks that belong together: lines, and a table with what follows on next pages."""
    runs: list[list[_Block]] = []
    for blocks in pages:
        for number, block in enumerate(blocks):
            last = runs[-1][-1] if runs else None
            match last, block:
                case _Text(), _Text():
                    goes_on = True
                case _Table(), _Table():
                    goes_on = number == 0 and _are_near(last.sides, block.sides)
                case _:
                    goes_on = False
            if goes_on:
                runs[-1].append(block)
            else:
                runs.append([block])
    return runs


def _are_near(first: Sequence[float], second: Sequence[float]) -> bool:
    return all(abs(a - b) <= _NEAR for a, b in zip(first, second, strict=True))


def _stops(places: Iterable[float]) -> list[float]:
    """Return places, those that are near each other as one."""
    found: list[float] = []
    for place in sorted(places):
        if not found or place - found[-1] > _NEAR:
            found.append(place)
    return found


def _rows(table: _Table, columns: Sequence[float]) -> Iterator[list[Raw]]:
    """Yield the rows of a table; what no line closes in is an empty cell."""
    tops = _stops(y for edges, _ in table.cells for y in (edges[1], edges[3]))
    begun: dict[tuple[int, int], Raw] = {}
    covered: set[tuple[int, int]] = set()
    for (left, top, right, bottom), text in table.cells:
        x, y = _index(columns, left), _index(tops, top)
        raw = Raw(text, max(_index(tops, bottom) - y, 1), max(_index(columns, right) - x, 1))
        begun[y, x] = raw
        covered |= {(y + dy, x + dx) for dy in range(raw.row_span) for dx in range(raw.column_span)}
    for y, _ in enumerate(pairwise(tops)):
        places = ((y, x) for x in range(len(columns) - 1))
        yield [begun.get(p, Raw("")) for p in places if p in begun or p not in covered]


def _index(stops: Sequence[float], place: float) -> int:
    return bisect_right(stops, place + _NEAR / 2) - 1
