"""A year's summary as strings: all that its templates can print."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class MoneyView:
    """The three amounts of a sum, and its execution rate in percent (blank without a budget)."""

    initial_budget: str
    adjusted_budget: str
    executed: str
    execution_rate: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ProjectRowView:
    """One row of the table of results; `form` is the file stem of its form."""

    number: str
    unit: str
    project: str
    money: MoneyView
    score: str
    grade: str
    form: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ShareRowView:
    """How many projects have a grade or a rate, their share in percent, and their money."""

    name: str
    projects: str
    share: str
    money: MoneyView


@dataclass(frozen=True, slots=True, kw_only=True)
class LevelRowView:
    """Indicators of a level: set, met and not, the share of those met in percent, scores."""

    level1: str
    level2: str
    set: str
    met: str
    not_met: str
    completion: str
    points: str
    score: str


@dataclass(frozen=True, slots=True, kw_only=True)
class IndicatorRowView:
    """An indicator that is reported apart: missed, deducted, or far over its target."""

    number: str
    unit: str
    project: str
    level: str
    name: str
    target: str
    actual: str
    rate: str
    points: str
    score: str
    reason: str
    measure: str


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitRowView:
    """The projects of one unit."""

    unit: str
    projects: str
    money: MoneyView
    simple_average: str
    weighted_average: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeRowView:
    """A project that stands in both years; differences carry their sign."""

    number: str
    project: str
    executed_before: str
    executed: str
    rate_before: str
    rate: str
    score_before: str
    score: str
    difference: str


@dataclass(frozen=True, slots=True, kw_only=True)
class YearChangeView:
    """This year beside the last; `new` and `ended` are names of projects."""

    year_before: str
    projects_before: str
    money_before: MoneyView
    executed_difference: str
    average_before: str
    average_difference: str
    rows: tuple[ChangeRowView, ...]
    new: tuple[str, ...]
    ended: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CoverageView:
    """How many projects, and their amount."""

    projects: str
    amount: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ProblemView:
    """A problem and its measures, one string a paragraph."""

    problem: tuple[str, ...]
    measure: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RectificationView:
    """How many problems were found, corrected, are being corrected."""

    found: str
    corrected: str
    being_corrected: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WordsView:
    """The year's own words, one string a paragraph; empty where nobody wrote any."""

    scope: tuple[str, ...]
    management_rules: tuple[str, ...]
    working_mechanism: tuple[str, ...]
    on_execution: tuple[str, ...]
    on_attainment: tuple[str, ...]
    use_of_results: tuple[str, ...]
    disclosure: tuple[str, ...]
    problems: tuple[ProblemView, ...]
    targets_set: CoverageView | None
    tracked: CoverageView | None
    rectification: RectificationView | None


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureView:
    """A figure's place in the text: the stem of its file, its caption, its text alternative."""

    name: str
    caption: str
    alternative: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FiguresView:
    """The figures of a summary."""

    grades: FigureView
    rates: FigureView
    scores: FigureView
    levels: FigureView


@dataclass(frozen=True, slots=True, kw_only=True)
class VolumeRowView:
    """A volume of the year: the numbers of its first and last project, how many, their results."""

    number: str
    first: str
    last: str
    projects: str
    money: MoneyView
    simple_average: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SummaryView:
    """A summary as strings.

    Amounts are in `amount_unit`; averages are of total scores, each named by its kind.
    `units` is empty where there is one unit only, `change` None without records of last
    year. `date` is printed as 2025年6月30日, blank where none is given; `volumes` is how many the
    forms stand in, blank where they stand behind the summary, and `volume_rows` what each holds.
    """

    title: str
    department: str
    unit: str
    fiscal_year: str
    date: str
    amount_unit: str
    projects: str
    money: MoneyView
    simple_average: str
    weighted_average: str
    full_points: str
    far_over_limit: str
    rows: tuple[ProjectRowView, ...]
    grades: tuple[ShareRowView, ...]
    bands: tuple[ShareRowView, ...]
    level1s: tuple[LevelRowView, ...]
    level2s: tuple[LevelRowView, ...]
    indicators: LevelRowView
    deducted: tuple[IndicatorRowView, ...]
    far_over: tuple[IndicatorRowView, ...]
    units: tuple[UnitRowView, ...]
    change: YearChangeView | None
    words: WordsView
    figures: FiguresView
    volumes: str
    volume_rows: tuple[VolumeRowView, ...]
