"""What a finance bureau decrees: wordings, points, rounding, grades; each with its basis."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from itertools import pairwise
from typing import Annotated, Generic, Literal, Self, TypeVar

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StringConstraints,
    model_validator,
)

from perfeval_docs.diagnostic import msg
from perfeval_docs.figures import parse_figure
from perfeval_docs.source import Path as Steps
from perfeval_docs.source import refusal

UNVERIFIED = "unverified"
_YEAR_MARK = "{year}"


def _figure(value: object) -> object:
    if isinstance(value, str):
        figure = parse_figure(value)
        if figure is None:
            raise refusal(
                "number-malformed",
                msg("{text} is not a figure", text=value[:40]),
                msg("write digits and decimals, such as 10 or 92.50"),
            )
        return figure
    return value


Value = TypeVar("Value")
Words = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200)]
Points = Annotated[Decimal, BeforeValidator(_figure), Field(ge=0, le=1000)]
Percent = Annotated[Decimal, BeforeValidator(_figure), Field(ge=0, le=100)]
Places = Annotated[int, Field(ge=0, le=6)]


class Shape(BaseModel):
    """What all shapes share: frozen, no unknown keys."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Decree(Shape, Generic[Value]):
    """One thing decreed, and what it rests on; `unverified` where no source was read."""

    value: Value
    basis: Words

    @property
    def unverified(self) -> bool:
        """Tell whether any of it rests on nothing that was read."""
        return UNVERIFIED in self.basis


class FundsLabels(Shape):
    """The labels of the four funds rows, as printed."""

    total: Words
    appropriation: Words
    carryover: Words
    other_funds: Words


class Rounding(Shape):
    """How a computed figure is rounded: decimals, and half-up or cut off (`down`)."""

    places: Places
    rounding: Literal["half_up", "down"]


class GradeBand(Shape):
    """A grade and the lowest total score, in points, that earns it."""

    name: Words
    at_least: Points


class QualitativeBand(Shape):
    """Words by which a unit judges a qualitative indicator, and the share of its points they allow.

    `lowest` and `highest` are percent of the points, both included. A band that is `met`
    scores full points; in the others the unit chooses, so it must declare the score.
    """

    words: Annotated[tuple[Words, ...], Field(min_length=1)]
    attainment: Literal["met", "partly", "unmet"]
    lowest: Percent
    highest: Percent

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.lowest > self.highest:
            raise refusal(
                "value-refused",
                msg(
                    "lowest {lowest} is above highest {highest}",
                    lowest=str(self.lowest),
                    highest=str(self.highest),
                ),
                msg("exchange them"),
                at=(("lowest",), ("highest",)),
            )
        return self


class Limits(Shape):
    """From where on a rule speaks: percent, points or characters; each a decree of its own.

    `far_over` and `too_low` are attainment rates; `low_execution`,
    `low_execution_of_full_outputs` execution rates; `adjustment` the change of the budget,
    all in percent. `points_of_one` may not be passed by one indicator,
    `points_of_one_in_words` not be reached by one without a number; `year_full_marks` is the
    share of a year's projects, in percent, that may not all have full points.
    """

    far_over: Decree[Points]
    too_low: Decree[Points]
    low_execution: Decree[Percent]
    low_execution_of_full_outputs: Decree[Percent]
    adjustment: Decree[Percent]
    points_of_one: Decree[Points]
    points_of_one_in_words: Decree[Points]
    year_full_marks: Decree[Percent]
    reason_characters: Decree[Annotated[int, Field(ge=0, le=200)]]


def _year_line(year_line: str) -> str:
    if year_line.count(_YEAR_MARK) != 1 or set(year_line.replace(_YEAR_MARK, "")) & set("{}"):
        raise refusal(
            "value-refused",
            msg("year_line must hold {mark} once, and no other brace", mark=_YEAR_MARK),
            msg("write it as ({mark}年度), with the words that your form prints", mark=_YEAR_MARK),
        )
    return year_line


