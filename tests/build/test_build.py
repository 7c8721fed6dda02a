"""The build: same bytes anywhere, whole files or none, the gate, what files say of themselves."""

import io
import os
import shutil
import subprocess
import sys
import zipfile
from datetime import UTC, datetime
from pathlib import Path

import docx
import pikepdf
import pytest

from perfeval_docs import output
from perfeval_docs.build import Outcome, build
from perfeval_docs.build import reports as making
from perfeval_docs.errors import MachineError, UsageError
from perfeval_docs.settings import Settings
from perfeval_docs.typeset import read_pdf

ROOT = Path(__file__).parents[2]


def settings(
    folder: Path, *, only: tuple[str, ...] = (), epoch: datetime | None = None
) -> Settings:
    return Settings(
        data=folder / "data",
        out=folder / "build",
        template=ROOT / "templates/self-evaluation.docx",
        year=None,
        only=only,
        epoch=epoch,
        font_folders=(),
        system_fonts=False,
    )


def run(asked: Settings) -> Outcome:
    return build(asked, lambda _done, _all: None)


@pytest.fixture
def project(tmp_path: Path) -> Path:
    shutil.copytree(ROOT / "data", tmp_path / "data")
    return tmp_path


def contents(folder: Path) -> dict[str, bytes]:
    return {
        p.relative_to(folder).as_posix(): p.read_bytes()
        for p in sorted(folder.rglob("*"))
        if p.is_file() and "cache" not in p.parts and p.name != "manifest.json"
    }


@pytest.mark.parametrize(
    ("zone", "locale", "seed"),
    [
        ("Asia/Shanghai", "zh_CN.UTF-8", "1"),
        ("America/New_York", "C", "2"),
        ("UTC", "tr_TR.UTF-8", "77"),
    ],
)
def test_the_same_inputs_give_the_same_bytes_anywhere(
    project: Path, zone: str, locale: str, seed: str
) -> None:
    command = [sys.executable, "-m", "perfeval_docs", "build", "--only", "02-resource-sharing"]
    command += ["--no-system-fonts", "--template", str(ROOT / "templates/self-evaluation.docx")]
    surroundings = {
        **os.environ,
        "PYTHONPATH": str(ROOT),
        "TZ": zone,
        "LC_ALL": locale,
        "PYTHONHASHSEED": seed,
    }
    subprocess.run(command, cwd=project, env=surroundings, check=True, capture_output=True)
    other = project / "other"
    shutil.copytree(ROOT / "data", other / "data")
    run(settings(other, only=("02-resource-sharing",)))
    assert contents(project / "build") == contents(other / "build")
    assert len(contents(other / "build")) == 2


def test_a_second_build_changes_no_byte(project: Path) -> None:
    run(settings(project))
    before = contents(project / "build")
    run(settings(project))
    assert contents(project / "build") == before
    assert (
        len(before) == 12 + 13 + 16
    )  # the reports, what stands beside them, the pages of the site


def test_only_what_is_asked_for_is_built(project: Path) -> None:
    outcome = run(settings(project, only=("01-publicity", "06-it-maintenance")))
    assert [file.stem for file in outcome.built] == ["01-publicity", "06-it-maintenance"]
    assert len(contents(project / "build")) == 4


