"""A profile and records to score, made in code so that scoring is tested without any reading."""

from decimal import Decimal
from typing import Any

from perfeval_docs.profile.model import Profile
from perfeval_docs.record.model import Amounts, Funds, Goal, Indicator, Record


def profile(**decrees: object) -> Profile:
    """Make a profile like Shanghai's; a decree given replaces the value of that name."""
    values: dict[str, Any] = {
        "title": "财政项目支出绩效自评表",
        "year_line": "({year}年度)",
        "funds_labels": {
            "total": "年度资金总额:",
            "appropriation": "其中:当年财政拨款",
            "carryover": "上年结转资金",
            "other_funds": "其他资金",
        },
        "amount_unit": "万元",
        "empty_mark": "-",
        "has_grade_row": True,
        "full_points": "100",
        "execution_points": "10",
        "money_places": "2",
        "points_places": "2",
        "rate_rounding": {"places": "2", "rounding": "down"},
        "score_rounding": {"places": "2", "rounding": "half_up"},
        "grades": (
            {"name": "优", "at_least": "90"},
            {"name": "良", "at_least": "75"},
            {"name": "合格", "at_least": "60"},
            {"name": "不合格", "at_least": "0"},
        ),
        "qualitative": (
            {"words": ("达成指标", "达成"), "attainment": "met", "lowest": "80", "highest": "100"},
            {"words": ("部分达成",), "attainment": "partly", "lowest": "60", "highest": "80"},
            {"words": ("未达成",), "attainment": "unmet", "lowest": "0", "highest": "60"},
        ),
        "reverse_formula": "ratio",
        "level_points": {"产出": "50", "效益": "30", "满意度": "10"},
        "far_over": "130",
        "too_low": "300",
        "low_execution": "90",
        "low_execution_of_full_outputs": "60",
        "adjustment": "10",
        "points_of_one": "30",
        "points_of_one_in_words": "20",
        "year_full_marks": "80",
        "reason_characters": "8",
        "severities": {},
    } | decrees
    data = {name: {"value": value, "basis": "a test"} for name, value in values.items()}
    return Profile.model_validate({"name": "test", **data})


def indicator(
    target: str, actual: str, points: str = "10", declared_score: str | None = None
) -> Indicator:
    """Make an indicator."""
    return Indicator.model_construct(
        indicator="指标",
        target=target,
        actual=actual,
        points=Decimal(points),
        declared_score=None if declared_score is None else Decimal(declared_score),
    )


def amounts(
    initial_budget: str, adjusted_budget: str, executed: str, rate: str | None = None
) -> Amounts:
    """Make a funds row, in 万元."""
    return Amounts.model_construct(
        initial_budget=Decimal(initial_budget),
        adjusted_budget=Decimal(adjusted_budget),
        executed=Decimal(executed),
        declared_execution_rate=None if rate is None else Decimal(rate),
    )


NOTHING = amounts("0.00", "0.00", "0.00")


def funds(
    appropriation: Amounts = NOTHING,
    carryover: Amounts = NOTHING,
    other_funds: Amounts = NOTHING,
    **declared: object,
) -> Funds:
    """Make a funds block."""
    values: dict[str, Any] = {
        "appropriation": appropriation,
        "carryover": carryover,
        "other_funds": other_funds,
    } | declared
    return Funds.model_construct(**values)


def record(*indicators: Indicator, **fields: object) -> Record:
    """Make a record of 29.50 ÷ 29.60 万元 whose indicators stand in two groups."""
    half = len(indicators) // 2
    values: dict[str, Any] = {
        "project": "宣传推广",
        "competent_department": "科学技术委员会",
        "implementing_unit": "管理中心",
        "fiscal_year": 2024,
        "profile": "test",
        "funds": funds(amounts("29.60", "29.60", "29.50")),
        "goal": Goal.model_construct(expected="推广", achieved="推广了"),
        "indicators": {
            "产出指标": {"数量指标": indicators[:half]},
            "效益指标": {"社会效益指标": indicators[half:]},
        },
    } | fields
    return Record.model_construct(**values)
