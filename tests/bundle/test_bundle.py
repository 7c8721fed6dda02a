"""The bundle of a year: valid to bagit, the same bytes twice, verified and built again."""

import json
import re
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import bagit
import pytest

from perfeval_docs import cli
from perfeval_docs.bundle.make import make_bundles
from perfeval_docs.bundle.reproduce import reproduce
from perfeval_docs.bundle.verify import verify
from perfeval_docs.errors import ExitCode
from tests.bundle.bundles import NAME, bundle_of, bundled, settings, taken_apart
from tests.summaries import built

INTERNAL = f"{NAME}-internal"


@pytest.fixture
def project(six: Path, tmp_path: Path) -> Path:
    """Return a copy of the project of the six records, built."""
    shutil.copytree(six.parents[1] / "data", tmp_path / "data")
    built(tmp_path)
    return tmp_path


@pytest.mark.parametrize(("name", "public"), [(NAME, True), (INTERNAL, False)])
def test_bagit_and_ourselves_find_nothing_and_build_the_same(
    six: Path, tmp_path: Path, name: str, *, public: bool
) -> None:
    data = bundle_of(six.parents[1], public=public)
    (tmp_path / "b.zip").write_bytes(data)
    with zipfile.ZipFile(tmp_path / "b.zip") as archive:
        archive.extractall(tmp_path)
    bag = bagit.Bag(str(tmp_path / name))
    assert bag.validate()
    assert bag.version_info == (1, 0)
    assert bag.info["Bagging-Date"] == "2025-06-30"
    assert len(list(bag.payload_files())) > 40
    verified = verify(data, name)
    assert verified.faults == ()
    assert verified.notes == ()
    again = reproduce(data, name, 1)
    assert again.faults == ()
    assert again.same == 41


@pytest.mark.parametrize("public", [True, False])
def test_the_same_build_gives_the_same_bytes(six: Path, project: Path, *, public: bool) -> None:
    assert bundle_of(project, public=public) == bundle_of(six.parents[1], public=public)


def test_the_documents_are_those_that_were_built(six: Path) -> None:
    for public in (True, False):
        name = NAME if public else INTERNAL
        files = taken_apart(bundle_of(six.parents[1], public=public), name)
        for path in six.rglob("*.*"):
            told = files.get(f"data/2024/{path.relative_to(six).as_posix()}")
            if public and path.name == "manifest.json":
                assert told is None
            elif not (public and path.name == "summary.xlsx"):
                assert told == path.read_bytes()


def test_what_was_typed_is_in_the_internal_bundle(six: Path) -> None:
    files = taken_apart(bundle_of(six.parents[1], public=False), INTERNAL)
    for path in (six.parents[1] / "data").rglob("*.yaml"):
        name = path.relative_to(six.parents[1] / "data").as_posix()
        assert files[f"data/project/data/{name}"] == path.read_bytes()


def test_the_statement_is_an_in_toto_statement(six: Path) -> None:
    """As https://in-toto.io/Statement/v1 and https://slsa.dev/provenance/v1 ask."""
    files = taken_apart(bundle_of(six.parents[1]))
    plain = json.loads(files["provenance.intoto.json"])
    assert set(plain) == {"_type", "subject", "predicateType", "predicate"}
    assert plain["_type"] == "https://in-toto.io/Statement/v1"
    assert plain["predicateType"] == "https://slsa.dev/provenance/v1"
    definition = plain["predicate"]["buildDefinition"]
    assert {"buildType", "externalParameters", "resolvedDependencies"} <= set(definition)
    assert ":" in definition["buildType"]
    assert ":" in plain["predicate"]["runDetails"]["builder"]["id"]
    materials = definition["resolvedDependencies"]
    named = {each["name"] for each in plain["subject"]} | {each["name"] for each in materials}
    assert named == {name for name in files if name.startswith("data/")}
    for each in (*plain["subject"], *materials):
        assert re.fullmatch("[0-9a-f]{64}", each["digest"]["sha256"])
    assert {
        "data/project/data/2024/01-publicity.yaml",
        "data/project/templates/self-evaluation.docx",
        "data/project/profiles/shanghai.yaml",
        "data/project/requirements/run.txt",
    } <= {each["name"] for each in materials}


