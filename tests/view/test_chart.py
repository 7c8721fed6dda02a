"""A figure has a value for each category and a text for each value."""

from decimal import Decimal

import pytest

from perfeval_docs.view import ChartView, SeriesView

ONE = SeriesView(name="项目数", values=(Decimal(1),), texts=("1",))


def test_a_series_has_a_text_for_each_value() -> None:
    with pytest.raises(ValueError, match="1 values and 2 texts"):
        SeriesView(name="项目数", values=(Decimal(1),), texts=("1", "2"))


def test_each_series_has_a_value_for_each_category() -> None:
    with pytest.raises(ValueError, match="2 categories and 1 values"):
        ChartView(
            name="grades", title="评分等级分布", categories=("优", "良"), series=(ONE,),
            direction="columns", alternative="优 1 个。",
        )  # fmt: skip
