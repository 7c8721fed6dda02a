"""The forms of a large year in volumes: whole, in order, and made anew one by one."""

import json
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import docx
import pytest

from perfeval_docs.build import build
from perfeval_docs.bundle.reproduce import reproduce
from perfeval_docs.bundle.verify import verify
from perfeval_docs.errors import FaultyTemplateError, MachineError
from tests.build.trees import asked, clean, run, tree
from tests.build.volumes import VOLUMES, projects_in, spoil, volume
from tests.bundle.bundles import NAME, bundle_of, forged, taken_apart
from tests.seed import FORMS
from tests.summaries import body


@pytest.mark.debian
def test_a_volume_in_pdf_says_to_poppler_what_each_form_in_it_says(year: Path) -> None:
    def text(name: str) -> str:
        said = subprocess.run(
            ["pdftotext", "-raw", year / "build/2024" / name, "-"],
            check=True, capture_output=True, text=True,
        ).stdout  # fmt: skip
        pages = (page.rsplit("\n", 2)[0] for page in said.split("\f"))
        return "".join("".join(pages).split()).replace("\u200b", "")

    forms = sorted((year / "build/2024/reports").glob("*.pdf"))
    for number in (1, 2, 3):
        whole = text(f"annex/00{number}.pdf")
        for form in forms[2 * number - 2 : 2 * number]:
            single = text(f"reports/{form.name}")
            assert len(single) > 500
            assert single[:400] in whole


def test_a_changed_record_makes_its_own_volume_anew_and_no_other(year: Path) -> None:
    before = tree(year / "build/2024")
    spoil(year / "data/2024/03-talent-platform.yaml", "覆盖7个行业", "覆盖8个行业")
    why = run(year).why
    after = tree(year / "build/2024")
    assert [name for name in VOLUMES if after[name] != before[name]] == VOLUMES[2:4]
    assert {name: why[f"2024/{name}"] for name in VOLUMES} == {
        name: ("forms",) if name in VOLUMES[2:4] else () for name in VOLUMES
    }
    assert after == fresh(year)
    assert set(run(year).why.values()) == {()}


def fresh(project: Path) -> dict[str, bytes]:
    """Return the year's folder that a build of nothing but the inputs gives."""
    run(project, out=project / "fresh")
    return tree(project / "fresh/2024")


def test_a_record_less_moves_the_forms_behind_it_and_a_volume_goes(year: Path) -> None:
    for stem in ("01-publicity", "06-it-maintenance"):
        (year / f"data/2024/{stem}.yaml").unlink()
    run(year)
    assert sorted(tree(year / "build/2024/annex")) == ["001.docx", "001.pdf", "002.docx", "002.pdf"]
    assert projects_in(volume(year, 1)) == [form.project for form in FORMS[1:3]]
    for stem in ("02-resource-sharing", "03-talent-platform"):
        (year / f"data/2024/{stem}.yaml").unlink()
    run(year)
    assert run(year).volumes == {}
    assert tree(year / "build/2024/annex") == {}
    document = docx.Document(str(year / "build/2024/summary.docx"))
    assert projects_in(document) == [form.project for form in FORMS[3:5]]
    assert "另装" not in body(document)


@pytest.mark.parametrize("name", VOLUMES[3:5])
def test_a_damaged_volume_is_made_again(year: Path, name: str) -> None:
    before = tree(year / "build/2024")
    (year / "build/2024" / name).write_bytes(b"x")
    why = run(year).why
    assert tree(year / "build/2024") == before
    assert {n for n in VOLUMES if why[f"2024/{n}"]} == {
        n for n in VOLUMES if n.startswith(name.partition(".")[0])
    }


