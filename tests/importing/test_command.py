"""`perfeval import`: records in their year's folder, nothing written over, what is left is told."""

import re
import shutil
from pathlib import Path

import pytest

from perfeval_docs import cli
from tests.importing.foreign import KINDS, LAYOUTS
from tests.importing.meaning import ROOT

SEEDS = ROOT / "tests/seeds/self-evaluation-forms-2024.txt"


def ran(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    """Return the exit code and what is printed, the time of the last line left out."""
    code = cli.run(["import", *arguments, "--lang", "en"])
    out, err = capsys.readouterr()
    out, is_told = re.subn(r", \d+\.\d s\n\Z", "\n", out)
    assert is_told
    return code, out, err


def test_six_records_are_written_and_what_is_left_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    code, out, err = ran(capsys, str(SEEDS))
    assert code == 1
    assert out.splitlines()[6:] == ["1 files read, 6 records written, 0 there already, 0 refused"]
    assert out.startswith(
        "data/2024/上海研发公共服务平台宣传推广.yaml: 上海研发公共服务平台宣传推广\n"
    )
    assert "line 27: nothing was made of “次) | 次)”\n" in err
    before = {path: path.read_bytes() for path in (tmp_path / "data/2024").iterdir()}
    assert len(before) == 6
    code, out, err = ran(capsys, str(SEEDS))
    assert code == 1
    assert out == "1 files read, 0 records written, 6 there already, 0 refused\n"
    assert err.count("stands already; nothing was written") == 6
    assert {path: path.read_bytes() for path in (tmp_path / "data/2024").iterdir()} == before


def test_a_clean_import_ends_with_0_and_its_record_is_judged(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "x.docx").write_bytes(KINDS["docx"](LAYOUTS["national"]))
    out = tmp_path / "data/2024"
    code, told, err = ran(capsys, str(tmp_path / "x.docx"), "--out", str(out))
    assert (code, err) == (0, "")
    assert told == (
        f"{out.as_posix()}/城区道路养护.yaml: 城区道路养护\n"
        "1 files read, 1 records written, 0 there already, 0 refused\n"
    )
    cli.run(["check", "--data", str(tmp_path / "data"), "--format", "concise", "--lang", "en"])
    found = capsys.readouterr().out.splitlines()
    # The form itself has no indicator of benefits; nothing else stops its record.
    assert [line.split(" error ")[1][:5] for line in found if " error " in line] == ["PE308"]


def test_files_without_a_form_and_of_other_kinds_are_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "x.txt").write_text("nothing", "utf-8")
    (tmp_path / "x.jpg").write_bytes(b"x")
    code, out, err = ran(capsys, str(tmp_path / "x.txt"), str(tmp_path / "x.jpg"))
    assert code == 1
    assert out == "0 files read, 0 records written, 0 there already, 2 refused\n"
    assert "x.txt: no form was found in it" in err
    assert "x.jpg: only .docx .htm .html .pdf .txt .xls .xlsx can be read" in err
    assert ran(capsys, str(tmp_path / "no.txt"))[0] == 3


def test_a_file_that_is_not_there_is_told_and_the_others_are_imported(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "x.html").write_bytes(KINDS["html"](LAYOUTS["national"]))
    out = tmp_path / "out"
    files = [str(tmp_path / name) for name in ("no.txt", "x.html", "x.jpg")]
    code, told, err = ran(capsys, *files, "--out", str(out))
    assert code == 3
    assert told.splitlines()[1:] == ["1 files read, 1 records written, 0 there already, 2 refused"]
    assert "no.txt: there is no such file" in err


