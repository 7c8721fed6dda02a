"""Fill Markdown templates: every value is literal, and known again in the finished document."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from jinja2 import TemplateError, TemplateSyntaxError, UndefinedError, meta
from jinja2.environment import Template as Program

from perfeval_docs.diagnostic import Message, msg
from perfeval_docs.errors import FaultyTemplateError
from perfeval_docs.templating import environment, plain_text

# Pandoc takes a backslash before any of these for the sign itself (`all_symbols_escapable`).
_SIGNS: Final = re.compile(r"[!-/:-@\[-`{-~]")
_BREAKS: Final = re.compile(r"\s+")
_MOST: Final = 20_000_000


@dataclass(frozen=True, slots=True)
class Filled:
    """A filled template, and the values that it printed, in order, as they must be read back."""

    markdown: str
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Prose:
    """A Markdown template, ready to be filled; `file` names it in failures."""

    file: str
    source: str

    def fill(self, values: Mapping[str, object]) -> Filled:
        """Fill it.

        Raises `FaultyTemplateError` where a tag cannot be evaluated or the text grows
        without end.
        """
        printed: list[str] = []

        def literal(value: Any) -> str:  # noqa: ANN401  # what jinja2 hands over
            text = one_line(plain_text(value))
            printed.append(text)
            return escaped(text)

        program = _compile(self.source, self.file, literal)
        try:
            markdown = program.render(values)
        except UndefinedError as error:
            raise _faulty(self.file, None, msg("{error}", error=error.message or "")) from error
        except (TemplateError, TypeError, ValueError, AttributeError, LookupError) as error:
            raise _faulty(self.file, None, msg("{error}", error=str(error))) from error
        if len(markdown) > _MOST:
            raise _faulty(self.file, None, msg("the text grows beyond any report"))
        return Filled(markdown, tuple(text for text in printed if text))


def compile_prose(source: str, *, file: str, vocabulary: frozenset[str]) -> Prose:
    """Read a template and hold its tags against the names that there are.

    Raises `FaultyTemplateError` with the line of a tag that is wrong, or a name that is unknown.
    """
    reader = environment(plain_text)
    try:
        tree = reader.parse(source)
        reader.compile(tree)
    except TemplateSyntaxError as error:
        message = msg("{error}", error=error.message or "")
        raise _faulty(file, error.lineno, message) from error
    for name in sorted(meta.find_undeclared_variables(reader.parse(source)) - vocabulary):
        line = next((n for n, t in enumerate(source.splitlines(), 1) if name in t), None)
        raise _faulty(file, line, msg("there is no value {name}", name=name))
    return Prose(file, source)


def one_line(text: str) -> str:
    """Return a value as it stands in a line: white space of any kind is one space."""
    return _BREAKS.sub(" ", text).strip()


def escaped(text: str) -> str:
    r"""Return a line in which nothing is markup: `a*b` → `a\*b`."""
    return _SIGNS.sub(r"\\\g<0>", text)


def _compile(source: str, file: str, literal: Any) -> Program:  # noqa: ANN401  # a callable
    try:
        return environment(literal).from_string(source)
    except TemplateSyntaxError as error:
        message = msg("{error}", error=error.message or "")
        raise _faulty(file, error.lineno, message) from error


def _faulty(file: str, line: int | None, what: Message) -> FaultyTemplateError:
    if line is None:
        return FaultyTemplateError(msg("{file}: {what}", file=file, what=what))
    return FaultyTemplateError(
        msg("{file}, line {line}: {what}", file=file, line=str(line), what=what)
    )
