"""Rows of funds that a form leaves blank: one fault, or none where a record may leave them out."""

from pathlib import Path

import pytest

from perfeval_docs import cli
from tests.importing.foreign import KINDS, LAYOUTS, C, Grid

FIRST = "其中：当年财政拨款"
OTHERS = ("上年结转资金", "其他资金")


def with_blank(*labels: str) -> Grid:
    """Return the national form with a row of other funds, and these rows blank."""
    rows = []
    for row in LAYOUTS["national"]:
        rows.append(row)
        if row[0].text == OTHERS[0]:
            rows.append((C(OTHERS[1]), *row[1:]))
    blanked = [
        (row[0], *(C("", high=c.high, wide=c.wide) for c in row[1:]))
        if row[0].text in labels
        else row
        for row in rows
    ]
    height = len((*OTHERS, FIRST, "head", "total"))
    head = "项目资金（万元）"
    return [[C(c.text, c.means, c.wide, height) if c.text == head else c for c in row]
            for row in blanked]  # fmt: skip


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(
    ("labels", "blank"), [((), []), (OTHERS, []), ((FIRST, *OTHERS), ["当年财政拨款"])]
)
def test_a_blank_row_of_funds_is_one_fault_or_none(
    kind: str,
    labels: tuple[str, ...],
    blank: list[str],
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    (tmp_path / f"x.{kind}").write_bytes(KINDS[kind](with_blank(*labels)))
    folder = tmp_path / "data/2024"
    assert cli.run(["import", str(tmp_path / f"x.{kind}"), "--out", str(folder)]) == 0
    (record,) = folder.iterdir()
    capsys.readouterr()
    cli.run(["check", str(record), "--data", str(folder.parent), "--format", "concise",
             "--lang", "en"])  # fmt: skip
    found = capsys.readouterr().out.splitlines()
    assert [line.split("value-blank: ")[1] for line in found if "PE034" in line] == [
        f"{each} is blank" for each in blank
    ]
    text = record.read_text("utf-8")
    assert [each for each in OTHERS if f"# {each}：原表未填" in text] == [
        each for each in OTHERS if each in labels
    ]
