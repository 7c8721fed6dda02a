"""Word packages: the same bytes out, nothing hostile in."""

import io
import tracemalloc
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from perfeval_docs import ooxml
from perfeval_docs.ooxml import (
    PackageError,
    custom_slot,
    open_package,
    pack,
    package,
    parse_xml,
    qn,
    read_package,
    store,
    write_package,
)


def zipped(*entries: tuple[str, bytes]) -> bytes:
    """Return a ZIP written by the standard library."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in entries:
            archive.writestr(name, data)
    return stream.getvalue()


@given(st.dictionaries(st.text("ab/中.", min_size=1, max_size=9), st.binary(max_size=99)))
def test_what_is_written_the_standard_library_reads(parts: dict[str, bytes]) -> None:
    data = write_package({name: pack(part) for name, part in parts.items()})
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert archive.testzip() is None
        assert {info.filename: archive.read(info) for info in archive.infolist()} == parts
        assert {info.date_time for info in archive.infolist()} <= {(1980, 1, 1, 0, 0, 0)}


def test_parts_keep_their_order() -> None:
    names = ["[Content_Types].xml", "b", "a"]
    assert list(read_package(write_package({name: pack(b"") for name in names}))) == names


@pytest.mark.parametrize("name", ["/etc/x", "../x", "a/../../x", "a\\b"])
def test_a_part_outside_the_package_is_refused(name: str) -> None:
    with pytest.raises(PackageError, match="outside itself"):
        read_package(zipped((name, b"")))


def test_a_repeated_part_is_refused() -> None:
    with pytest.warns(UserWarning, match="Duplicate name"):
        data = zipped(("a", b"1"), ("a", b"2"))
    with pytest.raises(PackageError, match="twice"):
        read_package(data)


def test_a_bomb_is_refused_before_it_is_unpacked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(package, "MAX_PACKAGE_BYTES", 1000)
    with pytest.raises(PackageError, match="more than a form can need"):
        read_package(zipped(("a", b"\0" * 1001)))


@given(st.binary(max_size=200))
def test_bytes_that_are_no_package_are_refused_and_never_raise_otherwise(data: bytes) -> None:
    with pytest.raises(PackageError):
        read_package(data)


@given(st.integers(0, 400), st.integers(0, 255))
def test_a_damaged_package_is_refused_or_reads(place: int, value: int) -> None:
    data = bytearray(zipped(("word/document.xml", b"<a/>" * 99), ("b", b"c")))
    data[place % len(data)] = value
    try:
        parts = read_package(bytes(data))
    except PackageError:
        return
    assert len(parts) <= 2


@pytest.mark.parametrize(
    "xml",
    [
        b"<a>",
        b"<a>&x;</a>",
        b"<!DOCTYPE a [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><a>&x;</a>",
        b"<!DOCTYPE a><a/>",
        b"<a>\x01</a>",
        b"",
    ],
)
def test_xml_is_read_strictly_and_without_entities(xml: bytes) -> None:
    with pytest.raises(PackageError):
        parse_xml(xml)


def test_a_prefixed_name_becomes_a_qualified_one() -> None:
    assert parse_xml(f'<w:p xmlns:w="{ooxml.NAMESPACES["w"]}"/>'.encode()).tag == qn("w:p")


TYPES = b'<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'


def test_a_custom_part_takes_the_first_free_place() -> None:
    parts = {"[Content_Types].xml": TYPES, "customXml/item1.xml": b"<a/>"}
    slot = custom_slot(parts, "urn:x")
    assert slot.name == "customXml/item2.xml"
    assert sorted(slot.around) == [
        "[Content_Types].xml", "customXml/_rels/item2.xml.rels", "customXml/itemProps2.xml",
        "word/_rels/document.xml.rels",
    ]  # fmt: skip
    assert b'Target="../customXml/item2.xml"' in slot.around["word/_rels/document.xml.rels"]
    assert b"urn:x" in slot.around["customXml/itemProps2.xml"]


def test_the_relation_of_a_custom_part_has_an_id_of_its_own() -> None:
    taken = (
        b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        b'<Relationship Id="rId1" Type="t" Target="a"/><Relationship Id="rId3" Type="t" '
        b'Target="b"/></Relationships>'
    )
    parts = {"[Content_Types].xml": TYPES, "word/_rels/document.xml.rels": taken}
    around = custom_slot(parts, "urn:x").around
    ids = [each.get("Id") for each in parse_xml(around["word/_rels/document.xml.rels"])]
    assert ids == ["rId1", "rId3", "rId2"]


def test_a_package_without_content_types_has_no_place() -> None:
    with pytest.raises(PackageError):
        custom_slot({}, "urn:x")


def test_what_is_stored_is_not_compressed() -> None:
    data = write_package({"a": store(b"x" * 999)})
    assert b"x" * 999 in data
    assert read_package(data) == {"a": b"x" * 999}


@pytest.mark.parametrize("method", [zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_a_part_is_unpacked_no_further_than_it_says(method: int) -> None:
    """`zipfile` unpacks all that it finds before it looks how much that should have been."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", method) as archive:
        archive.writestr("a", bytes(50_000_000))
    sizes = (50_000_000).to_bytes(4, "little")
    lying = stream.getvalue().replace(sizes, (100).to_bytes(4, "little"))
    tracemalloc.start()
    with pytest.raises(PackageError):
        read_package(lying)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 5_000_000


def test_a_package_is_opened_once_and_a_part_parsed_once() -> None:
    package = open_package(zipped(("a.xml", b"<a/>"), ("b.xml", b"<b>")))
    assert open_package(package) is package
    assert package.tree("a.xml") is package.tree("a.xml")
    with pytest.raises(PackageError):
        package.tree("b.xml")
