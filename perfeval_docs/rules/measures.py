"""Rules about how an indicator is measured: its sign, its unit, its share of a whole."""

from __future__ import annotations

import re
from collections.abc import Iterator
from types import MappingProxyType
from typing import Final

from perfeval_docs.diagnostic import Message, msg
from perfeval_docs.figures import (
    Measured,
    Quantified,
    convert,
    parse_actual,
    parse_target,
)
from perfeval_docs.rules.model import Entry, Finding, Form

COMPARATORS: Final = "≥≤><=＞＜＝≧≦⩾⩽"

_TURNED: Final = MappingProxyType({"≥": "≤", ">": "<", "≤": "≥", "<": ">"})
_BRACKETS: Final = re.compile("[(（][^()（）]*[)）]$")
# Only a name that ends in the harm itself, counted: 事故次数 is one, 事故应急演练 is none.
_HARM: Final = re.compile(
    "(?:故障|投诉|损失|事故|宕机|中断|漏洞|差错|逾期|超时)"
    "(?:停机|停运|伤亡|死亡|项目|工单|案件|事项|事件|订单)?(?:发生|累计)?"
    "(?:次数|件数|起数|例数|人数|数量|总数|总量|时间|时长|天数|金额|总额|率|数|量|额)?$"
)
_COST: Final = re.compile("(?:成本|费用|支出)(?:总额|总量|总数|金额|数额|额)?$")
_MONEY: Final = re.compile("[百千万亿]*元")
# What is done against harm or cost, and what is wanted to be large though it speaks of them.
_REMEDY: Final = re.compile(
    "处理|解决|修复|整改|排除|响应|降低|减少|下降|恢复|覆盖|办结|回复|排查|控制|无|零|节约|节省|减免"
    "|免除|演练|预防|防范|防止|避免|宣传|挽回|追回|清理|渠道|进度|查处|受理|发现|检测|监测|压减|压降"
    "|收入|带动|拉动|撬动|投入|办理|处置|核查|调查|调解|化解|赔付|理赔|救援|救助|补助|补贴|资助|报销"
    "|征收|收缴|收取"
)
_ACHIEVEMENT: Final = re.compile(
    "培训|推广|发表|服务|建设|检查|举办|开展|讲座|宣传|发布|完成|新建|支持|资助|评审|论文|专利|活动"
    "|覆盖|开放|参观|调研|演出|展览|课程|验收|发放|救助|巡查|监测|维护"
)
_KEPT_SMALL: Final = re.compile(
    "故障|投诉|损失|事故|宕机|中断|漏洞|差错|逾期|超时|成本|费用|支出|经费|会议|耗|等候|等待|时间|时长"
    "|天数|周期|工期|出国|出境|接待|面积|规模|编制|用量|排放|人员|问题|隐患|缺|退|未|不"
)
_SHARE: Final = re.compile(
    "(?:合格|覆盖|完成|及时|达标|办结|解决|接听|发放|满意|入库|到位|参与|通过|支付|执行|知晓)[率度]$"
)
_OF_A_PLAN: Final = re.compile("(?:计划|任务|指标).*完成率$")


def comparator_direction(form: Form) -> Iterator[Finding]:
    """A target points the wrong way: costs or harm at least, achievements at most."""
    for entry in form.entries:
        target = parse_target(entry.indicator.target)
        if isinstance(target, Quantified) and target.comparator != "=":
            yield from _turned(entry, target)


def actual_has_comparator(form: Form) -> Iterator[Finding]:
    """An actual is written like a target."""
    for entry in form.entries:
        actual = entry.indicator.actual
        if actual.startswith(tuple(COMPARATORS)):
            yield Finding(
                entry.at("actual"),
                msg("the actual “{actual}” begins with a sign of a target", actual=actual),
                msg(
                    "write what was reached, such as {example}",
                    example=actual.lstrip(COMPARATORS + " "),
                ),
            )


