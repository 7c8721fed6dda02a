"""The arithmetic of a record: rates, scores, totals and the grade, in exact decimals."""

from perfeval_docs.scoring.assess import assess
from perfeval_docs.scoring.execution import assess_funds_row, execution_score
from perfeval_docs.scoring.indicators import assess_indicator
from perfeval_docs.scoring.model import (
    Assessment,
    Attainment,
    Figure,
    FundsRowAssessment,
    IndicatorAssessment,
    Level1Assessment,
    Level2Assessment,
)

__all__ = [
    "Assessment",
    "Attainment",
    "Figure",
    "FundsRowAssessment",
    "IndicatorAssessment",
    "Level1Assessment",
    "Level2Assessment",
    "assess",
    "assess_funds_row",
    "assess_indicator",
    "execution_score",
]
