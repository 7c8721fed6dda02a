"""Tables read in one walk say what they say when read cell by cell."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from perfeval_docs.grid import Blocks, Cell, Table
from perfeval_docs.ooxml import NAMESPACES
from perfeval_docs.word import read

TEXTS = st.sampled_from(["", "甲", "乙 <&", "\u2265 3"])
RUNS = st.sampled_from(
    ["<w:r><w:t>{}</w:t></w:r>", "<w:r><w:t>{}</w:t><w:br/><w:t>{}</w:t><w:tab/></w:r>",
     "<w:hyperlink><w:r><w:t>{}</w:t></w:r></w:hyperlink>", "<w:t>{}</w:t>",
     "<w:r><w:drawing><w:t>{}</w:t></w:drawing></w:r>",
     "<w:r><w:pict><w:txbxContent><w:p><w:r><w:t>{}</w:t></w:r></w:p></w:txbxContent></w:pict></w:r>",
     "<w:p><w:r><w:t>{}</w:t></w:r></w:p>"]
)  # fmt: skip
PROPERTIES = st.sampled_from(
    ["", "<w:tcPr><w:gridSpan w:val='2'/></w:tcPr>", "<w:tcPr><w:vMerge/></w:tcPr>",
     "<w:tcPr><w:vMerge w:val='restart'/><w:gridSpan/></w:tcPr>",
     "<w:tcPr><w:tcPrChange><w:tcPr><w:gridSpan w:val='3'/></w:tcPr></w:tcPrChange></w:tcPr>"]
)  # fmt: skip


def escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;")


@st.composite
def paragraphs(draw: st.DrawFn) -> str:
    properties = draw(st.sampled_from(["", "<w:pPr><w:tabs><w:tab/></w:tabs></w:pPr>"]))
    runs = draw(st.lists(RUNS, max_size=2))
    said = "".join(run.replace("{}", escaped(draw(TEXTS))) for run in runs)
    return f"<w:p>{properties}{said}</w:p>"


@st.composite
def tables(draw: st.DrawFn, depth: int = 0) -> str:
    def cell() -> str:
        inside = "".join(draw(st.lists(paragraphs(), max_size=2)))
        if draw(st.integers(0, 9)) == 0:
            inside += "<w:r><w:t>外</w:t></w:r>"
        if depth == 0 and draw(st.integers(0, 9)) == 0:
            inside += draw(tables(1))
        if draw(st.integers(0, 9)) == 0:
            inside = f"<w:sdt><w:sdtContent>{inside}</w:sdtContent></w:sdt>"
        return f"<w:tc>{draw(PROPERTIES)}{inside}</w:tc>"

    def row() -> str:
        return f"<w:tr>{''.join(cell() for _ in range(draw(st.integers(0, 3))))}</w:tr>"

    return f"<w:tbl>{''.join(row() for _ in range(draw(st.integers(0, 3))))}</w:tbl>"


def blocks_of(table: str) -> Blocks:
    names = " ".join(f'xmlns:{n}="{NAMESPACES[n]}"' for n in ("w", "pic", "wp"))
    return read.read_body(etree.fromstring(f"<w:body {names}>{table}</w:body>"))


@given(tables())
def test_one_walk_reads_what_a_look_at_each_cell_does(table: str) -> None:
    found = blocks_of(table)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(read, "_plain_rows", lambda _: None)
        assert found == blocks_of(table)


def test_an_ordinary_table_is_read_in_one_walk(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(read, "_row", None)
    ((row,),) = (block.rows for block in blocks_of(
        "<w:tbl><w:tr><w:tc><w:tcPr><w:gridSpan w:val='2'/></w:tcPr>"
        "<w:p><w:r><w:t>甲</w:t></w:r></w:p><w:p/></w:tc></w:tr></w:tbl>"
    ) if isinstance(block, Table))  # fmt: skip
    assert row == (Cell("甲\n", column_span=2),)
