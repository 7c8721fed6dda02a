"""What documents are known by: the digests of what they come from, nothing of it opened."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path

from perfeval_docs.checking.digests import digest, fonts, program
from perfeval_docs.checking.files import read_bytes
from perfeval_docs.fonts import FontBook
from perfeval_docs.settings import Settings


def shared_parts(settings: Settings, families: frozenset[str]) -> dict[str, str]:
    """Return the digests of what all documents of a run come from, by name."""
    return {
        "template": digest(settings.template.name.encode(), read_bytes(settings.template)),
        "fonts": fonts(settings.font_folders, families),
        "settings": digest(str(settings.epoch).encode(), *([b"public"] if settings.public else ())),
        "program": program(),
    }


def parts_of(
    name: str, data: bytes, defaults: Sequence[bytes], shared: Mapping[str, str]
) -> dict[str, str]:
    """Return the digests of what the documents of one record come from, by name.

    `name` is that of the record's file, which is told where something was found in it.
    """
    return {"record": digest(name.encode(), data), "defaults": digest(*defaults), **shared}


@lru_cache(maxsize=1)
def fonts_at_hand(folders: tuple[Path, ...], *, system: bool) -> FontBook:
    """Load the fonts, once in each process.

    Raises `MachineError` as `FontBook.load` does.
    """
    return FontBook.load(folders, system=system)
