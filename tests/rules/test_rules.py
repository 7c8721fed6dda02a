"""Each rule: a mutation of a good record that makes it alone speak, and near misses that do not."""

from dataclasses import replace
from pathlib import Path

import pytest

from perfeval_docs.explain import page_names
from perfeval_docs.profile import load_profile
from perfeval_docs.rules import RULES, check, check_profile
from perfeval_docs.rules.year import check_year, year_entry
from tests.rules.forms import GOOD, changed, form_of, found_in

Edit = tuple[str, str]

EXECUTED = "executed: 98.00"
DAYS = "actual: 310(天)"
POINTS = "points: 20"
SAFE = "      - indicator: 安全事故次数\n        target: ≤2(次)\n        actual: 1(次)\n"
DECLARED = "  appropriation:\n"
REASON = "        deviation_reason: "


def scored(score: str, actual: str = DAYS) -> tuple[Edit, ...]:
    return ((DAYS, f"{actual}\n        declared_score: {score}"),)


def explained(actual: str, reason: str) -> Edit:
    return (DAYS, f"{actual}\n{REASON}{reason}")


GOOD_REASON = "因场馆检修少开放十天，明年将提前安排检修"

NO_BUDGET: tuple[Edit, ...] = (
    ("initial_budget: 100.00", "initial_budget: 0.00"),
    ("adjusted_budget: 100.00", "adjusted_budget: 0.00"),
    (EXECUTED, "executed: 0.00"),
)
WHY_NO_BUDGET = ("市民普遍满意", "当年没有安排资金，工作由志愿者承担")
NO_TOTAL = (
    DECLARED,
    "  declared_total:\n    initial_budget: 0.00\n    adjusted_budget: 0.00\n"
    "    executed: 0.00\n    declared_execution_rate: {rate}\n"
    "  declared_execution_score: 10.00\n" + DECLARED,
)


def no_total(rate: str) -> Edit:
    return (NO_TOTAL[0], NO_TOTAL[1].format(rate=rate))


