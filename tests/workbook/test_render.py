"""A workbook holds what its view says, text as text, and looks as a table is read and printed."""

import os
import subprocess
import sys
import zipfile
from decimal import Decimal
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from perfeval_docs.view.workbook import (
    Average,
    Cell,
    ColumnView,
    Ratio,
    Same,
    SheetView,
    Sum,
    TotalView,
)
from tests.workbook.books import FIRST, opened, parts, rendered, sheet, worksheet

ROOT = Path(__file__).parents[2]

LOOKS_LIKE_MORE = (
    "=1+1", "=SUM(A1:A9)", "+1", "-1", "@SUM(A1)", "\t=1", "'=1", "#N/A", "123", "0012", "1.50",
    "1,000", "1E5", "50%", "2024-12-31", "2024年12月31日", "3/4", "12:30", "¥5", "(5)", "TRUE",
    "false",
)  # fmt: skip
PLAIN = (
    "媒体报道", "2024年度", "≥20.00(篇)", "24.00(篇)", "{=SUM(A1)}", "http://example.org/a",
    "www.example.org", "mailto:a@example.org", "internal:表!A1", "<r>甲</r>", "<r><t>甲</t></r>",
    "<b>&amp;</b>", "\"'", "甲\n乙", "  两端  ", "_x0041_", "R&D", "第1季度", "🀀龘", "10%以上",
)  # fmt: skip


@pytest.mark.parametrize("text", [*LOOKS_LIKE_MORE, *PLAIN])
def test_a_text_stays_text(text: str) -> None:
    cell = worksheet(rendered(sheet((text, Decimal(1))))).cell(FIRST, 1)
    assert cell.value == text
    assert cell.data_type == "s"
    assert cell.hyperlink is None


@pytest.mark.parametrize("text", LOOKS_LIKE_MORE)
def test_what_excel_would_take_for_more_stays_text_when_it_is_edited(text: str) -> None:
    assert worksheet(rendered(sheet((text, None)))).cell(FIRST, 1).quotePrefix


@pytest.mark.parametrize("text", PLAIN)
def test_plain_text_has_no_apostrophe_before_it(text: str) -> None:
    assert not worksheet(rendered(sheet((text, None)))).cell(FIRST, 1).quotePrefix


# What a writer of XML, or of Excel's escapes in it, may trip over.
PIECES = st.sampled_from(
    ["<r>", "</r>", "<t>", "&", "]]>", "_x0041_", "_x", "\n", " ", "\u2028", "甲"]
)
WILD = st.sampled_from("\x00\x0b\x0c\x1f\x7f\x85\ud800\udfff\ufffe\uffff\r\t")
CALM = st.characters(exclude_categories=["Cs", "Cc"])


@given(st.lists(PIECES | WILD | st.characters(), max_size=9).map("".join))
def test_no_text_breaks_the_file(text: str) -> None:
    data = rendered(sheet((text, None)))
    for name, part in parts(data).items():
        assert etree.fromstring(part) is not None, name
    assert opened(data).sheetnames == ["表"]


@given(st.lists(PIECES | CALM, max_size=9).map("".join))
def test_any_text_without_control_characters_reads_back(text: str) -> None:
    stored = text.replace("\ufffe", "\ufffd").replace("\uffff", "\ufffd")
    assert (worksheet(rendered(sheet((text, None)))).cell(FIRST, 1).value or "") == stored


def test_control_characters_are_kept_as_excel_escapes_them_and_halves_of_pairs_are_marked() -> None:
    data = rendered(sheet(("甲\x01乙", None), ("甲\ud800乙", None)))
    assert b"\xe7\x94\xb2_x0001_\xe4\xb9\x99" in parts(data)["xl/sharedStrings.xml"]
    assert worksheet(data).cell(FIRST + 1, 1).value == "甲\ufffd乙"


def test_figures_are_numbers_with_the_decimals_of_their_column() -> None:
    columns = (
        ColumnView(label="序号", width=6, kind="whole"),
        ColumnView(label="金额", width=12, kind="amount", places=2),
        ColumnView(label="金额", width=12, kind="amount", places=0),
        ColumnView(label="率", width=8, kind="figure", places=3),
        ColumnView(label="词", width=8, kind="word"),
    )
    rows = ((7, Decimal("1234.50"), Decimal("3.5"), Decimal("99.200"), "优"),)
    view = SheetView(name="表", title="标题", note="注", columns=columns, rows=rows)
    cells = worksheet(rendered(view))[FIRST]
    assert [cell.value for cell in cells] == [7, 1234.5, 3.5, 99.2, "优"]
    formats = [cell.number_format for cell in cells]
    assert formats == ["0", "#,##0.00_ ", "#,##0_ ", "0.000_ ", "General"]
    aligned = [cell.alignment.horizontal for cell in cells]
    assert aligned == ["center", "right", "right", "right", "center"]


