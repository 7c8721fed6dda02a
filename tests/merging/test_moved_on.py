"""Records that moved on while a form was out: rows and levels that both sides changed."""

import copy
from collections.abc import Sequence
from dataclasses import replace

import pytest
from docx.document import Document

from perfeval_docs.compare.indicators import Row, paired
from perfeval_docs.importing import CellRow
from perfeval_docs.merging import Updated
from tests.merging.changes import TREES, printed_of, taken
from tests.merging.test_word import FIRST, changed_lines, updated
from tests.merging.words import cell_of, opened, remove, row_of, saved, word_of, write

NAMED = "推广交流活动"
ROW = f"""\
      - indicator: {NAMED}
        target: ≥10.00(场)
        actual: 30.00(场)
        points: 10.00
"""
QUALITY = "    质量指标:\n"
FIRST_OF_QUALITY = "需求对接典型案例"


def record(*changes: tuple[str, str]) -> bytes:
    text = FIRST.decode()
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    return text.encode()


def with_new_first_row() -> Document:
    """Put a row before the others of a level: it takes the place of the one with the name."""
    document = opened(word_of(FIRST))
    row = row_of(document, FIRST_OF_QUALITY)
    below = copy.deepcopy(row._tr)
    below.tc_lst[1].get_or_add_tcPr().vMerge_val = "continue"
    row._tr.addnext(below)
    for column, text in ((2, "全新"), (3, "是"), (4, "是")):
        write(row.cells[column], text)
    return document


@pytest.mark.parametrize(
    ("now", "where"),
    [
        ([("actual: 30.00(场)\n", "actual: 30.00(场)\n        deviation_reason: 因故\n")],
         "deviation_reason"),
        ([(ROW, ""), (QUALITY, QUALITY + ROW)], "levels"),
        ([("actual: 30.00(场)", "actual: 31.00(场)")], "actual"),
    ],
)  # fmt: skip
def test_a_row_that_went_stays_where_the_record_changed_it(
    now: Sequence[tuple[str, str]], where: str
) -> None:
    document = opened(word_of(FIRST))
    remove(row_of(document, NAMED))
    found = updated(saved(document), record(*now))
    assert changed_lines(found) == []
    assert [each.where[3:] for each in found.conflicts] == [(NAMED, where)]


def test_a_row_that_went_takes_what_no_form_shows_along() -> None:
    document = opened(word_of(FIRST))
    remove(row_of(document, NAMED))
    evidence = ("actual: 30.00(场)\n", "actual: 30.00(场)\n        evidence: 台账\n")
    assert NAMED not in (updated(saved(document), record(evidence)).after or "")


def test_a_new_first_row_goes_into_its_level_though_the_record_renamed_it() -> None:
    found = updated(saved(with_new_first_row()), record((QUALITY, "    质量类指标:\n")))
    assert found.after is not None
    assert "    质量类指标:\n      - indicator: 全新\n" in found.after
    assert QUALITY not in found.after


def form_with(rows: Sequence[CellRow], now: bytes) -> Updated:
    """Merge a form of the first record that has these rows."""
    cells = printed_of(TREES[1])
    return taken(TREES[1], now, replace(cells, rows=tuple(rows)))


def test_a_new_row_does_not_follow_one_that_the_record_took_elsewhere() -> None:
    """The row above moved in the form to one level and in the record to another."""
    rows = list(printed_of(TREES[1]).rows)
    at = next(n for n, row in enumerate(rows) if row.level2 == "质量指标")
    moved = replace(next(row for row in rows if row.cells["indicator"] == NAMED), level2="质量指标")
    new = CellRow("产出指标", "质量指标", {**moved.cells, "indicator": "全新", "target": "是"})
    rows = [row for row in rows[:at] if row.cells["indicator"] != NAMED] + [moved, new, *rows[at:]]
    now = record((ROW, ""), ("    时效指标:\n", f"    时效指标:\n{ROW}"))
    found = form_with(rows, now)
    assert [each.where[-1] for each in found.conflicts] == ["levels"]
    assert found.after is not None
    assert f"{QUALITY}      - indicator: 全新\n" in found.after


