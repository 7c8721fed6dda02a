"""The workbench: `nox -l` lists what there is to do, each in one sentence."""

import hashlib
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import MappingProxyType
from typing import Final

import nox

nox.needs_version = ">=2025.2.9"
nox.options.default_venv_backend = "venv"
nox.options.reuse_venv = "yes"
nox.options.error_on_missing_interpreters = True
nox.options.sessions = ["build"]

PERFEVAL: Final = ("python", "-m", "perfeval_docs")

LOCKS: Final = MappingProxyType({
    "nox": ("--group", "nox"),
    "run": ("pyproject.toml",),
    "tests": ("pyproject.toml", "--group", "tests"),
    "lint": ("pyproject.toml", "--group", "lint"),
    "bench": ("pyproject.toml", "--group", "bench"),
    "lock": ("--group", "lock"),
})  # fmt: skip
"""Each file of `requirements/`, with what uv compiles it from."""

SURROUNDINGS: Final = (
    MappingProxyType({"TZ": "UTC0", "LC_ALL": "C", "LANG": "C", "PYTHONHASHSEED": "1"}),
    MappingProxyType(
        {
            "TZ": "XST-13:45",
            "LC_ALL": "zh_CN.UTF-8",
            "LANG": "zh_CN.UTF-8",
            "PYTHONHASHSEED": "2024",
        }
    ),
)
"""Two machines that could not be less alike; neither may show in the output."""


@nox.session
def build(session: nox.Session) -> None:
    """Build the Word and PDF reports of all records into build/."""
    install(session, "run")
    session.run(*PERFEVAL, "build", *session.posargs)


@nox.session
def check(session: nox.Session) -> None:
    """Find in the records what a reviewer would send back."""
    install(session, "run")
    session.run(*PERFEVAL, "check", *session.posargs)


@nox.session
def new(session: nox.Session) -> None:
    """Begin a record, or with `-- --from data/2024` a year; nothing is overwritten."""
    install(session, "run")
    session.run(*PERFEVAL, "new", *session.posargs)


@nox.session
def fmt(session: nox.Session) -> None:
    """Bring the records into the one layout; with `-- --check`, only tell which are not in it."""
    install(session, "run")
    session.run(*PERFEVAL, "fmt", *session.posargs)


@nox.session
def diff(session: nox.Session) -> None:
    """Tell what changed between records, years or revisions: `-- data/2023 data/2024`."""
    install(session, "run")
    session.run(*PERFEVAL, "diff", *session.posargs, success_codes=(0, 1))


@nox.session
def tests(session: nox.Session) -> None:
    """Run the tests, in random order and on all cores, and report the branches they miss."""
    install(session, "tests")
    options = session.posargs or ("-n", "auto", "--cov", "--cov-report=term")
    session.run("python", "-m", "pytest", *options)


@nox.session
def lint(session: nox.Session) -> None:
    """Check style, types, floors, spelling, and that generated files are fresh."""
    install(session, "lint")
    session.run("ruff", "check")
    session.run("ruff", "format", "--check")
    session.run("mypy")
    session.run("lint-imports")
    session.run("codespell")
    session.run(*PERFEVAL, "schema", "--check")
    session.run(*PERFEVAL, "fmt", "--check")
    session.run("python", "-m", "tools.translations", "check")
    session.run("python", "-m", "tools.rule_pages", "check")


@nox.session
def reproduce(session: nox.Session) -> None:
    """Build twice in different surroundings and compare every byte."""
    install(session, "run")
    top = Path(session.create_tmp()).resolve()
    shutil.rmtree(top)
    places = (top / "here", top / "另一处 with spaces" / "deep")
    seen = []
    for place, surroundings, mask in zip(places, SURROUNDINGS, (0o022, 0o077), strict=True):
        copy_project(place)
        env = {**surroundings, "SOURCE_DATE_EPOCH": None}
        with session.chdir(place), umask(mask):
            session.run(*PERFEVAL, "build", env=env)
        seen.append(digests(place / "build"))
    compare(session, *seen)


