"""The site in a real browser: found, sorted, narrowed, read without scripts, on any screen."""

from importlib.metadata import distribution
from pathlib import Path
from typing import Final

import pytest

from tests.browser import Browser

pytestmark = pytest.mark.debian

PROJECT: Final = "projects/设备维护第5号.html"
PAGES: Final = ("index.html", PROJECT, "summary.html", f"en/{PROJECT}", "en/index.html")

SHOWN: Final = """
const rows = [...document.querySelectorAll("#projects tbody tr")].filter((row) => !row.hidden);
return rows.map((row) => row.cells[arguments[0]].textContent);
"""
TYPE: Final = """
const box = document.getElementById(arguments[0]);
box.value = arguments[1];
box.dispatchEvent(new Event("input", { bubbles: true }));
"""
SORT: Final = "document.querySelector(`thead .c-${arguments[0]} button`).click();"
STATUS: Final = "return document.getElementById('shown').textContent;"
FOCUSED: Final = "return document.activeElement.id || document.activeElement.textContent;"


@pytest.fixture
def index(chromium: Browser, forty: Path) -> Browser:
    """Return a wide, light window with the index open."""
    chromium.size(1440)
    chromium.dark(on=False)
    chromium.open(forty / "index.html")
    return chromium


def column(window: Browser, number: int) -> list[str]:
    found: list[str] = window.run(SHOWN, number)
    return found


def test_words_find_projects_and_units_in_any_width_and_case(index: Browser) -> None:
    index.run(TYPE, "words", "abc平台 人才")
    assert column(index, 1) == [
        "\uff21\uff22\uff23平台第11号",
        "\uff21\uff22\uff23平台第23号",
        "\uff21\uff22\uff23平台第35号",
    ]
    assert index.run(STATUS) == "显示 3 个项目，共 40 个"


def test_what_is_not_there_is_not_found_and_that_is_said(index: Browser) -> None:
    index.run(TYPE, "words", "月球基地")
    assert column(index, 1) == []
    assert "显示 0 个项目" in index.run(STATUS)
    assert "没有符合条件的项目" in index.run(STATUS)


def test_units_and_grades_narrow_together_and_all_is_shown_again(index: Browser) -> None:
    index.run(TYPE, "by-unit", "市科普中心")
    index.run(TYPE, "by-grade", "优")
    assert column(index, 0) == ["3", "6", "9"]
    index.run("document.getElementById('reset').click();")
    assert len(column(index, 0)) == 40
    assert index.run(FOCUSED) == "words"


@pytest.mark.parametrize(
    ("name", "first", "last"),
    [
        ("number", "1", "40"),
        ("project", "场馆开放第4号", "\uff21\uff22\uff23平台第39号"),
        ("unit", "市技术市场管理办公室", "市科普中心"),
        ("initial", "1.50", "40.50"),
        ("adjusted", "1.50", "40.50"),
        ("executed", "0.00", "36.00"),
        ("rate", "0.00", "88.88"),
        ("missed", "1", "3"),
        ("score", "60.00", "99.00"),
        ("grade", "优", "合格"),
    ],
)
def test_every_column_sorts_both_ways(index: Browser, name: str, first: str, last: str) -> None:
    heads = index.run(
        "return [...document.querySelectorAll('#projects thead th')].map((h) => h.className)"
    )
    at = next(place for place, classes in enumerate(heads) if classes.endswith(f" c-{name}"))
    index.run(SORT, name)
    upward = column(index, at)
    assert (upward[0], upward[-1]) == (first, last)
    index.run(SORT, name)
    downward = column(index, at)
    assert (downward[0], downward[-1]) == (last, first)
    sorted_by = "return [...document.querySelectorAll('[aria-sort]')].map((h) => h.ariaSort)"
    assert index.run(sorted_by) == ["descending"]


def test_the_keyboard_alone_finds_sorts_and_opens(index: Browser) -> None:
    index.press("Tab")
    assert index.run(FOCUSED) == "跳到正文"
    index.press("Enter", "Tab")
    assert index.run(FOCUSED) == "words"
    index.press(*"1号", "Tab", "Tab", "Tab")
    assert index.run(FOCUSED) == "reset"
    assert column(index, 0) == ["1", "11", "21", "31"]
    index.press("Tab", "Enter", "Enter")
    assert column(index, 0) == ["31", "21", "11", "1"]
    assert index.run(FOCUSED) == "序号"
    outline = "return getComputedStyle(document.activeElement).outlineStyle"
    assert index.run(outline) == "solid"
    index.press(*["Tab"] * 10)
    assert index.run(FOCUSED) == "\uff21\uff22\uff23平台第31号"
    index.press("Enter")
    assert index.run("return document.querySelector('h1').textContent").endswith("第31号")


def test_a_language_is_changed_page_by_page(chromium: Browser, forty: Path) -> None:
    chromium.open(forty / PROJECT)
    chromium.run("document.querySelector('nav [hreflang=en]').click();")
    assert chromium.run("return [document.documentElement.lang, document.title]") == [
        "en", "设备维护第5号 · Self-evaluation of budget projects, 2024"
    ]  # fmt: skip
    chromium.run("document.querySelector('nav [hreflang=zh-CN]').click();")
    assert chromium.run("return document.documentElement.lang") == "zh-CN"


