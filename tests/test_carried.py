"""The record that a document carries, and what hostile documents carry."""

import io
import zipfile
from pathlib import Path

import pikepdf
import pytest

from perfeval_docs.carried import (
    ATTACHMENT,
    NAMESPACE,
    Carried,
    CarriedError,
    CarriedFile,
    carried_in,
    from_xml,
    to_xml,
)

RECORD = CarriedFile("2024/甲.yaml", "record", "project: 甲\r\n  b: <&>\t]]>\n\n")
GOOD = Carried(
    tool="0.1.0",
    profile="own.yaml",
    files=(
        RECORD,
        CarriedFile("perfeval.yaml", "defaults", ""),
        CarriedFile("own/x.yaml", "profile", "extends: shanghai\n"),
    ),
)


def xml(*files: str, attributes: str = 'tool="perfeval_docs 1" profile="x"') -> bytes:
    return f'<carried xmlns="{NAMESPACE}" {attributes}>{"".join(files)}</carried>'.encode()


def a_file(name: str, kind: str = "record", text: str = "a: b") -> str:
    return f'<file kind="{kind}" name="{name}">{text}</file>'


ONE = a_file("2024/a.yaml")


def test_what_is_written_is_read_character_for_character() -> None:
    assert from_xml(to_xml(GOOD)) == GOOD


HOSTILE = {
    "no XML": b"PK",
    "another root": b"<a/>",
    "another namespace": xml(ONE).replace(NAMESPACE.encode(), b"urn:other"),
    "many elements": xml(ONE, "<b/>" * 1000),
    "no tool": xml(ONE, attributes='profile="x"'),
    "another tool": xml(ONE, attributes='tool="other 1" profile="x"'),
    "no version": xml(ONE, attributes='tool="perfeval_docs" profile="x"'),
    "entities": b'<!DOCTYPE a [<!ENTITY b "c">]>' + xml(a_file("2024/a.yaml", text="&b;")),
    "no file": xml(),
    "two records": xml(ONE, a_file("2024/b.yaml")),
    "no record": xml(a_file("perfeval.yaml", "defaults")),
    "record not first": xml(a_file("perfeval.yaml", "defaults"), ONE),
    "unknown kind": xml(ONE, a_file("x.yaml", "program")),
    "another element": xml(ONE, "<b/>"),
    "an element in a text": xml(a_file("2024/a.yaml", text="a<b/>")),
    "too many": xml(ONE, *(a_file(f"{n}.yaml", "defaults") for n in range(40))),
    "too large": xml(a_file("2024/a.yaml", text="x" * 9_000_000)),
    "the same name": xml(ONE, a_file("2024/A.yaml", "defaults")),
    **{
        f"name {name}": xml(ONE, a_file(name, "defaults"))
        for name in (
            "", "..", "../x.yaml", "a/../x.yaml", "/etc/x.yaml", "a//b.yaml", "./x.yaml",
            "C:/x.yaml", "c:x.yaml", "a\\x.yaml", "x.yaml/", "x.py", "x.yaml.", " x.yaml",
            ".git/x.yaml", "a&#10;b.yaml", "x" * 300 + ".yaml", "a/" * 30 + "x.yaml",
        )
    },
    **{
        f"record {name}": xml(a_file(name))
        for name in ("a.yaml", "24/a.yaml", "2024/b/a.yaml", "2024/a.txt", "２０２４/a.yaml")
    },
}  # fmt: skip


@pytest.mark.parametrize("data", HOSTILE.values(), ids=HOSTILE)
def test_what_we_would_not_have_written_is_refused(data: bytes) -> None:
    with pytest.raises(CarriedError):
        from_xml(data)


def test_the_xml_that_the_refused_are_made_from_is_read() -> None:
    assert from_xml(xml(ONE)).files == (CarriedFile("2024/a.yaml", "record", "a: b"),)


