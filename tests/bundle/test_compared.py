"""`perfeval diff` with bundles and documents: what changed since they left the house."""

import json
import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from perfeval_docs import cli
from perfeval_docs.bundle import bag
from perfeval_docs.bundle.bag import RefusedBundleError, read_bag
from perfeval_docs.errors import ExitCode
from perfeval_docs.output import write_files
from tests.bundle.bundles import NAME, ROOT, Files, bundle_of, forged, part_changed, put_together

RECORD = "data/2024/01-publicity.yaml"
BAGGED = f"data/project/{RECORD}"
ZIP = f"{NAME}.zip"


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, bundle: bytes) -> Path:
    """Return a copy of the data with the bundle beside it, made the working folder."""
    shutil.copytree(ROOT / "data", tmp_path / "data")
    (tmp_path / ZIP).write_bytes(bundle)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def diff(
    capsys: pytest.CaptureFixture[str], *arguments: str, lang: str = "en"
) -> tuple[int, str, str]:
    capsys.readouterr()
    code = cli.run(["diff", *arguments, "--lang", lang])
    out, err = capsys.readouterr()
    return code, out, err


def flat(text: str) -> str:
    return " ".join(text.split())


def changed(data: bytes) -> bytes:
    assert b"30.00" in data
    return data.replace(b"actual: 30.00", b"actual: 8.00")


def change(path: Path) -> None:
    path.write_bytes(changed(path.read_bytes()))


def unpack(files: Files, folder: Path) -> Path:
    write_files(folder, files)
    return folder


@pytest.mark.parametrize("is_unpacked", [False, True])
def test_a_bundle_of_what_stands_here_is_the_same(
    project: Path, files: Files, capsys: pytest.CaptureFixture[str], *, is_unpacked: bool
) -> None:
    asked = unpack(files, project / "unpacked").name if is_unpacked else ZIP
    code, out, err = diff(capsys, asked, "data/2024")
    assert code == ExitCode.CLEAN
    assert out == f"{asked} → data/2024: 0 changed, 0 added, 0 removed, 6 the same\n"
    assert err == f"{asked} is public: what is internal (佐证材料, 豁免) was not compared\n"
    assert diff(capsys, "data/2024", asked)[0] == ExitCode.CLEAN
    assert diff(capsys, asked, ZIP)[::2] == (ExitCode.CLEAN, "")


