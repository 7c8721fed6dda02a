"""Word forms in which cells are blank, odd or no more what their heads say: no row is lost."""

import re
from collections.abc import Callable

import pytest
from docx.document import Document
from lxml import etree

from perfeval_docs.errors import UsageError
from tests.merging.test_word import FIRST, changed_lines, updated
from tests.merging.words import cell_of, opened, remove, row_of, saved, word_of, write

NAMED = "推广交流活动"


def cell(column: int, text: str) -> Callable[[Document], None]:
    return lambda document: write(row_of(document, NAMED).cells[column], text)


@pytest.mark.parametrize(
    ("column", "text", "lines"),
    [
        (5, "", ["-        points: 10.00", "+        points:"]),
        (5, "10分", []),
        (6, "", []),
        (6, "无", []),
        (4, "年度绩效指标", ['-        actual: "30"', '+        actual: "年度绩效指标"']),
        (2, "合计", [f"-      - indicator: {NAMED}", "+      - indicator: 合计"]),
    ],
)
def test_an_odd_cell_changes_itself_alone(column: int, text: str, lines: list[str]) -> None:
    record = FIRST.replace("actual: 30.00(场)".encode(), b'actual: "30"')
    document = opened(word_of(record))
    cell(column, text)(document)
    found = updated(saved(document), record)
    assert changed_lines(found) == lines
    assert (found.unplaced, found.missed) == ((), ())


@pytest.mark.parametrize(("column", "text"), [(5, "10分"), (6, "无")])
def test_what_is_no_figure_is_told(column: int, text: str) -> None:
    document = opened(word_of(FIRST))
    cell(column, text)(document)
    found = updated(saved(document))
    assert [(each.place[3], each.before, each.after) for each in found.unclear] == [
        (NAMED, "10.00", text)
    ]


def test_a_row_whose_name_is_blank_stays_and_is_told() -> None:
    document = opened(word_of(FIRST))
    cell(2, "")(document)
    remove(row_of(document, "服务站点维护"))
    found = updated(saved(document))
    assert changed_lines(found) == []
    assert [each[3] for each in found.missed] == [NAMED, "服务站点维护"]
    assert [each.text for each in found.unplaced] == ["≥10.00(场)", "30.00(场)", "10.00", "10.00"]


@pytest.mark.parametrize("head", ["", "三级指标名称"])
def test_a_form_whose_heads_were_changed_is_refused(head: str) -> None:
    document = opened(word_of(FIRST))
    write(cell_of(document, "三级指标"), head)
    with pytest.raises(UsageError, match="the heads of the indicators"):
        updated(saved(document))


@pytest.mark.parametrize(
    "text", ["a  b", "a　b", "a\xa0b", "a<br/>b", "<p>a</p>", "年度绩效指标", "合计", "第1页", "-"]
)
@pytest.mark.parametrize("key", ["project: 上海研发公共服务平台宣传推广", "indicator: 推广交流活动",
                                 "actual: 30.00(场)"])  # fmt: skip
def test_a_text_that_is_read_otherwise_than_it_is_printed_is_no_change(key: str, text: str) -> None:
    record = FIRST.replace(key.encode(), f'{key.partition(":")[0]}: "{text}"'.encode())
    found = updated(word_of(record), record)
    assert changed_lines(found) == []
    assert (found.conflicts, found.unclear, found.missed, found.unplaced) == ((), (), (), ())


W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


@pytest.mark.parametrize(
    ("sign", "lines", "told"),
    [
        ("noBreakHyphen", ["-        actual: 24.00(篇)", "+        actual: 25-26(篇)"], []),
        ("softHyphen", ["-        actual: 24.00(篇)", "+        actual: 2526(篇)"], []),
        ('sym w:font="Wingdings" w:char="F0FC"', [], ["25\ufffd26(篇)"]),
    ],
)
def test_signs_that_word_has_elements_for_are_read_or_told(
    sign: str, lines: list[str], told: list[str]
) -> None:
    document = opened(word_of(FIRST))
    (run,) = cell_of(document, "24.00(篇)").paragraphs[0].runs
    run.text = "25"
    run._r.append(etree.fromstring(f'<w:{sign.split(maxsplit=1)[0]} xmlns:w="{W}"/>'))
    for name, value in re.findall(r'w:(\w+)="(\w+)"', sign):
        run._r[-1].set(f"{{{W}}}{name}", value)
    more = etree.SubElement(run._r, f"{{{W}}}t")
    more.text = "26(篇)"
    found = updated(saved(document))
    assert changed_lines(found) == lines
    assert [each.after for each in found.unclear] == told
