"""The six forms come back from their text, from our Word and PDF files, and through LibreOffice."""

import subprocess
from pathlib import Path

import pytest

from perfeval_docs.importing import import_forms
from tests.importing.meaning import RECORDS, ROOT, imported, meaning, original

SEEDS = ROOT / "tests/seeds/self-evaluation-forms-2024.txt"


def test_the_text_of_the_six_forms_gives_the_six_records() -> None:
    forms = imported(SEEDS)
    assert len(forms) == len(RECORDS) == 6
    assert [form.year for form in forms] == ["2024"] * 6
    for form, record in zip(forms, RECORDS, strict=True):
        assert meaning(form.text) == original(record)
    # What a page tore off a unit, and no bracket waits for, is listed and not guessed.
    left = [(each.place.row, each.text) for form in forms for each in form.unplaced]
    assert left == [(27, "次)"), (27, "次)")]


def test_what_was_declared_stays_declared() -> None:
    first = imported(SEEDS)[0].text
    assert "得分: 9.97\n" in first
    assert "执行率: 99.66\n" in first
    assert "总分: 99.97 # 第31行" in first
    assert "评分等级: 优 # 第32行" in first
    assert "分数: 10.00\n" in first


@pytest.mark.parametrize("record", RECORDS, ids=lambda path: path.stem)
def test_our_word_file_gives_its_record(six: Path, record: Path) -> None:
    (form,) = imported(six / f"reports/{record.stem}.docx")
    assert meaning(form.text) == original(record)
    assert form.unplaced == ()


@pytest.mark.parametrize("record", RECORDS, ids=lambda path: path.stem)
def test_our_pdf_file_gives_its_record_but_for_white_space(six: Path, record: Path) -> None:
    (form,) = imported(six / f"reports/{record.stem}.pdf")
    assert meaning(form.text, spaces=False) == original(record, spaces=False)
    assert form.unplaced == ()


@pytest.mark.debian
@pytest.mark.parametrize("kind", ["docx", "html"])
def test_what_libreoffice_saves_of_it_gives_the_record(
    six: Path, tmp_path: Path, kind: str
) -> None:
    files = [six / f"reports/{record.stem}.docx" for record in RECORDS]
    subprocess.run(
        ["soffice", f"-env:UserInstallation=file://{tmp_path}/profile", "--headless",
         "--convert-to", kind, "--outdir", tmp_path, *files],
        check=True, capture_output=True,
    )  # fmt: skip
    for record in RECORDS:
        (form,) = imported(tmp_path / f"{record.stem}.{kind}")
        assert meaning(form.text) == original(record)
        assert form.unplaced == ()


def test_english_keys_mean_the_same() -> None:
    forms = import_forms(SEEDS.read_bytes(), SEEDS.name, profile="shanghai", language="en")
    assert forms[0].text.split("\n")[3].startswith("project: 上海研发公共服务平台宣传推广 # 第7行")
    assert [meaning(each.text) for each in forms] == [meaning(e.text) for e in imported(SEEDS)]
