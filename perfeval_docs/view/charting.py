"""Compose the figures of a summary: bars, what is printed at them, and the same in words."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Final

from perfeval_docs.profile import Profile
from perfeval_docs.summary import AnnualSummary
from perfeval_docs.view.chart import ChartView, SeriesView
from perfeval_docs.view.summarising import Writer, band_name

# More projects than this are counted by score, for a page has no room for their names.
_MOST_NAMED: Final = 20
_SCORES: Final = (0, 60, 70, 80, 90, 95)
_COUNTED: Final = "项目数（个）"


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


def _counts(name: str, title: str, counts: Sequence[tuple[str, int]]) -> ChartView:
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
    title = "各二级指标的设置数和完成数"
    levels = summary.level2s
    series = tuple(
        SeriesView(name=name, values=tuple(map(Decimal, counts)), texts=tuple(map(str, counts)))
        for name, counts in (
            ("设置数", [each.set for each in levels]),
            ("完成数", [each.met for each in levels]),
        )
    )
    told = "，".join(f"{each.level2}设置{each.set}条、完成{each.met}条" for each in levels)
    return ChartView(
        name="levels",
        title=title,
        categories=tuple(each.level2 for each in levels),
        series=series,
        direction="rows",
        alternative=f"条形图：{title}。{told}。",
    )
