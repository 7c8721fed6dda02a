"""Print how long the summary of a department of 200 projects takes, and the share of its stages.

`python -m bench.summaries` from the top of the project. There is no peer that makes one: a build
with the summary is timed beside a build of the forms alone, in the same run.
"""

from __future__ import annotations

import os
import shutil
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

from bench.records import copies
from bench.run import timed

PROJECTS = 200
ROUNDS = 3
GOAL = 10.0
TEMPLATES = Path("templates")


def seconds(folder: Path, template: Path) -> float:
    """Return the median wall time of a cold build with a template."""
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[1])}
    command = [sys.executable, "-m", "perfeval_docs", "build", "--template", str(template)]

    def once() -> None:
        shutil.rmtree(folder / "build", ignore_errors=True)
        subprocess.run(command, cwd=folder, check=True, capture_output=True, env=environment)

    return statistics.median(timed(once) for _ in range(ROUNDS))


def main() -> None:
    """Time a build with the summary, and one without."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        copies(folder, PROJECTS)
        shutil.copytree(TEMPLATES, folder / "templates")
        alone = folder / "alone"
        alone.mkdir()
        shutil.copy(TEMPLATES / "self-evaluation.docx", alone)
        forms = seconds(folder, alone / "self-evaluation.docx")
        both = seconds(folder, folder / "templates/self-evaluation.docx")
        took = both - forms
        verdict = "reached" if took <= GOAL else "MISSED"
        print(f"annual summary of {PROJECTS} projects of 9 to 26 indicators, cold")
        print(f"  forms alone        {forms:6.2f} s")
        print(f"  forms and summary  {both:6.2f} s")
        print(f"  the summary        {took:6.2f} s   (goal {GOAL:g} s: {verdict})")


if __name__ == "__main__":
    main()
