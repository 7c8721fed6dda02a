"""Nothing private leaves: internal fields are nowhere, and what was planted is found."""

import io
import shutil
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import docx
import pikepdf
import pytest

from perfeval_docs.bundle.make import Bundled, make_bundles
from perfeval_docs.bundle.private import Secret, leaks, secrets_of
from perfeval_docs.bundle.reproduce import reproduce
from perfeval_docs.bundle.texts import texts_of
from perfeval_docs.bundle.verify import verify
from perfeval_docs.diagnostic import msg
from perfeval_docs.source import read_source
from tests.bundle.bundles import (
    NAME,
    ROOT,
    bundle_of,
    forged,
    part_changed,
    settings,
    taken_apart,
)
from tests.summaries import built

WORDS = ("密件第十二号", "联系人张三丰", "内部研判理由", "先不要说出去")
RECORD = "data/2024/01-publicity.yaml"
PHONE = "13912345678"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """Return a project with internal fields and comments in a record, and its own templates."""
    shutil.copytree(ROOT / "data", tmp_path / "data")
    shutil.copytree(ROOT / "templates", tmp_path / "templates")
    path = tmp_path / RECORD
    text = path.read_text("utf-8")
    assert "        actual: 24.00(篇)\n" in text
    text = text.replace(
        "        actual: 24.00(篇)\n",
        "        actual: 24.00(篇)  # 联系人张三丰\n        佐证材料: |\n          密件第十二号\n",
        1,
    )
    text += "豁免:\n  - 规则: PE317\n    理由: 内部研判理由\n"
    path.write_text(text, "utf-8")
    shared = tmp_path / "data/perfeval.yaml"
    shared.write_text(shared.read_text("utf-8") + "# 先不要说出去\n", "utf-8")
    return tmp_path


def made(project: Path, *, public: bool = True) -> Bundled:
    own = project / "templates/self-evaluation.docx"
    asked = settings(project, public=public)
    built(project, template=own)
    (one,) = make_bundles(replace(asked, template=own), project / "none.txt")
    return one


def said(files: dict[str, bytes]) -> str:
    """Return everything that files say, read by others than the scan."""
    texts = []
    for name, data in files.items():
        texts.append(name)
        if data.startswith(b"PK"):
            with zipfile.ZipFile(io.BytesIO(data)) as archive:
                texts += [archive.read(n).decode(errors="ignore") for n in archive.namelist()]
        elif data.startswith(b"%PDF"):
            with pikepdf.open(io.BytesIO(data)) as document:
                texts += [f"{each}" for each in document.docinfo.values()]
                texts += [
                    spec.get_file().read_bytes().decode() for spec in document.attachments.values()
                ]
            texts += [each.text for each in texts_of(data)]
        texts.append(data.decode(errors="ignore"))
    return "".join("".join(texts).split())


def test_internal_fields_are_nowhere_in_a_public_bundle(project: Path) -> None:
    one = made(project)
    assert one.path is not None, one
    files = taken_apart(one.path.read_bytes())
    assert [word for word in (*WORDS, "检查发现") if word in said(files)] == []
    assert "佐证材料" not in files[f"data/project/{RECORD}"].decode()
    assert verify(one.path.read_bytes(), NAME).faults == ()
    again = reproduce(one.path.read_bytes(), NAME, 1)
    assert (again.same, again.faults) == (41, ())


def test_an_internal_bundle_holds_all_and_the_same_documents(project: Path) -> None:
    public, internal = made(project), made(project, public=False)
    assert public.path is not None
    assert internal.path is not None
    name = f"{NAME}-internal"
    files, others = (
        taken_apart(internal.path.read_bytes(), name),
        taken_apart(public.path.read_bytes()),
    )
    assert files[f"data/project/{RECORD}"] == (project / RECORD).read_bytes()
    assert "检查发现" in said({"x": files["data/2024/summary.xlsx"]})
    reports = [each for each in files if "/reports/" in each]
    assert len(reports) == 12
    assert [each for each in reports if files[each] != others[each]] == []
    assert [w for w in WORDS if w in said({r: files[r] for r in reports})] == []
    again = reproduce(internal.path.read_bytes(), name, 1)
    assert (again.same, again.faults) == (41, ())


def in_the_template(text: str) -> Callable[[Path], None]:
    def plant(project: Path) -> None:
        path = project / "templates/self-evaluation.docx"
        document = docx.Document(str(path))
        document.add_paragraph(text)
        document.save(str(path))

    return plant


def in_a_footer(project: Path) -> None:
    path = project / "templates/self-evaluation.docx"
    changed = part_changed(
        path.read_bytes(), "word/footer1.xml",
        lambda d: d.replace(b"</w:p>", f"<w:r><w:t>{PHONE}</w:t></w:r></w:p>".encode(), 1),
    )  # fmt: skip
    path.write_bytes(changed)