def test_two_new_rows_of_one_name_are_two() -> None:
    rows = printed_of(TREES[1]).rows
    old = next(row for row in rows if row.cells["indicator"] == NAMED)
    new = replace(old, cells={**old.cells, "indicator": "全新", "target": "是"})
    added = ROW.replace(NAMED, "全新").replace("≥10.00(场)", "是")
    found = form_with(
        [*rows[:1], new, new, *rows[1:]], record(("    数量指标:\n", f"    数量指标:\n{added}"))
    )
    assert (found.after or "").count("indicator: 全新\n") == 2


def test_a_row_that_moved_in_the_form_and_went_from_the_record_is_told() -> None:
    rows = list(printed_of(TREES[1]).rows)
    at = next(n for n, row in enumerate(rows) if row.cells["indicator"] == NAMED)
    rows[at] = replace(rows[at], level2="质量指标")
    found = form_with(rows, record((ROW, "")))
    assert [each.where[-1] for each in found.conflicts] == ["levels"]


def test_what_the_folder_says_cannot_be_blank_in_a_record() -> None:
    document = opened(word_of(FIRST))
    write(cell_of(document, "上海市研发公共服务平台管理中心"), "")
    found = updated(saved(document))
    assert changed_lines(found) == []
    assert [each.where for each in found.conflicts] == [("implementing_unit",)]


def test_a_reason_and_a_measure_can_be_blanked_together() -> None:
    both = "        deviation_reason: 一\n        improvement: 二\n"
    now = record(("actual: 30.00(场)\n", f"actual: 30.00(场)\n{both}"))
    document = opened(word_of(now))
    write(cell_of(document, "一\n二"), "")
    found = updated(saved(document), now)
    assert (found.unclear, changed_lines(found)[-2:]) == (
        (), ["+        deviation_reason:", "+        improvement:"]
    )  # fmt: skip


def test_a_new_row_goes_into_a_level_whose_name_has_white_space() -> None:
    now = record((QUALITY, "    质量 指标:\n"))
    document = opened(word_of(now))
    last = row_of(document, "推广活动参与人员")
    last._tr.addnext(copy.deepcopy(last._tr))
    write(row_of(document, "推广活动参与人员").cells[2], "全新的一行")
    write(row_of(document, "全新的一行").cells[3], "是")
    found = updated(saved(document), now)
    assert (found.after or "").count("质量") == 1


def test_of_rows_of_one_name_the_one_that_says_the_same_is_the_same() -> None:
    second = "      - indicator: 媒体专版报道量\n        target: =1.00(部) # 2\n"
    now = record(("      - indicator: 视频宣传片\n        target: =1.00(部)\n", second))
    document = opened(word_of(now))
    rows = [row for table in document.tables for row in table.rows]
    first = next(row for row in rows if row.cells[2].text == "媒体专版报道量")
    below = rows[rows.index(first) + 1] if first in rows else first
    for column in range(2, 7):
        write(first.cells[column], below.cells[column].text)
    remove(below)
    found = updated(saved(document), now)
    assert changed_lines(found) == [
        "-      - indicator: 媒体专版报道量", "-        target: ≥20.00(篇)",
        "-        actual: 24.00(篇)", "-        points: 5.00",
    ]  # fmt: skip


def test_many_rows_with_new_names_are_told_apart_soon() -> None:
    def rows(start: int) -> list[Row]:
        return [
            Row(level1="一", level2="二", position=n, score=None,
                said={"indicator": f"{(start + n) * 7919:x}" * 150, "target": "≥1"})
            for n in range(400)
        ]  # fmt: skip

    pairs = list(paired(rows(0), rows(10_000)))
    assert {one.position for one, _ in pairs if one is not None} == set(range(400))
    assert {two.position for _, two in pairs if two is not None} == set(range(400))