def test_a_figure_that_excel_cannot_keep_is_a_text_and_its_sheet_has_no_formulas() -> None:
    large, small = Decimal("999999999999999.99"), Decimal("0.01")
    total = TotalView(how=Sum(places=2), value=large + small)
    cells = worksheet(rendered(sheet(("甲", large), ("乙", small), totals=(("合计", total),))))
    assert cells.cell(FIRST, 2).value == "999999999999999.99"
    assert cells.cell(FIRST, 2).data_type == "s"
    assert cells.cell(FIRST + 1, 2).value == 0.01
    assert cells.cell(FIRST + 2, 2).value == 1000000000000000


@given(st.decimals(0, 10**13 - 1, places=2))
def test_every_amount_of_fifteen_digits_reads_back_exactly(amount: Decimal) -> None:
    value = worksheet(rendered(sheet(("甲", amount)))).cell(FIRST, 2).value
    assert Decimal(repr(value)) == amount


HOWS = (
    (Sum(), "=SUM(B4:B5)"),
    (Sum(places=2), "=ROUND(SUM(B4:B5),2)"),
    (Ratio(part=2, whole=1, rounding="down"), '=IFERROR(ROUNDDOWN(ROUND(C6/B6*100,12),2),"")'),
    (Ratio(part=1, whole=2, rounding="half_up"), '=IFERROR(ROUND(ROUND(B6/C6*100,12),2),"")'),
    (Average(), '=IFERROR(ROUND(ROUND(AVERAGE(B4:B5),10),2),"")'),
    (
        Average(weight=2),
        '=IFERROR(ROUND(ROUND(SUMPRODUCT(C4:C5,B4:B5)/SUMIF(B4:B5,">=0",C4:C5),10),2),"")',
    ),
    (Same(sheet="另表", line=1, column=2), "='另表'!C6"),
)


@pytest.mark.parametrize(("how", "formula"), HOWS, ids=[type(how).__name__ for how, _ in HOWS])
def test_a_total_is_a_formula_that_carries_its_value(how: Sum, formula: str) -> None:
    total = TotalView(how=how, value=Decimal("12.34"))
    rows = (("甲", Decimal(1), Decimal(2)), ("乙", Decimal(3), Decimal(4)))
    other = sheet(("甲", None, None), name="另表")
    data = rendered(sheet(*rows, totals=(("合计", total, None),)), other)
    assert worksheet(data).cell(FIRST + 2, 2).value == formula
    assert worksheet(data, values=True).cell(FIRST + 2, 2).value == 12.34


def test_columns_beyond_the_alphabet_have_two_letters() -> None:
    total = TotalView(how=Sum(), value=0)
    row: tuple[Cell, ...] = ("甲", *(Decimal(0) for _ in range(59)))
    data = rendered(sheet(row, totals=((None, *(total for _ in range(59))),)))
    cells = worksheet(data)
    assert [cells.cell(FIRST + 1, at).value for at in (26, 27, 52, 53, 60)] == [
        f"=SUM({name}4:{name}4)" for name in ("Z", "AA", "AZ", "BA", "BH")
    ]


def test_a_total_without_a_value_is_a_formula_that_shows_nothing() -> None:
    total = TotalView(how=Average(), value=None)
    data = rendered(sheet(("甲", None), totals=(("平均", total),)))
    assert str(worksheet(data).cell(FIRST + 1, 2).value).startswith("=IFERROR(")
    assert worksheet(data, values=True).cell(FIRST + 1, 2).value is None


def test_a_table_without_rows_says_so_and_has_no_totals() -> None:
    total = TotalView(how=Sum(), value=0)
    cells = worksheet(rendered(sheet(totals=(("合计", total),))))
    assert [cell.value for cell in cells[FIRST]] == ["无", None]
    assert cells.max_row == FIRST
    assert cells.auto_filter.ref == "A3:B4"


def test_the_head_is_frozen_filtered_and_printed_on_each_page() -> None:
    total = TotalView(how=Sum(places=2), value=Decimal(3))
    rows = (("甲", Decimal(1)), ("乙", Decimal(2)))
    cells = worksheet(rendered(sheet(*rows, totals=(("合计", total),))))
    assert cells.freeze_panes == "A4"
    assert cells.auto_filter.ref == "A3:B5"
    assert cells.print_title_rows == "$1:$3"
    assert (cells.page_setup.orientation, cells.page_setup.paperSize) == ("landscape", 9)
    assert cells.sheet_properties.pageSetUpPr is not None
    assert cells.sheet_properties.pageSetUpPr.fitToPage
    assert (cells.page_setup.fitToWidth, cells.page_setup.fitToHeight) in {(None, 0), (1, 0)}
    assert cells.oddFooter is not None
    assert cells.oddFooter.center.text == "第 &P 页 共 &N 页"
    head = [cells.cell(row, 1).value for row in (1, 2, 3)]
    assert head == ["标题", "注", "名称"]
    assert {str(each) for each in cells.merged_cells.ranges} == {"A1:B1", "A2:B2"}


