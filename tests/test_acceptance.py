"""The six published forms come out as published: in Word, in PDF, and in LibreOffice's eyes."""

import re
import subprocess
from pathlib import Path

import docx
import pytest
from docx.table import _Cell
from lxml import html

from perfeval_docs.build import build
from perfeval_docs.settings import Settings
from tests.seed import FORMS, SeedForm, squeezed

Rows = list[list[str]]

TOP = Path(__file__).parent.parent
STEMS = tuple(sorted(path.stem for path in (TOP / "data/2024").glob("0*.yaml")))
FIGURE = re.compile(r"\d+\.\d\d")


def read(rows: Rows) -> SeedForm:
    """Find a form's parts in rows of cells, counted from the end where merged cells may lack."""
    by_label = {row[0]: row for row in rows if row}
    goals = next(n for n, row in enumerate(rows) if "预期目标" in row) + 1
    return SeedForm(
        project=by_label["项目名称"][1],
        competent_department=by_label["主管部门"][1],
        implementing_unit=by_label["主管部门"][3],
        expected=rows[goals][-2],
        achieved=rows[goals][-1],
        funds=tuple(tuple(row[-7:]) for row in rows if is_funds(row)),
        indicators=tuple(tuple(row[-6:-1]) for row in rows if is_indicator(row)),
        total=(by_label["总分"][-3], by_label["总分"][-2]),
        grade=by_label["评分等级"][-1],
    )


def is_funds(row: list[str]) -> bool:
    return len(row) > 6 and all(FIGURE.fullmatch(cell) for cell in row[-6:-3])


def is_indicator(row: list[str]) -> bool:
    return len(row) > 5 and not is_funds(row) and all(FIGURE.fullmatch(c) for c in row[-3:-1])


def rows_of_word(path: Path) -> Rows:
    """Read the tables of a Word file with python-docx."""
    return [
        [squeezed(_Cell(tc, table).text) for tc in row._tr.tc_lst]
        for table in docx.Document(str(path)).tables
        for row in table.rows
    ]


def rows_of_pdf(path: Path) -> Rows:
    """Read the tables of a PDF with poppler, which prints its structure tree."""
    printed = subprocess.run(
        ["pdfinfo", "-struct-text", path], check=True, capture_output=True, text=True
    ).stdout
    rows: Rows = []
    for line in printed.splitlines():
        text = line.strip()
        if text == "TR":
            rows.append([])
        elif re.match(r"T[DH]\b", text):
            rows[-1].append("")
        elif text.startswith('"') and rows:
            rows[-1][-1:] = [rows[-1][-1] + squeezed(text[1:-1])]
    return rows


def rows_of_libreoffice(path: Path) -> Rows:
    """Read the tables of the page that LibreOffice makes of a Word file."""
    page = html.fromstring(path.with_suffix(".html").read_bytes())
    return [
        [squeezed("".join(map(str, cell.itertext()))) for cell in row.iterchildren("td", "th")]
        for row in page.iter("tr")
    ]


@pytest.fixture(scope="module")
def reports(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("build")
    outcome = build(
        Settings(data=TOP / "data", out=out, template=TOP / "templates/self-evaluation.docx"),
        lambda _done, _all: None,
    )
    assert outcome.refused == ()
    return out / "2024" / "reports"


@pytest.fixture(scope="module")
def converted(reports: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("libreoffice")
    profile = f"-env:UserInstallation=file://{folder}/profile"
    files = sorted(reports.glob("*.docx"))
    for kind in ("html", "pdf"):
        command = ["soffice", profile, "--headless", "--convert-to", kind, "--outdir", folder]
        subprocess.run([*command, *files], check=True, capture_output=True)
    return folder


PAIRS = tuple(zip(STEMS, FORMS, strict=True))


def test_there_are_six_forms_and_87_indicators() -> None:
    assert len(FORMS) == 6
    assert sum(len(form.indicators) for form in FORMS) == 87


@pytest.mark.parametrize(("stem", "form"), PAIRS)
def test_word_prints_what_was_published(reports: Path, stem: str, form: SeedForm) -> None:
    assert read(rows_of_word(reports / f"{stem}.docx")) == form


@pytest.mark.debian
@pytest.mark.parametrize(("stem", "form"), PAIRS)
def test_the_pdf_prints_what_was_published(reports: Path, stem: str, form: SeedForm) -> None:
    assert read(rows_of_pdf(reports / f"{stem}.pdf")) == form


@pytest.mark.debian
@pytest.mark.parametrize(("stem", "form"), PAIRS)
def test_libreoffice_opens_the_word_file_and_prints_the_same(
    converted: Path, stem: str, form: SeedForm
) -> None:
    assert read(rows_of_libreoffice(converted / stem)) == form


@pytest.mark.debian
@pytest.mark.parametrize("stem", STEMS)
def test_libreoffices_pdf_and_ours_have_the_same_text(
    reports: Path, converted: Path, stem: str
) -> None:
    ours, theirs = (characters(folder / f"{stem}.pdf") for folder in (reports, converted))
    assert ours == theirs


def characters(path: Path) -> dict[str, int]:
    """Count the characters of a PDF, those of page numbers and repeated heads left out."""
    text = subprocess.run(
        ["pdftotext", path, "-"], check=True, capture_output=True, text=True
    ).stdout
    counted = squeezed(re.sub(r"第\s*\d+\s*页\s*共\s*\d+\s*页", "", text))
    return {char: counted.count(char) for char in sorted(set(counted))}
