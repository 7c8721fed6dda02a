"""Templates filled: what comes out, what is refused, and where."""

import io
import re
from dataclasses import dataclass

import docx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from perfeval_docs.errors import FaultyTemplateError
from perfeval_docs.grid import Cell, Paragraph, Picture, Table
from perfeval_docs.ooxml import read_package
from perfeval_docs.word import compile_template, read_docx
from tests.typeset.pictures import add_picture, png
from tests.word.documents import PROPERTIES, saved, template, word_file

PRINTABLE = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Cn"), include_characters="\n\t")
)


@dataclass(frozen=True)
class Group:
    """A level of a made-up form."""

    name: str
    rows: tuple[object, ...]


def test_a_value_replaces_its_tag_and_keeps_the_run_format() -> None:
    document = docx.Document()
    document.add_paragraph("甲").add_run("{{ x }}").bold = True
    made = compile_template(saved(document), file="t.docx", vocabulary=frozenset({"x"}))
    filled = docx.Document(io.BytesIO(made.fill({"x": "乙"}, PROPERTIES)))
    assert [(run.text, run.bold) for run in filled.paragraphs[0].runs] == [
        ("甲", None),
        ("乙", True),
    ]


def test_a_tag_that_word_has_split_over_runs_is_one_tag() -> None:
    document = docx.Document()
    paragraph = document.add_paragraph("分值 {")
    for piece in ("{ ", "x", " }", "} 分"):
        paragraph.add_run(piece).italic = True
    made = compile_template(saved(document), file="t.docx", vocabulary=frozenset({"x"}))
    assert read_docx(made.fill({"x": "5.00"}, PROPERTIES)) == (Paragraph("分值 5.00 分"),)


@pytest.mark.parametrize(
    "value",
    [
        "<10(次)",
        "R&D 平台",
        "{{ 7*7 }}",
        "{% if x %}",
        "]]>",
        "<!-- -->",
        "“引号”",
        "'\"",
        "#let x",
        "&lt;",
    ],
)
def test_a_hostile_value_comes_out_literally(value: str) -> None:
    filled = template("{{ x }}", [["{{ x }}", "后"]]).fill({"x": value}, PROPERTIES)
    assert read_docx(filled) == (
        Paragraph(value),
        Table(((Cell(value), Cell("后")),)),
    )


@given(PRINTABLE)
def test_any_printable_text_reads_back_as_it_was(value: str) -> None:
    made = template("前{{ x }}后", [["{{ x }}", "{{ x|e }}", "{{ x|safe }}"]])
    assert read_docx(made.fill({"x": value}, PROPERTIES)) == made.expected({"x": value})
    assert read_docx(made.fill({"x": value}, PROPERTIES)) == (
        Paragraph(f"前{value}后"),
        Table(((Cell(value), Cell(value), Cell(value)),)),
    )


def test_a_row_loop_writes_one_row_for_each_value() -> None:
    made = template(
        [["{%tr for r in rows %}", ""], ["{{ r }}", "{{ loop.index }}"], ["{%tr endfor %}", ""]]
    )
    (table,) = read_docx(made.fill({"rows": ("甲", "乙")}, PROPERTIES))
    assert table == Table(((Cell("甲"), Cell("1")), (Cell("乙"), Cell("2"))))


def test_a_paragraph_loop_without_values_leaves_the_cell_its_one_paragraph() -> None:
    cell = "{%p for r in rows %}\n{{ r }}\n{%p endfor %}"
    document = docx.Document()
    first = document.add_table(rows=1, cols=1).rows[0].cells[0]
    first.text, *others = cell.split("\n")
    for line in others:
        first.add_paragraph(line)
    made = compile_template(saved(document), file="t.docx", vocabulary=frozenset({"rows"}))
    filled = made.fill({"rows": ()}, PROPERTIES)
    assert len(docx.Document(io.BytesIO(filled)).tables[0].rows[0].cells[0].paragraphs) == 1
    assert read_docx(filled) == made.expected({"rows": ()}) == (Table(((Cell(""),),)),)


TREES = st.lists(
    st.lists(st.lists(st.sampled_from("甲乙"), min_size=1, max_size=4), min_size=1, max_size=4),
    min_size=1,
    max_size=4,
)


@given(TREES)
def test_two_levels_merge_downwards_each_over_its_own_indicators(
    tree: list[list[list[str]]],
) -> None:
    made = template(
        [
            ["{%tr for a in rows %}", "", ""],
            ["{%tr for b in a.rows %}", "", ""],
            ["{%tr for c in b.rows %}", "", ""],
            ["{% vm a %}{{ a.name }}", "{% vm b %}{{ b.name }}", "{{ c }}"],
            *([["{%tr endfor %}", "", ""]] * 3),
        ]
    )
    values = {"rows": tuple(Group("一级", tuple(Group("二级", tuple(b)) for b in a)) for a in tree)}
    (table,) = read_docx(made.fill(values, PROPERTIES))
    rows = []
    for a in tree:
        for i, b in enumerate(a):
            for j, c in enumerate(b):
                level1 = [Cell("一级", row_span=sum(map(len, a)))] if i == j == 0 else []
                level2 = [Cell("二级", row_span=len(b))] if j == 0 else []
                rows.append((*level1, *level2, Cell(c)))
    assert table == Table(tuple(rows))
    assert made.expected(values) == (table,)


