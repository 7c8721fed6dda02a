"""Rules about indicators: what is asked for, in which words, under which level."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from difflib import SequenceMatcher
from itertools import combinations
from typing import Final

from perfeval_docs.diagnostic import msg
from perfeval_docs.figures import (
    Qualitative,
    Quantified,
    parse_actual,
    parse_target,
)
from perfeval_docs.rules.measures import COMPARATORS
from perfeval_docs.rules.model import Entry, Finding, Form

_VAGUE: Final = re.compile(
    "(?:持续|不断|进一步|更加|较|更|很)?"
    "(?:完善|健全|及时|良好|有效|显著|明显|提高|提升|增强|改善|优|好|安全|稳定|高效|合格)"
    "(?:更新|完成|提高|提升|增强|改善)?"
)
_SEPARATOR: Final = re.compile("[、,，;；和与 ]+")
_PEOPLE_OR_TIMES: Final = frozenset({"人", "人次", "场", "场次", "次", "篇"})
_ON_TIME: Final = re.compile("及时|按时|准时|按期")
_OF_TIME: Final = re.compile("及时|按时|准时|按期|时间|时限|时效|响应|周期|进度|期限")
_PAYMENT: Final = re.compile("(?:资金|预算|经费).{0,4}(?:到位|支付|拨付|执行|使用)率?$|^支付率$")
# What tells parts of a whole apart: 上半年, 第一批, a year, 线上 and 线下.
_PART: Final = re.compile(
    r"[上下]半年|[一二三四五六七八九十]+(?:季|期|批|次|届|轮|月)|\d+|线[上下]|[国境室校院][内外]"
    r"|[国省市区县镇]级|[新改扩]建"
)
_NEARLY: Final = 0.92
_LONG: Final = 8


def qualitative_word_unknown(form: Form) -> Iterator[Finding]:
    """A judgement is not one of the profile's words."""
    for entry in form.entries:
        actual = parse_actual(entry.indicator.actual)
        if not isinstance(actual, Qualitative) or entry.assessed.score.declared is None:
            continue
        if form.profile.band_of(actual.text) is None and not actual.text.startswith(
            tuple(COMPARATORS)
        ):
            yield Finding(
                entry.at("actual"),
                msg("“{word}” is not one of the words for a judgement", word=actual.text[:30]),
                msg("write one of {words}", words=form.profile.qualitative_words),
                form.profile.qualitative.basis,
            )


def qualitative_vague(form: Form) -> Iterator[Finding]:
    """A target is one that nobody can observe."""
    for entry in form.entries:
        target = parse_target(entry.indicator.target)
        if isinstance(target, Qualitative):
            parts = [part for part in _SEPARATOR.split(target.text) if part]
            if parts and all(_VAGUE.fullmatch(part) for part in parts):
                yield Finding(
                    entry.at("target"),
                    msg(
                        "the target “{target}” of {name} names nothing that can be observed",
                        target=target.text,
                        name=entry.name,
                    ),
                    msg("say by what one would see it: a date, a number, a document"),
                )


def far_over_target(form: Form) -> Iterator[Finding]:
    """A positive target is far surpassed, without a remark."""
    limit = form.profile.far_over
    for entry in _surpassed(form):
        rate = entry.assessed.attainment_rate
        if rate is not None and rate >= limit.value and not entry.deviation:
            yield Finding(
                entry.at("actual"),
                msg(
                    "{name}: {actual} is {rate} % of the target {target}, and no remark says why",
                    name=entry.name,
                    actual=entry.indicator.actual,
                    rate=str(rate),
                    target=entry.indicator.target,
                ),
                msg("say under `deviation_reason` (偏差原因分析) why so much more was reached"),
                limit.basis,
            )