def test_cells_are_wrapped_and_bordered_and_in_the_faces_of_official_tables() -> None:
    total = TotalView(how=Sum(places=2), value=Decimal(1))
    cells = worksheet(rendered(sheet(("甲", Decimal(1)), totals=(("合计", total),))))
    for row in cells["A3":"B5"]:
        for cell in row:
            assert cell.alignment.wrap_text
            sides = (cell.border.left, cell.border.right, cell.border.top, cell.border.bottom)
            assert [side.style for side in sides] == ["thin"] * 4
            assert cell.font.size == 10.5
    faces = [cells.cell(row, 2).font.name for row in (3, 4, 5)]
    assert faces == ["黑体", "宋体", "黑体"]
    assert (cells["A1"].font.name, cells["A1"].font.size) == ("黑体", 16)


def test_a_column_is_as_wide_as_its_longest_figure() -> None:
    total = TotalView(how=Sum(places=2), value=Decimal("9876543210.00"))
    cells = worksheet(rendered(sheet(("甲", Decimal("12.00")), totals=(("合计", total),))))
    assert cells.column_dimensions["A"].width == pytest.approx(20, abs=1)
    assert cells.column_dimensions["B"].width >= len("9,876,543,210.00")


def test_a_row_is_as_high_as_its_longest_text() -> None:
    cells = worksheet(rendered(sheet(("甲", None), ("长" * 45, None), ("甲\n乙\n丙", None))))
    one, five, three = (cells.row_dimensions[FIRST + n].height for n in range(3))
    assert one == 18
    assert five == pytest.approx(5 * 15.75 + 1, abs=0.76)
    assert three == pytest.approx(3 * 15.75 + 1, abs=0.76)


def test_a_text_that_a_row_cannot_show_stands_whole_on_a_sheet_of_its_own() -> None:
    text = "".join(chr(0x4E00 + n % 5000) for n in range(100_000))
    data = rendered(sheet(("甲", None), (text, None), ("乙", None), ("丙" * 4000, None)))
    assert opened(data).sheetnames == ["表", "长文本"]
    shown = str(worksheet(data).cell(FIRST + 1, 1).value)
    start, _, mark = shown.partition("……")
    assert text.startswith(start)
    assert len(start) > 150
    assert mark == "（全文见“长文本”第4行）"
    long = worksheet(data, name="长文本")
    rows = [[cell.value for cell in row] for row in long.iter_rows(min_row=FIRST)]
    assert "".join(str(row[3]) for row in rows if row[1] == "A5") == text
    assert [row[2] for row in rows if row[1] == "A5"] == list(range(1, len(rows) - 3))
    assert all(row[0] == "表" for row in rows)
    second = next(number for number, row in enumerate(rows, FIRST) if row[1] == "A7")
    assert str(worksheet(data).cell(FIRST + 3, 1).value).endswith(f"第{second}行）")
    heights = [each.height for each in long.row_dimensions.values() if each.height is not None]
    assert max(heights) <= 409


def test_a_workbook_says_who_made_it_when_and_in_which_language() -> None:
    data = rendered(sheet(("甲", None)))
    said = opened(data).properties
    assert (said.title, said.creator, said.language) == ("绩效自评汇总表", "市科普中心", "zh-CN")
    assert str(said.created) == str(said.modified) == "2025-06-30 00:00:00"
    with zipfile.ZipFile(BytesIO(data)) as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


SCRIPT = """
import hashlib
from decimal import Decimal
from perfeval_docs.view.workbook import Sum, TotalView
from tests.workbook.books import rendered, sheet
rows = [(f"项目{n}", Decimal(n)) for n in range(1, 60)]
total = TotalView(how=Sum(places=2), value=Decimal(1770))
data = rendered(sheet(*rows, totals=(("合计", total),)), sheet(("丙" * 9999, None), name="另表"))
print(hashlib.sha256(data).hexdigest())
"""


def test_the_same_view_gives_the_same_bytes_anywhere() -> None:
    printed = set()
    for seed, zone, locale in (("1", "Asia/Shanghai", "zh_CN.UTF-8"), ("77", "America/Lima", "C")):
        around = {
            **os.environ, "PYTHONHASHSEED": seed, "TZ": zone, "LC_ALL": locale,
            "PYTHONPATH": str(ROOT),
        }  # fmt: skip
        run = subprocess.run(
            [sys.executable, "-c", SCRIPT], env=around, check=True, capture_output=True, text=True
        )
        printed.add(run.stdout)
    assert len(printed) == 1
    assert len(printed.pop()) == 65
