"""Documents whose carried record a stranger wrote: refused in words, and no file of ours opened."""

from pathlib import Path

import pytest

from perfeval_docs import cli
from perfeval_docs.carried import Carried, CarriedError, CarriedFile, from_xml, to_xml
from perfeval_docs.errors import UsageError
from perfeval_docs.importing import Cells
from perfeval_docs.merging import Updated
from perfeval_docs.merging.update import update
from tests.merging.changes import NAME, SHARED, reader
from tests.merging.test_word import FIRST
from tests.merging.words import word_of

TEXT = FIRST.decode()


def taken(text: str, shared: str = SHARED, now: bytes = FIRST) -> Updated:
    files = CarriedFile(NAME, "record", text), CarriedFile("2024/perfeval.yaml", "defaults", shared)
    carried = Carried(tool="0", profile="shanghai", files=files)
    return update(carried, "x.docx", Cells({}, (), is_whole=False), Path("data"), reader(now))


@pytest.mark.parametrize(
    "text",
    ["", "- a\n", "a", "[" * 5000, "a: " + "{a: " * 3000, f"{TEXT}project: 又\n",
     TEXT[: TEXT.index("indicators:")], "project: [a]\n", TEXT.replace("篇", "\u2028")],
)  # fmt: skip
def test_a_carried_record_that_is_none_is_refused(text: str) -> None:
    with pytest.raises(UsageError, match="cannot be read"):
        taken(text)


@pytest.mark.parametrize("shared", ["- a\n", "a\n", "fiscal_year: [1]\n"])
def test_carried_defaults_that_are_none_are_refused(shared: str) -> None:
    with pytest.raises(UsageError, match="cannot be read"):
        taken(TEXT, shared)


def test_a_profile_outside_the_folder_is_only_read_if_our_own_record_names_it(
    tmp_path: Path,
) -> None:
    (tmp_path / "own.yaml").write_text("extends: shanghai\n", "utf-8")
    text = f"{TEXT}profile: {(tmp_path / 'own.yaml').as_posix()}\n"
    for profile in ("../../own.yaml", "/own.yaml"):
        with pytest.raises(UsageError, match="the record that it carries cannot be read"):
            taken(f"{TEXT}profile: {profile}\n")
    with pytest.raises(UsageError, match="the record that it carries cannot be read"):
        taken(text)
    with pytest.raises(UsageError, match="the record that it carries cannot be read"):
        taken(text, now=b"- a\n")
    assert taken(text, now=text.encode()).after == text


@pytest.mark.parametrize("name", ["2024/perfeval.yaml", "2024/Perfeval.YAML", "../2024/x.yaml"])
def test_what_a_folder_shares_and_what_is_outside_is_no_record(name: str) -> None:
    carried = Carried(tool="0", profile="x", files=(CarriedFile(name, "record", TEXT),))
    with pytest.raises(CarriedError):
        from_xml(to_xml(carried))


@pytest.mark.parametrize("shared", ["- a\n", "fiscal_year: [1]\n"])
def test_faulty_defaults_of_our_own_are_told_at_their_place(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], shared: str
) -> None:
    data = tmp_path / "data/2024"
    data.mkdir(parents=True)
    (data / "r.yaml").write_bytes(FIRST)
    (data / "perfeval.yaml").write_text(shared, "utf-8")
    (tmp_path / "x.docx").write_bytes(word_of(FIRST))
    asked = ["import", "--update", str(tmp_path / "x.docx"), "--data", str(data.parent)]
    assert cli.run(asked) == 1
    assert "2024/perfeval.yaml:1" in capsys.readouterr().err