def in_words(project: Path) -> None:
    path = project / "data/2024/summary.yaml"
    text = path.read_text("utf-8").replace("管理制度:", f"管理制度: 有事请打{PHONE}", 1)
    path.write_text(text, "utf-8")


def in_a_comment_of_the_summary(project: Path) -> None:
    path = project / "templates/summary.md.j2"
    path.write_text("{# 联系人张三丰 #}" + path.read_text("utf-8"), "utf-8")


PLANTED = {
    "a phone number in the template": (in_the_template(PHONE), "reports/01-publicity.docx"),
    "internal words in the template": (in_the_template("密件第十二号"), "self-evaluation.docx"),
    "a phone number in a footer": (in_a_footer, "reports/01-publicity.docx"),
    "a phone number in the year's words": (in_words, "final-accounts-paragraph.docx"),
    "a comment in a template": (in_a_comment_of_the_summary, "summary.md.j2"),
}


@pytest.mark.parametrize(("plant", "name"), PLANTED.values(), ids=PLANTED)
def test_what_is_planted_stops_the_bundle(
    project: Path, plant: Callable[[Path], None], name: str
) -> None:
    plant(project)
    one = made(project)
    assert one.path is None
    assert one.reasons == ()
    assert any(leak.name.endswith(name) for leak in one.leaks), one.leaks
    assert not (project / "build/bundles/perfeval-2024.zip").exists()


def let_private_data_pass(project: Path) -> None:
    """Judge by a profile that has switched the rule off which stops private data."""
    (project / "data/own.yaml").write_text(
        "extends: shanghai\nname: own\nseverities:\n  value: {private-data: 'off', "
        "evidence-missing: 'off', cost-missing: 'off'}\n  basis: unverified\n",
        "utf-8",
    )
    path = project / "data/perfeval.yaml"
    path.write_text(path.read_text("utf-8").replace("shanghai", "own.yaml"), "utf-8")


def test_private_data_in_a_record_stops_the_bundle_where_no_rule_does(project: Path) -> None:
    let_private_data_pass(project)
    path = project / RECORD
    text = path.read_text("utf-8")
    assert "  achieved: |\n" in text
    path.write_text(
        text.replace("  achieved: |\n", f"  achieved: |\n    请致电{PHONE}。\n"), "utf-8"
    )
    one = made(project)
    assert one.path is None
    assert {
        "2024/reports/01-publicity.docx", "2024/reports/01-publicity.pdf", "2024/summary.docx",
        "2024/summary.pdf", f"project/{RECORD}",
    } <= {leak.name for leak in one.leaks}  # fmt: skip


def test_private_data_in_the_properties_stops_the_bundle(project: Path) -> None:
    """The unit is the author of the forms."""
    let_private_data_pass(project)
    path = project / "data/perfeval.yaml"
    unit = "上海市研发公共服务平台管理中心"
    path.write_text(path.read_text("utf-8").replace(unit, f"{unit}{PHONE}"), "utf-8")
    one = made(project)
    assert one.path is None
    places = {f"{leak.what}".split()[0] for leak in one.leaks if "01-publicity" in leak.name}
    assert {"docProps/core.xml", "customXml/item1.xml", "/Author", "/Metadata"} <= places
    assert "perfeval-record.xml" in places


SECRETS = (Secret("密件第十二号", msg("x")),)


def found(name: str, data: bytes) -> list[str]:
    return [f"{leak.what}" for leak in leaks({name: data}, SECRETS, 2024)]


def test_the_scan_is_silent_about_what_is_published(six: Path) -> None:
    files = taken_apart(bundle_of(six.parents[1]))
    assert list(leaks(files, SECRETS, 2024)) == []


def pdf_with(change: Callable[[pikepdf.Pdf], None], data: bytes) -> bytes:
    stream = io.BytesIO()
    with pikepdf.open(io.BytesIO(data)) as document:
        change(document)
        document.save(stream)
    return stream.getvalue()


def attach(document: pikepdf.Pdf) -> None:
    spec = pikepdf.AttachedFileSpec(document, "密件 第十二号".encode(), filename="x.txt")
    document.attachments["x.txt"] = spec


def describe(document: pikepdf.Pdf) -> None:
    document.docinfo["/Keywords"] = "密件第十二号"


def describe_in_xmp(document: pikepdf.Pdf) -> None:
    with document.open_metadata() as metadata:
        metadata["dc:description"] = "密件第十二号"


def replaced(old: str, new: str) -> Callable[[bytes], bytes]:
    return lambda data: data.replace(old.encode(), new.encode(), 1)


