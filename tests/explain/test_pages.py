"""The pages of the catalogue are its tests: what passes passes, what is found is found, alone."""

from pathlib import Path

import pytest

from perfeval_docs import cli
from perfeval_docs.explain import page, page_names, page_text
from perfeval_docs.explain.examples import run_bad, run_good
from perfeval_docs.rules import RULES
from tools.rule_pages import FOLDER, codes_in_the_program, files

# They need more than a record, a template or a process that dies; tests of the build show them.
WITHOUT_EXAMPLE = {"PE902", "PE905"}
# What else speaks: a level that is missing has no share, another profile its own rules.
BESIDE = {"PE308": {"PE304"}, "PE309": {"PE304"}, "PE508": {"PE310"}}
CODES = list(page_names())


def test_each_code_of_the_program_has_its_page() -> None:
    assert set(CODES) == codes_in_the_program()
    assert len(CODES) > 90


@pytest.mark.parametrize("code", CODES)
def test_what_passes_passes_and_what_is_found_is_found(code: str) -> None:
    given, found = page(code)
    assert given == code
    assert (not found.bad) == (code in WITHOUT_EXAMPLE)
    assert run_good(found).diagnostics == ()
    said = run_bad(found) if found.bad else None
    if said is not None:
        names = {each.code: each.name for each in said.diagnostics}
        assert names[code] == page_names()[code]
        assert set(names) - BESIDE.get(code, set()) == {code} or code == "PE029", names
        assert all(each.span.file in said.texts for each in said.diagnostics)


@pytest.mark.parametrize("fault", ["title：甲\n", "title:\n  en: x\u200b\n", "titel: x\n", ""])
def test_a_page_with_a_fault_of_its_own_is_no_page(
    fault: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "pages").mkdir()
    name = f"PE001-{page_names()['PE001']}.yaml"
    (tmp_path / "pages" / name).write_text(fault, "utf-8")
    monkeypatch.setattr("perfeval_docs.explain.pages.resources.files", lambda _: tmp_path)
    with pytest.raises(ValueError, match=r"PE001-file-too-large\.yaml:\d"):
        page("PE001")


@pytest.mark.parametrize("code", CODES)
@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_page_is_whole_in_both_languages(code: str, language: str) -> None:
    found = page(code)[1]
    for words in (found.title, found.what, found.why, found.way_out):
        text = words.of(language)
        assert text.strip()
        assert any("\u4e00" <= char <= "\u9fff" for char in text) or language == "en"
    assert found.what.en != found.why.en


@pytest.mark.parametrize("code", [code for code in CODES if page(code)[1].bad])
def test_a_page_promises_a_waiver_where_one_works(code: str) -> None:
    found = page(code)[1]
    severity = next(d.severity for d in run_bad(found).diagnostics if d.code == code)
    is_waivable = severity == "warning" and code in {rule.code for rule in RULES}
    text = page_text(code, page_names()[code], found, "en")
    assert ("or waive it with a reason)" in text) == is_waivable


def test_the_pages_under_docs_are_those_of_the_program() -> None:
    assert {path.name for path in FOLDER.glob("*.md")} == set(files())
    for name, text in files().items():
        assert (FOLDER / name).read_text("utf-8") == text, name


@pytest.mark.parametrize("language", ["en", "zh"])
def test_of_very_many_faults_a_page_shows_the_first_the_last_and_the_count(language: str) -> None:
    text = page_text("PE029", page_names()["PE029"], page("PE029")[1], language)
    said = text.rpartition("```text\n")[2]
    assert len(said.splitlines()) < 40
    assert [part[:20].count("PE029") for part in said.split("\n\n")] == [0, 0, 0, 1, 0]
    assert said.split("\n\n")[2] == "…"
    assert "100" in said.split("\n\n")[-1]


@pytest.mark.parametrize("asked", ["PE203", "pe203", "overspent"])
def test_a_page_is_printed_by_code_or_name(
    asked: str, capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert cli.run(["explain", asked, "--lang", "zh"]) == 0
    printed = capsys.readouterr().out
    assert printed == page_text("PE203", "overspent", page("PE203")[1], "zh")
    assert "100.01" in printed
    assert list(tmp_path.iterdir()) == []


def test_a_code_that_nobody_knows_is_a_usage_error(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.run(["explain", "PE2O3", "--lang", "en"]) == 2
    assert "did you mean PE203?" in capsys.readouterr().err
