"""What all tests share: which tools of Debian they may count on, and how hard hypothesis tries."""

import os
import shutil
import sys
from pathlib import Path
from typing import Final

import pytest
from hypothesis import settings

IN_CI: Final = os.environ.get("PERFEVAL_CI") == "1"

TOOLS: Final = (
    "soffice", "localc", "pdftotext", "pdfdetach", "ssh-keygen", "chromium", "chromedriver",
)  # fmt: skip
"""What tests marked `debian` call: LibreOffice (`localc` reads workbooks), poppler, OpenSSH,
Chromium and its driver."""

NOT_RUN: Final = pytest.StashKey[list[str]]()

settings.register_profile("dev", deadline=None, derandomize=False)
settings.register_profile("ci", deadline=None, derandomize=False, print_blob=True)
settings.load_profile("ci" if IN_CI else "dev")

# What coverage notes in a copy of this process is lost, and noting it takes longer than the work,
# which gets so many seconds and no more.
if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=lambda: sys.settrace(None))


def missing_tools() -> tuple[str, ...]:
    """Return the tools of Debian that this machine lacks."""
    return tuple(tool for tool in TOOLS if shutil.which(tool) is None)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out, outside CI, the tests whose tools are missing, and remember their names."""
    if IN_CI or not missing_tools():
        return
    left_out = [item for item in items if item.get_closest_marker("debian")]
    items[:] = [item for item in items if not item.get_closest_marker("debian")]
    config.hook.pytest_deselected(items=left_out)
    config.stash[NOT_RUN] = [item.nodeid for item in left_out]


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Hand the names from a worker of pytest-xdist to the process that reports."""
    output = getattr(session.config, "workeroutput", None)
    if output is not None:
        output["not_run"] = session.config.stash.get(NOT_RUN, [])


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: object) -> None:
    """Take the names from a worker; every worker has collected the same."""
    config: pytest.Config = node.config  # type: ignore[attr-defined]  # xdist has no types for it
    config.stash[NOT_RUN] = getattr(node, "workeroutput", {}).get("not_run", [])


def pytest_terminal_summary(
    terminalreporter: pytest.TerminalReporter, config: pytest.Config
) -> None:
    """Name the tests that were left out, so that nobody takes them for passed."""
    names = config.stash.get(NOT_RUN, [])
    if not names:
        return
    terminalreporter.section(f"NOT RUN: {len(names)} tests", yellow=True, bold=True)
    terminalreporter.line(
        f"No {' and no '.join(missing_tools())} on this machine (Debian: chromium, "
        "chromium-driver, libreoffice-calc, libreoffice-writer, openssh-client, poppler-utils); "
        "CI runs them with PERFEVAL_CI=1."
    )
    for name in names:
        terminalreporter.line(f"  {name}")


@pytest.fixture(scope="session")
def six(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the six records and their summary; return the folder of the year."""
    from tests.summaries import ROOT, built  # noqa: PLC0415  # only some tests need a build

    folder = tmp_path_factory.mktemp("six")
    shutil.copytree(ROOT / "data", folder / "data")
    if built(folder).years != ("2024",):
        raise AssertionError(folder)
    return folder / "build/2024"
