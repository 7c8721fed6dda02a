"""The SVG of a figure is plain and harmless, in a file and within a web page."""

import re
from collections import Counter

from lxml import etree

from perfeval_docs.charts import render_chart
from perfeval_docs.view import ChartView
from tests.charts.samples import HREF, SVG, chart, completion, grades, series

KNOWN = {"svg", "title", "desc", "g", "defs", "path", "use", "pattern", "rect"}


def elements(view: ChartView) -> list[etree._Element]:
    found = list(etree.fromstring(render_chart(view).svg).iter())
    assert len(found) > 20
    return found


def test_it_has_no_doctype_and_no_instruction() -> None:
    svg = render_chart(completion()).svg
    assert svg.startswith(b"<svg ")
    assert b"<!" not in svg
    assert b"<?" not in svg


def test_it_is_made_of_shapes_alone() -> None:
    found = elements(completion())
    assert {str(element.tag).removeprefix(SVG) for element in found} == KNOWN
    assert not any(str(key).startswith("on") for element in found for key in element.attrib)


def test_it_refers_to_nothing_but_itself() -> None:
    found = elements(completion())
    names = {element.get("id") for element in found}
    links = {str(element.get(HREF)) for element in found if element.get(HREF)}
    values = " ".join(str(value) for element in found for value in element.attrib.values())
    links |= set(re.findall(r"url\((.*?)\)", values))
    assert len(links) > 20
    assert {link[0] for link in links} == {"#"}
    assert {link[1:] for link in links} == names - {None, "chart-level2-title", "chart-level2-desc"}
    assert "http" not in values
    assert b"@import" not in render_chart(completion()).svg


def test_figures_of_one_page_have_no_id_in_common() -> None:
    names = [
        name
        for view in (grades(), completion())
        for element in elements(view)
        if (name := element.get("id"))
    ]
    assert len(names) > 20
    assert [name for name, times in Counter(names).items() if times > 1] == []


def test_it_is_an_image_with_a_name_and_a_description() -> None:
    root, title, desc = elements(grades())[:3]
    assert root.get("role") == "img"
    assert root.get("aria-labelledby") == f"{title.get('id')} {desc.get('id')}"
    assert (title.tag, title.text) == (f"{SVG}title", "评分等级分布")
    assert (desc.tag, desc.text) == (f"{SVG}desc", "优 28 个，良 9 个，中 2 个，差 0 个。")


def test_a_name_that_is_no_id_and_words_that_are_no_xml_are_made_so() -> None:
    view = ChartView(
        name="图 1/a.b", title="a\x01<b>&", categories=("甲",), series=(series((1,)),),
        direction="rows", alternative="\ud800",
    )  # fmt: skip
    _, title, desc = elements(view)[:3]
    assert title.get("id") == "chart--1-a-b-title"
    assert (title.text, desc.text) == ("a\ufffd<b>&", "\ufffd")


def test_nothing_in_it_tells_the_time_or_a_version() -> None:
    svg = render_chart(chart(("甲",), series((1,)))).svg
    assert re.search(rb"20\d\d-|atplotlib|3\.\d+\.\d+(?!\d)", svg) is None
