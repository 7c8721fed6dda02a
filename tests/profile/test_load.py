"""Profiles: the built-in ones, own ones that extend them, and what is wrong with faulty ones."""

from decimal import Decimal
from pathlib import Path

import pytest

from perfeval_docs.errors import UsageError
from perfeval_docs.profile import Profile, load_profile, profile_names
from perfeval_docs.profile.model import Decree


def test_the_built_in_profiles_are_sound() -> None:
    assert profile_names() == ("national", "shanghai")
    for name in profile_names():
        loaded = load_profile(name)
        assert loaded.diagnostics == ()
        assert loaded.value is not None
        assert loaded.value.name == name


@pytest.mark.parametrize("name", profile_names())
def test_each_decree_says_what_it_rests_on(name: str) -> None:
    profile = load_profile(name).value
    assert isinstance(profile, Profile)
    decrees = [v for v in dict(profile).values() if isinstance(v, Decree)]
    assert len(decrees) > 10
    assert all(decree.basis for decree in decrees)
    assert any(decree.unverified for decree in decrees)


def written(folder: Path, name: str, text: str) -> str:
    (folder / name).write_text(text, "utf-8")
    return name


def test_an_own_profile_replaces_whole_decrees_of_the_one_it_extends(tmp_path: Path) -> None:
    name = written(
        tmp_path, "own.yaml",
        "extends: shanghai\nname: own\nexecution_points:\n  value: 20\n  basis: our letter\n",
    )  # fmt: skip
    own, base = load_profile(name, tmp_path).value, load_profile("shanghai").value
    assert own is not None
    assert base is not None
    assert own.execution_points.value == Decimal(20)
    assert own.execution_points.basis == "our letter"
    assert own.grades == base.grades


def test_an_own_profile_may_set_one_limit_alone(tmp_path: Path) -> None:
    text = "extends: shanghai\nname: own\nfar_over:\n  value: 150\n  basis: our letter\n"
    own = load_profile(written(tmp_path, "own.yaml", text), tmp_path).value
    base = load_profile("shanghai").value
    assert own is not None
    assert base is not None
    assert (own.far_over.value, own.far_over.basis) == (Decimal(150), "our letter")
    assert own.too_low == base.too_low


@pytest.mark.parametrize(
    ("text", "code", "line"),
    [
        ("extends: shangai\n", "PE171", 1),
        ("- a\n- b\n", "PE172", 1),
        ("name: x\nextends: [shanghai]\n", "PE173", 2),
        ("extends: own.yaml\n", "PE174", 1),
        ("extends: shanghai\nexecution_points:\n  value: 十\n  basis: b\n", "PE035", 3),
        ("extends: shanghai\nexecution_points:\n  value: 10\n", "PE030", 2),
        ("extends: shanghai\nexecution_poits:\n  value: 10\n  basis: b\n", "PE031", 2),
        ("extends: shanghai\nexecution_points:\n  value: 10\n  basis: ''\n", "PE034", 4),
    ],
)
def test_a_fault_of_a_profile_stands_at_its_line(
    tmp_path: Path, text: str, code: str, line: int
) -> None:
    loaded = load_profile(written(tmp_path, "own.yaml", text), tmp_path)
    assert loaded.value is None
    found = [(d.code, d.span.line) for d in loaded.diagnostics]
    assert (code, line) in found, found
    assert loaded.diagnostics[0].span.file in loaded.texts
    assert all(d.help is not None for d in loaded.diagnostics)


GRADES = """\
grades:
  basis: b
  value:
    - {{name: 优, at_least: {}}}
    - {{name: 差, at_least: {}}}
"""
BANDS = """\
qualitative:
  basis: b
  value:
    - {words: [达成, 完成], attainment: met, lowest: 100, highest: 100}
    - words: [部分达成, 完成]
      attainment: partly
      lowest: 0
      highest: 80
"""


@pytest.mark.parametrize(
    ("decree", "words"),
    [
        (GRADES.format(90, 60), "60}"),
        (GRADES.format(0, 60), "60}"),
        (BANDS, "完成]"),
        (BANDS.replace(", 完成]", "]", 1).replace("lowest: 0", "lowest: 81"), "81"),
        ("year_line:\n  basis: b\n  value: (年度)\n", "(年度)"),
        ("year_line:\n  basis: b\n  value: ({year}年度){}\n", "({year}年度){}"),
        ("execution_points:\n  basis: b\n  value: 200\n", "200"),
        ("full_points:\n  basis: b\n  value: 5\n", "5"),
        ("points_places:\n  basis: b\n  value: 1\n", "1"),
        ("full_points:\n  basis: b\n  value: 5\nexecution_points:\n  basis: b\n  value: 6\n", "6"),
    ],
)
def test_decrees_that_contradict_each_other_are_a_fault_at_the_one_to_mend(
    tmp_path: Path, decree: str, words: str
) -> None:
    text = f"extends: shanghai\nname: own\n{decree}"
    loaded = load_profile(written(tmp_path, "own.yaml", text), tmp_path)
    (found,) = loaded.diagnostics
    assert (found.code, loaded.value) == ("PE049", None)
    assert found.help is not None
    line = text.splitlines()[found.span.line - 1]
    assert line[found.span.column - 1 :].endswith(words)
    assert {found.span.file, *(each.span.file for each in found.related)} <= set(loaded.texts)


def test_decrees_that_contradict_each_other_are_named_all_at_once(tmp_path: Path) -> None:
    text = f"extends: shanghai\nname: own\n{GRADES.format(90, 60)}{BANDS}"
    found = load_profile(written(tmp_path, "own.yaml", text), tmp_path).diagnostics
    assert [(each.code, len(each.related)) for each in found] == [("PE049", 0), ("PE049", 1)]


def test_profiles_that_extend_each_other_are_a_fault(tmp_path: Path) -> None:
    written(tmp_path, "a.yaml", "extends: b.yaml\n")
    written(tmp_path, "b.yaml", "extends: a.yaml\n")
    assert {d.code for d in load_profile("a.yaml", tmp_path).diagnostics} == {"PE174"}


def test_a_name_that_no_profile_has_is_misuse() -> None:
    with pytest.raises(UsageError, match="did you mean shanghai"):
        load_profile("shanghia")
    with pytest.raises(UsageError):
        load_profile("missing.yaml")