def spoiled(path: Path, old: str, new: str) -> None:
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")


FIRST = "data/2024/01-publicity.yaml"
NOT_COMPLETE: dict[str, tuple[Callable[[Path], object], str, str]] = {
    "a record changed": (lambda p: spoiled(p / FIRST, "24.00(篇)", "25.00(篇)"), FIRST, "record"),
    "a record more": (
        lambda p: shutil.copy(p / FIRST, p / "data/2024/09.yaml"), "09.yaml", "not built"),
    "a record less": (lambda p: (p / FIRST).unlink(), "01-publicity", "no record"),
    "defaults changed": (
        lambda p: spoiled(p / "data/perfeval.yaml", "06-30", "07-01"), FIRST, "defaults"),
    "words changed": (
        lambda p: spoiled(p / "data/2024/summary.yaml", "06-30", "07-01"), "summary", "words"),
    "a report gone": (
        lambda p: (p / "build/2024/reports/01-publicity.pdf").unlink(), FIRST,
        "reports/01-publicity.pdf"),
    "a report changed": (
        lambda p: (p / "build/2024/reports/01-publicity.docx").write_bytes(b"x"), FIRST,
        "reports/01-publicity.docx"),
    "the workbook changed": (
        lambda p: (p / "build/2024/summary.xlsx").write_bytes(b"x"), "summary", "summary.xlsx"),
    "a chart gone": (
        lambda p: (p / "build/2024/charts/grades.svg").unlink(), "summary", "charts/grades.svg"),
    "no manifest": (lambda p: (p / "build/2024/manifest.json").unlink(), FIRST, "not built"),
    "last year's records": (
        lambda p: shutil.copytree(p / "data/2024", p / "data/2023"), "summary", "last year"),
}  # fmt: skip


@pytest.mark.parametrize(("change", "name", "why"), NOT_COMPLETE.values(), ids=NOT_COMPLETE)
def test_a_build_that_is_not_complete_is_not_bundled(
    project: Path, change: Callable[[Path], object], name: str, why: str
) -> None:
    change(project)
    made = bundled(project)
    assert made.path is None
    assert any(name in each.name and why in each.why for each in made.reasons), made.reasons
    assert not (project / "build/bundles").exists()


def test_a_refused_record_stands_in_the_way(project: Path) -> None:
    spoiled(project / FIRST, "target: ≥20.00(篇)", "target: >20.00(篇)")
    built(project)
    made = bundled(project)
    assert made.path is None
    assert {each.name.rpartition("/")[2] for each in made.reasons} == {
        "01-publicity.yaml", "summary.docx",
    }  # fmt: skip


