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
