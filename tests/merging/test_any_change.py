"""Whatever somebody changed in a form, and however its record is laid out: it takes that over."""

import random
from collections import Counter

from hypothesis import assume, given
from hypothesis import strategies as st

from perfeval_docs.editing.remarks import comments_of
from perfeval_docs.importing import Cells, Where
from perfeval_docs.source import read_source
from tests.editing.layouts import Tree, Writer
from tests.merging.changes import TREES, Editor, is_reckoned, printed_by, printed_of, said, taken

CHANCE = st.integers(0, 2**32).map(random.Random)


@given(st.sampled_from(TREES), CHANCE)
def test_a_form_that_nobody_changed_changes_nothing(tree: Tree, chance: random.Random) -> None:
    record = Writer(chance).file(tree)
    source = read_source(record, "r.yaml")
    assume(not source.diagnostics)
    found = taken(tree, record, printed_of(tree))
    assert (found.after, found.conflicts, found.unclear) == (source.text, (), ())


@given(st.sampled_from(TREES), CHANCE)
def test_a_record_prints_the_form_that_was_edited_and_keeps_its_comments(
    tree: Tree, chance: random.Random
) -> None:
    record = Writer(chance).file(tree)
    before = read_source(record, "r.yaml")
    assume(not before.diagnostics)
    cells = Editor(chance).cells(printed_of(tree))
    found = taken(tree, record, cells)
    assert (found.conflicts, found.diagnostics) == ((), ())
    assert found.after is not None
    after = read_source(found.after.encode(), "r.yaml")
    assert after.diagnostics == ()
    assert Counter(comments_of(after)) == Counter(comments_of(before))
    if not found.unclear:
        assert said(printed_by(found.after)) == said(cells)


@given(st.sampled_from(TREES), CHANCE)
def test_what_is_declared_in_a_form_is_printed_and_what_is_reckoned_anew_is_not_declared(
    tree: Tree, chance: random.Random
) -> None:
    cells = printed_of(tree)
    record = Writer(chance, comments=False).file(tree)
    changed = {
        where: chance.choice(["77.70", "66.6"]) if where != ("declared_grade",) else "良"
        for where, text in cells.values.items()
        if is_reckoned(where) and text and chance.random() < 0.3
    }
    rows = [
        (row, {**row.cells, "declared_score": "1.50" if chance.random() < 0.2 else score})
        for row in cells.rows
        for score in (row.cells["declared_score"],)
    ]
    edited = Cells(
        {**cells.values, **changed},
        tuple(type(row)(row.level1, row.level2, texts) for row, texts in rows),
    )
    found = taken(tree, record, edited)
    assert found.conflicts == ()
    assert found.after is not None
    again = printed_by(found.after)
    # Points that a record declares are judged by a rule, and not printed.
    changed.pop(("funds", "declared_execution_points"), None)
    for where, text in changed.items():
        assert Cells({where: again.values[where].rstrip("0")}, ()).values == {
            where: text.rstrip("0")
        }
    for row, now in zip(edited.rows, again.rows, strict=True):
        if row.cells["declared_score"] == "1.50":
            assert now.cells["declared_score"] == "1.50"
    # A colleague who reckons as the program does declares nothing.
    same = taken(tree, found.after.encode(), again)
    assert same.conflicts == ()


@given(st.sampled_from(TREES), CHANCE)
def test_two_who_changed_the_same_are_told_and_what_only_one_changed_is_merged(
    tree: Tree, chance: random.Random
) -> None:
    base = printed_of(tree)
    first, second = (values_changed(base, chance) for _ in range(2))
    mine = taken(tree, Writer(chance, comments=False).file(tree), first)
    assert mine.after is not None
    found = taken(tree, mine.after.encode(), second)
    assert found.after is not None
    merged = printed_by(found.after).values
    expected, both = {}, set()
    for where, was in base.values.items():
        one, two = first.values[where], second.values[where]
        expected[where] = two if one == was else one
        if was not in (one, two) and one != two:
            both.add(where)
    assert {each.where for each in found.conflicts} == both
    assert said(Cells(merged, ())) == said(Cells(expected, ()))


def values_changed(cells: Cells, chance: random.Random) -> Cells:
    """Change values that stand beside the rows; of funds only those that the record has."""
    texts: dict[Where, str] = {
        where: chance.choice(["一", "二"])
        for where in cells.values
        if where[0] in ("project", "goal") and chance.random() < 0.5
    }
    amounts: dict[Where, str] = {
        ("funds", "appropriation", key): chance.choice(["3.10", "4.20"])
        for key in ("initial_budget", "adjusted_budget", "executed")
        if chance.random() < 0.5
    }
    return Cells({**cells.values, **texts, **amounts}, cells.rows)