WORD = {
    "text": ("word/document.xml", replaced("</w:t>", "密件第十二号</w:t>")),
    "text torn over runs": (
        "word/document.xml",
        replaced("</w:t></w:r>", "密件</w:t></w:r><w:r><w:t>第十二号</w:t></w:r>"),
    ),
    "an attribute": ("word/document.xml", replaced("<w:p>", '<w:p w:rsidR="密件第十二号">')),
    "a comment of XML": ("word/document.xml", replaced("<w:body>", "<!--密件第十二号--><w:body>")),
    "properties": ("docProps/core.xml", replaced("</dc:creator>", "密件第十二号</dc:creator>")),
    "the carried record": ("customXml/item1.xml", replaced("project:", "密件第十二号 project:")),
    "a private number": ("docProps/core.xml", replaced("</dc:creator>", f"{PHONE}</dc:creator>")),
    "an identity number": (
        "word/footer1.xml", replaced("</w:t>", "11010519491231002X</w:t>")),
    "an e-mail address": ("docProps/app.xml", replaced("perfeval_docs", "zhang@example.org")),
}  # fmt: skip


@pytest.mark.parametrize(("part", "change"), WORD.values(), ids=WORD)
def test_it_is_found_anywhere_in_a_word_file(
    six: Path, part: str, change: Callable[[bytes], bytes]
) -> None:
    data = (six / "reports/01-publicity.docx").read_bytes()
    assert found("x.docx", data) == []
    assert found("x.docx", part_changed(data, part, change))


def commented(project: Path) -> None:
    """Leave a comment in the template, as a reviewer does in Word."""
    path = project / "templates/self-evaluation.docx"
    document = docx.Document(str(path))
    document.add_comment(document.paragraphs[0].runs, text="再看看", author="张三丰", initials="")
    document.save(str(path))


def test_a_comment_that_a_reviewer_left_in_the_template_stops_the_bundle(project: Path) -> None:
    commented(project)
    one = made(project)
    assert one.path is None
    assert {
        "2024/reports/01-publicity.docx", "project/templates/self-evaluation.docx",
    } <= {leak.name for leak in one.leaks if "names people" in f"{leak.what}"}  # fmt: skip


def test_a_tracked_change_names_its_author(six: Path) -> None:
    data = part_changed(
        (six / "reports/01-publicity.docx").read_bytes(), "word/document.xml",
        replaced("<w:p>", '<w:p><w:ins w:id="1" w:author="王"/>'),
    )  # fmt: skip
    assert any("names people" in told for told in found("x.docx", data))


@pytest.mark.parametrize("change", [attach, describe, describe_in_xmp])
def test_it_is_found_anywhere_in_a_pdf(six: Path, change: Callable[[pikepdf.Pdf], None]) -> None:
    data = (six / "reports/01-publicity.pdf").read_bytes()
    assert found("x.pdf", data) == []
    assert found("x.pdf", pdf_with(change, data))


def test_it_is_found_on_a_page_of_a_pdf(six: Path) -> None:
    data = (six / "reports/01-publicity.pdf").read_bytes()
    printed = (Secret("推广交流活动", msg("x")),)
    places = {f"{leak.what}"[:6] for leak in leaks({"x.pdf": data}, printed, 2024)}
    assert "page 1" in places


@pytest.mark.parametrize("name", ["x.yaml", "x.json", "x.html", "x.svg", "x.txt"])
def test_it_is_found_in_a_text(name: str) -> None:
    assert found(name, "甲: 密件\n  第十二号".encode())
    assert found(name, f"电话{PHONE}".encode())
    assert found(name, b"sha256: " + b"1" * 64) == []


def test_it_is_found_beside_the_pixels_of_a_picture(six: Path) -> None:
    data = (six / "charts/grades.png").read_bytes()
    assert found("x.png", data) == []
    chunk = "密件第十二号".encode()
    planted = data[:33] + len(chunk).to_bytes(4, "big") + b"tEXt" + chunk + b"\0" * 4 + data[33:]
    assert found("x.png", planted)
    assert found("x.png", data + chunk)


def test_a_list_of_findings_is_found(six: Path) -> None:
    assert found("summary.xlsx", (six / "summary.xlsx").read_bytes()) != []


def test_a_file_that_cannot_be_looked_through_is_told() -> None:
    assert found("x.pdf", b"%PDF-1.7 torn")
    assert found("x.docx", b"PK\x03\x04 torn")


def test_what_is_said_in_public_as_well_is_no_secret() -> None:
    source = read_source("project: 甲\nwaivers:\n  - {rule: x, reason: 公开说过}\n".encode(), "r")
    assert [each.words for each in secrets_of([source], [])] == ["公开说过"]
    assert secrets_of([source], ["上面 公开 说过 了"]) == ()


def test_what_is_internal_in_a_forged_public_bundle_is_named(six: Path) -> None:
    files = taken_apart(bundle_of(six.parents[1]))
    name = f"data/project/{RECORD}"
    files[name] += "waivers:\n  - rule: PE317\n    reason: 内部研判理由\n".encode()
    faults = [f"{fault}" for fault in verify(forged(files), NAME).faults]
    assert any("01-publicity.yaml holds what is internal" in fault for fault in faults)
