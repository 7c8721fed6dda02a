"""The rules over the forms of a year, and their severities."""

from dataclasses import replace

import pytest

from perfeval_docs.rules.year import check_year, year_entry
from tests.rules.cases import DAYS
from tests.rules.forms import GOOD, changed, form_of


def test_a_project_that_stands_twice_in_a_year_is_named_at_the_second() -> None:
    other = form_of(changed(("科普场馆开放", "科技馆改造")))
    found = list(check_year([year_entry(f) for f in (form_of(GOOD), other, form_of(GOOD))]))
    assert [d.name for d in found if d.severity == "error"] == ["project-duplicate"]
    assert list(check_year([year_entry(form_of(GOOD)), year_entry(other)])) == []


def test_a_year_of_full_marks_is_named_and_one_lost_point_is_enough() -> None:
    forms = [year_entry(form_of(changed(("科普场馆开放", f"项目{n}")))) for n in "甲乙丙"]
    assert [d.name for d in check_year(forms)] == ["year-all-full-marks"]
    unmet = year_entry(form_of(changed((DAYS, "actual: 290(天)"))))
    assert list(check_year([*forms, unmet])) == []


def test_a_profile_may_change_the_severity_of_a_rule_of_the_year_and_its_limit() -> None:
    forms = [form_of(changed(("科普场馆开放", f"项目{n}"))) for n in "甲乙丙"]
    entries = [year_entry(form) for form in forms]
    assert [d.severity for d in check_year(entries)] == ["warning"]
    as_remark = [replace(e, decreed={"year-all-full-marks": "info"}) for e in entries]
    assert [d.severity for d in check_year(as_remark)] == ["info"]
    off = [replace(e, decreed={"year-all-full-marks": "off"}) for e in entries]
    assert list(check_year(off)) == []
    one_full = [replace(e, is_full=e is entries[0], lost_points=True) for e in entries]
    assert list(check_year(one_full)) == []
    assert [d.name for d in check_year([replace(e, full_marks=30) for e in one_full])] == [
        "year-all-full-marks"
    ]


@pytest.mark.parametrize(
    ("key", "old", "new", "name", "severity"),
    [
        ("fiscal_year", "fiscal_year: 2024", "fiscal_year: 2023", "fiscal-years-differ", "error"),
        ("profile", "profile: shanghai", "profile: national", "profiles-differ", "warning"),
        ("competent_department", "市科学技术委员会", "市科委", "departments-differ", "warning"),
    ],
)
def test_what_most_forms_of_a_year_share_is_told_of_those_that_differ(
    key: str, old: str, new: str, name: str, severity: str
) -> None:
    usual = [changed(("科普场馆开放", f"项目{n}"), (DAYS, "actual: 290(天)")) for n in "甲乙"]
    odd = [changed(("科普场馆开放", f"项目{n}"), (old, new)) for n in "丙丁"]
    assert list(check_year([year_entry(form_of(text)) for text in usual])) == []
    texts = [odd[0], *usual, usual[0].replace("项目甲", "项目戊")]
    (found,) = check_year([year_entry(form_of(text)) for text in texts])
    assert (found.name, found.severity) == (name, severity)
    assert odd[0].splitlines()[found.span.line - 1].strip().startswith(f"{key}: ")
    # Two that differ alike are one finding, unless each has to be moved.
    texts = [*usual, odd[0], usual[0].replace("项目甲", "项目戊"), odd[1]]
    every = list(check_year([year_entry(form_of(text)) for text in texts]))
    assert [each.name for each in every] == [name] * (2 if key == "fiscal_year" else 1)
