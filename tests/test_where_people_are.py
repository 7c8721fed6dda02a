"""The files that run the check elsewhere: hooks and CI name commands and records that exist."""

import re
from pathlib import Path

import pytest
from ruamel.yaml import YAML

from perfeval_docs import cli

ROOT = Path(__file__).parents[1]
HOOKS = {
    hook["id"]: hook for hook in YAML(typ="safe", pure=True).load(ROOT / ".pre-commit-hooks.yaml")
}


def test_the_hook_takes_records_and_nothing_else(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    hook = HOOKS["perfeval-check"]
    files = [p.relative_to(ROOT).as_posix() for p in sorted((ROOT / "data").rglob("*.yaml"))]
    taken = [f for f in files if re.search(hook["files"], f) and not re.search(hook["exclude"], f)]
    assert len(taken) == 6
    assert "data/2024/perfeval.yaml" in files
    command, *arguments = hook["entry"].split()
    assert command == "perfeval"
    monkeypatch.chdir(ROOT)
    assert cli.run([*arguments, *taken]) == 0
    assert "PE317" in capsys.readouterr().out


@pytest.mark.parametrize("name", ["perfeval-fmt", "perfeval-fmt-check"])
def test_the_hooks_of_the_layout_take_what_has_one(
    name: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    hook = HOOKS[name]
    files = [p.relative_to(ROOT).as_posix() for p in sorted((ROOT / "data").rglob("*.yaml"))]
    assert [f for f in (*files, "data/ours.yaml") if re.search(hook["files"], f)] == files
    command, *arguments = hook["entry"].split()
    assert command == "perfeval"
    monkeypatch.chdir(ROOT)
    assert cli.run([*arguments, "--lang", "en", *files]) == 0
    assert capsys.readouterr().err.startswith("0 ")


@pytest.mark.parametrize("name", ["github.yml", "gitlab-ci.yml"])
def test_the_commands_of_a_ci_file_are_ours(
    name: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    text = (ROOT / "docs/ci" / name).read_text("utf-8")
    assert YAML(typ="safe", pure=True).load(text)
    calls = re.findall(r"(?:nox -s check --|perfeval_docs check) ([^>\n|]+)", text)
    assert len(calls) == 2
    monkeypatch.chdir(ROOT)
    for arguments in calls:
        assert cli.run(["check", *arguments.split()]) == 0
    assert "PE317" in capsys.readouterr().out
