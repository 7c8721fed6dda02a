"""A figure: the same everywhere, readable by those who cannot see it, each text in its glyphs."""

import io
from pathlib import Path
from typing import Literal

import numpy as np
import pytest
import typst
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree
from PIL import Image

from perfeval_docs.charts import Chart, render_chart
from perfeval_docs.view import ChartView
from tests.charts.samples import GRADES, chart, completion, glyphs, grades, series, spelled


def pixels(made: Chart) -> Image.Image:
    with Image.open(io.BytesIO(made.png)) as image:
        image.load()
        return image


def test_the_same_chart_gives_the_same_bytes() -> None:
    assert render_chart(completion()) == render_chart(completion())


def test_names_texts_and_numbers_at_the_axis_are_drawn_with_their_glyphs() -> None:
    drawn = spelled(render_chart(grades()).svg)
    wanted = [*GRADES, "28 个", "9 个", "2 个", "0 个", "0", "10", "20", "30"]
    assert sorted(drawn) == sorted(map(glyphs, wanted))


def test_two_series_have_a_legend_and_one_has_none() -> None:
    assert glyphs("项目数") not in spelled(render_chart(grades()).svg)
    drawn = spelled(render_chart(completion()).svg)
    assert glyphs("设定指标") in drawn
    assert glyphs("完成指标") in drawn


def test_what_looks_like_markup_or_mathematics_is_drawn_as_typed() -> None:
    names = ("$x$", "_项目", "R&D <b>", r"\alpha")
    drawn = spelled(render_chart(chart(names, series((1, 2, 3, 4)))).svg)
    assert set(map(glyphs, names)) <= set(drawn)


def test_the_png_has_300_pixels_to_an_inch_and_says_nothing_else() -> None:
    made = render_chart(grades())
    image = pixels(made)
    assert image.mode == "L"
    assert image.size == (int(made.width * 300 / 72), int(made.height * 300 / 72))
    assert image.getpixel((0, 0)) == 0xFF
    assert image.info == {"dpi": pytest.approx((300, 300), abs=0.1)}


def test_series_differ_without_colour() -> None:
    made = render_chart(chart(("甲",), series((10,), name="设定"), series((10,), name="完成")))
    tones = np.asarray(pixels(made))
    middle = tones[tones.shape[0] // 2 : tones.shape[0] // 2 + 100]
    columns = [set(column) for column in middle.T]
    assert {0x8C} in columns
    assert any({0xFF, 0x20} <= column for column in columns)


def test_a_character_without_a_glyph_is_printed_as_a_geta_and_named() -> None:
    made = render_chart(chart(("甲😀乙😀", "א"), series((1, 2), text="{} 个😀")))
    assert made.lacking == ("😀", "א")
    assert glyphs("甲〓乙〓") in spelled(made.svg)
    assert glyphs("1 个〓") in spelled(made.svg)
    assert render_chart(grades()).lacking == ()


@pytest.mark.parametrize("view", [grades(), completion()], ids=["columns", "rows"])
def test_typst_draws_of_the_svg_what_the_png_shows(view: ChartView, tmp_path: Path) -> None:
    made = render_chart(view)
    (tmp_path / "figure.svg").write_bytes(made.svg)
    source = tmp_path / "page.typ"
    source.write_text(
        f"#set page(width: {made.width}pt, height: {made.height}pt, margin: 0pt)\n"
        '#image("figure.svg", width: 100%)\n'
    )
    page = typst.compile(source, format="png", ppi=144)
    assert isinstance(page, bytes)
    small = (221, int(made.height / 2))
    with Image.open(io.BytesIO(page)) as image:
        typeset = np.asarray(image.convert("L").resize(small, Image.Resampling.BOX), int)
    drawn = np.asarray(pixels(made).resize(small, Image.Resampling.BOX), int)
    assert drawn.std() > 20
    assert np.abs(typeset - drawn).mean() < 4
    assert np.corrcoef(typeset.ravel(), drawn.ravel())[0, 1] > 0.97


def test_columns_too_narrow_for_their_words_become_rows() -> None:
    many = chart([f"{month}月" for month in range(1, 41)], series(range(40)))
    assert render_chart(many).height > 500
    few = chart(GRADES, series((1, 2, 3, 4)))
    assert 150 < render_chart(few).height < 200


@pytest.mark.parametrize(("count", "kinds"), [(41, 1), (23, 2)])
def test_more_rows_than_a_page_holds_are_refused(count: int, kinds: int) -> None:
    def rows(count: int) -> ChartView:
        names = [f"项目{number}" * 12 for number in range(count)]
        return chart(names, *(series(range(count)),) * kinds, direction="rows")

    with pytest.raises(ValueError, match=f"{count} rows do not fit on a page"):
        render_chart(rows(count))
    assert render_chart(rows(count - 1)).height <= 600


@pytest.mark.parametrize("value", ["-1", "NaN", "Infinity"])
def test_a_bar_has_a_length(value: str) -> None:
    with pytest.raises(ValueError, match="finite number, not negative"):
        render_chart(chart(("甲",), series((value,))))


@pytest.mark.parametrize("kinds", [0, 3])
def test_there_are_one_or_two_series(kinds: int) -> None:
    with pytest.raises(ValueError, match="one or two series"):
        render_chart(chart(("甲",), *(series((1,)),) * kinds))


def test_there_is_a_category() -> None:
    with pytest.raises(ValueError, match="one category at least"):
        render_chart(chart((), series(())))


@pytest.mark.parametrize("length", [40, 60])
def test_a_text_that_leaves_no_room_for_bars_is_refused(length: int) -> None:
    with pytest.raises(ValueError, match="too long"):
        render_chart(chart(("甲",), series((1,), text="{}" + "长" * length), direction="rows"))


def views() -> st.SearchStrategy[ChartView]:
    """Return charts as an annual summary may have them, and some that it will not."""
    values = st.decimals(0, 1_000_000, places=2).map(str)
    names = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)

    @st.composite
    def draw(draw: st.DrawFn) -> ChartView:
        kinds = draw(st.integers(1, 2))
        count = draw(st.integers(1, 40 if kinds == 1 else 22))
        of = [
            series(draw(st.lists(values, min_size=count, max_size=count)), name=draw(names))
            for _ in range(kinds)
        ]
        categories = draw(st.lists(names, min_size=count, max_size=count))
        direction: Literal["columns", "rows"] = draw(st.sampled_from(["columns", "rows"]))
        return chart(categories, *of, direction=direction, name=draw(names))

    return draw()


@settings(max_examples=10)
@given(view=views())
def test_any_chart_becomes_an_svg_and_a_png_of_its_size(view: ChartView) -> None:
    made = render_chart(view)
    root = etree.fromstring(made.svg)
    assert root.get("viewBox") == f"0 0 {made.width:g} {round(made.height, 6):g}"
    assert 0 < made.height <= 600
    image = pixels(made)
    assert image.size == (int(made.width * 300 / 72), int(made.height * 300 / 72))
    assert np.asarray(image).min() < 0x40
