"""Compose a year's summary: figures rounded by the profile, bands and dates worded."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Final

from perfeval_docs.figures import format_figure, round_figure
from perfeval_docs.profile import Profile
from perfeval_docs.record import Coverage, Problem, Rectification, YearWords
from perfeval_docs.summary import (
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
from perfeval_docs.view.chart import ChartView
from perfeval_docs.view.form import paragraphs
from perfeval_docs.view.summary import (
    ChangeRowView,
    CoverageView,
    FiguresView,
    FigureView,
    IndicatorRowView,
    LevelRowView,
    MoneyView,
    ProblemView,
    ProjectRowView,
    RectificationView,
    ShareRowView,
    SummaryView,
    UnitRowView,
    VolumeRowView,
    WordsView,
    YearChangeView,
)

_WHOLE: Final = Fraction(100)


def compose_summary(
    summary: AnnualSummary,
    change: YearChange | None,
    words: YearWords,
    profile: Profile,
    charts: tuple[ChartView, ...],
    *,
    volumes: tuple[VolumeRowView, ...] = (),
) -> SummaryView:
    """Return a summary as strings; `charts` are those of `compose_charts`, in its order.

    `volumes` are those that the forms stand in, none where they stand behind the summary.
    """
    write = Writer(profile)
    units = dict.fromkeys(each.record.implementing_unit for each in summary.projects)
    several = len(summary.units) > 1
    return SummaryView(
        title=f"{summary.fiscal_year}年度项目支出绩效自评工作总结",
        department=department(summary, words),
        unit="" if several else "、".join(units),
        fiscal_year=str(summary.fiscal_year),
        date=_date(words.date_of_issue),
        amount_unit=profile.amount_unit.value,
        projects=str(len(summary.projects)),
        money=write.money(summary.money),
        simple_average=write.score(summary.simple_average),
        weighted_average=write.score(summary.weighted_average),
        full_points=write.score(profile.full_points.value),
        far_over_limit=write.limit(),
        rows=tuple(write.project(n, each) for n, each in enumerate(summary.projects, 1)),
        grades=tuple(write.grade(each, summary) for each in summary.grades),
        bands=tuple(write.band(each, summary) for each in summary.bands),
        level1s=tuple(map(write.level, summary.level1s)),
        level2s=tuple(map(write.level, summary.level2s)),
        indicators=write.level(_all_levels(summary)),
        deducted=tuple(write.indicator(n, each) for n, each in enumerate(summary.deducted, 1)),
        far_over=tuple(write.indicator(n, each) for n, each in enumerate(summary.far_over, 1)),
        units=tuple(map(write.unit, summary.units)) if several else (),
        change=None if change is None else write.change(summary, change),
        words=_words(words, write),
        figures=FiguresView(
            **{
                each.name: FigureView(
                    name=each.name, caption=each.title, alternative=each.alternative
                )
                for each in charts
            }
        ),
        volumes=str(len(volumes)) if volumes else "",
        volume_rows=volumes,
    )


def department(summary: AnnualSummary, words: YearWords) -> str:
    """Return the department that a year's words name, else those of its records."""
    departments = dict.fromkeys(each.record.competent_department for each in summary.projects)
    return words.competent_department or "、".join(departments)


def share_of(part: int, whole: int) -> str:
    """Return a share in percent with two decimals, half-up; blank where there is no whole."""
    if not whole:
        return ""
    return format_figure(round_figure(_WHOLE * part / whole, 2, "half_up"), 2)


def band_name(band: RateBand) -> str:
    """Return a band of execution rates as tables name it: 30%（含）至60%."""
    if band.lowest is None:
        return "无预算"
    if band.below is None:
        return f"{band.lowest:f}%"
    return (
        f"{band.below:f}%以下" if band.lowest == 0 else f"{band.lowest:f}%（含）至{band.below:f}%"
    )


