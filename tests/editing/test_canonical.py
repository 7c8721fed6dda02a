"""The one layout keeps what a record says, its comments and its digits, and is its own layout."""

import random
import re
from pathlib import Path
from typing import Final

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from perfeval_docs.editing import formatted
from perfeval_docs.editing.remarks import comments_of
from perfeval_docs.record import Record, decode_record
from perfeval_docs.record.keys import SHAPES
from perfeval_docs.settings import KeyNames
from perfeval_docs.source import read_source
from tests.editing.layouts import AWKWARD, RECORDS, Tree, Writer, tree_of

DEFAULTS: Final = [
    read_source(Path(name).read_bytes(), name)
    for name in ("data/perfeval.yaml", "data/2024/perfeval.yaml")
]
TREES: Final = [tree_of(AWKWARD), *(tree_of(path.read_text("utf-8")) for path in RECORDS)]
NAMES: Final = st.sampled_from(["en", "zh", None])


def read(data: bytes) -> Record:
    decoded = decode_record(read_source(data, "r.yaml"), DEFAULTS)
    assert decoded.diagnostics == ()
    assert decoded.value is not None
    return decoded.value


def laid_out(text: str, names: KeyNames | None = None, file: str = "r.yaml") -> str:
    found = formatted(text.encode(), file, names)
    assert found.diagnostics == ()
    assert found.text is not None
    return found.text


@given(st.sampled_from(TREES), st.integers(0, 2**32).map(random.Random), NAMES)
def test_any_layout_keeps_its_meaning_and_its_comments(
    tree: Tree, chance: random.Random, names: KeyNames | None
) -> None:
    data = Writer(chance).file(tree)
    before = read_source(data, "r.yaml")
    assume(not before.diagnostics)
    found = formatted(data, "r.yaml", names)
    assert found.diagnostics == ()
    assert found.text is not None
    after = read_source(found.text.encode(), "r.yaml")
    assert read(found.text.encode()) == read(data)
    assert sorted(comments_of(after)) == sorted(comments_of(before))
    count = len(re.findall(r"#\s*注\d+", data.decode()))
    assert len(comments_of(after)) == count
    assert formatted(found.text.encode(), "r.yaml", names).text == found.text
    assert formatted(found.text.encode(), "r.yaml").text == found.text


@given(st.sampled_from(TREES), st.integers(0, 2**32).map(random.Random))
def test_layouts_of_one_record_without_comments_and_blank_lines_become_one(
    tree: Tree, chance: random.Random
) -> None:
    texts = []
    for _ in range(2):
        data = Writer(chance, comments=False).file(tree)
        texts.append((formatted(data, "r.yaml", "en").text or "").replace("\r\n", "\n"))
    assert texts[0]
    assert texts[0] == texts[1]


@pytest.mark.parametrize(
    "path", [*RECORDS, *sorted(Path("data").glob("**/perfeval.yaml"))], ids=lambda p: p.stem
)
def test_our_own_files_stand_in_the_one_layout(path: Path) -> None:
    text = path.read_text("utf-8")
    assert laid_out(text, file=path.as_posix()) == text
    assert laid_out(laid_out(text, "zh", path.as_posix()), "en", path.as_posix()) == text


def test_every_key_is_written_as_the_form_says() -> None:
    text = laid_out(AWKWARD, "zh")
    for shape in SHAPES[:6]:
        for key in shape.model_fields:
            assert not re.search(rf"^[ -]*{key}:", text, re.MULTILINE)
    assert "全年执行数: 98.00" in text


