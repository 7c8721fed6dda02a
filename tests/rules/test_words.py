"""Each rule over the words of a year: a mutation that makes it alone speak, and near misses."""

import pytest

from perfeval_docs.diagnostic import Diagnostic
from perfeval_docs.record import decode_year_words
from perfeval_docs.rules import check_words, year_entry
from perfeval_docs.source import read_source
from tests.rules.forms import GOOD, form_of

WORDS = """\
管理制度: 本部门预算绩效管理办法
工作机制: 处室分工负责
编报绩效目标: {项目数: 1, 金额: 100.00}
绩效跟踪: {项目数: 1, 金额: 100.00}
问题整改: {发现问题数: 3, 已整改数: 2, 正在整改数: 1}
存在问题:
  - 问题: 指标值偏低。
    改进措施: 下一年调高。
各等级项目数: {优: 1, 良: 0}
"""


def found_in(text: str) -> list[Diagnostic]:
    decoded = decode_year_words(read_source(text.encode(), "summary.yaml"))
    assert decoded.value is not None, decoded.diagnostics
    return list(check_words(decoded, [year_entry(form_of(GOOD))]))


def test_good_words_are_good() -> None:
    assert found_in(WORDS) == []


@pytest.mark.parametrize(
    ("old", "new", "name", "line"),
    [
        ("{优: 1, 良: 0}", "{优: 2, 良: 0}", "summary-count-wrong", 9),
        ("{优: 1, 良: 0}", "{优: 0, 良: 1}", "summary-count-wrong", 9),
        ("发现问题数: 3", "发现问题数: 4", "summary-issues-wrong", 5),
        ("    改进措施: 下一年调高。\n", "", "problem-without-measure", 7),
        ("工作机制: 处室分工负责", "工作机制:", "summary-slot-blank", 2),
        ("绩效跟踪: {项目数: 1, 金额: 100.00}\n", "", "summary-slot-blank", 1),
    ],
)
def test_a_mutation_makes_its_rule_speak(old: str, new: str, name: str, line: int) -> None:
    assert old in WORDS
    found = found_in(WORDS.replace(old, new))
    assert {each.name for each in found} == {name}
    assert found[0].span.line == line
    assert all(each.help is not None for each in found)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("各等级项目数: {优: 1, 良: 0}\n", ""),
        (
            "{发现问题数: 3, 已整改数: 2, 正在整改数: 1}",
            "{发现问题数: 0, 已整改数: 0, 正在整改数: 0}",
        ),
        ("存在问题:\n  - 问题: 指标值偏低。\n    改进措施: 下一年调高。\n", ""),
    ],
)
def test_a_near_miss_stays_silent(old: str, new: str) -> None:
    assert old in WORDS
    assert found_in(WORDS.replace(old, new)) == []


def test_a_profile_may_switch_a_slot_off() -> None:
    decoded = decode_year_words(read_source("工作机制: 分工\n".encode(), "summary.yaml"))
    entry = year_entry(form_of(GOOD, {"summary-slot-blank": "off"}))
    assert list(check_words(decoded, [entry])) == []
