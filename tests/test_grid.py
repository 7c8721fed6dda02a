"""Two documents say the same, or the first place where they do not."""

import pytest

from perfeval_docs.grid import Blocks, Cell, Difference, Paragraph, Picture, Table, first_difference

DOCUMENT: Blocks = (
    Paragraph("甲"),
    Picture("图一"),
    Paragraph("\u3000"),
    Table(((Cell("乙", pictures=(Picture("图二"),)), Cell("")), (Cell("丙"),))),
    Paragraph("丁"),
)


def bare(text: str) -> str:
    return "".join(text.split())


def compared(found: Blocks) -> Difference | None:
    return first_difference(DOCUMENT, found, normal=bare)


def test_documents_that_differ_in_white_space_and_empty_parts_say_the_same() -> None:
    cells = (Cell(" 乙", pictures=(Picture("图 二"),)),)
    assert compared(
        (
            Paragraph("甲 "),
            Picture("图 一"),
            Table((cells, (Cell("丙"), Cell("\n")))),
            Paragraph(""),
            Paragraph("丁"),
        )
    ) is None  # fmt: skip


@pytest.mark.parametrize(
    ("found", "place", "expected", "seen"),
    [
        ((*DOCUMENT[:1], *DOCUMENT[2:]), "picture 1", "图一", "乙"),
        ((DOCUMENT[0], Picture("图三"), *DOCUMENT[2:]), "picture 1", "图一", "图三"),
        ((DOCUMENT[1], DOCUMENT[0], *DOCUMENT[2:]), "paragraph 1", "甲", "图一"),
        ((*DOCUMENT, Picture("")), "picture 2", "", ""),
        (DOCUMENT[:4], "paragraph 2", "丁", ""),
        (
            (*DOCUMENT[:3], Table(((Cell("乙"),), (Cell("丙"),))), DOCUMENT[4]),
            "table 1 row 1 cell 1 picture 1", "图二", "丙",
        ),
        (
            (*DOCUMENT[:3], Table(((Cell("乙", pictures=(Picture("图"),)),), (Cell("丙"),)))),
            "table 1 row 1 cell 1 picture 1", "图二", "图",
        ),
    ],
    ids=["missing", "changed", "moved", "one too many", "cut", "gone in a cell", "other in a cell"],
)  # fmt: skip
def test_the_first_place_that_differs_is_named(
    found: Blocks, place: str, expected: str, seen: str
) -> None:
    assert compared(found) == Difference(place=place, expected=expected, found=seen)
