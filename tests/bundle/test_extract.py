"""What a document gives back builds the same document again."""

import os
import shutil
import subprocess
from pathlib import Path

import docx
import pytest

from perfeval_docs import cli
from perfeval_docs.bundle.extract import extract
from perfeval_docs.errors import ExitCode, UsageError
from tests.summaries import built

STEM = "02-resource-sharing"
PRIVATE = (
    "        points: 8.00\n",
    "        points: 8.00  # 问李四\n        evidence: 密件第12号\n",
)


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """Return a project of one record, with something internal in it and a profile of its own."""
    shutil.copytree("data", tmp_path / "data")
    for path in (tmp_path / "data/2024").glob("0*.yaml"):
        if path.stem != STEM:
            path.unlink()
    record = tmp_path / f"data/2024/{STEM}.yaml"
    text = record.read_text("utf-8").replace(*PRIVATE, 1)
    assert "密件" in text
    record.write_text(text + "waivers:\n  - rule: PE317\n    reason: 内部理由\n", "utf-8")
    return tmp_path


def own_profile(project: Path, severity: str) -> None:
    """Judge by a profile of the data folder, which extends another one there."""
    data = project / "data"
    shared = (data / "perfeval.yaml").read_text("utf-8")
    (data / "perfeval.yaml").write_text(shared.replace("shanghai", "口径/own.yaml"), "utf-8")
    (data / "口径").mkdir()
    (data / "口径/own.yaml").write_text("extends: base.yaml  # 王五\nname: own\n", "utf-8")
    (data / "口径/base.yaml").write_text(
        "extends: shanghai\nname: base\nseverities:\n"
        f"  value: {{evidence-missing: {severity}}}\n  basis: unverified\n",
        "utf-8",
    )


def reports(folder: Path) -> dict[str, bytes]:
    return {p.name: p.read_bytes() for p in sorted((folder / "build/2024/reports").iterdir())}


@pytest.mark.parametrize("kind", ["docx", "pdf"])
@pytest.mark.parametrize("profile", ["built in", "own"])
def test_an_extracted_record_builds_the_same_bytes(
    project: Path, tmp_path: Path, kind: str, profile: str
) -> None:
    if profile == "own":
        own_profile(project, "info")
    built(project)
    before = reports(project)
    assert sorted(before) == [f"{STEM}.docx", f"{STEM}.pdf"]
    again = tmp_path / "again"
    extract(project / f"build/2024/reports/{STEM}.{kind}", again / "data")
    built(again)
    assert reports(again) == before
    told = "".join(p.read_text("utf-8") for p in (again / "data").rglob("*.yaml"))
    assert [word for word in ("密件", "李四", "内部理由", "王五") if word in told] == []


def test_evidence_that_a_profile_asks_for_is_withheld_and_the_form_built(
    project: Path, tmp_path: Path
) -> None:
    own_profile(project, "error")
    record = project / f"data/2024/{STEM}.yaml"
    lines = record.read_text("utf-8").replace("        evidence: 密件第12号\n", "").splitlines()
    told = [f"{line}\n        evidence: 密件" if " points:" in line else line for line in lines]
    record.write_text("\n".join(told) + "\n", "utf-8")
    built(project)
    before = reports(project)
    assert len(before) == 2
    again = tmp_path / "again"
    extract(project / f"build/2024/reports/{STEM}.pdf", again / "data")
    built(again)
    assert reports(again) == before
    assert "密件" not in (again / f"data/2024/{STEM}.yaml").read_text("utf-8")


def test_a_file_that_says_something_else_is_left_alone(six: Path, tmp_path: Path) -> None:
    document = six / f"reports/{STEM}.docx"
    extract(document, tmp_path)
    extract(document, tmp_path)
    (tmp_path / "perfeval.yaml").write_text("profile: national\n", "utf-8")
    with pytest.raises(UsageError, match="says something else"):
        extract(document, tmp_path)
    assert (tmp_path / "perfeval.yaml").read_text("utf-8") == "profile: national\n"


def test_nothing_is_written_through_a_link(six: Path, tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "out").mkdir()
    (tmp_path / "out/2024").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(UsageError, match="link"):
        extract(six / f"reports/{STEM}.docx", tmp_path / "out")
    assert list((tmp_path / "elsewhere").iterdir()) == []


def test_the_command_names_what_it_wrote(
    six: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "out"
    arguments = ["extract", str(six / f"reports/{STEM}.pdf"), "--out", str(out), "--lang", "en"]
    assert cli.run(arguments) == ExitCode.CLEAN
    printed = capsys.readouterr().out
    assert (out / f"2024/{STEM}.yaml").as_posix() in printed.splitlines()
    assert "profile shanghai" in printed


def test_a_document_without_a_record_is_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    arguments = ["extract", "templates/self-evaluation.docx", "--out", str(tmp_path / "o")]
    assert cli.run([*arguments, "--lang", "en"]) == ExitCode.USAGE
    assert "carries no record" in capsys.readouterr().err
    assert not (tmp_path / "o").exists()


def test_python_docx_saves_it_and_the_record_is_still_there(six: Path, tmp_path: Path) -> None:
    document = docx.Document(str(six / f"reports/{STEM}.docx"))
    document.save(str(tmp_path / "saved.docx"))
    assert extract(tmp_path / "saved.docx", tmp_path / "out").files[0].name == f"2024/{STEM}.yaml"


@pytest.mark.debian
def test_poppler_lists_and_gives_the_attachment(six: Path, tmp_path: Path) -> None:
    pdf = six / f"reports/{STEM}.pdf"
    listed = subprocess.run(["pdfdetach", "-list", pdf], check=True, capture_output=True)
    assert listed.stdout.decode().split() == ["1", "embedded", "files", "1:", "perfeval-record.xml"]
    subprocess.run(["pdfdetach", "-saveall", "-o", tmp_path, pdf], check=True, capture_output=True)
    assert Path(f"data/2024/{STEM}.yaml").read_text("utf-8").splitlines()[5] in (
        tmp_path / "perfeval-record.xml"
    ).read_text("utf-8")


@pytest.mark.debian
def test_libreoffice_opens_it_and_keeps_the_record(six: Path, tmp_path: Path) -> None:
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    subprocess.run(
        ["soffice", profile, "--headless", "--convert-to", "docx", "--outdir", tmp_path / "out",
         six / f"reports/{STEM}.docx"],
        check=True, capture_output=True, env={**os.environ, "HOME": str(tmp_path)},
    )  # fmt: skip
    carried = extract(tmp_path / f"out/{STEM}.docx", tmp_path / "data")
    assert carried.files[0].text == Path(f"data/2024/{STEM}.yaml").read_text("utf-8")
