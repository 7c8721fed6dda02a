"""Which values of a form its template does not print, known again by the template's content."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from perfeval_docs.checking.digests import digest
from perfeval_docs.output import CACHE, write_cache
from perfeval_docs.settings import Settings

FILE: Final = "unprinted.json"


def values_left_out(shared: Mapping[str, str], settings: Settings) -> tuple[str, ...]:
    """Return the values that no tag mentions; the template is opened only if it is a new one.

    `shared` holds the digests of the template and of the program. A file that is damaged, or of
    another template, is as good as none. Raises `FaultyTemplateError` for a faulty template,
    which is never kept.
    """
    key = digest(shared["template"].encode(), shared["program"].encode())
    names = _recalled(settings.out, key)
    if names is None:
        from perfeval_docs.build.documents import workshop_of  # noqa: PLC0415  # as said above
        from perfeval_docs.build.reports import unprinted  # noqa: PLC0415

        names = unprinted(workshop_of(settings).template)
        write_cache(settings.out, FILE, json.dumps([key, names]).encode())
    return names


def _recalled(folder: Path, key: str) -> tuple[str, ...] | None:
    try:
        kept, names = json.loads((folder / CACHE / FILE).read_bytes())
        if kept != key or not all(isinstance(name, str) for name in names):
            return None
        return tuple(names)
    except (OSError, ValueError, TypeError, RecursionError):
        return None
