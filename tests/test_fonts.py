"""Which faces stand in for which, and which characters can be printed."""

from pathlib import Path

import pylopdf_fonts_zh_cn
import pytest
from fontTools.ttLib import TTFont

from perfeval_docs.errors import MachineError
from perfeval_docs.fonts import FontBook, Substitution

BOOK = FontBook.load(system=False)


def test_both_fonts_of_the_wheel_have_all_of_gb2312_and_ascii() -> None:
    pairs = (bytes((a, b)) for a in range(0xA1, 0xF8) for b in range(0xA1, 0xFF))
    wanted = {ord(text) for pair in pairs if (text := pair.decode("gb2312", "ignore"))}
    wanted |= set(range(0x20, 0x7F))
    assert len(wanted) > 7000
    for path in (pylopdf_fonts_zh_cn.serif_path(), pylopdf_fonts_zh_cn.sans_path()):
        with TTFont(path, lazy=True) as font:
            assert wanted <= font.getBestCmap().keys()


@pytest.mark.parametrize(
    ("wanted", "used"),
    [
        ("宋体", "Noto Serif SC"),
        ("仿宋_GB2312", "Noto Serif SC"),
        ("方正小标宋简体", "Noto Serif SC"),
        ("Times New Roman", "Noto Serif SC"),
        ("黑体", "Noto Sans SC"),
        ("Arial", "Noto Sans SC"),
    ],
)
def test_an_official_face_has_a_stand_in_of_its_kind(wanted: str, used: str) -> None:
    assert BOOK.substitution(wanted) == Substitution(wanted, used)


def test_a_face_at_hand_needs_no_stand_in() -> None:
    assert BOOK.substitution("Noto Serif SC") is None


def test_missing_characters_are_named_once_in_order() -> None:
    assert BOOK.missing("绩效≥80(%) R&D\n") == ()
    assert BOOK.missing("㎡堃") == ()
    assert BOOK.missing("甲😀乙א😀") == ("😀", "א")


def test_a_folder_that_does_not_exist_is_the_machines_fault(tmp_path: Path) -> None:
    with pytest.raises(MachineError, match="there is no folder"):
        FontBook.load(folders=(tmp_path / "no",), system=False)
