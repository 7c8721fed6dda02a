"""A check survives the death of a process: the record is named, the others are checked."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
COUNT = 220
DEADLY = "r013.yaml"

# Each of the workers, and only they, is killed when it opens the deadly record.
MINE = f"""
import multiprocessing, os, signal, sys

def look(event, args):
    if event == "open" and str(args[0]).endswith({DEADLY!r}):
        if multiprocessing.parent_process() is not None:
            os.kill(os.getpid(), signal.SIGKILL)

sys.addaudithook(look)
"""

CHECK = """
import json
from pathlib import Path
from perfeval_docs.checking import check
from perfeval_docs.settings import Settings

settings = Settings(data=Path("data"), out=Path("build"), template=Path("none"), workers=2)
found = check(settings, (), lambda _done, _all: None)
told = [[d.span.file, d.code, str(d.message)] for d in found.diagnostics]
print(json.dumps([found.records, found.remembered, told]))
"""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """Return a project of so many records that a check shares them among processes."""
    shutil.copytree(ROOT / "data", tmp_path / "data")
    text = (tmp_path / "data/2024/01-publicity.yaml").read_text("utf-8")
    for path in (tmp_path / "data/2024").glob("0*.yaml"):
        path.unlink()
    for number in range(COUNT):
        copy = text.replace("project: ", f"project: 第{number}号", 1)
        (tmp_path / f"data/2024/r{number:03}.yaml").write_text(copy, "utf-8")
    (tmp_path / "mined").mkdir()
    (tmp_path / "mined/sitecustomize.py").write_text(MINE, "utf-8")
    return tmp_path


def checked(project: Path, *folders: Path) -> tuple[int, int, list[list[str]]]:
    """Return how many records were checked and remembered; file, code and message of findings."""
    paths = os.pathsep.join(map(str, (*folders, ROOT)))
    done = subprocess.run(
        [sys.executable, "-c", CHECK], cwd=project, env={**os.environ, "PYTHONPATH": paths},
        check=True, capture_output=True,
    )  # fmt: skip
    records, remembered, told = json.loads(done.stdout)
    return records, remembered, told


def test_a_record_whose_process_dies_is_named_and_spares_the_others(project: Path) -> None:
    records, _, told = checked(project, project / "mined")
    of_one = [each for each in told if each[0] == f"data/2024/{DEADLY}"]
    assert records == COUNT
    assert [code for _, code, _ in of_one] == ["PE905"]
    # Nothing is kept of it: the next check looks at it, and at no other.
    _, remembered, again = checked(project)
    assert remembered == COUNT - 1
    assert of_records(told) == of_records(again)
    assert "PE905" not in {code for _, code, _ in again}


def of_records(told: list[list[str]]) -> list[list[str]]:
    """Return what was found in single records, but for the deadly one."""
    return [each for each in told if DEADLY not in each[0] and not each[1].startswith("PE5")]
