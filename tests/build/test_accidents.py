"""Accidents in the middle of a build: what stands is whole, the next build gives a clean tree."""

import ctypes
import os
import resource
import shutil
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random

import pytest

from perfeval_docs import output
from perfeval_docs.build import documents as making
from tests.build.trees import ENVIRONMENT, ROOT, clean, command, run, stems, tree

THREE = ["01-publicity", "02-resource-sharing", "03-talent-platform"]


def started(project: Path, *options: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        command(*options), cwd=project, env=ENVIRONMENT, start_new_session=True,
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip


def told(project: Path, *options: str, before: Callable[[], None]) -> tuple[int, str]:
    """Return the exit code of a build, and what it says is wrong; `before` runs in its process."""
    ended = subprocess.run(  # `before` calls the system once or twice
        command(*options), cwd=project, env=ENVIRONMENT, preexec_fn=before,
        capture_output=True, check=False, timeout=120,
    )  # fmt: skip
    return ended.returncode, ended.stderr.decode()


def test_killed_at_any_moment_the_next_build_gives_the_clean_tree(many: Path) -> None:
    expected = clean(many)
    random = Random(20241124)  # noqa: S311  # moments, not secrets
    for moment in range(int(os.environ.get("PERFEVAL_KILLS", "6"))):
        shutil.rmtree(many / "build", ignore_errors=True)
        process = started(many, "-j", str(1 + moment % 2))
        time.sleep(random.uniform(0.3, 3.0))
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        for name, data in tree(many / "build").items() if (many / "build").exists() else ():
            assert ".writing-" in name or data == expected[name] or name.endswith("manifest.json")
        run(many)
        assert tree(many / "build") == expected


def test_two_builds_at_once_give_the_clean_tree(many: Path) -> None:
    expected = clean(many)
    both = [started(many), started(many)]
    assert [process.wait(timeout=120) for process in both] == [0, 0]
    assert tree(many / "build") == expected


def test_a_template_taken_away_leaves_what_stands(project: Path) -> None:
    run(project)
    before = tree(project / "build")
    (project / "templates/self-evaluation.docx").rename(project / "away.docx")
    with pytest.raises(Exception, match="there is no such file"):
        run(project)
    assert tree(project / "build") == before
    (project / "away.docx").rename(project / "templates/self-evaluation.docx")
    assert stems(run(project)) == ([], THREE)


@pytest.mark.parametrize("after", [0, 1, 2])
def test_a_disk_that_fills_leaves_whole_files_and_the_next_build_ends_it(
    project: Path, monkeypatch: pytest.MonkeyPatch, after: int
) -> None:
    expected = clean(project)
    real, written = output.write_files, list[dict[str, bytes]]()

    def full(folder: Path, files: dict[str, bytes]) -> None:
        if len(written) == after:
            raise OSError(28, "No space left on device")
        written.append(files)
        real(folder, files)

    monkeypatch.setattr(making, "write_files", full)
    with pytest.raises(Exception, match="No space left"):
        run(project)
    for name, data in tree(project / "build").items():
        assert data == expected[name]
    monkeypatch.undo()
    run(project)
    assert tree(project / "build") == expected


@pytest.mark.parametrize("limit", [2_000, 30_000, 60_000])
def test_a_system_that_writes_no_more_leaves_whole_files(project: Path, limit: int) -> None:
    """The system itself refuses to write files beyond a size, here, as it does on a full disk."""
    expected = clean(project)

    def stops() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))

    code, words = told(project, "-j", "1", before=stops)
    assert (code, "error: cannot write to" in words) == (3, True), words
    for name, data in tree(project / "build").items():
        assert data == expected[name]
    run(project)
    assert tree(project / "build") == expected


def obeys() -> None:
    """Take from root what lets it pass over the rights of files."""
    drop, override, read_all = 24, 1, 2  # PR_CAPBSET_DROP of two capabilities
    for each in (override, read_all):
        ctypes.CDLL(None).prctl(drop, each, 0, 0, 0)


@pytest.fixture
def denied() -> Iterator[Callable[[Path, int], None]]:
    """Take rights away until the test ends."""
    before: dict[Path, int] = {}

    def take(path: Path, mode: int) -> None:
        before.setdefault(path, path.stat().st_mode)
        path.chmod(mode)

    yield take
    for path, mode in before.items():
        path.chmod(mode)


@pytest.mark.parametrize(
    ("name", "workers"), [("build", "1"), ("build/2024", "2"), ("build/2024/reports", "2")]
)
def test_a_folder_that_nobody_may_write_in_stays_as_it_is(
    many: Path, denied: Callable[[Path, int], None], name: str, workers: str
) -> None:
    run(many)
    before = tree(many / "build")
    for path in sorted((many / "data/2024").glob("r*.yaml")):
        path.write_text(path.read_text("utf-8").replace("project: ", "project: 新", 1), "utf-8")
    expected = clean(many)
    denied(many / name, 0o555)
    code, words = told(many, "-j", workers, before=obeys)
    if name == "build":
        # Its folders are there already, and these may be written in.
        assert code == 0, words
    else:
        assert code == 3, words
        assert "error: cannot write to" in words
        assert "Permission denied" in words
        assert all(data in (before[n], expected[n]) for n, data in tree(many / "build").items())
    (many / name).chmod(0o755)
    run(many)
    assert tree(many / "build") == expected


def test_a_record_that_nobody_may_read_is_told_by_name(
    project: Path, denied: Callable[[Path, int], None]
) -> None:
    run(project)
    before = tree(project / "build")
    record = project / "data/2024/02-resource-sharing.yaml"
    denied(record, 0o000)
    code, words = told(project, before=obeys)
    assert code == 3, words
    assert "error: cannot read data/2024/02-resource-sharing.yaml: Permission denied" in words
    assert tree(project / "build") == before
    record.chmod(0o644)
    assert stems(run(project))[0] == []


@pytest.mark.parametrize("damage", [b"", b"{", b"[]", b'{"format": 1}', b"\xff\x00" * 500])
def test_a_damaged_manifest_or_cache_is_a_miss(project: Path, damage: bytes) -> None:
    expected = clean(project)
    run(project)
    (project / "build/2024/manifest.json").write_bytes(damage)
    for path in (project / "build/cache").iterdir():
        path.write_bytes(damage)
    assert stems(run(project))[1] == []
    assert tree(project / "build") == expected


@pytest.mark.parametrize("left", ["nothing", "half", "zeros"])
def test_what_a_power_cut_tore_is_made_again(tmp_path: Path, left: str) -> None:
    """A name may be on the disk before what it stands for: of any file, or of all."""
    shutil.copytree(ROOT / "data", tmp_path / "data")
    shutil.copytree(ROOT / "templates", tmp_path / "templates")
    run(tmp_path)
    expected = tree(tmp_path / "build")
    manifest = "2024/manifest.json"
    assert {Path(name).suffix for name in expected} >= {".docx", ".pdf", ".xlsx", ".html", ".svg"}
    for name, data in expected.items():
        if name != manifest:
            torn = {"nothing": b"", "half": data[: len(data) // 2], "zeros": bytes(len(data))}
            (tmp_path / "build" / name).write_bytes(torn[left])
    run(tmp_path)
    assert tree(tmp_path / "build") == expected
