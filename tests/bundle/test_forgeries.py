"""Forgeries whose lists are all right: only what the documents say gives them away."""

import io
from collections.abc import Callable

import pikepdf
import pytest

from perfeval_docs.bundle.bag import open_bag
from perfeval_docs.bundle.integrity import integrity
from perfeval_docs.bundle.reproduce import reproduce
from perfeval_docs.bundle.verify import verify
from perfeval_docs.carried import ATTACHMENT
from tests.bundle.bundles import (
    NAME,
    Files,
    forged,
    part_changed,
    put_together,
    told,
)

FORMS = (
    "01-publicity", "02-resource-sharing", "03-talent-platform", "04-network-operation",
    "05-talent-services", "06-it-maintenance",
)  # fmt: skip
REPORTS = "data/2024/reports"
RECORDS = "data/project/data/2024"


def careful(files: Files) -> list[str]:
    """Return what is told of a bundle whose lists were all made anew."""
    data = forged(files)
    opened = open_bag(data, NAME)
    assert told((*opened.faults, *integrity(opened))) == []
    return told(verify(data, NAME).faults)


def word(name: str, old: str, new: str, part: str = "word/document.xml") -> Callable[[Files], None]:
    def change(files: Files) -> None:
        files[name] = part_changed(
            files[name], part, lambda data: data.replace(old.encode(), new.encode(), 1)
        )

    return change


def without(name: str) -> Callable[[Files], None]:
    def change(files: Files) -> None:
        del files[name]

    return change


def text(name: str, old: str, new: str) -> Callable[[Files], None]:
    def change(files: Files) -> None:
        assert old.encode() in files[name], old
        files[name] = files[name].replace(old.encode(), new.encode(), 1)

    return change


def swap(one: str, other: str) -> Callable[[Files], None]:
    def change(files: Files) -> None:
        files[one], files[other] = files[other], files[one]

    return change


def drop(*names: str) -> Callable[[Files], None]:
    def change(files: Files) -> None:
        for name in names:
            del files[name]

    return change


def copy(one: str, other: str) -> Callable[[Files], None]:
    def change(files: Files) -> None:
        files[other] = files[one]

    return change


def another_attachment(files: Files) -> None:
    name = f"{REPORTS}/01-publicity.pdf"
    stream = io.BytesIO()
    with pikepdf.open(io.BytesIO(files[name])) as document:
        data = document.attachments[ATTACHMENT].get_file().read_bytes()
        assert b"24.00" in data
        spec = pikepdf.AttachedFileSpec(document, data.replace(b"24.00", b"42.00"), filename="x")
        del document.attachments[ATTACHMENT]
        spec.filename = ATTACHMENT
        document.attachments[ATTACHMENT] = spec
        document.save(stream)
    files[name] = stream.getvalue()


def no_attachment(files: Files) -> None:
    name = f"{REPORTS}/01-publicity.pdf"
    stream = io.BytesIO()
    with pikepdf.open(io.BytesIO(files[name])) as document:
        del document.attachments[ATTACHMENT]
        document.save(stream)
    files[name] = stream.getvalue()


def another_author(files: Files) -> None:
    name = f"{REPORTS}/01-publicity.pdf"
    stream = io.BytesIO()
    with pikepdf.open(io.BytesIO(files[name])) as document:
        document.docinfo["/Author"] = "他人"
        document.save(stream)
    files[name] = stream.getvalue()


def one_attachment_more(files: Files) -> None:
    name = f"{REPORTS}/01-publicity.pdf"
    stream = io.BytesIO()
    with pikepdf.open(io.BytesIO(files[name])) as document:
        document.attachments["x"] = pikepdf.AttachedFileSpec(document, b"MZ", filename="x.exe")
        document.save(stream)
    files[name] = stream.getvalue()


def a_page_less(files: Files) -> None:
    name = "data/2024/summary.pdf"
    stream = io.BytesIO()
    with pikepdf.open(io.BytesIO(files[name])) as document:
        del document.pages[-1]
        document.save(stream)
    files[name] = stream.getvalue()


def a_form(number: int, kind: str) -> str:
    return f"{REPORTS}/{FORMS[number]}.{kind}"


def a_record(number: int) -> str:
    return f"{RECORDS}/{FORMS[number]}.yaml"