def target_too_low(form: Form) -> Iterator[Finding]:
    """A target is surpassed so far that it seems to have been set too low."""
    limit = form.profile.too_low
    for entry in _surpassed(form):
        rate = entry.assessed.attainment_rate
        if rate is not None and rate >= limit.value:
            yield Finding(
                entry.at("target"),
                msg(
                    "{name}: the target {target} seems too low for {actual}, {rate} % of it",
                    name=entry.name,
                    target=entry.indicator.target,
                    actual=entry.indicator.actual,
                    rate=str(rate),
                ),
                msg(
                    "check the unit and the decimals; if they are right, waive it with a reason, "
                    "and set next year's target by what was reached"
                ),
                limit.basis,
            )


def level2_misfit(form: Form) -> Iterator[Finding]:
    """An indicator stands under a level that is about something else."""
    for entry in form.entries:
        if "产出" in entry.level1 and (fitting := _fitting_level(entry)):
            yield Finding(
                entry.at("indicator"),
                msg(
                    "{name} ({target}) stands under {level}, and looks like one of {fitting}",
                    name=entry.name,
                    target=entry.indicator.target,
                    level=entry.level2,
                    fitting=fitting,
                ),
                msg("move it, or word it so that it fits"),
            )


def payment_as_output(form: Form) -> Iterator[Finding]:
    """Spending money is counted as an output."""
    for entry in form.entries:
        if "产出" in entry.level1 and _PAYMENT.search(entry.name):
            yield Finding(
                entry.at("indicator"),
                msg("{name} is no output: the execution rate scores it already", name=entry.name),
                msg("put what was done with the money in its place"),
            )


def indicator_duplicate(form: Form) -> Iterator[Finding]:
    """An indicator stands twice, or nearly so."""
    names = [(entry, _bare(entry.name)) for entry in form.entries]
    for (one, first), (two, second) in combinations(names, 2):
        if first == second or _is_nearly(first, second):
            yield Finding(
                two.at("indicator"),
                msg("{name} stands twice, or nearly so", name=two.name),
                msg("keep one, or say in the names how they differ"),
                other=(one.at("indicator"), msg("the other is here: {name}", name=one.name)),
            )


def evidence_missing(form: Form) -> Iterator[Finding]:
    """An actual refers to no evidence."""
    for entry in form.entries:
        if not entry.indicator.evidence:
            yield Finding(
                entry.at("actual"),
                msg("{name} refers to no evidence of its actual", name=entry.name),
                msg("name it under `evidence` (佐证材料): a report, a list, a photograph"),
            )


def _is_nearly(first: str, second: str) -> bool:
    if min(len(first), len(second)) < _LONG:
        return False
    # Each bound costs less than the next, and the ratio is above none of them.
    enough = _NEARLY * (len(first) + len(second)) / 2
    if min(len(first), len(second)) < enough or sum(map(second.count, set(first))) < enough:
        return False
    pair = SequenceMatcher(None, first, second, autojunk=False)
    is_nearly = pair.quick_ratio() >= _NEARLY and pair.ratio() >= _NEARLY
    return is_nearly and _PART.findall(first) == _PART.findall(second)


def _surpassed(form: Form) -> Iterator[Entry]:
    for entry in form.entries:
        target = parse_target(entry.indicator.target)
        if isinstance(target, Quantified) and target.comparator in ("≥", ">"):
            yield entry


def _fitting_level(entry: Entry) -> str:
    target = parse_target(entry.indicator.target)
    measure = target.measure if isinstance(target, Quantified) else ""
    words = entry.name + (target.text if isinstance(target, Qualitative) else "")
    if "时效" not in entry.level2 and _ON_TIME.search(words):
        return "时效指标"
    if "时效" in entry.level2:
        return "质量指标" if measure == "%" and not _OF_TIME.search(words) else ""
    if "数量" in entry.level2 and measure == "%":
        return "质量指标"
    if "质量" in entry.level2 and isinstance(target, Quantified):
        counts = measure in _PEOPLE_OR_TIMES and target.comparator not in ("≤", "<")
        return "数量指标" if counts else ""
    return ""


def _bare(name: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFKC", name) if c.isalnum())