SPEAKS: list[tuple[str, tuple[Edit, ...]]] = [
    ("funds-do-not-add-up", ((DECLARED, "  declared_total:\n    initial_budget: 100.00\n"
     "    adjusted_budget: 100.00\n    executed: 97.00\n" + DECLARED),)),
    ("budget-zero", (*NO_BUDGET, (DECLARED, "  declared_execution_score: 0\n" + DECLARED))),
    ("budget-zero", (*NO_BUDGET, no_total("98.00"), WHY_NO_BUDGET)),
    ("budget-zero", (*NO_BUDGET, no_total("0.00"))),
    ("overspent", ((EXECUTED, "executed: 100.01"),)),
    ("adjustment-unexplained", (("initial_budget: 100.00", "initial_budget: 89.00"),)),
    ("amount-unit-suspect", (("initial_budget: 100.00", "initial_budget: 10000000.00"),
     ("adjusted_budget: 100.00", "adjusted_budget: 10000000.00"),
     (EXECUTED, "executed: 9800000.00"))),
    ("declared-rate-wrong", ((EXECUTED, EXECUTED + "\n    declared_execution_rate: 97.90"),)),
    ("declared-execution-score-wrong",
     ((DECLARED, "  declared_execution_score: 9.70\n" + DECLARED),)),
    ("execution-low-unexplained", ((EXECUTED, "executed: 89.99"),)),
    ("full-outputs-low-execution", ((EXECUTED, "executed: 59.00"),
     ("市民普遍满意", "资金略有结余"))),
    ("points-not-100", ((POINTS, "points: 20.5"), ("points: 15", "points: 14"))),
    ("level-points-differ", (("indicators:\n",
     "declared_level_points:\n  产出指标: 49\nindicators:\n"),)),
    ("level-points-differ", (("indicators:\n",
     "declared_level_points:\n  成本指标: 10\nindicators:\n"),)),
    ("execution-points-differ",
     ((DECLARED, "  declared_execution_points: 20\n" + DECLARED),)),
    ("level-weight-unusual", ((POINTS, "points: 15"), ("points: 20", "points: 25"))),
    ("points-not-positive", (("points: 15", "points: 0"), (POINTS, "points: 30"),
     ("points: 5\n", "points: 10\n"))),
    ("indicator-dominates", ((POINTS, "points: 31"), ("points: 15", "points: 4"))),
    ("indicator-dominates", (("≥300(天)", "全年开放"),
     ("不少于300天", "更多天"), (DAYS, "actual: 达成指标"))),
    ("dimension-missing", (("  效益指标:\n    社会效益指标:", "  影响指标:\n    社会影响指标:"),)),
    ("satisfaction-missing", (("满意度指标:\n    服务对象满意度指标", "效果指标:\n    服务对象"),
     ("indicator: 观众满意度", "indicator: 观众好评率"))),
    ("score-above-points", scored("20.01")),
    ("declared-score-differs", (*scored("19"),
     ("declared_score: 19", f"declared_score: 19\n{REASON}{GOOD_REASON}"))),
    ("unmet-full-score", (*scored("20", "actual: 290(天)"),
     ("declared_score: 20", f"declared_score: 20\n{REASON}{GOOD_REASON}"))),
    ("qualitative-band", (("≥20(场)", "每月举办"), ("actual: 22(场)",
     f"actual: 部分达成\n        declared_score: 14\n{REASON}{GOOD_REASON}"))),
    ("qualitative-word-unknown", (("≥20(场)", "每月举办"), ("actual: 22(场)",
     "actual: 很好\n        declared_score: 15"))),
    ("qualitative-vague", (("≥20(场)", "完善、有效"), ("actual: 22(场)", "actual: 达成指标"))),
    ("far-over-target", (("actual: 22(场)", "actual: 26(场)"),)),
    ("target-too-low", (("actual: 22(场)", f"actual: 60(场)\n{REASON}各区加办讲座，场次大增"),)),
    ("comparator-direction", (("target: ≤2(次)", "target: ≥1(次)"),)),
    ("comparator-direction", (("target: ≥20(场)", "target: ≤25(场)"),)),
    ("percentage-above-100", (("actual: 95(%)", "actual: 101(%)"),)),
    ("level2-misfit", (("举办讲座\n        target: ≥20(场)", "举办讲座\n        target: ≥20(%)"),
     ("actual: 22(场)", "actual: 22(%)"))),
    ("level2-misfit", (("讲解合格率\n        target: ≥90(%)", "讲解\n        target: ≥90(场)"),
     ("actual: 95(%)", "actual: 95(场)"))),
    ("level2-misfit", (("讲解合格率", "讲解按时率"),)),
    ("level2-misfit", (("讲座安排按时率", "讲座覆盖率"),)),
    ("payment-as-output", (("indicator: 讲解合格率", "indicator: 资金支付率"),)),
    ("indicator-duplicate", (("indicator: 举办讲座", "indicator: 场馆 开放天数"),)),
    ("declared-total-wrong", (("indicators:\n", "declared_total_score: 99.00\nindicators:\n"),)),
    ("declared-grade-wrong", (("indicators:\n", "declared_grade: 良\nindicators:\n"),)),
    ("unmet-unexplained", ((DAYS, "actual: 290(天)"),)),
    ("deduction-unexplained", (("≥20(场)", "每月举办"), ("actual: 22(场)",
     "actual: 达成指标\n        declared_score: 14"))),
    ("reason-without-deviation", (explained(DAYS, GOOD_REASON),)),
    ("reason-boilerplate", (explained("actual: 290(天)", "客观原因"),)),
    ("reason-boilerplate", (explained("actual: 290(天)", "因场馆检修少开放了十天时间"),)),
    ("narrative-number-differs", (("讲座场场满员", "举办讲座23场"),)),
    ("narrative-number-differs", (("参观人数稳步上升", "参观人数5.3万人次"),)),
    ("narrative-number-differs", (("市民普遍满意", "观众满意度达97%"),)),
    ("goal-uncovered", (("让更多市民", "新媒体推送不少于40篇，让更多市民"),)),
    ("narrative-undone", (("市民普遍满意", "夜场尚未开放"),)),
    ("narrative-copied", (("2024年场馆开放310天，讲座场场满员，参观人数稳步上升，市民普遍满意。",
     "全年开放场馆不少于300天，举办多场讲座，让更多市民走近科学。"),)),
    ("wrong-year", (("2024年场馆", "2021年场馆"),)),
    ("placeholder-left", (("市民普遍满意", "满意度为**"),)),
    ("markup-left", (("市民普遍满意", "市民<br>满意"),)),
    ("private-data", (("市民普遍满意", "电话13812345678"),)),
    ("private-data", (("市民普遍满意", "写信至a.b@example.cn"),)),
    ("private-data", (("市民普遍满意", "讲解员身份证11010519491231002X"),)),
    ("private-data", (("市民普遍满意", "编号110105194912310021，身份证11010519491231002x"),)),
    ("private-data", (("市民普遍满意", "电话021-12345678"),)),
    ("private-data", (("市民普遍满意", "账号6222021234567890"),)),
    ("placeholder-left", (("市民普遍满意", "举办第XX届科普节"),)),
    ("placeholder-left", (("市民普遍满意", "20XX年举办"),)),
    ("placeholder-left", (("市民普遍满意", "××单位满意"),)),
    ("placeholder-left", (("市民普遍满意", "成效待填"),)),
    ("placeholder-left", (("市民普遍满意", "成效待补充"),)),
    ("wrong-year", (("project: 科普场馆开放", "project: 2021年科普场馆开放"),)),
]  # fmt: skip

