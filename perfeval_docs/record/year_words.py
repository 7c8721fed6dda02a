"""The year's own words, `data/<year>/summary.yaml`: what no record says and nobody can compute."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Final

from pydantic import Field

from perfeval_docs.record.model import MAX_GROUPS, MAX_INDICATORS, Shape
from perfeval_docs.record.values import Count, Date, Line, Number, Paragraphs

MAX_PROBLEMS: Final = MAX_INDICATORS


class Coverage(Shape):
    """How many projects, and how much money in the form's unit (万元)."""

    projects: Count = Field(title="项目数", description="个数")
    amount: Number = Field(title="金额", description="万元，最多两位小数")


class Problem(Shape):
    """A problem that the year showed, and what is done about it."""

    problem: Paragraphs = Field(title="问题", description="一行就是一段")
    measure: Paragraphs = Field(default="", title="改进措施", description="针对这个问题的措施")


class Rectification(Shape):
    """How many problems were found, corrected, and are being corrected."""

    found: Count = Field(title="发现问题数", description="个数")
    corrected: Count = Field(title="已整改数", description="个数")
    being_corrected: Count = Field(title="正在整改数", description="个数")


class YearWords(Shape):
    """The words of one year's summary; what is left out is not printed, and never invented."""

    competent_department: Line | None = Field(
        default=None, title="主管部门", description="不写则用各记录共同的主管部门"
    )
    date_of_issue: Date | None = Field(
        default=None, title="成文日期", description="如 2025-06-30；印在总结的末尾"
    )
    scope: Paragraphs = Field(
        default="", title="基本情况", description="评价范围和方法；项目数、金额由程序写"
    )
    management_rules: Paragraphs = Field(
        default="", title="管理制度", description="本部门的绩效管理制度"
    )
    working_mechanism: Paragraphs = Field(
        default="", title="工作机制", description="本部门的绩效管理工作机制"
    )
    targets_set: Coverage | None = Field(
        default=None, title="编报绩效目标", description="编报绩效目标的项目数和金额"
    )
    tracked: Coverage | None = Field(
        default=None, title="绩效跟踪", description="开展绩效跟踪的项目数和金额"
    )
    on_execution: Paragraphs = Field(
        default="", title="预算执行说明", description="对预算执行情况的说明"
    )
    on_attainment: Paragraphs = Field(
        default="", title="目标完成说明", description="对绩效目标完成情况的说明"
    )
    problems: Annotated[tuple[Problem, ...], Field(max_length=MAX_PROBLEMS)] = Field(
        default=(), title="存在问题", description="每个问题一条，各有改进措施"
    )
    rectification: Rectification | None = Field(
        default=None, title="问题整改", description="发现、已整改、正在整改的问题数"
    )
    use_of_results: Paragraphs = Field(default="", title="结果应用", description="评价结果怎样使用")
    disclosure: Paragraphs = Field(default="", title="公开情况", description="怎样公开")
    declared_grades: Annotated[Mapping[Line, Count], Field(max_length=MAX_GROUPS)] = Field(
        default_factory=dict,
        title="各等级项目数",
        description="自报的各等级项目数，如 优: 39；不写则由程序统计",
    )


SLOTS: Final = (
    "management_rules", "working_mechanism", "targets_set", "tracked", "rectification",
)  # fmt: skip
"""The words that the paragraph of the final accounts has a fixed place for."""