def zipped(parts: dict[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return stream.getvalue()


def pdf_with(*attachments: tuple[str, bytes]) -> bytes:
    document = pikepdf.new()
    document.add_blank_page()
    for number, (name, data) in enumerate(attachments):
        spec = pikepdf.AttachedFileSpec(document, data, filename=name)
        document.attachments[f"{number}{name}"] = spec
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def test_a_word_file_whose_part_was_renamed_gives_its_record() -> None:
    data = zipped({"customXml/item7.xml": to_xml(GOOD), "customXml/item1.xml": b"<b/>"})
    assert carried_in(data, "x.docx") == GOOD


def test_any_pdf_with_the_attachment_gives_its_record() -> None:
    data = pdf_with(("other.txt", b"x"), (ATTACHMENT, to_xml(GOOD)))
    assert carried_in(data, "x.pdf") == GOOD


NONE = {
    "nothing": (b"", "neither"),
    "text": (b"project: x", "neither"),
    "an empty archive": (zipped({}), "no record"),
    "a foreign part": (zipped({"customXml/item1.xml": b"<b/>"}), "no record"),
    "another place": (zipped({"word/item1.xml": to_xml(GOOD)}), "no record"),
    "two parts": (
        zipped({f"customXml/item{n}.xml": to_xml(GOOD) for n in (1, 2)}),
        "more than one",
    ),
    "a PDF": (pdf_with(), "no record"),
    "a foreign attachment": (pdf_with(("x.xml", to_xml(GOOD))), "no record"),
    "two attachments": (
        pdf_with((ATTACHMENT, to_xml(GOOD)), (ATTACHMENT, to_xml(GOOD))),
        "more than one",
    ),
    "a torn PDF": (pdf_with((ATTACHMENT, to_xml(GOOD)))[:40], "not one that perfeval wrote"),
    "a torn archive": (zipped({"customXml/item1.xml": to_xml(GOOD)})[:-9], "neither"),
    "a bomb": (zipped({"customXml/item1.xml": b" " * 70_000_000}), "neither"),
    "a large attachment": (
        pdf_with((ATTACHMENT, b" " * 33_000_000)),
        "not one that perfeval wrote",
    ),
}


@pytest.mark.parametrize(("data", "told"), NONE.values(), ids=NONE)
def test_a_document_without_a_record_is_refused_clearly(data: bytes, told: str) -> None:
    with pytest.raises(CarriedError, match=told):
        carried_in(data, "x")


def test_both_files_of_a_form_carry_the_same(six: Path) -> None:
    for stem in ("01-publicity", "06-it-maintenance"):
        files = [six / f"reports/{stem}.{kind}" for kind in ("docx", "pdf")]
        word, pdf = (carried_in(path.read_bytes(), path.name) for path in files)
        assert word == pdf
        assert word.profile == "shanghai"
        assert [file.kind for file in word.files] == ["record", "defaults", "defaults"]
        typed = Path(f"data/2024/{stem}.yaml").read_text("utf-8")
        assert word.files[0] == CarriedFile(f"2024/{stem}.yaml", "record", typed)


def test_the_attachment_is_the_source_of_an_archived_pdf(six: Path) -> None:
    with pikepdf.open(six / "reports/01-publicity.pdf") as document:
        (spec,) = document.Root.AF
        assert spec.AFRelationship == "/Source"
        assert spec.F == ATTACHMENT
        with document.open_metadata() as metadata:
            assert metadata["pdfaid:part"] == "3"
            assert metadata["pdfuaid:part"] == "1"


def test_the_summary_carries_none_of_its_forms_parts(six: Path) -> None:
    with zipfile.ZipFile(six / "summary.docx") as archive:
        assert [name for name in archive.namelist() if "customXml" in name] == []
        assert b"customXml" not in archive.read("word/_rels/document.xml.rels")
        assert b"customXml" not in archive.read("[Content_Types].xml")
