"""The tool that keeps the catalogues of messages."""

import pytest
from babel.messages.catalog import Catalog

from tools.translations import collected, faults, placeholders


def test_messages_and_bases_of_profiles_are_collected() -> None:
    found = {str(message.id) for message in collected() if message.id}
    assert {"{key} is missing", "help: {text}", "unverified"} <= found


def test_placeholders_are_the_names_of_fields_in_order() -> None:
    assert placeholders("{b} {{no}} {a} {b}") == ["a", "b", "b"]
    assert placeholders("none") == []
    assert placeholders("{") is None


def catalogue(*pairs: tuple[str, str], fuzzy: bool = False) -> Catalog:
    result = Catalog("zh_CN", fuzzy=False)
    for key, text in pairs:
        result.add(key, text, flags=["fuzzy"] if fuzzy else [])
    return result


WHOLE = catalogue(("{key} is blank", "{key} 没有填写"))


def test_a_whole_catalogue_has_no_faults() -> None:
    assert list(faults(WHOLE, WHOLE, WHOLE)) == []


@pytest.mark.parametrize(
    ("translated", "fault"),
    [
        (catalogue(), "missing: '{key} is blank'; run update, then translate it"),
        (catalogue(("{key} is blank", "")), "not translated: '{key} is blank'"),
        (
            catalogue(("{key} is blank", "{key} 没有填写"), fuzzy=True),
            "fuzzy: '{key} is blank'; correct the translation and take the mark away",
        ),
        (
            catalogue(("{key} is blank", "{kee} 没有填写")),
            "placeholders differ: '{key} is blank' and '{kee} 没有填写'",
        ),
        (
            catalogue(("{key} is blank", "{key 没有填写")),
            "placeholders differ: '{key} is blank' and '{key 没有填写'",
        ),
        (
            catalogue(("{key} is blank", "{key} 没有填写"), ("delete it", "请删除")),
            "obsolete: 'delete it'; run update",
        ),
    ],
)
def test_the_check_names_what_is_wrong(translated: Catalog, fault: str) -> None:
    compiled = catalogue(
        *((str(m.id), str(m.string)) for m in translated if m.id and m.string and not m.fuzzy)
    )
    assert list(faults(WHOLE, translated, compiled)) == [fault]


def test_the_check_sees_a_compiled_file_that_is_stale() -> None:
    assert list(faults(WHOLE, WHOLE, catalogue())) == ["perfeval.mo is stale; run update"]