CAREFUL: dict[str, tuple[Callable[[Files], None], str]] = {
    **{
        f"a figure in the Word cell of {form}": (
            word(a_form(n, "docx"), "(%)</w:t>", "9(%)</w:t>"), f"{form}.docx does not say")
        for n, form in enumerate(FORMS)
    },
    **{
        f"a figure in the record of {form}": (
            text(a_record(n), "points: ", "declared_score: 1.00\n        points: "), form)
        for n, form in enumerate(FORMS)
    },
    **{
        f"the PDF of {form} swapped": (
            swap(a_form(n, "pdf"), a_form((n + 1) % 6, "pdf")), f"{form}.pdf does not say")
        for n, form in enumerate(FORMS)
    },
    "Word files swapped": (swap(a_form(0, "docx"), a_form(1, "docx")), "01-publicity.docx does"),
    "records swapped": (swap(a_record(0), a_record(1)), "01-publicity.docx does"),
    "a PDF in the place of a Word file": (
        copy(a_form(0, "pdf"), a_form(0, "docx")), "01-publicity.docx cannot be read"),
    "a Word file in the place of a PDF": (
        copy(a_form(0, "docx"), a_form(0, "pdf")), "01-publicity.pdf cannot be read"),
    "no record of a form": (drop(a_record(2)), "reports/03-talent-platform.docx, which comes"),
    "no Word file of a record": (drop(a_form(2, "docx")), "03-talent-platform.docx, the form of"),
    "no PDF of a record": (drop(a_form(2, "pdf")), "03-talent-platform.pdf, the form of"),
    "no workbook": (drop("data/2024/summary.xlsx"), "missing: summary.xlsx"),
    "a form more": (copy(a_form(0, "pdf"), f"{REPORTS}/07.pdf"), "extra: reports/07.pdf"),
    "a record more": (copy(a_record(0), f"{RECORDS}/07.yaml"), "missing: reports/07.docx"),
    "a file of another sort": (copy(a_form(0, "pdf"), "data/2024/x.exe"), "extra: x.exe"),
    "a file elsewhere": (copy(a_form(0, "pdf"), "data/other/x.pdf"), "extra: data/other/x.pdf"),
    "a Word file's author": (
        word(a_form(3, "docx"), "</dc:creator>", "x</dc:creator>", "docProps/core.xml"),
        "04-network-operation.docx is not byte for byte"),
    "a Word file's looks": (
        word(a_form(3, "docx"), 'w:val="18"', 'w:val="19"', "word/styles.xml"),
        "04-network-operation.docx is not byte for byte"),
    "a Word file's carried record": (
        word(a_form(3, "docx"), ".00", ".01", "customXml/item1.xml"),
        "04-network-operation.docx carries another record"),
    "a Word file's carried record damaged": (
        word(a_form(3, "docx"), "</carried>", "<x/></carried>", "customXml/item1.xml"),
        "04-network-operation.docx carries no record"),
    "a PDF's carried record": (another_attachment, "01-publicity.pdf carries another record"),
    "a PDF's author": (another_author, "01-publicity.pdf says something else of itself"),
    "a file attached": (one_attachment_more, "01-publicity.pdf says something else of itself"),
    "no record in a PDF": (no_attachment, "01-publicity.pdf carries no record"),
    "a figure in the summary": (
        word("data/2024/summary.docx", "</w:t>", "9</w:t>"), "summary.docx does not say"),
    "a figure in the annex": (
        word("data/2024/summary.docx", "24.00(篇)", "25.00(篇)"), "summary.docx does not say"),
    "the summary's date": (
        word("data/2024/summary.docx", "2025-06-30T", "2025-07-30T", "docProps/core.xml"),
        "summary.docx is not byte for byte"),
    "a page of the summary less": (a_page_less, "summary.pdf"),
    "another summary in PDF": (
        copy(a_form(0, "pdf"), "data/2024/summary.pdf"), "summary.pdf does not say"),
    "a figure in the workbook": (
        word("data/2024/summary.xlsx", "<v>", "<v>9", "xl/worksheets/sheet1.xml"),
        "summary.xlsx is not byte for byte"),
    "the paragraph as text": (
        text("data/2024/final-accounts-paragraph.txt", "6", "7"), "final-accounts-paragraph.txt"),
    "the paragraph in Word": (
        word("data/2024/final-accounts-paragraph.docx", "</w:t>", "9</w:t>"),
        "final-accounts-paragraph.docx does not say"),
    "a chart": (
        copy("data/2024/charts/rates.svg", "data/2024/charts/grades.svg"), "charts/grades.svg"),
    "a picture of a chart": (
        copy("data/2024/charts/rates.png", "data/2024/charts/grades.png"), "charts/grades.png"),
    "the defaults": (
        text("data/project/data/perfeval.yaml", "上海市科学", "上海市"), "01-publicity.docx does"),
    "the year": (
        text("data/project/data/2024/perfeval.yaml", "2024", "2023"), "01-publicity.docx does"),
    "the words of the year": (
        text("data/project/data/2024/summary.yaml", "2025-06-30", "2025-06-29"), "summary.docx"),
    "the profile of a record": (
        text("data/project/data/perfeval.yaml", "shanghai", "national"), "01-publicity.docx does"),
    "a profile that is only read": (
        text("data/project/profiles/shanghai.yaml", "90", "91"), "profiles/shanghai.yaml"),
    "a template": (
        word("data/project/templates/self-evaluation.docx", "总分", "总计"), "01-publicity.docx"),
    "the summary's template": (
        text("data/project/templates/summary.md.j2", "一、", "壹、"), "summary.docx does not say"),
    "a record that is none": (
        lambda files: files.update({a_record(0): b"{"}), "01-publicity.yaml has errors"),
    "a record with a private comment": (
        lambda files: files.update({a_record(0): files[a_record(0)] + b"# 13912345678\n"}),
        "holds what is internal"),
    "a profile outside": (
        lambda files: files.update({
            a_record(0): files[a_record(0)] + b"profile: ../../../../outside.yaml\n"}),
        "01-publicity.yaml has errors"),
    "a page of the site": (
        text("data/2024/site/projects/01-publicity.html", "99.97", "99.98"),
        "site/projects/01-publicity.html is not byte for byte"),
    "a page too many": (
        lambda files: files.update({"data/2024/site/projects/99.html": b"<p>"}),
        "extra: site/projects/99.html, which comes from no record"),
    "a page too few": (
        without("data/2024/site/en/summary.html"),
        "missing: site/en/summary.html"),
    "another statement of the audience": (
        text("bag-info.txt", "Audience: public", "Audience: internal"), "bag does not say"),
    "another year in the statement": (
        text("provenance.intoto.json", '"year": 2024', '"year": 2025'), ""),
    "another purpose": (
        text("provenance.intoto.json", '"public": true', '"public": false'), "bag does not say"),
}  # fmt: skip


