"""What a clerk is told in Chinese about a record, keys in the record's own spelling."""

import re
from pathlib import Path

import pytest

from perfeval_docs.diagnostic import Diagnostic
from perfeval_docs.i18n import translator
from perfeval_docs.profile import load_profile
from perfeval_docs.record import decode_record
from perfeval_docs.record.keys import SHAPES, spellings
from perfeval_docs.source import read_source
from tests.rules.forms import GOOD, changed

ZH = translator("zh")
LABELS = {key: spellings(shape, key)[0] for shape in SHAPES for key in shape.model_fields}
LABELLED = re.sub(
    r"^(\s*(?:- )?)([a-z_]+)(?=:)", lambda m: m[1] + LABELS[m[2]], GOOD, flags=re.MULTILINE
)
SHARED = "同一文件夹的记录都一样的，可以写到该文件夹的 perfeval.yaml 里"
REMARK = "只给自己看的话写成注释：`# …`"
WORDS = "的写法无法识别。可以写："
EXECUTED = "全年执行数: 98.00"


def told(text: str) -> list[str]:
    """Return each fault with its way out, in Chinese."""
    return [
        f"{d.message.translated(ZH)}。{d.help.translated(ZH) if d.help else ''}"
        for d in decode_record(read_source(text.encode(), "r.yaml")).diagnostics
    ]


AMOUNTS = [
    ("九十八", "九十八 不是数字。请写数字，小数最多 2 位，如 29.60"),
    ("-", '- 以 - 开头，它在 YAML 中另有含义。没有的写 0.00；要印短横线的写 `"-"`'),
    ("'-'", "- 不是数字。没有的写 0.00"),
    ("无", "无 不是数字。没有的写 0.00"),
    ("98.00万元", "98.00万元 带有单位。请只写数字 98.00；金额以万元为单位"),
    ("98 万元", "98 万元 带有单位。请只写数字 98；金额以万元为单位"),
    ("￥98.00", "￥98.00 带有单位。请只写数字 98.00；金额以万元为单位"),
    ("980000元", "980000元 带有单位。980000元 即 98.00 万元，请写 98.00"),
    ("980050元", "980050元 带有单位。980050元 即 98.01 万元，请写 98.01"),
    ("980000元整", "980000元整 带有单位。980000元整 即 98.00 万元，请写 98.00"),
    ("人民币980000圆正", "人民币980000圆正 不是数字。请写数字，小数最多 2 位，如 29.60"),
    ("98万元整", "98万元整 带有单位。请只写数字 98；金额以万元为单位"),
    ("98美元", "98美元 带有单位。请只写数字；金额以万元为单位"),
    ("98²", "98² 不是数字。请写数字，小数最多 2 位，如 29.60"),
    ("0.0098亿元", "0.0098亿元 带有单位。0.0098亿元 即 98.00 万元，请写 98.00"),
    ("1,098.00", "1,098.00 带有千位分隔符。请写 1098.00"),
    ("９８", "９８ 含有全角数字或符号。请写 98"),
    ("[98.00]", "全年执行数 应为文本，而不是列表。如本意是文本，请加引号"),
    ("", "全年执行数 没有填写。请在冒号后面填写：万元，截至年末实际支出"),
]  # fmt: skip


@pytest.mark.parametrize(("typed", "said"), AMOUNTS)
def test_the_way_out_of_an_amount(typed: str, said: str) -> None:
    assert EXECUTED in LABELLED
    assert told(LABELLED.replace(EXECUTED, f"全年执行数: {typed}")) == [said]


def test_points_are_told_nothing_of_amounts() -> None:
    said = told(LABELLED.replace("分值: 15", "分值: 15分"))
    assert said == ["15分 带有单位。请只写数字 15"]


@pytest.mark.parametrize("points", ["20分", "-3", "1/3", "10.555", "[20]"])
def test_a_faulty_value_of_an_only_indicator_is_told_alone(points: str) -> None:
    only = LABELLED.replace("分值: 5\n", f"分值: {points}\n", 1)
    assert "时效指标:" in only.partition(f"分值: {points}")[0].rpartition("质量指标:")[2]
    (said,) = told(only)
    assert "下面没有内容" not in said


