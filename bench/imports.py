"""Print how long imports take: hundreds of mangled and hostile files, and a thousand Word forms.

`python -m bench.imports` from the top of the project. Each spoiled file is imported by the real
command in a process of its own, started anew; what is told of it is its CPU, the start included,
and its peak of memory. The Word forms are imported by one command from a cold start: as we built
them, with the record that they carry, and without it, so that their cells are read.
"""

from __future__ import annotations

import io
import os
import shutil
import subprocess
import sys
import tempfile
import zipfile
from concurrent.futures import Executor, ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path
from time import perf_counter

from bench.records import copies
from tests.importing.mangles import Spoiled, spoiled

FORMS = 1000
GOAL_SECONDS, GOAL_MEMORY, GOAL_FORMS = 2.0, 300.0, 60.0
TEMPLATE = Path("templates/self-evaluation.docx")
PERFEVAL = (sys.executable, "-m", "perfeval_docs")
ENVIRONMENT = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[1])}
EXIT_CODES = (0, 1, 2)


@dataclass(frozen=True)
class Cost:
    """What an import took: CPU and wall time in seconds, and the peak of memory in MB."""

    seconds: float
    wall: float
    memory: float


def costs(command: list[str], folder: Path) -> tuple[Cost, int, str]:
    """Run a command; return what it took, its exit code and what it printed."""
    with tempfile.TemporaryFile() as told:
        start = perf_counter()
        child = subprocess.Popen(command, cwd=folder, env=ENVIRONMENT, stdout=told, stderr=told)
        _, status, usage = os.wait4(child.pid, 0)
        wall = perf_counter() - start
        child.returncode = os.waitstatus_to_exitcode(status)
        told.seek(0)
        text = told.read().decode(errors="replace")
    cost = Cost(usage.ru_utime + usage.ru_stime, wall, usage.ru_maxrss / 1024)
    return cost, child.returncode, text


def starting() -> Executor:
    """Return a small process to start others from: a peak of memory counts what starts it."""
    return ProcessPoolExecutor(1, mp_context=get_context("spawn"))


def built(folder: Path, count: int) -> list[Path]:
    """Build so many Word forms; return their files."""
    copies(folder, count)
    (folder / "templates").mkdir()
    shutil.copy(TEMPLATE, folder / "templates")
    subprocess.run([*PERFEVAL, "build"], cwd=folder, check=True, capture_output=True,
                   env=ENVIRONMENT)  # fmt: skip
    return sorted((folder / "build/2024/reports").glob("*.docx"))


def spoiled_files(folder: Path) -> None:
    """Import hundreds of spoiled files, and print the worst of each kind."""
    (form,) = built(folder, 1)
    seen: dict[tuple[str, str], list[tuple[Cost, str]]] = {}
    broken = []
    starter = starting()
    for each in spoiled(form.read_bytes(), form.with_suffix(".pdf").read_bytes()):
        cost, code, told = _imported(each, folder, starter)
        seen.setdefault((each.kind, each.what), []).append((cost, each.name))
        if code not in EXIT_CODES or "Traceback" in told or not told.strip():
            broken.append((each.name, code))
    count = sum(map(len, seen.values()))
    print(f"perfeval import of {count} mangled and hostile files, a process for each")
    print(f"  without a clear message: {broken or 'none'}")
    for (kind, what), every in sorted(seen.items()):
        slowest = max(every, key=lambda one: one[0].seconds)
        largest = max(every, key=lambda one: one[0].memory)
        print(
            f"  {kind:5}{what:8} {len(every):3}: at most {slowest[0].seconds:.2f} s of CPU "
            f"({_verdict(GOAL_SECONDS, slowest[0].seconds)}; {slowest[1]!r}), "
            f"{largest[0].memory:.0f} MB ({_verdict(GOAL_MEMORY, largest[0].memory)}; "
            f"{largest[1]!r})"
        )


def _imported(each: Spoiled, folder: Path, starter: Executor) -> tuple[Cost, int, str]:
    with tempfile.TemporaryDirectory(dir=folder) as name:
        (Path(name) / each.name).write_bytes(each.data)
        command = [*PERFEVAL, "import", each.name, "--out", "out"]
        return starter.submit(costs, command, Path(name)).result()


def word_forms(folder: Path) -> None:
    """Import a thousand Word forms, with and without the record that they carry."""
    files = built(folder, FORMS)
    bare = folder / "bare"
    bare.mkdir()
    for file in files:
        (bare / file.name).write_bytes(without_record(file.read_bytes()))
    for what, source in (("with their records", files[0].parent), ("their cells alone", bare)):
        names = sorted(str(file) for file in source.glob("*.docx"))
        out = folder / f"out of {source.name}"
        command = [*PERFEVAL, "import", *names, "--out", str(out)]
        cost, code, _ = starting().submit(costs, command, folder).result()
        made = len(list(out.glob("*.yaml")))
        if made != FORMS:
            raise AssertionError(made, code)
        print(
            f"  {what:<20} {cost.wall:6.2f} s ({_verdict(GOAL_FORMS, cost.wall)}), "
            f"{cost.seconds:.2f} s of CPU, {FORMS / cost.wall:.0f} a second, "
            f"{cost.memory:.0f} MB, exit code {code}"
        )


def without_record(data: bytes) -> bytes:
    """Return a Word file without its custom parts."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        for info in old.infolist():
            if not info.filename.startswith("customXml/"):
                new.writestr(info, old.read(info))
    return out.getvalue()


def _verdict(goal: float, found: float) -> str:
    return f"goal {goal:g}: {'reached' if found <= goal else 'MISSED'}"


def main() -> None:
    """Measure both; with an argument, only the first or the last."""
    parts = sys.argv[1:] or ["spoiled", "forms"]
    if "forms" in parts:
        with tempfile.TemporaryDirectory() as name:
            print(f"perfeval import of {FORMS} Word forms, cold, {os.cpu_count()} cores")
            word_forms(Path(name))
    if "spoiled" in parts:
        with tempfile.TemporaryDirectory() as name:
            spoiled_files(Path(name))


if __name__ == "__main__":
    main()
