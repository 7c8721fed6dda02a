"""Each rule: a mutation of a good record that makes it alone speak, and near misses that do not."""

from difflib import SequenceMatcher
from pathlib import Path

import pytest

from perfeval_docs.profile import load_profile
from perfeval_docs.rules import RULES, check, check_profile
from tests.rules.cases import DAYS, ELSEWHERE, GOOD_REASON, REASON, SILENT, SPEAKS, Edit
from tests.rules.forms import GOOD, changed, form_of, found_in


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
    for each in (each for each in found if each.name == name):
        if name in ELSEWHERE_IN_THE_RECORD:
            start = ELSEWHERE_IN_THE_RECORD[name]
            assert lines[each.span.line - 1].lstrip(" -").startswith(start)
        else:
            assert each.span.line in touched(text)
        assert each.help is not None


# What is told of several lines, or at another than that which a mutation changes.
ELSEWHERE_IN_THE_RECORD = {
    "budget-zero": "funds:", "adjustment-unexplained": "funds:",
    "execution-low-unexplained": "funds:", "full-outputs-low-execution": "funds:",
    "points-not-100": "indicators:", "level-weight-unusual": "indicators:",
    "dimension-missing": "indicators:", "satisfaction-missing": "indicators:",
    "indicator-dominates": "points:", "target-too-low": "target:",
    "level2-misfit": "indicator:", "narrative-copied": "achieved:",
}  # fmt: skip


def touched(text: str) -> set[int]:
    """Return the numbers of the lines that are not as in the good record."""
    pair = SequenceMatcher(None, GOOD.splitlines(), text.splitlines(), autojunk=False)
    codes = (code for code in pair.get_opcodes() if code[0] != "equal")
    return {line for *_, start, end in codes for line in range(start + 1, end + 1)}


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
    ("edits", "name", "message", "way_out"),
    [
        (((DAYS, "actual: 310"),), "unit-mismatch", "the actual has no unit", "310(天)"),
        ((("≥300(天)", "≥300"),), "unit-mismatch", "the target has no unit", "≥300(天)"),
        (((DAYS, "actual: 310(场)"),), "unit-mismatch", "the actual in “场”", "the same unit"),
        ((("≥300(天)", "“>300(天)”"),), "score-undetermined", "“>300(天)”", '`">300(天)"`'),
        (((DAYS, "actual: 1,310(天)"),), "score-undetermined", "1,310", "`1310(天)`"),
        ((("≥300(天)", "≥1,300(天)"),), "score-undetermined", "1,300", "`≥1300(天)`"),
        (((DAYS, "actual: “很好”"),), "score-undetermined", "“很好”", "target's unit"),
        ((("≥300(天)", "300天以内"),), "score-undetermined", "300天以内", "`≤300(天)`"),
        ((("≥300(天)", "≥300天以上"),), "score-undetermined", "300天以上", "`≥300(天)`"),
        ((("≥300(天)", "=>300(天)"),), "score-undetermined", "=>300", "write `≥300(天)`"),
        ((("≥300(天)", "≥95%以上"),), "score-undetermined", "95%", "`≥95(%)`"),
        ((("≥300(天)", "≥300(天以上)"),), "score-undetermined", "300(天以上)", "`≥300(天)`"),
        ((("≥300(天)", "≤300天以上"),), "score-undetermined", "300天以上", "target's unit"),
        (
            (("≥300(天)", "300天以内"), (DAYS, f"actual: 部分达成\n{REASON}{GOOD_REASON}")),
            "score-undetermined",
            "leaves the score",
            "from 12.00 to 16.00",
        ),
        (
            (
                ("≥300(天)", "=0(天)"),
                (DAYS, "actual: 2(天)\n        deviation_reason: 明年改进措施"),
            ),
            "score-undetermined",
            "cannot be computed",
            "declare the score",
        ),
        (
            (
                ("≥300(天)", "=0(天)"),
                (
                    DAYS,
                    f"actual: 2(天)\n        declared_score: 20\n{REASON}{GOOD_REASON}",
                ),
            ),
            "unmet-full-score",
            "takes full points",
            "correct the score",
        ),
        ((("≥5(万人次)", "≥5万(人次)"),), "score-undetermined", "5万", "write `≥5(万人次)`"),
    ],
)
def test_what_cannot_be_scored_is_told_with_what_to_write(
    edits: tuple[Edit, ...], name: str, message: str, way_out: str
) -> None:
    (found,) = (d for d in found_in(changed(*edits)) if d.severity == "error")
    assert found.name == name
    assert message in str(found.message)
    assert way_out in str(found.help)


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
