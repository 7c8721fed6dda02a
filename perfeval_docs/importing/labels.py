"""The labels of forms, however they are spelled: what each names."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from types import MappingProxyType
from typing import Final

# Labels in traditional characters read as those in simplified ones; values stay as they are.
_SIMPLIFIED: Final = str.maketrans(
    "項績評標預執單門實際總資額財轉結數質時滿產級權調進達個價務會經濟環態產對幣內業計劃異況級類稱撥萬續",
    "项绩评标预执单门实际总资额财转结数质时满产级权调进达个价务会经济环态产对币内业计划异况级类称拨万续",
)
_NOISE: Final = re.compile(r"[\s:：、，,。.;；*※_]|</?p>|<br/?>")
_UNIT: Final = re.compile(r"[（(\[【]?(?:单位)?(万元|元)[)）\]】]?$")
_BRACKETS: Final = re.compile(r"[（(][^（）()]*[)）]$")
_LONGEST: Final = 500
_NUMBERING: Final = re.compile(r"^(?:[（(]?[一二三四五六七八九十\d]+[)）.、])")

FIELDS: Final = MappingProxyType(
    {
        "project": ("项目名称", "项目名"),
        "competent_department": ("主管部门", "主管部门及代码", "主管单位"),
        "implementing_unit": ("实施单位", "项目单位", "项目实施单位", "预算单位", "填报单位"),
        "fiscal_year": ("年度", "预算年度", "评价年度"),
    }
)
COLUMNS_OF_FUNDS: Final = MappingProxyType(
    {
        "initial_budget": ("年初预算数", "年初预算", "年初预算安排数", "预算批复数"),
        "adjusted_budget": (
            "全年预算数", "全年预算", "调整后预算数", "调整预算数", "全年预算数A", "预算数",
        ),
        "executed": (
            "全年执行数", "执行数", "实际执行数", "全年执行数B", "实际支出数", "预算执行数",
        ),
        "points": ("分值", "分数", "权重"),
        "rate": ("执行率", "预算执行率", "执行率B/A"),
        "score": ("得分", "自评得分"),
    }
)  # fmt: skip
ROWS_OF_FUNDS: Final = MappingProxyType(
    {
        "declared_total": (
            "年度资金总额",
            "资金总额",
            "合计",
            "总额",
            "年度预算总额",
            "年度总金额",
            "年度财政资金总额",
        ),
        "appropriation": ("当年财政拨款", "财政拨款", "本年财政拨款", "当年财政资金", "财政资金"),
        "carryover": ("上年结转资金", "上年结转", "结转资金", "上年结转结余"),
        "other_funds": ("其他资金", "其他", "其它资金"),
    }
)
COLUMNS_OF_GOALS: Final = MappingProxyType(
    {
        "expected": ("预期目标", "年初设定目标", "年度预期目标", "年初目标"),
        "achieved": (
            "实际完成情况", "完成情况", "全年实际完成情况", "年度实际完成情况", "目标完成情况",
            "年度总体目标完成情况",
        ),
    }
)  # fmt: skip
COLUMNS_OF_INDICATORS: Final = MappingProxyType(
    {
        "level1": ("一级指标",),
        "level2": ("二级指标",),
        "indicator": ("三级指标", "指标名称", "绩效指标", "指标内容"),
        "target": ("年度指标值", "指标值", "年度目标值", "目标值", "年初目标值", "计划完成值"),
        "nature": ("指标性质", "性质", "计算符号", "运算符号"),
        "unit": ("度量单位", "计量单位", "单位"),
        "actual": (
            "实际完成值", "完成值", "全年实际值", "实际值", "全年完成值", "年度实际完成值",
            "实际完成指标值",
        ),
        "points": ("分值", "权重", "指标分值", "满分", "分数"),
        "score": ("得分", "自评得分", "评分"),
        "deviation_reason": (
            "偏差原因分析及改进措施", "偏差原因", "偏差原因分析", "未完成原因", "原因",
            "未完成原因分析", "未完成原因和改进措施", "偏差原因及改进措施", "原因分析", "备注",
            "偏差原因分析与改进措施", "未完成原因分析及改进措施",
        ),
        "improvement": ("改进措施", "拟采取的改进措施", "整改措施"),
    }
)  # fmt: skip
TOTALS: Final = frozenset({"总分", "合计", "总计", "总得分"})
GRADES: Final = frozenset({"评分等级", "自评等级", "评价等级", "等级", "评价结论", "自评结论"})
SECTIONS: Final = frozenset(
    {
        "项目资金", "年度总体目标", "绩效指标", "年度绩效指标", "年度总体目标完成情况", "总体目标",
        "项目资金情况", "预算执行情况", "年度绩效目标", "资金", "资金情况",
    }
)  # fmt: skip
NUMBERS: Final = frozenset({"序号", "编号"})
COUNTS: Final = frozenset({"册", "项目数", "项目数量", "项目个数"})
"""Heads of columns that lists of projects have, and sums of them."""
TITLE: Final = re.compile(r"(?:绩效)?自评表|绩效自评(?:报告)?表|绩效目标自评")
YEAR: Final = re.compile(r"((?:19|20)\d{2})年?度")

# What stands for a comparison in a column of its own.
_NATURES: Final = MappingProxyType(
    {
        "≥": "≥", "≧": "≥", ">=": "≥", "大于等于": "≥", "不低于": "≥", "不少于": "≥",
        "≤": "≤", "≦": "≤", "<=": "≤", "小于等于": "≤", "不超过": "≤", "不高于": "≤",
        ">": ">", "大于": ">", "<": "<", "小于": "<", "=": "=", "等于": "=",
    }
)  # fmt: skip


@lru_cache(maxsize=4096)
def label(text: str) -> str:
    """Return a label without white space, signs, brackets behind it, in simplified characters.

    A text that is longer than any label stays as it is.
    """
    if len(text) > _LONGEST:
        return text
    plain = unicodedata.normalize("NFKC", text).translate(_SIMPLIFIED).strip()
    plain = _NOISE.sub("", _NUMBERING.sub("", plain)).removeprefix("其中")
    return _BRACKETS.sub("", _UNIT.sub("", plain)) or plain


def named(text: str, names: MappingProxyType[str, tuple[str, ...]]) -> str | None:
    """Return what a label names among the names of a place; None for any other text."""
    found = label(text)
    return next((key for key, spellings in names.items() if found in spellings), None)


def comparison(text: str) -> str | None:
    """Return the comparator that a nature such as 大于等于 is; None for words such as 定性."""
    return _NATURES.get("".join(unicodedata.normalize("NFKC", text).split()))


def unit_of_money(text: str) -> str:
    """Return 元 or 万元, whichever a label names; nothing if neither."""
    found = re.search("万元|元", unicodedata.normalize("NFKC", text).replace("萬", "万"))
    return found[0] if found else ""
