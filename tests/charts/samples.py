"""Charts for tests, what they look like as text, and a digest that a process can print."""

import hashlib
from collections.abc import Sequence
from decimal import Decimal
from functools import cache
from typing import Literal

import pylopdf_fonts_zh_cn
from fontTools.ttLib import TTFont
from lxml import etree

from perfeval_docs.charts import render_chart
from perfeval_docs.view import ChartView, SeriesView

SVG = "{http://www.w3.org/2000/svg}"
HREF = "{http://www.w3.org/1999/xlink}href"
GRADES = ("优（90～100分）", "良（80～90分）", "中（60～80分）", "差（60分以下）")
LEVEL2 = ("数量指标", "质量指标", "时效指标", "成本指标", "经济效益", "社会效益", "可持续影响")


def series(values: Sequence[float | str], name: str = "项目数", text: str = "{}") -> SeriesView:
    return SeriesView(
        name=name,
        values=tuple(Decimal(str(value)) for value in values),
        texts=tuple(text.format(value) for value in values),
    )


def chart(
    categories: Sequence[str],
    *of: SeriesView,
    direction: Literal["columns", "rows"] = "columns",
    name: str = "grades",
) -> ChartView:
    return ChartView(
        name=name, title="评分等级分布", categories=tuple(categories), series=of,
        direction=direction, alternative="优 28 个，良 9 个，中 2 个，差 0 个。",
    )  # fmt: skip


def grades() -> ChartView:
    return chart(GRADES, series((28, 9, 2, 0), text="{} 个"))


def completion() -> ChartView:
    return chart(
        LEVEL2,
        series((34, 12, 20, 9, 8, 15, 11), name="设定指标"),
        series((33, 12, 15, 9, 7, 13, 0), name="完成指标"),
        direction="rows",
        name="level2",
    )


def digest() -> str:
    """Return what depends on each byte of two figures."""
    charts = [render_chart(each) for each in (grades(), completion())]
    return hashlib.sha256(b"".join(each.svg + each.png for each in charts)).hexdigest()


@cache
def _font() -> TTFont:
    return TTFont(pylopdf_fonts_zh_cn.sans_path(), lazy=True)


def spelled(svg: bytes) -> list[tuple[int, ...]]:
    """Return the numbers of the glyphs of each line of text, in the order of drawing."""
    root = etree.fromstring(svg)
    found = []
    for group in root.iter(f"{SVG}g"):
        used = [str(use.get(HREF)) for use in group.findall(f"{SVG}use")]
        if used:
            found.append(tuple(int(name.rpartition("-")[2], 16) for name in used))
    return found


def glyphs(text: str) -> tuple[int, ...]:
    """Return the numbers of a text's glyphs in the font of figures."""
    names, number = _font().getBestCmap(), _font().getGlyphID
    return tuple(number(names[ord(char)]) for char in text)
