"""What the fields of a record are read from: amounts, points, years, dates, lines, paragraphs."""

from __future__ import annotations

import re
import unicodedata
from contextlib import suppress
from datetime import date
from decimal import Decimal
from types import MappingProxyType
from typing import Annotated, Final

from pydantic import BeforeValidator, WithJsonSchema

from perfeval_docs.diagnostic import Message, msg
from perfeval_docs.figures import format_figure, parse_figure
from perfeval_docs.source import refusal

MAX_LINE: Final = 2_000
MAX_PARAGRAPHS: Final = 100_000
PLACES: Final = 2
FIRST_YEAR: Final = 2000
LAST_YEAR: Final = 2099

_NUMBER_PATTERN: Final = rf"^[0-9]{{1,15}}(\.[0-9]{{1,{PLACES}}})?$"
_COUNT_PATTERN: Final = r"^[0-9]{1,9}$"
_DATE_PATTERN: Final = r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$"
_YEAR_PATTERN: Final = r"^20[0-9]{2}$"
_GROUPED: Final = re.compile(r"[+-]?[0-9]{1,3}(?:[,，'\s][0-9]{3})+(?:\.[0-9]+)?")
_FIGURE: Final = r"[+-]?[0-9]{1,15}(?:\.[0-9]{1,10})?"
_WITH_UNIT: Final = re.compile(
    rf"(?P<number>{_FIGURE})\s*(?P<unit>[^\W\d_]+|[%‰¥])|¥\s*(?P<yuan>{_FIGURE})"
)
_NONE: Final = frozenset({"-", "--", "—", "——", "－", "–", "/", "\\", "无", "没有", "N/A", "n/a"})
# How many 万元, the unit of a record's amounts, one of each is.
_IN_WAN: Final = MappingProxyType(
    {
        "元": Decimal("0.0001"), "块": Decimal("0.0001"), "千元": Decimal("0.1"),
        "万元": Decimal(1), "万": Decimal(1),
        "百万元": Decimal(100), "百万": Decimal(100), "千万元": Decimal(1000),
        "千万": Decimal(1000), "亿元": Decimal(10_000), "亿": Decimal(10_000),
    }
)  # fmt: skip
_WHOLE: Final = re.compile("[整正]$|^人民币|人民币$")  # as cheques have it: 1000元整
_ALONE: Final = frozenset({"分", "%", "‰", "个", "项"})  # units of points, rates and counts
_DATE_IN_WORDS: Final = re.compile(r"(\d{4})\s*[年./-]\s*(\d{1,2})\s*[月./-]\s*(\d{1,2})\s*日?")


def read_number(value: object) -> object:
    """Read an amount or points: digits, and at most two decimals; never below zero."""
    if not isinstance(value, str):
        return value
    text = value.strip()
    figure = parse_figure(text)
    if figure is None:
        raise _no_number(text)
    exponent = figure.as_tuple().exponent
    if isinstance(exponent, int) and -exponent > PLACES:
        raise refusal(
            "number-too-many-decimals",
            msg("{text} has more than {places} decimals", text=text, places=str(PLACES)),
            msg(
                "write it as the form prints it, such as {example}",
                example=format_figure(figure, PLACES),
            ),
        )
    if figure < 0:
        raise refusal(
            "number-out-of-range",
            msg("{text} is below zero", text=text),
            msg("write 0 or a figure above it"),
        )
    return figure


def _no_number(text: str) -> Exception:
    """Return the refusal of a text that is no figure, by what a person is likely to have meant."""
    narrowed = unicodedata.normalize("NFKC", text)
    is_wide = all(unicodedata.decomposition(c)[:6] == "<wide>" for c in text if not c.isascii())
    if narrowed != text and is_wide and parse_figure(narrowed) is not None:
        return refusal(
            "number-full-width",
            msg("{text} has full-width digits or signs", text=text),
            msg("write {example}", example=narrowed),
        )
    if _GROUPED.fullmatch(text):
        return refusal(
            "number-thousands-separator",
            msg("{text} is divided into thousands", text=text),
            msg("write {example}", example=re.sub(r"[,，'\s]", "", text)),
        )
    if found := _WITH_UNIT.fullmatch(narrowed):
        figure, unit = found["number"] or found["yuan"], found["unit"] or ""
        return refusal(
            "number-with-unit",
            msg("{text} has a unit", text=_shortened(text)),
            _without_unit(Decimal(figure), figure, unit, _shortened(text)),
        )
    if text in _NONE:
        way_out = msg("where there is none, write 0.00")
    else:
        way_out = msg(
            "write digits, and at most {places} decimals, such as 29.60", places=str(PLACES)
        )
    return refusal(
        "number-malformed", msg("{text} is not a figure", text=_shortened(text)), way_out
    )


