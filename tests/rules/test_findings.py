"""What a finding says, and the words that it points at."""

from dataclasses import replace

import pytest

from perfeval_docs.rules import check
from tests.rules.cases import (
    DAYS,
    DECLARED,
    EXECUTED,
    GOOD_REASON,
    NO_BUDGET,
    POINTS,
    REASON,
    WHY_NO_BUDGET,
    Edit,
    counted,
    explained,
    improved,
    safe,
)
from tests.rules.forms import GOOD, changed, form_of, found_in


@pytest.mark.parametrize(
    ("edits", "basis"),
    [
        ((("initial_budget: 100.00", "initial_budget: 89.00"),), "unverified"),
        (((EXECUTED, "executed: 89.99"),), "unverified"),
        (((EXECUTED, "executed: 59.00"), ("市民普遍满意", "资金略有结余")), "unverified"),
        ((("actual: 22(场)", "actual: 26(场)"),), "local practice"),
        ((explained("actual: 290(天)", "客观原因"),), "unverified"),
        ((explained("actual: 290(天)", "因场馆检修少开放了十天时间"),), None),
    ],
)
def test_a_limit_says_what_it_rests_on(edits: tuple[Edit, ...], basis: str | None) -> None:
    assert [d.basis for d in found_in(changed(*edits))] == [basis]


@pytest.mark.parametrize(
    ("edits", "told"),
    [
        (((POINTS, "points: 31"), ("points: 15", "points: 4")),
         "场馆开放天数 alone has 31 points; at most 30 are usual"),
        ((("≥300(天)", "全年开放"), ("不少于300天", "更多天"), (DAYS, "actual: 达成指标")),
         "场馆开放天数 has 20 points for words; less than 20 are usual"),
    ],
)  # fmt: skip
def test_an_indicator_that_dominates_is_told_its_limit(edits: tuple[Edit, ...], told: str) -> None:
    assert [str(d.message) for d in found_in(changed(*edits))] == [told]


def test_a_total_that_is_wrong_is_named_by_its_column() -> None:
    total = "    initial_budget: 100.00\n    adjusted_budget: 99.00\n    executed: 98.00\n"
    found = found_in(changed((DECLARED, f"  declared_total:\n{total}{DECLARED}")))
    told = "the total of 全年预算数 is 99.00, its parts make 100.00"
    assert told in {str(d.message) for d in found}


def test_amounts_in_another_unit_than_ten_thousands_are_never_suspect() -> None:
    text = changed(
        ("initial_budget: 100.00", "initial_budget: 10000000.00"),
        ("adjusted_budget: 100.00", "adjusted_budget: 10000000.00"),
        (EXECUTED, "executed: 9800000.00"),
    )
    form = form_of(text)
    assert [str(d.help) for d in check(form)] == ["divide by 10,000: 1000.00"] * 2
    unit = form.profile.amount_unit.model_copy(update={"value": "元"})
    profile = form.profile.model_copy(update={"amount_unit": unit})
    assert list(check(replace(form, profile=profile))) == []


@pytest.mark.parametrize(("profile", "rate"), [("shanghai", "99.20"), ("national", "99.21")])
def test_a_rate_is_told_as_the_profile_prints_it(profile: str, rate: str) -> None:
    edits = [
        ("initial_budget: 100.00", "initial_budget: 304.16"),
        ("adjusted_budget: 100.00", "adjusted_budget: 304.16"),
        (EXECUTED, "executed: 301.75\n    declared_execution_rate: 98"),
        ("profile: shanghai", f"profile: {profile}"),
    ]
    (found,) = (d for d in found_in(changed(*edits)) if d.name == "declared-rate-wrong")
    assert str(found.message) == f"the declared rate is 98 %, the amounts make {rate} %"


def test_a_measure_without_a_deviation_is_pointed_at_itself() -> None:
    text = changed(improved(DAYS, "每月安排一次夜间检修"))
    (found,) = found_in(text)
    assert "每月安排" in text.splitlines()[found.span.line - 1]
    assert "a deviation or a measure is described" in str(found.message)


