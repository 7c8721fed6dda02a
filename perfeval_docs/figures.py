"""Exact money, rates and points: figures read from text, rounded once, measures converted."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from types import MappingProxyType
from typing import Final, Literal

Rounding = Literal["half_up", "down"]
Comparator = Literal["≥", "≤", ">", "<", "="]

MAX_INTEGER_DIGITS: Final = 15
MAX_DECIMAL_DIGITS: Final = 10
MAX_QUANTITY_CHARACTERS: Final = 64

_FIGURE: Final = rf"[+-]?[0-9]{{1,{MAX_INTEGER_DIGITS}}}(?:\.[0-9]{{1,{MAX_DECIMAL_DIGITS}}})?"
_FIGURE_ALONE: Final = re.compile(_FIGURE)
# A measure stands in parentheses, or bare: letters of any script, perhaps joined by / or ·,
# or a lone percent sign. `3600多(人次)` and `100%完成` are words, not quantities; so are bounds,
# days and guesses: `24小时内`, `10家以上`, `12月底前`, `500余人`.
_MEASURE: Final = r"\s*(?:\((?P<enclosed>[^()]*)\)|(?P<bare>[%‰]|[^\W\d_]+(?:[/·][^\W\d_]+)*)?)"
_QUANTITY: Final = re.compile(rf"(?P<number>{_FIGURE}){_MEASURE}")
_COMPARED: Final = re.compile(rf"(?P<comparator>>=|<=|[≥≤><=])?\s*(?P<number>{_FIGURE}){_MEASURE}")
_ASCII_SPELLING: Final = str.maketrans(
    "＞＜＝（）％≧≦⩾⩽＋－．０１２３４５６７８９", "><=()%≥≤≥≤+-.0123456789"
)
# Cases are counted in 起, visits in 来访人次: these are measures; 20来家 is a guess.
_NO_MEASURE: Final = re.compile(
    "(?:[余多]|来[家人个次场件项条名]).*|.*(?:[前后内外上下底初末止]|左右|[上中下]旬)"
)
_OF_A_CALENDAR: Final = frozenset({"月", "月份", "号", "季度"})
_FIRST_YEAR: Final = 1900
_COMPARATORS: Final[MappingProxyType[str, Comparator]] = MappingProxyType(
    {">=": "≥", "<=": "≤", "≥": "≥", "≤": "≤", ">": ">", "<": "<", "=": "="}
)
_MULTIPLES: Final = MappingProxyType({"亿": 10**8, "万": 10**4, "千": 10**3, "百": 10**2})
_NAMED_MEASURES: Final = MappingProxyType(
    {
        "毫秒": (Fraction(1, 1000), "秒"),
        "分钟": (Fraction(60), "秒"),
        "小时": (Fraction(3600), "秒"),
        "%": (Fraction(1, 100), "1"),
        "‰": (Fraction(1, 1000), "1"),
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Quantified:
    """A target that can be measured: `≥1(项)` is ≥, 1, 项. The measure may be empty."""

    comparator: Comparator
    number: Decimal
    measure: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """An actual that was measured: `24.00(篇)` is 24.00, 篇. The measure may be empty."""

    number: Decimal
    measure: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Qualitative:
    """A target or an actual in words: 及时, 达成指标; outer white space is gone."""

    text: str


Target = Quantified | Qualitative
Actual = Measured | Qualitative


def parse_figure(text: str) -> Decimal | None:
    """Read a figure: optional sign, ASCII digits, optional decimals; nothing else around it.

    Returns None for anything else: exponents, thousands separators, full-width digits,
    `.5`, more than `MAX_INTEGER_DIGITS` or `MAX_DECIMAL_DIGITS`. Zero has no sign.
    """
    return _decimal(text) if _FIGURE_ALONE.fullmatch(text) else None


def round_figure(value: Fraction | Decimal, places: int, rounding: Rounding) -> Decimal:
    """Round exactly, once: `half_up` takes a half away from zero, `down` cuts off."""
    top, bottom = value.as_integer_ratio()
    units, rest = divmod(abs(top) * 10**places, bottom)
    if rounding == "half_up" and 2 * rest >= bottom:
        units += 1
    digits = Decimal(units).as_tuple().digits
    return Decimal((int(top < 0 and units > 0), digits, -places))


def format_figure(value: Decimal, places: int) -> str:
    """Write a figure with fixed decimals; one that has more is rounded half-up."""
    if value.as_tuple().exponent != -places:
        value = round_figure(value, places, "half_up")
    return f"{value.copy_abs() if value.is_zero() else value:f}"


@lru_cache(maxsize=4096)
def parse_target(text: str) -> Target:
    """Read a target; what is no comparator, number and measure is words.

    ASCII and full-width spellings count (`>=`, `＞`, `≧`, full-width digits, parentheses), and
    the measure may stand without parentheses (`≥500篇`). A number without a comparator
    (`3600(人次)`, as forms with a column 指标性质 leave it) reads as `=`: it names the
    very figure and no direction; as an `=` falls short like a positive target and is
    never lowered for being surpassed, this is also the reading that scores mildest. `12月` and
    `2024年` without one are a month and a year, and words.
    """
    match = _match(_COMPARED, text)
    if match is None or (not match["comparator"] and _is_date(match)):
        return Qualitative(text=text.strip())
    comparator = _COMPARATORS[match["comparator"] or "="]
    return Quantified(
        comparator=comparator, number=_decimal(match["number"]), measure=_measure_of(match)
    )


@lru_cache(maxsize=4096)
def parse_actual(text: str) -> Actual:
    """Read an actual; what is no number and measure is words, a comparator makes it words."""
    match = _match(_QUANTITY, text)
    if match is None:
        return Qualitative(text=text.strip())
    return Measured(number=_decimal(match["number"]), measure=_measure_of(match))


def normalise_measure(measure: str) -> str:
    """Return the one spelling of a measure: compatibility forms folded, no white space."""
    return "".join(unicodedata.normalize("NFKC", measure).split())


def convert(number: Fraction | Decimal, from_measure: str, to_measure: str) -> Fraction | None:
    """Express a number of one measure in another; None where they measure different things.

    A leading 百, 千, 万, 亿 multiplies any measure (个 ↔ 万个, 元 ↔ 万元 ↔ 亿元); 毫秒, 秒,
    分钟 and 小时 convert, % and ‰ too. A missing measure is no measure: it converts to
    none but itself and its multiples.
    """
    if from_measure == to_measure:
        return Fraction(number)
    factor = _factor_between(from_measure, to_measure)
    return None if factor is None else Fraction(number) * factor


@lru_cache(maxsize=4096)
def _factor_between(from_measure: str, to_measure: str) -> Fraction | None:
    from_factor, from_base = _factor_and_base(normalise_measure(from_measure))
    to_factor, to_base = _factor_and_base(normalise_measure(to_measure))
    return from_factor / to_factor if from_base == to_base else None


def _factor_and_base(measure: str) -> tuple[Fraction, str]:
    factor = Fraction(1)
    while measure[:1] in _MULTIPLES:
        factor *= _MULTIPLES[measure[0]]
        measure = measure[1:]
    named, base = _NAMED_MEASURES.get(measure, (Fraction(1), measure))
    return factor * named, base


def _match(pattern: re.Pattern[str], text: str) -> re.Match[str] | None:
    spelled = text.strip().translate(_ASCII_SPELLING)
    match = pattern.fullmatch(spelled) if len(spelled) <= MAX_QUANTITY_CHARACTERS else None
    measure = "" if match is None else match["enclosed"] or match["bare"] or ""
    return None if _NO_MEASURE.fullmatch(measure) else match


def _is_date(match: re.Match[str]) -> bool:
    bare = match["bare"]
    is_year = bare == "年" and _decimal(match["number"]) >= _FIRST_YEAR
    return is_year or bare in _OF_A_CALENDAR


def _measure_of(match: re.Match[str]) -> str:
    return normalise_measure(match["enclosed"] or match["bare"] or "")


def _decimal(digits: str) -> Decimal:
    value = Decimal(digits)
    return value.copy_abs() if value.is_zero() else value
