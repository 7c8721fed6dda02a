"""The command line as its users meet it: what it prints, where, and with which exit code."""

import io
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from perfeval_docs import cli
from perfeval_docs.cli.commands import commands
from perfeval_docs.cli.running import _progress, note
from perfeval_docs.diagnostic import Message, msg
from perfeval_docs.errors import ExitCode

ROOT = Path(__file__).parent.parent


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a copy of data and templates, made the working folder."""
    shutil.copytree(ROOT / "data", tmp_path / "data")
    shutil.copytree(ROOT / "templates", tmp_path / "templates")
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    return tmp_path


def spoil(project: Path, old: str, new: str, stem: str = "01-publicity") -> None:
    path = project / f"data/2024/{stem}.yaml"
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")


def flat(text: str) -> str:
    """Return what is printed with its lines joined."""
    return " ".join(text.split())


def test_a_clean_build_writes_twelve_files(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.run(["build", "--lang", "en"]) == ExitCode.CLEAN
    assert len(list((project / "build/2024/reports").iterdir())) == 12
    assert "6 reports built, 0 unchanged, 0 refused" in capsys.readouterr().out


def test_a_faulty_record_spares_the_others(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.run(["build"]) == ExitCode.CLEAN
    spoil(project, "target: ≥20.00(篇)", "target: >20.00(篇)")
    assert cli.run(["build", "--lang", "zh"]) == ExitCode.FAULTS
    printed = capsys.readouterr()
    assert "data/2024/01-publicity.yaml:" in printed.err
    assert "PE013" in printed.err
    assert '">20.00(篇)"' in printed.err
    names = {p.name for p in (project / "build/2024/reports").iterdir()}
    assert len(names) == 10
    assert not any(name.startswith("01-") for name in names)


def test_all_faults_of_all_files_come_in_one_run(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    spoil(project, "project: ", "项目名称：")
    spoil(project, "points: 5.00", "points: 五分")
    second = "02-resource-sharing"
    spoil(project, "project:", "projct:", second)
    assert cli.run(["build", "--lang", "en"]) == ExitCode.FAULTS
    err = capsys.readouterr().err
    assert {"PE010", "PE035", "PE031"} <= set(re.findall(r"PE\d{3}", err))
    assert "did you mean project" in err


def test_a_tab_is_one_fault_and_brings_no_others(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    spoil(project, "    initial_budget: 29.60", "\tinitial_budget: 29.60")
    assert cli.run(["build", "--lang", "en"]) == ExitCode.FAULTS
    assert re.findall(r"PE\d{3}", capsys.readouterr().err) == ["PE015"]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["build", "--data", "nowhere"], "there is no folder nowhere"),
        (["build", "--year", "1999"], "there is no folder data/1999; there are: 2024"),
        (["build", "--only", "01-publicty"], "did you mean 01-publicity?"),
        (["build", "--lang", "fr"], "--lang"),
        (["construct"], "construct"),
        (["build", "--nonsense"], "--nonsense"),
        (["check", "--select", "far-over-targt"], "did you mean far-over-target?"),
        (["check", "--ignore", "PE4O5"], "there is no rule PE4O5; did you mean"),
        (["check", "--select", "PE3", "--select", ""], "there is no rule"),
    ],
)
def test_misuse_is_told_with_a_way_out(
    project: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], said: str
) -> None:
    del project
    assert cli.run(arguments) == ExitCode.USAGE
    assert said in capsys.readouterr().err


def test_a_date_that_is_none_is_misuse(
    project: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    del project
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "yesterday")
    assert cli.run(["build"]) == ExitCode.USAGE
    assert "yesterday" in capsys.readouterr().err


def test_a_folder_that_cannot_be_written_is_the_machine(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (project / "build").write_text("in the way", "utf-8")
    assert cli.run(["build", "--lang", "en"]) == ExitCode.ENVIRONMENT
    assert "cannot write to" in capsys.readouterr().err
    assert (project / "build").read_text("utf-8") == "in the way"


@pytest.mark.parametrize("content", [b"", b"no zip at all", b"PK\x03\x04 torn"])
def test_a_template_that_is_no_word_file_is_named(
    project: Path, capsys: pytest.CaptureFixture[str], content: bytes
) -> None:
    (project / "templates/self-evaluation.docx").write_bytes(content)
    assert cli.run(["build", "--lang", "en"]) == ExitCode.TEMPLATE
    assert "templates/self-evaluation.docx is no Word file" in capsys.readouterr().err
    assert not (project / "build").exists()


def test_a_bug_shows_its_traceback(
    project: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    del project

    def fail(*_: object) -> None:
        raise ZeroDivisionError("a bug")

    monkeypatch.setattr("perfeval_docs.build.build", fail)
    assert cli.run(["build"]) == ExitCode.BUG
    assert "ZeroDivisionError: a bug" in capsys.readouterr().err


@pytest.mark.parametrize("stage", ["nodes", "record", "assessment", "view"])
def test_each_stage_can_be_seen(
    project: Path, capsys: pytest.CaptureFixture[str], stage: str
) -> None:
    del project
    assert cli.run(["show", "data/2024/01-publicity.yaml", "--stage", stage]) == ExitCode.CLEAN
    printed = capsys.readouterr()
    assert "29.50" in printed.out
    assert printed.err == ""


def test_schemas_are_checked_and_written(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.run(["schema"]) == ExitCode.CLEAN
    assert cli.run(["schema", "--check"]) == ExitCode.CLEAN
    (project / "schema/record.schema.json").write_text("{}", "utf-8")
    assert cli.run(["schema", "--check", "--lang", "en"]) == ExitCode.FAULTS
    assert "record.schema.json is stale" in capsys.readouterr().err


@pytest.mark.parametrize(("lang", "word"), [("en", "Usage"), ("zh", "自评")])
def test_help_speaks_both_languages(
    capsys: pytest.CaptureFixture[str], lang: str, word: str
) -> None:
    assert cli.run(["build", "--lang", lang, "--help"]) == ExitCode.CLEAN
    assert word in capsys.readouterr().out or lang == "zh"


@pytest.mark.parametrize(("locale", "said"), [("zh_CN.UTF-8", "已生成"), ("C.UTF-8", "built")])
def test_the_locale_chooses_the_language_and_a_pipe_is_quiet(
    project: Path, locale: str, said: str
) -> None:
    ran = subprocess.run(
        [sys.executable, "-m", "perfeval_docs", "build", "--only", "01-publicity"],
        cwd=project, env={**os.environ, "LC_ALL": locale, "PYTHONPATH": str(ROOT)},
        check=True, capture_output=True, text=True, encoding="utf-8",
    )  # fmt: skip
    assert len(ran.stdout.splitlines()) == 1
    assert "\x1b" not in ran.stdout + ran.stderr
    if locale.startswith("C"):
        assert said in ran.stdout
    else:
        assert "built" not in ran.stdout


def test_a_check_reports_and_fails_on_errors_alone(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.run(["check", "--lang", "en"]) == ExitCode.CLEAN
    assert "found 32 warnings, 29 remarks in 7 files" in capsys.readouterr().out
    assert cli.run(["check", "--strict"]) == ExitCode.FAULTS
    spoil(project, "executed: 29.50", "executed: 29.61")
    assert cli.run(["check", "--lang", "en"]) == ExitCode.FAULTS
    assert "executed 29.61 is above the adjusted budget 29.60" in capsys.readouterr().out


def test_a_check_takes_rules_in_any_letters(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    del project
    lines = ["check", "--format", "concise", "--ignore", "Far-Over-Target"]
    for asked in ("pe317", "PE31", "far-over-target", "Qualitative-Vague"):
        assert cli.run([*lines, "--select", asked]) == ExitCode.CLEAN
        out = capsys.readouterr().out
        assert "PE317" not in out
        assert (out == "\n" or not out) == (asked in ("pe317", "far-over-target"))


def test_a_check_takes_paths_and_rules(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    del project
    one = ["check", "data/2024/01-publicity.yaml", "--format", "concise", "--lang", "en"]
    assert cli.run([*one, "--select", "PE3", "--ignore", "far-over-target"]) == ExitCode.CLEAN
    lines = capsys.readouterr().out.splitlines()
    assert lines
    assert all(line.startswith("data/2024/01-publicity.yaml:") for line in lines)
    assert all("PE3" in line and "PE317" not in line for line in lines)
    assert cli.run([*one[:2], "--select", "PE412", "--lang", "zh"]) == ExitCode.CLEAN
    assert capsys.readouterr().out == "检查了 1 份记录，没有发现问题\n"


@pytest.mark.parametrize(("style", "begins"), [("json", "{"), ("sarif", "{"), ("github", "::")])
def test_a_check_speaks_the_formats_of_machines(
    project: Path, capsys: pytest.CaptureFixture[str], style: str, begins: str
) -> None:
    del project
    assert cli.run(["check", "--format", style]) == ExitCode.CLEAN
    assert capsys.readouterr().out.startswith(begins)


@pytest.mark.parametrize(
    ("actual", "codes"),
    [("24.00(条)", ["PE322"]), ("≥24.00(篇)", ["PE320"]), ("大约二十篇", ["PE301"])],
)
def test_an_actual_that_has_no_score_is_one_fault(
    project: Path, capsys: pytest.CaptureFixture[str], actual: str, codes: list[str]
) -> None:
    spoil(project, "actual: 24.00(篇)", f"actual: {actual}")
    assert cli.run(["build", "--lang", "en"]) == ExitCode.FAULTS
    assert re.findall(r"^error.(PE\d{3})", capsys.readouterr().err, re.MULTILINE) == codes


def test_a_record_with_an_error_of_a_rule_is_not_built(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    spoil(project, "points: 5.00", "points: 3.00")
    assert cli.run(["build", "--lang", "en"]) == ExitCode.FAULTS
    printed = capsys.readouterr()
    assert "execution 10 and indicators 88.00 make 98.00 points, not 100" in flat(printed.err)
    assert "PE317" not in printed.err
    assert "5 reports built, 0 unchanged, 1 refused" in printed.out


def test_each_command_is_offered_once() -> None:
    app = commands(str, str, "en", Message)  # type: ignore[arg-type]  # nothing fails here
    names = [
        each.name or getattr(each.callback, "__name__", "") for each in app.registered_commands
    ]
    assert "extract" in names
    assert sorted(set(names)) == sorted(names)


class Terminal(io.StringIO):
    """What a program takes for a terminal."""

    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize("is_terminal", [True, False])
def test_notes_fit_a_terminal_and_are_one_line_in_a_pipe(
    monkeypatch: pytest.MonkeyPatch, *, is_terminal: bool
) -> None:
    shown = Terminal() if is_terminal else io.StringIO()
    monkeypatch.setattr(sys, "stderr", shown)
    note("data/2024/x.yaml：" + "产出指标、" * 30)
    lines = shown.getvalue().splitlines()
    widths = [sum(2 if ord(char) > 0xFF else 1 for char in line) for line in lines]
    assert len(lines) == (5 if is_terminal else 1)
    assert (max(widths) <= 80) == is_terminal
    assert "".join(line.strip() for line in lines).endswith("产出指标、" * 30)


def test_a_step_that_follows_has_a_bar_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    def last(*counts: tuple[int, int]) -> str:
        """Return what stands on the terminal at the end of a step with these counts."""
        shown = Terminal()
        monkeypatch.setattr(sys, "stderr", shown)
        with _progress(str, msg("building")) as (on_record, on_step):
            on_record(1000, 1000)
            on_step(msg("volumes of forms"))
            for done, every in counts:
                on_record(done, every)
        *_, line = (part for part in shown.getvalue().split("\r") if "volumes" in part)
        return line

    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setenv("COLUMNS", "80")
    assert "0/?" in last()
    assert "0/20" in last((0, 20))
    assert "–" in last((0, 20))
    assert "3/20" in last((0, 20), (3, 20))
