"""A year's figures: every total is the sum of its parts, rates and averages say what they are."""

from collections import Counter
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from perfeval_docs.summary import AnnualSummary, Money, ProjectResult, summarise
from tests.seed import FORMS, SeedForm
from tests.summary.years import MET, SHANGHAI, Written, project


def year(*projects: ProjectResult) -> AnnualSummary:
    return summarise(2024, projects, SHANGHAI)


AMOUNTS = st.decimals(0, 10_000, places=2).map(str)
LEVELS = st.sampled_from(
    [
        ("产出指标", "数量指标"),
        ("产出指标", "质量指标"),
        ("效益指标", "质量指标"),
        ("满意度指标", "满意度"),
    ]
)
RESULTS = st.sampled_from(
    [
        ("≥10(场)", "10(场)", None), ("≥10(场)", "40(场)", None), ("≥10(场)", "7(场)", None),
        ("≤10(天)", "3(天)", None), ("<10(天)", "16(天)", None), ("=10(部)", "11(部)", None),
        ("及时", "达成指标", None), ("及时", "部分达成", "3"), ("及时", "未达成", "0.01"),
        ("及时", "还行", "2"), ("≥10(场)", "10(人)", None),
    ]
)  # fmt: skip
INDICATORS = st.lists(
    st.tuples(LEVELS, RESULTS, st.integers(1, 30)).map(
        lambda each: (*each[0], *each[1][:2], str(each[2]), each[1][2])
    ),
    min_size=1,
    max_size=5,
)
PROJECTS = st.builds(
    project,
    st.sampled_from(["甲", "乙", "丙"]),
    st.sampled_from(["中心", "学院", "馆"]),
    money=st.tuples(AMOUNTS, st.one_of(st.just("0"), AMOUNTS), AMOUNTS),
    indicators=INDICATORS,
)
YEARS = st.lists(PROJECTS, max_size=6)


def money_of(projects: list[ProjectResult]) -> tuple[Decimal, Decimal, Decimal]:
    """Add amounts up as the records have them, in 分."""
    rows = [each.record.funds.appropriation for each in projects]
    cents = [
        sum(int(amount.scaleb(2)) for amount in column)
        for column in (
            [row.initial_budget for row in rows],
            [row.adjusted_budget for row in rows],
            [row.executed for row in rows],
        )
    ]
    one, two, three = (Decimal(each).scaleb(-2) for each in cents)
    return one, two, three


def amounts(money: Money) -> tuple[Decimal, Decimal, Decimal]:
    return money.initial_budget, money.adjusted_budget, money.executed


@given(YEARS)
def test_every_total_is_the_sum_of_its_parts(projects: list[ProjectResult]) -> None:
    summary = year(*projects)
    assert amounts(summary.money) == money_of(projects)
    for parts in (summary.grades, summary.bands, summary.units):
        assert sum(part.projects for part in parts) == len(projects)
        sums = [sum(column) for column in zip(*(amounts(p.money) for p in parts), strict=True)]
        assert [Decimal(each) for each in sums] == list(amounts(summary.money)) or not parts
    written = [
        each
        for project_ in projects
        for groups in project_.record.indicators.values()
        for indicators in groups.values()
        for each in indicators
    ]
    assert [each.assessed.indicator for each in summary.indicators] == written
    for levels in (summary.level1s, summary.level2s):
        assert sum(each.set for each in levels) == len(written)
        assert sum(each.points for each in levels) == sum(each.points for each in written)
        assert all(e.set == e.met + e.partly + e.unmet + e.undetermined for e in levels)
    scores = [each.assessed.score.printed for each in summary.indicators]
    assert sum(each.score for each in summary.level2s) == sum(s for s in scores if s is not None)


