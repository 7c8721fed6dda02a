"""The build engine: only what changed, any number of workers, the same tree after accidents."""

import json
import os
import shutil
import subprocess
from collections.abc import Callable, Iterator
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path

import docx
import pytest
from docx.shared import Pt

from perfeval_docs.build import build, documents
from perfeval_docs.build.reports import make_reports
from perfeval_docs.checking import workers
from tests.build.trees import COUNT, ROOT, asked, clean, run, stems, tree


def spoil(path: Path, old: str, new: str) -> None:
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")


EVERY = ["01-publicity", "02-resource-sharing", "03-talent-platform"]
FIRST, REST = EVERY[:1], EVERY[1:]
RECORD = "data/2024/01-publicity.yaml"


def test_what_stands_is_left_alone_whatever_its_times(project: Path) -> None:
    assert stems(run(project)) == (EVERY, [])
    before = {p: p.stat().st_mtime_ns for p in (project / "build/2024/reports").iterdir()}
    for path in (*project.rglob("*.yaml"), *project.rglob("*.docx")):
        if "build" not in path.parts:
            os.utime(path)
    outcome = run(project)
    assert stems(outcome) == ([], EVERY)
    assert set(outcome.why.values()) == {()}
    assert {p: p.stat().st_mtime_ns for p in before} == before


