"""Any record to Word and back: by the record that the file carries, and by its cells alone."""

import random
from collections.abc import Callable
from pathlib import Path

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from perfeval_docs.importing import import_forms
from perfeval_docs.source import read_source
from tests.editing.layouts import RECORDS, Tree, Writer, tree_of
from tests.importing.meaning import meaning
from tests.importing.test_six import stripped_word
from tests.merging.changes import SHARED
from tests.merging.words import word_of

# No labels of forms are made of these.
SIGNS = "甲乙丙丁子丑寅卯，。、；：“”（）()%≥≤=#-'\"&<>{}[]*|~ 0123456789abc"
LINES = st.text(SIGNS, min_size=1, max_size=30).map(lambda text: " ".join(text.split()))
PARAGRAPHS = st.lists(LINES.filter(bool), min_size=1, max_size=3).map("\n".join)
LONG = {"expected", "achieved", "deviation_reason", "improvement"}
SHORT = {"project", "indicator", "target", "actual"}


def retold(tree: Tree, draw: Callable[[st.SearchStrategy[str]], str]) -> Tree:
    """Put other words in place of those that a form prints as they are; scores are declared."""
    if isinstance(tree, list):
        return [retold(each, draw) for each in tree]
    if isinstance(tree, str):
        return tree
    told = {
        key: draw(PARAGRAPHS) if key in LONG
        else draw(LINES.filter(lambda text: text.strip("-/ "))) if key in SHORT
        else retold(value, draw)
        for key, value in tree.items()
    }  # fmt: skip
    return {**told, "declared_score": "1.00"} if "indicator" in told else told


@settings(max_examples=40)
@given(st.sampled_from(RECORDS), st.integers(0, 2**32).map(random.Random), st.data())
def test_a_record_comes_back_from_word(
    path: Path, chance: random.Random, data: st.DataObject
) -> None:
    tree = retold(tree_of(path.read_text("utf-8")), data.draw)
    record = Writer(chance).file(tree)
    assume(not read_source(record, "r.yaml").diagnostics)
    word = word_of(record)
    wanted = meaning(record.decode("utf-8-sig"), SHARED)
    (form,) = import_forms(word, "x.docx", profile="shanghai", names="zh")
    assert (form.carried, form.unplaced) == (True, ())
    assert meaning(form.text) == wanted
    (form,) = import_forms(stripped_word(word), "x.docx", profile="shanghai", names="zh")
    assert (form.carried, form.unplaced) == (False, ())
    assert meaning(form.text) == wanted