SILENT: list[tuple[Edit, ...]] = [
    (),
    ((DECLARED, "  declared_total:\n    initial_budget: 100.00\n    adjusted_budget: 100.00\n"
      "    executed: 98.00\n" + DECLARED),),
    ((EXECUTED, "executed: 100.00"),),
    (*NO_BUDGET, WHY_NO_BUDGET, (DECLARED, "  declared_execution_score: 10.00\n" + DECLARED)),
    (*NO_BUDGET, WHY_NO_BUDGET, no_total("0.00")),
    (("initial_budget: 100.00", "initial_budget: 92.00"),),
    (("initial_budget: 100.00", "initial_budget: 80.00"), ("市民普遍满意", "年中追加经费")),
    ((EXECUTED, "executed: 90.00"),),
    ((EXECUTED, "executed: 80.00"), ("市民普遍满意", "按规定核减预算")),
    ((EXECUTED, EXECUTED + "\n    declared_execution_rate: 98.00"),),
    ((EXECUTED, EXECUTED + "\n    declared_execution_rate: 98"),),
    ((DECLARED, "  declared_execution_score: 9.80\n" + DECLARED),),
    (("indicators:\n", "declared_level_points:\n  产出指标: 50.00\nindicators:\n"),),
    ((DECLARED, "  declared_execution_points: 10.00\n" + DECLARED),),
    scored("20"),
    (("actual: 22(场)", "actual: 25(场)"),),
    (("actual: 22(场)", f"actual: 26(场)\n{REASON}各区加办讲座，场次大增"),),
    (explained("actual: 290(天)", GOOD_REASON),),
    (("≥20(场)", "每月举办"), ("actual: 22(场)", "actual: 达成指标")),
    (("≥20(场)", "每月举办"),
     ("actual: 22(场)", f"actual: 部分达成\n        declared_score: 12\n{REASON}{GOOD_REASON}")),
    (("actual: 95(%)", "actual: 100(%)"),),
    (("indicator: 观众满意度", "indicator: 观众增长率"), ("actual: 96(%)", "actual: 110(%)")),
    (("indicator: 举办讲座", "indicator: 举办展览"),),
    (("产出指标:", "一、产出指标:"), ("效益指标:", "二、效益指标:"),
     ("满意度指标:", "三、满意度指标:")),
    (("indicators:\n", "declared_total_score: 99.80\nindicators:\n"),),
    (("indicators:\n", "declared_grade: 优\nindicators:\n"),),
    (("2024年场馆", "2025年3月前场馆"),),
    (("参观人数稳步上升", "参观人数5.2万人次"),),
    (("参观人数稳步上升", "参观人数52000余人次"),),
    (("参观人数稳步上升", "参观人数超过5万人次"),),
    (("讲座场场满员", "举办讲座22场，其中上半年举办讲座10场"),),
    (("讲座场场满员", "举办讲座得到23家单位支持"),),
    (("actual: 52000(人次)", "actual: 5.24(万人次)"), ("参观人数稳步上升", "参观人数52449人次")),
    (("让更多市民", "讲座听众不少于20场次，让更多市民"),),
    (("市民普遍满意", "“十四五”以来参观者2021人"),),
    (("市民普遍满意", "编号138123456789"),),
    # The check digit, the month and the year of birth: what makes a number one of a person.
    (("市民普遍满意", "编号110105194912310021"),),
    (("市民普遍满意", "编号110105194913310021"),),
    (("市民普遍满意", "编号110105204912310026"),),
    (("市民普遍满意", "统一社会信用代码123100004250057303"),),
    (("市民普遍满意", "统一社会信用代码91310115MA1K35AB2X"),),
    (("市民普遍满意", "新增展板3××4组、3**4组，显示屏3×4米"),),
    (("市民普遍满意", "增购XXL号工作服，参展第XXI届科普节"),),
    (("市民普遍满意", "力量有待补充，设施待填补空白，邀请填写问卷"),),
    (("市民普遍满意", "满意度>90%，a<b"),),
    (("安全事故次数", "事故处理次数"), ("target: ≤2(次)", "target: ≥1(次)")),
]  # fmt: skip

