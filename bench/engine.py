"""Print how fast many records are built: cold, unchanged, one changed, and beside the peers.

Peers are docxtpl and LibreOffice's batch conversion, two processes with two profiles, on the same
records in the same run. `python -m bench.engine [RECORDS …]` from the top of the project; the
summary of the year is left out, which has a bench of its own.
"""

from __future__ import annotations

import os
import resource
import shutil
import subprocess
import sys
import tempfile
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from dataclasses import fields
from multiprocessing import get_context
from pathlib import Path

import jinja2
from docxtpl import DocxTemplate

from bench.records import copies
from bench.run import IgnoreMerges, timed
from perfeval_docs.build import form_view
from perfeval_docs.checking import prepare, read_inputs, record_file
from perfeval_docs.view import FormView

SIZES = (100, 1000)
PEER_RECORDS = 60
TEMPLATE = Path("templates/self-evaluation.docx")
GOALS = {"unchanged": 1.0, "one changed": 1.5}
WORKERS = 2


def ours(folder: Path) -> float:
    """Return the wall time of a build as a process."""
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[1])}
    command = [sys.executable, "-m", "perfeval_docs", "build", "-j", str(WORKERS)]

    def once() -> None:
        subprocess.run(command, cwd=folder, check=True, capture_output=True, env=environment)

    return timed(once)


def fill(path: Path, out: Path) -> None:
    """Fill the template for one record with docxtpl."""
    view = form_view(prepare(read_inputs(record_file(path, path.parents[1])), lambda _: ()))
    if view is None:
        raise ValueError(path)
    template = DocxTemplate(str(TEMPLATE))
    environment = jinja2.Environment(autoescape=True, extensions=[IgnoreMerges])
    template.render({f.name: getattr(view, f.name) for f in fields(FormView)}, environment)
    template.save(out / f"{path.stem}.docx")


def peers(files: list[Path], folder: Path) -> float:
    """Return the wall time of docxtpl and LibreOffice on the records, two processes of each."""
    outs = [folder / f"peer{n}" for n in range(WORKERS)]
    for out in outs:
        out.mkdir()
    halves = [(out, files[n::WORKERS]) for n, out in enumerate(outs)]

    def convert(out: Path) -> None:
        subprocess.run(
            ["soffice", f"-env:UserInstallation=file://{out}/profile", "--headless",
             "--convert-to", "pdf", "--outdir", out, *sorted(out.glob("*.docx"))],
            check=True, capture_output=True,
        )  # fmt: skip

    def everything() -> None:
        with ProcessPoolExecutor(WORKERS, mp_context=get_context("spawn")) as pool:
            jobs = [pool.submit(fill, path, out) for out, part in halves for path in part]
            for job in jobs:
                job.result()
        with ThreadPoolExecutor(WORKERS) as pool:
            list(pool.map(convert, outs))

    return timed(everything)


def measure(size: int) -> float:
    """Print the builds of so many records; return the seconds that a cold one takes each."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        files = copies(folder, size)
        (folder / "templates").mkdir()
        shutil.copy(TEMPLATE, folder / "templates")
        cold = ours(folder)
        print(f"{size} records, cold: {cold:.2f} s, {size / cold:.1f} records a second")
        again = {"unchanged": ours(folder)}
        text = files[0].read_text("utf-8")
        files[0].write_text(text.replace("project: ", "project: 改", 1), "utf-8")
        again["one changed"] = ours(folder)
        for what, took in again.items():
            verdict = "reached" if took <= GOALS[what] else "MISSED"
            print(f"  {what:<14} {took:6.2f} s   (goal for 1000: {GOALS[what]:g} s: {verdict})")
        peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
        print(f"  peak memory of a process so far: {peak:.0f} MB")
    return cold / size


def main() -> None:
    """Measure the sizes, then the peers."""
    sizes = tuple(map(int, sys.argv[1:])) or SIZES
    each = [measure(size) for size in sizes]
    print(f"a record of {sizes[-1]} takes {each[-1] / each[0]:.2f}x one of {sizes[0]}")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        files = copies(folder, PEER_RECORDS)
        took = peers(files, folder) / PEER_RECORDS
    print(
        f"docxtpl and LibreOffice, {PEER_RECORDS} records: {took * 1000:.0f} ms each, "
        f"{took / each[-1]:.1f}x ours (goal 10x: "
        f"{'reached' if took >= 10 * each[-1] else 'MISSED'})"
    )


if __name__ == "__main__":
    main()
