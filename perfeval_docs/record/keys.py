"""The spellings of a record's keys: the English name, and the labels of the forms."""

from __future__ import annotations

from types import MappingProxyType
from typing import Final

from perfeval_docs.diagnostic import msg
from perfeval_docs.record.model import (
    Amounts,
    Defaults,
    Funds,
    Goal,
    Indicator,
    Record,
    Shape,
    Waiver,
)
from perfeval_docs.record.year_words import Coverage, Problem, Rectification, YearWords
from perfeval_docs.source import Keys

SHAPES: Final[tuple[type[Shape], ...]] = (
    Record, Defaults, Funds, Amounts, Goal, Indicator, Waiver,
    YearWords, Coverage, Problem, Rectification,
)  # fmt: skip

# Labels that forms print besides the usual ones.
_ALSO: Final = MappingProxyType(
    {
        "fiscal_year": ("年度",),
        "profile": ("评价口径",),
        "implementing_unit": ("项目单位",),
        "initial_budget": ("年初预算",),
        "adjusted_budget": ("全年预算", "调整后预算数"),
        "executed": ("执行数",),
        "indicator": ("指标名称",),
        "target": ("指标值", "年度目标值"),
        "actual": ("完成值", "全年实际值"),
        "deviation_reason": ("偏差原因", "偏差原因分析及改进措施"),
    }
)


def spellings(shape: type[Shape], key: str) -> tuple[str, ...]:
    """Return the Chinese spellings of a key, the usual one first."""
    title = shape.model_fields[key].title
    if title is None:
        raise ValueError(key)
    return (title, *_ALSO.get(key, ()))


_IN_DEFAULTS: Final = msg("what all records of a folder share may stand in its perfeval.yaml")

KEYS: Final = Keys(
    spellings={
        shape: {key: spellings(shape, key) for key in shape.model_fields} for shape in SHAPES
    },
    hints={Record: dict.fromkeys(Defaults.model_fields, _IN_DEFAULTS)},
)
