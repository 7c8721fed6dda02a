"""Values in Markdown are literal: nothing in a name or a reason becomes markup, nothing is lost."""

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from perfeval_docs.errors import FaultyTemplateError
from perfeval_docs.grid import Paragraph, Table
from perfeval_docs.prose import compile_prose, to_docx
from perfeval_docs.prose.markdown import one_line
from perfeval_docs.word import read_docx
from tests.prose.documents import REFERENCE

# Printable lines, full of what Markdown and pandoc take for markup.
SIGNS = "*_`~^|\\#+-=.!:()[]{}<>&$@\"'%/;1a 项，　“”—…×≥"
LINES = st.text(alphabet=SIGNS, min_size=1, max_size=30).filter(one_line)

SOURCE = """\
# {{ head }}

{{ text }}

| 列 | 另一列 |
|:---|:------|
| {{ one }} | {{ two }} |
"""


def told(**values: str) -> tuple[str, str, str, str]:
    template = compile_prose(SOURCE, file="t.md", vocabulary=frozenset(values))
    filled = template.fill(values)
    made = to_docx(filled.markdown, REFERENCE.read_bytes(), file="t.md")
    head, text, table = read_docx(made)
    assert isinstance(head, Paragraph)
    assert isinstance(text, Paragraph)
    assert isinstance(table, Table)
    return head.text, text.text, table.rows[1][0].text, table.rows[1][1].text


@settings(max_examples=40, deadline=None)
@given(head=LINES, text=LINES, one=LINES, two=LINES)
@example(head="# 甲", text="1. 甲", one="a|b", two="`|`")
@example(head="甲 {#id}", text="- 甲", one="<script>x</script>", two="&lt;b&gt;")
@example(head="甲 ===", text="\\pagebreak", one="![x](/etc/passwd)", two="[^1]")
@example(head="---", text=": 甲", one="\\", two="$x$")
@example(head="+", text="    甲", one="~~甲~~", two="H~2~O^2^")
@example(head="...", text=":::", one='"甲"--', two="http://example.org/a_b_c")
def test_any_line_is_printed_as_it_is(head: str, text: str, one: str, two: str) -> None:
    values = {"head": head, "text": text, "one": one, "two": two}
    assert told(**values) == tuple(map(one_line, values.values()))


def test_several_lines_of_a_value_are_one_line() -> None:
    assert told(head="甲\n# 乙", text="一\n\n二", one="a\nb", two="c\td")[:3] == (
        "甲 # 乙", "一 二", "a b",
    )  # fmt: skip


def test_the_values_that_were_printed_are_known_in_their_order() -> None:
    template = compile_prose("{{ b }}{{ a }}{{ b }}", file="t.md", vocabulary=frozenset("ab"))
    assert template.fill({"a": "*", "b": "乙"}).values == ("乙", "*", "乙")


@pytest.mark.parametrize(
    ("source", "told"),
    [
        ("甲\n{{ nobody }}", "t.md, line 2: there is no value nobody"),
        ("甲\n{% for x in a %}", "line 2"),
        ("{{ a.b }}", "b"),
        ("{{ a.__class__ }}", "t.md"),
        ("{{ 2 * 2 }}", "computes"),
        ("{% for _ in a %}{% for _ in a %}{% endfor %}{% endfor %}{{ a() }}", "t.md"),
    ],
)
def test_a_faulty_template_is_named_with_its_file(source: str, told: str) -> None:
    with pytest.raises(FaultyTemplateError) as fault:
        compile_prose(source, file="t.md", vocabulary=frozenset("a")).fill({"a": "甲"})
    assert told in str(fault.value)


@pytest.mark.parametrize(
    "source",
    ["![甲](https://example.org/x.png)", "![甲](/etc/hostname)", "<b>甲</b>", "$x^2$",
     "```{=openxml}\n<w:p/>\n```"],
)  # fmt: skip
def test_a_template_reaches_nothing_outside_it(source: str) -> None:
    try:
        data = to_docx(source, REFERENCE.read_bytes(), file="t.md")
    except FaultyTemplateError:
        return
    blocks = read_docx(data)
    assert all(isinstance(block, Paragraph) for block in blocks)
    assert b"hostname" not in data
