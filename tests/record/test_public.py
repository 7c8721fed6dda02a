"""The public text of a record: nothing internal, no comment, the same form."""

from dataclasses import fields

import pytest
from hypothesis import given
from hypothesis import strategies as st

from perfeval_docs.record import INTERNAL, WITHHELD, Record, decode_record, public_text
from perfeval_docs.record.keys import SHAPES
from perfeval_docs.source import Scalar, Source, read_source
from tests.rules.forms import GOOD

SECRETS = ("密件第12号", "内部理由", "张三")
PRIVATE = GOOD.replace(
    "        points: 20\n",
    "        points: 20  # 问张三\n        佐证材料: |\n          密件第12号\n\n          第二份\n",
    1,
) + ("waivers:\n  - rule: PE317\n    reason: 内部理由\n")
FLOW = GOOD.replace(
    "      - indicator: 场馆开放天数\n        target: ≥300(天)\n        actual: 310(天)\n"
    "        points: 20\n",
    "      - {indicator: 场馆开放天数, target: ≥300(天), evidence: 密件第12号, actual: 310(天),"
    " points: 20}\n",
)


def source(text: str) -> Source:
    return read_source(text.encode(), "r.yaml")


def record(text: str) -> Record:
    value = decode_record(source(text)).value
    assert value is not None
    return value


def test_a_text_without_anything_internal_is_public_as_it_is() -> None:
    assert public_text(source(GOOD)) == GOOD


def test_the_line_for_editors_stays() -> None:
    text = "# yaml-language-server: $schema=../../schema/record.schema.json\n\n" + GOOD
    assert public_text(source(text)) == text


@pytest.mark.parametrize("text", [PRIVATE, FLOW], ids=["block", "flow"])
def test_what_is_internal_is_gone_and_the_rest_says_the_same(text: str) -> None:
    public = public_text(source(text))
    assert [secret for secret in SECRETS if secret in public] == []
    assert "#" not in public
    assert record(public) == record(GOOD)
    assert record(text) != record(GOOD)


@pytest.mark.parametrize("withholds", [True, False])
@pytest.mark.parametrize("text", [GOOD, PRIVATE, FLOW], ids=["good", "block", "flow"])
def test_the_public_text_of_a_public_text_is_itself(text: str, *, withholds: bool) -> None:
    once = public_text(source(text), withholds_evidence=withholds)
    assert public_text(source(once), withholds_evidence=withholds) == once


def test_where_evidence_must_be_named_a_word_stands_for_it() -> None:
    public = public_text(source(PRIVATE), withholds_evidence=True)
    assert public.count(WITHHELD) == 1
    assert [secret for secret in SECRETS if secret in public] == []
    assert WITHHELD not in public_text(source(public))


def test_each_field_that_is_told_to_be_internal_is_internal() -> None:
    told = {
        (shape, name)
        for shape in SHAPES
        for name, field in shape.model_fields.items()
        if "不打印" in (field.description or "") and "文件属性" not in (field.description or "")
    }
    assert told == {(shape, name) for shape, names in INTERNAL.items() for name in names}


@given(st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), max_size=60))
def test_any_words_are_the_same_after_they_were_written_anew(words: str) -> None:
    quoted = "'" + words.replace("'", "''") + "'"
    text = GOOD.replace("project: 科普场馆开放", f"project: {quoted}  # 张三")
    read = source(text)
    if read.diagnostics or read.root is None:
        return
    again = source(public_text(read))
    assert "张三" not in again.text or "张三" in words
    assert again.root is not None
    assert said(again) == said(read)


@given(st.lists(st.text("ab 中:#-|>'\"\\{}[],&*!%@`?", max_size=9), max_size=5))
def test_any_paragraphs_are_the_same_after_they_were_written_anew(lines: list[str]) -> None:
    block = "".join(f"    {line}\n" for line in ("甲", *lines, "乙"))
    start = GOOD.index("  expected: |\n") + len("  expected: |\n")
    end = GOOD.index("  achieved:")
    text = "# 张三\n" + GOOD[:start] + block + GOOD[end:]
    read = source(text)
    if read.diagnostics or read.root is None:
        return
    again = source(public_text(read))
    assert "张三" not in again.text
    assert said(again) == said(read)


def said(read: Source) -> list[str]:
    """Return the texts of a source in order, whatever their places."""

    def walk(node: object) -> list[str]:
        if isinstance(node, Scalar):
            return [node.value]
        if isinstance(node, tuple):
            return [text for each in node for text in walk(each)]
        if node is None or isinstance(node, str | int | bool):
            return []
        names = [f.name for f in fields(node) if f.name != "span"]  # type: ignore[arg-type]
        return [text for name in names for text in walk(getattr(node, name))]

    return walk(read.root)
