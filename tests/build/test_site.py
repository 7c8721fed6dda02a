"""The site of a year stands with its summary, changes with its records, and goes with them."""

import json
import re
import shutil
from pathlib import Path

import pytest

from tests.build.trees import STEMS
from tests.summaries import built

LEFT_OUT = ("佐证甲乙丙.pdf", "留着这条的理由", "PE317")


def pages(folder: Path) -> set[str]:
    site = folder / "build/2024/site"
    return {path.relative_to(site).as_posix() for path in site.rglob("*") if path.is_file()}


def names(*stems: str) -> set[str]:
    every = {"index.html", "summary.html", *(f"projects/{stem}.html" for stem in stems)}
    return {*every, *(f"en/{name}" for name in every)}


def test_a_year_has_a_page_for_each_project_in_each_language(two: Path) -> None:
    assert pages(two) == names(*STEMS)
    manifest = json.loads((two / "build/2024/manifest.json").read_bytes())
    made = (manifest["summary"], *manifest["pieces"].values())
    listed = {name for each in made for name in each["files"] if name.startswith("site/")}
    assert listed == {f"site/{name}" for name in names(*STEMS)}


def test_a_build_of_what_is_unchanged_touches_no_page(two: Path) -> None:
    site = two / "build/2024/site"
    before = {path: path.stat().st_mtime_ns for path in site.rglob("*.html")}
    built(two)
    assert {path: path.stat().st_mtime_ns for path in site.rglob("*.html")} == before


def test_a_changed_record_touches_the_index_and_its_own_pages(two: Path) -> None:
    site = two / "build/2024/site"
    before = {path: path.stat().st_mtime_ns for path in site.rglob("*.html")}
    record = two / f"data/2024/{STEMS[0]}.yaml"
    text = record.read_text("utf-8")
    record.write_text(text.replace("project: ", "project: 改", 1), "utf-8")
    built(two)
    touched = {path for path in before if path.stat().st_mtime_ns != before[path]}
    others = {"summary.html", "en/summary.html"}
    assert {path.relative_to(site).as_posix() for path in touched} == names(STEMS[0]) - others


@pytest.mark.parametrize("name", ["index.html", f"en/projects/{STEMS[0]}.html"])
def test_a_page_that_was_changed_by_hand_is_made_again(two: Path, name: str) -> None:
    page = two / f"build/2024/site/{name}"
    whole = page.read_bytes()
    page.write_bytes(whole.replace(b"99.97", b"100.00"))
    assert page.read_bytes() != whole
    outcome = built(two)
    assert page.read_bytes() == whole
    assert outcome.why[f"2024/site/projects/{STEMS[1]}.html"] == ()


def test_pages_of_projects_are_made_for_what_they_come_from(two: Path) -> None:
    of_projects = [f"2024/site/projects/{stem}.html" for stem in STEMS]
    words = two / "data/2024/summary.yaml"
    text = words.read_text("utf-8")
    words.write_text(f"{text}主管部门: 某某局\n", "utf-8")
    why = built(two).why
    assert [why[name] for name in of_projects] == [("around",), ("around",)]
    for name in of_projects:
        assert "某某局" in (two / "build" / name).read_text("utf-8")
    profile = two / "data/own.yaml"
    profile.write_text("extends: shanghai\nname: own\n", "utf-8")
    record = two / f"data/2024/{STEMS[0]}.yaml"
    record.write_text(f"{record.read_text('utf-8')}profile: own.yaml\n", "utf-8")
    assert built(two).why[of_projects[0]] == ("record",)
    profile.write_text("extends: shanghai\nname: mine\n", "utf-8")
    why = built(two).why
    assert [bool(why[name]) for name in of_projects] == [True, False]


def test_a_profile_of_last_years_records_alone_makes_the_summary_anew(two: Path) -> None:
    shutil.copytree(two / "data/2024", two / "data/2023")
    defaults = two / "data/2023/perfeval.yaml"
    text = defaults.read_text("utf-8").replace("2024", "2023")
    defaults.write_text(f"{text}profile: own.yaml\n", "utf-8")
    profile = two / "data/own.yaml"
    profile.write_text("extends: base.yaml\nname: own\n", "utf-8")
    base = two / "data/base.yaml"
    base.write_text("extends: shanghai\nname: base\n", "utf-8")
    built(two, year=2024)
    rounded = "{value: {places: 0, rounding: down}, basis: unverified}"
    base.write_text(f"extends: shanghai\nname: base\nscore_rounding: {rounded}\n", "utf-8")
    why = built(two, year=2024).why
    assert why["2024/summary.docx"] == (base.as_posix(),)
    assert why[f"2024/site/projects/{STEMS[0]}.html"] == ()
    assert set(built(two, year=2024).why.values()) == {()}


def test_the_page_of_a_record_that_is_no_more_is_removed(two: Path) -> None:
    (two / f"data/2024/{STEMS[0]}.yaml").unlink()
    built(two)
    assert pages(two) == names(STEMS[1])
    assert "01-publicity" not in (two / "build/2024/site/index.html").read_text("utf-8")


def test_a_page_that_no_manifest_knows_is_removed(two: Path) -> None:
    (two / "build/2024/manifest.json").unlink()
    (two / f"data/2024/{STEMS[0]}.yaml").unlink()
    built(two)
    assert pages(two) == names(STEMS[1])


def test_a_year_without_a_summary_has_no_site(two: Path) -> None:
    record = two / f"data/2024/{STEMS[0]}.yaml"
    record.write_text(record.read_text("utf-8").replace("executed: 29.50", "executed: 30.50"))
    assert built(two).years == ()
    assert pages(two) == set()


def test_nothing_internal_is_told(two: Path) -> None:
    record = two / f"data/2024/{STEMS[0]}.yaml"
    text = record.read_text("utf-8").replace(
        "actual: 30.00(场)", f"actual: 30.00(场)\n        evidence: {LEFT_OUT[0]}"
    )
    record.write_text(
        f"{text}\nwaivers:\n  - rule: {LEFT_OUT[2]}\n    reason: {LEFT_OUT[1]}\n", "utf-8"
    )
    assert built(two).years == ("2024",)
    for page in (two / "build/2024/site").rglob("*.html"):
        told = page.read_text("utf-8")
        assert [each for each in LEFT_OUT if each in told] == []
        assert re.findall(r"PE\d{3}", told) == []
