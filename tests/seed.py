"""The six published forms as their text has them, read by lines that share nothing with us."""

import re
from dataclasses import dataclass
from pathlib import Path

TEXT = (Path(__file__).parent / "seeds" / "self-evaluation-forms-2024.txt").read_text("utf-8")
_FIGURE = re.compile(r"\d+\.\d\d")


@dataclass(frozen=True)
class SeedForm:
    """One form: what its cells print, white space removed."""

    project: str
    competent_department: str
    implementing_unit: str
    expected: str
    achieved: str
    funds: tuple[tuple[str, ...], ...]
    indicators: tuple[tuple[str, ...], ...]
    total: tuple[str, str]
    grade: str


def squeezed(text: str) -> str:
    """Return the text without white space and without the `<p>` of the system that printed it."""
    return re.sub(r"\s|</?p>", "", text)


def _cells(line: str) -> list[str]:
    return [squeezed(cell) for cell in line.split("\t")]


def _indicator(cells: list[str]) -> tuple[str, ...] | None:
    for at in range(3, len(cells) - 1):
        if _FIGURE.fullmatch(cells[at]) and _FIGURE.fullmatch(cells[at + 1]):
            target, actual = cells[at - 2 : at]
            name = [cell for cell in cells[: at - 2] if cell][-1]
            # The unit that a page break tore goes on, with its bracket, on the next page.
            mend = (text + "次)" if text.endswith("(万人") else text for text in (target, actual))
            return (name, *mend, cells[at], cells[at + 1])
    return None


def _goals(rows: list[list[str]]) -> tuple[str, str]:
    at = next(n for n, row in enumerate(rows) if "预期目标" in row) + 1
    expected, achieved = (cell for cell in rows[at] if cell)
    # What a page break tore goes on in the row below.
    torn = () if rows[at + 1][0].startswith("一级") else rows[at + 1]
    return expected, achieved + "".join(torn)


def _form(text: str) -> SeedForm:
    rows = [_cells(line) for line in text.splitlines() if line.strip()]
    _, department, _, unit = (cell for cell in rows[2] if cell)
    expected, achieved = _goals(rows)
    total = next(row for row in rows if row[0] == "总分")
    money = [row for row in rows if len(row) > 6 and all(_FIGURE.fullmatch(c) for c in row[2:5])]
    level = next(n for n, row in enumerate(rows) if row[0].startswith("一级"))
    found = (_indicator(row) for row in rows[level + 1 :] if row[0] != "总分")
    return SeedForm(
        project="".join(next(row for row in rows if row[0] == "项目名称")[1:]),
        competent_department=department,
        implementing_unit=unit,
        expected=expected,
        achieved=achieved,
        funds=tuple(tuple(row[1:8]) for row in money),
        indicators=tuple(row for row in found if row is not None),
        total=(total[-3], total[-2]),
        grade=next(row[1] for row in rows if row[0] == "评分等级"),
    )


FORMS = tuple(_form(text) for text in TEXT.split("财政项目支出绩效自评表")[1:])