def test_what_changed_since_a_bundle_is_told_in_text(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    change(project / RECORD)
    code, out, _ = diff(capsys, ZIP, "data/2024")
    assert code == ExitCode.FAULTS
    assert f"\n  {ZIP}:{RECORD} → {RECORD}\n" in out
    assert "    实际完成值: 30.00(场) → 8.00(场)\n" in out
    assert "  总分: 99.97 → 97.97 (-2.00)\n" in out
    assert f"{ZIP} → data/2024: 1 changed, 0 added, 0 removed, 5 the same" in flat(out)


def test_what_changed_since_a_bundle_is_told_in_chinese_and_as_markdown(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    change(project / RECORD)
    code, out, err = diff(capsys, "data/2024", ZIP, "--format", "markdown", lang="zh")
    assert code == ExitCode.FAULTS
    assert "| 产出指标 / 数量指标 / 推广交流活动: 实际完成值 | 8.00(场) | 30.00(场) |" in out
    assert f"data/2024 → {ZIP}：改动 1 个，新增 0 个，减少 0 个，相同 5 个" in out
    assert err == f"{ZIP} 是公开的：内部内容（佐证材料、豁免）没有比较\n"


def test_what_changed_since_a_bundle_is_told_as_json(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    change(project / RECORD)
    code, out, _ = diff(capsys, ZIP, "data/2024", "--format", "json")
    found = json.loads(out)
    assert (code, found["before"], found["after"], found["same"]) == (1, ZIP, "data/2024", 5)
    (told,) = found["projects"]
    assert (told["before"], told["difference"]) == (f"{ZIP}:{RECORD}", "-2.00")


def test_two_bundles_are_compared_under_any_names(
    project: Path, files: Files, capsys: pytest.CaptureFixture[str]
) -> None:
    """Of a forger who makes all lists anew, a comparison tells what the records say."""
    later = forged({**files, BAGGED: changed(files[BAGGED])})
    (project / "perfeval-2024 (1).ZIP").write_bytes(later)
    code, out, err = diff(capsys, ZIP, "perfeval-2024 (1).ZIP")
    assert (code, err) == (ExitCode.FAULTS, "")
    assert "    实际完成值: 30.00(场) → 8.00(场)\n" in out


def test_a_bundle_with_all_that_was_typed_is_compared_in_full(
    project: Path, six: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (project / "all.zip").write_bytes(bundle_of(six.parents[1], public=False))
    record = project / RECORD
    text = record.read_text("utf-8")
    record.write_text(
        text.replace("points: 5.00", "points: 5.00\n        evidence: 签到表", 1), "utf-8"
    )
    code, out, err = diff(capsys, "all.zip", "data/2024")
    assert (code, err) == (ExitCode.FAULTS, "")
    assert "佐证材料: (nothing) → 签到表" in out
    assert diff(capsys, ZIP, "data/2024")[0] == ExitCode.CLEAN
    assert diff(capsys, ZIP, "all.zip")[0] == ExitCode.CLEAN


@pytest.mark.parametrize("is_unpacked", [False, True])
def test_a_bundle_with_a_changed_record_is_not_compared(
    project: Path, files: Files, capsys: pytest.CaptureFixture[str], *, is_unpacked: bool
) -> None:
    spoiled = {**files, BAGGED: changed(files[BAGGED])}
    if is_unpacked:
        unpack(spoiled, project / "spoiled")
    else:
        (project / "spoiled").with_suffix(".zip").write_bytes(put_together(spoiled))
    asked = "spoiled" if is_unpacked else "spoiled.zip"
    code, out, err = diff(capsys, asked, "data/2024")
    assert (code, out) == (ExitCode.USAGE, "")
    assert f"error: {asked}: it is not as it was bundled (" in err
    assert f"changed: {BAGGED}" in err
    assert f"{asked}：与打包时不一致（" in diff(capsys, "data/2024", asked, lang="zh")[2]


@pytest.mark.parametrize(
    ("data", "told"),
    [(b"", "this is no bundle, or it is damaged"), (b"PK\x03\x04x", "this is no bundle")],
)
def test_what_is_no_bundle_is_told(
    project: Path, data: bytes, told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    (project / "x.zip").write_bytes(data)
    code, out, err = diff(capsys, "x.zip", "data/2024")
    assert (code, out) == (ExitCode.USAGE, "")
    assert err.startswith(f"error: x.zip: {told}")
    code, _, err = diff(capsys, "none.zip", "data/2024")
    assert (code, err) == (ExitCode.USAGE, "error: there is no none.zip\n")


def linked(folder: Path) -> None:
    (folder / "data/project/data/2024/x.yaml").symlink_to("/etc/passwd")


def linked_folder(folder: Path) -> None:
    (folder / "data/more").symlink_to(folder)


def pipe(folder: Path) -> None:
    os.mkfifo(folder / "data/project/data/2024/x.yaml")


def fetching(folder: Path) -> None:
    (folder / "fetch.txt").write_text("http://x", "utf-8")


def hidden(folder: Path) -> None:
    (folder / ".DS_Store").write_text("x", "utf-8")


def deep(folder: Path) -> None:
    (folder / "data" / "/".join("a" * 40)).mkdir(parents=True)


TRICKS = {
    "is no name that a file of a bundle may have": deep,
    "data/project/data/2024/x.yaml is a link": linked,
    "data/more is a link": linked_folder,
    "data/project/data/2024/x.yaml is no name": pipe,
    "fetch.txt": fetching,
    ".DS_Store is no name": hidden,
}


@pytest.mark.parametrize(
    ("told", "trick"), TRICKS.items(), ids=[t.__name__ for t in TRICKS.values()]
)
def test_a_trick_in_an_unpacked_bundle_is_refused(
    project: Path,
    files: Files,
    told: str,
    trick: Callable[[Path], None],
    capsys: pytest.CaptureFixture[str],
) -> None:
    trick(unpack(files, project / "unpacked"))
    code, out, err = diff(capsys, "unpacked", "data/2024")
    assert (code, out) == (ExitCode.USAGE, "")
    assert told in err


@pytest.mark.parametrize(("bound", "value"), [("MAX_BUNDLE_BYTES", 10), ("MAX_ENTRIES", 1)])
def test_an_unpacked_bundle_beyond_a_bound_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, bound: str, value: int
) -> None:
    unpack({"a": b"123456", "b": b"123456"}, tmp_path)
    assert dict(read_bag(tmp_path).files) == {"a": b"123456", "b": b"123456"}
    monkeypatch.setattr(bag, bound, value)
    with pytest.raises(RefusedBundleError, match="larger"):
        read_bag(tmp_path)


@pytest.mark.parametrize("suffix", ["docx", "pdf"])
def test_a_document_is_compared_by_the_record_that_it_carries(
    project: Path, six: Path, suffix: str, capsys: pytest.CaptureFixture[str]
) -> None:
    document = f"form.{suffix}"
    shutil.copy(six / f"reports/01-publicity.{suffix}", project / document)
    code, out, err = diff(capsys, document, RECORD)
    told = f"{document} → {RECORD}: 0 changed, 0 added, 0 removed, 1 the same"
    assert (code, flat(out)) == (ExitCode.CLEAN, told)
    assert err == f"{document} is public: what is internal (佐证材料, 豁免) was not compared\n"
    change(project / RECORD)
    code, out, _ = diff(capsys, document, RECORD)
    assert code == ExitCode.FAULTS
    assert f"\n  {document}:2024/01-publicity.yaml → {RECORD}\n" in out
    assert "    实际完成值: 30.00(场) → 8.00(场)\n" in out


def test_a_document_whose_cells_were_edited_is_told(
    project: Path, six: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    word = (six / "reports/01-publicity.docx").read_bytes()
    edited = part_changed(word, "word/document.xml", lambda d: d.replace(b"30.00", b"31.00"))
    (project / "form.docx").write_bytes(edited)
    code, _, err = diff(capsys, "form.docx", RECORD)
    assert code == ExitCode.CLEAN
    assert "form.docx: its cells do not say what the record that it carries says" in err


def test_a_document_without_a_record_is_told(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    shutil.copy(ROOT / "templates/self-evaluation.docx", project / "x.docx")
    code, out, err = diff(capsys, "x.docx", RECORD)
    assert (code, out) == (ExitCode.USAGE, "")
    assert err == "error: x.docx carries no record; forms built by perfeval do\n"