# Rules that no mutation of this form can make speak alone, and where they are tested.
ELSEWHERE = {
    "cost-missing": "test_a_rule_that_is_off_speaks_in_a_profile_that_wants_it",
    "evidence-missing": "test_evidence_is_asked_for_where_a_profile_wants_it",
    "actual-has-comparator": "test_what_cannot_be_scored_is_named_by_its_rule",
    "unit-mismatch": "test_what_cannot_be_scored_is_named_by_its_rule",
}


def test_the_good_record_is_good() -> None:
    assert found_in(GOOD) == []


@pytest.mark.parametrize(
    ("name", "edits"), SPEAKS, ids=[f"{n}-{i}" for i, (n, _) in enumerate(SPEAKS)]
)
def test_a_mutation_makes_its_rule_speak_alone(name: str, edits: tuple[Edit, ...]) -> None:
    text = changed(*edits)
    found = found_in(text)
    # A level that is missing has another share than usual, too.
    beside = {"level-weight-unusual"} if name.endswith("-missing") else set()
    assert {d.name for d in found} - beside == {name}, [(d.name, str(d.message)) for d in found]
    lines = text.splitlines()
    for each in found:
        assert each.span.line <= len(lines)
        assert each.help is not None or each.name == "level-weight-unusual"


@pytest.mark.parametrize("edits", SILENT, ids=range(len(SILENT)))
def test_a_near_miss_stays_silent(edits: tuple[Edit, ...]) -> None:
    found = found_in(changed(*edits))
    assert [(d.name, str(d.message)) for d in found] == []


def test_each_rule_of_the_catalogue_has_a_case() -> None:
    tested = {name for name, _ in SPEAKS} | set(ELSEWHERE)
    assert tested == {rule.name for rule in RULES}


def test_codes_and_names_are_used_once_and_in_order() -> None:
    codes = [rule.code for rule in RULES]
    assert codes == sorted(set(codes))
    assert len({rule.name for rule in RULES}) == len(RULES)


@pytest.mark.parametrize(
    ("actual", "name"),
    [("≥310(天)", "actual-has-comparator"), ("310(场)", "unit-mismatch")],
)
def test_what_cannot_be_scored_is_named_by_its_rule(actual: str, name: str) -> None:
    found = found_in(changed((DAYS, f"actual: {actual}\n        declared_score: 20")))
    assert {d.name for d in found} == {name}


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


