"""`perfeval build --watch`: what is saved is built, what is faulty keeps the last good output."""

import signal
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from queue import Empty, Queue

import pytest

from perfeval_docs.cli import watching
from perfeval_docs.errors import ExitCode
from perfeval_docs.settings import Settings
from tests.build.trees import ENVIRONMENT, clean, command, tree

LONGEST = 60.0
RECORD = "data/2024/01-publicity.yaml"


class Watch:
    """A watch under way, and the lines that it prints."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self.process = process
        self.lines: Queue[str] = Queue()
        threading.Thread(target=self._read, daemon=True).start()

    def _read(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self.lines.put(line)

    def until(self, words: str) -> str:
        """Return all that is printed until a line says these words."""
        said, end = "", time.monotonic() + LONGEST
        while words not in said:
            try:
                said += self.lines.get(timeout=max(end - time.monotonic(), 0.01))
            except Empty:
                raise AssertionError((words, said)) from None
        return said


@contextmanager
def watched(project: Path) -> Iterator[Watch]:
    with subprocess.Popen(
        command("--watch"), cwd=project, env=ENVIRONMENT, text=True,
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
    ) as process:  # fmt: skip
        try:
            yield Watch(process)
        finally:
            process.kill()


def test_a_saved_record_is_built_and_a_faulty_one_keeps_its_documents(project: Path) -> None:
    record = project / RECORD
    good = record.read_text("utf-8")
    with watched(project) as watch:
        assert "3 reports built, 0 unchanged" in watch.until("watching data, templates")
        before = tree(project / "build")

        record.write_text(good.replace("project: ", "project: 新", 1), "utf-8")
        assert "1 reports built, 2 unchanged, 0 refused" in watch.until("watching")
        after = tree(project / "build")
        assert {name for name in after if after[name] != before.get(name)} == {
            "2024/manifest.json", "2024/reports/01-publicity.docx",
            "2024/reports/01-publicity.pdf",
        }  # fmt: skip

        record.write_text(good.replace("project: ", "projekt: ", 1), "utf-8")
        said = watch.until("watching")
        assert "0 reports built, 2 unchanged, 1 refused" in said
        assert "error[PE031]" in said
        assert tree(project / "build") == after

        template = project / "templates/self-evaluation.docx"
        whole = template.read_bytes()
        template.write_bytes(b"no Word file")
        assert "error: " in watch.until("watching")
        assert tree(project / "build") == after
        template.write_bytes(whole)
        watch.until("watching")

        record.write_text(good, "utf-8")
        assert "1 reports built, 2 unchanged, 0 refused" in watch.until("watching")
        watch.process.send_signal(signal.SIGINT)
        assert watch.process.wait(timeout=LONGEST) == 0
    assert tree(project / "build") == clean(project)


def test_files_that_editors_keep_beside_are_not_built(project: Path) -> None:
    with watched(project) as watch:
        watch.until("watching")
        for name in (".01-publicity.yaml.swp", "01-publicity.yaml~", "#x#", "~$x.docx"):
            (project / "data/2024" / name).write_text("x", "utf-8")
        time.sleep(1.5)
        assert watch.lines.empty()


def test_an_interrupt_that_is_lost_ends_it_all_the_same(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What tidies up after objects drops exceptions, that of Ctrl-C too."""

    def lost(*_: object, **__: object) -> None:
        with suppress(KeyboardInterrupt):
            signal.raise_signal(signal.SIGINT)

    monkeypatch.setattr(watching, "run_build", lost)
    settings = Settings(
        data=project / "data", out=project / "build",
        template=project / "templates/self-evaluation.docx",
    )  # fmt: skip
    before = signal.getsignal(signal.SIGINT)
    stop = threading.Timer(LONGEST, signal.raise_signal, (signal.SIGINT,))
    stop.start()
    begun = time.monotonic()
    assert watching.run_watch(settings, str, str, str, explain=False) == ExitCode.CLEAN  # type: ignore[arg-type]
    stop.cancel()
    assert time.monotonic() - begun < LONGEST / 2
    assert signal.getsignal(signal.SIGINT) is before
