"""Whatever the tree of indicators, the table of the form keeps a valid grid and says it all."""

import io
from dataclasses import fields, replace
from functools import cache
from pathlib import Path

import docx
from docx.oxml.ns import qn
from docx.table import Table, _Cell
from hypothesis import given, settings
from hypothesis import strategies as st

from perfeval_docs.build.reports import VOCABULARY, form_view
from perfeval_docs.checking import prepare, read_inputs, record_file
from perfeval_docs.grid import first_difference
from perfeval_docs.typeset import read_pdf
from perfeval_docs.view import FormView, IndicatorView, Level1View, Level2View
from perfeval_docs.word import compile_template
from tests.typeset.documents import DATE, typesetter
from tests.word.documents import PROPERTIES

TOP = Path(__file__).parent.parent.parent
TEMPLATE = compile_template(
    (TOP / "templates/self-evaluation.docx").read_bytes(), file="t.docx", vocabulary=VOCABULARY
)

# Few names, so that neighbouring groups of one name are common: they must not run together.
NAMES = st.sampled_from(["产出指标", "数量指标", "甲", "<b>", ""])
INDICATORS = st.builds(
    IndicatorView,
    name=NAMES,
    target=st.sampled_from(["≥1(项)", "<10(次)", "及时"]),
    actual=st.just("达成指标"),
    points=st.just("5.00"),
    score=st.just("5.00"),
    remarks=st.lists(st.sampled_from(["原因", "{{ 7*7 }}"]), max_size=3).map(tuple),
)
LEVELS2 = st.builds(
    Level2View, name=NAMES, indicators=st.lists(INDICATORS, min_size=1, max_size=6).map(tuple)
)
LEVELS1 = st.builds(
    Level1View, name=NAMES, groups=st.lists(LEVELS2, min_size=1, max_size=4).map(tuple)
)
TREES = st.lists(LEVELS1, min_size=1, max_size=4).map(tuple)


@cache
def real_form() -> FormView:
    file = record_file(TOP / "data/2024/01-publicity.yaml", TOP / "data")
    view = form_view(prepare(read_inputs(file), lambda _: ()))
    assert view is not None
    return view


def form(levels: tuple[Level1View, ...]) -> dict[str, object]:
    file = record_file(TOP / "data/2024/01-publicity.yaml", TOP / "data")
    view = form_view(prepare(read_inputs(file), lambda _: ()))
    assert view is not None
    whole = replace(view, levels=levels)
    return {field.name: getattr(whole, field.name) for field in fields(FormView)}


def merges(table: Table, column: int) -> list[str]:
    """Return of each row how its cell in a column takes part in a vertical merge."""
    marks = []
    for row in table.rows:
        merge = row._tr.tc_lst[column].find(f".//{qn('w:vMerge')}")
        marks.append("" if merge is None else merge.get(qn("w:val"), "continue"))
    return marks


def expected_merges(sizes: list[int]) -> list[str]:
    return ["continue" if number else "restart" for size in sizes for number in range(size)]


@settings(max_examples=60)
@given(TREES)
def test_every_row_fills_the_grid_and_every_group_is_one_merged_cell(
    levels: tuple[Level1View, ...],
) -> None:
    filled = TEMPLATE.fill(form(levels), PROPERTIES)
    table = docx.Document(io.BytesIO(filled)).tables[1]
    assert {sum(tc.grid_span for tc in row._tr.tc_lst) for row in table.rows} == {8}
    groups = [[len(group.indicators) for group in level.groups] for level in levels]
    rows = sum(map(sum, groups))
    one, two = (merges(table, column)[1 : rows + 1] for column in (0, 1))
    assert one == expected_merges([sum(sizes) for sizes in groups])
    assert two == expected_merges([size for sizes in groups for size in sizes])
    found = [[_Cell(tc, table).text for tc in row._tr.tc_lst] for row in table.rows][1 : rows + 1]
    indicators = [i for level in levels for group in level.groups for i in group.indicators]
    assert [row[2:] for row in found] == [
        [each.name, each.target, each.actual, each.points, each.score, "\n".join(each.remarks)]
        for each in indicators
    ]


@settings(max_examples=30)
@given(TREES)
def test_the_pdf_of_any_tree_reads_back(levels: tuple[Level1View, ...]) -> None:
    values = form(levels)
    made = typesetter().typeset(
        TEMPLATE.fill(values, PROPERTIES), title="t", author="a", date=DATE, file="t.docx"
    )
    assert first_difference(TEMPLATE.expected(values), read_pdf(made.pdf), normal=bare) is None


def bare(text: str) -> str:
    return "".join(text.split())
