"""What pandoc makes of a report's Markdown is set whole, with or without a reference document."""

import io
import subprocess
from importlib import import_module
from pathlib import Path

import docx
import pytest
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from perfeval_docs.errors import FaultyTemplateError
from perfeval_docs.grid import Blocks, Picture, Table, first_difference
from perfeval_docs.typeset import read_pdf
from perfeval_docs.word import read_docx
from tests.typeset.documents import DATE, bookmarks, seen, tags, typesetter, where
from tests.typeset.pictures import drawn, png, svg

REPORT = """\
---
title: 年度绩效自评汇总
author: 某单位
---

# 一、总体情况

本年度共 **12** 个项目，*平均*得分见[附件](https://example.org/)。“引号”、R&D，<10(次)。第一行\\
第二行。

## （一）资金

::: {custom-style="落款"}
某单位
:::

### 1. 明细

| 项目 | 金额 | 比例 |
|:-----|-----:|:----:|
| 甲   | 1.00 | 50%  |
| 乙   | 2.00 | 50%  |

: 表 1 资金情况 {#tbl:funds}

| 名称 | 说明 |
|------|------------------------------------------------------------------------------------|
| 丙   | [强调]{custom-style="强调字"}与~下标~、^上标^、~~删去~~、[下划]{.underline} |

![图 1 得分](picture.png){width=80mm}

行内的![小图](picture.svg){width=8mm height=5mm}图。

> 引文。

# 二、后文 {#later}

见[总体情况](#later)。
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "picture.png").write_bytes(png())
    (tmp_path / "picture.svg").write_bytes(svg())
    return tmp_path


def converted(markdown: str, folder: Path, *options: str) -> bytes:
    """Return the Word file that pandoc makes."""
    path = folder / "report.docx"
    pypandoc = import_module("pypandoc")  # it has no types
    pypandoc.convert_text(
        markdown, "docx", format="markdown", outputfile=path,
        extra_args=[f"--resource-path={folder}", "--quiet", *options],
    )  # fmt: skip
    return path.read_bytes()


def set_(data: bytes) -> bytes:
    """Typeset a Word file, and find that it reads back as Word says."""
    pdf = typesetter().typeset(data, title="t", author="a", date=DATE, file="report.docx").pdf
    assert first_difference(read_docx(data), read_pdf(pdf), normal=bare) is None
    return pdf


def bare(text: str) -> str:
    return "".join(text.split())


def tables(blocks: Blocks) -> list[Table]:
    return [block for block in blocks if isinstance(block, Table)]


def test_prose_headings_tables_and_pictures_of_pandoc_s_own_look_are_set(folder: Path) -> None:
    pdf = set_(converted(REPORT, folder))
    assert bookmarks(pdf) == (
        (0, "一、总体情况"), (1, "（一）资金"), (2, "1. 明细"), (0, "二、后文"),
    )  # fmt: skip
    found = read_pdf(pdf)
    assert [len(each.rows) for each in tables(found)] == [3, 2]
    assert [each for each in found if isinstance(each, Picture)] == [
        Picture("图 1 得分"), Picture("小图"),
    ]  # fmt: skip
    assert tags(pdf).count("TH") == 5
    assert {each.is_bitmap for each in drawn(pdf)} == {True, False}
    (picture,) = (each for each in drawn(pdf) if each.is_bitmap)
    assert where(pdf, "行内").top > picture.bottom > picture.top > where(pdf, "强调").top


def test_a_table_that_pandoc_gives_all_of_the_width_has_all_of_it(folder: Path) -> None:
    pdf = set_(converted(REPORT, folder))
    rules = [each for each in drawn(pdf) if each.bottom - each.top < 3]
    widths = [each.right - each.left for each in rules if each.right - each.left > 100]
    assert widths == pytest.approx([396, 595.3 - 180], abs=3)


def reference(folder: Path) -> Path:
    """Make pandoc's own reference document into one of official Chinese looks."""
    pandoc = import_module("pypandoc").get_pandoc_path()
    path = folder / "reference.docx"
    subprocess.run([pandoc, "-o", path, "--print-default-data-file", "reference.docx"], check=True)
    document = docx.Document(str(path))
    looks = (
        ("Body Text", 16, "仿宋_GB2312"), ("Heading 1", 16, "黑体"),
        ("Heading 2", 16, "楷体_GB2312"), ("Table Caption", 12, "黑体"),
        ("Image Caption", 12, "黑体"), ("Compact", 10.5, "宋体"),
    )  # fmt: skip
    for name, size, face in looks:
        style = document.styles[name]
        style.font.size, style.font.name, style.font.italic = Pt(size), "Times New Roman", False
        style.element.rPr.rFonts.set(qn("w:eastAsia"), face)
    for name in ("Body Text", "Heading 1", "Heading 2"):
        form = document.styles[name].paragraph_format
        form.line_spacing, form.first_line_indent = Pt(28), Pt(32)
        form.space_before = form.space_after = Pt(0)
    for name, sort in (("落款", WD_STYLE_TYPE.PARAGRAPH), ("强调字", WD_STYLE_TYPE.CHARACTER)):
        document.styles.add_style(name, sort).font.bold = True
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin, section.right_margin = Mm(28), Mm(26)
    section.top_margin, section.bottom_margin = Mm(37), Mm(35)
    document.save(str(path))
    return path


def test_a_report_in_the_looks_of_a_reference_document_is_finished_and_set(folder: Path) -> None:
    markdown = REPORT.replace("行内的![小图](picture.svg){width=8mm height=5mm}图。", "")
    data = converted(markdown, folder, f"--reference-doc={reference(folder)}")
    document = docx.Document(io.BytesIO(data))
    section = document.add_section(WD_SECTION.NEW_PAGE)
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Mm(297), Mm(210)
    section.footer.is_linked_to_previous = False
    section.footer.paragraphs[0].text = "— 页 —"
    table = document.add_table(rows=40, cols=6, style="Table")
    for number, row in enumerate(table.rows):
        row.cells[0].text = f"第{number}行"
    stream = io.BytesIO()
    document.save(stream)
    pdf = set_(stream.getvalue())
    assert where(pdf, "一、总体情况").left == pytest.approx(28 * 72 / 25.4 + 32, abs=1.5)
    assert max(each.page for each in seen(pdf)) >= 3


@pytest.mark.parametrize(
    ("markdown", "name"),
    [
        ("- 甲\n- 乙", "automatic numbering"),
        ("1. 甲\n2. 乙", "automatic numbering"),
        ("甲[^1]\n\n[^1]: 注", "a footnote"),
        ("甲\n\n---\n\n乙", "a picture or text box"),
        ("$x^2$", "a formula"),
        ("![](picture.png)", "a picture without alternative text"),
        ("[甲]{.smallcaps}", "the character format w:smallCaps"),
    ],
)
def test_what_pandoc_writes_and_nobody_sets_is_refused_by_name(
    folder: Path, markdown: str, name: str
) -> None:
    with pytest.raises(FaultyTemplateError, match=name):
        set_(converted(markdown, folder))
