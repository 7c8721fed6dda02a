"""A build on a real Dask scheduler with real workers gives the bytes of a build of one machine."""

import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from perfeval_docs.build import Outcome, build
from perfeval_docs.errors import MachineError
from perfeval_docs.settings import Scheduler
from tests.build.trees import COUNT, ENVIRONMENT, asked, clean, tree

LOOPBACK = "127.0.0.1"


def free_port() -> int:
    with socket.socket() as one:
        one.bind((LOOPBACK, 0))
        return int(one.getsockname()[1])


def answers(port: int) -> bool:
    with socket.socket() as one:
        return one.connect_ex((LOOPBACK, port)) == 0


class Cluster:
    """A scheduler and workers, each a process of its own on the loopback address."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        port = free_port()
        self.address = f"tcp://{LOOPBACK}:{port}"
        self.processes: list[subprocess.Popen[bytes]] = []
        self._start("dask_scheduler", "--host", LOOPBACK, "--port", str(port))
        end = time.monotonic() + 60
        while not answers(port):
            assert time.monotonic() < end
            time.sleep(0.1)

    def worker(self, name: str, **environment: str) -> subprocess.Popen[bytes]:
        return self._start(
            "dask_worker", self.address, "--host", LOOPBACK, "--nthreads", "1", "--no-nanny",
            "--name", name, "--local-directory", str(self.folder / name), **environment,
        )  # fmt: skip

    def _start(self, what: str, *options: str, **environment: str) -> subprocess.Popen[bytes]:
        process = subprocess.Popen(
            [sys.executable, "-m", f"distributed.cli.{what}", "--no-dashboard", *options],
            cwd=self.folder, env={**ENVIRONMENT, **environment},
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        self.processes.append(process)
        return process

    def end(self) -> None:
        for process in self.processes:
            process.kill()
            process.wait()


@pytest.fixture
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    started = Cluster(tmp_path_factory.mktemp("cluster"))
    yield started
    started.end()


def run_on(cluster: Cluster, project: Path, done: list[int] | None = None) -> Outcome:
    scheduler = Scheduler(address=cluster.address, folder=project)
    seen = [] if done is None else done
    return build(asked(project, scheduler=scheduler), lambda each, _all: seen.append(each))


def test_two_workers_one_of_them_killed_give_the_same_tree(many: Path, cluster: Cluster) -> None:
    expected = clean(many)
    cluster.worker("first")
    second = cluster.worker("second")
    killed: list[int] = []

    def kill_in_the_middle(done: int, _all: int) -> None:
        if done == COUNT // 3 and not killed:
            second.send_signal(signal.SIGKILL)
            killed.append(done)

    scheduler = Scheduler(address=cluster.address, folder=many)
    outcome = build(asked(many, scheduler=scheduler), kill_in_the_middle)
    assert killed
    assert second.wait(timeout=30) == -signal.SIGKILL
    assert len(outcome.built) == COUNT + 3
    assert outcome.refused == ()
    assert tree(many / "build") == expected
    again = run_on(cluster, many)
    assert again.built == ()


def test_a_worker_without_the_folder_is_told(project: Path, cluster: Cluster) -> None:
    cluster.worker("first")
    elsewhere = Scheduler(address=cluster.address, folder=project / "nowhere")
    with pytest.raises(MachineError, match="a worker cannot take part: it has no folder"):
        build(asked(project, scheduler=elsewhere), lambda _done, _all: None)
    assert not list((project / "build").rglob("*.pdf"))


def test_a_worker_with_another_template_is_told(
    project: Path, cluster: Cluster, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = project / "other"
    other.mkdir()
    (other / "templates").mkdir()
    template = project / "templates/self-evaluation.docx"
    (other / "templates/self-evaluation.docx").write_bytes(template.read_bytes() + b"\0")
    cluster.worker("first")
    settings = replace(
        asked(project, scheduler=Scheduler(address=cluster.address, folder=other)),
        template=Path("templates/self-evaluation.docx"),
    )
    monkeypatch.chdir(project)
    with pytest.raises(MachineError, match="a worker cannot take part: it has another template"):
        build(settings, lambda _done, _all: None)


def test_a_cluster_that_loses_all_its_workers_is_told(many: Path, cluster: Cluster) -> None:
    only = cluster.worker("only")
    scheduler = Scheduler(address=cluster.address, folder=many)

    def kill(_done: int, _all: int) -> None:
        only.kill()

    with pytest.raises(MachineError, match="no scheduler with workers answers"):
        build(asked(many, scheduler=scheduler), kill)
    expected = clean(many)
    build(asked(many), lambda _done, _all: None)
    assert tree(many / "build") == expected


def test_no_scheduler_is_told(project: Path) -> None:
    scheduler = Scheduler(address=f"tcp://{LOOPBACK}:{free_port()}", folder=project)
    with pytest.raises(MachineError, match="no scheduler with workers answers at tcp"):
        build(asked(project, scheduler=scheduler), lambda _done, _all: None)
