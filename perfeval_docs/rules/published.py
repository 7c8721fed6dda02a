"""Rules about what must not stand in a published form: blanks, marks, old years, private data."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date
from types import MappingProxyType
from typing import Final

from perfeval_docs.diagnostic import Message, msg
from perfeval_docs.rules.model import Finding, Form, Path

_YEAR: Final = re.compile(r"(?<!\d)(?:19|20)\d{2}(?=年)")
# Between figures an asterisk or a × multiplies, or hides some; beside letters XX is part of a word.
_PLACEHOLDER: Final = re.compile(
    r"(?<![\d*])\*{2,}|\*{2,}(?![\d*])|(?<![\d×])×{2,}|×{2,}(?![\d×])"
    r"|(?<![A-Za-z])[Xx]{2,}(?![A-Za-z])|^…+$|[(（]\d+字以内[)）]|^指标\d+$"
    r"|(?<![邀申])请填写|(?<!有)待补充|待填(?!补)|此处填"
)
# Each of these is found much faster than what it may be the sign of.
_MAY_BE_PLACEHOLDER: Final = re.compile("[*×Xx…填补]|字以内|指标")
_MAY_BE_PRIVATE: Final = re.compile(r"\d{7}|@")
_MARKUP: Final = re.compile(r"</?(?:p|br|div|span|b|font)\b[^>]{0,40}>|&(?:nbsp|lt|gt|amp);|\d\?")
_IDENTITY: Final = re.compile(r"(?<![\dA-Za-z])\d{17}[\dXx](?![\dA-Za-z])")
_ACCOUNT: Final = re.compile(r"(?<!\d)(?:\d{16}|\d{19})(?!\d)")
_PRIVATE: Final = (
    (msg("a mobile number"), re.compile(r"(?<!\d)1[3-9]\d{9}(?!\d)")),
    (msg("a telephone number"), re.compile(r"(?<!\d)0\d{2,3}-\d{7,8}(?!\d)")),
    (msg("an identity number"), _IDENTITY),
    (msg("an e-mail address"), re.compile(r"(?<![\w.+-])[\w.+-]{1,64}@[\w-]+\.[A-Za-z]{2,}")),
    (msg("a bank account"), _ACCOUNT),
)
# Right before a number of so many digits: it is one of papers, and no account.
_OF_PAPERS: Final = re.compile(
    "(?:合同|编号|文号|批号|单号|证号|证书|专利|序列|条码|代码)(?:编?号码?)?[为是:：\\s]{0,3}$"
)
_BEFORE: Final = 10
_WEIGHTS: Final = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECK_DIGITS: Final = "10X98765432"
_FIRST_BIRTH: Final = 1900
_WHERE: Final[Mapping[Path, Message]] = MappingProxyType(
    {
        ("project",): msg("the project's name"),
        ("goal", "expected"): msg("the expected goal"),
        ("goal", "achieved"): msg("the achieved text"),
    }
)


def wrong_year(form: Form) -> Iterator[Finding]:
    """A text speaks of a year that is far from the fiscal year."""
    year, texts = form.record.fiscal_year, dict(form.texts)
    for path, where in _WHERE.items():
        text = texts.get(path, "")
        far = next((m for m in _YEAR.finditer(text) if abs(int(m[0]) - year) > 1), None)
        if far is not None:
            yield Finding(
                path,
                msg(
                    "{where} speaks of {found}, the fiscal year is {year}",
                    where=where,
                    found=far[0],
                    year=str(year),
                ),
                msg("correct the year; if it is meant, waive it with a reason"),
                words=far[0],
            )


def placeholder_left(form: Form) -> Iterator[Finding]:
    """Something is still to be filled in."""
    for path, text in form.texts:
        found = _MAY_BE_PLACEHOLDER.search(text) and _PLACEHOLDER.search(text)
        if found is not None:
            yield Finding(
                path,
                msg("“{words}” is still to be filled in", words=found[0][:30]),
                msg("put the real words in its place, or delete the sentence"),
                words=found[0],
            )


def markup_left(form: Form) -> Iterator[Finding]:
    """Marks of another system are left in a text."""
    for path, text in form.texts:
        found = _MARKUP.search(text)
        if found is not None:
            yield Finding(
                path,
                msg("“{words}” is a mark of another system", words=found[0]),
                msg("delete it; a new line begins a new paragraph"),
                words=found[0],
            )


def private_data(form: Form) -> Iterator[Finding]:
    """Something private stands in what is published."""
    for path, text in form.texts:
        if _MAY_BE_PRIVATE.search(text) is None:
            continue
        for sort, words in private_words(text, form.record.fiscal_year):
            yield Finding(
                path,
                msg("{sort} stands here, and forms are published", sort=sort),
                msg("take it out"),
                words=words,
            )


def private_words(text: str, year: int) -> Iterator[tuple[Message, str]]:
    """Yield the first private number or address of each sort in a text of a fiscal year."""
    for sort, pattern in _PRIVATE:
        for found in pattern.finditer(text):
            before = text[max(found.start() - _BEFORE, 0) : found.start()]
            if pattern is _ACCOUNT and _OF_PAPERS.search(before):
                continue
            if pattern is not _IDENTITY or _is_identity(found[0], year):
                yield sort, found[0]
                break


def _is_identity(number: str, year: int) -> bool:
    """Tell an identity number from other codes of 18 characters, as units and contracts have.

    GB 11643: a region of 6 digits, a date of birth, 3 digits in order, and a check digit:
    the 17 digits, each by its weight 2^(18 − n) mod 11, are summed; the sum mod 11 chooses
    from 1, 0, X, 9 … 2.
    """
    try:
        born = date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError:
        return False
    weighted = sum(int(d) * weight for d, weight in zip(number[:17], _WEIGHTS, strict=True))
    is_right = number[17].upper() == _CHECK_DIGITS[weighted % 11]
    return is_right and _FIRST_BIRTH <= born.year <= year + 1
