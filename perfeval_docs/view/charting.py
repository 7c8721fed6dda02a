"""Compose the figures of a summary: bars, what is printed at them, and the same in words."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Final

from perfeval_docs.profile import Profile
from perfeval_docs.summary import AnnualSummary, LevelResult
from perfeval_docs.view.chart import ChartView, SeriesView
from perfeval_docs.view.summarising import Writer, band_name

# More projects than this are counted by score, for a page has no room for their names.
_MOST_NAMED: Final = 20
_SCORES: Final = (0, 60, 70, 80, 90, 95)
_COUNTED: Final = "项目数（个）"
# A page has room for so many bars, one below the other, of one series and of two.
_MOST_BARS: Final = 40
_MOST_PAIRS: Final = 22
_REST: Final = "其余"


def compose_charts(summary: AnnualSummary, profile: Profile) -> tuple[ChartView, ...]:
    """Return the figures: grades, execution rates, scores, completion by level 2."""
    return (
        _counts(
            "grades",
            "各评分等级的项目数",
            [(each.name or "未评定", each.projects) for each in summary.grades],
        ),
        _counts(
            "rates",
            "各执行率区间的项目数",
            [(band_name(each), each.projects) for each in summary.bands],
        ),
        _scores(summary, profile),
        _levels(summary),
    )


def _counts(name: str, title: str, every: Sequence[tuple[str, int]]) -> ChartView:
    counts = list(every[:_MOST_BARS])
    if len(every) > _MOST_BARS:
        counts[-1] = (_REST, sum(count for _, count in every[_MOST_BARS - 1 :]))
    values = tuple(Decimal(count) for _, count in counts)
    series = SeriesView(name=_COUNTED, values=values, texts=tuple(map(str, values)))
    told = "，".join(f"{category}{count}个" for category, count in counts)
    return ChartView(
        name=name,
        title=title,
        categories=tuple(category for category, _ in counts),
        series=(series,),
        direction="columns",
        alternative=f"柱形图：{title}。{told}。",
    )


def _scores(summary: AnnualSummary, profile: Profile) -> ChartView:
    scored = [
        (each.record.project, score)
        for each in summary.projects
        if (score := each.assessment.total_score.printed) is not None
    ]
    if len(scored) > _MOST_NAMED:
        return _counts("scores", "各得分区间的项目数", _by_score([score for _, score in scored]))
    write = Writer(profile)
    texts = tuple(write.score(score) for _, score in scored)
    told = "，".join(f"{name}{text}分" for (name, _), text in zip(scored, texts, strict=True))
    return ChartView(
        name="scores",
        title="各项目得分",
        categories=tuple(name for name, _ in scored),
        series=(SeriesView(name="得分", values=tuple(s for _, s in scored), texts=texts),),
        direction="rows",
        alternative=f"条形图：各项目得分。{told}。",
    )


def _by_score(scores: Sequence[Decimal]) -> list[tuple[str, int]]:
    counts = []
    for low, high in zip(_SCORES, (*_SCORES[1:], None), strict=True):
        if high is None:
            name = f"{low}分（含）以上"
        else:
            name = f"{high}分以下" if low == 0 else f"{low}分（含）至{high}分"
        inside = [s for s in scores if s >= low and (high is None or s < high)]
        counts.append((name, len(inside)))
    return counts


def _levels(summary: AnnualSummary) -> ChartView:
    by_level2 = len(summary.level2s) <= _MOST_PAIRS
    title = f"各{'二' if by_level2 else '一'}级指标的设置数和完成数"
    counts = _level_counts(summary.level2s if by_level2 else summary.level1s)
    series = tuple(
        SeriesView(name=name, values=tuple(map(Decimal, counts)), texts=tuple(map(str, counts)))
        for name, counts in (
            ("设置数", [each_set for _, each_set, _ in counts]),
            ("完成数", [each_met for _, _, each_met in counts]),
        )
    )
    told = "，".join(f"{level}设置{all_}条、完成{met}条" for level, all_, met in counts)
    return ChartView(
        name="levels",
        title=title,
        categories=tuple(level for level, _, _ in counts),
        series=series,
        direction="rows",
        alternative=f"条形图：{title}。{told}。",
    )


def _level_counts(levels: Sequence[LevelResult]) -> list[tuple[str, int, int]]:
    """Return name, set and met of each level; what a page has no room for is one row."""
    counts = [(each.level2 or each.level1, each.set, each.met) for each in levels]
    if len(counts) <= _MOST_PAIRS:
        return counts
    rest = counts[_MOST_PAIRS - 1 :]
    together = (_REST, sum(each for _, each, _ in rest), sum(each for _, _, each in rest))
    return [*counts[: _MOST_PAIRS - 1], together]
