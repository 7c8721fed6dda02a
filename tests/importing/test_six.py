"""The six forms come back from their text, from our Word and PDF files, and through LibreOffice."""

import io
import re
from pathlib import Path

import pikepdf
import pytest

from perfeval_docs.carried import carried_in
from perfeval_docs.importing import import_forms
from perfeval_docs.ooxml import pack, read_package, write_package
from tests.importing.conftest import converted
from tests.importing.meaning import RECORDS, ROOT, imported, meaning, original

SEEDS = ROOT / "tests/seeds/self-evaluation-forms-2024.txt"


def test_the_text_of_the_six_forms_gives_the_six_records() -> None:
    forms = imported(SEEDS)
    assert len(forms) == len(RECORDS) == 6
    assert [form.year for form in forms] == ["2024"] * 6
    for form, record in zip(forms, RECORDS, strict=True):
        assert meaning(form.text) == original(record)
    # What a page tore off a unit, and no bracket waits for, is listed and not guessed.
    left = [(each.place.row, each.text) for form in forms for each in form.unplaced]
    assert left == [(27, "次)"), (27, "次)")]


def test_what_was_declared_stays_declared() -> None:
    first = imported(SEEDS)[0].text
    assert "得分: 9.97\n" in first
    assert "执行率: 99.66\n" in first
    assert "总分: 99.97 # 第31行" in first
    assert "评分等级: 优 # 第32行" in first
    assert "分数: 10.00\n" in first


@pytest.mark.parametrize("kind", ["docx", "pdf"])
@pytest.mark.parametrize("record", RECORDS, ids=lambda path: path.stem)
def test_our_files_give_the_record_that_they_carry(six: Path, record: Path, kind: str) -> None:
    (form,) = imported(six / f"reports/{record.stem}.{kind}")
    assert (form.carried, form.differs, form.unplaced) == (True, False, ())
    assert meaning(form.text) == original(record)
    # Its own digits and lines, and behind them what its folder shared.
    carried = carried_in((six / f"reports/{record.stem}.{kind}").read_bytes(), "x").files[0].text
    assert form.text.startswith(carried)
    assert "competent_department: 上海市科学技术委员会\n" in form.text


def stripped_word(data: bytes) -> bytes:
    parts = {n: p for n, p in read_package(data).items() if not n.startswith("customXml/")}
    relations = parts["word/_rels/document.xml.rels"]
    parts["word/_rels/document.xml.rels"] = re.sub(
        rb"<Relationship [^>]*customXml[^>]*/>", b"", relations
    )
    return write_package({name: pack(part) for name, part in parts.items()})


def stripped_pdf(data: bytes) -> bytes:
    with pikepdf.open(io.BytesIO(data)) as document:
        for name in list(document.attachments):
            del document.attachments[name]
        out = io.BytesIO()
        document.save(out)
    return out.getvalue()


@pytest.mark.parametrize("record", RECORDS, ids=lambda path: path.stem)
def test_our_word_file_gives_its_record_by_its_cells_alone(six: Path, record: Path) -> None:
    data = stripped_word((six / f"reports/{record.stem}.docx").read_bytes())
    (form,) = import_forms(data, "x.docx", profile="shanghai", names="zh")
    assert (form.carried, form.differs, form.unplaced) == (False, False, ())
    assert meaning(form.text) == original(record)


@pytest.mark.parametrize("record", RECORDS, ids=lambda path: path.stem)
def test_our_pdf_gives_its_record_by_its_cells_but_for_white_space(six: Path, record: Path) -> None:
    data = stripped_pdf((six / f"reports/{record.stem}.pdf").read_bytes())
    (form,) = import_forms(data, "x.pdf", profile="shanghai", names="zh")
    assert (form.carried, form.differs, form.unplaced) == (False, False, ())
    assert meaning(form.text, spaces=False) == original(record, spaces=False)


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [
        ("24.00(篇)", "26.00(篇)", "实际完成值: 26.00(篇)"),
        ("9.97", "9.87", "得分: 9.87"),
        ("宣传推广</w:t>", "宣传</w:t>", "项目名称: 上海研发公共服务平台宣传"),
    ],
)
def test_a_form_that_was_edited_is_taken_by_its_cells_and_it_is_told(
    six: Path, old: str, new: str, line: str
) -> None:
    parts = read_package((six / "reports/01-publicity.docx").read_bytes())
    document = parts["word/document.xml"].decode()
    assert old in document
    parts["word/document.xml"] = document.replace(old, new, 1).encode()
    data = write_package({name: pack(part) for name, part in parts.items()})
    (form,) = import_forms(data, "x.docx", profile="shanghai", names="zh")
    assert (form.carried, form.differs) == (False, True)
    assert line in form.text


@pytest.mark.debian
@pytest.mark.parametrize("kind", ["docx", "html"])
def test_what_libreoffice_saves_of_it_gives_the_record(
    six: Path, tmp_path: Path, kind: str
) -> None:
    converted([six / f"reports/{record.stem}.docx" for record in RECORDS], kind, tmp_path)
    for record in RECORDS:
        (form,) = imported(tmp_path / f"{record.stem}.{kind}")
        assert meaning(form.text) == original(record)
        assert form.unplaced == ()


@pytest.mark.debian
def test_what_libreoffice_prints_of_it_gives_the_record_but_for_white_space(
    six: Path, tmp_path: Path
) -> None:
    converted([six / f"reports/{record.stem}.docx" for record in RECORDS], "pdf", tmp_path)
    for record in RECORDS:
        (form,) = imported(tmp_path / f"{record.stem}.pdf")
        assert (form.carried, form.differs, form.unplaced) == (False, False, ())
        assert meaning(form.text, spaces=False) == original(record, spaces=False)
        assert goals(meaning(form.text)) == goals(original(record))


def goals(record: object) -> list[str]:
    """Return the goals of a record, white space left out but for the ends of paragraphs."""
    assert isinstance(record, dict)
    return [re.sub(r"[^\S\n]", "", text) for text in record["goal"].values()]


def test_english_keys_mean_the_same() -> None:
    forms = import_forms(SEEDS.read_bytes(), SEEDS.name, profile="shanghai", names="en")
    assert forms[0].text.split("\n")[3].startswith("project: 上海研发公共服务平台宣传推广 # 第7行")
    assert [meaning(each.text) for each in forms] == [meaning(e.text) for e in imported(SEEDS)]
