"""Tables as pandoc and Word write them: widths in percent, and what a style says of cells."""

import io

import pikepdf
import pytest
from docx.document import Document
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from docx.table import Table
from lxml import etree

from perfeval_docs.errors import FaultyTemplateError
from tests.typeset.documents import blank, element, pdf_of, seen, where
from tests.typeset.pictures import drawn, found

MM = 72 / 25.4
BEARING = 1.5
ROOM = 170 * MM
NAMES = ("甲乙丙丁", "子丑寅卯", "金木水火")


def table_of(document: Document, rows: int = 2, columns: int = 4) -> Table:
    """Add a table without widths, each cell of which has a name."""
    table: Table = document.add_table(rows=rows, cols=columns)
    for column in table._tbl.tblGrid:
        column.attrib.clear()
    for y, row in enumerate(table.rows):
        for x, cell in enumerate(row.cells):
            cell.text = NAMES[y][x]
            properties = cell._tc.get_or_add_tcPr()
            properties.remove(found(properties, "w:tcW"))
    return table


def width_of(table: Table, width: str, sort: str) -> None:
    stated = found(table._tbl, "w:tblW")
    stated.set(qn("w:w"), width)
    stated.set(qn("w:type"), sort)


def lefts(document: Document) -> list[float]:
    """Return where the columns of the first row begin, in points from the left margin."""
    pdf = pdf_of(document)
    return [where(pdf, name).left - 20 * MM - 5.4 for name in "甲乙丙丁"]


@pytest.mark.parametrize(
    ("width", "sort", "share"),
    [
        ("0", "auto", 1.0),
        ("5000", "pct", 1.0),
        ("2500", "pct", 0.5),
        ("50%", "pct", 0.5),
        ("33.3%", "auto", 0.333),
        (str(int(ROOM * 10)), "dxa", 0.5),
        ("nan", "pct", 1.0),
    ],
)
def test_columns_without_widths_share_that_of_the_table(
    width: str, sort: str, share: float
) -> None:
    document = blank()
    width_of(table_of(document), width, sort)
    expected = [ROOM * share / 4 * x for x in range(4)]
    assert lefts(document) == pytest.approx(expected, abs=BEARING)


def test_columns_without_widths_take_those_of_their_cells_then_share_the_rest() -> None:
    document = blank()
    table = table_of(document)
    for x, (width, sort) in enumerate([("1000", "pct"), (str(int(ROOM * 2)), "dxa")]):
        table.rows[1].cells[x]._tc.get_or_add_tcPr().append(
            element(f"<w:tcW w:w='{width}' w:type='{sort}'/>")
        )
    expected = [0, ROOM * 0.2, ROOM * 0.3, ROOM * 0.65]
    assert lefts(document) == pytest.approx(expected, abs=BEARING)


def test_a_width_in_percent_stretches_the_columns_that_have_one() -> None:
    document = blank()
    table = table_of(document)
    for column, width in zip(table.columns, (10, 20, 10, 10), strict=True):
        column.width = Mm(width)
    width_of(table, "5000", "pct")
    expected = [ROOM * share for share in (0, 0.2, 0.6, 0.8)]
    assert lefts(document) == pytest.approx(expected, abs=BEARING)


def test_a_column_that_no_room_is_left_for_is_refused() -> None:
    document = blank()
    table = table_of(document)
    table.columns[0].width = Mm(170)
    with pytest.raises(FaultyTemplateError, match="table 1: a table with a column of no width"):
        pdf_of(document)


def styled(document: Document, special: str, *, look: str = "firstRow") -> Table:
    """Add a table of which the style has this special part; `look` is what the table shows."""
    table = table_of(document, rows=3)
    style = document.styles.add_style("表格", 3)
    style.element.append(element("<w:tblPr/>"))
    style.element.append(element(special))
    table.style = style
    shown = dict.fromkeys(("firstRow", "lastRow", "firstColumn", "lastColumn"), "0")
    shown |= {"noHBand": "1", "noVBand": "1"} | ({look: "1"} if look else {})
    stated = found(table._tbl, "w:tblLook")
    stated.attrib.clear()
    for name, value in shown.items():
        stated.set(qn(f"w:{name}"), value)
    return table


FIRST = (
    "<w:tblStylePr w:type='firstRow'><w:pPr><w:jc w:val='right'/></w:pPr>"
    "<w:rPr><w:color w:val='FF0000'/></w:rPr><w:tcPr>"
    "<w:tcBorders><w:bottom w:val='single' w:sz='8'/>"
    "</w:tcBorders><w:shd w:val='clear' w:fill='FFFF00'/><w:vAlign w:val='bottom'/></w:tcPr>"
    "</w:tblStylePr>"
)


def fills(pdf: bytes) -> set[tuple[float, ...]]:
    """Return the colours of areas on the first page."""
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        commands = pikepdf.parse_content_stream(opened.pages[0])
        return {
            tuple(float(o) for o in each.operands)
            for each in commands
            if str(each.operator) in ("rg", "scn")
        }