def test_without_scripts_the_index_is_a_plain_table(chromium: Browser, forty: Path) -> None:
    chromium.size(1440)
    chromium.scripts(on=False)
    try:
        chromium.open(forty / "index.html")
        assert len(column(chromium, 0)) == 40
        offered = "return [...document.querySelectorAll('button, input, select')]"
        assert chromium.run(f"{offered}.filter((each) => each.checkVisibility()).length") == 0
        assert chromium.run("return document.querySelector('thead .c-score').textContent") == "总分"
    finally:
        chromium.scripts(on=True)


@pytest.mark.parametrize("width", [320, 360, 768, 1440])
@pytest.mark.parametrize("page", PAGES)
def test_no_page_scrolls_sideways(
    chromium: Browser, forty: Path, page: str, width: int
) -> None:  # fmt: skip
    chromium.size(width)
    chromium.open(forty / page)
    assert chromium.run("return document.documentElement.scrollWidth") <= width


TORN: Final = """
const cells = document.querySelectorAll(".indicators td[headers^=h-target], td[headers^=h-actual]");
return [...cells].filter((cell) => {
  const figure = /[0-9.]+/.exec(cell.textContent);
  if (!figure) return false;
  const range = document.createRange();
  range.setStart(cell.firstChild, figure.index);
  range.setEnd(cell.firstChild, figure.index + figure[0].length);
  return range.getClientRects().length > 1;
}).map((cell) => cell.textContent);
"""


@pytest.mark.parametrize("width", [360, 980, 1100, 1440])
def test_no_figure_is_torn(chromium: Browser, forty: Path, width: int) -> None:
    chromium.size(width)
    chromium.open(forty / PROJECT)
    # As with long reasons, which leave the figures no more room than they ask for.
    long = "for (const each of document.querySelectorAll('td.remarks')) each.textContent = "
    chromium.run(f"{long}'因场馆检修少开放了十天，下一步每月安排一次夜间检修。'.repeat(9);")
    chromium.run("for (const each of document.querySelectorAll('td[headers^=h-target]'))"
                 " each.textContent = '≥12345.00(人次)';")  # fmt: skip
    assert chromium.run(TORN) == []


def test_a_phone_sorts_too(chromium: Browser, forty: Path) -> None:
    chromium.size(360)
    chromium.open(forty / "index.html")
    chromium.run(SORT, "score")
    assert column(chromium, 0)[:2] == ["40", "39"]
    seen = "return document.querySelector('thead .c-score button').checkVisibility()"
    assert chromium.run(seen)


@pytest.mark.parametrize("page", PAGES)
def test_paper_is_light_and_shows_nothing_to_press(
    chromium: Browser, forty: Path, page: str
) -> None:
    chromium.size(1440)
    chromium.open(forty / page)
    chromium.tell(
        "Emulation.setEmulatedMedia",
        media="print", features=[{"name": "prefers-color-scheme", "value": "dark"}],
    )  # fmt: skip
    try:
        paper = "return getComputedStyle(document.body).backgroundColor"
        assert chromium.run(paper) == "rgb(255, 255, 255)"
        pressed = "return [...document.querySelectorAll('nav, input, select, .back, #reset')]"
        assert chromium.run(f"{pressed}.filter((each) => each.checkVisibility()).length") == 0
        rows = "return [...document.querySelectorAll('.stack tbody tr')]"
        assert chromium.run(f"{rows}.every((r) => getComputedStyle(r).display == 'table-row')")
    finally:
        chromium.tell("Emulation.setEmulatedMedia", media="", features=[])


def axe() -> str:
    """Return axe-core, which a package carries that is not imported."""
    carrier = distribution("axe-playwright-python")
    return Path(str(carrier.locate_file("axe_playwright_python/axe.min.js"))).read_text("utf-8")


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("width", [360, 1440])
@pytest.mark.parametrize("page", PAGES)
def test_axe_finds_nothing(
    chromium: Browser, forty: Path, page: str, width: int, *, dark: bool
) -> None:
    chromium.size(width)
    chromium.dark(on=dark)
    chromium.open(forty / page)
    paper = chromium.run("return getComputedStyle(document.body).backgroundColor")
    assert (paper == "rgb(255, 255, 255)") is not dark
    chromium.run(axe())
    tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
    found = chromium.run("return axe.run(document, {runOnly: arguments[0]});", tags)
    assert len(found["passes"]) > 15
    assert [(each["id"], each["nodes"][0]["html"]) for each in found["violations"]] == []


def test_axe_finds_what_is_wrong(index: Browser) -> None:
    index.run("document.querySelector('main').append(document.createElement('button'));")
    index.run(axe())
    found = index.run("return axe.run(document);")
    assert [each["id"] for each in found["violations"]] == ["button-name"]


@pytest.mark.parametrize("page", PAGES)
def test_a_page_breaks_no_rule_of_its_own_and_asks_for_nothing(
    chromium: Browser, forty: Path, page: str
) -> None:
    chromium.log()
    chromium.open(forty / page)
    assert chromium.log() == []
    assert chromium.run("return performance.getEntriesByType('resource').map((r) => r.name)") == []


@pytest.mark.parametrize("page", ["index.html", "summary.html", "projects/01-publicity.html"])
@pytest.mark.parametrize("folder", ["", "en/"])
def test_every_link_leads_to_a_file(
    chromium: Browser, six: Path, folder: str, page: str
) -> None:  # fmt: skip
    chromium.open(six / "site" / folder / page)
    links = chromium.run(
        "return [...document.links].map((a) => decodeURIComponent(a.href.split('#')[0]))"
    )
    files = {Path(link.removeprefix("file://")) for link in links}
    assert len(files) > 4
    assert [file for file in files if not file.is_file()] == []
    assert [file for file in files if six not in file.parents] == []
