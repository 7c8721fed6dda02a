"""`perfeval import --update`: what is told, what is written, what is left."""

import shutil
from codecs import BOM_UTF8
from pathlib import Path

import pytest

from perfeval_docs import cli
from tests.merging.test_workbook import changes, edited
from tests.merging.words import (
    cell_of,
    every_cell,
    opened,
    remove,
    row_of,
    saved,
    word_of,
    write,
)

ROOT = Path(__file__).parents[2]
NAMED = "01-publicity"


@pytest.fixture
def data(tmp_path: Path) -> Path:
    shutil.copytree(ROOT / "data", tmp_path / "data")
    return tmp_path / "data"


def ran(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    code = cli.run(["import", "--update", *arguments])
    out, err = capsys.readouterr()
    return code, out, err


def form(six: Path, to: Path, old: str = "24.00(篇)", new: str = "25.00(篇)") -> Path:
    document = opened((six / f"reports/{NAMED}.docx").read_bytes())
    write(cell_of(document, old), new)
    (to / "x.docx").write_bytes(saved(document))
    return to / "x.docx"


def test_a_form_is_shown_then_merged_then_nothing_is_left(
    six: Path, data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    record = data / f"2024/{NAMED}.yaml"
    before = record.read_text("utf-8")
    asked = (str(form(six, tmp_path)), "--data", str(data), "--lang", "zh")
    code, shown, err = ran(capsys, *asked, "--dry-run")
    assert (code, record.read_text("utf-8")) == (0, before)
    assert "    实际完成值: 24.00(篇) → 25.00(篇)\n" in shown
    assert "-        actual: 24.00(篇)\n+        actual: 25.00(篇)\n" in shown
    assert "没有写入" in err
    code, out, err = ran(capsys, *asked)
    assert (code, err) == (0, "")
    assert out == shown[: shown.index("---")]
    assert record.read_text("utf-8") == before.replace("24.00(篇)", "25.00(篇)")
    code, out, err = ran(capsys, *asked)
    assert (code, out) == (0, "")
    assert "没有写入" in err


def test_a_conflict_is_told_and_the_record_left(
    six: Path, data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    record = data / f"2024/{NAMED}.yaml"
    mine = record.read_text("utf-8").replace("24.00(篇)", "26.00(篇)")
    record.write_text(mine, "utf-8")
    code, out, err = ran(capsys, str(form(six, tmp_path)), "--data", str(data), "--lang", "en")
    assert (code, out) == (1, "")
    assert record.read_text("utf-8") == mine
    assert (
        "产出指标 / 数量指标 / 媒体专版报道量 / 实际完成值: it was “24.00(篇)”; the form makes it "
        "“25.00(篇)” and the record “26.00(篇)”; the record was left"
    ) in err


def test_a_conflict_in_a_long_text_shows_where_it_differs(
    six: Path, data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    record = data / f"2024/{NAMED}.yaml"
    record.write_text(record.read_text("utf-8").replace("推送2篇", "推送4篇"), "utf-8")
    document = opened((six / f"reports/{NAMED}.docx").read_bytes())
    goal = next(cell for cell in every_cell(document) if "推送2篇" in cell.text)
    write(goal, goal.text.replace("推送2篇", "推送3篇"))
    (tmp_path / "x.docx").write_bytes(saved(document))
    _, _, err = ran(capsys, str(tmp_path / "x.docx"), "--data", str(data), "--lang", "en")
    assert "it was “…道,其中传统纸媒推送2篇以上" in err
    assert "the form makes it “…道,其中传统纸媒推送3篇以上" in err
    assert "the record “…道,其中传统纸媒推送4篇以上" in err


def test_a_row_that_only_one_of_them_has_is_told_as_such(
    six: Path, data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    record = data / f"2024/{NAMED}.yaml"
    lines = record.read_text("utf-8").replace("actual: 1.00(部)", "actual: 3.00(部)").splitlines()
    at = lines.index("      - indicator: 推广交流活动")
    record.write_text("\n".join((*lines[:at], *lines[at + 4 :])) + "\n", "utf-8")
    document = opened((six / f"reports/{NAMED}.docx").read_bytes())
    remove(row_of(document, "视频宣传片"))
    write(cell_of(document, "30.00(场)"), "31.00(场)")
    (tmp_path / "x.docx").write_bytes(saved(document))
    _, _, err = ran(capsys, str(tmp_path / "x.docx"), "--data", str(data), "--lang", "en")
    assert (
        "视频宣传片 / 实际完成值: the form has no such row any more, and the record made "
        "“3.00(部)” of “1.00(部)”; the record was left"
    ) in err
    assert (
        "推广交流活动 / 实际完成值: the form made “31.00(场)” of “30.00(场)”, and the record has "
        "no such row any more; the record was left"
    ) in err


def test_a_byte_order_mark_stays(
    six: Path, data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    record = data / f"2024/{NAMED}.yaml"
    before = BOM_UTF8 + record.read_bytes().replace(b"\n", b"\r\n")
    record.write_bytes(before)
    assert ran(capsys, str(form(six, tmp_path)), "--data", str(data))[0] == 0
    assert record.read_bytes() == before.replace(b"24.00", b"25.00")


def test_a_workbook_with_one_record_gone_gives_its_changes_to_the_others(
    six: Path, data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "x.xlsx").write_bytes(edited(six, changes))
    asked = (str(tmp_path / "x.xlsx"), "--data", str(data), "--lang", "en")
    (data / f"2024/{NAMED}.yaml").rename(data / "2024/renamed.yaml")
    (data / "2024/03-talent-platform.yaml").unlink()  # nothing of it was changed
    code, out, err = ran(capsys, *asked)
    assert code == 1
    assert "\n\n改名的项目\n" in f"\n\n{out}"
    assert "\n\n研发平台网络运行保障\n" in out
    assert err.count("is not in") == 1
    assert f"2024/{NAMED}.yaml, which is not in {data.as_posix()}: if it was renamed" in err


def test_two_files_of_one_record_are_merged_one_after_the_other(
    six: Path, data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "x.xlsx").write_bytes(edited(six, changes))
    word = form(six, tmp_path, "1.00(部)", "2.00(部)")
    code, _, err = ran(capsys, str(word), str(tmp_path / "x.xlsx"), "--data", str(data))
    assert (code, err) == (0, "")
    text = (data / f"2024/{NAMED}.yaml").read_text("utf-8")
    assert "actual: 2.00(部)" in text
    assert "actual: 26.00(篇)" in text


def test_files_that_cannot_be_merged_are_told_and_the_rest_is_taken(
    six: Path, data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "no.docx").write_bytes(b"PK")
    (tmp_path / "no.txt").write_bytes(b"x")
    files = [str(tmp_path / "no.docx"), str(tmp_path / "no.txt"), str(form(six, tmp_path))]
    code, out, err = ran(capsys, *files, "--data", str(data), "--lang", "en")
    assert code == 1
    assert "no.docx" in err
    assert "no.txt: only a Word form or a workbook that perfeval built can be merged" in err
    assert "24.00(篇) → 25.00(篇)" in out


def test_a_file_that_is_not_there_is_told_and_the_rest_is_taken(
    six: Path, data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    files = [str(tmp_path / "not-there.docx"), str(form(six, tmp_path))]
    code, out, err = ran(capsys, *files, "--data", str(data), "--lang", "en")
    assert code == 3
    assert "not-there.docx" in err
    assert "24.00(篇) → 25.00(篇)" in out


def test_rows_that_only_changed_places_are_told(
    six: Path, data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    document = opened((six / f"reports/{NAMED}.docx").read_bytes())
    row_of(document, "服务站点维护")._tr.addnext(row_of(document, "视频宣传片")._tr)
    (tmp_path / "x.docx").write_bytes(saved(document))
    code, out, err = ran(capsys, str(tmp_path / "x.docx"), "--data", str(data), "--lang", "en")
    record = (data / f"2024/{NAMED}.yaml").as_posix()
    assert (code, out, err) == (
        0,
        f"{record}: rows in another order, or a declared figure that was taken back\n",
        "",
    )


def test_what_stays_as_it_is_is_told_with_the_way_out(
    six: Path, data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    document = opened((six / f"reports/{NAMED}.docx").read_bytes())
    write(cell_of(document, "5.00", 1), "五分")
    write(cell_of(document, "推广交流活动"), "")
    (tmp_path / "x.docx").write_bytes(saved(document))
    code, out, err = ran(capsys, str(tmp_path / "x.docx"), "--data", str(data), "--lang", "en")
    assert (code, out) == (1, "")
    assert (
        "数量指标 / 媒体专版报道量 / 得分: it was “5.00”; “五分” is no figure; the record was left"
    ) in err
    assert "each of which needs a name; these stay in" in err
    assert "01-publicity.yaml: 推广交流活动\n" in err


def test_a_faulty_record_and_a_missing_one_are_told(
    six: Path, data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    word = str(form(six, tmp_path))
    record = data / f"2024/{NAMED}.yaml"
    faulty = record.read_text("utf-8").replace("points: 5.00", "points: five", 1)
    record.write_text(faulty, "utf-8")
    code, _, err = ran(capsys, word, "--data", str(data), "--lang", "en")
    assert code == 1
    assert "five" in err
    assert f"--> {record.as_posix()}:" in err
    assert record.read_text("utf-8") == faulty
    record.unlink()
    code, _, err = ran(capsys, word, "--data", str(data), "--lang", "en")
    assert code == 1
    assert "else import the Word form without --update" in err


def test_options_that_do_not_go_together_are_refused(
    six: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    word = str(form(six, tmp_path))
    assert ran(capsys, word, "--out", str(tmp_path))[0] == 2
    assert cli.run(["import", word, "--dry-run"]) == 2
    capsys.readouterr()


def test_a_workbook_of_ours_is_not_imported_but_merged(
    six: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code = cli.run(["import", str(six / "summary.xlsx"), "--out", str(tmp_path), "--lang", "en"])
    assert code == 1
    assert "--update" in capsys.readouterr().err
    assert list(tmp_path.glob("*.yaml")) == []


def test_the_forms_of_these_tests_are_those_of_a_build(six: Path) -> None:
    record = (ROOT / f"data/2024/{NAMED}.yaml").read_bytes()
    one, two = opened(word_of(record)), opened((six / f"reports/{NAMED}.docx").read_bytes())
    first, second = ([cell.text for cell in every_cell(each)] for each in (one, two))
    assert first == second