def test_the_first_row_looks_as_the_style_of_its_table_says() -> None:
    document = blank()
    styled(document, FIRST)
    pdf = pdf_of(document)
    first, second = where(pdf, "甲"), where(pdf, "子")
    assert first.right == pytest.approx(20 * MM + ROOM / 4 - 5.4, abs=BEARING)
    assert second.left == pytest.approx(20 * MM + 5.4, abs=BEARING)
    assert {(1.0, 0.0, 0.0), (1.0, 1.0, 0.0)} <= fills(pdf)
    (line,) = (each for each in drawn(pdf) if each.bottom - each.top < 3)
    assert (line.top + line.bottom) / 2 == pytest.approx(20 * MM + 13, abs=0.1)
    assert line.right - line.left == pytest.approx(ROOM, abs=4)


def test_what_a_cell_or_its_paragraph_says_goes_over_the_style_of_the_first_row() -> None:
    document = blank()
    table = styled(document, FIRST)
    cell = table.rows[0].cells[0]
    cell.paragraphs[0].alignment = 0
    cell._tc.get_or_add_tcPr().append(element("<w:shd w:val='clear' w:fill='00FF00'/>"))
    pdf = pdf_of(document)
    assert where(pdf, "甲").left == pytest.approx(20 * MM + 5.4, abs=2 * BEARING)
    assert {(0.0, 1.0, 0.0), (1.0, 1.0, 0.0)} <= fills(pdf)


@pytest.mark.parametrize("look", ["lastRow", ""])
def test_a_first_row_that_the_table_does_not_show_is_as_the_others(look: str) -> None:
    document = blank()
    styled(document, FIRST, look=look)
    pdf = pdf_of(document)
    assert where(pdf, "子").top - where(pdf, "甲").top == pytest.approx(13, abs=0.5)
    assert fills(pdf).isdisjoint({(1.0, 1.0, 0.0)})


def test_bits_say_what_is_shown_where_no_attribute_does() -> None:
    document = blank()
    table = styled(document, FIRST)
    look = found(table._tbl, "w:tblLook")
    for bits, has in (("0620", True), ("0600", False), ("zz", False)):
        look.attrib.clear()
        look.set(qn("w:val"), bits)
        assert ((1.0, 1.0, 0.0) in fills(pdf_of(document))) is has


@pytest.mark.parametrize(
    ("part", "look", "is_shown"),
    [
        ("lastRow", "lastRow", True),
        ("lastRow", "firstRow", False),
        ("firstCol", "firstColumn", True),
        ("lastCol", "lastColumn", True),
        ("band1Horz", "noHBand", False),
        ("wholeTable", "", True),
    ],
)
def test_other_special_parts_are_refused_where_they_show(
    part: str,
    look: str,
    is_shown: bool,  # noqa: FBT001  # one of a row
) -> None:
    document = blank()
    styled(
        document, f"<w:tblStylePr w:type='{part}'><w:rPr><w:b/></w:rPr></w:tblStylePr>", look=look
    )
    if is_shown:
        with pytest.raises(FaultyTemplateError, match="a table style with special rows"):
            pdf_of(document)
    else:
        assert seen(pdf_of(document))


def test_bands_are_shown_unless_the_table_says_no() -> None:
    document = blank()
    table = styled(document, "<w:tblStylePr w:type='band1Horz'/>")
    table._tbl.tblPr.remove(found(table._tbl, "w:tblLook"))
    with pytest.raises(FaultyTemplateError, match="a table style with special rows"):
        pdf_of(document)


def test_a_style_says_where_the_text_of_all_its_cells_stands() -> None:
    document = blank()
    table = styled(document, "<w:tcPr><w:vAlign w:val='bottom'/></w:tcPr>", look="")
    table.rows[0].height = Pt(60)
    assert where(pdf_of(document), "甲").top == pytest.approx(20 * MM + 47, abs=3)


def test_notes_that_word_keeps_for_itself_are_passed_over() -> None:
    document = blank()
    table = table_of(document)
    table._tbl.tblPr.append(element("<w:tblCaption w:val='表 1'/>"))
    table._tbl.addprevious(element("<w:bookmarkStart w:id='1' w:name='a'/>"))
    table._tbl.addnext(element("<w:bookmarkEnd w:id='1'/>"))
    table._tbl.addprevious(etree.Comment("x"))
    assert where(pdf_of(document), "卯")


def pages_of_rows(*, kept: bool, rows: int, above: int = 40) -> list[int]:
    """Return on which pages the rows stand of a table that does not fit below what is above it."""
    document = blank()
    for _ in range(above):
        document.add_paragraph("上文").paragraph_format.line_spacing = Pt(16)
    table = document.add_table(rows=rows, cols=1)
    for number, row in enumerate(table.rows):
        (paragraph,) = row.cells[0].paragraphs
        paragraph.text = sign(number)
        paragraph.paragraph_format.line_spacing = Pt(16)
        paragraph.paragraph_format.keep_with_next = kept and number + 1 < rows
    pdf = pdf_of(document)
    return [where(pdf, sign(number)).page for number in range(rows)]


def sign(number: int) -> str:
    """Return one of the characters of GB 2312, another for each number."""
    return bytes((0xB0, 0xA1 + number)).decode("gb2312")


def test_a_table_whose_rows_are_kept_with_the_next_stays_whole() -> None:
    assert set(pages_of_rows(kept=False, rows=12)) == {0, 1}
    assert set(pages_of_rows(kept=True, rows=12)) == {1}


def test_a_kept_table_longer_than_a_page_breaks_and_loses_nothing() -> None:
    assert set(pages_of_rows(kept=True, rows=90, above=1)) == {0, 1, 2}
