"""This year beside the last: projects are paired by name and unit, and none is lost."""

from hypothesis import given
from hypothesis import strategies as st

from perfeval_docs.summary import AnnualSummary, ProjectResult, compare, summarise
from tests.summary.years import SHANGHAI, project

PROJECTS = st.lists(
    st.builds(
        project,
        st.sampled_from(["甲", "乙", "丙"]),
        st.sampled_from(["中心", "馆"]),
        money=st.tuples(st.just("1.00"), st.just("1.00"), st.sampled_from(["0.50", "1.00"])),
    ),
    max_size=6,
)


def year(number: int, *projects: ProjectResult) -> AnnualSummary:
    return summarise(number, projects, SHANGHAI)


def key(each: ProjectResult) -> tuple[str, str]:
    return each.record.project, each.record.implementing_unit


def test_projects_continue_begin_and_end() -> None:
    before = year(2023, project("甲"), project("乙"), project("丙", "馆"))
    now = year(2024, project("丁"), project("丙", "馆"), project("甲"))
    change = compare(now, before)
    assert change.before is before
    assert [(e.now, e.before) for e in change.continued] == [
        (now.projects[1], before.projects[2]), (now.projects[2], before.projects[0])
    ]  # fmt: skip
    assert [(each.now, each.before) for each in change.new] == [(now.projects[0], None)]
    assert [(each.now, each.before) for each in change.ended] == [(None, before.projects[1])]


def test_the_same_name_at_another_unit_is_another_project() -> None:
    change = compare(year(2024, project("甲", "馆")), year(2023, project("甲", "中心")))
    assert (len(change.continued), len(change.new), len(change.ended)) == (0, 1, 1)


def test_of_several_with_the_same_name_the_first_goes_with_the_first() -> None:
    before = year(2023, project("甲"), project("甲", money=("2.00", "2.00", "2.00")))
    now = year(2024, project("甲"))
    change = compare(now, before)
    assert [each.before for each in change.continued] == [before.projects[0]]
    assert [each.before for each in change.ended] == [before.projects[1]]


@given(PROJECTS, PROJECTS)
def test_every_project_of_either_year_is_there_once(
    current: list[ProjectResult], earlier: list[ProjectResult]
) -> None:
    change = compare(year(2024, *current), year(2023, *earlier))
    every = (*change.continued, *change.new, *change.ended)
    of_now = [each.now for each in every if each.now is not None]
    of_before = [each.before for each in every if each.before is not None]
    assert sorted(map(id, of_now)) == sorted(map(id, current))
    assert sorted(map(id, of_before)) == sorted(map(id, earlier))
    for each in change.continued:
        assert each.now is not None
        assert each.before is not None
        assert key(each.now) == key(each.before)
    assert {key(e.now) for e in change.new if e.now}.isdisjoint(
        key(e.before) for e in change.ended if e.before
    )


@given(PROJECTS, PROJECTS)
def test_each_part_is_in_the_order_of_its_year(
    current: list[ProjectResult], earlier: list[ProjectResult]
) -> None:
    change = compare(year(2024, *current), year(2023, *earlier))
    order = {id(each): number for number, each in enumerate((*current, *earlier))}
    for part in (change.continued, change.new):
        numbers = [order[id(each.now)] for each in part]
        assert numbers == sorted(numbers)
    ended = [order[id(each.before)] for each in change.ended]
    assert ended == sorted(ended)
