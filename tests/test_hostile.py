"""Hostile values go through the whole build: they come out literally, or are refused."""

import io
import os
import shutil
from pathlib import Path

import docx
import pypdfium2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from perfeval_docs.build import build
from perfeval_docs.build.places import NAMES
from perfeval_docs.diagnostic import Diagnostic
from perfeval_docs.settings import Settings

RECORD = Path("data/2024/01-publicity.yaml").read_text("utf-8")
PLACE = "推广交流活动"
TEMPLATE = Path("templates/self-evaluation.docx")

LITERAL = [
    "<b>&amp;</b>", "a & b", "{{ 7*7 }}", "{% for x in y %}", "#let x = 1", '#eval("1")',
    "\"'`", "$x^2$", "\\n\\", "*粗*_斜_", "@ref <label>", "//不是注释", "😀👩‍👩‍👧", "שלום عربي",
    "=SUM(A1:A9)", "]]>", "<!--", "%PDF", "a" * 300, "𠮷野家",
]  # fmt: skip
PAGES = [
    f"site/{folder}{name}.html"
    for folder in ("", "en/")
    for name in ("index", "summary", "projects/r")
]
REFUSED = [("\x07", "PE003"), ("\u202e", "PE004"), ("\ufffe", "PE003")]


def make(folder: Path, name: str) -> tuple[Diagnostic, ...]:
    """Build the record with an indicator of this name; return what was found."""
    year = folder / "data" / "2024"
    year.mkdir(parents=True, exist_ok=True)
    for name_ in ("perfeval.yaml", "2024/perfeval.yaml"):
        if (Path("data") / name_).is_file():
            shutil.copy(Path("data") / name_, folder / "data" / name_)
    quoted = "'" + name.replace("'", "''") + "'"
    assert PLACE in RECORD
    (year / "r.yaml").write_text(
        RECORD.replace(f"indicator: {PLACE}", f"indicator: {quoted}"), "utf-8"
    )
    asked = Settings(
        data=folder / "data",
        out=folder / "build",
        template=TEMPLATE,
        year=None,
        only=(),
        epoch=None,
        font_folders=(),
        system_fonts=False,
    )
    return build(asked, lambda _done, _all: None).errors


def word_text(path: Path) -> str:
    document = docx.Document(io.BytesIO(path.read_bytes()))
    return "\n".join(c.text for t in document.tables for r in t.rows for c in r.cells)


def pdf_text(path: Path) -> str:
    with pypdfium2.PdfDocument(path) as document:
        return "".join(page.get_textpage().get_text_range() for page in document)


def squeezed(text: str) -> str:
    return "".join(text.split()).replace("\u200b", "")


@pytest.mark.parametrize("name", LITERAL)
def test_a_hostile_value_comes_out_literally(tmp_path: Path, name: str) -> None:
    found = make(tmp_path, name)
    reports = tmp_path / "build/2024/reports"
    if found:
        assert {d.code for d in found} <= {"PE901", "PE004"}  # no glyph, or nothing to see
        assert not list(reports.glob("r.*"))
        return
    assert name in word_text(reports / "r.docx")
    if name.isascii():
        assert squeezed(name) in squeezed(pdf_text(reports / "r.pdf"))


@pytest.mark.parametrize(("char", "code"), REFUSED)
def test_what_no_document_can_hold_is_refused(tmp_path: Path, char: str, code: str) -> None:
    found = make(tmp_path, f"甲{char}乙")
    assert code in {d.code for d in found}
    assert not (tmp_path / "build/2024/reports/r.docx").exists()


def test_fifty_thousand_characters_are_built_or_refused_at_their_line(tmp_path: Path) -> None:
    found = make(tmp_path, "长" * 50_000)
    assert [d.code for d in found] == ["PE043"]
    assert RECORD.splitlines()[found[0].span.line - 1].endswith(PLACE)


CACHED = (
    "begun.json",
    "building",
    "unprinted.json",
    "year-2024.pickle",
    ".gitignore",
    "CACHEDIR.TAG",
)


def test_nothing_escapes_the_output_folder(tmp_path: Path) -> None:
    make(tmp_path, "../../../etc/passwd")
    shutil.rmtree(tmp_path / "data")
    written = {p.relative_to(tmp_path).as_posix() for p in tmp_path.rglob("*") if p.is_file()}
    assert written == {
        "build/2024/reports/r.docx",
        "build/2024/reports/r.pdf",
        *(f"build/2024/{name}" for name in (*NAMES, *PAGES, "manifest.json")),
        *(f"build/cache/{name}" for name in CACHED),
    }


@settings(max_examples=int(os.environ.get("PERFEVAL_EXAMPLES", "40")))
@given(name=st.text(st.characters(codec="utf-8"), min_size=1, max_size=40))
def test_any_text_reads_back_or_is_refused(
    tmp_path_factory: pytest.TempPathFactory, name: str
) -> None:
    folder = tmp_path_factory.mktemp("any")
    found = make(folder, name)
    built = (folder / "build/2024/reports/r.docx").exists()
    assert built is not any(d.severity == "error" for d in found)
    assert "PE902" not in {d.code for d in found}
