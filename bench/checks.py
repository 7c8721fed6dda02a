"""Print how long checking a thousand records takes beside yamllint and check-jsonschema.

The peers look for other things (form, shape); they are there for scale, on the same files.
`python -m bench.checks` from the top of the project.
"""

from __future__ import annotations

import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

from bench.run import timed

RECORDS = 1000
INDICATORS = 20
ROUNDS = 3
GOAL = 5.0
GOAL_AGAIN = 1.0
DATA = Path("data")
SEED = DATA / "2024/06-it-maintenance.yaml"
YAMLLINT = "{extends: default, rules: {line-length: disable, document-start: disable}}"


def generate(folder: Path) -> list[Path]:
    """Write records of so many indicators, each of another name; return their files."""
    head, *parts = re.split(r"(?m)^(?=      - indicator: )", SEED.read_text("utf-8"))
    # Those that open a level keep its keys, so the ones in between are left out.
    inner = [n for n, part in enumerate(parts) if part.count(":\n") == 0]
    left_out = set(inner[: len(parts) - INDICATORS])
    text = head + "".join(part for n, part in enumerate(parts) if n not in left_out)
    shutil.copytree(DATA, folder / "data", ignore=shutil.ignore_patterns("0*.yaml"))
    files = [folder / f"data/2024/r{number:04}.yaml" for number in range(RECORDS)]
    for number, file in enumerate(files):
        file.write_text(text.replace("project: ", f"project: 第{number}号", 1), "utf-8")
    return files


def seconds(command: list[str], folder: Path, *, cold: bool = False) -> float:
    """Return the median wall time of a command; that it finds faults is no failure.

    `cold` takes away, each time, what earlier checks found.
    """
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[1])}

    def once() -> None:
        if cold:
            shutil.rmtree(folder / "build", ignore_errors=True)
        ran = subprocess.run(command, cwd=folder, check=False, capture_output=True, env=environment)
        if ran.returncode not in (0, 1):
            raise RuntimeError(ran.stderr.decode())

    return statistics.median(timed(once) for _ in range(ROUNDS))


def main() -> None:
    """Run all three."""
    schema = Path("schema/record.schema.json").resolve()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        files = [str(file) for file in generate(folder)]
        python = sys.executable
        ours = [python, "-m", "perfeval_docs", "check", "--format", "concise"]
        peers = {
            "yamllint": [python, "-m", "yamllint", "-d", YAMLLINT, *files],
            "check-jsonschema": [
                python, "-m", "check_jsonschema", "--schemafile", str(schema), *files,
            ],
        }  # fmt: skip
        took = seconds(ours, folder, cold=True)
        again = seconds(ours, folder)
        in_full = seconds(ours[:-2], folder)
        print(
            f"perfeval check, {RECORDS} records of {INDICATORS} indicators, {os.cpu_count()} cores"
        )
        for what, value, goal in (("cold", took, GOAL), ("unchanged", again, GOAL_AGAIN)):
            verdict = "reached" if value <= goal else "MISSED"
            print(f"  {what:<18} {value:6.2f} s   (goal {goal:g} s: {verdict})")
        print(f"  unchanged, in full {in_full:6.2f} s")
        for peer, command in peers.items():
            other = seconds(command, folder)
            print(f"  {peer:<18} {other:6.2f} s   {other / took:5.1f}x ours, cold")


if __name__ == "__main__":
    main()
