"""What documents are known by: the digests of what they come from, nothing of it opened."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from itertools import chain
from pathlib import Path

from perfeval_docs.checking.digests import digest, fonts, program
from perfeval_docs.checking.files import read_bytes
from perfeval_docs.checking.records import RecordFile
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
    file: RecordFile, data: bytes, defaults: Sequence[bytes], shared: Mapping[str, str]
) -> dict[str, str]:
    """Return the digests of what the documents of one record come from, by name.

    The names of files count: documents carry where the defaults stand, and findings tell where
    they were made.
    """
    places = (b"all" if path.parent == file.data else b"year" for path in file.defaults)
    return {
        "record": digest(file.path.name.encode(), data),
        "defaults": digest(*chain.from_iterable(zip(places, defaults, strict=True))),
        **shared,
    }


@lru_cache(maxsize=1)
def fonts_at_hand(folders: tuple[Path, ...], *, system: bool) -> FontBook:
    """Load the fonts, once in each process.

    Raises `MachineError` as `FontBook.load` does.
    """
    return FontBook.load(folders, system=system)
