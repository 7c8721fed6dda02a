"""Print how long the main job takes beside docxtpl and LibreOffice, on one record of 15 indicators.

Every figure is the median of several rounds, our rounds and the peer's taken by turns, so
that both meet the same noise. `python -m bench.run` from the top of the project.
"""

from __future__ import annotations

import io
import shutil
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable
from dataclasses import fields
from functools import partial
from pathlib import Path
from time import perf_counter

import jinja2
from docxtpl import DocxTemplate
from jinja2.ext import Extension
from jinja2.nodes import Output
from jinja2.parser import Parser

from bench.form import form_of, with_new_texts
from perfeval_docs.build.reports import VOCABULARY
from perfeval_docs.fonts import FontBook
from perfeval_docs.ooxml import DocumentProperties
from perfeval_docs.typeset import Typesetter, read_pdf
from perfeval_docs.view import FormView
from perfeval_docs.word import compile_template, read_docx

TEMPLATE = Path("templates/self-evaluation.docx")
RECORD = "01-publicity"
ROUNDS = 15
BATCH = 20


class IgnoreMerges(Extension):
    """Let docxtpl read our `{% vm level1 %}`, which it has no word for, and leave it out."""

    tags = {"vm"}  # noqa: RUF012  # Jinja2's own way to declare it

    def parse(self, parser: Parser) -> Output:
        """Skip the tag."""
        line = next(parser.stream).lineno
        parser.parse_expression()
        return Output([], lineno=line)


def timed(work: Callable[[], object]) -> float:
    """Return the seconds that the work takes."""
    start = perf_counter()
    work()
    return perf_counter() - start


def by_turns(
    ours: Callable[[], object], peer: Callable[[], object], rounds: int
) -> tuple[float, float]:
    """Return the median seconds of each, after one round of both that is not counted."""
    ours(), peer()
    pairs = [(timed(ours), timed(peer)) for _ in range(rounds)]
    return statistics.median(a for a, _ in pairs), statistics.median(b for _, b in pairs)


def line(what: str, ours: float, peer: float, peer_name: str, goal: float) -> None:
    """Print one comparison."""
    verdict = "reached" if peer / ours >= goal else "MISSED"
    print(
        f"{what:<34} {ours * 1000:8.2f} ms   {peer_name:<26} {peer * 1000:8.2f} ms   "
        f"{peer / ours:6.1f}x  (goal {goal:g}x: {verdict})"
    )


def filling(form: FormView, properties: DocumentProperties) -> list[bytes]:
    """Compare filling a compiled template with docxtpl on the same file.

    Returns the Word file of the form, then those of forms of which every text is another.
    """
    values = _values(form)
    template = compile_template(TEMPLATE.read_bytes(), file=str(TEMPLATE), vocabulary=VOCABULARY)

    def peer() -> None:
        document = DocxTemplate(TEMPLATE)
        document.render(values, jinja2.Environment(extensions=[IgnoreMerges], autoescape=True))
        document.save(io.BytesIO())

    ours, theirs = by_turns(lambda: template.fill(values, properties), peer, ROUNDS)
    line("fill one form", ours, theirs, "docxtpl, autoescape on", 10)
    others = (with_new_texts(form, seed) for seed in range(ROUNDS + 1))
    return [template.fill(_values(each), properties) for each in (form, *others)]


def _values(form: FormView) -> dict[str, object]:
    return {field.name: getattr(form, field.name) for field in fields(form)}


def typesetting(documents: list[bytes], properties: DocumentProperties) -> None:
    """Compare Word to PDF with LibreOffice converting a batch in one process."""
    typesetter = Typesetter(FontBook.load())
    counter = iter(range(1_000_000))
    docx, *others = documents

    def set_one(document: bytes = docx) -> bytes:
        """Set a document that the compiler has not seen: its title differs each time."""
        return typesetter.typeset(
            document, title=f"{properties.title} {next(counter)}", author=properties.author,
            date=properties.date, file="bench",
        ).pdf  # fmt: skip

    with tempfile.TemporaryDirectory() as folder:
        names = [Path(folder) / f"{n}.docx" for n in range(BATCH)]
        for name in names:
            name.write_bytes(docx)

        def peer() -> None:
            subprocess.run(
                [shutil.which("soffice") or "soffice", f"-env:UserInstallation=file://{folder}/profile",
                 "--headless", "--convert-to", "pdf", "--outdir", folder, *map(str, names)],
                check=True, capture_output=True,
            )  # fmt: skip

        ours, theirs = by_turns(set_one, peer, 3)
    ours = statistics.median(timed(set_one) for _ in range(ROUNDS))
    batch = f"LibreOffice, batch of {BATCH}"
    line("Word to PDF, one form", ours, theirs / BATCH, batch, 10)
    new = statistics.median(timed(partial(set_one, other)) for other in others[1:])
    line("Word to PDF, every text new", new, theirs / BATCH, batch, 10)
    pdf = set_one()
    reading = statistics.median(
        timed(lambda: (read_docx(docx), read_pdf(pdf))) for _ in range(ROUNDS)
    )
    print(f"{'read both back':<34} {reading * 1000:8.2f} ms")


def cold_start() -> None:
    """Time the whole process `perfeval build --only` from nothing."""
    with tempfile.TemporaryDirectory() as folder:
        command = [
            sys.executable,
            "-m",
            "perfeval_docs",
            "build",
            "--only",
            RECORD,
            "--out",
            folder,
        ]
        seconds = [
            timed(lambda: subprocess.run(command, check=True, capture_output=True))
            for _ in range(7)
        ]
    median = statistics.median(seconds)
    print(
        f"{'perfeval build --only, cold start':<34} {median * 1000:8.2f} ms   "
        f"(least {min(seconds) * 1000:.0f}, most {max(seconds) * 1000:.0f}; goal 1000 ms: "
        f"{'reached' if median < 1 else 'MISSED'})"
    )


def main() -> None:
    """Run every comparison."""
    form, properties = form_of(RECORD, indicators=15)
    typesetting(filling(form, properties), properties)
    cold_start()


if __name__ == "__main__":
    main()
