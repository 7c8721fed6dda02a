"""The house keeps its own rules: commands, sizes, rooms, reasons, and nothing of a machine."""

import ast
import os
import re
import subprocess
import sys
import tomllib
import zipfile
from collections.abc import Iterator
from importlib.metadata import packages_distributions
from pathlib import Path
from typing import Any, Final

import pytest

ROOT: Final = Path(__file__).parents[1]
PACKAGE: Final = ROOT / "perfeval_docs"
PYPROJECT: Final[dict[str, Any]] = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))

IN_CI: Final = os.environ.get("PERFEVAL_CI") == "1"
MAX_FILE_BYTES: Final = 3_000_000
MAX_MODULE_LINES: Final = 400

# In pieces, so that this file may be searched too.
_TOP_FOLDERS: Final = (b"work", b"root", b"home", b"farm", b"opt")
MACHINE_PATH: Final = re.compile(rb"(?<![\w.:/<])/(?:" + b"|".join(_TOP_FOLDERS) + rb")/")
_HOSTS: Final = (rb"py[p]i\.org/simple", rb"files\.python[h]osted")
_OPTIONS: Final = (rb"--(?:extra-)?index[-]url", rb"--find[-]links")
REGISTRY: Final = re.compile(b"|".join(_HOSTS + _OPTIONS))


def tracked() -> list[Path]:
    """Return the files that git tracks and that are there; skip the test outside a checkout."""
    git = ("git", "-c", "safe.directory=*", "ls-files", "-z")
    try:
        listed = subprocess.run(git, cwd=ROOT, check=True, capture_output=True).stdout.decode()
    except (FileNotFoundError, subprocess.CalledProcessError):
        if IN_CI:
            raise
        pytest.skip("git does not say here which files it tracks")
    files = [ROOT / name for name in listed.split("\0") if name and (ROOT / name).is_file()]
    assert ROOT / "pyproject.toml" in files
    return files


def modules() -> list[Path]:
    """Return the modules of the package."""
    found = sorted(PACKAGE.rglob("*.py"))
    assert PACKAGE / "cli/__init__.py" in found
    return found


def commands(document: str) -> list[str]:
    """Return the lines of the shell blocks of a Markdown file."""
    text = (ROOT / document).read_text("utf-8")
    return [
        line
        for block in re.findall(r"```sh\n(.*?)```", text, re.DOTALL)
        for line in block.splitlines()
    ]


@pytest.mark.parametrize("document", ["README.md", "README.zh-CN.md"])
def test_ci_calls_the_lines_that_a_readme_gives(document: str) -> None:
    called = (ROOT / ".ci/run").read_text("utf-8").splitlines()
    given = [line for line in commands(document) if ".venv/bin/nox -s" in line]
    assert any(line.endswith("nox -s build") for line in given)
    if document == "README.md":
        assert any(line.endswith("nox -s tests") for line in given)
    assert [line for line in given if line not in called] == []


def test_no_tracked_file_is_large() -> None:
    sizes = {path.relative_to(ROOT): path.stat().st_size for path in tracked()}
    assert {path: size for path, size in sizes.items() if size > MAX_FILE_BYTES} == {}


@pytest.mark.parametrize("trace", [MACHINE_PATH, REGISTRY], ids=["path", "registry"])
def test_no_tracked_file_names_a_machine_s_path_or_a_registry(trace: re.Pattern[bytes]) -> None:
    found = [
        f"{path.relative_to(ROOT)}:{number}: {line.decode(errors='replace')}"
        for path in tracked()
        for number, line in enumerate(path.read_bytes().splitlines(), 1)
        if trace.search(line)
    ]
    assert found == []


def test_the_traces_of_a_machine_are_found() -> None:
    assert MACHINE_PATH.search(b"# from " + b"/h" + b"ome/x")
    assert MACHINE_PATH.search(b'"' + b"/wo" + b"rk/main")
    assert REGISTRY.search(b"--index" + b"-url https://x")
    assert REGISTRY.search(b"https://py" + b"pi.org/simple/x")


def test_output_is_not_tracked() -> None:
    top = {path.relative_to(ROOT).parts[0] for path in tracked()}
    assert "perfeval_docs" in top
    assert top.isdisjoint({"build", "dist", ".nox", ".venv"})


def rooms_of_the_table() -> dict[str, int]:
    """Return the rooms of ARCHITECTURE.md's table, each with its floor."""
    text = (ROOT / "ARCHITECTURE.md").read_text("utf-8")
    rows = re.findall(r"^\| (\d) \| (.+?) \| .+ \|$", text, re.MULTILINE)
    floors = {room: int(floor) for floor, names in rows for room in re.findall(r"`(\w+)`", names)}
    assert floors["cli"] > floors["errors"]
    return floors


def test_the_table_of_rooms_lists_the_package() -> None:
    names = {path.stem for path in PACKAGE.glob("*.py")} - {"__init__", "__main__"}
    names |= {path.parent.name for path in PACKAGE.glob("*/__init__.py")}
    assert set(rooms_of_the_table()) == names


def test_the_layers_that_imports_are_held_to_are_the_floors_of_the_table() -> None:
    (contract,) = (
        c for c in PYPROJECT["tool"]["importlinter"]["contracts"] if c["type"] == "layers"
    )
    layers = [re.findall(r"\w+", layer) for layer in contract["layers"]]
    floors = rooms_of_the_table()
    assert sorted(room for layer in layers for room in layer) == sorted(floors)
    assert all(len({floors[room] for room in layer}) == 1 for layer in layers)
    heights = [floors[layer[0]] for layer in layers]
    assert heights == sorted(heights, reverse=True)


