"""Characters that cannot be printed: each is one fault, of the reading or of the fonts."""

import pytest

from perfeval_docs.rules import check_characters
from perfeval_docs.source import read_source


def missing_glyphs(text: str) -> tuple[str, ...]:
    """Tell what a font of Chinese and ASCII lacks."""
    return tuple(char for char in text if not ("\u4e00" <= char <= "\u9fff" or char.isascii()))


@pytest.mark.parametrize(
    ("value", "codes"),
    [
        ("甲\x07乙", ["PE003"]),
        ('"甲\\x07乙"', ["PE003"]),
        ("甲\u2028乙", ["PE004"]),
        ("甲\u200b乙", ["PE004"]),
        ('"甲\\u202e乙"', ["PE004"]),
        ("甲\ufffd乙", ["PE005"]),
        ("甲😀乙", ["PE901"]),
        ("甲\u200b乙😀", ["PE004", "PE901"]),
    ],
)
def test_a_character_that_cannot_be_printed_is_one_fault(value: str, codes: list[str]) -> None:
    source = read_source(f"a: {value}\n".encode(), "r.yaml")
    found = [*source.diagnostics, *check_characters(source, missing_glyphs)]
    assert [each.code for each in found] == codes
    assert {each.severity for each in found} == {"error"}
    shown = str(found[-1].message)
    assert ("😀" in shown) == (codes[-1] == "PE901")
    assert "\u200b" not in shown
