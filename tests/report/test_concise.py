"""Diagnostics as a line each."""

from hypothesis import given
from hypothesis import strategies as st

from perfeval_docs.diagnostic import Diagnostic, Severity, Span, in_order, msg
from perfeval_docs.i18n import translator
from perfeval_docs.report import render
from perfeval_docs.report.cells import is_hidden
from tests.report.samples import LOST, REPEATED, hostile_diagnostics


def test_concise_is_a_line_for_each_fault() -> None:
    assert render([REPEATED, LOST], {}, "concise", str) == (
        "data/2024/a.yaml:2:7: warning PE005 replacement-character: "
        "U+FFFD stands where a character was lost\n"
        "data/2024/a.yaml:3:1: error PE018 key-repeated: 项目名称 stands here a second time"
    )


def test_concise_chinese_keeps_the_words_that_editors_read() -> None:
    assert render([REPEATED], {}, "concise", translator("zh")) == (
        "data/2024/a.yaml:3:1: error PE018 key-repeated: 项目名称 在此重复出现"
    )


def test_nothing_in_a_message_or_a_file_name_steers_the_terminal() -> None:
    nasty = Diagnostic(
        code="PE018",
        name="key-repeated",
        severity=Severity.ERROR,
        span=Span("a\x1b[2J.yaml", 1, 1, 1, 1),
        message=msg("{key}", key="x\x1b[31m\ny\u202ez"),
    )
    assert render([nasty], {}, "concise", str) == (
        "a␛[2J.yaml:1:1: error PE018 key-repeated: x␛[31m␊y⟨U+202E⟩z"
    )


@given(st.lists(hostile_diagnostics, max_size=4))
def test_each_fault_is_one_line_whatever_it_says(found: list[Diagnostic]) -> None:
    shown = render(found, {}, "concise", str)
    assert len(shown.splitlines()) == len(in_order(found))
    assert not [char for char in shown if is_hidden(char) and char != "\n"]
