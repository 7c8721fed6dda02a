"""Run an example of a page: real files, the real check, what it finds."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Final

from perfeval_docs.checking import check
from perfeval_docs.diagnostic import Diagnostic, Span
from perfeval_docs.explain.pages import Page
from perfeval_docs.settings import Settings

_YEAR: Final = "2024"
_NO_RECORDS: Final = frozenset({"perfeval.yaml", "summary.yaml"})
_TOP_KEY: Final = re.compile(r"^(?=[^\s#-])", re.MULTILINE)
_REPEATED: Final = re.compile("⟪(.*?)⟫", re.DOTALL)


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What the check finds in an example; `texts` are its files, names without folders."""

    diagnostics: tuple[Diagnostic, ...]
    texts: Mapping[str, str]


def run_good(page: Page) -> Found:
    """Check the example that passes."""
    return _run(page.good, encoding="utf-8", times=1)


def run_bad(page: Page) -> Found:
    """Check the example in which something is found."""
    return _run(page.bad, encoding=page.encoding, times=page.times)


def _run(files: Mapping[str, str], *, encoding: str, times: int) -> Found:
    with tempfile.TemporaryDirectory() as name:
        data = Path(name)
        folder = data / _YEAR
        folder.mkdir()
        (data / "perfeval.yaml").write_text(_shared("perfeval.yaml"), "utf-8")
        for file, fragment in files.items():
            grown = _REPEATED.sub(lambda match: match[1] * times, fragment)
            path = data / file if "/" in file else folder / file
            path.parent.mkdir(exist_ok=True)
            path.write_bytes((_completed(grown) if _is_record(file) else grown).encode(encoding))
        if not any(map(_is_record, files)):
            (folder / "record.yaml").write_text(_shared("record.yaml"), "utf-8")
        settings = Settings(data=data, out=data, template=data)
        checked = check(settings, (), lambda _done, _all: None)
        return Found(
            diagnostics=tuple(_unplaced(each) for each in checked.diagnostics),
            texts={Path(file).name: text for file, text in checked.texts.items()},
        )


def _is_record(file: str) -> bool:
    return file not in _NO_RECORDS and "/" not in file


@cache
def _shared(name: str) -> str:
    """Return a text that all pages share: the defaults, or the record that examples change."""
    folder = resources.files("perfeval_docs.explain") / "shared"
    return (folder / name).read_text("utf-8")


def _completed(fragment: str) -> str:
    """Return a record: the fragment first, so that its lines keep their numbers, then the rest."""
    if not fragment.strip():
        return fragment
    written = {_key(part) for part in _parts(fragment)}
    rest = [part for part in _parts(_shared("record.yaml")) if _key(part) not in written]
    return "".join((fragment.rstrip("\n"), "\n", *rest))


def _parts(text: str) -> Iterator[str]:
    return (part for part in _TOP_KEY.split(text) if part.strip())


def _key(part: str) -> str:
    return re.split("[:：]", part, maxsplit=1)[0].strip()


def _unplaced(found: Diagnostic) -> Diagnostic:
    """Return a diagnostic whose files have no folders: a page is read anywhere."""

    def bare(span: Span) -> Span:
        return replace(span, file=Path(span.file).name)

    related = tuple(replace(each, span=bare(each.span)) for each in found.related)
    return replace(found, span=bare(found.span), related=related)
