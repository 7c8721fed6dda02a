"""The arithmetic of a year: counts, money, rates, scores and indicators of all its records."""

from perfeval_docs.summary.changes import compare
from perfeval_docs.summary.compute import RATE_BANDS, money_of, simple_average, summarise
from perfeval_docs.summary.model import (
    AnnualSummary,
    Change,
    Count,
    IndicatorResult,
    LevelResult,
    Money,
    ProjectResult,
    RateBand,
    UnitResult,
    YearChange,
)

__all__ = [
    "RATE_BANDS",
    "AnnualSummary",
    "Change",
    "Count",
    "IndicatorResult",
    "LevelResult",
    "Money",
    "ProjectResult",
    "RateBand",
    "UnitResult",
    "YearChange",
    "compare",
    "money_of",
    "simple_average",
    "summarise",
]
