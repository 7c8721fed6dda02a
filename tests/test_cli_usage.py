"""What is wrong with the arguments is told in the language of the run."""

from pathlib import Path

import pytest

from perfeval_docs import cli
from perfeval_docs.errors import ExitCode

TOLD = {
    "build --yeer 2024": (
        "there is no option --yeer; did you mean --year?",
        "没有选项 --yeer；是不是 --year？",
    ),
    "build -x": ("there is no option -x", "没有选项 -x"),
    "show": ("record is missing: The record's file.", "缺少 record：记录文件。"),
    "build --year": ("--year needs a value", "--year 后面要写上值"),
    "build --watch=yes": ("--watch takes no value", "--watch 后面不写值"),
    "build --year abc": (
        "--year cannot be abc: it is a whole number",
        "--year 不能是 abc：要写整数",
    ),
    "build -j 0": (
        "--jobs / -j cannot be 0: it is at least 1",
        "--jobs / -j 不能是 0：至少为 1",
    ),
    "check --format word": (
        "--format cannot be word; there are: full, concise, json, sarif, github",
        "--format 不能是 word；可选：full，concise，json，sarif，github",
    ),
    "build --data x one two": (
        "too many arguments for perfeval build: one two",
        "perfeval build 多了参数：one two",
    ),
    "bild": ("there is no command bild; did you mean build?", "没有命令 bild；是不是 build？"),
    "xyz": ("there is no command xyz", "没有命令 xyz"),
}


@pytest.mark.parametrize("asked", TOLD)
@pytest.mark.parametrize(("locale", "number"), [("C.UTF-8", 0), ("zh_CN.UTF-8", 1)])
def test_what_is_wrong_with_the_arguments_is_told_in_both_languages(
    asked: str,
    locale: str,
    number: int,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("LC_ALL", locale)
    assert cli.run(asked.split()) == ExitCode.USAGE
    printed = capsys.readouterr()
    first, second = printed.err.splitlines()
    assert first == ("error: ", "错误：")[number] + TOLD[asked][number]
    assert "perfeval --help" in second
    assert printed.out == ""


def test_without_arguments_there_is_help_and_no_error(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.run([]) == ExitCode.USAGE
    assert capsys.readouterr().err.startswith("Usage: perfeval")


def test_what_cannot_be_seen_in_an_argument_is_shown(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.run(["build", "--lang", "en", "a\x1b[2J"]) == ExitCode.USAGE
    assert "too many arguments for perfeval build: a␛[2J" in capsys.readouterr().err


@pytest.mark.parametrize("command", ["fmt", "check", "show"])
def test_what_is_no_record_is_told_by_name_and_not_printed(
    command: str,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("x.docx").write_bytes(b"PK\x03\x04\xff\x00")
    assert cli.run([command, "x.docx", "--lang", "en"]) == ExitCode.USAGE
    printed = capsys.readouterr()
    assert (
        printed.err == "error: x.docx is no record; `perfeval import` makes one of a filled form\n"
    )
    assert printed.out == ""
