"""What changed as text fits a terminal, and as Markdown says what it says, whatever is in it."""

import json

import pypandoc
from hypothesis import given
from hypothesis import strategies as st

from perfeval_docs.compare import compare, document, markdown, text
from perfeval_docs.compare.excerpts import excerpts
from perfeval_docs.compare.render import escaped
from perfeval_docs.i18n import translator
from perfeval_docs.report.cells import glyphs
from tests.compare.sides import RECORD, compared, side

AFTER = (
    RECORD.replace("actual: 30.00(场)", "actual: 8.00(场)")
    .replace("推广活动30场", "推广活动8场")
    .replace("project: ", "profile: national\nproject: ")
)
WIDE = 80
TEXT = """\
上海研发公共服务平台宣传推广
  data/2024/x.yaml
  口径: shanghai → national
  年度总体目标 / 实际完成情况: …科技创新资源推广活动30场(本市19场、跨区… → …科技
    创新资源推广活动8场(本市19场、跨区…
  产出指标 / 数量指标 / 推广交流活动
    实际完成值: 30.00(场) → 8.00(场)
    得分: 10.00 → 8.00
  总分: 99.97 → 97.97 (-2.00)
  评分等级: 优, as before

data/2024 → data/2024: 1 changed, 0 added, 0 removed, 0 the same
"""
MARKDOWN = """\
### 上海研发公共服务平台宣传推广

data/2024/x.yaml

总分: 99.97 → 97.97 (-2.00); 评分等级: 优，没有变化

| 项目 | 原 | 现 |
| --- | --- | --- |
| 口径 | shanghai | national |
| 年度总体目标 / 实际完成情况 | …科技创新资源推广活动30场(本市19场、跨区… | …科技创新资源推广活动8场(本市19场、跨区… |
| 产出指标 / 数量指标 / 推广交流活动: 实际完成值 | 30.00(场) | 8.00(场) |
| 产出指标 / 数量指标 / 推广交流活动: 得分 | 10.00 | 8.00 |

data/2024 → data/2024：改动 1 个，新增 0 个，减少 0 个，相同 0 个
"""  # noqa: E501  # a row of a table


def test_a_change_as_text() -> None:
    assert text(compared(RECORD, AFTER), translator("en")) == TEXT


def test_a_change_as_markdown() -> None:
    assert markdown(compared(RECORD, AFTER), translator("zh")) == MARKDOWN


def test_a_change_as_json() -> None:
    found = json.loads(document(compared(RECORD, AFTER)))
    (project,) = found["projects"]
    assert (found["version"], found["same"], project["kind"]) == (1, 0, "changed")
    assert project["difference"] == "-2.00"
    assert project["indicators"][0]["changes"][0] == {
        "path": ["实际完成值"], "before": "30.00(场)", "after": "8.00(场)",
    }  # fmt: skip
    assert project["changes"][1]["after"].startswith("围绕中心重点工作")


@given(st.text(max_size=90), st.text(max_size=200))
def test_lines_have_at_most_80_cells(name: str, reason: str) -> None:
    def quoted(value: str) -> str:
        return json.dumps(value, ensure_ascii=True)

    after = RECORD.replace("  产出指标:", f"  {quoted(name)}:", 1).replace(
        "points: 5.00", f"points: 5.00\n        deviation_reason: {quoted(reason)}", 1
    )
    shown = text(compared(RECORD, after), translator("zh"))
    lines = [line for line in shown.splitlines() if "data/2024/x.yaml" not in line]
    assert [x for x in lines if sum(each.width for each in glyphs(x)) > WIDE] == []


def test_markdown_shows_what_a_value_says() -> None:
    values = [
        "a|b", "*甲*", "_a_ __b__", "`x`", "<b>粗</b>", "[a](http://x)", "![a](b)", "# 一", "#12",
        "1. 一", "1) 一", "- 一", "+ 一", "> 一", "~~删~~", "a\\*b", "&lt;", "@all", "$x$ $$", "!5",
        "<!-- -->", "&#64;", "≥80(%)", "- [ ] x",
    ]  # fmt: skip
    rows = "\n\n".join(escaped(each) for each in values)
    plain = pypandoc.convert_text(rows, "plain", "gfm", extra_args=["--wrap=none"])
    assert plain.replace("\xa0", " ").strip().split("\n\n") == values
    cells = "\n".join(["| x |", "| --- |", *(f"| {escaped(each)} |" for each in values)])
    shown = json.loads(pypandoc.convert_text(cells, "json", "gfm"))
    assert len(shown["blocks"][0]["c"][4][0][3]) == len(values)


@given(st.lists(st.text("甲乙丙", max_size=30)), st.lists(st.text("甲乙丙", max_size=30)))
def test_excerpts_are_there_if_and_only_if_texts_differ(one: list[str], two: list[str]) -> None:
    before, after = "\n".join(one), "\n".join(two)
    found = list(excerpts(before, after))
    assert bool(found) == (before != after)
    assert all(old != new for old, new in found)


def test_a_blank_line_that_came_is_told_as_such() -> None:
    start = "achieved: |\n"
    assert start in RECORD
    one, two = (RECORD.replace(start, f"{start}    甲。\n{each}    乙。\n") for each in ("", "\n"))
    assert "(nothing) → (a blank line)" in text(compared(one, two), translator("en"))
    assert "(a blank line) → (nothing)" in text(compared(two, one), translator("en"))


def test_what_could_not_be_read_is_told() -> None:
    found = compare(side({"x.yaml": RECORD}), side({"x.yaml": "project：甲\n"}))
    shown = text(found, translator("en"))
    assert "! 上海研发公共服务平台宣传推广\n  data/2024/x.yaml\n  cannot be read" in shown
    assert "cannot be read" in markdown(found, translator("en"))
