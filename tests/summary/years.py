"""Projects of a year, read and scored as records are, from the few figures that a test is about."""

from collections.abc import Iterable

from perfeval_docs.profile import Profile, load_profile
from perfeval_docs.record import Record
from perfeval_docs.scoring import assess
from perfeval_docs.summary import ProjectResult

Written = tuple[str, str, str, str, str, str | None]
"""An indicator: level 1, level 2, target, actual, points, and the declared score if any."""

MET: Written = ("产出指标", "数量指标", "≥10(场)", "10(场)", "90", None)


def shanghai() -> Profile:
    """Return the profile that the projects are scored by."""
    profile = load_profile("shanghai").value
    assert profile is not None
    return profile


SHANGHAI = shanghai()


def project(
    name: str = "科普",
    unit: str = "中心",
    *,
    money: tuple[str, str, str] = ("100.00", "100.00", "100.00"),
    indicators: Iterable[Written] = (MET,),
    **declared: str,
) -> ProjectResult:
    """Return a project; `declared` are its own total score, execution score and grade."""
    levels: dict[str, dict[str, list[dict[str, str | None]]]] = {}
    for number, (level1, level2, target, actual, points, score) in enumerate(indicators, 1):
        levels.setdefault(level1, {}).setdefault(level2, []).append(
            {
                "indicator": f"指标{number}", "target": target, "actual": actual,
                "points": points, "declared_score": score,
            }
        )  # fmt: skip
    amounts = dict(zip(("initial_budget", "adjusted_budget", "executed"), money, strict=True))
    execution = {k: declared.pop(k) for k in ("declared_execution_score",) if k in declared}
    record = Record.model_validate(
        {
            "project": name,
            "competent_department": "委员会",
            "implementing_unit": unit,
            "fiscal_year": "2024",
            "profile": "shanghai",
            "funds": {"appropriation": amounts, **execution},
            "goal": {"expected": "办好", "achieved": "办好了"},
            "indicators": levels,
            **declared,
        }
    )
    return ProjectResult(stem=name, record=record, assessment=assess(record, SHANGHAI))
