"""Diagnostics as workflow commands."""

import re
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from perfeval_docs.diagnostic import Diagnostic, Severity, Span, in_order, msg
from perfeval_docs.i18n import translator
from perfeval_docs.report import render
from perfeval_docs.report.cells import is_hidden, visible
from tests.report.samples import LOST, REPEATED, hostile_diagnostics


def test_each_fault_is_a_command_with_its_place_and_a_title() -> None:
    assert render([REPEATED, LOST], {}, "github", str) == (
        "::warning file=data/2024/a.yaml,line=2,col=7,endLine=2,endColumn=10,"
        "title=PE005 replacement-character"
        "::data/2024/a.yaml:2:7: U+FFFD stands where a character was lost\n"
        "::error file=data/2024/a.yaml,line=3,col=1,endLine=3,endColumn=5,"
        "title=PE018 key-repeated"
        "::data/2024/a.yaml:3:1: 项目名称 stands here a second time"
        "%0Abasis: unverified%0Ahelp: keep one of the two"
    )


def test_chinese() -> None:
    assert render([REPEATED], {}, "github", translator("zh")).endswith(
        "::data/2024/a.yaml:3:1: 项目名称 在此重复出现%0A依据：尚未核实%0A处理：请只保留一处"
    )


def test_a_remark_is_a_notice() -> None:
    remark = replace(LOST, severity=Severity.INFO)
    assert render([remark], {}, "github", str).startswith("::notice file=")


def test_a_stretch_of_several_lines_has_no_columns() -> None:
    long = replace(LOST, span=Span("a.yaml", 2, 7, 4, 1))
    assert render([long], {}, "github", str).startswith(
        "::warning file=a.yaml,line=2,endLine=4,title="
    )


def test_what_ends_a_property_or_a_line_is_escaped() -> None:
    nasty = replace(
        LOST,
        span=Span("50%, c:d.yaml", 1, 1, 1, 1),
        message=msg("{key}", key="100%0A, a:b\r\n::error::x\x1b[31m"),
    )
    assert render([nasty], {}, "github", str) == (
        "::warning file=50%25%2C c%3Ad.yaml,line=1,col=1,endLine=1,endColumn=1,"
        "title=PE005 replacement-character"
        "::50%25, c:d.yaml:1:1: 100%250A, a:b␍␊::error::x␛[31m"
    )


def test_no_faults_are_no_text() -> None:
    assert render([], {}, "github", str) == ""


_COMMAND = re.compile("::(error|warning|notice) (.*?)::(.*)")


def _unescaped(text: str) -> str:
    """Undo the escapes as GitHub's runner does, `%` last."""
    for escape, char in (("%3A", ":"), ("%2C", ","), ("%0A", "\n"), ("%0D", "\r"), ("%25", "%")):
        text = text.replace(escape, char)
    return text


@given(st.lists(hostile_diagnostics, max_size=3))
def test_the_runner_reads_what_was_said(found: list[Diagnostic]) -> None:
    shown = render(found, {}, "github", str)
    assert not [char for char in shown if is_hidden(char) and char != "\n"]
    lines = shown.splitlines()
    assert len(lines) == len(in_order(found))
    for line, fault in zip(lines, in_order(found), strict=True):
        command = _COMMAND.fullmatch(line)
        assert command is not None
        pairs = dict(pair.split("=", 1) for pair in command[2].split(","))
        assert _unescaped(pairs["file"]) == visible(fault.span.file)
        assert pairs["line"] == str(fault.span.line)
        assert pairs["title"] == f"{fault.code} {fault.name}"
        assert visible(str(fault.message)) in _unescaped(command[3])