def test_a_score_that_nobody_gives_is_named_with_what_it_rests_on() -> None:
    (no_budget,) = found_in(changed(*NO_BUDGET, WHY_NO_BUDGET))
    assert (no_budget.name, no_budget.basis) == ("score-undetermined", None)
    assert "say in the achieved text" in str(no_budget.help)
    judged = f"actual: 部分达成\n{REASON}{GOOD_REASON}"
    (word,) = found_in(changed(("≥20(场)", "每月举办"), ("actual: 22(场)", judged)))
    assert (word.name, word.basis is None) == ("score-undetermined", False)
    assert str(word.message) == "“部分达成” leaves the score of 举办讲座 to you, and none is given"


def test_a_rule_that_is_off_speaks_in_a_profile_that_wants_it() -> None:
    national = changed(("profile: shanghai", "profile: national"))
    assert {d.name for d in found_in(national)} == {"cost-missing"}
    with_cost = changed(("profile: shanghai", "profile: national"), ("质量指标", "成本指标"))
    assert "cost-missing" not in {d.name for d in found_in(with_cost)}


def test_evidence_is_asked_for_where_a_profile_wants_it() -> None:
    asks = {"evidence-missing": "info", "cost-missing": "off"}
    assert {d.name for d in check(form_of(GOOD, asks))} == {"evidence-missing"}
    given = changed(("points: 15", "points: 15\n        evidence: 讲座签到表"))
    count = GOOD.count("actual:")
    assert len(list(check(form_of(GOOD, asks)))) == count
    assert len(list(check(form_of(given, asks)))) == count - 1


def test_a_project_that_stands_twice_in_a_year_is_named_at_the_second() -> None:
    other = form_of(changed(("科普场馆开放", "科技馆改造")))
    found = list(check_year([year_entry(f) for f in (form_of(GOOD), other, form_of(GOOD))]))
    assert [d.name for d in found if d.severity == "error"] == ["project-duplicate"]
    assert list(check_year([year_entry(form_of(GOOD)), year_entry(other)])) == []


def test_a_year_of_full_marks_is_named_and_one_lost_point_is_enough() -> None:
    forms = [year_entry(form_of(changed(("科普场馆开放", f"项目{n}")))) for n in "甲乙丙"]
    assert [d.name for d in check_year(forms)] == ["year-all-full-marks"]
    unmet = year_entry(form_of(changed((DAYS, "actual: 290(天)"))))
    assert list(check_year([*forms, unmet])) == []


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


@pytest.mark.parametrize(
    ("edit", "words"),
    [
        (("市民普遍满意", "夜场尚未开放"), "尚未"),
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


def test_a_profile_may_change_the_severity_of_a_rule_of_the_year_and_its_limit() -> None:
    forms = [form_of(changed(("科普场馆开放", f"项目{n}"))) for n in "甲乙丙"]
    entries = [year_entry(form) for form in forms]
    assert [d.severity for d in check_year(entries)] == ["warning"]
    as_remark = [replace(e, decreed={"year-all-full-marks": "info"}) for e in entries]
    assert [d.severity for d in check_year(as_remark)] == ["info"]
    off = [replace(e, decreed={"year-all-full-marks": "off"}) for e in entries]
    assert list(check_year(off)) == []
    one_full = [replace(e, is_full=e is entries[0], lost_points=True) for e in entries]
    assert list(check_year(one_full)) == []
    assert [d.name for d in check_year([replace(e, full_marks=30) for e in one_full])] == [
        "year-all-full-marks"
    ]


@pytest.mark.parametrize(
    ("name", "told"), [("far-over-targt", "far-over-target"), ("甲", "delete the line")]
)
def test_a_severity_for_a_rule_that_does_not_exist_is_named(
    tmp_path: Path, name: str, told: str
) -> None:
    text = "extends: shanghai\nname: own\nseverities:\n  basis: unverified\n  value:\n    "
    (tmp_path / "own.yaml").write_text(f"{text}far-over-target: info\n    {name}: info\n", "utf-8")
    (found,) = check_profile(load_profile("own.yaml", tmp_path))
    assert (found.code, found.span.line, found.span.column) == (
        "PE175",
        7,
        len(f"    {name}: ") + 1,
    )
    assert told in str(found.help)
    assert list(check_profile(load_profile("shanghai"))) == []