def test_a_form_of_ours_whose_record_stands_makes_no_second_one(
    six: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    shutil.copytree(ROOT / "data", tmp_path / "data")
    before = sorted((tmp_path / "data/2024").iterdir())
    for file in ("01-publicity.docx", "01-publicity.pdf"):
        asked = (str(six / "reports" / file), "--data", str(tmp_path / "data"))
        code, out, err = ran(capsys, *asked)
        assert code == 1
        assert out == "1 files read, 0 records written, 1 there already, 0 refused\n"
        assert "data/2024/01-publicity.yaml, which stands; nothing was written: --update" in err
        assert sorted((tmp_path / "data/2024").iterdir()) == before
    assert ran(capsys, *asked, "--out", str(tmp_path / "new"))[0] == 0


def test_a_missing_file_and_a_folder_are_told_in_the_language_of_the_reader(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    missing, folder = tmp_path / "x.docx", tmp_path
    assert cli.run(["import", str(missing), str(folder), "--lang", "zh"]) == 3
    assert capsys.readouterr().err.splitlines() == [
        f"没有 {missing.as_posix()} 这个文件",
        f"{folder.as_posix()} 是文件夹，请写明其中的文件",
    ]


def test_a_long_text_that_has_no_place_is_told_in_one_line_and_shows_that_it_goes_on(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    more = f"<tr><td><p>甲</p><p>{'乙' * 90}</p></td></tr><tr><td>{'丙' * 60}</td></tr></table>"
    page = KINDS["html"](LAYOUTS["national"]).replace(b"</table>", more.encode())
    (tmp_path / "x.html").write_bytes(page)
    code, _, err = ran(capsys, str(tmp_path / "x.html"), "--out", str(tmp_path / "out"))
    first, second = err.splitlines()
    assert code == 1
    assert first.endswith(f"nothing was made of “甲 {'乙' * 58}…”")
    assert second.endswith(f"nothing was made of “{'丙' * 60}”")


def test_a_row_that_cannot_be_read_is_told_once_with_its_cells(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    page = KINDS["html"](LAYOUTS["national"])
    rows = "<tr><td>甲</td><td></td><td>乙 丙</td><td>丁</td></tr><tr><td>戊</td></tr></table>"
    (tmp_path / "x.html").write_bytes(page.replace(b"</table>", rows.encode()))
    code, _, err = ran(capsys, str(tmp_path / "x.html"), "--out", str(tmp_path / "out"))
    assert code == 1
    first, second = err.splitlines()
    assert re.fullmatch(
        r".*x\.html, table 1, row \d+: nothing was made of “甲 \| 乙 丙 \| 丁”", first
    )
    assert re.fullmatch(r".*, row \d+, column 1: nothing was made of “戊”", second)


def test_a_line_that_cannot_be_read_is_told_once_with_its_cells(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "x.txt").write_bytes(SEEDS.read_bytes() + "\n备查\t甲\t乙\n".encode())
    _, _, err = ran(capsys, str(tmp_path / "x.txt"), "--out", str(tmp_path / "out"))
    assert re.search(r"line \d+: nothing was made of “备查 \| 甲 \| 乙”\Z", err.rstrip("\n"))


def test_two_units_with_a_project_of_one_name_each_get_a_record(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    page = KINDS["html"](LAYOUTS["national"]).decode()
    for name, unit in (("a", "某市道路管理所"), ("b", "某区道路管理所"), ("c", "某市道路管理所")):
        (tmp_path / f"{name}.html").write_text(page.replace("某市道路管理所", unit), "utf-8")
    code, out, err = ran(capsys, "a.html", "b.html", "c.html")
    assert (code, out.splitlines()[-1]) == (
        1, "3 files read, 2 records written, 1 there already, 0 refused",
    )  # fmt: skip
    one, two = (tmp_path / f"data/2024/城区道路养护{n}.yaml" for n in ("", "-2"))
    assert "某市道路管理所" in one.read_text("utf-8")
    assert "某区道路管理所" in two.read_text("utf-8")
    assert "城区道路养护.yaml stands already" in err
    # Nor does it matter which run a unit's form came in.
    (tmp_path / "d.html").write_text(page.replace("某市道路管理所", "某县道路管理所"), "utf-8")
    code, out, err = ran(capsys, "d.html", "b.html", "a.html")
    assert (code, out.splitlines()[-1]) == (
        1, "3 files read, 1 records written, 2 there already, 0 refused",
    )  # fmt: skip
    three = tmp_path / "data/2024/城区道路养护-3.yaml"
    assert "某县道路管理所" in three.read_text("utf-8")
    assert "城区道路养护 stands in data/2024/城区道路养护-2.yaml" in err


def test_a_project_whose_record_stands_under_another_name_gets_no_second_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    shutil.copytree(ROOT / "data", tmp_path / "data")
    monkeypatch.chdir(tmp_path)
    code, out, err = ran(capsys, str(SEEDS))
    assert (code, out) == (1, "1 files read, 0 records written, 6 there already, 0 refused\n")
    assert "上海研发公共服务平台宣传推广 stands in data/2024/01-publicity.yaml; nothing was" in err
    # One with a fault is it all the same; another unit's is not, and a web page is no record.
    publicity = tmp_path / "data/2024/01-publicity.yaml"
    publicity.write_text(publicity.read_text("utf-8").replace("points: ", "points："), "utf-8")
    (tmp_path / "data/2024/x.y.html").write_text("project: 科技资源共享体系建设和创新资源发展研究")
    shared = tmp_path / "data/2024/02-resource-sharing.yaml"
    text = shared.read_text("utf-8").replace(
        "project: ", "implementing_unit: 市某中心\nproject: ", 1
    )
    shared.write_text(text, "utf-8")
    code, out, _ = ran(capsys, str(SEEDS))
    assert out.endswith("1 files read, 1 records written, 5 there already, 0 refused\n")


def test_forms_without_a_name_are_none_of_each_other(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    page = KINDS["html"](LAYOUTS["national"]).decode()
    bare = page.replace("城区道路养护", "").replace("某市道路管理所", "")
    for name in ("a", "b"):
        (tmp_path / f"{name}.html").write_text(bare, "utf-8")
    _, out, _ = ran(capsys, "a.html", "b.html")
    assert out.splitlines()[-1] == "2 files read, 2 records written, 0 there already, 0 refused"
    assert len(list((tmp_path / "data").rglob("*.yaml"))) == 2
