"""Rows of one shape are read as each is by itself, and no more shapes are kept than so many."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from perfeval_docs.ooxml import NAMESPACES
from perfeval_docs.typeset import rows
from perfeval_docs.typeset.faults import UnsettableError
from perfeval_docs.typeset.model import Area, Table, Text
from perfeval_docs.typeset.paragraphs import ParagraphReader, ParagraphStyles
from perfeval_docs.typeset.pictures import Pictures, Store
from perfeval_docs.typeset.styles import load_styles
from perfeval_docs.typeset.tables import read_table
from tests.typeset.documents import W

CELLS = st.sampled_from(
    ["<w:p><w:pPr><w:jc w:val='right'/></w:pPr><w:r><w:t>{}</w:t></w:r></w:p>",
     "<w:p><w:r><w:rPr><w:b/></w:rPr><w:t a='b'>{}</w:t><w:br/><w:t>{}</w:t></w:r></w:p>",
     "<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>{}</w:t></w:r></w:p><w:p/>",
     "<w:p><w:r><w:t/><w:noBreakHyphen/><w:t>{}<w:tab/></w:t></w:r></w:p>",
     "<w:p><w:fldSimple w:instr='PAGE'><w:r><w:t>{}</w:t></w:r></w:fldSimple></w:p>",
     "<w:p><w:r><w:t>{}</w:t></w:r></w:p><w:tbl/>", "<w:p><w:r><w:sym/><w:t>{}</w:t></w:r></w:p>",
     "<w:p><w:r><w:drawing/><w:t>{}</w:t></w:r></w:p>",
     "<w:p><w:pPr><w:spacing w:line='240' w:lineRule='odd'/></w:pPr><w:r><w:t>{}</w:t></w:r></w:p>"]
)  # fmt: skip
TEXTS = st.text(st.sampled_from("甲乙5<>&;\r\"'\ue000 \u2265"), max_size=6)
PROPERTIES = st.sampled_from(
    ["", "<w:tcPr><w:vMerge/></w:tcPr>", "<w:tcPr><w:vMerge w:val='restart'/></w:tcPr>",
     "<w:tcPr><w:textDirection w:val='tbRl'/></w:tcPr>"]
)  # fmt: skip


def escaped(text: str) -> str:
    signs = {"&": "&amp;", "<": "&lt;", ">": "&gt;", "\r": "&#13;"}
    return "".join(signs.get(char, char) for char in text)


@st.composite
def tables(draw: st.DrawFn) -> str:
    def cell() -> str:
        said = draw(CELLS).replace("{}", escaped(draw(TEXTS)))
        return f"<w:tc>{draw(PROPERTIES) if draw(st.booleans()) else ''}{said}</w:tc>"

    def row() -> str:
        return f"<w:tr>{''.join(cell() for _ in range(draw(st.integers(1, 2))))}</w:tr>"

    return "".join(row() for _ in range(draw(st.integers(1, 3))))


def styled(size: int) -> ParagraphStyles:
    xml = (
        f'<w:styles xmlns:w="{W}"><w:docDefaults><w:rPrDefault><w:rPr><w:sz w:val="{size}"/>'
        "</w:rPr></w:rPrDefault></w:docDefaults></w:styles>"
    )
    return ParagraphStyles(load_styles(xml.encode(), None))


STYLES = styled(20)


def table_of(xml: str, styles: ParagraphStyles = STYLES) -> Table:
    names = " ".join(f'xmlns:{n}="{NAMESPACES[n]}"' for n in ("w", "pic", "wp"))
    pictures = Pictures(Store({}, lambda _: None), {}, Area(400.0, 600.0))
    return read_table(
        etree.fromstring(f"<w:tbl {names}>{xml}</w:tbl>"), ParagraphReader(styles, pictures)
    )


def outcome(xml: str) -> object:
    try:
        return table_of(xml)
    except UnsettableError as error:
        return error.construct, error.places
    except ValueError as error:
        return str(error)


@given(tables())
def test_a_row_of_a_known_shape_is_read_as_it_is_by_itself(xml: str) -> None:
    found = outcome(xml)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(rows, "_LONGEST", -1)
        assert found == outcome(xml)


ROW = "<w:tr><w:tc><w:p><w:r><w:t>{}</w:t></w:r></w:p></w:tc></w:tr>"


def test_a_text_that_looks_like_the_number_of_another_is_none() -> None:
    cell = "<w:tc><w:p><w:r><w:t>{}</w:t></w:r></w:p></w:tc>"
    odd = cell.format("\ue0000<w:tab/>")
    (row,) = table_of(f"<w:tr>{cell.format('甲')}{odd}</w:tr>").rows
    assert [p.text for c in row.cells for p in c.blocks] == ["甲", "\ue0000"]


def test_a_shape_is_known_under_its_styles_alone() -> None:
    sizes = [
        piece.style.size
        for styles in (styled(20), styled(30))
        for piece in table_of(ROW.format("甲"), styles).rows[0].cells[0].blocks[0].pieces
        if isinstance(piece, Text)
    ]
    assert sizes == [10, 15]


def test_rows_that_differ_in_their_texts_share_a_shape_and_shapes_are_bounded() -> None:
    rows._shape.cache_clear()
    table_of("".join(map(ROW.format, range(100))))
    # The first row of a table stands in another place than the rest.
    assert rows._shape.cache_info().currsize <= 2
    table_of("".join(ROW.format("甲").replace("<w:r>", f"<w:r w:rsidR='{n}'>") for n in range(999)))
    assert rows._shape.cache_info().currsize == 512


def test_the_shape_of_a_very_long_row_is_not_kept() -> None:
    rows._shape.cache_clear()
    table_of(ROW.format("甲" * rows._LONGEST))
    assert rows._shape.cache_info().currsize == 0
