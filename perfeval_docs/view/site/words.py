"""The words of the pages themselves, in both languages; what the records say stays Chinese."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType
from typing import Final

from perfeval_docs.diagnostic import Message, msg

Translate = Callable[[str], str]

WORDS: Final[Mapping[str, Message]] = MappingProxyType(
    {
        "skip": msg("Skip to the content"),
        "pages": msg("Pages"),
        "index": msg("Projects"),
        "summary": msg("Annual summary"),
        "search": msg("Search projects and units"),
        "narrow": msg("Find projects"),
        "unit": msg("Implementing unit"),
        "grade": msg("Grade"),
        "all_units": msg("All units"),
        "all_grades": msg("All grades"),
        "reset": msg("Show all"),
        "shown": msg("{shown} of {all} projects shown", shown="{shown}", all="{all}"),
        "nothing": msg("No project matches; change the words, the unit or the grade."),
        "sort_by": msg("Sort by"),
        "table": msg("Projects and their results"),
        "documents": msg("Documents"),
        "totals": msg("The year in figures"),
        "charts": msg("At a glance"),
        "form": msg("Self-evaluation form"),
        "facts": msg("Result"),
        "goals": msg("Annual goal"),
        "expected": msg("Expected"),
        "achieved": msg("Achieved"),
        "indicators": msg("Indicators: targets and what was achieved"),
        "level1": msg("Level 1"),
        "level2": msg("Level 2"),
        "indicator": msg("Indicator"),
        "target": msg("Target"),
        "actual": msg("Achieved value"),
        "points": msg("Points"),
        "score": msg("Score"),
        "attainment": msg("Target met?"),
        "remarks": msg("Reasons for deviation and improvements"),
        "total": msg("Total"),
        "word_file": msg("Word file of this form"),
        "pdf_file": msg("PDF file of this form"),
        "back": msg("Back to all projects"),
        "tables": msg("All figures"),
        "files": msg("The summary as documents"),
    }
)

ATTAINMENTS: Final[Mapping[str, tuple[str, Message]]] = MappingProxyType(
    {
        "met": ("✓", msg("Met")),
        "partly": ("△", msg("Partly met")),
        "unmet": ("✗", msg("Not met")),
        "undetermined": ("–", msg("Not determined")),
    }
)
"""The sign and the word for each way that a target can end."""

FILES: Final[Mapping[str, Message]] = MappingProxyType(
    {
        "summary.docx": msg("Annual summary, Word"),
        "summary.pdf": msg("Annual summary, PDF"),
        "summary.xlsx": msg("Figures of the year, Excel"),
        "final-accounts-paragraph.docx": msg("Paragraph for the final accounts, Word"),
        "final-accounts-paragraph.txt": msg("Paragraph for the final accounts, plain text"),
    }
)

FUNDS: Final = (
    msg("Total funds of the year"),
    msg("Appropriation of the year"),
    msg("Carried over from last year"),
    msg("Other funds"),
)


def volume_labels(volumes: Sequence[tuple[str, str]]) -> dict[str, Message]:
    """Return what the volumes of forms, Word and PDF, are called, by their names."""
    labels = {}
    for number, (word, pdf) in enumerate(volumes, 1):
        labels[word] = msg("Forms, volume {number}, Word", number=str(number))
        labels[pdf] = msg("Forms, volume {number}, PDF", number=str(number))
    return labels


def amount_unit(unit: str, translate: Translate) -> str:
    """Return the unit of amounts, explained to those who do not read it."""
    return msg("10,000 yuan (万元)").translated(translate) if unit == "万元" else unit
