"""Word files of records, edited as people do in Word, and read by python-docx."""

import copy
import io
import random
from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Final

import docx
from docx.document import Document
from docx.table import Table, _Cell, _Row

from perfeval_docs.build.carrying import carried_xml
from perfeval_docs.build.reports import Report, Workshop, make_report, open_workshop
from perfeval_docs.checking import Inputs, RecordFile, prepare
from tests.merging.changes import FIGURES, NAME, REASONS, SHARED, WORDS

ROOT: Final = Path(__file__).parents[2]
TEMPLATE: Final = ROOT / "templates/self-evaluation.docx"
COLUMNS: Final = ("三级指标", "年度指标值", "实际完成值", "分值", "偏差原因分析及改进措施")
AMOUNTS: Final = ("年初预算数", "全年预算数", "全年执行数")
GOALS: Final = ("预期目标", "实际完成情况")
SOURCES: Final = ("其中:当年财政拨款", "上年结转资金", "其他资金")


@cache
def workshop() -> Workshop:
    return open_workshop(TEMPLATE.as_posix(), TEMPLATE.read_bytes(), (), system_fonts=False)


def word_of(record: bytes) -> bytes:
    """Return the Word file that is built of a record, or would be if no rule stopped it."""
    year, _, name = NAME.partition("/")
    file = RecordFile(
        data=Path("data"), year=year, stem=name.removesuffix(".yaml"), path=Path("data", NAME),
        defaults=(Path("data/2024/perfeval.yaml"),),
    )  # fmt: skip
    inputs = Inputs(file=file, data=record, defaults=(SHARED.encode(),))
    prepared = replace(prepare(inputs, lambda _: ()), diagnostics=())
    assert prepared.is_sound
    made = make_report(prepared, workshop(), None, carried_xml(file, prepared))
    assert isinstance(made, Report)
    return made.docx


def opened(data: bytes) -> Document:
    return docx.Document(io.BytesIO(data))


def saved(document: Document) -> bytes:
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def write(cell: _Cell, text: str) -> None:
    """Write into a cell as somebody does in Word: a line is a paragraph, its looks stay."""
    first, *others = cell.paragraphs
    for each in others:
        each._p.getparent().remove(each._p)
    lines = text.split("\n")
    first.text = lines[0]
    for line in reversed(lines[1:]):
        new = copy.deepcopy(first._p)
        first._p.addnext(new)
        cell.paragraphs[1].text = line


def cell_of(document: Document, text: str, number: int = 0) -> _Cell:
    """Return a cell with this text."""
    return [cell for cell in every_cell(document) if cell.text == text][number]


def every_cell(document: Document) -> Iterator[_Cell]:
    for table in document.tables:
        for row in table.rows:
            for tc in row._tr.tc_lst:
                yield _Cell(tc, table)


def row_of(document: Document, name: str) -> _Row:
    """Return the row in which an indicator of this name stands."""
    return row_with(document, cell_of(document, name))


def row_with(document: Document, cell: _Cell) -> _Row:
    """Return the row of a cell."""
    rows: list[_Row] = [
        row for table in document.tables for row in table.rows if cell._tc in row._tr.tc_lst
    ]
    return rows[0]


def told(document: Document) -> Mapping[tuple[str, ...], str]:
    """Return what a form says by its labels, but for what is reckoned."""
    return {place: cell.text for place, cell in places(document)}


def places(document: Document) -> Iterator[tuple[tuple[str, ...], _Cell]]:
    """Yield the cells that a record is printed in, by their labels."""
    for table in document.tables:
        yield from _places(table)


def _places(table: Table) -> Iterator[tuple[tuple[str, ...], _Cell]]:
    heads: list[str] = []
    number = 0
    for row in table.rows:
        cells = dict(enumerate(row.cells))
        plain = ["".join(cell.text.split()) for cell in cells.values()]
        if {"三级指标", "年初预算数", "预期目标"} & set(plain):
            heads = plain
            continue
        number += "三级指标" in heads
        name = next((name for name in SOURCES if name in plain), str(number))
        if plain[0] in ("总分", "评分等级"):
            heads = []
        elif plain[0] in ("项目名称", "主管部门"):
            own = list({id(cell._tc): cell for cell in row.cells}.values())
            for label, cell in zip(own[::2], own[1::2], strict=False):
                yield ("".join(label.text.split()),), cell
        is_source = name in SOURCES
        for labels, is_meant in ((COLUMNS, not is_source), (AMOUNTS, is_source), (GOALS, True)):
            for label in labels if is_meant else ():
                if label in heads:
                    yield (name, label), cells[heads.index(label)]


def remove(row: _Row) -> None:
    """Take a row out of its table."""
    table = row._tr.getparent()
    assert table is not None
    table.remove(row._tr)


def change(document: Document, chance: random.Random) -> None:
    """Write other texts into some cells, and take rows out or put new ones in."""
    for place, cell in list(places(document)):
        if chance.random() < 0.15:
            figures = place[-1] in (*AMOUNTS, "分值")
            long = place[-1] in (*GOALS, COLUMNS[-1])
            write(cell, chance.choice(FIGURES if figures else REASONS if long else WORDS))
    if chance.random() < 0.3:
        row = row_with(document, names(document)[-1])
        row._tr.addnext(copy.deepcopy(row._tr))
        write(names(document)[-1], "新增的指标")
    if chance.random() < 0.3 and len(names(document)) > 1:
        # The last of the form: it carries no merge that others hang on.
        remove(row_with(document, names(document)[-1]))


def names(document: Document) -> list[_Cell]:
    """Return the cells of the names of all indicators."""
    return [cell for place, cell in places(document) if place[-1] == COLUMNS[0]]
