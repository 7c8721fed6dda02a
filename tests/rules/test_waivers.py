"""Waivers: what they silence, and what is said of those that do nothing."""

import pytest

from perfeval_docs.explain import page_names
from perfeval_docs.rules import RULES
from tests.rules.cases import EXECUTED, Edit
from tests.rules.forms import changed, found_in

VAGUE = (("≥20(场)", "完善、有效"), ("actual: 22(场)", "actual: 达成指标"))


def waiver(rule: str, rest: str = "") -> Edit:
    return ("indicators:\n", f"waivers:\n  - rule: {rule}\n{rest}indicators:\n")


@pytest.mark.parametrize("rule", ["PE316", "qualitative-vague"])
@pytest.mark.parametrize("indicator", ["", "    indicator: 举办讲座\n"])
def test_a_waiver_with_a_reason_silences_its_rule(rule: str, indicator: str) -> None:
    reason = "    reason: 讲座效果难以计数\n"
    assert found_in(changed(*VAGUE, waiver(rule, reason + indicator))) == []


@pytest.mark.parametrize("rule", ["pe316", "Qualitative-Vague"])
def test_a_waiver_may_write_small_or_capital_letters(rule: str) -> None:
    assert found_in(changed(*VAGUE, waiver(rule, "    reason: 难以计数\n"))) == []


@pytest.mark.parametrize(
    ("rule", "rest", "told", "way_out"),
    [
        ("PE501", "", "PE501 cannot be waived", "`perfeval explain PE501` tells"),
        ("pe301", "", "pe301 cannot be waived", "`perfeval explain pe301` tells"),
        ("PE999", "", "there is no rule PE999", "did you mean PE"),
        ("PE048", "", "there is no rule PE048", "did you mean PE"),
        ("qualitative-vage", "", "there is no rule qualitative-vage",
         "did you mean qualitative-vague?"),
        ("PE316", "", "the waiver of PE316 silences nothing", "delete it"),
        ("PE316", "    indicator: 举办讲坐\n", "no PE316 was found at “举办讲坐”",
         "did you mean 举办讲座?"),
        ("PE316", "    indicator: 举办讲座\n", "no PE316 was found at “举办讲座”",
         "look at the name; if the fault is mended, delete the waiver"),
    ],
)  # fmt: skip
def test_a_waiver_that_does_nothing_says_why(rule: str, rest: str, told: str, way_out: str) -> None:
    (found,) = found_in(changed(waiver(rule, f"    reason: 难以计数\n{rest}")))
    assert (found.code, str(found.message)) == ("PE903", told)
    assert way_out in str(found.help)


def test_a_waiver_of_what_is_no_rule_of_a_form_is_told_that_it_cannot_be_waived() -> None:
    waivable = {word for rule in RULES for word in (rule.code, rule.name)}
    for code, name in page_names().items():
        for word in (code, name):
            (found,) = found_in(changed(waiver(word, "    reason: 难以计数\n")))
            assert str(found.message) == (
                f"the waiver of {word} silences nothing"
                if word in waivable
                else f"{word} cannot be waived"
            )


def test_a_waiver_in_the_form_s_own_words_is_the_same() -> None:
    chinese = ("indicators:\n", "豁免:\n  - 规则: PE316\n    理由: 难以计数\nindicators:\n")
    assert found_in(changed(*VAGUE, chinese)) == []


@pytest.mark.parametrize(
    ("edits", "names"),
    [
        ((*VAGUE, waiver("PE316")), {"waiver-without-reason"}),
        ((waiver("PE316", "    reason: 难以计数\n"),), {"waiver-unused"}),
        ((waiver("far-over-targt", "    reason: 难以计数\n"),), {"waiver-unused"}),
        (
            (*VAGUE, waiver("PE316", "    reason: 难以计数\n    indicator: 参观人数\n")),
            {"waiver-unused", "qualitative-vague"},
        ),
        (
            ((EXECUTED, "executed: 100.01"), waiver("PE203", "    reason: 已追加\n")),
            {"waiver-unused", "overspent"},
        ),
    ],
)
def test_a_waiver_that_does_nothing_is_itself_reported(
    edits: tuple[Edit, ...], names: set[str]
) -> None:
    found = found_in(changed(*edits))
    assert {d.name for d in found} == names
    assert all(d.help is not None for d in found)
