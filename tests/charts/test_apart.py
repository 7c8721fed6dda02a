"""Loading matplotlib leaves no trace on the machine, and the machine none on the figures."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Final

import pytest

from perfeval_docs.charts.apart import kept_apart
from perfeval_docs.errors import MachineError
from tests.charts.samples import digest

ROOT: Final = Path(__file__).parents[2]
HOSTILE: Final = b"""\
axes.formatter.use_locale: True
axes.unicode_minus: nonsense
backend: tkagg
figure.autolayout: True
figure.dpi: 30
figure.facecolor: red
font.family: monospace
font.size: 40
hatch.color: blue
no.such.key: 1
patch.antialiased: False
path.sketch: 1, 100, 2
path.snap: False
savefig.dpi: 10
svg.fonttype: none
svg.hashsalt: mine
text.antialiased: False
text.parse_math: True
text.usetex: True
without a colon
"""
UNREADABLE: Final = b"\xff\xfe"
REPORT: Final = """\
import json, locale, logging, os, sys
try:
    locale.setlocale(locale.LC_ALL, "C.UTF-8")
except locale.Error:
    pass
before = dict(os.environ), locale.setlocale(locale.LC_ALL), logging.getLogger("matplotlib").level
import perfeval_docs.charts
early = "matplotlib" in sys.modules
from tests.charts.samples import digest
made = digest()
after = dict(os.environ), locale.setlocale(locale.LC_ALL), logging.getLogger("matplotlib").level
print(json.dumps([made, [early, before == after, "matplotlib.pyplot" in sys.modules]]))
"""
AS_BEFORE: Final = [False, True, False]
"""Not loaded before the first figure; the process as before; no pyplot."""


def files(folder: Path) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*"))


def hostile(folder: Path, content: bytes, **variables: str) -> dict[str, str]:
    """Put settings where matplotlib looks for them; return an environment that leads there."""
    for place in ("home/.config/matplotlib", "home/.matplotlib", "named"):
        (folder / place).mkdir(parents=True)
        (folder / place / "matplotlibrc").write_bytes(content)
    for place in ("work", "temporary"):
        (folder / place).mkdir()
    home = str(folder / "home")
    return {
        **os.environ, "HOME": home, "USERPROFILE": home, "LOCALAPPDATA": home,
        "MPLCONFIGDIR": str(folder / "named"), "MATPLOTLIBRC": str(folder / "named"),
        "MPLBACKEND": "no-such-backend", "TMPDIR": str(folder / "temporary"),
        "PYTHONPATH": str(ROOT), "SOURCE_DATE_EPOCH": "1",
        "PYTHONWARNINGS": "error::UserWarning", **variables,
    }  # fmt: skip


def run(script: str, folder: Path, surroundings: dict[str, str]) -> tuple[int, str, str]:
    made = subprocess.run(
        [sys.executable, "-c", script], cwd=folder / "work", env=surroundings,
        check=False, capture_output=True, text=True,
    )  # fmt: skip
    return made.returncode, made.stdout, made.stderr


def test_settings_of_the_working_folder_change_nothing(tmp_path: Path) -> None:
    surroundings = hostile(
        tmp_path, HOSTILE, TZ="Asia/Shanghai", LC_ALL="zh_CN.UTF-8", PYTHONHASHSEED="1"
    )
    (tmp_path / "work/matplotlibrc").write_bytes(HOSTILE)
    before = files(tmp_path)
    code, out, errors = run(REPORT, tmp_path, surroundings)
    assert (code, errors) == (0, "")
    assert json.loads(out) == [digest(), AS_BEFORE]
    assert files(tmp_path) == before


def test_settings_of_the_user_are_not_read_and_nothing_is_written(tmp_path: Path) -> None:
    surroundings = hostile(
        tmp_path, UNREADABLE, TZ="XST-13:45", LC_ALL="tr_TR.UTF-8", PYTHONHASHSEED="2024"
    )
    before = files(tmp_path)
    code, out, errors = run(REPORT, tmp_path, surroundings)
    assert (code, errors) == (0, "")
    assert json.loads(out) == [digest(), AS_BEFORE]
    assert files(tmp_path) == before


def test_settings_that_cannot_be_read_are_the_machines_fault(tmp_path: Path) -> None:
    surroundings = hostile(tmp_path, b"")
    (tmp_path / "work/matplotlibrc").write_bytes(UNREADABLE)
    code, _, errors = run(
        "from tests.charts.samples import digest; digest()", tmp_path, surroundings
    )
    last = errors.splitlines()[-1]
    assert code == 1
    assert last.startswith("perfeval_docs.errors.MachineError: figures need matplotlib")
    assert last.endswith("keep no file matplotlibrc where you build")


def test_a_matplotlib_that_is_not_there_is_the_machines_fault() -> None:
    with (
        pytest.raises(MachineError, match="does not load: No module; "),
        kept_apart(),
    ):
        raise ImportError("No module")
