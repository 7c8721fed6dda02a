"""What a check remembers: the same findings, sooner; what changed or is damaged is checked anew."""

import json
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from fontTools.fontBuilder import FontBuilder
from fontTools.ttLib.tables._g_l_y_f import Glyph

from perfeval_docs import cli
from perfeval_docs.checking import Checked, check
from perfeval_docs.checking.remembered import FILE, Remembered, preserve, revive
from perfeval_docs.errors import ExitCode
from perfeval_docs.output import CACHE
from perfeval_docs.settings import Settings

ROOT = Path(__file__).parents[2]
RECORD = "data/2024/01-publicity.yaml"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    shutil.copytree(ROOT / "data", tmp_path / "data")
    return tmp_path


def checked(project: Path, out: str = "build", paths: tuple[Path, ...] = ()) -> Checked:
    settings = Settings(data=project / "data", out=project / out, template=project)
    return check(settings, paths, lambda _done, _all: None)


def kept(project: Path) -> Path:
    return project / "build" / CACHE / FILE


def spoil(project: Path, name: str, old: str, new: str) -> None:
    path = project / name
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")


def anew(project: Path) -> Checked:
    """Return what a check that remembers nothing finds."""
    shutil.rmtree(project / "fresh", ignore_errors=True)
    return checked(project, "fresh")


def test_a_second_check_finds_the_same_without_reading_the_records_again(project: Path) -> None:
    first = checked(project)
    second = checked(project)
    assert (first.remembered, second.remembered) == (0, 6)
    assert first.diagnostics
    assert second == replace(first, remembered=6)


def copy_one(project: Path) -> None:
    shutil.copy(project / RECORD, project / "data/2024/07.yaml")


CHANGES: list[tuple[str, Callable[[Path], None], int]] = [
    ("a record", lambda p: spoil(p, RECORD, "target: ≥20.00(篇)", "target: >20.00(篇)"), 5),
    ("its year's defaults", lambda p: spoil(p, "data/2024/perfeval.yaml", "2024", "2023"), 0),
    ("the profile", lambda p: spoil(p, "data/perfeval.yaml", "shanghai", "national"), 0),
    ("a record more", copy_one, 6),
    ("a record less", lambda p: (p / RECORD).unlink(), 5),
]


@pytest.mark.parametrize(("change", "known"), [c[1:] for c in CHANGES], ids=[c[0] for c in CHANGES])
def test_what_changed_is_checked_again(
    project: Path, change: Callable[[Path], None], known: int
) -> None:
    checked(project)
    change(project)
    again = checked(project)
    assert again.remembered == known
    assert again == replace(anew(project), remembered=known)
    assert set(json.loads(kept(project).read_bytes())) == {
        path.as_posix() for path in (project / "data/2024").glob("0*.yaml")
    }


def test_a_profile_of_its_own_is_part_of_what_was_read(project: Path) -> None:
    own = project / "data/own.yaml"
    own.write_text("extends: shanghai\nname: own\n", "utf-8")
    spoil(project, "data/perfeval.yaml", "shanghai", "own.yaml")
    assert checked(project).remembered == 0
    assert checked(project).remembered == 6
    own.write_text(
        "extends: shanghai\nname: own\nseverities:\n"
        "  value: {far-over-target: 'off'}\n  basis: unverified\n",
        "utf-8",
    )
    again = checked(project)
    assert again.remembered == 0
    assert "far-over-target" not in {each.name for each in again.diagnostics}


def test_what_hangs_on_a_file_that_is_not_there_is_not_kept(project: Path) -> None:
    spoil(project, "data/perfeval.yaml", "shanghai", "own.yaml")
    assert {each.code for each in checked(project).diagnostics} == {"PE171"}
    assert checked(project).remembered == 0


def test_a_check_of_some_records_keeps_what_is_known_of_the_others(project: Path) -> None:
    checked(project)
    spoil(project, RECORD, "target: ≥20.00(篇)", "target: >20.00(篇)")
    assert checked(project, paths=(project / RECORD,)).remembered == 0
    assert checked(project).remembered == 6


def font_with(char: str, folder: Path) -> None:
    """Write a font that has one character."""
    folder.mkdir()
    font = FontBuilder(unitsPerEm=1000)
    font.setupGlyphOrder([".notdef", "sign"])
    font.setupCharacterMap({ord(char): "sign"})
    font.setupGlyf({".notdef": Glyph(), "sign": Glyph()})
    font.setupHorizontalMetrics({".notdef": (500, 0), "sign": (500, 0)})
    font.setupHorizontalHeader(ascent=800, descent=-200)
    font.setupNameTable({"familyName": "Own", "styleName": "Regular", "psName": "Own"})
    font.setupOS2()
    font.setupPost()
    font.save(folder / "own.ttf")


def test_a_check_with_fonts_of_its_own_neither_remembers_nor_is_remembered(
    project: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    font_with("✅", project / "fonts")
    spoil(project, RECORD, "project: ", "project: ✅")
    monkeypatch.chdir(project)
    lines = ["check", "--select", "PE901", "--format", "concise"]
    assert cli.run(lines) == ExitCode.FAULTS
    before = kept(project).read_bytes()
    assert cli.run([*lines, "--fonts", "fonts"]) == ExitCode.CLEAN
    assert kept(project).read_bytes() == before
    assert cli.run(lines) == ExitCode.FAULTS
    kept(project).unlink()
    assert cli.run([*lines, "--fonts", "fonts"]) == ExitCode.CLEAN
    assert not kept(project).exists()
    assert capsys.readouterr().out.count("PE901") == 2


DAMAGES: list[Callable[[bytes], bytes]] = [
    lambda _: b"",
    lambda data: data[:-100],
    lambda _: b"[1, 2]",
    lambda _: b'{"a": 1}',
    lambda _: b"[" * 100_000,
    lambda _: b"\xff\xfe",
    lambda data: data.replace(b'"PE317"', b"317"),
    lambda data: data.replace(b'"warning"', b'"worse"'),
    lambda data: data.replace(b'"entry"', b'"entries"'),
    lambda data: data.replace(b'"fiscal_year":[', b'"year":['),
    lambda data: data.replace(b'"others":{}', b'"others":{"none.yaml":"0"}'),
]


@pytest.mark.parametrize("damage", DAMAGES, ids=range(len(DAMAGES)))
def test_a_damaged_or_foreign_file_is_as_good_as_none(
    project: Path, damage: Callable[[bytes], bytes]
) -> None:
    first = checked(project)
    data = kept(project).read_bytes()
    kept(project).write_bytes(damage(data))
    assert kept(project).read_bytes() != data
    assert checked(project) == first
    assert kept(project).read_bytes() == data


def test_where_nothing_can_be_kept_the_check_is_the_same(project: Path) -> None:
    (project / "build").write_text("in the way", "utf-8")
    first = checked(project)
    assert first.diagnostics
    assert checked(project) == first


def test_what_is_preserved_is_revived(project: Path) -> None:
    spoil(project, RECORD, "target: ≥20.00(篇)", "target: >20.00(篇)")
    for each in checked(project).diagnostics:
        found = Remembered(diagnostics=(each,), entry=None, others={"a": "b"})
        plain: Any = json.loads(json.dumps(preserve(found)))
        assert revive(plain) == found