def test_a_score_that_nobody_gives_is_named_with_what_it_rests_on() -> None:
    (no_budget,) = found_in(changed(*NO_BUDGET, WHY_NO_BUDGET))
    assert (no_budget.name, no_budget.basis) == ("score-undetermined", None)
    assert "say in the achieved text" in str(no_budget.help)
    judged = f"actual: 部分达成\n{REASON}{GOOD_REASON}"
    (word,) = found_in(changed(("≥20(场)", "每月举办"), ("actual: 22(场)", judged)))
    assert (word.name, word.basis is None) == ("score-undetermined", False)
    assert str(word.message) == "“部分达成” leaves the score of 举办讲座 to you, and none is given"


@pytest.mark.parametrize(
    ("target", "actual", "told", "way_out"),
    [
        ("≥20(场)", "22(次)", "the target is in “场”, the actual in “次”", "in the same unit"),
        (
            "≥20(场)",
            "'22'",
            "the actual has no unit, the target is in “场”",
            "if it was counted so, write 22(场)",
        ),
        (
            "≥20",
            "22(场)",
            "the target has no unit, the actual is in “场”",
            "if it was approved so, write ≥20(场)",
        ),
    ],
)
def test_a_unit_that_is_missing_is_asked_for(
    target: str, actual: str, told: str, way_out: str
) -> None:
    found = found_in(changed(("≥20(场)", target), ("actual: 22(场)", f"actual: {actual}")))
    assert [str(d.message) for d in found] == [f"举办讲座: {told}"]
    assert way_out in str(found[0].help)


@pytest.mark.parametrize(
    ("edits", "way_out"),
    [
        (safe("安全事故次数", "≥1(次)", "1(次)"),
         "write ≤1(次); if more is better, say so in the name"),
        (counted("培训人数", "<25(人)", "22(人)"),
         'write ">25(人)"; if less is better, say so in the name'),
        (counted("培训人数", "<=25(人)", "22(人)"),
         "write ≥25(人); if less is better, say so in the name"),
    ],
)  # fmt: skip
def test_a_target_that_points_the_wrong_way_is_shown_turned_round(
    edits: tuple[Edit, ...], way_out: str
) -> None:
    (found,) = found_in(changed(*edits))
    assert (found.name, str(found.help)) == ("comparator-direction", way_out)


@pytest.mark.parametrize(
    ("edit", "words"),
    [
        (("市民普遍满意", "尚未收费，一楼夜场尚未开放"), "尚未收费"),
        (("市民普遍满意", "取消收费，一楼夜场尚未开放"), "一楼夜场尚未开放"),
        (("讲座场场满员", "举办讲座23场"), "举办讲座23场"),
        (("讲座场场满员", "讲座场场满员\n\n    联系人13812345678"), "13812345678"),
    ],
)
def test_the_very_words_of_a_long_text_are_pointed_at(edit: Edit, words: str) -> None:
    text = changed(edit)
    (found,) = found_in(text)
    span = found.span
    assert text.splitlines()[span.line - 1][span.column - 1 : span.end_column - 1] == words


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("全年开放310天，市民<br>满意", "<br>"),
        ("'全年开放310天，市民<br>满意'", "<br>"),
        ('"全年开放310天，市民<br>满意"', "<br>"),
        ('"全年\\u5f00放310天，市民<br>满意"', '"全年\\u5f00放310天，市民<br>满意"'),
        ("'全年''开放''310天，市民<br>满意'", "'全年''开放''310天，市民<br>满意'"),
        ("全年开放310天，\n    市民<br>满意", "全年开放310天，"),
        (">\n    全年开放310天，\n    市民<br>满意", ">"),
        ("|\n    全年开放310天，\n    市民<br>满意", "<br>"),
    ],
)
def test_the_very_words_of_a_short_text_are_pointed_at_where_it_stands_as_typed(
    written: str, shown: str
) -> None:
    goal = GOOD[GOOD.index("  achieved:") : GOOD.index("indicators:")]
    text = changed((goal, f"  achieved: {written}\n"))
    (found,) = found_in(text)
    span, line = found.span, text.splitlines()[found.span.line - 1]
    end = span.end_column - 1 if span.end_line == span.line else len(line)
    assert (found.name, line[span.column - 1 : end]) == ("markup-left", shown)
