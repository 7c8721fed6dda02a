"""The commands that write records and hold them against each other, as their users meet them."""

import shutil
import stat
from pathlib import Path

import pytest

from perfeval_docs import cli
from perfeval_docs.errors import ExitCode

ROOT = Path(__file__).parent.parent


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a copy of the data, made the working folder."""
    shutil.copytree(ROOT / "data", tmp_path / "data")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_fmt_writes_only_what_changes(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    messy, clean = (project / f"data/2024/{n}.yaml" for n in ("01-publicity", "06-it-maintenance"))
    whole = messy.read_bytes()
    messy.write_bytes(whole.replace(b"project: ", b"project:    ").replace(b"\n", b"\r\n"))
    before = clean.stat()
    assert cli.run(["fmt", "--lang", "en"]) == ExitCode.CLEAN
    printed = capsys.readouterr()
    assert printed.out == "data/2024/01-publicity.yaml was laid out anew\n"
    assert printed.err == "1 laid out anew, 8 unchanged, 0 left as they are\n"
    assert messy.read_bytes() == whole
    after = clean.stat()
    assert (after.st_ino, after.st_mtime_ns) == (before.st_ino, before.st_mtime_ns)


def test_fmt_check_writes_nothing_and_fails(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.run(["fmt", "--check"]) == ExitCode.CLEAN
    path = project / "data/2024/01-publicity.yaml"
    text = path.read_bytes().replace(b"project: ", b"project:  ")
    path.write_bytes(text)
    capsys.readouterr()
    assert cli.run(["fmt", "--check", "data/2024", "--lang", "en"]) == ExitCode.FAULTS
    assert capsys.readouterr().out == "data/2024/01-publicity.yaml is not in the one layout\n"
    assert path.read_bytes() == text


def test_fmt_leaves_a_faulty_record_and_tells_the_place(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = project / "data/2024/01-publicity.yaml"
    text = path.read_text("utf-8").replace("project: ", "projct:   ")
    path.write_text(text, "utf-8")
    assert cli.run(["fmt", "--keys", "zh", "--lang", "en"]) == ExitCode.FAULTS
    printed = capsys.readouterr()
    assert "data/2024/01-publicity.yaml:3:1" in printed.err
    assert "PE031" in printed.err
    assert path.read_text("utf-8") == text
    assert "项目名称: " in (project / "data/2024/06-it-maintenance.yaml").read_text("utf-8")


def test_fmt_follows_a_link_and_keeps_who_may_write(project: Path) -> None:
    link, there = project / "data/2024/01-publicity.yaml", project / "elsewhere.txt"
    link.rename(there)
    there.write_bytes(b"\n" + there.read_bytes())
    there.chmod(0o660)
    link.symlink_to(there)
    assert cli.run(["fmt"]) == ExitCode.CLEAN
    assert link.is_symlink()
    assert there.read_bytes().startswith(b"# yaml-language-server")
    assert stat.S_IMODE(there.stat().st_mode) == 0o660


def test_fmt_of_a_path_that_is_not_there_is_a_usage_error(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert project.is_dir()
    assert cli.run(["fmt", "data/2023", "--lang", "en"]) == ExitCode.USAGE
    assert "there is no data/2023" in capsys.readouterr().err


def test_fmt_of_the_data_leaves_profiles_alone(project: Path) -> None:
    own = project / "data/ours.yaml"
    own.write_text("extends:   shanghai\n", "utf-8")
    assert cli.run(["fmt"]) == ExitCode.CLEAN
    assert own.read_text("utf-8") == "extends:   shanghai\n"