CHANGES: list[tuple[str, Callable[[Path], object], list[str], str]] = [
    ("record", lambda p: spoil(p / RECORD, "24.00(篇)", "25.00(篇)"), FIRST, "record"),
    ("defaults", lambda p: spoil(p / "data/perfeval.yaml", "2025-06-30", "2025-07-01"), EVERY,
     "defaults"),
    ("output gone", lambda p: (p / "build/2024/reports/01-publicity.pdf").unlink(), FIRST,
     "reports/01-publicity.pdf"),
    ("output touched", lambda p: (p / "build/2024/reports/01-publicity.docx").write_bytes(b"x"),
     FIRST, "reports/01-publicity.docx"),
    ("manifest gone", lambda p: (p / "build/2024/manifest.json").unlink(), EVERY, "new"),
    ("manifest torn", lambda p: (p / "build/2024/manifest.json").write_bytes(b'{"format": 1'),
     EVERY, "new"),
    ("manifest foreign", lambda p: (p / "build/2024/manifest.json").write_bytes(b"[]"), EVERY,
     "new"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("change", "built", "why"), [c[1:] for c in CHANGES], ids=[c[0] for c in CHANGES]
)
def test_what_changed_is_made_again_and_it_is_told_why(
    project: Path, change: Callable[[Path], object], built: list[str], why: str
) -> None:
    run(project)
    change(project)
    outcome = run(project)
    assert stems(outcome) == (built, [stem for stem in EVERY if stem not in built])
    assert outcome.why["2024/reports/01-publicity.docx"] == (why,)
    assert tree(project / "build") == clean(project)


def test_another_template_or_another_profile_is_another_document(project: Path) -> None:
    own = project / "data/own.yaml"
    own.write_text("extends: shanghai\nname: own\n", "utf-8")
    spoil(project / "data/perfeval.yaml", "shanghai", "own.yaml")
    run(project)
    own.write_text("extends: shanghai\nname: mine\n", "utf-8")
    outcome = run(project)
    assert stems(outcome)[0] == EVERY
    assert outcome.why["2024/reports/01-publicity.pdf"] == (own.as_posix(),)
    template = project / "templates/self-evaluation.docx"
    document = docx.Document(str(template))
    document.paragraphs[0].runs[0].font.size = Pt(15)
    document.save(str(template))
    outcome = run(project)
    assert stems(outcome)[0] == EVERY
    assert outcome.why["2024/reports/01-publicity.pdf"] == ("template",)


def test_a_profile_that_is_saved_while_its_forms_are_made_is_another_to_the_next_build(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    own = project / "data/own.yaml"
    own.write_text("extends: shanghai\nname: own\n", "utf-8")
    spoil(project / "data/perfeval.yaml", "shanghai", "own.yaml")

    def saved_meanwhile(*arguments: object) -> object:
        own.write_text("extends: shanghai\nname: mine\n", "utf-8")
        return make_reports(*arguments)  # type: ignore[arg-type]  # as they came

    with monkeypatch.context() as patch:
        patch.setattr(documents, "make_reports", saved_meanwhile)
        run(project)
    assert stems(run(project)) == (EVERY, [])
    assert tree(project / "build") == clean(project)


def test_the_documents_of_a_record_that_is_no_more_are_removed(project: Path) -> None:
    run(project)
    (project / RECORD).unlink()
    (project / "build/2024/reports/mine.txt").write_text("left alone", "utf-8")
    outcome = run(project)
    assert outcome.withdrawn == ("2024/01-publicity",)
    names = {p.name for p in (project / "build/2024/reports").iterdir()}
    assert names == {f"{stem}.{kind}" for stem in REST for kind in ("docx", "pdf")} | {"mine.txt"}


@pytest.fixture
def two_years(project: Path) -> Path:
    for name in ("summary.md.j2", "final-accounts-paragraph.md.j2", "summary.docx", "annex.docx"):
        shutil.copy(ROOT / "templates" / name, project / "templates")
    (project / "data/2023").mkdir(exist_ok=True)
    for name, other in ((RECORD, "x.yaml"), ("data/2024/perfeval.yaml", "perfeval.yaml")):
        text = (project / name).read_text("utf-8").replace("year: 2024", "year: 2023")
        (project / "data/2023" / other).write_text(text, "utf-8")
    run(project)
    return project


def test_what_was_built_of_a_year_without_records_any_more_is_removed(two_years: Path) -> None:
    assert (two_years / "build/2023/summary.pdf").is_file()
    (two_years / "build/2023/reports/mine.txt").write_text("left alone", "utf-8")
    (two_years / "build/2022").mkdir()
    (two_years / "build/2022/summary.pdf").write_text("no build wrote it", "utf-8")
    # Its year is none of the data's: a copy that somebody keeps.
    shutil.copytree(two_years / "build/2023", two_years / "build/2021")
    (two_years / "build/latest").symlink_to("2024")
    (two_years / "data/2020").mkdir()
    (two_years / "build/2020").mkdir()
    (two_years / "build/2020/manifest.json").write_text("{}", "utf-8")
    kept = {name for name in tree(two_years / "build") if name.startswith(("202", "latest"))}
    kept = {name for name in kept if not name.startswith("2023")} | {"2023/reports/mine.txt"}
    (two_years / "data/2023/x.yaml").unlink()
    assert run(two_years, year=2024).withdrawn == ()
    assert run(two_years, only=("01-publicity",)).withdrawn == ()
    assert run(two_years).withdrawn == ("2023/x",)
    assert {*tree(two_years / "build")} == kept
    assert run(two_years).withdrawn == ()


def test_a_year_whose_removal_was_cut_off_is_removed_by_the_next_build(
    two_years: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (two_years / "data/2023/x.yaml").unlink()

    def killed(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr("perfeval_docs.build.vanished.withdraw_year", killed)
        with pytest.raises(KeyboardInterrupt):
            run(two_years)
    assert run(two_years).withdrawn == ("2023/x",)
    assert {name for name in tree(two_years / "build") if not name.startswith("2024/")} == set()


@pytest.mark.parametrize("stopped", [KeyboardInterrupt, SystemExit])
def test_forms_of_a_build_that_did_not_end_are_removed_with_their_record(
    project: Path, stopped: type[BaseException]
) -> None:
    def stop(_done: int, _all: int) -> None:
        raise stopped

    with pytest.raises(stopped):
        build(asked(project), stop)
    assert (project / "build/2024/reports/01-publicity.docx").is_file()
    (project / RECORD).unlink()
    assert run(project, only=(REST[0],)).withdrawn == ()
    assert run(project).withdrawn == ("2024/01-publicity",)
    assert tree(project / "build") == clean(project)


def test_what_is_noted_of_a_build_that_did_not_end_removes_nothing_outside(project: Path) -> None:
    outside = project / "mine.docx"
    outside.write_text("left alone", "utf-8")
    run(project)
    for noted in ('[["2024", "../../../mine"]]', '[["2024/..", "x"]]', "[[1]]", "[[]]", "{", "7"):
        (project / "build/cache/begun.json").write_text(noted, "utf-8")
        assert run(project).withdrawn == ()
    assert outside.is_file()


def test_a_record_renamed_in_case_alone_keeps_its_forms_where_case_does_not_count(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run(project)
    record = project / RECORD
    record.rename(record.with_name("01-PUBLICITY.yaml"))
    with monkeypatch.context() as patch:
        patch.setattr(Path, "samefile", lambda _self, _other: True)
        assert run(project).withdrawn == ()
    record.with_name("01-PUBLICITY.yaml").rename(record)
    assert run(project).withdrawn == ("2024/01-PUBLICITY",)


def test_a_record_whose_file_has_another_suffix_is_another_in_the_workbook(project: Path) -> None:
    """The workbook's list of findings names the files of records."""
    for name in ("summary.md.j2", "final-accounts-paragraph.md.j2", "summary.docx"):
        shutil.copy(ROOT / "templates" / name, project / "templates")
    run(project)
    record = project / RECORD
    record.rename(record.with_suffix(".yml"))
    assert stems(run(project)) == (FIRST, REST)
    assert tree(project / "build") == clean(project)


def test_defaults_that_move_to_another_folder_are_others_in_what_documents_carry(
    project: Path,
) -> None:
    above, year = project / "data/perfeval.yaml", project / "data/2024/perfeval.yaml"
    above.write_text(f"{above.read_text('utf-8')}\n{year.read_text('utf-8')}", "utf-8")
    year.unlink()
    run(project)
    above.rename(year)
    assert stems(run(project)) == (EVERY, [])
    assert tree(project / "build") == clean(project)


def test_a_manifest_that_was_tampered_with_removes_nothing_outside(project: Path) -> None:
    run(project)
    path = project / "build/2024/manifest.json"
    plain = json.loads(path.read_bytes())
    plain["documents"]["gone"] = plain["documents"]["01-publicity"] | {
        "files": {"../../data/perfeval.yaml": {"size": 1, "sha256": "0"}}
    }
    path.write_text(json.dumps(plain), "utf-8")
    assert stems(run(project))[0] == EVERY
    assert (project / "data/perfeval.yaml").is_file()


def test_the_manifest_tells_what_each_file_is_and_what_it_came_from(project: Path) -> None:
    run(project)
    plain = json.loads((project / "build/2024/manifest.json").read_bytes())
    assert sorted(plain["documents"]) == EVERY
    for document in plain["documents"].values():
        assert set(document["inputs"]) == {
            "record", "defaults", "template", "fonts", "settings", "program",
        }  # fmt: skip
        for name, told in document["files"].items():
            listed = subprocess.run(
                ["sha256sum", project / "build/2024" / name], check=True, capture_output=True
            ).stdout.decode()
            assert listed.split()[0] == told["sha256"]
            assert (project / "build/2024" / name).stat().st_size == told["size"]
    assert plain["tools"]["typst"]
    assert plain["source"] is None


def test_any_number_of_workers_gives_the_same_tree(many: Path) -> None:
    one = run(many, workers=1, out=many / "one")
    two = run(many, workers=2, out=many / "two")
    assert stems(one) == stems(two)
    assert tree(many / "one") == tree(many / "two")
    assert len(tree(many / "two")) == 2 * (COUNT + 3) + 1
    assert one.errors == two.errors


def test_a_record_whose_worker_dies_is_named(many: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def dead(
        task: Callable[[object], object], items: list[object], crashed: Callable[[object], object]
    ) -> Iterator[object]:
        yield crashed(items[0])
        yield from map(task, items[1:])

    real = workers._in_order

    def breaks(*_: object) -> object:
        monkeypatch.setattr(workers, "_in_order", real)
        raise BrokenProcessPool

    monkeypatch.setattr(workers, "_in_order", breaks)
    monkeypatch.setattr(workers, "_one_by_one", dead)
    outcome = run(many, workers=2)
    assert [file.stem for file in outcome.refused] == ["01-publicity"]
    assert [d.code for d in outcome.errors] == ["PE905"]
    assert len(outcome.built) == COUNT + 2