class Writer:
    """Writes the figures of a summary with the decimals of a profile."""

    def __init__(self, profile: Profile) -> None:
        """Take the profile's decimals."""
        self._profile = profile

    def money(self, money: Money) -> MoneyView:
        """Write a sum and its rate, rounded as the profile rounds rates."""
        how = self._profile.rate_rounding.value
        rate = money.execution_rate
        printed = None if rate is None else round_figure(rate * 100, how.places, how.rounding)
        return self._money(money, "" if printed is None else format_figure(printed, how.places))

    def score(self, value: Fraction | Decimal | None) -> str:
        """Write a score or an average, half-up."""
        places = self._profile.points_places.value
        if value is None:
            return ""
        return format_figure(round_figure(value, places, "half_up"), places)

    def amount(self, value: Decimal) -> str:
        """Write an amount."""
        return format_figure(value, self._profile.money_places.value)

    def project(self, number: int, each: ProjectResult) -> ProjectRowView:
        """Write a row of the table of results, with what the form prints."""
        total = each.assessment.total_funds
        rate = total.execution_rate.printed
        amounts = total.amounts
        money = Money(
            initial_budget=amounts.initial_budget,
            adjusted_budget=amounts.adjusted_budget,
            executed=amounts.executed,
        )
        places = self._profile.rate_rounding.value.places
        return ProjectRowView(
            number=str(number),
            unit=each.record.implementing_unit,
            project=each.record.project,
            money=self._money(money, "" if rate is None else format_figure(rate, places)),
            score=self.score(each.assessment.total_score.printed),
            grade=each.assessment.grade or "",
            form=each.stem,
        )

    def grade(self, each: Count, summary: AnnualSummary) -> ShareRowView:
        """Write a grade's row."""
        return self._share(each.name or "未评定", each.projects, each.money, summary)

    def band(self, each: RateBand, summary: AnnualSummary) -> ShareRowView:
        """Write the row of a band of execution rates."""
        return self._share(band_name(each), each.projects, each.money, summary)

    def level(self, each: LevelResult) -> LevelRowView:
        """Write a level's row."""
        return LevelRowView(
            level1=each.level1,
            level2=each.level2,
            set=str(each.set),
            met=str(each.met),
            not_met=str(each.set - each.met),
            completion=share_of(each.met, each.set),
            points=self.score(each.points),
            score=self.score(each.score),
        )

    def indicator(self, number: int, each: IndicatorResult) -> IndicatorRowView:
        """Write an indicator's row."""
        indicator, rate = each.assessed.indicator, each.assessed.attainment_rate
        return IndicatorRowView(
            number=str(number),
            unit=each.project.record.implementing_unit,
            project=each.project.record.project,
            level=each.level2,
            name=indicator.indicator,
            target=indicator.target,
            actual=indicator.actual,
            rate="" if rate is None else f"{rate:.2f}",
            points=self.score(indicator.points),
            score=self.score(each.assessed.score.printed),
            reason="；".join(paragraphs(indicator.deviation_reason)),
            measure="；".join(paragraphs(indicator.improvement)),
        )

    def unit(self, each: UnitResult) -> UnitRowView:
        """Write a unit's row."""
        return UnitRowView(
            unit=each.unit,
            projects=str(each.projects),
            money=self.money(each.money),
            simple_average=self.score(each.simple_average),
            weighted_average=self.score(each.weighted_average),
        )

    def change(self, now: AnnualSummary, change: YearChange) -> YearChangeView:
        """Write what changed since last year."""
        before = change.before
        return YearChangeView(
            year_before=str(before.fiscal_year),
            projects_before=str(len(before.projects)),
            money_before=self.money(before.money),
            executed_difference=self._signed(now.money.executed - before.money.executed),
            average_before=self.score(before.simple_average),
            average_difference=self._difference(now.simple_average, before.simple_average),
            rows=tuple(row for _, row in self.changes(change)),
            new=tuple(_names(change.new)),
            ended=tuple(_names(change.ended)),
        )

    def changes(
        self, change: YearChange, numbers: Mapping[str, int] | None = None
    ) -> Iterator[tuple[str, ChangeRowView]]:
        """Write the projects that stand in both years, each with the file stem of its form.

        Without `numbers` by file stem they are numbered in their order.
        """
        for place, each in enumerate(change.continued, 1):
            if each.before is not None and each.now is not None:
                stem = each.now.stem
                number = place if numbers is None else numbers[stem]
                yield stem, self._change(number, each.before, each.now)

    def limit(self) -> str:
        """Write from how many percent of its target an indicator is far over it."""
        return f"{self._profile.far_over.value:f}"

    def _change(self, number: int, before: ProjectResult, now: ProjectResult) -> ChangeRowView:
        one, two = self.project(number, before), self.project(number, now)
        scores = (before.assessment.total_score.printed, now.assessment.total_score.printed)
        return ChangeRowView(
            number=str(number),
            project=two.project,
            executed_before=one.money.executed,
            executed=two.money.executed,
            rate_before=one.money.execution_rate,
            rate=two.money.execution_rate,
            score_before=one.score,
            score=two.score,
            difference=self._difference(scores[1], scores[0]),
        )

    def _share(
        self, name: str, projects: int, money: Money, summary: AnnualSummary
    ) -> ShareRowView:
        share = share_of(projects, len(summary.projects))
        return ShareRowView(name=name, projects=str(projects), share=share, money=self.money(money))

    def _money(self, money: Money, rate: str) -> MoneyView:
        return MoneyView(
            initial_budget=self.amount(money.initial_budget),
            adjusted_budget=self.amount(money.adjusted_budget),
            executed=self.amount(money.executed),
            execution_rate=rate,
        )

    def _signed(self, value: Decimal) -> str:
        return f"+{self.amount(value)}" if value > 0 else self.amount(value)

    def _difference(self, now: Fraction | Decimal | None, before: Fraction | Decimal | None) -> str:
        """Write the difference of two printed scores, so that a reader who subtracts agrees."""
        if now is None or before is None:
            return ""
        value = Decimal(self.score(now)) - Decimal(self.score(before))
        return f"+{value}" if value > 0 else str(value)


