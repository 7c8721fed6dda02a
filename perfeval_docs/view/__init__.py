"""Compose what is printed, as strings: already rounded, labelled and worded."""

from perfeval_docs.view.chart import ChartView, SeriesView
from perfeval_docs.view.charting import compose_charts
from perfeval_docs.view.form import (
    FormView,
    FundsRowView,
    GoalView,
    IndicatorView,
    Level1View,
    Level2View,
    compose,
)
from perfeval_docs.view.summarising import compose_summary, department
from perfeval_docs.view.summary import SummaryView
from perfeval_docs.view.volume import VolumeView, compose_volumes

__all__ = [
    "ChartView",
    "FormView",
    "FundsRowView",
    "GoalView",
    "IndicatorView",
    "Level1View",
    "Level2View",
    "SeriesView",
    "SummaryView",
    "VolumeView",
    "compose",
    "compose_charts",
    "compose_summary",
    "compose_volumes",
    "department",
]
