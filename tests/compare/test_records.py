"""What changed is told in the words of the form: all of it, and nothing else."""

import random
import re
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from perfeval_docs.compare import Change, ProjectChange, Side, compare
from perfeval_docs.compare.sides import told as told_of
from perfeval_docs.editing import rolled
from perfeval_docs.source import read_source
from tests.compare.sides import RECORD, SHARED, YEAR, compared, side
from tests.editing.layouts import RECORDS, Tree, Writer, tree_of

Told = tuple[str, str | None, str | None]

TREES = [tree_of(path.read_text("utf-8")) for path in RECORDS]


def only(before: str, after: str) -> ProjectChange:
    (project,) = compared(before, after).projects
    return project


def edited(old: str, new: str) -> ProjectChange:
    assert old in RECORD
    return only(RECORD, RECORD.replace(old, new, 1))


def told(change: Change) -> Told:
    return " / ".join(change.path), change.before, change.after


@given(st.sampled_from(TREES), st.integers(0, 2**32).map(random.Random))
def test_another_layout_is_no_change(tree: Tree, chance: random.Random) -> None:
    one, two = (Writer(chance).file(tree) for _ in range(2))
    assume(not read_source(one, "r").diagnostics and not read_source(two, "r").diagnostics)
    found = compare(side({"x.yaml": one}), side({"x.yaml": two}))
    assert (found.projects, found.same, found.is_same) == ((), 1, True)


@given(st.sampled_from(RECORDS), st.integers(0, 10**6), st.sampled_from("甲0x"))
def test_one_value_that_is_edited_is_one_change_and_the_same_the_other_way_round(
    path: Path, at: int, sign: str
) -> None:
    before = path.read_text("utf-8")
    lines = [n for n, x in enumerate(before.splitlines()) if re.search(r"(target|actual): ", x)]
    number = lines[at % len(lines)]
    rows = before.splitlines()
    old = rows[number].partition(": ")[2]
    assume('"' not in old)
    rows[number] += sign
    after = "\n".join(rows) + "\n"
    there, back = only(before, after), only(after, before)
    assert there.changes == ()
    (indicator,), (again,) = there.indicators, back.indicators
    changes = [each for each in indicator.changes if each.path != ("得分",)]
    assert [(each.before, each.after) for each in changes] == [(old, old + sign)]
    swapped = [(each.path, each.after, each.before) for each in indicator.changes]
    assert [(each.path, each.before, each.after) for each in again.changes] == swapped
    assert (there.score.before, there.score.after) == (back.score.after, back.score.before)


CHANGES: dict[str, tuple[str, str, Told]] = {
    "an amount": (
        "executed: 29.50", "executed: 29.00",
        ("项目资金 / 当年财政拨款 / 全年执行数", "29.50", "29.00"),
    ),
    "the project's name": (
        "project: 上海", "project: 北京",
        ("项目名称", "上海研发公共服务平台宣传推广", "北京研发公共服务平台宣传推广"),
    ),
    "a value that overrides the shared one": (
        "project: ", "profile: national\nproject: ", ("口径", "shanghai", "national"),
    ),
    "a declared figure that is new": (
        "  carryover:", "  declared_execution_score: 9\n  carryover:",
        ("项目资金 / 得分", None, "9"),
    ),
    "points of levels": (
        "indicators:", "declared_level_points: {产出指标: 60}\nindicators:",
        ("一级指标分值 / 产出指标", None, "60"),
    ),
    "waivers": (
        "indicators:", "waivers: [{rule: PE317, reason: 甲}]\nindicators:",
        ("豁免", None, "PE317 甲"),
    ),
}  # fmt: skip


@pytest.mark.parametrize(("old", "new", "change"), CHANGES.values(), ids=CHANGES)
def test_a_change_of_the_form(old: str, new: str, change: Told) -> None:
    project = edited(old, new)
    assert [told(each) for each in project.changes] == [change]
    assert project.indicators == ()


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("executed: 29.50", "executed: 29.5"),
        ("points: 5.00", "points: 5"),
        ("project: ", "profile: shanghai\nproject: "),
        ("project: ", "# 注\nproject: "),
    ],
)
def test_what_says_the_same_is_no_change(old: str, new: str) -> None:
    assert compared(RECORD, RECORD.replace(old, new, 1)).is_same


def test_funds_of_zeros_and_none_are_the_same() -> None:
    without = re.sub(r"  carryover:\n(?:    .*\n)*", "", RECORD)
    assert without != RECORD
    assert compared(RECORD, without).is_same


def test_the_effect_on_the_score_and_the_grade_is_told() -> None:
    project = edited("executed: 29.50", "executed: 2.96")
    assert (project.score.before, project.score.after) == ("99.97", "91.00")
    assert project.difference == "-8.97"
    assert (project.grade.before, project.grade.after) == ("优", "优")
    worse = only(
        RECORD,
        RECORD.replace("达成指标", "declared", 9).replace("executed: 29.50", "executed: 0.00"),
    )
    assert worse.score.after is None
    assert worse.difference is None