def test_docxtpl_s_bare_merge_covers_its_innermost_loop() -> None:
    made = template(
        [["{%tr for r in rows %}", ""], ["{% vm %}组", "{{ r }}"], ["{%tr endfor %}", ""]]
    )
    (table,) = read_docx(made.fill({"rows": ("甲", "乙")}, PROPERTIES))
    assert table == Table(((Cell("组", row_span=2), Cell("甲")), (Cell("乙"),)))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("{{ projct }}", "did you mean `project`?"),
        ("{{ x.nothing }}", "has no attribute 'nothing'"),
        ("{{ x", "without its other half"),
        ("{% for %}", "table 1, row 2"),
        ("{{ x * 3 }}", "computes"),
        ("{{ 'a' ** 9 }}", "computes"),
        ("{{ x.__class__ }}", "unsafe"),
        ("{{ range(9) }}", "no value `range`"),
        ("{% include 'y' %}", "no loader"),
        ("{{ rows }}", "a group of values"),
        ("{%p if x %} beside", "text stands beside it"),
    ],
)
def test_a_faulty_tag_is_refused_at_its_row(text: str, said: str) -> None:
    rows = [["甲", "乙"], [text, "{{ project }}"]]
    with pytest.raises(FaultyTemplateError) as caught:
        template(rows, names="project x rows").fill(
            {"project": "p", "x": "v", "rows": ("a",)}, PROPERTIES
        )
    assert said in str(caught.value)
    assert "t.docx, word/document.xml, table 1, row 2" in str(caught.value)


def test_tags_that_do_not_nest_as_paragraphs_do_are_refused_as_such() -> None:
    made = template("{% if x %}", "{%p endif %}")
    with pytest.raises(FaultyTemplateError, match="do not nest"):
        made.fill({"x": ""}, PROPERTIES)


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04", b"%PDF-1.7", b"\xd0\xcf\x11\xe0" * 100])
def test_what_is_no_word_file_is_said_so(data: bytes) -> None:
    with pytest.raises(FaultyTemplateError, match="is no Word file"):
        compile_template(data, file="t.docx", vocabulary=frozenset())


def test_a_word_file_without_tags_is_no_template() -> None:
    with pytest.raises(FaultyTemplateError, match="holds no tag"):
        compile_template(word_file("甲"), file="t.docx", vocabulary=frozenset())


def test_curly_quotes_are_straightened_only_where_a_tag_reads_no_other_way() -> None:
    made = template("{{ x if x == “甲” else ‘乙’ }}", "{{ '“丙”' }}")
    assert read_docx(made.fill({"x": "丁"}, PROPERTIES)) == (Paragraph("乙"), Paragraph("“丙”"))


def test_the_file_names_our_author_and_date_and_no_machine() -> None:
    parts = read_package(template("{{ x }}").fill({"x": "甲"}, PROPERTIES))
    core = parts["docProps/core.xml"].decode()
    assert re.findall(r"<dc:creator>(.*?)</dc:creator>", core) == ["单位"]
    assert re.findall(r">(2\d\d\d-.*?)<", core) == ["2025-06-30T00:00:00Z"] * 2
    assert b"python-docx" not in b"".join(parts[n] for n in parts if n.startswith("docProps/"))


def test_the_same_values_give_the_same_bytes() -> None:
    one = template("{{ x }}").fill({"x": "甲"}, PROPERTIES)
    two = template("{{ x }}").fill({"x": "甲"}, PROPERTIES)
    assert one == two


def test_tags_in_header_and_footer_are_filled() -> None:
    document = docx.Document()
    document.add_paragraph("{{ x }}")
    document.sections[0].header.paragraphs[0].text = "页眉 {{ x }}"
    made = compile_template(saved(document), file="t.docx", vocabulary=frozenset({"x"}))
    filled = docx.Document(io.BytesIO(made.fill({"x": "甲"}, PROPERTIES)))
    assert filled.sections[0].header.paragraphs[0].text == "页眉 甲"


def test_the_names_of_a_template_are_what_its_tags_mention() -> None:
    made = template("{{ x }}", "{%p for r in rows %}", "{{ r.name }}", "{%p endfor %}")
    assert {"x", "rows", "name"} <= made.names
    assert "target" not in made.names


def test_a_template_says_which_pictures_its_filled_file_shows() -> None:
    document = docx.Document()
    paragraph = document.add_paragraph("{{ x }}")
    add_picture(paragraph.add_run(), png(), "徽标 {{ x }} & “1”")
    paragraph.add_run("后")
    cell = document.add_table(rows=1, cols=1).cell(0, 0).paragraphs[0]
    cell.add_run("印{% if x == '甲' %}")
    add_picture(cell.add_run(), png(), "章")
    cell.add_run("{% endif %}")
    made = compile_template(saved(document), file="t.docx", vocabulary=frozenset({"x"}))
    for value, pictures in (("甲", (Picture("章"),)), ("乙", ())):
        expected = (
            Paragraph(f"{value}后"),
            Picture("徽标 {{ x }} & “1”"),
            Table(((Cell("印", pictures=pictures),),)),
        )
        assert made.expected({"x": value}) == expected
        assert read_docx(made.fill({"x": value}, PROPERTIES)) == expected
