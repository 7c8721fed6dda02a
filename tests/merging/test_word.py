"""Word forms that were edited: what comes back, through python-docx and through LibreOffice."""

import copy
import random
from collections import Counter
from pathlib import Path

import pytest
from docx.oxml.text.run import CT_R
from docx.table import _Cell
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from lxml import etree

from perfeval_docs.carried import CarriedError
from perfeval_docs.editing.remarks import comments_of
from perfeval_docs.errors import UsageError
from perfeval_docs.merging import Conflict, Unclear, Updated, update_from_form
from perfeval_docs.ooxml import pack, read_package, write_package
from perfeval_docs.source import read_source
from tests.editing.layouts import RECORDS, Writer, tree_of
from tests.importing.conftest import converted
from tests.importing.test_six import stripped_word
from tests.merging.changes import reader
from tests.merging.words import (
    cell_of,
    change,
    every_cell,
    opened,
    remove,
    row_of,
    saved,
    told,
    word_of,
    write,
)

FIRST = RECORDS[0].read_bytes()


def updated(word: bytes, record: bytes = FIRST) -> Updated:
    return update_from_form(word, "x.docx", Path("data"), reader(record))


def changed_lines(found: Updated) -> list[str]:
    """Return the lines that came and went, as `diff` shows them."""
    assert found.after is not None
    before, after = found.source.text.splitlines(), found.after.splitlines()
    gone, come = Counter(before) - Counter(after), Counter(after) - Counter(before)
    return [*(f"-{line}" for line in gone.elements()), *(f"+{line}" for line in come.elements())]


@pytest.mark.parametrize(
    ("old", "new", "lines"),
    [
        ("24.00(篇)", "25.00(篇)", ["-        actual: 24.00(篇)", "+        actual: 25.00(篇)"]),
        ("媒体专版报道量", "媒体报道量",
         ["-      - indicator: 媒体专版报道量", "+      - indicator: 媒体报道量"]),
        ("质量指标", "质量类指标", ["-    质量指标:", "+    质量类指标:"]),
        ("产出指标", "#产出", ["-  产出指标:", '+  "#产出":']),
        ("达成指标", "", ["-        actual: 达成指标", "+        actual:"]),
    ],
)  # fmt: skip
def test_one_cell_changes_one_line(old: str, new: str, lines: list[str]) -> None:
    document = opened(word_of(FIRST))
    write(cell_of(document, old), new)
    found = updated(saved(document))
    assert (found.conflicts, found.unclear, found.unplaced) == ((), (), ())
    assert changed_lines(found) == lines


def test_a_sum_that_is_right_is_not_declared_and_one_that_is_not_is() -> None:
    document = opened(word_of(FIRST))
    for number, text in ((1, "29.00"), (0, "29.00")):
        write(cell_of(document, "29.50", number), text)
    found = updated(saved(document))
    assert changed_lines(found) == ["-    executed: 29.50", "+    executed: 29.00"]
    document = opened(word_of(FIRST))
    write(cell_of(document, "99.97"), "99.00")
    assert changed_lines(updated(saved(document))) == ["+", "+declared_total_score: 99.00"]


def test_rows_go_come_and_move_with_their_comments() -> None:
    record = FIRST.replace(b"24.00(\xe7\xaf\x87)", b"24.00(\xe7\xaf\x87) # counted twice")
    document = opened(word_of(FIRST))
    remove(row_of(document, "推广交流活动"))
    last = row_of(document, "参加活动人员满意度")
    found = updated(saved(document), record)
    assert changed_lines(found) == [
        "-      - indicator: 推广交流活动", "-        target: ≥10.00(场)",
        "-        actual: 30.00(场)", "-        points: 10.00",
    ]  # fmt: skip
    for cell, text in zip(last.cells[2:5], ("新的", "及时", "达成指标"), strict=True):
        write(cell, text)
    found = updated(saved(document), record)
    assert found.after is not None
    assert "# counted twice" in found.after
    assert (
        "      - indicator: 新的\n        target: 及时\n        actual: 达成指标\n" in found.after
    )


def test_a_row_that_goes_leaves_its_comments() -> None:
    record = FIRST.replace(
        b"        actual: 30.00", b"        # from the ledger\n        actual: 30.00"
    )
    document = opened(word_of(FIRST))
    remove(row_of(document, "推广交流活动"))
    found = updated(saved(document), record)
    assert "+      # from the ledger" in changed_lines(found)


