"""The commands that write records and hold them against each other, as their users meet them."""

import json
import re
import shutil
import stat
import subprocess
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator
from ruamel.yaml import YAML

from perfeval_docs import cli
from perfeval_docs.errors import ExitCode

ROOT = Path(__file__).parent.parent


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a copy of the data, made the working folder."""
    shutil.copytree(ROOT / "data", tmp_path / "data")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def flat(text: str) -> str:
    """Return what is printed with its lines joined."""
    return " ".join(text.split())


def test_fmt_writes_only_what_changes(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    messy, clean = (project / f"data/2024/{n}.yaml" for n in ("01-publicity", "06-it-maintenance"))
    whole = messy.read_bytes()
    messy.write_bytes(whole.replace(b"project: ", b"project:    "))
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


def test_a_blank_record_is_to_be_filled_in_and_has_no_other_faults(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.run(["new", "07-training", "--year", "2024", "--lang", "en"]) == ExitCode.CLEAN
    printed = capsys.readouterr()
    assert printed.out == "data/2024/07-training.yaml was written\n"
    assert printed.err == (
        "fill in; `perfeval check data/2024/07-training.yaml` tells what is missing\n"
    )
    text = (project / "data/2024/07-training.yaml").read_text("utf-8")
    assert text.startswith("# yaml-language-server: $schema=../../schema/record.schema.json\n")
    assert cli.run(["fmt", "--check"]) == ExitCode.CLEAN
    capsys.readouterr()
    assert cli.run(["check", "data/2024/07-training.yaml", "--lang", "zh"]) == ExitCode.FAULTS
    found = capsys.readouterr().out
    assert set(re.findall(r"PE\d{3}", found)) == {"PE034"}
    assert len(re.findall(r"PE034", found)) == 1 + 3 + 2 + 6 * 4
    assert "处理：请在冒号后面填写：万元，最多两位小数" in found
    assert "处理：请在冒号后面填写：照原样打印，如 ≥80(%)、=200(人)、及时" in found


@pytest.mark.parametrize("keys", ["zh", "en"])
def test_a_blank_record_is_a_record_once_it_is_filled_in(project: Path, keys: str) -> None:
    assert cli.run(["new", "科技培训", "--year", "2024", "--keys", keys]) == ExitCode.CLEAN
    path = project / "data/2024/科技培训.yaml"
    text = path.read_text("utf-8")
    assert ("项目名称: 科技培训" if keys == "zh" else "project: 科技培训") in text
    for key, value in {
        "年初预算数": "1.00", "全年预算数": "1.00", "全年执行数": "1.00", "预期目标": "甲",
        "实际完成情况": "乙", "三级指标": "丙", "年度指标值": "及时", "实际完成值": "达成指标",
        "分值": "15", "initial_budget": "1.00", "adjusted_budget": "1.00", "executed": "1.00",
        "expected": "甲", "achieved": "乙", "indicator": "丙", "target": "及时",
        "actual": "达成指标", "points": "15",
    }.items():  # fmt: skip
        text = re.sub(rf"^([ -]*{key}:)$", rf"\1 {value}", text, flags=re.MULTILINE)
    path.write_text(text, "utf-8")
    assert cli.run(["check", "data/2024/科技培训.yaml"]) == ExitCode.CLEAN
    schema = json.loads((ROOT / "schema/record.schema.json").read_text("utf-8"))
    assert list(Draft202012Validator(schema).iter_errors(YAML(typ="safe").load(text))) == []


def test_a_year_is_rolled_with_what_its_folder_shares(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.run(["new", "--from", "data/2024", "--lang", "en"]) == ExitCode.CLEAN
    printed = capsys.readouterr()
    names = [p.name for p in sorted((project / "data/2024").glob("*.yaml"))]
    names.remove("summary.yaml")
    assert [p.name for p in sorted((project / "data/2025").iterdir())] == names
    assert "fiscal_year: 2025\n" in (project / "data/2025/perfeval.yaml").read_text("utf-8")
    assert printed.err == (
        "data/perfeval.yaml says 填报日期 for all years; write this year's in "
        "data/2025/perfeval.yaml\nfill in; `perfeval check --year 2025` tells what is missing\n"
    )
    assert cli.run(["check", "--year", "2025", "--format", "concise"]) == ExitCode.FAULTS
    assert set(re.findall(r"PE\d{3}", capsys.readouterr().out)) == {"PE034"}
    assert cli.run(["fmt", "--check"]) == ExitCode.CLEAN


def test_a_second_roll_adds_what_is_new_and_leaves_the_rest(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.run(["new", "--from", "data/2024", "--year", "2026"]) == ExitCode.CLEAN
    filled = project / "data/2026/01-publicity.yaml"
    filled.write_text("project: 已经填了\n", "utf-8")
    shutil.copyfile(project / "data/2024/06-it-maintenance.yaml", project / "data/2024/07.yaml")
    capsys.readouterr()
    assert cli.run(["new", "--from", "data/2024", "--year", "2026", "--lang", "en"]) == 0
    printed = capsys.readouterr()
    assert printed.out == "data/2026/07.yaml was written\n"
    assert "data/2026/01-publicity.yaml is there already, and was left as it is" in printed.err
    assert "perfeval.yaml" not in printed.err
    assert filled.read_text("utf-8") == "project: 已经填了\n"


def test_one_record_is_rolled_under_a_name_of_its_own(project: Path) -> None:
    asked = ["new", "08-again", "--from", "data/2024/01-publicity.yaml"]
    assert cli.run(asked) == ExitCode.CLEAN
    text = (project / "data/2025/08-again.yaml").read_text("utf-8")
    assert "project: 上海研发公共服务平台宣传推广\n" in text
    assert "actual:\n" in text
    assert "fiscal_year: 2025" in (project / "data/2025/perfeval.yaml").read_text("utf-8")
    assert cli.run(asked) == ExitCode.USAGE


def test_a_year_without_shared_values_gets_the_year(project: Path) -> None:
    assert cli.run(["new", "a", "--year", "2025"]) == ExitCode.CLEAN
    text = (project / "data/2025/perfeval.yaml").read_text("utf-8")
    assert text.endswith("预算年度: 2025\n")
    assert cli.run(["fmt", "--check"]) == ExitCode.CLEAN


@pytest.mark.parametrize(
    ("origin", "told"),
    [
        ("data/2023", "there is no data/2023"),
        ("build/x.docx", "build/x.docx is no record; `perfeval import` makes one of a filled form"),
        ("data", "data has records of several years; name one's folder"),
        (
            "data/2024/summary.yaml",
            "a year's words, and is no record; name a record, or data/2024 for all of the year",
        ),
        (
            "data/2024/perfeval.yaml",
            "what records share, and is no record; name a record, or data/2024 for all of the year",
        ),
    ],
)
def test_what_cannot_be_rolled_is_told(
    origin: str, told: str, project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    shutil.copytree(project / "data/2024", project / "data/2022")
    (project / "build").mkdir()
    (project / "build/x.docx").write_bytes(b"PK")
    assert cli.run(["new", "--from", origin, "--lang", "en"]) == ExitCode.USAGE
    assert told in capsys.readouterr().err
    assert not (project / "data/2025").exists()


def test_a_faulty_record_is_not_taken_over_and_the_others_are(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (project / "data/2024/01-publicity.yaml").write_text("project：甲\n", "utf-8")
    assert cli.run(["new", "--from", "data/2024", "--lang", "en"]) == ExitCode.FAULTS
    printed = capsys.readouterr()
    assert "data/2024/01-publicity.yaml was not taken over" in printed.err
    assert "PE010" in printed.err
    assert not (project / "data/2025/01-publicity.yaml").exists()
    assert len(list((project / "data/2025").iterdir())) == 6


def test_faulty_shared_values_are_not_taken_over_and_the_records_are(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (project / "data/2024/perfeval.yaml").write_text("fiscal_yeer: 2024\n", "utf-8")
    assert cli.run(["new", "--from", "data/2024", "--lang", "en"]) == ExitCode.FAULTS
    printed = capsys.readouterr()
    assert "data/2024/perfeval.yaml was not taken over" in printed.err
    assert "PE031" in printed.err
    assert len(list((project / "data/2025").iterdir())) == 6


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["new", "01-publicity"], "data/2024/01-publicity.yaml is there already"),
        (["new"], "what is the record to be called?"),
        (["new", "summary"], "summary cannot be the name of a record's file"),
        (["new", "../x"], "../x cannot be the name of a record's file"),
        (["new", "x", "--from", "data/2024"], "data/2024 has many records; a name is for one"),
        (["new", "x", "--year", "24"], "24 is not a year from 2000 to 2099"),
        (["new", "--from", "data/2023/x.yaml"], "there is no data/2023/x.yaml"),
        (["new", "x", "--data", "nowhere"], "of which year? say it with --year"),
    ],
)
def test_what_makes_no_sense_is_a_usage_error_and_writes_nothing(
    project: Path, arguments: list[str], told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    before = sorted(project.rglob("*"))
    assert cli.run([*arguments, "--lang", "en"]) == ExitCode.USAGE
    assert told in capsys.readouterr().err
    assert sorted(project.rglob("*")) == before


def git(folder: Path, *arguments: str) -> None:
    names = ("-c", "user.name=x", "-c", "user.email=x", "-c", "commit.gpgsign=false")
    subprocess.run(("git", *names, *arguments), cwd=folder, check=True, capture_output=True)


@pytest.fixture
def history(project: Path) -> Path:
    """Return the project with two commits: the second one lowered an actual and added a record."""
    git(project, "init", "--quiet")
    git(project, "add", "data")
    git(project, "commit", "--quiet", "-m", "one")
    path = project / "data/2024/01-publicity.yaml"
    path.write_text(path.read_text("utf-8").replace("30.00(场)", "8.00(场)"), "utf-8")
    text = path.read_text("utf-8").replace("上海研发公共服务平台宣传推广", "水利")
    (project / "data/2024/07 水利.yaml").write_text(text, "utf-8")
    git(project, "add", "data")
    git(project, "commit", "--quiet", "-m", "two")
    return project


@pytest.mark.parametrize(
    "arguments",
    [
        ["--rev", "HEAD~1"], ["--rev", "HEAD~1..HEAD"], ["--rev", "HEAD~1", "data/2024"],
        ["HEAD~1:data", "data"], ["HEAD~1:data/2024", "data/2024"],
        ["HEAD~1:data/2024", "HEAD:data/2024"],
    ],
)  # fmt: skip
def test_diff_of_revisions(
    history: Path, arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert history.is_dir()
    assert cli.run(["diff", *arguments, "--lang", "en"]) == ExitCode.FAULTS
    shown = capsys.readouterr().out
    assert "    实际完成值: 30.00(场) → 8.00(场)\n" in shown
    assert "  总分: 99.97 → 97.97 (-2.00)\n" in shown
    assert "+ 水利\n" in shown
    assert "1 changed, 1 added, 0 removed, 5 the same" in flat(shown)


def test_diff_of_one_record_in_a_revision_takes_the_shared_values_of_then(
    history: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    shared = history / "data/perfeval.yaml"
    shared.write_text(shared.read_text("utf-8").replace("shanghai", "national"), "utf-8")
    file = "data/2024/02-resource-sharing.yaml"
    assert cli.run(["diff", "--rev", "HEAD", file, "--format", "json"]) == ExitCode.FAULTS
    (project,) = json.loads(capsys.readouterr().out)["projects"]
    assert project["changes"] == [{"path": ["口径"], "before": "shanghai", "after": "national"}]
    assert project["before"] == f"HEAD:{file}"


def test_diff_reads_git_and_changes_nothing(history: Path) -> None:
    def state() -> list[tuple[Path, int]]:
        return [(p, p.stat().st_mtime_ns) for p in sorted(history.rglob("*"))]

    before = state()
    assert cli.run(["diff", "--rev", "HEAD~1"]) == ExitCode.FAULTS
    assert state() == before


def test_diff_of_what_is_the_same_is_clean(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert project.is_dir()
    assert cli.run(["diff", "data", "data", "--lang", "zh"]) == ExitCode.CLEAN
    assert capsys.readouterr().out == "data → data：改动 0 个，新增 0 个，减少 0 个，相同 6 个\n"


def test_diff_tells_the_faults_of_a_record(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    faulty = project / "data/2024/x.yaml"
    faulty.write_text("project：甲\n", "utf-8")
    asked = ["diff", "data/2024/01-publicity.yaml", "data/2024/x.yaml", "--lang", "en"]
    assert cli.run(asked) == ExitCode.FAULTS
    printed = capsys.readouterr()
    assert "PE010" in printed.err
    assert "cannot be read, and was not compared" in printed.out


@pytest.mark.parametrize(
    ("arguments", "code", "told"),
    [
        (["data"], 2, "what with what?"),
        (["data", "data", "--rev", "HEAD"], 2, "with --rev, one record or folder"),
        (["data", "data/2023"], 2, "there is no data/2023"),
        (["--rev", "nope"], 2, "git knows no revision nope"),
        (["--rev", "--upload-pack=x"], 2, "git knows no revision --upload-pack=x"),
        (["HEAD:data/2023", "data"], 2, "no records in HEAD:data/2023"),
    ],
)
def test_diff_of_what_is_not_there_is_a_usage_error(
    history: Path,
    arguments: list[str],
    code: int,
    told: str,
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert history.is_dir()
    assert cli.run(["diff", *arguments, "--lang", "en"]) == code
    assert told in flat(capsys.readouterr().err)


def test_diff_of_a_revision_outside_a_checkout_is_told(
    project: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(project.parent))
    assert cli.run(["diff", "--rev", "HEAD", "--lang", "en"]) == ExitCode.ENVIRONMENT
    assert "git knows nothing of data" in capsys.readouterr().err


def test_diff_with_an_end_left_out_leaves_out_what_is_not_committed(history: Path) -> None:
    path = history / "data/2024/01-publicity.yaml"
    path.write_text(path.read_text("utf-8").replace("29.50", "1.00"), "utf-8")
    assert cli.run(["diff", "--rev", "HEAD"]) == ExitCode.FAULTS
    assert cli.run(["diff", "--rev", "HEAD.."]) == ExitCode.CLEAN


def test_diff_inside_the_data_folder_that_is_the_top_of_its_checkout(
    project: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(project / "data")
    Path("ours.yaml").write_text("extends: shanghai\n", "utf-8")
    git(Path(), "init", "--quiet")
    git(Path(), "add", ".")
    git(Path(), "commit", "--quiet", "-m", "one")
    Path("ours.yaml").write_text("extends: national\n", "utf-8")
    assert cli.run(["diff", "--rev", "HEAD", ".", "--lang", "en"]) == ExitCode.CLEAN
    assert "0 removed, 6 the same" in flat(capsys.readouterr().out)
