"""Compose what is printed, as strings: already rounded, labelled and worded."""

from perfeval_docs.view.chart import ChartView, SeriesView
from perfeval_docs.view.form import (
    FormView,
    FundsRowView,
    GoalView,
    IndicatorView,
    Level1View,
    Level2View,
    compose,
)

__all__ = [
    "ChartView",
    "FormView",
    "FundsRowView",
    "GoalView",
    "IndicatorView",
    "Level1View",
    "Level2View",
    "SeriesView",
    "compose",
]