def test_what_the_record_says_by_now_stays_and_is_told() -> None:
    document = opened(word_of(FIRST))
    write(cell_of(document, "24.00(篇)"), "25.00(篇)")
    write(cell_of(document, "1.00(部)"), "2.00(部)")
    found = updated(saved(document), FIRST.replace("24.00(篇)".encode(), "26.00(篇)".encode()))
    where = ("indicators", "产出指标", "数量指标", "媒体专版报道量", "actual")
    assert found.conflicts == (Conflict(where, "24.00(篇)", "25.00(篇)", "26.00(篇)"),)
    assert changed_lines(found) == ["-        actual: 1.00(部)", "+        actual: 2.00(部)"]


def test_a_cell_that_says_two_things_is_only_split_where_it_is_clear() -> None:
    record = FIRST.replace(
        "actual: 30.00(场)\n".encode(),
        "actual: 30.00(场)\n        deviation_reason: 一\n        improvement: 二\n".encode(),
    )
    for text, lines, unclear in (
        ("一改\n二", ["-        deviation_reason: 一", "+        deviation_reason: 一改"], 0),
        ("一\n二改", ["-        improvement: 二", "+        improvement: 二改"], 0),
        ("三\n四", [], 1),
        (
            "",
            [
                "-        deviation_reason: 一",
                "-        improvement: 二",
                "+        deviation_reason:",
                "+        improvement:",
            ],
            0,
        ),
    ):
        document = opened(word_of(record))
        write(cell_of(document, "一\n二"), text)
        found = updated(saved(document), record)
        assert changed_lines(found) == lines
        assert len(found.unclear) == unclear


def test_a_form_without_its_record_and_one_whose_record_is_gone_are_refused() -> None:
    with pytest.raises(CarriedError, match="carries no record"):
        updated(stripped_word(word_of(FIRST)))
    with pytest.raises(UsageError, match="without --update"):
        updated(word_of(FIRST), b"")


def test_a_faulty_record_is_left_with_its_faults() -> None:
    found = updated(word_of(FIRST), FIRST.replace(b"points: 5.00", b"points: five", 1))
    assert found.after is None
    assert [each.name for each in found.diagnostics] == ["number-malformed"]


W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def revised(run: CT_R, text: str) -> None:
    """Strike a run out and write a text behind it, as Word does while it keeps revisions."""
    paragraph = run.getparent()
    assert paragraph is not None
    at = paragraph.index(run)
    struck = etree.fromstring(f'<w:del xmlns:w="{W}" w:id="1" w:author="a"/>')
    for each in run.iter(f"{{{W}}}t"):
        each.tag = f"{{{W}}}delText"
    struck.append(run)
    paragraph.insert(at, struck)
    new = f'<w:ins xmlns:w="{W}" w:id="2" w:author="a"><w:r><w:t>{text}</w:t></w:r></w:ins>'
    paragraph.insert(at + 1, etree.fromstring(new))


def test_revisions_that_word_keeps_are_read_as_they_are_seen() -> None:
    document = opened(word_of(FIRST))
    (run,) = cell_of(document, "24.00(篇)").paragraphs[0].runs
    revised(run._r, "25.00(篇)")
    for row, kind in (
        (row_of(document, "推广交流活动"), "del"),
        (row_of(document, "视频宣传片"), "ins"),
    ):
        properties = row._tr.get_or_add_trPr()
        properties.append(etree.fromstring(f'<w:{kind} xmlns:w="{W}" w:id="3" w:author="a"/>'))
    found = updated(saved(document))
    assert changed_lines(found) == [
        "-        actual: 24.00(篇)", "-      - indicator: 推广交流活动",
        "-        target: ≥10.00(场)", "-        actual: 30.00(场)", "-        points: 10.00",
        "+        actual: 25.00(篇)",
    ]  # fmt: skip


@pytest.mark.parametrize("is_struck", [False, True])
def test_the_first_row_of_a_level_may_go(*, is_struck: bool) -> None:
    """The name of the level goes with it in Word: its rows stay in the level that they had."""
    document = opened(word_of(FIRST))
    row = row_of(document, "需求对接典型案例")
    if is_struck:
        mark = etree.fromstring(f'<w:del xmlns:w="{W}" w:id="3" w:author="a"/>')
        row._tr.get_or_add_trPr().append(mark)
    else:
        level = row_of(document, "推广活动参与人员")._tr.tc_lst[1]
        merge = level.get_or_add_tcPr().vMerge_val
        assert merge == "continue"
        level.get_or_add_tcPr().vMerge_val = "restart"
        remove(row)
    found = updated(saved(document))
    assert sorted(changed_lines(found)) == sorted([
        "-      - indicator: 需求对接典型案例", "-        target: ≥1.00(个)",
        "-        actual: 2.00(个)", "-        points: 10.00",
    ])  # fmt: skip


