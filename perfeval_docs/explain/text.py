"""A page as text: Markdown that a terminal shows as well as a browser."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Final

from perfeval_docs.diagnostic import Diagnostic, Message, msg
from perfeval_docs.explain.examples import run_bad
from perfeval_docs.explain.pages import BASES, Page, Words
from perfeval_docs.i18n import translator
from perfeval_docs.report.full import WIDTH, counted, paragraphs
from perfeval_docs.report.wrap import wrap
from perfeval_docs.rules import RULES
from perfeval_docs.rules.year import YEAR_RULES

# A record's waivers cover the findings of the rules over its form, and nothing else.
_WAIVABLE: Final = frozenset(rule.code for rule in RULES)

Translate = Callable[[str], str]

_MOST_SAID: Final = 5
_FIRST_SAID: Final = 2


def title_of(code: str, name: str, page: Page, language: str) -> str:
    """Return a page's heading: `PE203 overspent: …`."""
    return f"{code} {name}: {page.title.of(language)}"


def page_text(code: str, name: str, page: Page, language: str) -> str:
    """Return a page in a language, with what the check says of its example, just run."""
    return "\n".join(_page(code, name, page, language)) + "\n"


def _page(code: str, name: str, page: Page, language: str) -> Iterator[str]:
    translate = translator(language)

    def head(message: Message) -> str:
        return f"\n## {message.translated(translate)}\n"

    yield f"# {title_of(code, name, page, language)}"
    yield head(msg("What it finds"))
    yield from _prose(page.what, language)
    yield head(msg("Why"))
    yield from _prose(page.why, language)
    yield head(msg("The way out"))
    yield from _prose(page.way_out, language)
    yield head(msg("Basis"))
    yield from wrap(BASES[page.basis].translated(translate), WIDTH)
    if not page.bad:
        return
    found = run_bad(page)
    severity = next((d.severity for d in found.diagnostics if d.code == code), "")
    yield head(msg("Passes"))
    yield from _files(page.good)
    yield head(msg("Is found"))
    yield from _files(page.bad)
    if page.times > 1:
        yield ""
        repeated = msg("What stands between ⟪ and ⟫ is there {count} times.", count=str(page.times))
        yield from wrap(repeated.translated(translate), WIDTH)
    if page.encoding != "utf-8":
        yield ""
        encoded = msg("The file is written in {encoding}.", encoding=page.encoding)
        yield from wrap(encoded.translated(translate), WIDTH)
    yield head(_says(severity, is_waivable=code in _WAIVABLE, is_of_year=name in YEAR_RULES))
    yield from _fenced("text", _said(found.diagnostics, found.texts, translate))


def _says(severity: str, *, is_waivable: bool, is_of_year: bool) -> Message:
    match severity:
        case "error" if is_of_year:
            return msg("What is said (an error: the annual summary is not built)")
        case "error":
            return msg("What is said (an error: the form is not built)")
        case "warning" if is_waivable:
            return msg("What is said (a warning: mend it, or waive it with a reason)")
        case "warning":
            return msg("What is said (a warning)")
        case _:
            return msg("What is said (a remark)")


def _said(diagnostics: Sequence[Diagnostic], texts: Mapping[str, str], translate: Translate) -> str:
    """Return what the check says; of very much the beginning, the end and the count."""
    said = list(paragraphs(diagnostics, texts, translate))
    if len(said) > _MOST_SAID:
        said = [*said[:_FIRST_SAID], "…", said[-1]]
    return "\n\n".join((*said, counted(diagnostics, translate)))


def _prose(words: Words, language: str) -> Iterator[str]:
    for number, paragraph in enumerate(words.of(language).strip().splitlines()):
        if number:
            yield ""
        yield from (line.lstrip() for line in wrap(paragraph.strip(), WIDTH))


def _files(files: Mapping[str, str]) -> Iterator[str]:
    for number, (name, text) in enumerate(files.items()):
        if number:
            yield ""
        shown = text if len(files) == 1 else f"# {name}\n{text}"
        yield from _fenced("yaml", shown)


def _fenced(language: str, text: str) -> Iterator[str]:
    yield f"```{language}"
    yield text.rstrip("\n")
    yield "```"
