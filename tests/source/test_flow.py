"""What stands in braces: each slip is a fault of its own with the way out; the rest is read."""

import pytest

from perfeval_docs.record import decode_record
from perfeval_docs.source import Mapping, Scalar, read_source
from tests.rules.forms import changed

OPEN = "{年初预算数: 100.00, 全年预算数: 90, 全年执行数: 98.00"
SOUND = f"{OPEN}}}"
AMOUNTS = {"年初预算数": "100.00", "全年预算数": "90", "全年执行数": "98.00"}

# What is typed; of each fault the code, what its place begins with, words of the way out.
SLIPS = [
    (SOUND.replace("数: 1", "数：1"), [("PE010", "：1", "a colon and a space")]),
    (SOUND.replace("数: 90", "数:90"), [("PE011", ":9", "a colon and a space")]),
    (SOUND.replace("数: 90", "数:\u300090"), [("PE011", ":\u3000", "a colon and a space")]),
    (SOUND.replace("00, 全", "00， 全", 1), [("PE007", "， 全年预", "half-width comma")]),
    (SOUND.replace(", ", "，"), [("PE007", "，全年预", ""), ("PE007", "，全年执", "")]),
    (SOUND.replace("00, 全", "00 全"), [("PE007", "全年预", "`100.00, 全年预算数: …`")]),
    (SOUND.replace("00, 全", "00，\n   全"), [("PE007", "，", "half-width comma")]),
    (SOUND.replace("00, 全", "00\n   全"), [("PE007", "全年预", "`100.00, 全年预算数: …`")]),
    (
        SOUND.replace(": ", "：").replace(", ", "，"),
        [("PE010", "：1", ""), ("PE007", "，全年预", ""), ("PE010", "：9", ""),
         ("PE007", "，全年执", ""), ("PE010", "：9", "")],
    ),
    (OPEN, [("PE007", "{", "`全年执行数: 98.00}`")]),
    (f"{OPEN} # 待核", [("PE007", "{", "`全年执行数: 98.00}`")]),
    (f"{OPEN}｝", [("PE007", "｝", "half-width bracket }")]),
    (f"{OPEN}]", [("PE007", "]", "bracket }")]),
    (f"{OPEN}）", [("PE007", "）", "bracket }")]),
    (f"｛{OPEN[1:]}｝", [("PE007", "｛", "bracket {"), ("PE007", "｝", "bracket }")]),
    (f"{SOUND},", [("PE007", ",", "delete it")]),
    (f"{SOUND}。", [("PE007", "。", "delete it")]),
    (SOUND.replace(" 90", ' "90”'), [("PE008", '"90', "Chinese ”")]),
    (SOUND.replace(" 90", ' "90'), [("PE008", '"90', "at the end")]),
    (SOUND.replace("全年预算数: ", '"全年预算数"：'), [("PE010", "：9", "")]),
]  # fmt: skip

# As above, and how the amount reads in the end.
VALUES = [
    (">90", [("PE013", ">90", '`">90"`')], ">90"),
    ("90 #1", [("PE012", "#1", "quotes")], "90 #1"),
    ("8:30", [("PE014", ":30", "quotes")], "8:30"),
    ("甲: 乙", [("PE014", ": 乙", "quotes")], "甲: 乙"),
    ('"90"万', [("PE009", "万", "quotes")], '"90"万'),
    ('"9\\数"', [("PE007", "\\数", "backslash")], "9\\数"),
    ("1,290.50", [("PE036", "1,290.50", "1290.50;")], "1290.50"),
    ("12,345,678", [("PE036", "12,345,678", "12345678;")], "12345678"),
    ("1, 290", [("PE036", "1, 290", "1290;")], "1290"),
    ("≥2,860(人次)", [("PE036", "2,860", "2860;")], "≥2860(人次)"),
]  # fmt: skip

SILENT = [
    SOUND,
    SOUND.replace(" ", ""). replace(":", ": "),
    SOUND.replace(", ", ",\n   "),
    SOUND.replace("{", "{\n   ").replace("}", "\n  }"),
    SOUND.replace(" 90", " 90 # 待核\n  "),
    SOUND.replace(" 90", " 场馆：讲座，其中：一"),
    SOUND.replace(" 90", ' "8:30, 9:00"'),
    SOUND.replace(" 90", " '甲''乙, 丙'"),
    SOUND.replace(" 90", " 甲 乙"),
    SOUND.replace(" 90", " 12,34"),
    f"{SOUND} # 待核",
    '{"年初预算数":100.00, 全年执行数: 1}',
    "[达成：好, 部分达成]",
    "[{年初预算数: 1}, {年初预算数: 2}]",
    "{}",
    "[]",
]  # fmt: skip


def read(
    typed: str, *, beside: str = "乙: 1"
) -> tuple[list[tuple[str, str, str]], dict[str, object]]:
    """Return the faults, each with what its place begins with, and what was read between braces."""
    source = read_source(f"甲: {typed}\n{beside}\n".encode(), "a.yaml")
    lines = source.text.splitlines()
    faults = [
        (d.code, lines[d.span.line - 1][d.span.column - 1 :], str(d.help))
        for d in source.diagnostics
    ]
    assert isinstance(source.root, Mapping)
    value = source.root.entries[0].value
    entries = value.entries if isinstance(value, Mapping) else ()
    return faults, {e.key.value: e.value.value for e in entries if isinstance(e.value, Scalar)}


def check(found: list[tuple[str, str, str]], wanted: list[tuple[str, str, str]]) -> None:
    assert [code for code, _, _ in found] == [code for code, _, _ in wanted]
    for (_, place, way_out), (_, begins, words) in zip(found, wanted, strict=True):
        assert place.startswith(begins)
        assert words in way_out


@pytest.mark.parametrize(("typed", "faults"), SLIPS, ids=range(len(SLIPS)))
def test_a_slip_in_braces_is_named_and_everything_is_read(
    typed: str, faults: list[tuple[str, str, str]]
) -> None:
    found, entries = read(typed)
    check(found, faults)
    assert entries == AMOUNTS


@pytest.mark.parametrize(("typed", "faults", "value"), VALUES, ids=range(len(VALUES)))
def test_a_slip_in_a_value_in_braces_is_named_and_the_value_read(
    typed: str, faults: list[tuple[str, str, str]], value: str
) -> None:
    found, entries = read(SOUND.replace("90", typed))
    check(found, faults)
    assert entries == AMOUNTS | {"全年预算数": value}


@pytest.mark.parametrize("typed", SILENT, ids=range(len(SILENT)))
def test_what_is_right_in_braces_is_no_fault_also_beside_one(typed: str) -> None:
    assert read(typed)[0] == []
    assert [code for code, _, _ in read(typed, beside="乙：>1")[0]] == ["PE010", "PE013"]


def test_faults_of_several_braces_come_in_one_run() -> None:
    amounts = "    initial_budget: 100.00\n    adjusted_budget: 100.00\n    executed: 98.00\n"
    item = "      - indicator: 举办讲座\n        target: ≥20(场)\n        actual: 22(场)\n"
    text = changed(
        (f":\n{amounts}", ": {年初预算数：1,100.00, 全年预算数: 1100.00, 全年执行数: 98.00\n"),
        (
            f"{item}        points: 15\n",
            "      - {三级指标: 讲座, 年度指标值: >5 分值: 3, 实际完成值：7}\n",
        ),
    )
    found = decode_record(read_source(text.encode(), "r.yaml")).diagnostics
    assert [d.code for d in found] == ["PE007", "PE010", "PE036", "PE013", "PE007", "PE010"]