@pytest.mark.parametrize(("change", "named"), CAREFUL.values(), ids=CAREFUL)
def test_what_a_careful_forger_changes_is_found(
    files: Files, change: Callable[[Files], None], named: str
) -> None:
    before = dict(files)
    change(files)
    assert files != before
    faults = careful(files)
    assert any(named in fault for fault in faults), faults


def test_other_tools_give_no_false_alarm_and_texts_are_still_compared(files: Files) -> None:
    name = "provenance.intoto.json"
    files[name] = files[name].replace(b'"typst": "', b'"typst": "0.', 1)
    files["data/2024/charts/grades.png"] += b"x"
    verified = verify(forged(files), NAME)
    assert told(verified.faults) == []
    assert any("other versions" in note for note in told(verified.notes))
    word(a_form(1, "docx"), "(%)</w:t>", "9(%)</w:t>")(files)
    (fault, *_) = told(verify(forged(files), NAME).faults)
    assert fault.startswith("reports/02-resource-sharing.docx does not say")


def test_a_bundle_under_another_name_is_misnamed(bundle: bytes) -> None:
    assert any("misnamed" in fault for fault in told(verify(bundle, "perfeval-2023").faults))


def test_what_only_bytes_give_away_is_found_by_building_again(files: Files) -> None:
    """A PDF that says the same and looks otherwise."""
    name = a_form(0, "pdf")
    stream = io.BytesIO()
    with pikepdf.open(io.BytesIO(files[name])) as document:
        document.pages[0].rotate(90, relative=True)
        document.save(stream)
    files[name] = stream.getvalue()
    again = reproduce(forged(files), NAME, 1)
    assert told(again.faults) == ["differs: reports/01-publicity.pdf"]
    assert again.same == 40


def test_nothing_is_built_from_a_bundle_that_is_not_whole(files: Files) -> None:
    files[a_record(0)] += b"\n"
    again = reproduce(put_together(files), NAME, 1)
    assert again.same == 0
    assert f"changed: {a_record(0)}" in told(again.faults)
