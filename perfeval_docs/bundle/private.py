"""Prove that nothing private stands in what is published: every finished file is looked through."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

import pypdfium2 as pdfium

from perfeval_docs.bundle.texts import texts_of
from perfeval_docs.diagnostic import Message, msg
from perfeval_docs.grid import without_space
from perfeval_docs.ooxml import PackageError
from perfeval_docs.record import INTERNAL, Indicator, Record
from perfeval_docs.record.keys import KEYS
from perfeval_docs.rules import private_words
from perfeval_docs.source import Mapping as MappingNode
from perfeval_docs.source import Node, Scalar, Sequence, Source

MIN_LENGTH: Final = 4
"""Shorter words, such as 无 or 台账, stand in any text and give nothing away."""

_COMMENT: Final = re.compile(r"(?:^|\s)#+\s*(\S.*)$", re.MULTILINE)
_HEXADECIMAL: Final = re.compile(r"[0-9a-f]{32,}")
_FINDINGS: Final = "检查发现"


@dataclass(frozen=True, slots=True)
class Secret:
    """Words that must not be published, white space left out, and where they were written."""

    words: str
    where: Message


@dataclass(frozen=True, slots=True)
class Leak:
    """Something private in a file that would be published."""

    name: str
    what: Message


def secrets_of(sources: Iterable[Source], public: Iterable[str]) -> tuple[Secret, ...]:
    """Return what is internal in records and not said in the public texts as well."""
    said = "\n".join(map(without_space, public))
    found: dict[str, Secret] = {}
    for source in sources:
        for line, where in _internal(source):
            words = without_space(line)
            if len(words) >= MIN_LENGTH and words not in said:
                found.setdefault(words, Secret(words, where))
    return tuple(found.values())


def leaks(files: Mapping[str, bytes], secrets: Iterable[Secret], year: int) -> Iterator[Leak]:
    """Yield each secret, and each private number or address, that a file says anywhere."""
    by_start: dict[str, list[Secret]] = {}
    for secret in secrets:
        by_start.setdefault(secret.words[:MIN_LENGTH], []).append(secret)
    for name, data in files.items():
        try:
            yield from dict.fromkeys(_leaks(name, data, by_start, year))
        except (PackageError, pdfium.PdfiumError) as error:
            yield Leak(name, msg("it cannot be looked through: {error}", error=str(error)))


def _leaks(
    name: str, data: bytes, by_start: Mapping[str, list[Secret]], year: int
) -> Iterator[Leak]:
    for said in texts_of(data):
        place = said.place or name
        squeezed = without_space(said.text)
        for secret in _found(squeezed, by_start):
            yield Leak(name, msg("{place} says what is internal: {where}",
                                 place=place, where=secret.where))  # fmt: skip
        if said.sort == "people":
            yield Leak(name, msg("{place} names people", place=said.text))
        if said.sort != "text":
            continue
        for sort, _ in private_words(_HEXADECIMAL.sub(" ", said.text), year):
            yield Leak(name, msg("{place} holds {sort}", place=place, sort=sort))
    if name.endswith(".xlsx") and any(_FINDINGS in said.text for said in texts_of(data)):
        yield Leak(name, msg("it lists what a check found"))


def _found(text: str, by_start: Mapping[str, list[Secret]]) -> Iterator[Secret]:
    if not by_start:
        return
    for at in range(len(text) - MIN_LENGTH + 1):
        for secret in by_start.get(text[at : at + MIN_LENGTH], ()):
            if text.startswith(secret.words, at):
                yield secret


def _internal(source: Source) -> Iterator[tuple[str, Message]]:
    """Yield the lines of internal values, and all comments, each with where it stands."""
    for match in _COMMENT.finditer(source.text):
        yield match[1], msg("a comment in {file}", file=source.file)
    if isinstance(source.root, MappingNode):
        for entry in source.root.entries:
            key = KEYS.name(Record, entry.key)
            if key in INTERNAL[Record]:
                yield from _lines(entry.value, msg("{key} in {file}", key=key, file=source.file))
            elif key == "indicators":
                yield from _of_indicators(entry.value, source.file)


def _of_indicators(node: Node, file: str) -> Iterator[tuple[str, Message]]:
    match node:
        case Sequence():
            for item in node.items:
                for entry in item.entries if isinstance(item, MappingNode) else ():
                    key = KEYS.name(Indicator, entry.key)
                    if key in INTERNAL[Indicator]:
                        yield from _lines(entry.value, msg("{key} in {file}", key=key, file=file))
        case MappingNode():
            for entry in node.entries:
                yield from _of_indicators(entry.value, file)
        case Scalar():
            pass


def _lines(node: Node, where: Message) -> Iterator[tuple[str, Message]]:
    match node:
        case Scalar():
            for line in node.value.splitlines():
                yield line, where
        case Sequence():
            for item in node.items:
                yield from _lines(item, where)
        case MappingNode():
            for entry in node.entries:
                yield from _lines(entry.value, where)
