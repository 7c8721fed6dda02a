"""Digests of what a build and a check read: by content, never by the times of files."""

from __future__ import annotations

import sys
import unicodedata
from collections.abc import Iterable
from functools import cache, lru_cache
from hashlib import blake2b
from importlib import metadata, resources
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Final

_OF_OTHERS: Final = (
    "fonttools", "jinja2", "lxml", "matplotlib", "pydantic", "pydantic-core",
    "pylopdf-fonts-zh-cn", "pypandoc-binary", "pypdfium2", "python-docx", "ruamel.yaml",
    "ruamel.yaml.clib", "typst", "xlsxwriter",
)  # fmt: skip

_OURS: Final = (".css", ".j2", ".js", ".mo", ".py", ".yaml")


def digest(*parts: bytes) -> str:
    """Return a digest of texts that no other list of texts has."""
    total = blake2b(digest_size=20)
    for part in parts:
        total.update(len(part).to_bytes(8, "big"))
        total.update(part)
    return total.hexdigest()


def digest_of_file(path: Path) -> str:
    """Return the digest of a file's content, that of nothing where it cannot be read."""
    try:
        return digest(path.read_bytes())
    except (OSError, ValueError):  # a name that the system does not take
        return ""


@cache
def versions() -> dict[str, str]:
    """Return the versions of what does the work: Python, its Unicode, and the libraries."""
    return {
        "python": sys.version.split()[0],
        "unicode": unicodedata.unidata_version,
        **{name: metadata.version(name) for name in _OF_OTHERS},
    }


@cache
def program() -> str:
    """Return the digest of what does the work: our own files, and the versions of the rest."""
    files = sorted(_files(resources.files("perfeval_docs"), ""))
    ours = (part for name, data in files for part in (name.encode(), data))
    theirs = (part.encode() for pair in versions().items() for part in pair)
    return digest(*ours, *theirs)


@lru_cache(maxsize=8)
def fonts(folders: tuple[Path, ...], families: frozenset[str]) -> str:
    """Return the digest of the fonts at hand: the names of all, the content of a run's own.

    The wheel's fonts are known by its version; the machine's own only by their names, for they
    are of its system and too large to be read each time.
    """
    own = sorted(path for folder in folders for path in folder.rglob("*") if path.is_file())
    parts = (part for path in own for part in (path.name.encode(), path.read_bytes()))
    return digest(*(name.encode() for name in sorted(families)), *parts)


def _files(folder: Traversable, above: str) -> Iterable[tuple[str, bytes]]:
    for each in folder.iterdir():
        name = f"{above}/{each.name}"
        if each.is_dir():
            if each.name != "__pycache__":
                yield from _files(each, name)
        elif each.name.endswith(_OURS):
            yield name, each.read_bytes()
