"""Any mangled record goes through all stages and rules: diagnostics in the file, no exception."""

import os
import shutil
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from perfeval_docs.checking import prepare, read_inputs, record_file

RECORDS = [path.read_text("utf-8") for path in sorted(Path("data/2024").glob("0*.yaml"))]
# What a clerk, or a program, may put where something else stood.
PIECES = st.sampled_from(
    ["0", "0.00", "-1", "999999999", "100", ".", "%", "(%)", "≥", "<", "=", "万", "无", "达成",
     "未达成", "部分达成", "\n", "  ", "- ", ": ", "#", "'", "declared_score: 3", "豁免:",
     "~", "甲"]
)  # fmt: skip


@settings(max_examples=int(os.environ.get("PERFEVAL_EXAMPLES", "100")))
@given(text=st.sampled_from(RECORDS), data=st.data())
def test_any_mangled_record(
    tmp_path_factory: pytest.TempPathFactory, text: str, data: st.DataObject
) -> None:
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(text)))
        end = min(len(text), at + data.draw(st.integers(0, 12)))
        text = text[:at] + data.draw(PIECES) + text[end:]
    path = tmp_path_factory.mktemp("any") / "2024" / "r.yaml"
    path.parent.mkdir()
    shutil.copy("data/2024/perfeval.yaml", path.parent)
    path.write_text(text, "utf-8")
    prepared = prepare(read_inputs(record_file(path, Path("data"))), lambda _: ())
    lines = {file: each.splitlines() for file, each in prepared.texts.items()}
    for found in prepared.diagnostics:
        spans = (found.span, *(related.span for related in found.related))
        for span in spans:
            assert span.file in lines or span.file.startswith("perfeval_docs/")
            assert 1 <= span.line <= span.end_line
            assert span.line <= len(lines.get(span.file, ())) + 1 or span.file not in lines
    assert prepared.is_sound or prepared.diagnostics