@given(YEARS)
def test_a_level_counts_the_indicators_that_stand_in_it(projects: list[ProjectResult]) -> None:
    summary = year(*projects)
    counted = Counter(
        (each.level1, each.level2, each.assessed.attainment) for each in summary.indicators
    )
    for level in summary.level2s:
        assert level.met == counted[level.level1, level.level2, "met"]
        assert level.partly == counted[level.level1, level.level2, "partly"]
        assert level.unmet == counted[level.level1, level.level2, "unmet"]
        assert level.undetermined == counted[level.level1, level.level2, "undetermined"]
    assert len({(each.level1, each.level2) for each in summary.level2s}) == len(summary.level2s)


@given(YEARS)
def test_averages_lie_between_the_scores_and_count_only_those_who_have_one(
    projects: list[ProjectResult],
) -> None:
    summary = year(*projects)
    scored = [
        (each.record.funds.appropriation.adjusted_budget, score)
        for each in projects
        if (score := each.assessment.total_score.printed) is not None
    ]
    scores = [score for _, score in scored]
    if not scored:
        assert summary.simple_average is None
        assert summary.weighted_average is None
        return
    assert summary.simple_average == Fraction(sum(scores)) / len(scores)
    if any(budget for budget, _ in scored):
        assert summary.weighted_average is not None
        assert min(scores) <= summary.weighted_average <= max(scores)
    else:
        assert summary.weighted_average is None


@given(YEARS)
def test_the_lists_of_indicators_are_parts_of_all_and_never_of_each_other(
    projects: list[ProjectResult],
) -> None:
    summary = year(*projects)
    kept = [each for each in summary.indicators if each in summary.deducted]
    assert len(summary.deducted) <= len(summary.indicators)
    assert all(each in kept for each in summary.deducted)
    for each in summary.far_over:
        assert each.assessed.attainment == "met"
        assert each not in summary.deducted
    for each in summary.indicators:
        if each not in summary.deducted:
            assert each.assessed.attainment in {"met", "undetermined"}


@given(YEARS)
def test_what_is_given_is_not_changed_and_gives_the_same_again(
    projects: list[ProjectResult],
) -> None:
    assert year(*projects) == year(*projects)
    assert list(year(*projects).projects) == projects


def test_the_overall_rate_is_of_sums_and_never_the_mean_of_rates() -> None:
    small = project(money=("10.00", "10.00", "10.00"))
    large = project("乙", money=("90.00", "90.00", "45.00"))
    assert year(small, large).money.execution_rate == Fraction(55, 100)


def test_the_rate_is_of_the_adjusted_budget_not_the_initial_one() -> None:
    assert year(project(money=("200.00", "50.00", "40.00"))).money.execution_rate == Fraction(4, 5)


@pytest.mark.parametrize(
    ("executed", "band"),
    [
        ("0.00", 0), ("29.99", 0), ("30.00", 1), ("59.99", 1), ("60.00", 2), ("79.99", 2),
        ("80.00", 3), ("99.99", 3), ("100.00", 4), ("100.01", 4), ("250.00", 4),
    ],
)  # fmt: skip
def test_a_rate_at_an_edge_is_in_the_band_that_begins_there(executed: str, band: int) -> None:
    bands = year(project(money=("100.00", "100.00", executed))).bands
    assert [each.projects for each in bands] == [int(n == band) for n in range(5)]
    limits = [(str(each.lowest), str(each.below)) for each in bands]
    assert limits == [("0", "30"), ("30", "60"), ("60", "80"), ("80", "100"), ("100", "None")]


def test_a_rate_that_prints_as_100_but_is_not_is_below_100() -> None:
    bands = year(project(money=("30000.00", "30000.00", "29999.99"))).bands
    assert [each.projects for each in bands] == [0, 0, 0, 1, 0]


def test_projects_without_a_budget_have_a_band_of_their_own_and_no_weight() -> None:
    without = project(
        "乙",
        money=("5.00", "0.00", "0.00"),
        declared_execution_score="0",
        declared_total_score="80",
    )
    summary = year(project(), without)
    assert [each.projects for each in summary.bands] == [0, 0, 0, 0, 1, 1]
    assert (summary.bands[-1].lowest, summary.bands[-1].below) == (None, None)
    assert summary.bands[-1].money.initial_budget == Decimal(5)
    assert summary.simple_average == 90
    assert summary.weighted_average == 100
    assert year(without).money.execution_rate is None
    assert year(without).simple_average == 80
    assert year(without).weighted_average is None