@nox.session
def bundle(session: nox.Session) -> None:
    """Build, and put each year into build/bundles/; `-- --internal` with all that is internal."""
    install(session, "run")
    session.run(*PERFEVAL, "build")
    session.run(*PERFEVAL, "bundle", *session.posargs)


@nox.session
def bench(session: nox.Session) -> None:
    """Time the main job beside docxtpl and LibreOffice."""
    install(session, "bench")
    session.run("python", "-m", "bench.run", *session.posargs)
    session.run("python", "-m", "bench.checks")
    session.run("python", "-m", "bench.engine")
    session.run("python", "-m", "bench.summaries")
    session.run("python", "-m", "bench.site")
    session.run("python", "-m", "bench.imports")


@nox.session(name="import")
def import_(session: nox.Session) -> None:
    """Make records of filled forms: `nox -s import -- FILE…`."""
    install(session, "run")
    session.run(*PERFEVAL, "import", *session.posargs)


@nox.session
def perfeval(session: nox.Session) -> None:
    """Run any command of the program: `nox -s perfeval -- verify build/bundles/…`."""
    install(session, "run")
    session.run(*PERFEVAL, *session.posargs)


@nox.session
def translate(session: nox.Session) -> None:
    """Collect the messages of the source into the catalogues of translations."""
    install(session, "lint")
    session.run("python", "-m", "tools.translations", "update")


@nox.session
def lock(session: nox.Session) -> None:
    """Compile the locks in requirements/ anew; with `-- --upgrade`, to the newest versions."""
    install(session, "lock")
    for name, inputs in LOCKS.items():
        session.run(
            "uv", "pip", "compile", *inputs, "--output-file", f"requirements/{name}.txt",
            "--universal", "--generate-hashes", "--python-version", "3.11", "--no-config",
            "--quiet", "--custom-compile-command", "nox -s lock",
            "--overrides", "requirements/left-out.in", *session.posargs,
        )  # fmt: skip


def install(session: nox.Session, lock: str) -> None:
    """Install a lock into the session's environment, unless it is the one installed there."""
    wanted = Path(f"requirements/{lock}.txt")
    stamp = Path(session.virtualenv.location) / "lock.txt"
    if stamp.is_file() and stamp.read_bytes() == wanted.read_bytes():
        return
    # A lock is whole; what pip resolves beside it (`coverage[toml]` to the newest) has no hash.
    session.install("--require-hashes", "--no-deps", "-r", str(wanted))
    shutil.copyfile(wanted, stamp)


def copy_project(target: Path) -> None:
    """Copy what a build reads, with new file times."""
    for folder in ("data", "perfeval_docs", "templates"):
        shutil.copytree(
            folder, target / folder, copy_function=shutil.copyfile,
            ignore=shutil.ignore_patterns("__pycache__"),
        )  # fmt: skip


@contextmanager
def umask(mask: int) -> Iterator[None]:
    """Let processes started inside create files with this mask."""
    before = os.umask(mask)
    try:
        yield
    finally:
        os.umask(before)


def digests(folder: Path) -> dict[str, str]:
    """Return the SHA-256 of each file below the folder, by its path from there; not of the cache.

    What is only remembered is no output: values are pickled by who else shares them.
    """
    files = sorted(p for p in folder.rglob("*") if p.is_file() and p.parent != folder / "cache")
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in files
    }


def compare(session: nox.Session, first: dict[str, str], second: dict[str, str]) -> None:
    """Fail unless both builds made the same files with the same bytes, PDFs among them."""
    differing = [n for n in sorted(first | second) if first.get(n) != second.get(n)]
    if differing:
        session.error("not the same in both builds: " + ", ".join(differing))
    made = {suffix: sum(n.endswith(suffix) for n in first) for suffix in (".docx", ".pdf")}
    if not all(made.values()):
        session.error(f"nothing was compared: {made}")
    session.log(f"{len(first)} files are the same in both builds: {made}")