def one_indicator(
    old: str, new: str
) -> tuple[str, str, str, str, list[tuple[str, str | None, str | None]]]:
    (found,) = edited(old, new).indicators
    return found.kind, found.level1, found.level2, found.name, [told(c) for c in found.changes]


def test_an_actual_that_changed_and_its_score() -> None:
    assert one_indicator("actual: 30.00(场)", "actual: 8.00(场)") == (
        "changed", "产出指标", "数量指标", "推广交流活动",
        [("实际完成值", "30.00(场)", "8.00(场)"), ("得分", "10.00", "8.00")],
    )  # fmt: skip


@pytest.mark.parametrize("name", ["视频宣传短片", "宣传短片数", "完全两样的名称"])
def test_an_indicator_that_was_renamed(name: str) -> None:
    assert one_indicator("indicator: 视频宣传片", f"indicator: {name}") == (
        "changed", "产出指标", "数量指标", name, [("三级指标", "视频宣传片", name)],
    )  # fmt: skip


def test_an_indicator_that_was_moved_to_another_level() -> None:
    block = re.search(r"      - indicator: 媒体报道及时性\n(?:        .*\n){3}", RECORD)
    assert block is not None
    after = RECORD.replace(block[0], "").replace("    质量指标:\n", "    质量指标:\n" + block[0])
    (found,) = only(RECORD, after).indicators
    assert (found.kind, found.name) == ("changed", "媒体报道及时性")
    assert [told(each) for each in found.changes] == [("二级指标", "时效指标", "质量指标")]


def test_indicators_that_came_and_went() -> None:
    new = "      - {indicator: 客户来访, target: ≥9(人), actual: 9(人), points: 5}\n"
    old = re.search(r"      - indicator: 媒体报道转载量\n(?:        .*\n){3}", RECORD)
    assert old is not None
    after = RECORD.replace(old[0], "").replace("    时效指标:\n", "    时效指标:\n" + new)
    came, went = only(RECORD, after).indicators
    assert (came.kind, came.level2, came.name) == ("added", "时效指标", "客户来访")
    assert [told(each) for each in came.changes] == [
        ("年度指标值", None, "≥9(人)"), ("实际完成值", None, "9(人)"), ("分值", None, "5"),
        ("得分", None, "5.00"),
    ]  # fmt: skip
    assert (went.kind, went.level2, went.name) == ("removed", "社会效益指标", "媒体报道转载量")
    assert ("实际完成值", "90.00(篇)", None) in [told(each) for each in went.changes]


def test_the_order_of_indicators_is_no_change() -> None:
    rows = re.findall(r"      - indicator: .*\n(?:        .*\n){3}", RECORD)
    after = RECORD.replace(rows[0] + rows[1], rows[1] + rows[0])
    assert after != RECORD
    assert compared(RECORD, after).is_same


def test_projects_are_paired_by_name_then_file_then_likeness() -> None:
    def named(name: str) -> str:
        return RECORD.replace("上海研发公共服务平台宣传推广", name)

    before = side(
        {"1.yaml": named("甲项目"), "2.yaml": named("乙项目"), "3.yaml": named("丙丙丙丙丙")}
    )
    after = side(
        {"9.yaml": named("甲项目"), "2.yaml": named("戊工程"), "4.yaml": named("丙丙丙丙丁")}
    )
    found = compare(before, after)
    assert found.same == 1
    assert {(each.before, each.after) for each in found.projects} == {
        ("data/2024/2.yaml", "data/2024/2.yaml"), ("data/2024/3.yaml", "data/2024/4.yaml"),
    }  # fmt: skip


def test_projects_that_came_and_went() -> None:
    other = RECORD.replace("上海研发公共服务平台宣传推广", "水利")
    found = compare(side({"1.yaml": RECORD}), side({"2.yaml": other}))
    assert [(each.kind, each.project) for each in found.projects] == [
        ("added", "水利"), ("removed", "上海研发公共服务平台宣传推广"),
    ]  # fmt: skip


def test_two_files_are_compared_whatever_their_names() -> None:
    other = RECORD.replace("上海研发公共服务平台宣传推广", "水利")
    one, two = side({"1.yaml": RECORD}), side({"2.yaml": other})
    files = [
        type(each)(root=each.root / name, files=each.files)
        for each, name in ((one, "1.yaml"), (two, "2.yaml"))
    ]
    (project,) = compare(*files).projects
    assert [told(each)[0] for each in project.changes] == ["项目名称"]


def test_a_value_that_was_blanked_is_told_without_the_scores_that_nobody_can_reckon() -> None:
    found = edited("        actual: 24.00(篇)\n", "        actual:\n")
    (indicator,) = found.indicators
    assert list(map(told, indicator.changes)) == [("实际完成值", "24.00(篇)", None)]
    assert (found.score.before, found.score.after) == ("99.97", None)


def test_a_year_is_compared_with_the_one_that_was_rolled_from_it() -> None:
    after = rolled(RECORD.encode(), "r.yaml", 2025).text
    assert after is not None
    project = only(RECORD, after)
    assert project.kind == "changed"
    assert {each.changes[0].path for each in project.indicators} == {("实际完成值",)}
    assert (project.score.after, project.grade.after) == (None, None)


