"""The pages of the catalogue: one file a code, in both languages, with examples."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from functools import cache
from importlib import resources
from types import MappingProxyType
from typing import Final, Literal

from pydantic import BaseModel, ConfigDict, Field

from perfeval_docs.diagnostic import Message, msg
from perfeval_docs.errors import UsageError
from perfeval_docs.source import decode, read_source

Basis = Literal["arithmetic", "forms", "practice", "program", "published", "unverified", "yaml"]

BASES: Final[Mapping[Basis, Message]] = MappingProxyType(
    {
        "arithmetic": msg("arithmetic: the figures of one form must agree with each other"),
        "forms": msg("read off the six published forms of 2024"),
        "practice": msg("practice of reviewers; no circular was read for it"),
        "program": msg("how this program works"),
        "published": msg("seen in published forms"),
        "unverified": msg("unverified: believed, and no source was read for it"),
        "yaml": msg("how YAML, and Word's own format, are read"),
    }
)
"""What a rule may rest on; a page cannot cite what nobody has read."""

_FOLDER: Final = "pages"
_SUFFIX: Final = ".yaml"


class Shape(BaseModel):
    """What all shapes share: frozen, no unknown keys."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Words(Shape):
    """A text in the languages of `i18n.LANGUAGES`; a line is a paragraph."""

    en: str
    zh: str

    def of(self, language: str) -> str:
        """Return the text in a language."""
        return self.zh if language == "zh" else self.en


class Page(Shape):
    """What a code means: what it finds, why, the way out, what it rests on, two examples.

    `good` passes and `bad` is found: texts by file name, of a record what differs from the
    record that all pages share; a name with a folder is one of the data folder, others are of
    the year's. Both are empty where no record alone brings it about. `encoding` is the one
    that `bad` is written in; `times` is how often the part of `bad` between ⟪ and ⟫ stands.
    """

    title: Words
    what: Words
    why: Words
    way_out: Words
    basis: Basis
    good: Mapping[str, str] = Field(default_factory=dict)
    bad: Mapping[str, str] = Field(default_factory=dict)
    encoding: str = "utf-8"
    times: int = 1


@cache
def page_names() -> Mapping[str, str]:
    """Return the names of all codes that have a page, by code, in order: PE203 → overspent."""
    folder = resources.files("perfeval_docs.explain") / _FOLDER
    stems = (f.name.removesuffix(_SUFFIX) for f in folder.iterdir() if f.name.endswith(_SUFFIX))
    return MappingProxyType(dict(stem.split("-", 1) for stem in sorted(stems)))


def page(code_or_name: str) -> tuple[str, Page]:
    """Return a code, given by itself or by its name, and its page.

    Raises `UsageError` where there is none.
    """
    names = page_names()
    wanted = code_or_name.strip()
    by_name = {name: code for code, name in names.items()}
    code = by_name.get(wanted.casefold(), wanted.upper())
    if code not in names:
        raise UsageError(_unknown(wanted, (*names, *by_name)))
    file = f"{code}-{names[code]}{_SUFFIX}"
    data = (resources.files("perfeval_docs.explain") / _FOLDER / file).read_bytes()
    return code, _read(data, file)


def _read(data: bytes, file: str) -> Page:
    """Read a page; raises `ValueError` with what is wrong, for a page has no reader to mend it."""
    source = read_source(data, file)
    found = source.diagnostics
    if source.root is not None and not found:
        decoded = decode(source.root, Page)
        if decoded.value is not None:
            return decoded.value
        found = decoded.diagnostics
    raise ValueError(
        "\n".join(f"{each.span.file}:{each.span.line}: {each.message}" for each in found)
    )


def refuse_unknown(words: Iterable[str]) -> None:
    """Raise `UsageError` for a word that is no code, no beginning of one, and no name."""
    names = page_names()
    known = (*names, *names.values())
    for word in words:
        is_code = bool(word) and any(code.startswith(word.upper()) for code in names)
        if not is_code and word.casefold() not in known:
            raise UsageError(_unknown(word, known))


def _unknown(wanted: str, known: tuple[str, ...]) -> Message:
    near = get_close_matches(wanted, (*known, *map(str.lower, known)), n=1)
    if near:
        return msg("there is no rule {rule}; did you mean {near}?", rule=wanted, near=near[0])
    return msg("there is no rule {rule}; docs/rules lists them", rule=wanted)
