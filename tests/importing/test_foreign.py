"""Forms of other layouts: each cell in the record or in the list, and nothing invented."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from perfeval_docs.importing import Imported, import_forms
from perfeval_docs.source import read_source
from perfeval_docs.source.nodes import Mapping, Node, Scalar, Sequence
from tests.importing.foreign import KINDS, LAYOUTS, TITLE, C
from tests.importing.meaning import ROOT

Bring = Callable[[str, str], Imported]
OTHERS = ("xls", "pdf", "web.pdf")
"""What only other programs make: LibreOffice, and Chromium of a web page."""
ALL = (*KINDS, *(pytest.param(kind, marks=pytest.mark.debian) for kind in OTHERS))


@pytest.fixture
def bring(request: pytest.FixtureRequest) -> Bring:
    """Return what imports a layout as a kind of file."""

    def brought(layout: str, kind: str) -> Imported:
        if kind in OTHERS:
            folder: Path = request.getfixturevalue("printed")
            data = (folder / f"{layout}.{kind}").read_bytes()
        else:
            data = KINDS[kind](LAYOUTS[layout])
        (form,) = import_forms(data, f"x.{kind}", profile="national", names="en")
        return form

    return brought


def values(node: Node | None) -> list[str]:
    match node:
        case Scalar():
            return [node.value.strip()]
        case Mapping():
            return [t for e in node.entries for t in (e.key.value, *values(e.value))]
        case Sequence():
            return [text for item in node.items for text in values(item)]
    return []


def texts(form: Imported) -> list[str]:
    source = read_source(form.text.encode(), "x.yaml")
    assert source.diagnostics == ()
    return values(source.root)


def squeezed(text: str) -> str:
    return "".join(text.split())


@pytest.mark.parametrize("kind", ALL)
@pytest.mark.parametrize("layout", LAYOUTS)
def test_each_value_is_in_the_record_or_in_the_list(layout: str, kind: str, bring: Bring) -> None:
    form = bring(layout, kind)
    said = {squeezed(text) for text in texts(form)}
    listed = {squeezed(each.text) for each in form.unplaced}
    cells: list[C] = [cell for row in LAYOUTS[layout] for cell in row if cell.means]
    assert len(cells) > 10
    kept = said | listed
    lost = [c.text for c in cells if kept.isdisjoint({squeezed(c.means), squeezed(c.text)})]
    assert lost == []


@pytest.mark.parametrize("kind", ALL)
@pytest.mark.parametrize("layout", LAYOUTS)
def test_no_figure_is_invented(layout: str, kind: str, bring: Bring) -> None:
    form = bring(layout, kind)
    body = re.sub(r"#.*", "", form.text)
    source = TITLE + " ".join(f"{c.text} {c.means}" for row in LAYOUTS[layout] for c in row)
    known = set(re.findall(r"\d+(?:\.\d+)?", source)) | {"0", "0.00"}
    assert [n for n in re.findall(r"\d+(?:\.\d+)?", body) if n not in known] == []
    assert form.year == "2024"


@pytest.mark.parametrize("kind", ALL[1:])
@pytest.mark.parametrize("layout", LAYOUTS)
def test_all_kinds_say_what_word_says(layout: str, kind: str, bring: Bring) -> None:
    assert texts(bring(layout, kind)) == texts(bring(layout, "docx"))


def test_a_table_in_a_cell_and_a_form_over_two_tables() -> None:
    head = "<tr><td>项目名称</td><td colspan=3>甲</td></tr>"
    rows = (
        "<tr><td>一级指标</td><td>二级指标</td><td>三级指标</td><td>指标值</td><td>完成值</td><td>分值</td>"
        "<td>得分</td></tr><tr><td>产出指标</td><td>数量指标</td><td>乙</td><td>≥1(个)</td><td>1(个)</td>"
        "<td>9</td><td>9</td></tr>"
    )
    nested = f"<table>{head}<tr><td><table>{rows}</table></td></tr></table>"
    apart = f"<table>{head}</table><p>续表</p><table>{rows}</table>"
    for page in (nested, apart):
        (form,) = import_forms(page.encode(), "x.html", profile="shanghai", names="en")
        assert "indicator: 乙" in form.text
        assert "points: 9" in form.text
        assert [each.text for each in form.unplaced] in ([], ["续表"])


def test_several_forms_in_one_file_each_become_a_record() -> None:
    grid = LAYOUTS["Sichuan"]
    page = KINDS["html"](grid).decode() * 3
    forms = import_forms(page.encode(), "x.html", profile="shanghai", names="en")
    assert [form.project for form in forms] == ["图书馆夜间开放"] * 3
    assert len({form.text.replace("表2 ", "表1 ").replace("表3 ", "表1 ") for form in forms}) == 1


def measured(layout: str, form: Imported) -> str:
    """Return a layout's line of the guide: its cells with a value, those placed and listed."""
    said = {squeezed(text) for text in texts(form)}
    listed = {squeezed(each.text) for each in form.unplaced}
    cells = [cell for row in LAYOUTS[layout] for cell in row if cell.means]
    placed = [cell for cell in cells if squeezed(cell.means) in said]
    left = [c for c in cells if c not in placed and listed & {squeezed(c.text), squeezed(c.means)}]
    known = {squeezed(c.means) for c in cells} | {squeezed(c.text) for c in cells}
    known |= {"2024", "national", "待填（一级指标）", "待填（二级指标）"}
    keys = set(re.findall(r"(?m)^ *-? ?(\w+):", form.text))
    right = [text for text in said if text in known]
    wrong = [text for text in said if text not in known and text not in keys and text]
    precision = len(right) / (len(right) + len(wrong))
    return (
        f"| {layout} | {len(cells)} | {len(placed)} | {len(left)} | "
        f"{len(placed) / len(cells):.0%} | {precision:.0%} |"
    )


@pytest.mark.parametrize("kind", ALL)
@pytest.mark.parametrize("layout", LAYOUTS)
def test_the_guide_tells_what_is_placed_of_each_layout(
    layout: str, kind: str, bring: Bring
) -> None:
    guide = (ROOT / "docs/guide/import.md").read_text("utf-8")
    assert measured(layout, bring(layout, kind)) in guide.splitlines()


def test_what_a_page_tore_off_a_goal_goes_on_where_a_sentence_is_open() -> None:
    head = "<tr><td>项目名称</td><td colspan=4>甲</td></tr>"
    goals = "<tr><td></td><td>预期目标</td><td></td><td>实际完成情况</td><td></td></tr>"
    texts_ = "<tr><td></td><td>一是完成。</td><td></td><td>一是完成，二是</td><td></td></tr>"
    torn = "<tr><td>也完成。</td></tr>"
    page = f"<table>{head}{goals}{texts_}{torn}</table>"
    (form,) = import_forms(page.encode(), "x.html", profile="shanghai", names="en")
    assert "achieved: 一是完成，二是也完成。" in form.text
    assert form.unplaced == ()
    whole = page.replace("二是<", "二是。<")
    (form,) = import_forms(whole.encode(), "x.html", profile="shanghai", names="en")
    assert [each.text for each in form.unplaced] == ["也完成。"]
