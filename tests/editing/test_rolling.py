"""Last year's record as this year's: what goes, what stays, and nothing else."""

import difflib
import random
from pathlib import Path
from typing import Final

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from perfeval_docs.editing import rolled
from perfeval_docs.editing.remarks import comments_of
from perfeval_docs.record import Record
from perfeval_docs.record.meaning import meaning
from perfeval_docs.source import read_source
from tests.editing.layouts import AWKWARD, RECORDS, Tree, Writer, tree_of

TREES: Final = [tree_of(AWKWARD), *(tree_of(path.read_text("utf-8")) for path in RECORDS)]


def text_of(text: str, file: str = "r.yaml") -> str:
    found = rolled(text.encode(), file, 2025)
    assert found.diagnostics == ()
    assert found.text is not None
    return found.text


def emptied(tree: Tree) -> Tree:
    """Clear what a year brought, told once more and by names alone."""
    gone = {
        "initial_budget", "adjusted_budget", "executed", "declared_execution_rate",
        "declared_execution_score", "achieved", "actual", "declared_score", "deviation_reason",
        "improvement", "evidence", "date_of_issue", "declared_total_score", "declared_grade",
    }  # fmt: skip
    if isinstance(tree, list):
        return [emptied(each) for each in tree]
    if isinstance(tree, str):
        return tree
    if set(tree.values()) == {"0.00"} if all(isinstance(v, str) for v in tree.values()) else False:
        return tree
    return {
        key: "" if key in gone else "2025" if key == "fiscal_year" else emptied(value)
        for key, value in tree.items()
        if key not in {"waivers", "declared_total"}
    }


@given(st.sampled_from(TREES), st.integers(0, 2**32).map(random.Random))
def test_any_layout_loses_what_its_year_brought_and_keeps_its_comments(
    tree: Tree, chance: random.Random
) -> None:
    data = Writer(chance).file(tree)
    before = read_source(data, "r.yaml")
    assume(not before.diagnostics)
    found = rolled(data, "r.yaml", 2025)
    assert found.diagnostics == ()
    assert found.text is not None
    after = read_source(found.text.encode(), "r.yaml")
    assert after.diagnostics == ()
    assert after.root is not None
    wanted = read_source(Writer(chance, comments=False).file(emptied(tree)), "r.yaml").root
    assert wanted is not None
    assert meaning(after.root, Record) == meaning(wanted, Record)
    comments = "\n".join(comments_of(after))
    assert [each for each in comments_of(before) if each not in comments] == []


@pytest.mark.parametrize("path", RECORDS, ids=lambda p: p.stem)
def test_a_published_record_is_rolled_by_lines_that_lose_their_values_only(path: Path) -> None:
    text = path.read_text("utf-8")
    changes = [
        line
        for line in difflib.unified_diff(text.splitlines(), text_of(text).splitlines(), n=0)
        if line[0] == "+" and not line.startswith("+++")
    ]
    assert {line.strip("+ ") for line in changes} <= {
        "initial_budget:", "adjusted_budget:", "executed:", "achieved:", "actual:",
    }  # fmt: skip
    assert sum("actual:" in line for line in changes) == text.count("actual:")


CASES: Final = {
    "comments and quotes stay": (
        "预算年度: '2024' # 年度\n填报日期: 2025-06-30 # 送审\n",
        "预算年度: '2025' # 年度\n填报日期: # 送审\n",
    ),
    "a text behind | goes, the comment beside it stays": (
        "goal:\n  achieved: | # 说明\n    甲\n\n    乙\n  expected: |\n    丙\n",
        "goal:\n  achieved: # 说明\n  expected: |\n    丙\n",
    ),
    "a text below its key goes with its line": (
        "goal:\n  achieved:\n    甲\n    乙\n  expected: 丙\n",
        "goal:\n  achieved:\n  expected: 丙\n",
    ),
    "between brackets a text becomes an empty one": (
        "goal: {achieved: 甲, expected: 乙} # 目标\n",
        'goal: {achieved: "", expected: 乙} # 目标\n',
    ),
    "funds that there are none of stay so": (
        "funds:\n  carryover: {adjusted_budget: 0, executed: 0.00}\n  其他资金:\n    executed: 1\n",
        "funds:\n  carryover: {adjusted_budget: 0, executed: 0.00}\n  其他资金:\n    executed:\n",
    ),
    "what was waived becomes a comment": (
        "waivers:\n  - rule: PE317 # 甲\n\n    reason: |\n      乙\nproject: 丙\n",
        "# waivers:\n#   - rule: PE317 # 甲\n\n#     reason: |\n#       乙\nproject: 丙\n",
    ),
    "points and the declared points of levels stay": (
        "declared_level_points: {产出指标: 50}\ndeclared_total_score: 99\ndeclared_grade: 优\n",
        "declared_level_points: {产出指标: 50}\ndeclared_total_score:\ndeclared_grade:\n",
    ),
    "a comment that looks like a value cut short does not become one": (
        'project: 甲\ndeclared_grade: "优" #1 说明\n',
        'project: 甲\ndeclared_grade: "" #1 说明\n',
    ),
}


@pytest.mark.parametrize(("before", "after"), CASES.values(), ids=CASES)
def test_a_record_rolled(before: str, after: str) -> None:
    assert text_of(before) == after


def test_the_defaults_of_a_folder_are_rolled() -> None:
    text = "# 共用\nfiscal_year: 2024 # 年\ndate_of_issue: 2025-06-30\nprofile: shanghai\n"
    assert text_of(text, "data/2024/perfeval.yaml") == (
        "# 共用\nfiscal_year: 2025 # 年\ndate_of_issue:\nprofile: shanghai\n"
    )


def test_a_record_with_faults_is_not_rolled() -> None:
    found = rolled("project：甲\n".encode(), "r.yaml", 2025)
    assert found.text is None
    assert [each.code for each in found.diagnostics] == ["PE010"]