def test_no_test_is_left_out() -> None:
    listed = subprocess.run(
        [sys.executable, "-m", "pytest", "--collect-only", "-q", "-p", "no:cacheprovider"],
        cwd=ROOT, check=True, capture_output=True, env={**os.environ, "PERFEVAL_CI": "1"},
    ).stdout.decode()  # fmt: skip
    collected = {line.split("::")[0] for line in listed.splitlines() if "::" in line}
    files = {path.relative_to(ROOT).as_posix() for path in (ROOT / "tests").rglob("test_*.py")}
    assert "tests/test_house.py" in files
    assert collected == files


def test_each_module_opens_with_a_sentence() -> None:
    def opening(path: Path) -> str:
        docstring = ast.get_docstring(ast.parse(path.read_bytes())) or ""
        return docstring.split("\n\n")[0]

    assert [path.name for path in modules() if not re.search(r"\w.*\.$", opening(path))] == []


def test_no_module_is_longer_than_a_room() -> None:
    files = [path for path in tracked() if path.suffix == ".py"]
    lengths = {path.relative_to(ROOT): len(path.read_text("utf-8").splitlines()) for path in files}
    assert {path: n for path, n in lengths.items() if n > MAX_MODULE_LINES} == {}


def named_dependencies() -> Iterator[str]:
    """Yield the packages that pyproject.toml names, without versions."""
    groups: dict[str, list[str | dict[str, str]]] = PYPROJECT["dependency-groups"]
    wanted = [*PYPROJECT["project"]["dependencies"], *PYPROJECT["build-system"]["requires"]]
    wanted += [entry for group in groups.values() for entry in group if isinstance(entry, str)]
    for entry in wanted:
        yield re.split(r"[<>=!~ ;\[]", entry)[0]


def test_each_dependency_has_its_reason() -> None:
    text = (ROOT / "docs/decisions/0001-dependencies.md").read_text("utf-8")
    explained = set(re.findall(r"^\| `([\w.-]+)` \| \w.+ \|$", text, re.MULTILINE))
    assert "typst" in explained
    assert set(named_dependencies()) == explained


def pinned(lock: str) -> dict[str, str]:
    """Return the packages of a lock with their lines, hashes among them."""
    text = (ROOT / "requirements" / f"{lock}.txt").read_text("utf-8")
    pins = dict(re.findall(r"^([a-z0-9][\w.-]*)==(.+(?:\n    --.+)*)", text, re.MULTILINE))
    assert pins
    return pins


@pytest.mark.parametrize("lock", ["nox", "run", "tests", "lint", "bench", "lock"])
def test_each_package_of_a_lock_is_held_by_a_hash(lock: str) -> None:
    pins = pinned(lock)
    assert [name for name, pin in pins.items() if "--hash=sha256:" not in pin] == []


def test_the_lock_of_a_build_holds_each_dependency() -> None:
    named = {
        re.sub("[._]", "-", re.split(r"[<>=!~ ;\[]", entry)[0])
        for entry in PYPROJECT["project"]["dependencies"]
    }
    assert "typst" in named
    assert named <= set(pinned("run"))


def imported() -> set[str]:
    """Return the packages that the modules import, without the standard library and ours."""
    names = set()
    for path in modules():
        for node in ast.walk(ast.parse(path.read_bytes())):
            match node:
                case ast.Import(names=aliases):
                    names |= {alias.name.partition(".")[0] for alias in aliases}
                case ast.ImportFrom(module=str(module), level=0):
                    names.add(module.partition(".")[0])
    return names - sys.stdlib_module_names - {PACKAGE.name}


def test_each_package_that_is_imported_is_in_the_lock_of_a_build() -> None:
    known = packages_distributions()
    providers = {
        name: {re.sub("[_.]", "-", d.lower()) for d in known.get(name, ())} for name in imported()
    }
    assert "lxml" in providers
    extras = {
        name
        for wanted in PYPROJECT["project"]["optional-dependencies"].values()
        for name in (re.split(r"[<>=]", each)[0] for each in wanted)
    }
    assert extras == {"distributed"}
    run = set(pinned("run")) | extras
    assert [name for name in sorted(providers) if providers[name].isdisjoint(run)] == []


def test_what_is_built_is_what_is_tested() -> None:
    run = pinned("run")
    others = {lock: pinned(lock) for lock in ("tests", "lint", "bench")}
    assert {
        (lock, name) for lock, pins in others.items() for name in run if pins.get(name) != run[name]
    } == set()


def test_the_wheel_carries_the_data_of_the_package_and_nothing_else(tmp_path: Path) -> None:
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", tmp_path],
        cwd=ROOT, check=True, capture_output=True,
    )  # fmt: skip
    (wheel,) = tmp_path.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        names = {name for name in archive.namelist() if ".dist-info/" not in name}
    files = {path.relative_to(ROOT).as_posix() for path in tracked() if PACKAGE in path.parents}
    assert {"perfeval_docs/profiles/shanghai.yaml", "perfeval_docs/py.typed"} <= names
    assert files <= names
    assert {name.split("/")[0] for name in names} == {"perfeval_docs"}
