"""What a site says, before it is a page."""

from html import unescape

import pytest

from perfeval_docs.i18n import LANGUAGES
from perfeval_docs.site import render_site
from perfeval_docs.view.site import IndicatorRowView, SiteView
from tests.site.years import site_of
from tests.summary.years import MET, Written, project

MISSED: Written = ("产出指标", "质量指标", "≥90(%)", "80(%)", "5", None)
PARTLY: Written = ("效益指标", "社会效益指标", "显著", "部分达成指标", "5", "3")


def indicators(site: SiteView) -> list[IndicatorRowView]:
    return [row for group in site.projects[0].groups for row in group]


def test_a_row_of_the_index_says_what_the_table_of_results_prints() -> None:
    site = site_of([project("甲", "中心", money=("10.00", "20.00", "15.00"))])
    assert [column.name for column in site.columns] == [
        "number", "project", "unit", "initial", "adjusted", "executed", "rate", "missed", "score",
        "grade",
    ]  # fmt: skip
    (row,) = site.rows
    assert row.texts == (
        "1", "甲", "中心", "10.00", "20.00", "15.00", "75.00", "0", "97.50", "优"
    )  # fmt: skip


def test_a_target_is_met_missed_or_partly_met_in_words_and_by_a_sign() -> None:
    rows = indicators(site_of([project(indicators=(MET, MISSED, PARTLY))]))
    assert [(row.state, row.sign, row.attainment) for row in rows] == [
        ("met", "✓", "完成"),
        ("unmet", "✗", "未完成"),
        ("partly", "△", "部分完成"),
    ]


def test_a_head_stands_in_the_first_row_that_it_heads() -> None:
    rows = indicators(site_of([project(indicators=(MET, MET, MISSED, PARTLY))]))
    level1s = [row.level1 and (row.level1.name, row.level1.span) for row in rows]
    level2s = [row.level2 and (row.level2.name, row.level2.span) for row in rows]
    assert level1s == [("产出指标", "3"), None, None, ("效益指标", "1")]
    assert level2s == [("数量指标", "2"), None, ("质量指标", "1"), ("社会效益指标", "1")]
    assert [row.under for row in rows] == [
        "a1 a1-1 a1-1-1", "a1 a1-1 a1-1-2", "a1 a1-2 a1-2-1", "a2 a2-1 a2-1-1"
    ]  # fmt: skip


def test_the_words_of_a_page_are_in_its_language_and_the_data_is_chinese() -> None:
    zh, en = (site_of([project("甲", "中心")], language) for language in ("zh", "en"))
    assert (zh.words["search"], en.words["search"]) == (
        "搜索项目和单位",
        "Search projects and units",
    )
    assert zh.rows == en.rows
    assert (zh.projects[0].funds.rows[0][0], en.projects[0].funds.rows[0][0]) == (
        "年度资金总额:", "Total funds of the year"
    )  # fmt: skip
    assert en.amount_unit == "Amounts in 10,000 yuan (万元)"


def test_every_word_of_the_pages_is_printed_on_one() -> None:
    site = site_of([project()], "en")
    printed = "".join(page.decode() for _, page in render_site(site))
    assert [word for word in site.words.values() if word not in unescape(printed)] == []


def test_bars_are_as_long_as_their_share_of_the_longest() -> None:
    given = (("95", "优"), ("95", "优"), ("80", "良"))
    scored = [
        project(f"项目{number}", declared_total_score=score, declared_grade=grade)
        for number, (score, grade) in enumerate(given)
    ]
    grades = site_of(scored).summary.charts[0]
    assert [(bar.label, bar.text, bar.length) for bar in grades.bars][:3] == [
        ("优", "2", "100.0"), ("良", "1", "50.0"), ("合格", "0", "0.0")
    ]  # fmt: skip


def test_the_part_of_a_bar_is_what_was_met() -> None:
    levels = site_of([project(indicators=(MET, MISSED, PARTLY))]).summary.charts[2]
    assert [(bar.label, bar.text, bar.length, bar.part) for bar in levels.bars] == [
        ("产出指标", "1 / 2", "100.0", "50.0"), ("效益指标", "0 / 1", "50.0", "0.0")
    ]  # fmt: skip


def test_units_and_grades_to_narrow_by_are_those_that_there_are() -> None:
    site = site_of([project("甲", "乙中心"), project("丙", "甲中心"), project("丁", "乙中心")])
    assert site.units == ("乙中心", "甲中心")
    assert site.grades == ("优",)


@pytest.mark.parametrize("language", LANGUAGES)
def test_bands_of_rates_are_named_in_the_language_of_the_page(language: str) -> None:
    bands = site_of([project()], language).summary.charts[1].bars
    assert (bands[0].label, bands[1].label, bands[-1].label) == {
        "zh": ("30%以下", "30%（含）至60%", "100%及以上"),
        "en": ("under 30%", "30% to under 60%", "100% or more"),
    }[language]


def test_addresses_hold_no_sign_that_an_address_gives_a_meaning() -> None:
    (made,) = (project("甲"),)
    named = type(made)(stem="a b#?%&\"'<:年", record=made.record, assessment=made.assessment)
    site = site_of([named])
    assert site.rows[0].page == "projects/a%20b%23%3F%25%26%22%27%3C%3A%E5%B9%B4.html"
    assert site.rows[0].pdf == "reports/a%20b%23%3F%25%26%22%27%3C%3A%E5%B9%B4.pdf"
