"""Any bytes at all give diagnostics with places inside the file, never an exception."""

import re
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from perfeval_docs.source import read_source

RECORDS = [path.read_text("utf-8") for path in sorted(Path("data/2024").glob("*.yaml"))]
RECORDS.append(
    """\
项目资金:
  当年财政拨款: {年初预算数: 1,200.00, 全年预算数: 100.00, 全年执行数: 98.00}
绩效指标: {产出指标: {数量指标: [
  {三级指标: "开放, 天数", 年度指标值: ≥300(天), 实际完成值: 310(天), 分值: 30}, # 待核
  {三级指标: 讲座, 年度指标值: '8:30', 实际完成值：达成， 分值: 20}]}}
"""
)
# As YAML 1.2 breaks lines, and as editors count them.
LINE_END = re.compile(r"\r\n?|\n")
PIECES = st.sampled_from(
    ["\t", " ", "\n", ":", ": ", "：", "#", " #", "'", '"', "|", ">", "-", "- ", "&", "*", "!",
     "[", "]", "{", "}", "<<", "?", "%", "@", "`", "\\", "\ufeff", "\u200b", "\x00", "甲", "---"]
)  # fmt: skip


def check(data: bytes) -> None:
    source = read_source(data, "x.yaml")
    lines = LINE_END.split(source.text)
    for found in source.diagnostics:
        span = found.span
        assert (1, 1) <= (span.line, span.column) <= (span.end_line, span.end_column)
        assert span.end_line <= len(lines) + 1
        if span.line <= len(lines):
            assert span.column <= len(lines[span.line - 1]) + 2


@given(st.binary(max_size=400))
def test_any_bytes(data: bytes) -> None:
    check(data)


@given(st.lists(PIECES | st.text(max_size=5), max_size=60).map("".join))
def test_any_text_of_signs(text: str) -> None:
    check(text.encode("utf-8", "replace"))


@given(st.sampled_from(RECORDS), st.data())
def test_any_mangled_record(text: str, data: st.DataObject) -> None:
    for _ in range(data.draw(st.integers(1, 3))):
        at = data.draw(st.integers(0, len(text)))
        end = min(len(text), at + data.draw(st.integers(0, 30)))
        text = text[:at] + data.draw(PIECES) + text[end:]
    check(text.encode())
