"""More than 200 mangled and hostile files: a message for each, no traceback, and bounded memory.

How long each takes is told by `python -m bench.imports`; a test on a busy machine cannot.
"""

import json
import subprocess
import sys
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from perfeval_docs.report.cells import visible
from tests.importing.mangles import spoiled
from tests.importing.meaning import ROOT

LEAST = 200
MOST_MEMORY = 300
PROCESSES = 2


def imported(paths: Sequence[Path]) -> list[dict[str, Any]]:
    ran = subprocess.run(
        [sys.executable, "-m", "tests.importing.forked", *paths],
        cwd=ROOT, check=True, capture_output=True,
    )  # fmt: skip
    return [json.loads(line) for line in ran.stdout.splitlines()]


def test_no_file_breaks_an_import(six: Path, tmp_path: Path) -> None:
    reports = six / "reports"
    paths = []
    for number, each in enumerate(
        spoiled(*((reports / f"01-publicity.{s}").read_bytes() for s in ("docx", "pdf")))
    ):
        path = tmp_path / str(number) / each.name
        path.parent.mkdir()
        path.write_bytes(each.data)
        paths.append(path)
    assert len(paths) >= LEAST
    with ThreadPoolExecutor(PROCESSES) as pool:
        parts = pool.map(imported, (paths[n::PROCESSES] for n in range(PROCESSES)))
        outcomes = [each for part in parts for each in part]
    assert sorted(each["file"] for each in outcomes) == sorted(path.name for path in paths)
    broken = [
        (each["file"], each["code"], each["told"][-200:], each["peak"])
        for each in outcomes
        if each["code"] not in (0, 1, 2)
        or "Traceback" in each["told"]
        or not each["told"].strip()
        or each["peak"] > MOST_MEMORY
    ]
    assert broken == []
    # What gives no record says so by the file's name.
    silent = [
        each["file"]
        for each in outcomes
        if not each["records"] and visible(each["file"]) not in each["told"]
    ]
    assert silent == []
    assert {each["code"] for each in outcomes} == {0, 1}
    assert "\x1b" not in "".join(each["told"] for each in outcomes)