def _all_levels(summary: AnnualSummary) -> LevelResult:
    every = summary.level1s
    return LevelResult(
        level1="合计",
        level2="",
        set=sum(each.set for each in every),
        met=sum(each.met for each in every),
        partly=sum(each.partly for each in every),
        unmet=sum(each.unmet for each in every),
        undetermined=sum(each.undetermined for each in every),
        points=sum((each.points for each in every), Decimal(0)),
        score=sum((each.score for each in every), Decimal(0)),
    )


def _names(changes: tuple[Change, ...]) -> list[str]:
    projects = (each.now or each.before for each in changes)
    return [each.record.project for each in projects if each is not None]


def _date(value: date | None) -> str:
    return "" if value is None else f"{value.year}年{value.month}月{value.day}日"


def _words(words: YearWords, write: Writer) -> WordsView:
    return WordsView(
        scope=paragraphs(words.scope),
        management_rules=paragraphs(words.management_rules),
        working_mechanism=paragraphs(words.working_mechanism),
        on_execution=paragraphs(words.on_execution),
        on_attainment=paragraphs(words.on_attainment),
        use_of_results=paragraphs(words.use_of_results),
        disclosure=paragraphs(words.disclosure),
        problems=tuple(map(_problem, words.problems)),
        targets_set=_coverage(words.targets_set, write),
        tracked=_coverage(words.tracked, write),
        rectification=_rectification(words.rectification),
    )


def _problem(each: Problem) -> ProblemView:
    return ProblemView(problem=paragraphs(each.problem), measure=paragraphs(each.measure))


def _coverage(each: Coverage | None, write: Writer) -> CoverageView | None:
    if each is None:
        return None
    return CoverageView(projects=str(each.projects), amount=write.amount(each.amount))


def _rectification(each: Rectification | None) -> RectificationView | None:
    if each is None:
        return None
    return RectificationView(
        found=str(each.found),
        corrected=str(each.corrected),
        being_corrected=str(each.being_corrected),
    )