CASES: Final = {
    "keys come in the order of the form": (
        "goal:\n  achieved: 甲\n  expected: 乙\nproject: 丙\n",
        "project: 丙\n\ngoal:\n  expected: 乙\n  achieved: 甲\n",
    ),
    "brackets become lines": (
        "funds: {appropriation: {initial_budget: 1.10, executed: 1}}\n",
        "funds:\n  appropriation:\n    initial_budget: 1.10\n    executed: 1\n",
    ),
    "quotes stay only where they are needed": (
        "project: '甲'\nprofile: \"no\"\nimplementing_unit: '>1'\ncompetent_department: '\"'\n",
        "project: 甲\ncompetent_department: '\"'\nimplementing_unit: \">1\"\nprofile: \"no\"\n",
    ),
    "a text of several lines stands behind |": (
        'goal: {expected: "一\\n二", achieved: "三"}\n',
        "goal:\n  expected: |\n    一\n    二\n  achieved: 三\n",
    ),
    "a long text stands behind |, a short one beside its key": (
        f"goal:\n  expected: {'长' * 61}\n  achieved: |\n    短\n",
        f"goal:\n  expected: |\n    {'长' * 61}\n  achieved: 短\n",
    ),
    "digits stay as typed": (
        'funds: {appropriation: {initial_budget: "0.10", adjusted_budget: 007, executed: 1.0}}\n',
        """\
funds:
  appropriation:
    initial_budget: 0.10
    adjusted_budget: 007
    executed: 1.0
""",
    ),
    "a comment goes with its key": (
        "# 关于目标\ngoal:  # 旁\n  # 关于完成\n  achieved: 甲 # 右\n  expected: 乙\nproject: 丙\n",
        """\
project: 丙

# 关于目标
goal: # 旁
  expected: 乙
  # 关于完成
  achieved: 甲 # 右
""",
    ),
    "what stands at the top stays there": (
        "# 说明\n\ngoal: {achieved: 甲, expected: 乙}\nproject: 丙\n",
        "# 说明\n\nproject: 丙\n\ngoal:\n  expected: 乙\n  achieved: 甲\n",
    ),
    "the line for editors stays at the top, with no empty line below it either": (
        "# yaml-language-server: $schema=x\n# 完成\nprofile: 甲\nproject: 丙\n",
        "# yaml-language-server: $schema=x\n\nproject: 丙\n# 完成\nprofile: 甲\n",
    ),
    "a comment at the end of a list stays at its end": (
        "waivers:\n - rule: PE317\n   # 待定\n # - rule: PE318\nproject: 丙\n# 完\n",
        "project: 丙\n\nwaivers:\n  - rule: PE317\n    # 待定\n  # - rule: PE318\n# 完\n",
    ),
    "a comment under a key that is to be filled in stays there": (
        "project:\n  # 待填\nprofile:\n",
        "project:\n  # 待填\n\nprofile:\n",
    ),
    "nothing after the colon is the way to write nothing": (
        "project: ~\nprofile: ''\nimplementing_unit: null\n",
        "project:\nimplementing_unit:\nprofile:\n",
    ),
    "one empty line is kept of many, and none at the ends": (
        "\n\nproject: 甲\n\n\n\nprofile: 乙\n\n\n",
        "project: 甲\n\nprofile: 乙\n",
    ),
    "the mark of Notepad goes, Windows' line ends stay": (
        "\ufeffprofile: 乙\r\nproject: 甲\r\n",
        "project: 甲\r\nprofile: 乙\r\n",
    ),
    "line ends of several kinds become one": (
        "profile: 乙\r\nproject: 甲\n",
        "project: 甲\nprofile: 乙\n",
    ),
    "a comment in the column of the next key is that key's, below a list without indent too": (
        "waivers:\n- rule: PE317\n# 关于项目\nproject: 丙\n",
        "# 关于项目\nproject: 丙\n\nwaivers:\n  - rule: PE317\n",
    ),
    "a comment at the end of brackets stays at the end of their list": (
        "waivers: [{rule: PE317}, # 一\n  # 末\n  ]\nproject: 丙\n",
        "project: 丙\n\nwaivers:\n  # 一\n  - rule: PE317\n  # 末\n",
    ),
    "an empty line above an item stays above its comments": (
        "waivers:\n  - rule: PE1\n\n  - reason: 甲\n    # 一\n    rule: PE2\n",
        "waivers:\n  - rule: PE1\n\n  # 一\n  - rule: PE2\n    reason: 甲\n",
    ),
    "the line that begins a document goes, and is no empty line": (
        "---\nprofile: 乙\nproject: 甲\n",
        "project: 甲\nprofile: 乙\n",
    ),
    "a comment beside a dash goes above it": (
        "waivers:\n  - # 一\n    reason: 甲 # 二\n    rule: PE317\n",
        "waivers:\n  # 一\n  - rule: PE317\n    reason: 甲 # 二\n",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("before", "after"), CASES.values(), ids=CASES)
def test_a_layout(before: str, after: str) -> None:
    assert laid_out(before) == after
    assert laid_out(after) == after


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("project：甲\n", "PE010"),
        ("project: 甲\nprojct: 乙\n", "PE031"),
        ("project: 甲\n项目名称: 甲\n", "PE032"),
        ("project: [甲]\n", "PE033"),
        ("goal: {expected: 甲, achieved: &a 乙}\n", "PE019"),
        ("# 只有注释\n", "PE006"),
    ],
)
def test_a_record_with_faults_of_reading_is_left_as_it_is(text: str, code: str) -> None:
    found = formatted(text.encode(), "r.yaml")
    assert found.text is None
    assert code in {each.code for each in found.diagnostics}


def test_a_text_that_is_not_yet_filled_in_is_laid_out_all_the_same() -> None:
    assert laid_out("绩效指标: {产出指标: {数量指标: }}\n项目名称:\n") == (
        "项目名称:\n\n绩效指标:\n  产出指标:\n    数量指标:\n"
    )


def test_the_words_of_a_year_and_shared_values_have_the_layout_too() -> None:
    words = "problems: [{measure: 甲, problem: 乙}]\nscope: 丙\n"
    assert laid_out(words, "zh", "data/2024/summary.yaml") == (
        "基本情况: 丙\n\n存在问题:\n  - 问题: 乙\n    改进措施: 甲\n"
    )
    shared = "profile: shanghai\nfiscal_year: '2024'\n"
    assert laid_out(shared, None, "data/2024/perfeval.yaml") == (
        "fiscal_year: 2024\nprofile: shanghai\n"
    )


def test_a_text_that_no_layout_holds_is_left_as_it_is() -> None:
    # YAML reads a key of more than 1024 characters only behind `? `.
    text = f'indicators:\n  ? "{"长" * 1100}"\n  : 数量指标:\n'
    found = formatted(text.encode(), "r.yaml")
    assert (found.text, found.diagnostics) == (None, ())


@pytest.mark.parametrize(
    "spoilt",
    [
        "project: 甲\nprofile: 乙\n",
        "project: 甲 # 注\n",
        "project: 甲: 乙 # 注\n",
        "project: 丁 # 注\nprofile: 乙\n",
    ],
    ids=["a comment lost", "a key lost", "not to be read", "another text"],
)
def test_a_layout_that_says_something_else_is_never_taken(
    spoilt: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = "profile: 乙\nproject: 甲 # 注\n".encode()
    assert formatted(data, "r.yaml").text == "project: 甲 # 注\nprofile: 乙\n"
    monkeypatch.setattr("perfeval_docs.editing.canonical.laid_out", lambda *_: spoilt)
    assert formatted(data, "r.yaml").text is None
