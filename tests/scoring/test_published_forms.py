"""The six published forms print what is computed from their amounts, targets and actuals."""

import pytest

from perfeval_docs.figures import Qualitative, convert, format_figure, parse_actual, parse_target
from perfeval_docs.scoring import Assessment, assess
from tests.scoring.examples import amounts, funds, indicator, profile, record
from tests.seed import FORMS, SeedForm

SHANGHAI = profile()


def assessed(form: SeedForm) -> Assessment:
    rows = [amounts(*row[1:4]) for row in form.funds]
    written = [
        indicator(target, actual, points) for _, target, actual, points, _ in form.indicators
    ]
    return assess(record(*written, funds=funds(*rows[1:])), SHANGHAI)


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.project)
def test_the_funds_rows_come_out_as_printed(form: SeedForm) -> None:
    computed = assessed(form)
    rows = (
        computed.total_funds,
        computed.appropriation,
        computed.carryover,
        computed.other_funds,
    )
    assert len(form.funds) == len(rows)
    for row, printed in zip(rows, form.funds, strict=True):
        figures = (row.amounts.initial_budget, row.amounts.adjusted_budget, row.amounts.executed)
        assert tuple(str(figure) for figure in figures) == printed[1:4]
        assert str(row.execution_rate.computed) == printed[5]
    assert computed.execution_score.computed is not None
    assert format_figure(computed.execution_score.computed, 2) == form.funds[0][6]


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.project)
def test_every_indicator_total_and_grade_come_out_as_printed(form: SeedForm) -> None:
    computed = assessed(form)
    scores = [
        each.score.computed
        for level in computed.levels
        for group in level.groups
        for each in group.indicators
    ]
    assert [str(score) for score in scores] == [row[4] for row in form.indicators]
    assert computed.total_score.computed is not None
    assert format_figure(computed.total_score.computed, 2) == form.total[1]
    assert computed.grade == form.grade


def test_all_87_targets_are_read_as_what_they_are() -> None:
    rows = [row for form in FORMS for row in form.indicators]
    assert len(rows) == 87
    for _, target, actual, _, _ in rows:
        wanted, reached = parse_target(target), parse_actual(actual)
        if isinstance(reached, Qualitative):
            assert reached.text == "达成指标"
            assert wanted == Qualitative(text=target)
        else:
            assert not isinstance(wanted, Qualitative)
            assert convert(reached.number, reached.measure, wanted.measure) is not None