def test_a_list_of_nothing_may_be_left_out() -> None:
    (said,) = told(f"{LABELLED}豁免: 无\n")
    assert said == "豁免 应为列表，而不是文本。没有的，删去这一行即可"


def test_the_example_of_a_date_is_a_day() -> None:
    (said,) = told(f"{LABELLED}填报日期: 2025/2/30\n")
    assert said == "2025/2/30 不是日期。请写成带短横线的年月日，如 2025-06-30"


SAID = [
    (f"    {EXECUTED}\n", "", "缺少 全年执行数。请补上 `全年执行数: …`"),
    (
        "主管部门: 市科学技术委员会\n", "",
        f"缺少 主管部门。请补上 `主管部门: …`；{SHARED}",
    ),
    (
        "分值: 15\n", "分值: 15\n        备注: 无\n",
        f"没有 备注 这个键名。此处还可以写：得分、偏差原因分析、改进措施、佐证材料；{REMARK}",
    ),
    (EXECUTED, "全年执行书: 98.00", "没有 全年执行书 这个键名。是否想写 全年执行数？"),
    (
        EXECUTED, f"{EXECUTED}\n    executed: 97.00",
        "全年执行数 和 executed 是同一项，写了两遍。请只保留一处",
    ),
    (
        "  预期目标: |\n    全年", "  预期目标:\n    - 全年",
        "预期目标 应为文本，而不是列表。请在键名后面写 `|`，各段写在下面，不加短横线",
    ),
    (
        "项目名称: 科普场馆开放\n", "项目名称:\n  甲: 乙\n",
        "项目名称 应为文本，而不是若干行 `键名: 值`。如本意是文本，请加引号",
    ),
    (
        "    质量指标:\n", "    成本指标:\n      -\n    质量指标:\n",
        "成本指标 的第 1 项 下面没有内容。请填写其内容，或删除这一行",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "said"), SAID, ids=range(len(SAID)))
def test_a_fault_names_keys_as_the_record_spells_them(old: str, new: str, said: str) -> None:
    assert old in LABELLED
    assert told(LABELLED.replace(old, new, 1)) == [said]


@pytest.mark.parametrize(
    ("edit", "said"),
    [
        (("    executed: 98.00\n", ""), "缺少 全年执行数（executed）。请补上 `executed: …`"),
        (("project: 科普场馆开放", "project:"), "项目名称（project） 没有填写。请在冒号后面填写"),
    ],
)
def test_a_record_with_english_keys_is_told_the_label_first(
    edit: tuple[str, str], said: str
) -> None:
    assert told(changed(edit)) == [said]


def of_profile(tmp_path: Path, decree: str, value: str) -> Diagnostic:
    text = f"extends: shanghai\nname: own\n{decree}:\n  value: {value}\n  basis: 通知\n"
    (tmp_path / "own.yaml").write_text(text, "utf-8")
    (found,) = load_profile("own.yaml", tmp_path).diagnostics
    return found


@pytest.mark.parametrize(
    ("decree", "value", "said"),
    [
        ("has_grade_row", "是", f"has_grade_row {WORDS}true / false"),
        ("reverse_formula", "比例", f"reverse_formula {WORDS}ratio / linear"),
        ("rate_rounding", "{places: 2, rounding: 舍}", f"rounding {WORDS}half_up / down"),
        ("execution_points", "2000", "execution_points 太大。请写 1000 或更小的数"),
        ("money_places", "9", "money_places 太大。请写 6 或更小的数"),
        ("execution_points", "-1", "execution_points 太小。请写 0 或更大的数"),
        ("money_places", "9" * 5000, "money_places 的位数太多。请少写几位"),
    ],
)  # fmt: skip
def test_the_way_out_of_a_decree(tmp_path: Path, decree: str, value: str, said: str) -> None:
    found = of_profile(tmp_path, decree, value)
    assert found.help is not None
    assert f"{found.message.translated(ZH)}。{found.help.translated(ZH)}" == said


def test_a_decree_without_its_value_is_told_so(tmp_path: Path) -> None:
    (tmp_path / "own.yaml").write_text(
        "extends: shanghai\nname: own\ntitle:\n  basis: 通知\n", "utf-8"
    )
    (found,) = load_profile("own.yaml", tmp_path).diagnostics
    assert str(found.message) == "value is missing"
    assert str(found.help) == "add `value: …`"
