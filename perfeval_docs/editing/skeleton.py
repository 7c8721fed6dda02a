"""A record with nothing filled in: what to write where, as comments."""

from __future__ import annotations

from typing import Final

from perfeval_docs.editing.canonical import formatted
from perfeval_docs.settings import KeyNames
from perfeval_docs.source.scalars import beside

_RECORD: Final = """\
# yaml-language-server: $schema=../../schema/record.schema.json
# 冒号后面空一格再填；# 后面是说明，程序不读，填好后可以删掉。
# 主管部门、实施单位、预算年度、口径各项目相同，写在 perfeval.yaml 里，这里不用写。
# 执行率、得分、总分、等级由程序计算，不用写。

# 与预算批复一致的项目名称
项目名称:{name}

# 万元，写成表上的样子，如 29.60；没有的写 0.00
# 有上年结转资金、其他资金的，照当年财政拨款的样子各加一段；不写就是没有
项目资金:
  当年财政拨款:
    年初预算数:
    全年预算数:
    全年执行数:

# 文字多的，冒号后面写 |，下一行缩进四格开始写，一行就是一段
年度总体目标:
  预期目标:
  实际完成情况:

# 一级指标、二级指标、三级指标；多的照样加，不用的删掉，如加 成本指标、生态效益指标
# 年度指标值：能数的写成 ≥10.00(场)、=1.00(部)、<10(次)，以 > 开头的加引号；不能数的写 及时、完善
# 实际完成值：30.00(场)；不能数的写 达成指标
# 分值：全部三级指标的分值，加上预算执行率的分值，合计应为 100
# 没有达到或大大超过指标值的，在分值下面加 偏差原因分析 和 改进措施
绩效指标:
  产出指标:
    数量指标:
{item}
    质量指标:
{item}
    时效指标:
{item}
  效益指标:
    社会效益指标:
{item}
    可持续影响指标:
{item}
  满意度指标:
    服务对象满意度指标:
{item}
"""
_ITEM: Final = """\
      - 三级指标:
        年度指标值:
        实际完成值:
        分值:"""
_SHARED: Final = """\
# yaml-language-server: $schema=../../schema/defaults.schema.json
# 本年度各记录共用的内容；记录里另写的，以记录为准。

预算年度: {year}
"""


def skeleton(name: str, names: KeyNames) -> str:
    """Return a record to fill in; `name` is the project's, or empty."""
    written = beside(name) if name else None
    text = _RECORD.format(name=f" {written}" if written else "", item=_ITEM)
    return _named(text, "r.yaml", names)


def shared_skeleton(year: int, names: KeyNames) -> str:
    """Return what the records of a year share: the year."""
    return _named(_SHARED.format(year=year), "perfeval.yaml", names)


def _named(text: str, file: str, names: KeyNames) -> str:
    """Return a text with its keys in a language."""
    return formatted(text.encode(), file, names).text or text