def test_the_weighted_average_weighs_by_the_adjusted_budget() -> None:
    good = project(money=("90.00", "10.00", "10.00"))
    bad = project("乙", money=("10.00", "90.00", "90.00"), declared_total_score="60")
    summary = year(good, bad)
    assert summary.simple_average == 80
    assert summary.weighted_average == 64


def test_grades_are_in_the_profile_s_order_and_a_declared_one_or_none_comes_after() -> None:
    scores = {"甲": "59.99", "乙": "60", "丙": "74.99", "丁": "75", "戊": "89.99", "己": "90"}
    projects = [project(name, declared_total_score=score) for name, score in scores.items()]
    declared = project("庚", declared_grade="中")
    unknown = project("辛", indicators=[("产出指标", "数量指标", "≥1(场)", "很多", "90", None)])
    counts = year(unknown, *projects, declared).grades
    assert [(each.name, each.projects) for each in counts] == [
        ("优", 1), ("良", 2), ("合格", 2), ("不合格", 1), ("", 1), ("中", 1)
    ]  # fmt: skip
    assert [each.name for each in year(project()).grades] == ["优", "良", "合格", "不合格"]


def test_a_project_without_a_score_is_counted_and_is_part_of_no_average() -> None:
    unknown = project("乙", indicators=[("产出指标", "数量指标", "≥1(场)", "很多", "90", None)])
    summary = year(project(declared_total_score="88"), unknown)
    assert len(summary.projects) == 2
    assert summary.money.adjusted_budget == 200
    assert summary.simple_average == 88
    assert summary.weighted_average == 88


def test_units_are_in_the_order_of_their_first_project() -> None:
    units = year(
        project("甲", "馆", declared_total_score="100"),
        project("乙", "中心", declared_total_score="70"),
        project("丙", "馆", declared_total_score="80", money=("300.00", "300.00", "0.00")),
    ).units
    assert [(each.unit, each.projects) for each in units] == [("馆", 2), ("中心", 1)]
    assert units[0].simple_average == 90
    assert units[0].weighted_average == 85
    assert units[0].money.execution_rate == Fraction(1, 4)
    assert [each.projects for each in units[0].grades] == [1, 1, 0, 0]
    assert [each.projects for each in units[1].grades] == [0, 0, 1, 0]


def test_levels_stand_under_each_other_in_the_order_in_which_they_first_appear() -> None:
    first: list[Written] = [MET, ("效益指标", "社会效益", "及时", "达成", "5", None)]
    second: list[Written] = [
        ("满意度指标", "满意度", "≥90(%)", "80(%)", "9", None),
        ("产出指标", "质量指标", "及时", "部分达成", "10", "7"),
        ("产出指标", "数量指标", "≥1(场)", "很多", "1", None),
    ]
    summary = year(project(indicators=first), project("乙", indicators=second))
    assert [
        f"{e.level1} {e.level2} {e.set}={e.met}+{e.partly}+{e.unmet}+{e.undetermined} "
        f"{e.score:.2f}/{e.points:.2f}"
        for e in summary.level2s
    ] == [
        "产出指标 数量指标 2=1+0+0+1 90.00/91.00",
        "产出指标 质量指标 1=0+1+0+0 7.00/10.00",
        "效益指标 社会效益 1=1+0+0+0 5.00/5.00",
        "满意度指标 满意度 1=0+0+1+0 8.00/9.00",
    ]
    assert [(each.level1, each.level2, each.set) for each in summary.level1s] == [
        ("产出指标", "", 3), ("效益指标", "", 1), ("满意度指标", "", 1)
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("target", "actual", "score", "listed"),
    [
        ("≥10(场)", "9(场)", None, True),
        ("≥10(场)", "10(场)", None, False),
        ("≥10(场)", "10(场)", "89", True),
        ("≤10(天)", "10(天)", None, False),
        ("≤10(天)", "11(天)", None, True),
        ("=10(部)", "11(部)", None, True),
        ("及时", "达成指标", None, False),
        ("及时", "部分达成", "70", True),
        ("及时", "部分达成", "90", True),
        ("及时", "未达成", "0", True),
        ("及时", "还行", "90", False),
        ("及时", "还行", "1", True),
        ("及时", "还行", None, False),
    ],
)
def test_what_was_missed_or_lost_points_is_listed(
    target: str, actual: str, score: str | None, *, listed: bool
) -> None:
    indicators: list[Written] = [("产出指标", "数量指标", target, actual, "90", score)]
    assert bool(year(project(indicators=indicators)).deducted) is listed