def test_the_commands_tell_what_they_did(
    project: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(project)
    shutil.copytree(Path(__file__).parents[2] / "templates", project / "templates")
    assert cli.run(["build", "--no-system-fonts", "--lang", "en"]) == ExitCode.CLEAN
    options = ["--no-system-fonts", "--lang", "en"]
    assert cli.run(["bundle", *options]) == ExitCode.CLEAN
    bundle = "build/bundles/perfeval-2024.zip"
    count = len(taken_apart(Path(bundle).read_bytes()))
    assert capsys.readouterr().out.endswith(f"\n{bundle}: {count} files\n")
    assert cli.run(["verify", bundle, "--lang", "en"]) == ExitCode.CLEAN
    assert capsys.readouterr().out == f"{bundle}: {count} files, all as they should be\n"
    assert cli.run(["reproduce", bundle, "--lang", "en"]) == ExitCode.CLEAN
    assert "41 files built again to the same bytes, 0 not" in capsys.readouterr().out
    Path(bundle).rename("build/bundles/other.zip")
    assert cli.run(["verify", "build/bundles/other.zip", "--lang", "en"]) == ExitCode.FAULTS
    assert "misnamed" in capsys.readouterr().out
    spoiled(Path(FIRST), "24.00(篇)", "25.00(篇)")
    assert cli.run(["bundle", *options]) == ExitCode.FAULTS
    assert "the record changed" in capsys.readouterr().err
    assert cli.run(["bundle", "--no-system-fonts", "--lang", "zh"]) == ExitCode.FAULTS
    assert "01-publicity.yaml：记录改了\n" in capsys.readouterr().err


def test_it_comes_from_another_place_with_the_same_bytes(six: Path, tmp_path: Path) -> None:
    """Another process, another folder, another locale and time zone."""
    root, place = Path(__file__).parents[2], tmp_path / "另一处 with spaces"
    shutil.copytree(six.parents[1] / "data", place / "data")
    for name in ("templates", "requirements"):
        shutil.copytree(root / name, place / name)
    code = "import sys; from perfeval_docs import cli; cli.main(sys.argv[1:])"
    for command in ("build", "bundle"):
        subprocess.run(
            [sys.executable, "-c", code, command, "--no-system-fonts"], cwd=place, check=True,
            capture_output=True,
            env={"PYTHONPATH": str(root), "TZ": "XST-13:45", "LC_ALL": "zh_CN.UTF-8",
                 "PYTHONHASHSEED": "7", "PATH": "/usr/bin:/bin"},
        )  # fmt: skip
    assert (place / "build/bundles/perfeval-2024.zip").read_bytes() == bundle_of(six.parents[1])


def awkward(project: Path) -> None:
    """Give the project a year before, a profile of its own, other suffixes and line ends."""
    data = project / "data"
    shutil.copytree(data / "2024", data / "2023")
    spoiled(data / "2023/perfeval.yaml", "2024", "2023")
    (data / "2023/summary.yaml").unlink()
    (data / "口径").mkdir()
    (data / "口径/own.yaml").write_text("extends: base.yaml\nname: own  # 某某\n", "utf-8")
    (data / "口径/base.yaml").write_text("extends: shanghai\nname: base\n", "utf-8")
    spoiled(data / "perfeval.yaml", "shanghai", "口径/own.yaml")
    (data / "2024/01-publicity.yaml").rename(data / "2024/01 宣传（一）.yml")
    talent = data / "2024/03-talent-platform.yaml"
    lines = talent.read_text("utf-8").replace("\n", "\r\n")
    talent.write_bytes(b"\xef\xbb\xbf" + lines.encode())
    upkeep = data / "2024/06-it-maintenance.yaml"
    upkeep.write_text(
        upkeep.read_text("utf-8") + "waivers:\n  - {rule: PE317, reason: 内部研判理由}\n", "utf-8"
    )


@pytest.mark.parametrize(("name", "public"), [(NAME, True), (INTERNAL, False)])
def test_an_awkward_project_is_bundled_verified_and_built_again(
    project: Path, name: str, *, public: bool
) -> None:
    awkward(project)
    built(project, year=2024)
    made = bundled(project, public=public)
    assert made.path is not None, made
    data = made.path.read_bytes()
    files = taken_apart(data, name)
    assert "data/project/data/2023/01-publicity.yaml" in files
    assert "data/project/data/口径/base.yaml" in files
    assert ("某某" in files["data/project/data/口径/own.yaml"].decode()) is not public
    assert [f"{fault}" for fault in verify(data, name).faults] == []
    again = reproduce(data, name, 1)
    assert ([f"{fault}" for fault in again.faults], again.same) == ([], 41)


def test_a_profile_outside_the_data_stands_in_the_way(project: Path) -> None:
    (project / "own.yaml").write_text("extends: shanghai\nname: own\n", "utf-8")
    spoiled(project / "data/perfeval.yaml", "shanghai", "../own.yaml")
    built(project)
    made = bundled(project)
    assert [each.why for each in made.reasons] == [("outside",)]


def test_no_bundle_without_a_summary(project: Path) -> None:
    shutil.copytree(Path(__file__).parents[2] / "templates", project / "templates")
    (project / "templates/summary.md.j2").unlink()
    template = project / "templates/self-evaluation.docx"
    built(project, template=template)
    (made,) = make_bundles(replace(settings(project), template=template), project / "none")
    assert [(each.name, each.why) for each in made.reasons] == [
        ("2024/summary.docx", ("not built",))
    ]