def test_paragraphs_whose_ends_were_struck_out_are_one() -> None:
    document = opened(word_of(FIRST))
    cell = cell_of(document, "达成指标")
    write(cell, "达成\n指\n标了")
    for paragraph in cell.paragraphs[:2]:
        mark = f'<w:rPr xmlns:w="{W}"><w:del w:id="1" w:author="a"/></w:rPr>'
        for old in paragraph._p.get_or_add_pPr().findall(f"{{{W}}}rPr"):
            paragraph._p.get_or_add_pPr().remove(old)
        paragraph._p.get_or_add_pPr().append(etree.fromstring(mark))
    assert "+        actual: 达成指标了" in changed_lines(updated(saved(document)))


def test_a_note_of_a_reviewer_is_told() -> None:
    parts = read_package(word_of(FIRST))
    note = '<w:comment w:id="1"><w:p><w:r><w:t>请核实</w:t></w:r></w:p></w:comment>'
    parts["word/comments.xml"] = f'<w:comments xmlns:w="{W}">{note}</w:comments>'.encode()
    found = updated(write_package({name: pack(part) for name, part in parts.items()}))
    assert [(each.place.sheet, each.text) for each in found.unplaced] == [("批注", "请核实")]
    assert found.after == found.source.text


def test_a_row_that_cannot_be_read_stays() -> None:
    document = opened(word_of(FIRST))
    write(cell_of(document, "视频宣传片"), "")
    write(cell_of(document, "24.00(篇)"), "25.00(篇)")
    found = updated(saved(document))
    assert changed_lines(found) == ["-        actual: 24.00(篇)", "+        actual: 25.00(篇)"]
    assert [where[-1] for where in found.missed] == ["视频宣传片"]
    assert "1.00(部)" in [each.text for each in found.unplaced]


def test_a_line_that_was_broken_is_one_line_where_the_record_has_one() -> None:
    document = opened(word_of(FIRST))
    write(cell_of(document, "24.00(篇)"), "24.00(篇)\n其中专版6.00(篇)")
    write(cell_of(document, "视频宣传片"), "视频\nTV\nAd\n宣传片")
    assert changed_lines(updated(saved(document))) == [
        "-        actual: 24.00(篇)", "-      - indicator: 视频宣传片",
        "+        actual: 24.00(篇)其中专版6.00(篇)", "+      - indicator: 视频TV Ad宣传片",
    ]  # fmt: skip


def test_a_second_column_of_remarks_is_listed_and_the_rest_is_read() -> None:
    document = opened(word_of(FIRST))
    write(cell_of(document, "24.00(篇)"), "25.00(篇)")
    for number, row in enumerate(document.tables[1].rows):
        last = row._tr.tc_lst[-1]
        last.addnext(copy.deepcopy(last))
        text = {0: "备注", 2: "已核"}.get(number, "")
        write(_Cell(row._tr.tc_lst[-1], document.tables[1]), text)
    found = updated(saved(document))
    assert changed_lines(found) == ["-        actual: 24.00(篇)", "+        actual: 25.00(篇)"]
    assert [each.text for each in found.unplaced][:2] == ["备注", "已核"]


def test_a_table_whose_head_is_not_known_is_no_part_of_the_goal() -> None:
    document = opened(word_of(FIRST))
    write(cell_of(document, "三级指标"), "名称及内容")
    with pytest.raises(UsageError, match="heads of the indicators"):
        updated(saved(document))


def test_amounts_that_somebody_wrote_in_yuan_are_taken_in_wan() -> None:
    document = opened(word_of(FIRST))
    write(cell_of(document, "项目资金\n(万元)"), "项目资金\n(元)")
    for cell in every_cell(document):
        if cell.text in ("29.60", "29.50"):
            write(cell, {"29.60": "296,000", "29.50": "294000.00"}[cell.text])
    assert changed_lines(updated(saved(document))) == [
        "-    executed: 29.50", "+    executed: 29.40",
    ]  # fmt: skip


