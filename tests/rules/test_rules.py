"""Each rule: a mutation of a good record that makes it alone speak, and near misses that do not."""

from pathlib import Path

import pytest

from perfeval_docs.profile import load_profile
from perfeval_docs.rules import RULES, check, check_profile
from tests.rules.cases import DAYS, ELSEWHERE, SILENT, SPEAKS, Edit
from tests.rules.forms import GOOD, changed, form_of, found_in

<<<<<<< HEAD
=======
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

SPEAKS: list[tuple[str, tuple[Edit, ...]]] = [
    ("funds-do-not-add-up", ((DECLARED, "  declared_total:\n    initial_budget: 100.00\n"
     "    adjusted_budget: 100.00\n    executed: 97.00\n" + DECLARED),)),
    ("budget-zero", ((DECLARED, "  declared_execution_score: 0\n" + DECLARED),
     ("adjusted_budget: 100.00", "adjusted_budget: 0.00"), (EXECUTED, "executed: 0.00"),
     ("initial_budget: 100.00", "initial_budget: 0.00"))),
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
    ("level-name-unusual", (("    数量指标:", "    数量指际:"),)),
    ("level-name-unusual", (("    质量指标:", "    质量指:"),)),
    ("level-name-unusual", (("    社会效益指标:", "    社会效宜指标:"),)),
    ("level-name-unusual", (("    服务对象满意度指标:", "    服务对像满意度指标:"),)),
    ("level-name-unusual", (("  产出指标:", "  一、产出指示:"),)),
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
]  # fmt: skip

SILENT: list[tuple[Edit, ...]] = [
    (),
    ((DECLARED, "  declared_total:\n    initial_budget: 100.00\n    adjusted_budget: 100.00\n"
      "    executed: 98.00\n" + DECLARED),),
    ((EXECUTED, "executed: 100.00"),),
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
    (("市民普遍满意", "满意度>90%，a<b"),),
    (("    数量指标:", "    （一）数量指标:"), ("    质量指标:", "    2.质量指标（10分）:")),
    (("    质量指标:", "    教育质量指标:"), ("    社会效益指标:", "    社会效益:")),
    (("    社会效益指标:", "    社会影响指标:"), ("    服务对象满意度", "    群众满意度")),
    (("    数量指标:", "    预期绩效:"), ("    质量指标:", "    工作任务:")),
    (("    数量指标:", "    产出数量:"), ("    质量指标:", "    能力建设指标:")),
    (("    数量指标:", "    产量目标:"), ("    时效指标:", "    时效目标:")),
    (("    质量指标:", "    效率指标:"), ("    社会效益指标:", "    社会效果指标:")),
    (("安全事故次数", "事故处理次数"), ("target: ≤2(次)", "target: ≥1(次)")),
]  # fmt: skip

# Rules that no mutation of this form can make speak alone, and where they are tested.
ELSEWHERE = {
    "cost-missing": "test_a_rule_that_is_off_speaks_in_a_profile_that_wants_it",
    "evidence-missing": "test_evidence_is_asked_for_where_a_profile_wants_it",
    "actual-has-comparator": "test_what_cannot_be_scored_is_named_by_its_rule",
    "unit-mismatch": "test_what_cannot_be_scored_is_named_by_its_rule",
}

>>>>>>> reading

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
        assert each.help is not None


@pytest.mark.parametrize("edits", SILENT, ids=range(len(SILENT)))
def test_a_near_miss_stays_silent(edits: tuple[Edit, ...]) -> None:
    found = found_in(changed(*edits))
    assert [(d.name, str(d.message)) for d in found] == []


@pytest.mark.parametrize(
    ("name", "meant"),
    [("满意指标", "满意度指标"), ("满意度指际", "满意度指标"), ("效益指际", "效益指标")],
)
def test_a_slip_in_the_name_of_a_level_is_told_with_the_usual_name(name: str, meant: str) -> None:
    old = "效益指标" if meant == "效益指标" else "满意度指标"
    text = changed((f"\n  {old}:", f"\n  {name}:"))
    (found,) = (d for d in found_in(text) if d.name == "level-name-unusual")
    assert text.splitlines()[found.span.line - 1] == f"  {name}:"
    assert str(found.help) == f"did you mean {meant}?"


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
