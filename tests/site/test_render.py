"""The pages of a site: whole by themselves, every value escaped, nothing fetched."""

import re
from base64 import b64encode
from hashlib import sha256
from urllib.parse import unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import html

from perfeval_docs.i18n import LANGUAGES
from perfeval_docs.summary import ProjectResult
from tests.site.years import pages_of, tree
from tests.summary.years import MET, project

HOSTILE = (
    "<script>alert(1)</script>", "</style><script>", "'\" onload=alert(1) x='", "{{ 7*7 }}",
    "{% raw %}", "&lt;b&gt;", "<!-- -->", "]]>", "javascript:alert(1)", "</title>", "@@main@@",
    "{shown}", "a\u202eb", "<img src=x onerror=alert(1)>",
)  # fmt: skip
# What a record's texts can hold: no control characters, no white space at their ends.
TEXTS = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Zl", "Zp")), min_size=1
).map(lambda text: " ".join(text.split()) or "无")


def everywhere(text: str) -> ProjectResult:
    """Return a project that says a text wherever a record has room for one."""
    made = project(text, text, indicators=((text, text, text, text, "90", "80"),))
    record = made.record.model_copy(
        update={
            "competent_department": text,
            "goal": made.record.goal.model_copy(update={"expected": text, "achieved": text}),
        }
    )
    return ProjectResult(
        stem=made.stem.replace("/", "-"), record=record, assessment=made.assessment
    )


def tags(page: str) -> list[tuple[str, tuple[str, ...]]]:
    """Return the elements of a page with the names of their attributes."""
    return [(str(each.tag), tuple(map(str, each.attrib))) for each in tree(page).iter()]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("text", HOSTILE)
def test_a_hostile_text_is_a_text(text: str, language: str) -> None:
    pages = pages_of([everywhere(text)], language)
    plain = pages_of([everywhere("文字")], language)
    for (name, page), expected in zip(pages.items(), plain.values(), strict=True):
        assert tags(page) == tags(expected), name
        assert text in {each.strip() for each in tree(page).itertext()}, name


@given(text=TEXTS)
def test_any_text_is_a_text(text: str) -> None:
    pages = pages_of([everywhere(text)])
    plain = pages_of([everywhere("文字")])
    for page, expected in zip(pages.values(), plain.values(), strict=True):
        assert tags(page) == tags(expected)
    (found,) = tree(pages["index.html"]).xpath("//table[@id='projects']/tbody/tr/th")
    assert "".join(found.itertext()) == text


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_page_allows_nothing_but_what_it_holds(language: str) -> None:
    for name, page in pages_of([project()], language).items():
        root = tree(page)
        (policy,) = root.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
        told = dict(each.split(" ", 1) for each in policy.split("; "))
        assert [told[each] for each in ("default-src", "base-uri", "form-action")] == ["'none'"] * 3
        assert told["style-src"] == digest(root.xpath("//style/text()"))
        assert told.get("script-src") == digest(root.xpath("//script/text()")), name
        assert ("script-src" in told) is name.endswith("index.html")
        attributes = {str(key) for each in root.iter() for key in each.attrib}
        assert not {key for key in attributes if key == "style" or key.startswith("on")}


def digest(texts: list[str]) -> str | None:
    if not texts:
        return None
    (text,) = texts
    return f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'"


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_is_fetched_and_every_address_is_beside_the_page(language: str) -> None:
    for page in pages_of([project()], language).values():
        root = tree(page)
        assert root.xpath("//@src | //link | //img | //iframe | //object | //base") == []
        assert "url(" not in page
        assert "@import" not in page
        assert [each for each in root.xpath("//@href") if re.match(r"[a-z]+:|/", each)] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_link_between_pages_leads_to_one(language: str) -> None:
    made = {**pages_of([project("甲 #1")]), **pages_of([project("甲 #1")], "en")}
    for name, page in pages_of([project("甲 #1")], language).items():
        at = name.split("/")[:-1]
        for address in tree(page).xpath("//a/@href"):
            if address.startswith("#") or not address.endswith(".html"):
                continue
            steps = list(at)
            for step in unquote(address).split("/"):
                steps = steps[:-1] if step == ".." else [*steps, step]
            assert "/".join(steps) in made, (name, address)


def cells(page: str, table: str) -> list[list[str]]:
    """Return the texts of a table's rows."""
    (found,) = tree(page).xpath(f"//table[{table}]")
    return [["".join(cell.itertext()).strip() for cell in row] for row in found.iter("tr")]


def test_the_index_is_a_table_with_a_caption_and_headed_rows_and_columns() -> None:
    page = pages_of([project("甲"), project("乙")])["index.html"]
    (table,) = tree(page).xpath("//table[@id='projects']")
    assert "".join(table.find("caption").itertext()) == "各项目自评结果 · 金额单位：万元"
    assert {each.get("scope") for each in table.xpath("thead//th")} == {"col"}
    assert [each.get("scope") for each in table.xpath("tbody//th")] == ["row", "row"]
    assert [row[1] for row in cells(page, "@id='projects'")] == ["项目名称", "甲", "乙"]


def test_every_cell_of_an_indicator_names_the_heads_that_it_stands_under() -> None:
    page = pages_of([project(indicators=(MET, MET))])["projects/科普.html"]
    root = tree(page)
    known = {each.get("id") for each in root.iter() if isinstance(each, html.HtmlElement)}
    (table,) = root.xpath("//table[contains(@class, 'indicators')]")
    named = [each.get("headers").split() for each in table.xpath(".//td[@headers]")]
    assert len(named) == 12
    assert {name for names in named for name in names} <= known
    assert all(len(names) == 4 for names in named)


def test_without_scripts_nothing_is_offered_that_needs_them() -> None:
    root = tree(pages_of([project()])["index.html"])
    (controls,) = root.xpath("//*[@id='controls']")
    assert controls.get("hidden") is not None
    outside = root.xpath("//button | //input | //select")
    assert [each for each in outside if controls not in each.iterancestors()] == []


def test_data_is_marked_as_chinese_on_an_english_page() -> None:
    root = tree(pages_of([project("甲")], "en")["en/projects/甲.html"])
    assert root.get("lang") == "en"
    assert root.xpath("//h1/@lang") == ["zh-CN"]
    assert tree(pages_of([project("甲")])["index.html"]).xpath("//h1/@lang") == []


def test_the_same_year_makes_the_same_bytes() -> None:
    assert pages_of([project("甲")]) == pages_of([project("甲")])