def _without_unit(figure: Decimal, typed: str, unit: str, text: str) -> Message:
    """Return the way out for a figure with a unit: for an amount, what it comes to in 万元."""
    unit = _WHOLE.sub("", unit).replace("圆", "元")
    if _IN_WAN.get(unit, 1) != 1:
        amount = format_figure(figure * _IN_WAN[unit], PLACES)
        return msg("{text} is {amount} 万元: write {amount}", text=text, amount=amount)
    if unit in _ALONE:
        return msg("write the figure alone, {example}", example=typed)
    if unit in _IN_WAN or not unit:
        return msg("write the figure alone, {example}; amounts are in 万元", example=typed)
    return msg("write a figure alone; amounts are in 万元")


def read_count(value: object) -> object:
    """Read how many: digits, no decimals."""
    if not isinstance(value, str):
        return value
    text = value.strip()
    if re.fullmatch(_COUNT_PATTERN, text, re.ASCII):
        return int(text)
    if parse_figure(text) is None:
        raise _no_number(text)
    raise refusal(
        "number-malformed",
        msg("{text} is no whole number", text=text),
        msg("write how many there are, such as 39"),
    )


def read_year(value: object) -> object:
    """Read a fiscal year: four digits."""
    if not isinstance(value, str):
        return value
    text = value.strip()
    if text.isascii() and text.isdigit() and FIRST_YEAR <= int(text[:5]) <= LAST_YEAR:
        return int(text)
    narrowed = unicodedata.normalize("NFKC", text).removesuffix("年度").removesuffix("年")
    example = narrowed if re.fullmatch(r"20\d\d", narrowed) else "2024"
    raise refusal(
        "year-malformed",
        msg(
            "{text} is not a year from {first} to {last}",
            text=_shortened(text),
            first=str(FIRST_YEAR),
            last=str(LAST_YEAR),
        ),
        msg("write four digits, such as {example}", example=example),
    )


def read_date(value: object) -> object:
    """Read a date: `2025-06-30`."""
    if not isinstance(value, str):
        return value
    text = value.strip()
    if re.fullmatch(_DATE_PATTERN, text, re.ASCII):
        try:
            return date.fromisoformat(text)
        except ValueError:
            raise refusal(
                "date-malformed",
                msg("{text} is not a day of the calendar", text=text),
                msg("look at the month and the day"),
            ) from None
    example = "2025-06-30"
    if found := _DATE_IN_WORDS.fullmatch(unicodedata.normalize("NFKC", text)):
        year, month, day = (int(part) for part in found.groups())
        with suppress(ValueError):
            example = date(year, month, day).isoformat()
    raise refusal(
        "date-malformed",
        msg("{text} is not a date", text=_shortened(text)),
        msg("write year, month and day with hyphens, such as {example}", example=example),
    )


def read_line(value: object) -> object:
    """Read a text that stands in one line."""
    if not isinstance(value, str):
        return value
    text = value.strip()
    if len(text.splitlines()) > 1:
        raise refusal(
            "text-of-several-lines",
            msg("the text has several lines, and is printed in one"),
            msg("write it in one line"),
        )
    return _limited(text, MAX_LINE)


def read_paragraphs(value: object) -> object:
    """Read a text of which every line is a paragraph."""
    return _limited(value.strip(), MAX_PARAGRAPHS) if isinstance(value, str) else value


def _limited(text: str, limit: int) -> str:
    if len(text) > limit:
        raise refusal(
            "text-above-limit",
            msg(
                "a text of {length} characters; at most {limit} can stand here",
                length=str(len(text)),
                limit=str(limit),
            ),
            msg("shorten it"),
        )
    return text


def _shortened(text: str) -> str:
    most = 40
    return text if len(text) <= most else text[: most - 1] + "…"


def _figure_schema(kind: str, pattern: str) -> WithJsonSchema:
    """Tell editors that a figure may stand bare or as a text."""
    return WithJsonSchema(
        {"anyOf": [{"type": kind, "minimum": 0}, {"type": "string", "pattern": pattern}]}
    )


def _text_schema(limit: int) -> WithJsonSchema:
    """Tell editors that any scalar is a text: YAML takes `100` for a number."""
    return WithJsonSchema({"type": ["string", "number", "boolean"], "maxLength": limit})


Number = Annotated[Decimal, BeforeValidator(read_number), _figure_schema("number", _NUMBER_PATTERN)]
Count = Annotated[int, BeforeValidator(read_count), _figure_schema("integer", _COUNT_PATTERN)]
Year = Annotated[int, BeforeValidator(read_year), _figure_schema("integer", _YEAR_PATTERN)]
Date = Annotated[
    date, BeforeValidator(read_date), WithJsonSchema({"type": "string", "pattern": _DATE_PATTERN})
]
Line = Annotated[str, BeforeValidator(read_line), _text_schema(MAX_LINE)]
Paragraphs = Annotated[str, BeforeValidator(read_paragraphs), _text_schema(MAX_PARAGRAPHS)]
