"""Building for the engine's tests, and what then stands in the output."""

import os
import shutil
import sys
from dataclasses import replace
from pathlib import Path

from perfeval_docs.build import Outcome, build
from perfeval_docs.settings import Settings

ROOT = Path(__file__).parents[2]
COUNT = 30
STEMS = ("01-publicity", "06-it-maintenance")
ENVIRONMENT = {**os.environ, "PYTHONPATH": str(ROOT)}


def command(*options: str) -> list[str]:
    """Return the command of a build, as a process of its own runs it."""
    call = "import sys; from perfeval_docs import cli; cli.main(sys.argv[1:])"
    return [
        sys.executable,
        "-u",
        "-c",
        call,
        "build",
        "--no-system-fonts",
        "--lang",
        "en",
        *options,
    ]


def asked(project: Path, **changes: object) -> Settings:
    settings = Settings(
        data=project / "data", out=project / "build", system_fonts=False,
        template=project / "templates/self-evaluation.docx",
    )  # fmt: skip
    return replace(settings, **changes)  # type: ignore[arg-type]


def run(project: Path, **changes: object) -> Outcome:
    return build(asked(project, **changes), lambda _done, _all: None)


def tree(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and "cache" not in path.parts
    }


def clean(project: Path) -> dict[str, bytes]:
    """Return the tree that a build of nothing but the inputs gives."""
    out = project / "clean"
    shutil.rmtree(out, ignore_errors=True)
    run(project, out=out)
    return tree(out)


def stems(outcome: Outcome) -> tuple[list[str], list[str]]:
    return [f.stem for f in outcome.built], [f.stem for f in outcome.unchanged]
