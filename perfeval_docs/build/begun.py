"""What a build has begun that no manifest knows yet: the next one removes what is left of it."""

from __future__ import annotations

import json
from collections.abc import Collection
from pathlib import Path
from typing import Final

from perfeval_docs.checking.records import RecordFile
from perfeval_docs.output import CACHE, write_cache

_FILE: Final = "begun.json"

Begun = frozenset[tuple[str, str]]
"""Years and stems of records."""


def key_of(file: RecordFile) -> tuple[str, str]:
    """Return what a record is known by here."""
    return file.year, file.stem


def read_begun(out: Path) -> Begun:
    """Return what builds of a folder that did not end had begun; nothing if it is damaged."""
    try:
        plain = json.loads((out / CACHE / _FILE).read_bytes())
        pairs = [(str(year), str(stem)) for year, stem in plain]
    except (OSError, ValueError, TypeError, RecursionError):
        return frozenset()
    return frozenset(pair for pair in pairs if all(map(_is_name, pair)))


def keep_begun(out: Path, begun: Collection[tuple[str, str]]) -> None:
    """Keep what a build is about to begin; nothing where nothing is under way."""
    text = json.dumps(sorted(begun), ensure_ascii=False)
    write_cache(out, _FILE, text.encode(errors="surrogatepass"))


def _is_name(text: str) -> bool:
    """Tell whether a text is a name in a folder; the file may have been tampered with."""
    return text not in ("", ".", "..") and not {*text} & {"/", "\\", ":", "\0"}
