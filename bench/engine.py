"""Print how fast many records are built: cold, unchanged, one changed, and beside the peers.

Peers are docxtpl with LibreOffice's batch conversion, and Typst alone on the same pages: each has
two processes, on the same records, in the same run. `python -m bench.engine [RECORDS …]` from the
top of the project; the summary of the year is left out but for one size, since it is of all records
whichever changed. How long a summary takes by itself is for `bench.summaries`.
"""

from __future__ import annotations

import os
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import fields
from functools import cache
from multiprocessing import get_context
from pathlib import Path
from time import perf_counter

import jinja2
from docxtpl import DocxTemplate

from bench.records import copies
from bench.run import IgnoreMerges, timed
from perfeval_docs.build.reports import VOCABULARY, form_view, report_properties
from perfeval_docs.checking import Prepared, prepare, read_inputs, record_file
from perfeval_docs.fonts import FontBook
from perfeval_docs.output import write_files
from perfeval_docs.typeset import Typesetter, read_pdf
from perfeval_docs.view import FormView
from perfeval_docs.word import compile_template, read_docx

SIZES = (6, 1000, 10_000)
OF_GOALS = 1000
PEER_RECORDS = 60
STAGE_RECORDS = 60
TEMPLATE = Path("templates/self-evaluation.docx")
GOALS = {"unchanged": 1.0, "one changed": 1.5}
GOAL_OFFICE, GOAL_TYPST, GOAL_GROWTH, GOAL_MEMORY = 10.0, 2.5, 10.5, 1.3
WORKERS = 2


def ours(folder: Path) -> tuple[float, int]:
    """Return the wall time of a build as a process, and the peak memory of any of its own, in MB.

    A process of its own starts it, so that the memory is that of this build alone.
    """
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[1])}
    # A program that is installed has its modules compiled; so has ours after the first build.
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    build = [sys.executable, "-m", "perfeval_docs", "build", "-j", str(WORKERS)]
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        return pool.submit(_run, build, folder, environment).result()


def _run(command: list[str], folder: Path, environment: dict[str, str]) -> tuple[float, int]:
    def once() -> None:
        subprocess.run(command, cwd=folder, check=True, capture_output=True, env=environment)

    took = timed(once)
    return took, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024


def measure(size: int, *, with_summary: bool = False) -> tuple[float, int]:
    """Print the builds of so many records; return the seconds of a cold one, and its memory."""
    what = f"{size} records with the summary" if with_summary else f"{size} records"
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        files = copies(folder, size)
        if with_summary:
            shutil.copytree(TEMPLATE.parent, folder / "templates")
        else:
            (folder / "templates").mkdir()
            shutil.copy(TEMPLATE, folder / "templates")
        cold, memory = ours(folder)
        print(
            f"{what}, cold: {cold:.2f} s, {size / cold:.1f} records a second, "
            f"peak {memory} MB a process"
        )
        again = {"unchanged": ours(folder)[0]}
        text = files[0].read_text("utf-8")
        files[0].write_text(text.replace("project: ", "project: 改", 1), "utf-8")
        again["one changed"] = ours(folder)[0]
        for state, took in again.items():
            goal = f"   ({_verdict(GOALS[state], took)} s)" if size == OF_GOALS else ""
            print(f"  {state:<14} {took:6.2f} s{goal}")
    return cold, memory


def view_of(path: Path) -> tuple[Prepared, FormView]:
    """Return a record and its form."""
    prepared = prepare(read_inputs(record_file(path, path.parents[1])), lambda _: ())
    view = form_view(prepared)
    if view is None:
        raise ValueError(path)
    return prepared, view


def fill(path: Path, out: Path) -> None:
    """Fill the template for one record with docxtpl."""
    _, view = view_of(path)
    template = DocxTemplate(str(TEMPLATE))
    environment = jinja2.Environment(autoescape=True, extensions=[IgnoreMerges])
    template.render({f.name: getattr(view, f.name) for f in fields(FormView)}, environment)
    template.save(out / f"{path.stem}.docx")


def office(files: list[Path], folder: Path) -> float:
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


@cache
def typesetter() -> Typesetter:
    """Open Typst with its fonts, once in each process."""
    return Typesetter(FontBook.load())