FORM = "01-publicity"
FOREIGN = {"size": 1, "sha256": "0"}
VOLUME = "annex/002.docx"
TAMPERED: list[tuple[str, Callable[[Any], object], str]] = [
    ("no piece", lambda plain: plain["pieces"].clear(), VOLUME),
    ("a piece less", lambda plain: plain["pieces"].pop(VOLUME), VOLUME),
    ("a piece without files", lambda plain: plain["pieces"][VOLUME].update(files={}), VOLUME),
    ("a piece without a field", lambda plain: plain["pieces"][VOLUME].pop("others"), VOLUME),
    ("a piece of none", lambda plain: plain["pieces"].update(x=plain["documents"][FORM]), VOLUME),
    ("a piece by another name", lambda plain: plain["pieces"].update(
        x=plain["pieces"].pop(VOLUME)), ""),
    ("a name outside", lambda plain: plain["pieces"][VOLUME].update(
        files={"../../data/perfeval.yaml": FOREIGN}), VOLUME),
    ("a name that no system takes", lambda plain: plain["pieces"][VOLUME].update(
        files={"annex/\0": FOREIGN}), VOLUME),
    ("another that none takes", lambda plain: plain["pieces"][VOLUME].update(
        others={"\ud800": "0"}), VOLUME),
    ("no size", lambda plain: plain["pieces"][VOLUME]["files"].update(
        {VOLUME: {"size": float("inf"), "sha256": "0"}}), VOLUME),
    ("a form without files", lambda plain: plain["documents"][FORM].update(files={}),
     f"reports/{FORM}.pdf"),
    ("a summary without files", lambda plain: plain["summary"].update(files={}), "summary.docx"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("tamper", "gone"), [t[1:] for t in TAMPERED], ids=[t[0] for t in TAMPERED]
)
def test_a_manifest_that_was_tampered_with_is_written_anew(
    year: Path, tamper: Callable[[Any], object], gone: str
) -> None:
    manifest = year / "build/2024/manifest.json"
    before = tree(year / "build/2024")
    plain = json.loads(manifest.read_bytes())
    tamper(plain)
    manifest.write_text(json.dumps(plain), "utf-8")
    if gone:
        (year / "build/2024" / gone).unlink()
    run(year)
    assert tree(year / "build/2024") == before
    assert (year / "data/perfeval.yaml").is_file()


def test_a_manifest_with_text_that_is_none_is_no_bug(year: Path) -> None:
    manifest = year / "build/2024/manifest.json"
    plain = json.loads(manifest.read_bytes())
    plain["pieces"][VOLUME]["inputs"]["\ud800"] = ""
    manifest.write_text(json.dumps(plain), "utf-8")
    run(year, only=(FORM,))
    assert set(run(year).why.values()) == {()}


def test_a_refused_record_leaves_no_volume_and_a_watch_keeps_the_last(year: Path) -> None:
    before = tree(year / "build/2024/annex")
    spoil(year / "data/2024/01-publicity.yaml", "executed: 29.50", "executed: 30.50")
    run(year, keep_last=True)
    assert tree(year / "build/2024/annex") == before
    run(year)
    assert tree(year / "build/2024/annex") == {}
    assert json.loads((year / "build/2024/manifest.json").read_text())["pieces"] == {}


def test_faulty_words_leave_no_summary_and_a_watch_keeps_the_last(year: Path) -> None:
    before = tree(year / "build/2024")
    words = year / "data/2024/summary.yaml"
    text = words.read_text("utf-8")
    words.write_text(f"{text}机制: 有\n", "utf-8")
    kept = run(year, keep_last=True)
    assert tree(year / "build/2024") == before
    assert (len(kept.errors), kept.years, kept.notes) == (1, ("2024",), ())
    words.write_text(text, "utf-8")
    assert set(run(year, keep_last=True).why.values()) == {()}
    words.write_text(f"{text}机制: 有\n", "utf-8")
    assert run(year).years == ()
    assert tree(year / "build/2024/annex") == {}
    assert not (year / "build/2024/summary.docx").exists()


def test_one_record_alone_leaves_the_volumes_as_they_stand(year: Path) -> None:
    before = tree(year / "build/2024/annex")
    spoil(year / "data/2024/01-publicity.yaml", "≥", ">=")
    run(year, only=("01-publicity",))
    assert tree(year / "build/2024/annex") == before
    run(year)
    assert tree(year / "build/2024") == fresh(year)


def test_several_processes_make_the_same_volumes(
    year: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    here = run(year, out=year / "one")
    monkeypatch.setattr("perfeval_docs.build.volumes._FEWEST", 2)
    there = run(year, out=year / "two", workers=2)
    assert tree(year / "one") == tree(year / "two")
    assert here.substitutions == there.substitutions


def test_each_volume_that_is_made_is_told(year: Path) -> None:
    told: list[tuple[int, int]] = []

    def built(**changes: object) -> list[tuple[int, int]]:
        told.clear()
        build(
            asked(year, **changes), lambda _done, _all: None,
            on_volume=lambda done, every: told.append((done, every)),
        )  # fmt: skip
        return told

    assert built(out=year / "another") == [(0, 3), (1, 3), (2, 3), (3, 3)]
    spoil(year / "data/2024/01-publicity.yaml", "project: ", "project: 新")
    assert built() == [(0, 1), (1, 1)]
    assert built() == []


@pytest.mark.parametrize("forms_behind", [False, True])
def test_a_form_that_is_edited_during_the_build_gets_into_no_summary(
    year: Path, monkeypatch: pytest.MonkeyPatch, *, forms_behind: bool
) -> None:
    if forms_behind:
        monkeypatch.setattr("perfeval_docs.build.places.MOST_FORMS", 200)
        run(year)
    form = year / "build/2024/reports/01-publicity.docx"

    def edit(_year: str) -> None:
        document = docx.Document(str(form))
        document.paragraphs[0].add_run("改")
        document.save(str(form))

    spoil(year / "data/2024/02-resource-sharing.yaml", "project: ", "project: 新")
    with pytest.raises(MachineError, match=r"01-publicity\.docx changed during the build"):
        build(asked(year), lambda _done, _all: None, edit)
    run(year)
    assert tree(year / "build") == clean(year)


def test_the_first_pages_say_what_their_template_says(year: Path) -> None:
    file = year / "templates/annex.docx"
    document = docx.Document(str(file))
    document.paragraphs[0].runs[0].text = "附件{{ number }}"
    document.save(str(file))
    assert set(run(year).why[f"2024/{VOLUMES[0]}"]) == {"cover"}
    assert body(volume(year, 2)).startswith("附件2\n")


def test_forms_that_a_failed_build_made_are_known_to_the_next(year: Path) -> None:
    record = year / "data/2024/07-added.yaml"
    shutil.copy(year / f"data/2024/{FORM}.yaml", record)
    spoil(record, "project: ", "project: 另")
    shutil.copytree(year / "data/2024", year / "data/2025")
    spoil(year / "data/2025/perfeval.yaml", "2024", "2025")
    file = year / "templates/annex.docx"
    whole = file.read_bytes()
    file.write_bytes(b"x")
    with pytest.raises(FaultyTemplateError):
        run(year)
    file.write_bytes(whole)
    for number in (2024, 2025):
        (year / f"data/{number}/07-added.yaml").unlink()
    assert run(year).built == ()
    assert tree(year / "build") == clean(year)


def interrupted() -> bytes:
    raise KeyboardInterrupt


@pytest.mark.parametrize("ended", [FaultyTemplateError, KeyboardInterrupt])
def test_pages_that_a_build_that_did_not_end_made_go_with_their_record(
    year: Path, monkeypatch: pytest.MonkeyPatch, ended: type[BaseException]
) -> None:
    record = year / "data/2024/03-talent-platform.yaml"
    other = record.rename(record.with_name("03-secret.yaml"))
    cover = year / "templates/annex.docx"
    whole = cover.read_bytes()
    with monkeypatch.context() as patch:
        if ended is KeyboardInterrupt:
            patch.setattr("perfeval_docs.build.years.begin_workbook", lambda *_: interrupted)
        else:
            cover.write_bytes(b"x")
        with pytest.raises(ended):
            run(year)
    cover.write_bytes(whole)
    assert (year / "build/2024/site/projects/03-secret.html").is_file()
    other.rename(record)
    run(year)
    assert tree(year / "build") == clean(year)


def test_a_template_that_is_wrong_or_gone_is_told(year: Path) -> None:
    file = year / "templates/annex.docx"
    document = docx.Document(str(file))
    document.paragraphs[0].runs[0].text = "{{ nummer }}"
    document.save(str(file))
    with pytest.raises(FaultyTemplateError, match=r"annex\.docx.*nummer"):
        run(year)
    file.unlink()
    with pytest.raises(MachineError, match=r"annex\.docx"):
        run(year)


@pytest.mark.parametrize("public", [True, False])
def test_a_bundle_holds_the_volumes_and_builds_them_again(year: Path, *, public: bool) -> None:
    name = NAME if public else f"{NAME}-internal"
    data = bundle_of(year, public=public)
    files = taken_apart(data, name)
    assert {n.removeprefix("data/2024/") for n in files} >= set(VOLUMES)
    verified = verify(data, name)
    assert verified.faults == ()
    assert reproduce(data, name, 1).faults == ()


def test_a_forged_volume_is_found(year: Path) -> None:
    files = taken_apart(bundle_of(year))
    swapped = {**files, "data/2024/annex/002.pdf": files["data/2024/annex/001.pdf"]}
    assert any("annex/002.pdf does not say" in str(f) for f in verify(forged(swapped), NAME).faults)
    less = {name: data for name, data in files.items() if "annex/003" not in name}
    found = [str(fault) for fault in verify(forged(less), NAME).faults]
    assert [f for f in found if "annex/003" in f] == [
        "missing: annex/003.docx", "missing: annex/003.pdf",
    ]  # fmt: skip
    more = {**files, "data/2024/annex/004.pdf": files["data/2024/annex/001.pdf"]}
    assert any("extra: annex/004.pdf" in str(fault) for fault in verify(forged(more), NAME).faults)
