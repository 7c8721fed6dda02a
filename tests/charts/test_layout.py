"""Laid out, nothing touches: not texts each other, nor bars, nor the edge."""

from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from perfeval_docs.charts.columns import lay_columns
from perfeval_docs.charts.model import MIDDLE, SIZE, WIDTH, Bar, Drawing, Label, Shape
from perfeval_docs.charts.rows import lay_rows
from perfeval_docs.view import ChartView
from tests.charts.samples import GRADES, chart, completion, grades, series


def measure(text: str) -> float:
    return sum(SIZE * (0.556 if char.isascii() else 1) for char in text)


def box(shape: Shape) -> tuple[float, float, float, float]:
    """Return left, lower, right and upper edge; of a text those of its digits and letters."""
    match shape:
        case Label():
            middle, half = shape.y + MIDDLE, SIZE * 0.4
            return shape.x, middle - half, shape.x + shape.width, middle + half
        case Bar():
            return shape.x, shape.y, shape.x + shape.width, shape.y + shape.height
        case _:
            raise AssertionError(shape)


def touch(one: Shape, other: Shape, space: float = 0) -> bool:
    left, lower, right, upper = box(one)
    x1, y1, x2, y2 = box(other)
    return left < x2 + space and x1 < right + space and lower < y2 and y1 < upper


def labels(drawing: Drawing) -> list[Label]:
    return [shape for shape in drawing.shapes if isinstance(shape, Label)]


def bars(drawing: Drawing) -> list[Bar]:
    return [shape for shape in drawing.shapes if isinstance(shape, Bar)]


def check(drawing: Drawing, view: ChartView) -> None:
    texts = labels(drawing)
    # `11 11` must not read as 1111.
    assert [pair for pair in combinations(texts, 2) if touch(*pair, space=3)] == []
    assert [(t, b) for t in texts for b in bars(drawing) if touch(t, b)] == []
    shapes: list[Shape] = [*texts, *bars(drawing)]
    for shape in shapes:
        left, lower, right, upper = box(shape)
        assert 0 < left <= right < WIDTH
        assert 0 < lower <= upper < drawing.height
    printed = [label.text for label in texts]
    assert all(text in printed for each in view.series for text in each.texts)


NAMES = st.text(st.sampled_from("绩效指标项目（）、AB9 &"), max_size=60)


@st.composite
def views(draw: st.DrawFn) -> ChartView:
    kinds = draw(st.integers(1, 2))
    count = draw(st.integers(1, 40 if kinds == 1 else 22))
    places = draw(st.integers(0, 2))
    value = st.decimals(0, draw(st.sampled_from([1, 40, 100, 10**6])), places=places)
    unit = draw(st.sampled_from(["", " 个", " 个（100.00%）"]))
    of = [
        series(
            draw(st.lists(value.map(str), min_size=count, max_size=count)),
            name=draw(NAMES),
            text="{}" + unit,
        )
        for _ in range(kinds)
    ]
    return chart(draw(st.lists(NAMES, min_size=count, max_size=count)), *of)


@given(view=views())
def test_rows_of_any_chart_do_not_touch(view: ChartView) -> None:
    check(lay_rows(view, measure), view)


@given(view=views())
def test_columns_of_any_chart_do_not_touch_or_are_not_drawn(view: ChartView) -> None:
    drawing = lay_columns(view, measure)
    if drawing is not None:
        check(drawing, view)


def test_columns_of_few_categories_are_drawn() -> None:
    drawing = lay_columns(grades(), measure)
    assert drawing is not None
    check(drawing, grades())
    first, second, third = bars(drawing)
    assert first.height / second.height == 28 / 9
    assert first.height / third.height == 28 / 2
    assert first.y == second.y == third.y


def test_columns_whose_name_is_too_long_or_has_a_long_word_are_not_drawn() -> None:
    counts = series((1, 2, 3, 4))
    assert lay_columns(chart(("很长的名称" * 8, *GRADES[1:]), counts), measure) is None
    assert lay_columns(chart(("A" * 30, *GRADES[1:]), counts), measure) is None


def test_columns_whose_texts_are_too_wide_are_not_drawn() -> None:
    wide = series((1, 2, 3, 4), text="{} 个（占全部项目的四分之一）")
    assert lay_columns(chart(GRADES, wide), measure) is None
    pair = (series((1, 2, 3, 4), text="{} 个指标"), series((1, 2, 3, 4), text="{}.00 个（%）"))
    assert lay_columns(chart(GRADES, *pair), measure) is None


def test_rows_run_from_the_top_down_the_first_series_above_the_second() -> None:
    drawing = lay_rows(completion(), measure)
    plot = bars(drawing)[:-2]
    first, second = ([bar for bar in plot if bar.series == kind] for kind in (0, 1))
    assert [bar.y for bar in first] == sorted((bar.y for bar in first), reverse=True)
    assert [round(bar.width / first[0].width * 34) for bar in first] == [34, 12, 20, 9, 8, 15, 11]
    assert all(a.y > b.y for a, b in zip(first, second, strict=False))


def test_a_nought_has_a_text_and_no_bar() -> None:
    drawing = lay_rows(chart(("甲", "乙"), series((0, 0), text="{} 个")), measure)
    assert bars(drawing) == []
    assert [label.text for label in labels(drawing)].count("0 个") == 2


def test_the_legend_s_samples_are_filled_as_the_bars_are() -> None:
    drawing = lay_rows(completion(), measure)
    assert [bar.series for bar in bars(drawing)[-2:]] == [0, 1]
    assert [label.text for label in labels(drawing)[-2:]] == ["设定指标", "完成指标"]


def test_long_names_in_the_legend_stand_below_each_other() -> None:
    long = [
        series((1,), name=f"{n}完成的绩效指标数量（含超额完成与偏差较大的指标）") for n in "年月"
    ]
    drawing = lay_rows(chart(("甲",), *long), measure)
    first, second = labels(drawing)[-2:]
    assert first.y > second.y
    check(drawing, chart(("甲",), *long))


def test_rows_of_a_page_have_names_of_one_line() -> None:
    names = [f"第{n}个名称很长的项目及其配套附属设施的维修养护和运行保障经费" for n in range(40)]
    drawing = lay_rows(chart(names, series(range(40))), measure)
    shortened = [label.text for label in labels(drawing) if "…" in label.text]
    assert len(shortened) == 40
    assert shortened[7].startswith("第7个名称很长的项目")
    assert shortened[7].endswith("保障经费")


def test_marks_are_fewer_where_the_axis_is_short() -> None:
    values = series(("1000000.00", "3"), text="{} 万元（占全年预算数 100.00%）")
    view = chart(("名称很长的项目" * 5, "乙"), values)
    drawing = lay_rows(view, measure)
    check(drawing, view)
    assert [label.text for label in labels(drawing) if not label.text.strip("015")] == [
        "0",
        "1000000",
    ]


def test_names_may_be_empty() -> None:
    view = chart(("", ""), series(("0.1", "0.25")))
    check(lay_rows(view, measure), view)


def test_numbers_side_by_side_are_two_numbers() -> None:
    pair = (series(range(8, 20), name="设定"), series(range(8, 20), name="完成"))
    view = chart([f"指标{number}" for number in range(12)], *pair)
    drawing = lay_columns(view, measure)
    assert drawing is not None
    check(drawing, view)
