"""PDFs without tags: cells that lines make, letters in them, tables that go on over pages."""

import io
from importlib.resources import files

import pikepdf
import pytest
from fontTools.ttLib import TTFont

from perfeval_docs.errors import UnreadableFileError
from perfeval_docs.importing import import_forms
from perfeval_docs.importing.readers.lines import as_typed
from perfeval_docs.importing.readers.ruled import read_ruled
from perfeval_docs.importing.sheet import Box, Sheet
from tests.importing.portable import HEIGHT, grid, pdf, shape, stream, stroke, text

COLUMNS, ROWS = (50, 150, 250), (50, 70, 90)


def cells(data: bytes) -> list[list[list[str]]]:
    """Return the texts of the sheets of a PDF, each cell where it begins."""
    return [
        [[box.text for box in row if box.row == y] for y, row in enumerate(sheet.rows)]
        for sheet in read_ruled(data)
    ]


def test_lines_make_cells_and_what_they_leave_out_is_merged() -> None:
    drawn = [
        *grid((50, 250), (50, 90)), stroke(150, 50, 150, 90), stroke(150, 70, 250, 70),
        stroke(200, 70, 200, 90), text(52, 75, "高"), text(152, 64, "宽"), text(152, 84, "左"),
        text(202, 84, "右"),
    ]  # fmt: skip
    high = Box("高", 0, 0, 1, 2)
    wide, left, right = Box("宽", 0, 1, 2), Box("左", 1, 1), Box("右", 1, 2)
    assert list(read_ruled(pdf(drawn))) == [Sheet("1", ((high, wide), (high, left, right)))]


def test_lines_outside_stand_before_and_behind_their_table_without_the_page_s_number() -> None:
    drawn = [
        text(52, 30, "标题"), text(52, 44, "单位：甲"), text(300, 44, "金额：万元"),
        *grid(COLUMNS, ROWS), text(52, 64, "一"), text(52, 120, "注：无"), text(300, 790, "1"),
    ]  # fmt: skip
    assert cells(pdf(drawn)) == [
        [["标题"], ["单位：甲", "金额：万元"]], [["一", ""], ["", ""]], [["注：无"]],
    ]  # fmt: skip


def test_a_table_goes_on_over_pages_in_the_columns_of_all_its_parts() -> None:
    first = [*grid(COLUMNS, ROWS), text(52, 64, "一"), text(152, 64, "二"), text(300, 790, "1")]
    second = [*grid((50, 250), ROWS), text(52, 64, "三")]
    (sheet,) = read_ruled(pdf(first, second))
    assert sheet.rows[2:] == ((Box("三", 2, 0, 2),), (Box("", 3, 0, 2),))
    other = [*grid((50, 100, 300), (50, 70)), text(52, 64, "四")]
    assert cells(pdf(first, other)) == [[["一", "二"], ["", ""]], [["四", ""]]]


def test_thin_shapes_are_lines_and_shades_and_white_lines_are_none() -> None:
    thin = [shape(x, 50, 0.5, 40) for x in COLUMNS] + [shape(50, y, 200, 0.5) for y in ROWS]
    shades = [shape(60, 55, 80, 10, "0.9 g"), shape(50, 60, 200, 0.5, "1 g")]
    white = ["1 G", stroke(100, 50, 100, 90), "0 G"]
    said = text(52, 65, "一")
    assert cells(pdf([*thin, *shades, *white, said])) == [[["一", ""], ["", ""]]]


def test_letters_that_are_printed_over_themselves_count_once() -> None:
    drawn = [*grid(COLUMNS, ROWS), text(52, 64, "11.00 元"), text(52.3, 64, "11.00 元")]
    assert cells(pdf(drawn))[0][0][0] == "11.00 元"


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        (["养护道路一百二十公", "里，群众满意。"], "养护道路一百二十公里，群众满意。"),
        # Each sentence but the last ends early: it is a paragraph.
        (["一是完成。", "二是也完成。"], "一是完成。\n二是也完成。"),
        (["　　一是完成了很多", "很多任务。"], "一是完成了很多很多任务。"),
        (["of the network that", "is there"], "of the network that is there"),
        (["123456789012345678", "9.00"], "1234567890123456789.00"),
        (["≥20.00", "(篇)"], "≥20.00\n(篇)"),
        (["达到今年指标的要求", "95%以上"], "达到今年指标的要求95%以上"),
    ],
)  # fmt: skip
def test_the_lines_of_a_cell_become_what_was_typed(lines: list[str], said: str) -> None:
    drawn = [*grid(COLUMNS, (50, 90)), *(text(55, 64 + 14 * n, t) for n, t in enumerate(lines))]
    assert cells(pdf(drawn))[0][0][0] == said


def test_a_page_that_is_turned_reads_as_it_is_seen() -> None:
    drawn = [*grid(COLUMNS, ROWS), text(52, 64, "一"), text(152, 64, "二"), text(52, 84, "三")]
    turn = f"0 1 -1 0 {HEIGHT} 0 cm"
    turned = pdf([turn, *drawn], page=" /Rotate 90").replace(
        f"[0 0 600 {HEIGHT}]".encode(), f"[0 0 {HEIGHT} 600]".encode()
    )
    assert cells(turned) == cells(pdf(drawn)) == [[["一", "二"], ["三", ""]]]


def test_letters_have_the_codes_that_people_type() -> None:
    assert as_typed("⼯作⻓度市⺠ﬁ(cid:12)x") == "工作长度市民fi\ufffdx"
    face = files("pylopdf_fonts_zh_cn") / "NotoSansSC-Regular.otf"
    with face.open("rb") as file, TTFont(file) as font:
        shapes = font.getBestCmap()
    known = [chr(code) for code in range(0x2E80, 0x2FE0) if as_typed(chr(code)) != chr(code)]
    drawn = {each: shapes[ord(as_typed(each))] for each in known if ord(each) in shapes}
    assert len(drawn) > 200
    # Where the font has a shape for the code, it is that of the letter.
    same = [each for each, shape_ in drawn.items() if shapes[ord(each)] == shape_]
    assert len(same) > 0.9 * len(drawn)


def refused(data: bytes) -> str:
    with pytest.raises(UnreadableFileError) as told:
        import_forms(data, "x.pdf", profile="shanghai", names="zh")
    return str(told.value)


def test_a_scan_and_a_locked_file_are_told() -> None:
    entries = (
        "/Type/XObject/Subtype/Image/Width 9/Height 9/ColorSpace/DeviceGray/BitsPerComponent 8"
    )
    picture = stream(bytes(81), entries)
    scan = pdf(["600 0 0 800 0 0 cm /I Do"], resources="/XObject<</I 4 0 R>>", more=[picture])
    assert "it has no text: its pages are pictures" in refused(scan)
    with pikepdf.open(io.BytesIO(pdf([text(50, 50, "一")]))) as document:
        out = io.BytesIO()
        document.save(out, encryption=pikepdf.Encryption(owner="a", user="b"))
    assert "it is locked with a password" in refused(out.getvalue())


def test_a_file_that_anybody_may_open_is_read_though_it_is_encrypted() -> None:
    drawn = [*grid(COLUMNS, ROWS), text(52, 64, "项目名称"), text(152, 64, "甲")]
    with pikepdf.open(io.BytesIO(pdf(drawn))) as document:
        out = io.BytesIO()
        document.save(out, encryption=pikepdf.Encryption(owner="a", user=""))
    (form,) = import_forms(out.getvalue(), "x.pdf", profile="shanghai", names="zh")
    assert form.project == "甲"
