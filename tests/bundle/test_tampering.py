"""A bit, a file less, a file more, another name, in each file of a bundle: found, and named."""

from random import Random

import pytest

from perfeval_docs.bundle.bag import RefusedBundleError, open_bag
from perfeval_docs.bundle.integrity import integrity
from tests.bundle.bundles import (
    NAME,
    Files,
    flipped,
    forged,
    put_together,
    told,
)

FORMS = (
    "01-publicity", "02-resource-sharing", "03-talent-platform", "04-network-operation",
    "05-talent-services", "06-it-maintenance",
)  # fmt: skip
REPORTS = "data/2024/reports"
RECORDS = "data/project/data/2024"
TAGS = ("bag-info.txt", "bagit.txt", "manifest-sha256.txt", "provenance.intoto.json",
        "tagmanifest-sha256.txt")  # fmt: skip


def careless(files: Files) -> list[str]:
    """Return what is told of a bundle whose lists were left as they were."""
    opened = open_bag(put_together(files), NAME)
    assert opened.faults == ()
    return told(integrity(opened))


def test_nothing_is_told_of_what_was_only_taken_apart(files: Files, bundle: bytes) -> None:
    assert put_together(files) == forged(files) == bundle
    assert careless(files) == []
    assert len(files) == 63


NAMES = (
    *(f"{REPORTS}/{form}.{kind}" for form in FORMS for kind in ("docx", "pdf")),
    *(f"{RECORDS}/{form}.yaml" for form in FORMS),
    *(f"data/2024/site/{tongue}{page}.html" for tongue in ("", "en/")
      for page in ("index", "summary", *(f"projects/{form}" for form in FORMS))),
    *(f"data/2024/charts/{name}.{kind}" for name in ("grades", "levels", "rates", "scores")
      for kind in ("png", "svg")),
    *(f"data/2024/{name}" for name in (
        "summary.docx", "summary.pdf", "summary.xlsx", "final-accounts-paragraph.docx",
        "final-accounts-paragraph.txt")),
    *(f"data/project/{name}" for name in (
        "data/perfeval.yaml", "data/2024/perfeval.yaml", "data/2024/summary.yaml",
        "profiles/national.yaml", "profiles/shanghai.yaml", "requirements/run.txt",
        "templates/self-evaluation.docx", "templates/summary.docx", "templates/summary.md.j2",
        "templates/final-accounts-paragraph.md.j2", "templates/annex.docx")),
    *TAGS,
)  # fmt: skip


def test_the_tamperings_are_of_all_files(files: Files) -> None:
    assert sorted(NAMES) == sorted(files)


@pytest.mark.parametrize("name", NAMES)
def test_a_bit_of_any_file_is_found(files: Files, name: str) -> None:
    chance = Random(name)  # noqa: S311  # places, not secrets
    for _ in range(5):
        at, bit = chance.randrange(len(files[name])), chance.randrange(8)
        faults = careless(files | {name: flipped(files[name], at, bit)})
        assert any(name in fault for fault in faults), (at, bit, faults)
        if name not in TAGS:
            assert faults == [
                f"changed: {name}", "provenance.intoto.json does not say what is in the bundle",
            ]  # fmt: skip


@pytest.mark.parametrize("name", TAGS)
def test_any_bit_of_the_lists_is_found(files: Files, name: str) -> None:
    chance = Random(name)  # noqa: S311  # places, not secrets
    for _ in range(200):
        at, bit = chance.randrange(len(files[name])), chance.randrange(8)
        faults = careless(files | {name: flipped(files[name], at, bit)})
        assert any(name in fault for fault in faults), (at, bit, faults)
        assert [fault for fault in faults if fault.startswith("changed: data/")] == []


@pytest.mark.parametrize("name", NAMES)
def test_a_missing_file_is_found(files: Files, name: str) -> None:
    rest = {other: data for other, data in files.items() if other != name}
    assert any(name in fault for fault in careless(rest))


@pytest.mark.parametrize("name", [name for name in NAMES if name not in TAGS])
def test_a_renamed_file_is_found(files: Files, name: str) -> None:
    other = f"{name.rpartition('/')[0]}/x{name.rpartition('/')[2]}"
    rest = {n: data for n, data in files.items() if n != name}
    assert f"misnamed: {other} should be {name}" in careless(rest | {other: files[name]})


@pytest.mark.parametrize(
    "name", ["data/x", "data/2024/x.html", f"{REPORTS}/07.pdf", f"{RECORDS}/07.yaml", "x.sh"]
)
def test_a_file_too_many_is_found(files: Files, name: str) -> None:
    assert f"extra: {name}" in careless(files | {name: b"x"})


def test_every_fault_is_named_not_the_first_alone(files: Files) -> None:
    del files[f"{REPORTS}/01-publicity.pdf"]
    files[f"{REPORTS}/02-resource-sharing.pdf"] += b"\n"
    files[f"{REPORTS}/07.pdf"] = files.pop(f"{REPORTS}/03-talent-platform.pdf")
    files["data/more"] = b""
    faults = careless(files)
    assert {
        f"missing: {REPORTS}/01-publicity.pdf", f"changed: {REPORTS}/02-resource-sharing.pdf",
        f"misnamed: {REPORTS}/07.pdf should be {REPORTS}/03-talent-platform.pdf",
        "extra: data/more",
    } <= set(faults)  # fmt: skip


def test_any_bit_of_the_archive_is_found(bundle: bytes) -> None:
    """Between the files, too: headers, directory, end."""
    chance = Random(2024)  # noqa: S311  # places, not secrets
    directory = bundle.index(b"PK\x01\x02")
    places = [chance.randrange(directory, len(bundle)) for _ in range(60)]
    places += [chance.randrange(80) for _ in range(20)]
    places += [chance.randrange(len(bundle)) for _ in range(10)]
    for at in places:
        try:
            opened = open_bag(flipped(bundle, at, chance.randrange(8)), NAME)
        except RefusedBundleError:
            continue
        assert opened.faults or list(integrity(opened)), at


@pytest.mark.parametrize("size", [0, 1, 100, 5000])
def test_a_torn_bundle_is_refused(bundle: bytes, size: int) -> None:
    with pytest.raises(RefusedBundleError):
        open_bag(bundle[: len(bundle) - size - 1], NAME)


def test_a_forged_manifest_is_told_from_a_changed_file(files: Files) -> None:
    name = "manifest-sha256.txt"
    files[name] = files[name].replace(b"a", b"b", 1)
    faults = careless(files)
    assert any(name in fault for fault in faults)
    assert [fault for fault in faults if "data/" in fault] == []
