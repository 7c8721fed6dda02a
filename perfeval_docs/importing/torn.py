"""What a page tore apart, and whether two pieces of it go together."""

from __future__ import annotations

from typing import Final

from perfeval_docs.importing.sheet import MAX_CELL

KNOWN_LEVELS: Final = frozenset(
    {
        "产出指标", "效益指标", "满意度指标", "成本指标", "数量指标", "质量指标", "时效指标",
        "经济效益指标", "社会效益指标", "生态效益指标", "可持续影响指标", "服务对象满意度指标",
        "经济成本指标", "社会成本指标", "生态环境成本指标",
    }
)  # fmt: skip


def is_open(text: str, more: str) -> bool:
    """Tell whether a text ends inside brackets, and can go on with more."""
    if len(text) + len(more) > MAX_CELL:
        return False
    return text.count("(") + text.count("（") > text.count(")") + text.count("）")


def joined(before: str, more: str) -> str | None:
    """Return a level's name with what a page tore off it; None if the two make no known name."""
    for overlap in (0, 1, 2):
        if before[len(before) - overlap :] == more[:overlap]:
            whole = before + more[overlap:]
            if whole in KNOWN_LEVELS:
                return whole
    return None
