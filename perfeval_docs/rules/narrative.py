"""Rules that hold a text beside the table: its numbers, and what it says was not done."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Final

from perfeval_docs.diagnostic import msg
from perfeval_docs.figures import (
    Measured,
    Quantified,
    convert,
    parse_actual,
    parse_target,
    round_figure,
)
from perfeval_docs.rules.model import Entry, Finding, Form

_CLAUSE: Final = re.compile(r"[,，;；。\n()（）]")
# A measure that a number of a text can have; longer ones first.
_UNIT: Final = (
    "人次|台套|毫秒|分钟|小时|公里|平方米|[个项次场篇人家件条部套台根天户名辆级期份册课所支秒元%]"
)
_NUMBER: Final = re.compile(
    rf"(?P<before>超过|超|不少于|不低于|近|约|至少)?(?<![第\d.])(?P<number>\d{{1,12}}(?:\.\d{{1,6}})?)"
    rf"(?P<about>[多余])?\s*(?P<unit>[百千万亿]{{0,2}}(?:{_UNIT}))(?P<after>多|余|以上)?"
)
# Before a number, or before the name: it is another year's, a part, an increase, a plan.
_OF_OTHERS: Final = "上年|去年|上半年|下半年|季度|目标|计划|其中"
_PARTLY: Final = re.compile(_OF_OTHERS)
_ELSE: Final = re.compile(f"比|较|增|减|提高|{_OF_OTHERS}")
_SUFFIX: Final = re.compile("(?:次数|数量|人数|总数|总量|人次|数|量|情况|完成率)$")
_NEAR: Final = 12
_SHORTEST: Final = 3
# 无延期 and 未完成任务为0 deny the word; 取消收费 is no failure.
_UNDONE: Final = re.compile(
    "(?<!无)(?<!没有)(?<!避免)(?<!杜绝)(?<!不存在)(?<!未发生)(?<!未出现)"
    "(?:未启动|未开展|未完成(?![^\\d]{0,6}为(?:0(?![.\\d])|零(?!星)))|未实施|未达到|未能|尚未|暂停|延期|推迟"
    "|取消(?!了?(?:门票|收费|收取|费用|报名费|押金|限制|限购|预约|审批|证明|手续|门槛|排队)))"
)
_OF_NOTHING: Final = frozenset(
    {"年度", "工作", "完成", "开展", "项目", "部分", "全年", "情况", "数量", "组织", "进行", "举办"}
)
_QUANTIFIED_GOAL: Final = re.compile(
    r"(?P<what>[\u4e00-\u9fff]{2,12}?)(?:不少于|不低于|少于|低于|不超过|超过|超|达到|达)"
    rf"\s*(?P<number>\d{{1,12}}(?:\.\d{{1,6}})?)\s*(?P<unit>[百千万亿]{{0,2}}(?:{_UNIT}))"
)


@dataclass(frozen=True, slots=True)
class _Said:
    """A number of the text, its measure, and the words that it stands in."""

    number: Decimal
    measure: str
    words: str


def narrative_number_differs(form: Form) -> Iterator[Finding]:
    """A number of the text that speaks of an indicator is not its actual.

    Precise before eager: the text names the indicator, the one number that stands close behind
    converts to the actual's unit, no word between says that it is another year's, a part, an
    increase or a plan, and neither rounds to the other at its printed place.
    """
    achieved = form.record.goal.achieved
    clauses = _CLAUSE.split(achieved)
    for entry in form.entries:
        if _called(entry) not in achieved:
            continue
        actual = parse_actual(entry.indicator.actual)
        if not isinstance(actual, Measured):
            continue
        said = [s for s in _said_of(entry, clauses) if _converts(s, actual)]
        if len(said) == 1 and not _agrees(said[0], actual):
            yield Finding(
                ("goal", "achieved"),
                msg(
                    "the text says “{words}”, the table {actual} for {name}",
                    words=said[0].words,
                    actual=entry.indicator.actual,
                    name=entry.name,
                ),
                msg("correct the one that is wrong"),
                other=(entry.at("actual"), msg("the actual is here")),
                words=said[0].words,
            )


def narrative_undone(form: Form) -> Iterator[Finding]:
    """The text says that something was not done, and no indicator answers for it."""
    for clause in map(str.strip, _CLAUSE.split(form.record.goal.achieved)):
        if _UNDONE.search(clause) and not _is_answered(clause, form):
            yield Finding(
                ("goal", "achieved"),
                msg(
                    "the text says “{words}”, and no indicator records a deviation of that",
                    words=clause,
                ),
                msg("record the deviation at its indicator, or word the text otherwise"),
                words=clause,
            )
            return


def goal_uncovered(form: Form) -> Iterator[Finding]:
    """A goal with a number has no indicator."""
    targets = [(entry.name, parse_target(entry.indicator.target)) for entry in form.entries]
    measured = [(name, each) for name, each in targets if isinstance(each, Quantified)]
    for match in _QUANTIFIED_GOAL.finditer(form.record.goal.expected):
        number, unit, what = Decimal(match["number"]), match["unit"], match["what"]
        pairs = {what[n : n + 2] for n in range(len(what) - 1)}
        if not any(_covers(name, each, pairs, number, unit) for name, each in measured):
            yield Finding(
                ("goal", "expected"),
                msg("no indicator measures the goal “{words}”", words=match[0]),
                msg(
                    "add an indicator if the approved targets have one; otherwise say in the "
                    "achieved text what became of it, and waive this with a reason"
                ),
                words=match[0],
            )


def _is_answered(clause: str, form: Form) -> bool:
    """Tell whether a deviation is recorded that can be the one a clause speaks of.

    It shares words with the clause; or the clause speaks of no indicator by its name, and a
    target was missed.
    """
    pairs = _pairs(_UNDONE.sub(" ", clause))
    explained = [entry for entry in form.entries if entry.deviation or entry.measure]
    if any(pairs & _pairs(f"{e.name} {e.deviation} {e.measure}") for e in explained):
        return True
    is_named = any(pairs & _pairs(entry.name) for entry in form.entries)
    return not is_named and any(entry.is_missed for entry in explained)


def _pairs(text: str) -> set[str]:
    """Return the neighbouring characters of a text that may tell what it is about."""
    return {
        text[n : n + 2] for n in range(len(text) - 1) if text[n : n + 2].isalpha()
    } - _OF_NOTHING


def _said_of(entry: Entry, clauses: list[str]) -> Iterator[_Said]:
    key = _called(entry)
    for clause in clauses:
        at = clause.find(key)
        if at < 0 or _PARTLY.search(clause, 0, at):
            continue
        behind = clause[at + len(key) :]
        for match in _NUMBER.finditer(behind):
            vague = match["before"] or match["about"] or match["after"]
            is_else = vague or _ELSE.search(behind, 0, match.start())
            if match.start() <= _NEAR and not is_else:
                words = clause[at : at + len(key) + match.end()]
                yield _Said(Decimal(match["number"]), match["unit"], words)


def _called(entry: Entry) -> str:
    """Return what a text calls an indicator: its name, without what kind of figure it is."""
    name = _SUFFIX.sub("", entry.name)
    return entry.name if len(name) < _SHORTEST else name


def _converts(said: _Said, actual: Measured) -> bool:
    return convert(said.number, said.measure, actual.measure) is not None


def _agrees(said: _Said, actual: Measured) -> bool:
    to_table = convert(said.number, said.measure, actual.measure)
    to_text = convert(actual.number, actual.measure, said.measure)
    return _rounds_to(to_table, actual.number) or _rounds_to(to_text, said.number)


def _rounds_to(value: Fraction | None, printed: Decimal) -> bool:
    if value is None:
        return False
    places = max(0, -int(printed.as_tuple().exponent))
    return printed in (round_figure(value, places, "half_up"), round_figure(value, places, "down"))


def _covers(name: str, target: Quantified, pairs: set[str], number: Decimal, unit: str) -> bool:
    """Tell whether an indicator measures a goal, which shares its number or a pair of signs."""
    converted = convert(number, unit, target.measure)
    if converted is None or converted == target.number:
        return converted is not None
    return any(pair in name for pair in pairs)
