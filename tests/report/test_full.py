"""Diagnostics for people."""

from hypothesis import given
from hypothesis import strategies as st

from perfeval_docs.diagnostic import Diagnostic, Related, Severity, Span, in_order, msg
from perfeval_docs.i18n import translator
from perfeval_docs.report import render
from perfeval_docs.report.cells import is_hidden
from tests.report.samples import FILE, LOST, REPEATED, TEXTS, hostile_diagnostics


def test_full_quotes_the_place_the_related_place_the_basis_and_the_way_out() -> None:
    assert (
        render([REPEATED, LOST], TEXTS, "full", str)
        == """\
warning[PE005] replacement-character: U+FFFD stands where a character was lost
 --> data/2024/a.yaml:2:7
  |
1 | 项目名称: 宣传推广
2 | 主管部门: 上海市科学技术委员会
  |           ^^^^^^

error[PE018] key-repeated: 项目名称 stands here a second time
 --> data/2024/a.yaml:3:1
  |
2 | 主管部门: 上海市科学技术委员会
3 | 项目名称: 宣传推广二期
  | ^^^^^^^^
see also: the first one
 --> data/2024/a.yaml:1:1
  |
1 | 项目名称: 宣传推广
  | ^^^^^^^^
basis: unverified
help: keep one of the two

found 1 error, 1 warning in 1 file"""
    )


def test_full_chinese() -> None:
    assert (
        render([REPEATED], TEXTS, "full", translator("zh"))
        == """\
错误[PE018] key-repeated: 项目名称 在此重复出现
 --> data/2024/a.yaml:3:1
  |
2 | 主管部门: 上海市科学技术委员会
3 | 项目名称: 宣传推广二期
  | ^^^^^^^^
另见：第一次出现在这里
 --> data/2024/a.yaml:1:1
  |
1 | 项目名称: 宣传推广
  | ^^^^^^^^
依据：尚未核实
处理：请只保留一处

发现 1 个错误，涉及 1 个文件"""
    )


def test_a_file_without_text_gives_headline_and_place_only() -> None:
    bare = "warning[PE005] replacement-character: U+FFFD stands where a character was lost\n"
    bare += " --> data/2024/a.yaml:2:7\n\nfound 1 warning in 1 file"
    for texts in ({}, {FILE: ""}, {FILE: "one line"}):
        assert render([LOST], texts, "full", str) == bare


def test_an_empty_file_has_no_line_to_quote() -> None:
    empty = Diagnostic(
        code="PE006",
        name="file-empty",
        severity=Severity.ERROR,
        span=Span(FILE, 1, 1, 1, 1),
        message=msg("there is nothing in the file"),
    )
    assert render([empty], {FILE: ""}, "full", str) == (
        "error[PE006] file-empty: there is nothing in the file\n"
        " --> data/2024/a.yaml:1:1\n\n"
        "found 1 error in 1 file"
    )


def test_the_gutter_is_as_wide_as_the_largest_line_number() -> None:
    text = "a: 1\n" * 12
    late = Diagnostic(
        code="PE018",
        name="key-repeated",
        severity=Severity.INFO,
        span=Span(FILE, 10, 1, 10, 2),
        message=msg("twice"),
        related=(Related(span=Span(FILE, 2, 4, 2, 5), message=msg("first")),),
    )
    assert (
        render([late], {FILE: text}, "full", str)
        == """\
remark[PE018] key-repeated: twice
  --> data/2024/a.yaml:10:1
   |
 9 | a: 1
10 | a: 1
   | ^
see also: first
  --> data/2024/a.yaml:2:4
   |
 1 | a: 1
 2 | a: 1
   |    ^

found 1 remark in 1 file"""
    )


def test_related_places_further_down_widen_the_gutter_too() -> None:
    early = Diagnostic(
        code="PE018",
        name="key-repeated",
        severity=Severity.ERROR,
        span=Span(FILE, 2, 1, 2, 2),
        message=msg("twice"),
        related=(Related(span=Span(FILE, 12, 1, 12, 2), message=msg("again")),),
    )
    assert (
        render([early], {FILE: "\n" * 10 + "a: 1\nb: 2"}, "full", str)
        == """\
error[PE018] key-repeated: twice
  --> data/2024/a.yaml:2:1
   |
 2 |
   | ^
see also: again
  --> data/2024/a.yaml:12:1
   |
11 | a: 1
12 | b: 2
   | ^

found 1 error in 1 file"""
    )


def test_nothing_in_a_message_or_a_file_name_steers_the_terminal() -> None:
    nasty = Diagnostic(
        code="PE018",
        name="key-repeated",
        severity=Severity.ERROR,
        span=Span("a\x1b[2J.yaml", 1, 1, 1, 1),
        message=msg("{key}", key="x\x1b[31m\ny\u202ez"),
    )
    shown = render([nasty], {}, "full", str)
    assert "x␛[31m␊y⟨U+202E⟩z" in shown
    assert "a␛[2J.yaml:1:1" in shown


def test_no_faults_are_no_text() -> None:
    assert render([], {}, "full", str) == ""


@given(st.lists(hostile_diagnostics, max_size=3))
def test_nothing_hidden_is_shown_whatever_the_faults_say(found: list[Diagnostic]) -> None:
    shown = render(found, {}, "full", str)
    assert not [char for char in shown if is_hidden(char) and char != "\n"]
    assert shown.count(" --> ") >= len(in_order(found))