def test_what_the_folder_shares_cannot_be_blanked_and_is_told() -> None:
    document = opened(word_of(FIRST))
    unit = "上海市研发公共服务平台管理中心"
    write(cell_of(document, unit), "")
    found = updated(saved(document))
    assert found.after == found.source.text
    assert found.conflicts == (Conflict(("implementing_unit",), unit, None, unit),)


def test_a_source_of_money_that_a_form_adds_has_its_amounts_in_order() -> None:
    zeros = b"    initial_budget: 0.00\n    adjusted_budget: 0.00\n    executed: 0.00\n"
    record = FIRST.replace(b"  other_funds:\n" + zeros, b"")
    document = opened(word_of(record))
    write(cell_of(document, "0.00", 5), "3.00")
    after = updated(saved(document), record).after
    assert after is not None
    assert (
        f"  other_funds:\n{zeros.decode()}".replace("adjusted_budget: 0", "adjusted_budget: 3")
        in after
    )


def test_a_column_in_another_unit_of_money_is_listed() -> None:
    document = opened(word_of(FIRST))
    write(cell_of(document, "全年执行数"), "全年执行数（元）")
    found = updated(saved(document))
    assert [each.text for each in found.unplaced] == ["全年执行数（元）"]


def test_the_name_of_a_level_is_not_taken_for_that_of_an_indicator() -> None:
    document = opened(word_of(FIRST))
    write(cell_of(document, "需求对接典型案例"), "")
    found = updated(saved(document))
    assert found.after == found.source.text
    assert [where[-1] for where in found.missed] == ["需求对接典型案例"]


def test_a_form_without_its_table_of_indicators_takes_none_out() -> None:
    document = opened(word_of(FIRST))
    for row in document.tables[1].rows:
        remove(row)
    with pytest.raises(UsageError, match="heads of the indicators"):
        updated(saved(document))


@pytest.mark.parametrize(
    ("old", "number", "new", "key"),
    [("5.00", 0, "五分", "points"), ("5.00", 1, "五分", "declared_score")],
)
def test_what_is_no_figure_is_left_where_one_belongs(
    old: str, number: int, new: str, key: str
) -> None:
    document = opened(word_of(FIRST))
    write(cell_of(document, old, number), new)
    found = updated(saved(document))
    where = ("indicators", "产出指标", "数量指标", "媒体专版报道量", key)
    assert found.after == found.source.text
    assert found.unclear == (Unclear(where, old, new),)


@settings(max_examples=25)
@given(st.sampled_from(RECORDS), st.integers(0, 2**32).map(random.Random))
def test_a_record_takes_over_what_was_typed_in_word_and_prints_it_again(
    path: Path, chance: random.Random
) -> None:
    record = Writer(chance).file(tree_of(path.read_text("utf-8")))
    before = read_source(record, "r.yaml")
    assume(not before.diagnostics)
    document = opened(word_of(path.read_bytes()))
    change(document, chance)
    found = updated(saved(document), record)
    assert (found.conflicts, found.unclear, found.diagnostics) == ((), (), ())
    assert found.after is not None
    after = read_source(found.after.encode(), "r.yaml")
    assert Counter(comments_of(after)) == Counter(comments_of(before))
    expected = {place: flat(text) for place, text in told(document).items()}
    again = told(opened(word_of(found.after.encode())))
    assert {place: flat(text) for place, text in again.items()} == expected


def flat(text: str) -> str:
    """Return a text without what a figure's decimals and white space at its ends add."""
    lines = [line.strip() for line in text.split("\n") if line.strip()]
    number = "".join(lines).replace(".", "", 1).isdigit()
    return f"{float(lines[0]):.2f}" if number else "\n".join(lines)


@pytest.mark.debian
def test_a_form_that_was_edited_and_saved_by_libreoffice_comes_back_the_same(
    tmp_path: Path,
) -> None:
    chance = random.Random(7)  # noqa: S311  # no secrets
    wanted = {}
    for path in RECORDS:
        document = opened(word_of(path.read_bytes()))
        change(document, chance)
        (tmp_path / f"{path.stem}.docx").write_bytes(saved(document))
        wanted[path] = updated(saved(document), path.read_bytes())
    converted(list(tmp_path.glob("*.docx")), "docx", tmp_path / "saved")
    for path, expected in wanted.items():
        found = updated((tmp_path / f"saved/{path.stem}.docx").read_bytes(), path.read_bytes())
        assert found.after != found.source.text
        assert (found.after, found.conflicts) == (expected.after, expected.conflicts)