def test_files_carry_the_data_s_names_and_date(project: Path) -> None:
    run(settings(project, only=("01-publicity",)))
    base = project / "build/2024/reports/01-publicity"
    properties = docx.Document(str(base.with_suffix(".docx"))).core_properties
    assert "上海研发公共服务平台宣传推广" in properties.title
    assert properties.author == properties.last_modified_by == "上海市研发公共服务平台管理中心"
    assert properties.created == properties.modified == datetime(2025, 6, 30, tzinfo=UTC)
    with zipfile.ZipFile(io.BytesIO(base.with_suffix(".docx").read_bytes())) as archive:
        assert {info.date_time for info in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert archive.testzip() is None
    with pikepdf.open(base.with_suffix(".pdf")) as pdf, pdf.open_metadata() as about:
        assert about["pdfaid:part"] == "3"
        assert about["pdfaid:conformance"] == "A"
        assert about["pdfuaid:part"] == "1"
        assert "上海研发公共服务平台宣传推广" in about["dc:title"]
        assert str(pdf.Root.Lang).lower().startswith("zh")
        assert bool(pdf.Root.MarkInfo.Marked)
        assert str(pdf.docinfo["/CreationDate"]).startswith("D:20250630")


def test_without_a_date_of_issue_the_epoch_dates_the_files(project: Path) -> None:
    defaults = project / "data/perfeval.yaml"
    lines = defaults.read_text("utf-8").splitlines(keepends=True)
    defaults.write_text("".join(x for x in lines if not x.startswith("date_of_issue")), "utf-8")
    path = project / "build/2024/reports/01-publicity.docx"
    for epoch, wanted in (
        (datetime(2025, 3, 1, 8, tzinfo=UTC),) * 2,
        (None, datetime(2024, 12, 31, tzinfo=UTC)),
    ):
        run(settings(project, only=("01-publicity",), epoch=epoch))
        assert docx.Document(str(path)).core_properties.created == wanted


@pytest.mark.parametrize("reader", ["read_docx", "read_pdf"])
def test_a_report_that_reads_back_otherwise_does_not_leave_the_build(
    project: Path, monkeypatch: pytest.MonkeyPatch, reader: str
) -> None:
    run(settings(project, only=("01-publicity",)))
    real = getattr(making, reader)

    def other(data: bytes) -> object:
        blocks = real(data)
        return blocks[:-1]

    monkeypatch.setattr(making, reader, other)
    (project / "build/2024/reports/01-publicity.pdf").unlink()
    outcome = run(settings(project, only=("01-publicity",)))
    assert [d.code for d in outcome.errors] == ["PE902"]
    assert outcome.withdrawn == ("2024/01-publicity",)
    assert contents(project / "build") == {}


def test_a_report_that_reads_back_otherwise_takes_no_other_with_it(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    read: list[bytes] = []

    def other_for_the_second(data: bytes) -> object:
        read.append(data)
        return read_pdf(data)[:-1] if len(read) == 2 else read_pdf(data)

    monkeypatch.setattr(making, "read_pdf", other_for_the_second)
    outcome = run(settings(project))
    every = [file.stem for file in (*outcome.built, *outcome.refused)]
    assert [d.span.file for d in outcome.errors] == [outcome.refused[0].path.as_posix()]
    assert [file.stem for file in outcome.refused] == [sorted(every)[1]]
    assert len(outcome.built) == len(every) - 1 > 1
    for file in outcome.built:
        assert (project / f"build/2024/reports/{file.stem}.pdf").read_bytes() in read


def test_a_full_disk_leaves_what_stood_there(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run(settings(project, only=("01-publicity",)))
    before = contents(project / "build")
    record = project / "data/2024/01-publicity.yaml"
    record.write_text(record.read_text("utf-8").replace("推广交流活动", "推广活动"), "utf-8")
    real, calls = output._write_beside, []

    def fails_on_the_second(folder: Path, data: bytes) -> Path:
        calls.append(folder)
        if len(calls) == 2:
            raise OSError(28, "No space left on device")
        return real(folder, data)

    monkeypatch.setattr(output, "_write_beside", fails_on_the_second)
    with pytest.raises(MachineError, match="No space left"):
        run(settings(project, only=("01-publicity",)))
    assert contents(project / "build") == before


@pytest.mark.skipif(sys.platform != "linux", reason="other systems have names of UTF-8 alone")
def test_a_record_whose_name_is_not_utf_8_is_told_by_its_folder(project: Path) -> None:
    """As those unpacked from a ZIP of GBK names are."""
    record = project / "data/2024/01-publicity.yaml"
    shutil.copy(record, record.with_name(os.fsdecode(b"\xb2\xe2.yaml")))
    with pytest.raises(UsageError, match=r"2024/\?\?\.yaml is not in UTF-8"):
        run(settings(project))


@pytest.mark.parametrize("between", [None, "01-publicity.yaml.yaml"])
def test_two_records_of_one_stem_are_told_apart_by_no_file(
    project: Path, between: str | None
) -> None:
    record = project / "data/2024/01-publicity.yaml"
    shutil.copy(record, record.with_suffix(".yml"))
    if between is not None:
        shutil.copy(record, record.with_name(between))
    with pytest.raises(Exception, match="would write the same files"):
        run(settings(project))