def percentage_above_100(form: Form) -> Iterator[Finding]:
    """A share is above 100 %; a plan may be completed by more."""
    for entry in form.entries:
        actual = parse_actual(entry.indicator.actual)
        if not isinstance(actual, Measured) or not _SHARE.search(entry.name):
            continue
        share = convert(actual.number, actual.measure, "%")
        if share is not None and share > 100 and not _OF_A_PLAN.search(entry.name):  # noqa: PLR2004  # per cent
            yield Finding(
                entry.at("actual"),
                msg(
                    "{name} is a share and cannot be {actual}",
                    name=entry.name,
                    actual=entry.indicator.actual,
                ),
                msg("write the share of the whole, at most 100(%)"),
            )


def unit_mismatch(form: Form) -> Iterator[Finding]:
    """Target and actual are counted in units that do not convert."""
    for entry in form.entries:
        target, actual = parse_target(entry.indicator.target), parse_actual(entry.indicator.actual)
        if not (isinstance(target, Quantified) and isinstance(actual, Measured)):
            continue
        if convert(actual.number, actual.measure, target.measure) is None:
            found, way_out = _units(entry, target, actual)
            other = (entry.at("target"), msg("the target is here"))
            yield Finding(entry.at("actual"), found, way_out, other=other)


def _turned(entry: Entry, target: Quantified) -> Iterator[Finding]:
    at_least = target.comparator in ("≥", ">")
    if at_least and _should_be_small(entry, target):
        wrong = msg(
            "{name} should be small, and its target is {target}",
            name=entry.name,
            target=entry.indicator.target,
        )
    elif not at_least and _should_be_large(entry):
        wrong = msg(
            "{name} should be large, and its target is {target}",
            name=entry.name,
            target=entry.indicator.target,
        )
    else:
        return
    example = _TURNED[target.comparator] + entry.indicator.target.lstrip(COMPARATORS + " ")
    if example.startswith(">"):
        example = f'"{example}"'  # YAML takes a bare one for the begin of a text
    if at_least:
        way_out = msg("write {example}; if more is better, say so in the name", example=example)
    else:
        way_out = msg("write {example}; if less is better, say so in the name", example=example)
    yield Finding(entry.at("target"), wrong, way_out)


def _should_be_small(entry: Entry, target: Quantified) -> bool:
    """Tell whether an indicator clearly counts harm, or money that is spent."""
    name = _BRACKETS.sub("", entry.name)
    if _REMEDY.search(name):
        return False
    is_of_cost = "成本" in entry.level1 + entry.level2 and bool(_MONEY.match(target.measure))
    is_cost = bool(_COST.search(name)) and "效益" not in entry.level1
    return is_of_cost or is_cost or bool(_HARM.search(name))


def _should_be_large(entry: Entry) -> bool:
    """Tell whether an indicator clearly counts what was achieved."""
    is_achievement = bool(_ACHIEVEMENT.search(entry.name))
    return "数量" in entry.level2 and is_achievement and not _KEPT_SMALL.search(entry.name)


def _units(entry: Entry, target: Quantified, actual: Measured) -> tuple[Message, Message]:
    if not actual.measure:
        example = f"{entry.indicator.actual}({target.measure})"
        return (
            msg(
                "{name}: the actual has no unit, the target is in “{one}”",
                name=entry.name,
                one=target.measure,
            ),
            msg("if it was counted so, write {example}", example=example),
        )
    if not target.measure:
        example = f"{entry.indicator.target}({actual.measure})"
        return (
            msg(
                "{name}: the target has no unit, the actual is in “{other}”",
                name=entry.name,
                other=actual.measure,
            ),
            msg("if it was approved so, write {example}", example=example),
        )
    return (
        msg(
            "{name}: the target is in “{one}”, the actual in “{other}”",
            name=entry.name,
            one=target.measure,
            other=actual.measure,
        ),
        msg("write both in the same unit"),
    )
