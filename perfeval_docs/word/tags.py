"""Find Jinja2 tags in a Word part and gather each, however Word has split it, into one run."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, Literal

from lxml import etree

from perfeval_docs.ooxml import qn

Scope = Literal["inline", "tr", "tc", "p", "r"]

_TAG: Final = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}", re.DOTALL)
_SCOPED: Final = re.compile(r"\{%(tr|tc|p|r)\s+(.*)%\}", re.DOTALL)
_MERGE: Final = re.compile(r"\{%\s*vm\b\s*(.*?)\s*%\}", re.DOTALL)
_DELIMITERS: Final = ("{{", "}}", "{%", "%}", "{#", "#}")
_SPACE: Final = str.maketrans({"\u00a0": " ", "\u3000": " ", "\n": " ", "\t": " "})
_QUOTES: Final = str.maketrans({"“": '"', "”": '"', "‘": "'", "’": "'"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Tag:
    """One tag as Jinja2 shall read it, what it stands for, and how it was typed.

    `scope` is the element that a statement replaces (`{%tr …%}` its whole row);
    `merge` is the expression of a `{% vm … %}`, `""` for docxtpl's bare one, None elsewhere.
    """

    code: str
    scope: Scope
    merge: str | None
    typed: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A stretch of one `w:t`: literal text, or a tag."""

    literal: str
    tag: Tag | None


def read_tag(typed: str) -> Tag:
    """Read one tag; Word's own spaces in it become plain ones, its quotes stay."""
    code = typed.translate(_SPACE)
    if merge := _MERGE.fullmatch(code):
        return Tag(code="", scope="inline", merge=merge[1], typed=typed)
    if scoped := _SCOPED.fullmatch(code):
        scope: Scope = scoped[1]  # type: ignore[assignment]  # the pattern allows just these
        return Tag(code=f"{{% {scoped[2]}%}}", scope=scope, merge=None, typed=typed)
    return Tag(code=code, scope="inline", merge=None, typed=typed)


def straighten(code: str) -> str:
    """Return the tag with Word's curly quotes made straight, for a tag that reads no other way."""
    return code.translate(_QUOTES)


def split(text: str) -> tuple[Piece, ...]:
    """Split the text of one `w:t` into literals and tags."""
    pieces = []
    end = 0
    for match in _TAG.finditer(text):
        if match.start() > end:
            pieces.append(Piece(literal=text[end : match.start()], tag=None))
        pieces.append(Piece(literal="", tag=read_tag(match[0])))
        end = match.end()
    if end < len(text):
        pieces.append(Piece(literal=text[end:], tag=None))
    return tuple(pieces)


def loose_delimiter(text: str) -> str | None:
    """Return a delimiter that stands in a literal without its other half, if there is one."""
    return next((mark for mark in _DELIMITERS if mark in text), None)


def texts_of(paragraph: etree._Element) -> Iterator[etree._Element]:
    """Yield the `w:t` of a paragraph itself, not those of a text box inside it."""
    for text in paragraph.iter(qn("w:t")):
        if next(text.iterancestors(qn("w:p"))) is paragraph:
            yield text


def gather(paragraph: etree._Element) -> None:
    """Move every tag of the paragraph wholly into the `w:t` where it begins.

    Word splits a tag over runs wherever spelling, language or format changes; the
    first run's format counts. Changes the element in place.
    """
    texts = list(texts_of(paragraph))
    owners = [index for index, text in enumerate(texts) for _ in text.text or ""]
    joined = "".join(text.text or "" for text in texts)
    torn = False
    for match in _TAG.finditer(joined):
        first, last = owners[match.start()], owners[match.end() - 1]
        owners[match.start() : match.end()] = [first] * len(match[0])
        torn = torn or first != last
    if torn:
        _deal_out(texts, joined, owners)


def _deal_out(texts: list[etree._Element], joined: str, owners: list[int]) -> None:
    for index, text in enumerate(texts):
        own = "".join(char for char, owner in zip(joined, owners, strict=True) if owner == index)
        if own == (text.text or ""):
            continue
        text.text = own
        if not own:
            _drop_empty_run(text)


def _drop_empty_run(text: etree._Element) -> None:
    run = text.getparent()
    if run is None:
        return
    run.remove(text)
    parent = run.getparent()
    if parent is not None and all(child.tag == qn("w:rPr") for child in run):
        parent.remove(run)