@pytest.mark.parametrize(
    ("target", "actual", "listed"),
    [
        ("≥100(人)", "130(人)", True),
        ("≥100(人)", "129.99(人)", False),
        ("≥3(人)", "3.8999999(人)", False),
        ("≥3(人)", "3.9(人)", True),
        (">100(人)", "1(万人)", True),
        ("=100(人)", "200(人)", False),
        ("≤100(天)", "1(天)", False),
        ("≤100(天)", "200(天)", False),
        ("≥0(人)", "9(人)", False),
        ("及时", "达成指标", False),
    ],
)
def test_far_over_begins_at_the_limit_and_is_for_targets_that_were_met(
    target: str, actual: str, *, listed: bool
) -> None:
    indicators: list[Written] = [("产出指标", "数量指标", target, actual, "90", None)]
    summary = year(project(indicators=indicators))
    assert bool(summary.far_over) is listed


def test_a_year_without_projects_has_no_rate_and_no_average() -> None:
    summary = year()
    assert summary.money == Money(
        initial_budget=Decimal(0), adjusted_budget=Decimal(0), executed=Decimal(0)
    )
    assert summary.money.execution_rate is None
    assert (summary.simple_average, summary.weighted_average) == (None, None)
    assert [each.projects for each in summary.grades] == [0] * 4
    assert [each.projects for each in summary.bands] == [0] * 5
    assert (summary.units, summary.level1s, summary.indicators) == ((), (), ())


def published(form: SeedForm) -> ProjectResult:
    """Return a published form as a project; the text does not say which level a row is in."""
    return project(
        form.project,
        form.implementing_unit,
        money=(form.funds[0][1], form.funds[0][2], form.funds[0][3]),
        indicators=[
            ("产出指标", "数量指标", target, actual, points, None)
            for _, target, actual, points, _ in form.indicators
        ],
    )


def test_the_six_published_forms_add_up_to_what_their_text_says() -> None:
    summary = year(*map(published, FORMS))
    printed = [[Decimal(form.funds[0][at]) for form in FORMS] for at in (1, 2, 3)]
    assert amounts(summary.money) == tuple(map(sum, printed))
    assert tuple(map(str, amounts(summary.money))) == ("1550.80", "1550.80", "1547.86")
    totals = [Fraction(form.total[1]) for form in FORMS]
    assert summary.simple_average == sum(totals) / 6 == Fraction("599.87") / 6
    budgets = [Fraction(form.funds[0][2]) for form in FORMS]
    weighted = sum(b * t for b, t in zip(budgets, totals, strict=True)) / sum(budgets)
    assert summary.weighted_average == weighted
    assert {each.name: each.projects for each in summary.grades} == {
        "优": 6, "良": 0, "合格": 0, "不合格": 0
    }  # fmt: skip
    at_100 = sum(form.funds[0][5] == "100.00" for form in FORMS)
    assert (
        [each.projects for each in summary.bands]
        == [0, 0, 0, 6 - at_100, at_100]
        == [0, 0, 0, 4, 2]
    )
    (level,) = summary.level1s
    assert (level.set, level.met, level.points) == (87, 87, Decimal(540))
    assert len(summary.units) == 1
    assert summary.deducted == ()
