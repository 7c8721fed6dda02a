"""What a clerk is told in Chinese about a file that cannot be read: the fault and the way out."""

import pytest

from perfeval_docs.i18n import translator
from perfeval_docs.source import read_source
from perfeval_docs.source.read import MAX_BYTES

ZH = translator("zh")

TOLD = [
    (b"# " + b"x" * MAX_BYTES, "最多读取 2000000 字节", "请确认是不是记录，并删去误粘的内容"),
    ("项目: 宣传".encode("gb18030"), "看上去是 GBK", "（记事本：另存为，编码选 UTF-8）"),
    ("a: 甲\x07乙", "控制字符 U+0007", "请连同前后两个字删掉，再重新打这两个字"),
    ("a: 甲\u200b乙", "不可见字符 U+200B", "请连同前后两个字删掉，再重新打这两个字"),
    ("# 空的\n", "文件是空的", "请填写内容，或删除这个文件"),
    ("a:\n  b: 1\n c: 2\n", "本行的缩进与其他各行都对不齐", "同一层的各行请上下对齐"),
    ('a: "甲”\n', '引号 " 没有配对', '末尾的 ” 是中文引号，请改成英文的 "'),
    ("a: '甲\n", "引号 ' 没有配对", "请在正文末尾写上 '"),
    ('a: "甲"乙\n', "右引号后面还有文字", "要印出来的用中文引号“”，否则去掉"),
    ("a: >20.00(篇)\n", ">20.00(篇) 以 > 开头", '请写 `">20.00(篇)"`'),
    ("a: >甲'乙\"\n", "以 > 开头", "请写 `'>甲''乙\"'`"),
    ("a: @" + "甲" * 30, "以 @ 开头", "请给值加上引号"),
    ("a: 甲\n  b: 乙\n", "本行比同一层多缩进了", "请顶格写，与上面的键名对齐"),
    ("a:\n  b: 甲\n    c: 乙\n", "本行比同一层多缩进了", "请与上面的键名对齐，前面共空 2 格"),
    ("a:\n\u3000b: 1\n", "本行用全角空格（U+3000）缩进", "请用空格缩进，每层两个"),
    ("a:\n\xa0b: 1\n", "本行用网页的不换行空格（U+00A0）缩进", "请用空格缩进"),
    ("a: 1\n没有冒号的一行\nb: 2\n", "“没有冒号的一行”的键名后面没有冒号", "请写成 `键名: 值`"),
    ("a: |\n    甲\n  乙\n", "缩进得少", "行首应共有 4 个空格，与上一行对齐"),
    ("a: !!str 2024\n", "不支持 !!str 这样的类型标签", "请删去，或给值加上引号"),
    ("a: !甲 2024\n", "!甲 2024 以 ! 开头", '请写 `"!甲 2024"`'),
    ("<<: {a: 1}\n", "不支持合并键（<<）", "共用的内容请写到 perfeval.yaml"),
    ("a: 1\n---\nb: 2\n", "--- 不是分隔线，下面会被当成另一份文件", "请删除 --- 这一行"),
    ("a: 1\n...\nb: 2\n", "读到 ... 就算结束", "请删除 ... 这一行"),
    ("甲:\n    - a: 1\n      b: 2\n  乙:\n    - a: 3\n", "上面缺一行键名", "前面空 2 格"),
    ("a: 1\n[b]: 2\n", "键名必须是文本", "请去掉括号"),
]


def test_a_comment_below_the_end_is_no_fault_of_it() -> None:
    found = read_source("a：1\n...\n\n# 完\n".encode(), "x").diagnostics
    assert [each.code for each in found] == ["PE010"]


@pytest.mark.parametrize("key", ["    数量指标:\n", "    质量指标:\n"])
def test_a_key_that_was_forgotten_above_its_list_is_one_fault(key: str) -> None:
    item = "      - 三级指标: 甲\n        分值: 5\n      - 三级指标: 乙\n        分值: 5\n"
    whole = f"产出指标:\n    数量指标:\n{item}    质量指标:\n{item}效益指标:\n    社会指标:\n{item}"
    assert read_source(whole.encode(), "x").diagnostics == ()
    found = read_source(whole.replace(key, "", 1).encode(), "x").diagnostics
    is_first = "数量" in key
    # Below another list it only makes that one longer: nobody can tell.
    assert [str(d.message) for d in found] == [
        "the key that this list belongs to is missing"
    ] * is_first


@pytest.mark.parametrize(("text", "message", "way_out"), TOLD, ids=range(len(TOLD)))
def test_the_fault_and_the_way_out(text: str | bytes, message: str, way_out: str) -> None:
    data = text if isinstance(text, bytes) else text.encode()
    (found,) = read_source(data, "a.yaml").diagnostics
    assert message in found.message.translated(ZH)
    assert found.help is not None
    assert way_out in found.help.translated(ZH)


def test_of_too_many_faults_the_last_says_what_to_do() -> None:
    found = read_source(("甲:乙\n" * 200).encode(), "a.yaml").diagnostics[-1]
    assert (found.code, found.help is not None) == ("PE029", True)