def sources(files: list[Path]) -> Iterator[str]:
    """Yield what Typst is to compile for each record."""
    template = compile_template(TEMPLATE.read_bytes(), file=str(TEMPLATE), vocabulary=VOCABULARY)
    for path in files:
        prepared, view = view_of(path)
        if prepared.record is None:
            raise ValueError(path)
        properties = report_properties(view, prepared.record, None)
        values = {field.name: getattr(view, field.name) for field in fields(view)}
        source, _ = typesetter().source(
            template.fill(values, properties), title=properties.title, author=properties.author,
            date=properties.date, file=str(TEMPLATE),
        )  # fmt: skip
        yield source


def compiled(source: str) -> int:
    """Compile a source with Typst; return the size of the PDF."""
    return len(typesetter().compiled(source))


def typst_alone(files: list[Path]) -> float:
    """Return the wall time of two processes that compile the records' pages, their start in it."""
    every = list(sources(files))

    def everything() -> None:
        with ProcessPoolExecutor(WORKERS, mp_context=get_context("spawn")) as pool:
            list(pool.map(compiled, every, chunksize=4))

    return timed(everything)


def stages(files: list[Path], folder: Path) -> None:
    """Print what each stage takes of the time of a record, in one process."""
    template = compile_template(TEMPLATE.read_bytes(), file=str(TEMPLATE), vocabulary=VOCABULARY)
    took: dict[str, list[float]] = {}

    @contextmanager
    def stage(name: str) -> Iterator[None]:
        start = perf_counter()
        yield
        took.setdefault(name, []).append(perf_counter() - start)

    for path in files:
        with stage("read, score, check"):
            prepared, view = view_of(path)
        if prepared.record is None:
            raise ValueError(path)
        properties = report_properties(view, prepared.record, None)
        values = {field.name: getattr(view, field.name) for field in fields(view)}
        with stage("fill Word"):
            docx = template.fill(values, properties)
        with stage("what it should say"):
            template.expected(values)
        with stage("Word to markup"):
            source, _ = typesetter().source(
                docx, title=properties.title, author=properties.author, date=properties.date,
                file=str(TEMPLATE),
            )  # fmt: skip
        with stage("Typst"):
            pdf = typesetter().compiled(source)
        with stage("read Word back"):
            read_docx(docx)
        with stage("read PDF back"):
            read_pdf(pdf)
        with stage("write"):
            write_files(folder, {f"{path.stem}.docx": docx, f"{path.stem}.pdf": pdf})
    medians = {name: statistics.median(each) for name, each in took.items()}
    whole = sum(medians.values())
    print(f"stages of a record, one process, median of {len(files)}: {whole * 1000:.1f} ms")
    for name, each in medians.items():
        print(f"  {name:<20} {each * 1000:6.2f} ms  {each / whole:5.1%}")


def _verdict(goal: float, found: float, *, least: bool = False) -> str:
    reached = found >= goal if least else found <= goal
    return f"goal {goal:g}: {'reached' if reached else 'MISSED'}"


def main() -> None:
    """Measure the sizes, then the peers."""
    sizes = tuple(map(int, sys.argv[1:])) or SIZES
    measured = {size: measure(size) for size in sizes}
    if OF_GOALS in sizes:
        measure(OF_GOALS, with_summary=True)
    if {1000, 10_000} <= measured.keys():
        (small, memory), (large, more) = measured[1000], measured[10_000]
        growth, weight = large / small, more / memory
        print(
            f"10000 records take {growth:.2f}x the time of 1000 ({_verdict(GOAL_GROWTH, growth)})"
        )
        print(f"  and {weight:.2f}x the memory of a process ({_verdict(GOAL_MEMORY, weight)})")
    size = min((s for s in sizes if s >= PEER_RECORDS), default=max(sizes))
    each = measured[size][0] / size
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        files = copies(folder, max(PEER_RECORDS, STAGE_RECORDS))
        stages(files[:STAGE_RECORDS], folder / "out")
        took = office(files[:PEER_RECORDS], folder) / PEER_RECORDS
        print(
            f"docxtpl and LibreOffice, {PEER_RECORDS} records: {took * 1000:.0f} ms each, "
            f"{took / each:.1f}x ours ({_verdict(GOAL_OFFICE, took / each, least=True)})"
        )
    with tempfile.TemporaryDirectory() as name:
        files = copies(Path(name), min(size, 1000))
        alone = typst_alone(files) / len(files)
        print(
            f"Typst alone, {len(files)} records: {alone * 1000:.1f} ms each; ours take "
            f"{each / alone:.2f}x ({_verdict(GOAL_TYPST, each / alone)})"
        )


if __name__ == "__main__":
    main()
