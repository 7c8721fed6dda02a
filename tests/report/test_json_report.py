"""Diagnostics for programs."""

import json
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from perfeval_docs.diagnostic import Diagnostic, Span, in_order
from perfeval_docs.i18n import translator
from perfeval_docs.report import render
from perfeval_docs.report.cells import is_hidden
from tests.report.samples import LOST, REPEATED, hostile_diagnostics


def test_each_fault_has_every_key_and_keys_are_in_order() -> None:
    assert (
        render([REPEATED, LOST], {}, "json", str)
        == """\
{
  "diagnostics": [
    {
      "basis": null,
      "code": "PE005",
      "column": 7,
      "end_column": 10,
      "end_line": 2,
      "file": "data/2024/a.yaml",
      "help": null,
      "line": 2,
      "message": "U+FFFD stands where a character was lost",
      "name": "replacement-character",
      "related": [],
      "severity": "warning"
    },
    {
      "basis": "unverified",
      "code": "PE018",
      "column": 1,
      "end_column": 5,
      "end_line": 3,
      "file": "data/2024/a.yaml",
      "help": "keep one of the two",
      "line": 3,
      "message": "项目名称 stands here a second time",
      "name": "key-repeated",
      "related": [
        {
          "column": 1,
          "end_column": 5,
          "end_line": 1,
          "file": "data/2024/a.yaml",
          "line": 1,
          "message": "the first one"
        }
      ],
      "severity": "error"
    }
  ],
  "version": 1
}
"""
    )


def test_only_sentences_are_translated() -> None:
    english = json.loads(render([REPEATED], {}, "json", str))["diagnostics"][0]
    chinese = json.loads(render([REPEATED], {}, "json", translator("zh")))["diagnostics"][0]
    assert {key for key in english if english[key] != chinese[key]} == {
        "basis",
        "help",
        "message",
        "related",
    }
    assert chinese["message"] == "项目名称 在此重复出现"
    assert chinese["help"] == "请只保留一处"
    assert chinese["basis"] == "尚未核实"
    assert chinese["related"][0]["message"] == "第一次出现在这里"


def test_no_faults_are_a_document_too() -> None:
    assert render([], {}, "json", str) == '{\n  "diagnostics": [],\n  "version": 1\n}\n'


def test_hidden_characters_are_written_as_escapes_and_chinese_is_not() -> None:
    file = "报告\x1b\u202e\U000e0041\x7f\udc80.yaml"
    shown = render([replace(LOST, span=Span(file, 1, 1, 1, 2))], {}, "json", str)
    assert r'"file": "报告\u001b\u202e\udb40\udc41\u007f\udc80.yaml"' in shown
    assert json.loads(shown)["diagnostics"][0]["file"] == file


@given(st.lists(hostile_diagnostics, max_size=3))
def test_what_is_parsed_is_what_was_said(found: list[Diagnostic]) -> None:
    shown = render(found, {}, "json", str)
    assert not [char for char in shown if is_hidden(char) and char != "\n"]
    assert shown.endswith("}\n")
    assert [_read(each) for each in json.loads(shown)["diagnostics"]] == [
        (
            each.span,
            each.severity,
            str(each.message),
            each.help and str(each.help),
            each.basis,
            tuple((related.span, str(related.message)) for related in each.related),
        )
        for each in in_order(found)
    ]


def _read(fault: dict[str, object]) -> tuple[object, ...]:
    related = fault["related"]
    assert isinstance(related, list)
    return (
        _span(fault),
        fault["severity"],
        fault["message"],
        fault["help"],
        fault["basis"],
        tuple((_span(each), each["message"]) for each in related),
    )


def _span(fault: dict[str, object]) -> Span:
    file, *numbers = (fault[key] for key in ("file", "line", "column", "end_line", "end_column"))
    assert isinstance(file, str)
    return Span(file, *(number for number in numbers if isinstance(number, int)))
