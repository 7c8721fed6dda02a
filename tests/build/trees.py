"""Building for the engine's tests, and what then stands in the output."""

import shutil
from dataclasses import replace
from pathlib import Path

from perfeval_docs.build import Outcome, build
from perfeval_docs.settings import Settings

ROOT = Path(__file__).parents[2]
COUNT = 30


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
