"""The six published forms: exactly what a reviewer would find in them, in both languages."""

import shutil
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest

from perfeval_docs import cli
from perfeval_docs.checking import check
from perfeval_docs.settings import Settings

ROOT = Path(__file__).parents[2]
GOLDEN = Path(__file__).parent / "golden"


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_six_forms_give_the_golden_text(
    lang: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(ROOT)
    assert cli.run(["check", "--lang", lang]) == 0
    assert capsys.readouterr().out == (GOLDEN / f"check.{lang}.txt").read_text("utf-8")


def test_the_six_forms_have_what_the_catalogue_says_and_nothing_else(tmp_path: Path) -> None:
    settings = Settings(data=ROOT / "data", out=tmp_path, template=Path("none"))
    found = check(settings, (), lambda _done, _all: None).diagnostics
    forms: dict[str, set[str]] = {}
    for each in found:
        forms.setdefault(each.name, set()).add(Path(each.span.file).stem[:2])
    every = {"01", "02", "03", "04", "05", "06"}
    assert forms == {
        "level-weight-unusual": every,
        "indicator-dominates": {"03"},
        "satisfaction-missing": {"03"},
        "qualitative-vague": every,
        "far-over-target": every,
        "target-too-low": {"01", "02", "03"},
        "level2-misfit": {"01", "02", "04", "05"},
        "narrative-undone": {"02"},
        "goal-uncovered": {"02"},
        "year-all-full-marks": {"01"},
        "summary-slot-blank": {"su"},  # in summary.yaml, of which the forms say nothing
    }
    times = Counter(each.name for each in found)
    assert times["far-over-target"] == 18
    misfits = [str(d.message) for d in found if d.name == "level2-misfit"]
    for name in ("推广活动参与人员", "科技券发放率", "网络运维完成率", "人才计划受理及组织评审"):
        assert sum(message.startswith(name) for message in misfits) == 1


def test_several_processes_find_what_one_does(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "data", tmp_path / "data")
    text = (ROOT / "data/2024/01-publicity.yaml").read_text("utf-8")
    for number in range(220):
        copy = text.replace("project: ", f"project: 第{number}号", 1)
        (tmp_path / f"data/2024/r{number:03}.yaml").write_text(copy, "utf-8")
    settings = Settings(data=tmp_path / "data", out=tmp_path / "1", template=Path("none"))
    one = check(settings, (), lambda _done, _all: None)
    done: list[int] = []
    two = check(
        replace(settings, workers=2, out=tmp_path / "2"),
        (),
        lambda number, _all: done.append(number),
    )
    assert two == one
    assert done == list(range(1, 227))
