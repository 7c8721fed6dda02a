"""A rule about the names of levels: units choose them, so only a slip of the hand is found."""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import get_close_matches
from typing import Final

from perfeval_docs.diagnostic import msg
from perfeval_docs.rules.model import Finding, Form, Path

# What forms call levels, the word 指标 left out.
_FIRST: Final = ("产出", "效益", "满意度", "成本", "效果", "影响", "影响力")
_SECOND: Final = (
    "数量", "质量", "时效", "时效性", "成本", "经济成本", "社会成本", "生态环境成本",
    "经济效益", "社会效益", "生态效益", "环境效益", "生态环境效益",
    "经济效果", "社会效果", "生态效果", "社会影响", "可持续", "可持续影响", "可持续性影响",
    "可持续发展", "满意度", "服务对象满意度", "服务对象满意率", "社会公众满意度", "受益对象满意度",
)  # fmt: skip
_WORD: Final = "指标"
# Endings that look like 指标 and are words of their own.
_WORDS: Final = ("目标", "指数")
_NUMBERING: Final = re.compile(
    r"^[（(]?(?:[一二三四五六七八九十]+|\d+)[）)、.．]\s*|\s*[（(][^（）()]*[）)]$"
)
_NEARLY: Final = 0.75
_ALIKE: Final = 0.85


def level_name_unusual(form: Form) -> Iterator[Finding]:
    """A level has nearly the name of a usual one."""
    for path, usual in _levels(form):
        name = str(path[-1])
        near = _meant(name, usual)
        if near is not None:
            yield Finding(
                path,
                msg("{name} is no usual name of a level", name=name),
                msg("did you mean {near}?", near=near),
            )


def _levels(form: Form) -> Iterator[tuple[Path, tuple[str, ...]]]:
    for one in form.assessment.levels:
        yield ("indicators", one.name), _FIRST
        for two in one.groups:
            yield ("indicators", one.name, two.name), _SECOND


def _meant(name: str, usual: tuple[str, ...]) -> str | None:
    """Return the usual name that a name is a slip of, None for one that may be meant."""
    bare = _NUMBERING.sub("", name.strip())
    stem = bare.removesuffix(_WORD)
    if {stem, bare} & {*_FIRST, *_SECOND}:
        return None
    for each in usual:
        if bare.startswith(each) and _is_slip_of_word(bare[len(each) :]):
            return each + _WORD
    # With a qualifier, as in 教育质量指标, it is a name of its own.
    others = [each for each in usual if not stem.endswith(each)]
    is_qualified = len(others) < len(usual)
    near = get_close_matches(stem, others, n=1, cutoff=_ALIKE if is_qualified else _NEARLY)
    return near[0] + _WORD if near else None


def _is_slip_of_word(ending: str) -> bool:
    return 0 < len(ending) <= len(_WORD) and bool(set(ending) & set(_WORD)) and ending not in _WORDS
