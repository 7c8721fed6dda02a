"""What a unit writes for one project: amounts, goals, indicators, reasons; nothing computed.

A field's title is its label on the form, which is also the Chinese spelling of its key.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from types import MappingProxyType
from typing import Annotated, Final, get_args

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from perfeval_docs.record.values import Date, Line, Number, Paragraphs, Year, read_paragraphs

MAX_GROUPS: Final = 50
MAX_INDICATORS: Final = 300


class Shape(BaseModel):
    """What all shapes share: frozen, no unknown keys, figures from text only."""

    model_config = ConfigDict(frozen=True, extra="forbid")


def is_paragraphs(shape: type[BaseModel], key: str) -> bool:
    """Tell whether a key of a shape holds a text of which every line is a paragraph."""
    rules = shape.model_fields[key].metadata
    return any(isinstance(r, BeforeValidator) and r.func is read_paragraphs for r in rules)


def is_figure(shape: type[BaseModel], key: str) -> bool:
    """Tell whether a key of a shape holds a figure: the same with more or fewer decimals."""
    annotation = shape.model_fields[key].annotation
    kinds = (annotation, *get_args(annotation))
    return any(each is Decimal or Decimal in get_args(each) for each in kinds)


class Amounts(Shape):
    """The three amounts of one funds row, in the form's unit (万元).

    IPSAS 24 calls them original budget, final budget and actual amount.
    """

    initial_budget: Number = Field(title="年初预算数", description="万元，最多两位小数")
    adjusted_budget: Number = Field(title="全年预算数", description="万元，调整后的预算数")
    executed: Number = Field(title="全年执行数", description="万元，截至年末实际支出")
    declared_execution_rate: Number | None = Field(
        default=None, title="执行率", description="自报的执行率（%）；不写则由程序计算"
    )


NOTHING: Final = Amounts(
    initial_budget=Decimal("0.00"), adjusted_budget=Decimal("0.00"), executed=Decimal("0.00")
)


class Funds(Shape):
    """项目资金: three sources; `declared_total` only where a unit states the total row itself."""

    appropriation: Amounts = Field(title="当年财政拨款", description="当年财政拨款一行的三个数")
    carryover: Amounts = Field(
        default=NOTHING, title="上年结转资金", description="不写则三个数都是 0.00"
    )
    other_funds: Amounts = Field(
        default=NOTHING, title="其他资金", description="不写则三个数都是 0.00"
    )
    declared_total: Amounts | None = Field(
        default=None, title="年度资金总额", description="自报的合计行；不写则由程序相加"
    )
    declared_execution_points: Number | None = Field(
        default=None, title="分数", description="自报的预算执行率分值；不写则按口径"
    )
    declared_execution_score: Number | None = Field(
        default=None, title="得分", description="自报的预算执行率得分；不写则由程序计算"
    )


class Goal(Shape):
    """年度总体目标: what was expected and what was achieved; a line is a paragraph."""

    expected: Paragraphs = Field(title="预期目标", description="一行就是一段")
    achieved: Paragraphs = Field(title="实际完成情况", description="一行就是一段")


class Indicator(Shape):
    """A level-3 indicator; target and actual are printed exactly as typed."""

    indicator: Line = Field(title="三级指标", description="指标名称")
    target: Line = Field(title="年度指标值", description="照原样打印，如 ≥80(%)、=200(人)、及时")
    actual: Line = Field(title="实际完成值", description="照原样打印，如 85(%)、达成指标")
    points: Number = Field(title="分值", description="本指标的满分")
    declared_score: Number | None = Field(
        default=None, title="得分", description="自报的得分；不写则由程序计算"
    )
    deviation_reason: Paragraphs = Field(
        default="", title="偏差原因分析", description="未达到或明显超过指标值时写明原因"
    )
    improvement: Paragraphs = Field(
        default="", title="改进措施", description="印在偏差原因分析的下面"
    )
    evidence: Paragraphs = Field(
        default="", title="佐证材料", description="一行一份材料的名称或文件；内部使用，不打印"
    )


Level2 = Annotated[tuple[Indicator, ...], Field(min_length=1, max_length=MAX_INDICATORS)]
Level1 = Annotated[Mapping[Line, Level2], Field(min_length=1, max_length=MAX_GROUPS)]


class Defaults(Shape):
    """What a folder's records share: `perfeval.yaml`, where a record does not say otherwise."""

    competent_department: Line | None = Field(
        default=None, title="主管部门", description="主管部门全称"
    )
    implementing_unit: Line | None = Field(
        default=None, title="实施单位", description="实施单位全称"
    )
    fiscal_year: Year | None = Field(
        default=None, title="预算年度", description="四位数字，如 2024"
    )
    profile: Line | None = Field(
        default=None,
        title="口径",
        description="内置口径（shanghai、national）或口径文件的路径",
    )
    date_of_issue: Date | None = Field(
        default=None, title="填报日期", description="如 2025-06-30；写入文件属性，不打印"
    )


def _labelled(key: str) -> object:
    """Return the title and the description of a key that folders may share."""
    shared = Defaults.model_fields[key]
    return Field(title=shared.title, description=shared.description)


class Waiver(Shape):
    """A finding that the unit keeps, and why; internal, never printed."""

    rule: Line = Field(title="规则", description="规则的代码或名称，如 PE317、far-over-target")
    reason: Paragraphs = Field(default="", title="理由", description="为什么保留；必须写明")
    indicator: Line = Field(
        default="", title="三级指标", description="只对这一条；不写则对整份记录"
    )


class Record(Shape):
    """One project of one year, defaults of its folders filled in."""

    project: Line = Field(title="项目名称", description="与预算批复一致的项目名称")
    competent_department: Annotated[Line, _labelled("competent_department")]
    implementing_unit: Annotated[Line, _labelled("implementing_unit")]
    fiscal_year: Annotated[Year, _labelled("fiscal_year")]
    profile: Annotated[Line, _labelled("profile")]
    date_of_issue: Annotated[Date | None, _labelled("date_of_issue")] = None
    funds: Funds = Field(title="项目资金", description="各项资金的预算数与执行数")
    goal: Goal = Field(title="年度总体目标", description="预期目标与实际完成情况")
    indicators: Annotated[
        Mapping[Line, Level1],
        Field(
            min_length=1,
            max_length=MAX_GROUPS,
            title="绩效指标",
            description="一级指标: 二级指标: 三级指标的列表",
        ),
    ]
    declared_level_points: Annotated[Mapping[Line, Number], Field(max_length=MAX_GROUPS)] = Field(
        default_factory=dict,
        title="一级指标分值",
        description="自报的各一级指标分值，如 产出指标: 50；不写则由程序相加",
    )
    declared_total_score: Number | None = Field(
        default=None, title="总分", description="自报的总分；不写则由程序相加"
    )
    declared_grade: Line | None = Field(
        default=None, title="评分等级", description="自报的等级；不写则按总分评定"
    )
    waivers: Annotated[tuple[Waiver, ...], Field(max_length=MAX_INDICATORS)] = Field(
        default=(), title="豁免", description="经判断保留的警告和提示，写明规则和理由；不打印"
    )


INTERNAL: Final[Mapping[type[Shape], frozenset[str]]] = MappingProxyType(
    {Record: frozenset({"waivers"}), Indicator: frozenset({"evidence"})}
)
"""The fields that are never printed and never published."""