def test_a_record_with_faults_is_named_and_its_faults_are_told() -> None:
    found = compared(RECORD, RECORD.replace("project:", "projct:"))
    assert [(each.kind, each.project) for each in found.projects] == [
        ("unreadable", "上海研发公共服务平台宣传推广")
    ]
    assert {each.code for each in found.diagnostics} == {"PE031"}


def test_indicators_of_one_name_are_told_apart_by_their_levels() -> None:
    def record(*level2s: str) -> str:
        actuals = {"甲": "1(个)", "乙": "2(个)"}
        rows = "".join(
            f"    {each}: [{{indicator: 数, target: ≥1(个), actual: {actuals[each]}, points: 5}}]\n"
            for each in level2s
        )
        return f"indicators:\n  产出指标:\n{rows}"

    assert compared(record("甲", "乙"), record("乙", "甲")).is_same


def test_an_indicator_that_was_moved_is_known_by_its_name_though_another_is_like_it() -> None:
    block = re.search(r"      - indicator: 媒体报道及时性\n(?:        .*\n){3}", RECORD)
    assert block is not None
    new = block[0].replace("及时性", "及时率")
    after = RECORD.replace(block[0], new).replace("    质量指标:\n", "    质量指标:\n" + block[0])
    found = only(RECORD, after).indicators
    assert {(each.kind, each.level2, each.name) for each in found} == {
        ("changed", "质量指标", "媒体报道及时性"), ("added", "时效指标", "媒体报道及时率"),
    }  # fmt: skip


def test_projects_of_one_name_are_told_apart_by_their_files() -> None:
    other = RECORD.replace("executed: 29.50", "executed: 1.00")
    (gone,) = compare(side({"1.yaml": other, "2.yaml": RECORD}), side({"2.yaml": RECORD})).projects
    assert (gone.kind, gone.before) == ("removed", "data/2024/1.yaml")


def test_a_total_that_is_declared_is_an_effect_on_the_score_and_told_once() -> None:
    project = edited("project: ", "declared_total_score: 90.00\ndeclared_grade: 良\nproject: ")
    assert project.changes == ()
    assert (project.score.after, project.difference, project.grade.after) == (
        "90.00",
        "-9.97",
        "良",
    )


def test_a_score_that_is_declared_is_told_once() -> None:
    changes = one_indicator("points: 15.00", "points: 15.00\n        declared_score: 14")[4]
    assert changes == [("得分", "15.00", "14.00")]


def test_years_of_data_folders_are_kept_apart() -> None:
    before = side({"2024/1.yaml": RECORD}, "data")
    after = side({"2024/1.yaml": RECORD, "2023/1.yaml": RECORD}, "data")
    found = compare(before, after)
    assert found.same == 1
    assert [(each.kind, each.after) for each in found.projects] == [("added", "data/2023/1.yaml")]


def test_the_year_of_two_folders_is_no_change_of_each_project() -> None:
    other = RECORD.replace("project: ", "project: 又一个")
    both = {"1.yaml": RECORD, "2.yaml": other}
    found = compare(side(both, "data/2023"), side(both))
    assert (found.projects, found.same) == ((), 2)
    odd = compare(side(both, "data/2023"), side({**both, "2.yaml": "fiscal_year: 2026\n" + other}))
    assert [told(each.changes[0]) for each in odd.projects] == [
        ("预算年度", "2023", "2024"), ("预算年度", "2023", "2026"),
    ]  # fmt: skip


def test_a_whole_side_is_judged_by_its_own_profiles_and_reads_nothing_from_the_disk(
    tmp_path: Path,
) -> None:
    outside = tmp_path / "outside.yaml"
    outside.write_text("extends: shanghai\nname: outside\n", "utf-8")

    def whole(profile: str) -> Side:
        own = "extends: base.yaml\n"
        files = {
            "data/perfeval.yaml": SHARED.replace(b"shanghai", profile.encode()),
            "data/2024/perfeval.yaml": YEAR,
            "data/2024/x.yaml": RECORD.encode(),
            "data/own/own.yaml": own.encode(),
            "data/own/base.yaml": b"extends: national\nname: base\n",
        }
        return Side(
            root=Path("data/2024"), files={Path(n): d for n, d in files.items()}, is_whole=True
        )

    (national,) = told_of(whole("national"))
    for name in ("own/own.yaml", "./own/../own/own.yaml"):
        (found,) = told_of(whole(name))
        assert (found.score, found.grade) == (national.score, national.grade)
        assert found.score is not None
    for name in (outside.as_posix(), f"../../{outside.as_posix()}", "../own.yaml"):
        (found,) = told_of(whole(name))
        assert found.score is None


def test_with_a_public_side_what_is_internal_is_not_compared() -> None:
    after = RECORD.replace("points: 5.00", "points: 5.00\n        evidence: 甲", 1)
    after += "waivers:\n  - rule: PE205\n    reason: 乙\n"
    before, internal = side({"x.yaml": RECORD}), side({"x.yaml": after})
    assert len(compare(before, internal).projects) == 1
    public = replace(before, is_public=True)
    assert compare(public, internal).is_same
    assert compare(internal, public).is_same
