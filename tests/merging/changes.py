"""Changes that people make in a form, by chance; and what a record that took them over prints."""

import random
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Final

from perfeval_docs.carried import Carried, CarriedFile
from perfeval_docs.importing import CellRow, Cells, Where, printed
from perfeval_docs.merging import Updated
from perfeval_docs.merging.update import carried_base, update
from perfeval_docs.profile import load_profile
from perfeval_docs.record import decode_record
from perfeval_docs.scoring import assess
from perfeval_docs.source import read_source
from perfeval_docs.view import compose
from tests.editing.layouts import AWKWARD, RECORDS, Tree, Writer, tree_of

NAME: Final = "2024/r.yaml"
SHARED: Final = """\
competent_department: 上海市科学技术委员会
implementing_unit: 上海市研发公共服务平台管理中心
fiscal_year: 2024
profile: shanghai
"""
WORDS: Final = (
    "改", "改了的 文字", "2.00(个)", "≥3(项)", "a: b", "# 号", "'引' \"号\"", "- 横", "null", "7",
    "达成指标，因故延期至下年；" * 6,
)  # fmt: skip
FIGURES: Final = ("1.00", "23.45", "7", "0.10", "88.8")
REASONS: Final = ("因故", "因故\n延期", "一、人手不足\n# 二、\n三：", WORDS[-1])


def sound(tree: Tree) -> Tree:
    """Give a tree what a record must say, and nothing that stands on no form."""
    assert isinstance(tree, dict)
    kept = {key: each for key, each in tree.items() if key != "declared_level_points"}
    funds = kept["funds"]
    assert isinstance(funds, dict)
    return {**kept, "funds": {key: each for key, each in funds.items() if each not in ("", {})}}


TREES: Final = [
    sound(tree_of(AWKWARD)),
    *(sound(tree_of(path.read_text("utf-8"))) for path in RECORDS),
]


def carried(tree: Tree) -> Carried:
    """Return what the documents of a record carry."""
    always_the_same = random.Random(1)  # noqa: S311  # no secrets
    text = Writer(always_the_same, comments=False).file(tree).decode("utf-8-sig")
    return Carried(
        tool="0",
        profile="shanghai",
        files=(
            CarriedFile(NAME, "record", text),
            CarriedFile("2024/perfeval.yaml", "defaults", SHARED),
        ),
    )


def reader(record: bytes) -> Callable[[str], bytes]:
    files = {NAME: record, "2024/perfeval.yaml": SHARED.encode()}
    return lambda name: files.get(name, b"")


def taken(tree: Tree, record: bytes, cells: Cells) -> Updated:
    """Merge cells that were printed from a tree, and edited, into a record."""
    return update(carried(tree), "x.docx", cells, Path("data"), reader(record))


def printed_of(tree: Tree) -> Cells:
    return carried_base(carried(tree), "x.docx", Path("data"), reader(b"")).cells


def printed_by(text: str) -> Cells:
    """Return what a form prints of a record's text."""
    source = read_source(text.encode(), NAME)
    decoded = decode_record(source, [read_source(SHARED.encode(), "2024/perfeval.yaml")])
    assert decoded.value is not None, decoded.diagnostics
    profile = load_profile(decoded.value.profile).value
    assert profile is not None
    return printed(compose(decoded.value, assess(decoded.value, profile), profile))


def is_reckoned(where: Where) -> bool:
    """Tell whether a value of the form is reckoned, unless the record declares it."""
    return where[-1].startswith("declared") or where[:2] == ("funds", "declared_total")


class Editor:
    """Changes cells as a source of chance decides."""

    def __init__(self, chance: random.Random) -> None:
        self._chance = chance

    def cells(self, cells: Cells) -> Cells:
        """Change some values, and some rows."""
        values = {where: self._value(where, text) for where, text in cells.values.items()}
        rows = [self._row(row) for row in cells.rows]
        for change in (self._removed, self._added, self._moved, self._swapped, self._renamed):
            if self._chance.random() < 0.25:
                rows = change(rows)
        return Cells(values, tuple(in_print_order(rows)))

    def _value(self, where: Where, text: str) -> str:
        if is_reckoned(where) or where[0] == "fiscal_year" or self._chance.random() < 0.8:
            return text
        if where[0] == "funds":
            return self._chance.choice(FIGURES)
        return self._chance.choice(REASONS if where[0] == "goal" else WORDS)

    def _row(self, row: CellRow) -> CellRow:
        cells = dict(row.cells)
        for key in cells:
            if key != "declared_score" and self._chance.random() < 0.1:
                texts = {"points": FIGURES, "remarks": (*REASONS, "")}.get(key, WORDS)
                cells[key] = self._chance.choice(texts)
        return replace(row, cells=cells)

    def _removed(self, rows: list[CellRow]) -> list[CellRow]:
        gone = self._chance.randrange(len(rows))
        return [row for number, row in enumerate(rows) if number != gone] or rows

    def _added(self, rows: list[CellRow]) -> list[CellRow]:
        at = self._chance.randrange(len(rows))
        near = rows[at]
        level2 = self._chance.choice([near.level2, near.level2, "新的 指标"])
        cells = {**near.cells, "indicator": f"新增{self._chance.random()}", "remarks": ""}
        new = CellRow(near.level1, level2, {**cells, "declared_score": ""})
        return [*rows[: at + 1], new, *rows[at + 1 :]]

    def _moved(self, rows: list[CellRow]) -> list[CellRow]:
        """Move a row to another level-2."""
        at, other = self._chance.randrange(len(rows)), self._chance.choice(rows)
        rows[at] = replace(rows[at], level1=other.level1, level2=other.level2)
        return rows

    def _swapped(self, rows: list[CellRow]) -> list[CellRow]:
        at = self._chance.randrange(len(rows))
        return [*rows[:at], *rows[at + 1 : at + 2], rows[at], *rows[at + 2 :]]

    def _renamed(self, rows: list[CellRow]) -> list[CellRow]:
        old = self._chance.choice(rows)
        names = ("改名: 指标", old.level2) if self._chance.random() < 0.3 else (old.level1, "改名")
        return [
            replace(row, level1=names[0], level2=names[1])
            if row.level1 == old.level1 and (names[0] != old.level1 or row.level2 == old.level2)
            else row
            for row in rows
        ]


def in_print_order(rows: list[CellRow]) -> list[CellRow]:
    """Return rows as a form prints them: what is of one level stands together."""
    groups: dict[str, dict[str, list[CellRow]]] = {}
    for row in rows:
        groups.setdefault(row.level1, {}).setdefault(row.level2, []).append(row)
    return [row for level in groups.values() for group in level.values() for row in group]


def said(cells: Cells) -> object:
    """Return what cells say besides what is reckoned, groups in any order; figures by value."""
    values = {w: _plain(text) for w, text in cells.values.items() if not is_reckoned(w)}
    groups: dict[tuple[str, str], list[dict[str, str]]] = {}
    for row in cells.rows:
        texts = {k: _plain(v) if k == "points" else v for k, v in row.cells.items()}
        texts.pop("declared_score", None)
        groups.setdefault((row.level1, row.level2), []).append(texts)
    return values, groups


def _plain(text: str) -> str:
    if not re.fullmatch(r"\d+(\.\d+)?", text):
        return text
    return (text.rstrip("0").rstrip(".") if "." in text else text) or "0"
