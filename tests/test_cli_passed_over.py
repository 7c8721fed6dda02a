"""What lies beside the records and may be meant as one is told, and not silently left out."""

import shutil
from pathlib import Path

import pytest

from perfeval_docs import cli
from perfeval_docs.errors import ExitCode

ROOT = Path(__file__).parent.parent


def test_what_lies_there_and_is_no_record_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    shutil.copytree(ROOT / "data", tmp_path / "data")
    # Without a template of the summary there is none, which takes longer than all else.
    (tmp_path / "templates").mkdir()
    shutil.copy(ROOT / "templates/self-evaluation.docx", tmp_path / "templates")
    monkeypatch.chdir(tmp_path)
    assert cli.run(["check", "--lang", "en"]) == ExitCode.CLEAN
    assert "not read as records" not in capsys.readouterr().err
    record = (tmp_path / "data/2024/01-publicity.yaml").read_bytes()
    for name in ("2024/x.YAML", "2024/y.yaml.txt", "2024/甲单位/z.yml", "2024年/v.yaml"):
        (tmp_path / "data" / name).parent.mkdir(exist_ok=True)
        (tmp_path / "data" / name).write_bytes(record)
    for other in ("2024/readme.txt", "2024/.git/config.yaml", "2024/photos/a.png", "own/p.yaml"):
        (tmp_path / "data" / other).parent.mkdir(exist_ok=True)
        (tmp_path / "data" / other).write_bytes(b"")
    (tmp_path / "data/2024y").symlink_to("2024y")
    told = "data/2024/x.YAML, data/2024/y.yaml.txt, data/2024/甲单位/"
    for call, names in (
        (["check"], f"{told}, data/2024年/ (4);"), (["check", "--year", "2024"], f"{told} (3);"),
        (["build"], f"{told}, data/2024年/ (4);"),
    ):  # fmt: skip
        cli.run([*call, "--lang", "en"])
        assert f"not read as records: {names} a record is" in " ".join(
            capsys.readouterr().err.split()
        )
    cli.run(["check", "data/2024/01-publicity.yaml", "--lang", "en"])
    assert "not read as records" not in capsys.readouterr().err


@pytest.mark.parametrize(
    ("folder", "count"), [("data", 2), ("data/2024", 1), ("./data/2023/", 1), ("data/2024/", 1)]
)
def test_a_folder_stands_for_its_records(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    folder: str,
    count: int,
) -> None:
    for year in ("2023", "2024"):
        (tmp_path / "data" / year).mkdir(parents=True)
        shutil.copy(ROOT / "data/2024/01-publicity.yaml", tmp_path / "data" / year)
        shared = (ROOT / "data/2024/perfeval.yaml").read_text("utf-8")
        (tmp_path / "data" / year / "perfeval.yaml").write_text(
            shared.replace("2024", year), "utf-8"
        )
    shutil.copy(ROOT / "data/perfeval.yaml", tmp_path / "data")
    monkeypatch.chdir(tmp_path)
    calls = ["--select", "PE502", "--lang", "en"]
    assert cli.run(["check", folder, *calls]) == ExitCode.CLEAN
    assert capsys.readouterr().out == f"{count} records checked, nothing found\n"
    double = tmp_path / "data/2024/double.yaml"
    shutil.copy(tmp_path / "data/2024/01-publicity.yaml", double)
    is_there = "2023" not in folder
    assert cli.run(["check", folder, *calls]) == (ExitCode.FAULTS if is_there else ExitCode.CLEAN)
    capsys.readouterr()
    (tmp_path / "other").mkdir()
    assert cli.run(["check", "other", *calls]) == ExitCode.ENVIRONMENT
    assert "other is a folder; name a file in it" in capsys.readouterr().err