def _grades(bands: tuple[GradeBand, ...]) -> tuple[GradeBand, ...]:
    for number, (above, below) in enumerate(pairwise(bands), 1):
        if below.at_least >= above.at_least:
            raise refusal(
                "value-refused",
                msg(
                    "{below} ({lower}) stands after {above} ({higher})",
                    below=below.name,
                    lower=str(below.at_least),
                    above=above.name,
                    higher=str(above.at_least),
                ),
                msg("write grades from the best down"),
                at=((number, "at_least"), (number - 1, "at_least")),
            )
    if bands[-1].at_least != 0:
        raise refusal(
            "value-refused",
            msg(
                "the last grade, {name}, must begin at 0, not {at_least}",
                name=bands[-1].name,
                at_least=str(bands[-1].at_least),
            ),
            msg("write `at_least: 0`, or add the grade below it"),
            at=((len(bands) - 1, "at_least"),),
        )
    return bands


def _words_apart(bands: tuple[QualitativeBand, ...]) -> tuple[QualitativeBand, ...]:
    first: dict[str, Steps] = {}
    for number, band in enumerate(bands):
        for index, word in enumerate(band.words):
            here: Steps = (number, "words", index)
            if word in first:
                raise refusal(
                    "value-refused",
                    msg("{word} stands in two bands", word=word),
                    msg("keep one of the two"),
                    at=(here, first[word]),
                )
            first[word] = here
    return bands


YearLine = Annotated[Words, AfterValidator(_year_line)]
Grades = Annotated[tuple[GradeBand, ...], Field(min_length=1), AfterValidator(_grades)]
Bands = Annotated[tuple[QualitativeBand, ...], Field(min_length=1), AfterValidator(_words_apart)]


class Profile(Limits):
    """One finance bureau's form and its arithmetic.

    Amounts are in `amount_unit`, points in points; `year_line` holds `{year}`. `grades`
    run from the best to the worst, whose `at_least` is 0. `reverse_formula` scores an
    unmet reverse indicator (≤, <): `ratio` points × target ÷ actual, or `linear`
    points × (1 − (actual − target) ÷ target). `level_points` is the usual share of each
    level-1; `severities` gives a rule, by its name, another severity than its own.
    """

    name: Words
    title: Decree[Words]
    year_line: Decree[YearLine]
    funds_labels: Decree[FundsLabels]
    amount_unit: Decree[Words]
    empty_mark: Decree[Words]
    has_grade_row: Decree[bool]
    full_points: Decree[Points]
    execution_points: Decree[Points]
    money_places: Decree[Places]
    points_places: Decree[Places]
    rate_rounding: Decree[Rounding]
    score_rounding: Decree[Rounding]
    grades: Decree[Grades]
    qualitative: Decree[Bands]
    reverse_formula: Decree[Literal["ratio", "linear"]]
    level_points: Decree[Mapping[Words, Points]]
    severities: Decree[Mapping[Words, Literal["error", "warning", "info", "off"]]]

    def year_line_of(self, fiscal_year: int) -> str:
        """Return the line under the title: `(2024年度)`."""
        return self.year_line.value.replace(_YEAR_MARK, str(fiscal_year))

    def grade_of(self, total_score: Decimal) -> str:
        """Return the name of the grade that a total score earns; below 0 it is the worst."""
        bands = self.grades.value
        return next((b.name for b in bands if total_score >= b.at_least), bands[-1].name)

    def band_of(self, word: str) -> QualitativeBand | None:
        """Return the band that a qualitative word belongs to, None for any other text."""
        return next((band for band in self.qualitative.value if word in band.words), None)

    @property
    def qualitative_words(self) -> str:
        """The words by which a unit judges, as messages list them."""
        return "、".join(word for band in self.qualitative.value for word in band.words)

    @model_validator(mode="after")
    def _holds_together(self) -> Self:
        execution, full = self.execution_points.value, self.full_points.value
        if execution > full:
            raise refusal(
                "value-refused",
                msg(
                    "execution_points {execution} are above full_points {full}",
                    execution=str(execution),
                    full=str(full),
                ),
                msg("lower them"),
                at=(("execution_points", "value"), ("full_points", "value")),
            )
        printed, rounded = self.points_places.value, self.score_rounding.value.places
        if printed < rounded:
            raise refusal(
                "value-refused",
                msg(
                    "points_places {printed} are fewer than the {rounded} of score_rounding, so "
                    "that printed scores would not make the printed total",
                    printed=str(printed),
                    rounded=str(rounded),
                ),
                msg("give both the same places"),
                at=(("points_places", "value"), ("score_rounding", "value", "places")),
            )
        return self
