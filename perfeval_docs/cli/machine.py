"""Ask the machine once: the language, the clock of the data, the commit."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Final

from perfeval_docs.diagnostic import msg
from perfeval_docs.errors import MachineError, UsageError
from perfeval_docs.i18n import LANGUAGES
from perfeval_docs.settings import Scheduler, Source

if TYPE_CHECKING:
    from perfeval_docs.compare import Side

_SECONDS: Final = 30
_FILES: Final = frozenset({"100644", "100755"})  # not links, not submodules
_SUFFIXES: Final = frozenset({".yaml", ".yml"})
_LAST_SECOND: Final = 253_402_300_799  # of the year 9999


def language_of(arguments: list[str]) -> str:
    """Return the language asked for by `--lang`, else that of the locale."""
    for index, argument in enumerate(arguments):
        name, _, value = argument.partition("=")
        if name == "--lang":
            value = value or "".join(arguments[index + 1 : index + 2])
            return value if value in LANGUAGES else "en"
    names = ("LC_ALL", "LC_MESSAGES", "LANG")
    locale = next(filter(None, map(os.environ.get, names)), "")
    return "zh" if locale.startswith("zh") else "en"


def epoch() -> datetime | None:
    """Return SOURCE_DATE_EPOCH as a time, None where it is not set."""
    text = os.environ.get("SOURCE_DATE_EPOCH")
    if not text:
        return None
    if not (text.isascii() and text.isdigit() and len(text) <= len(str(_LAST_SECOND))):
        raise UsageError(msg("SOURCE_DATE_EPOCH is {text}, and should be whole seconds", text=text))
    return datetime.fromtimestamp(min(int(text), _LAST_SECOND), tz=UTC)


def source_of(data: Path) -> Source | None:
    """Ask git which commit the records are of; None where there is no git, or no checkout."""
    answers = []
    for question in (("rev-parse", "HEAD"), ("status", "--porcelain")):
        try:
            answers.append(_git(data, *question).decode(errors="replace").strip())
        except (OSError, subprocess.SubprocessError):
            return None
    return Source(commit=answers[0], clean=not answers[1])


def scheduler_of(address: str | None) -> Scheduler | None:
    """Return the scheduler at an address, whose workers share the folder that this run is in."""
    if address is None:
        return None
    return Scheduler(address=address, folder=Path.cwd())  # noqa: TID251  # as said in `Scheduler`


def side_of_revision(revision: str, root: Path) -> Side:
    """Ask git for the records at a path as they were in a revision; nothing is checked out.

    Raises `UsageError` where git knows no such revision, and `MachineError` where there is no
    git, or no checkout.
    """
    from perfeval_docs.compare import DEFAULTS, Side  # noqa: PLC0415  # only `diff` needs it

    folder = root
    while not folder.is_dir():
        folder = folder.parent
    try:
        prefix = _git(folder, "rev-parse", "--show-prefix").decode().strip("\n")
    except (OSError, subprocess.SubprocessError) as error:
        told = msg("git knows nothing of {folder}", folder=folder.as_posix())
        raise MachineError(told) from error
    try:
        asked = ("rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{tree}}")
        tree = _git(folder, *asked).decode().strip()
    except (OSError, subprocess.SubprocessError) as error:
        raise UsageError(msg("git knows no revision {name}", name=revision)) from error
    full = PurePosixPath(prefix) / root.relative_to(folder)
    places = {
        full.parent.parent / DEFAULTS: root.parent.parent / DEFAULTS,
        full.parent / DEFAULTS: root.parent / DEFAULTS,
        full: root,
    }
    try:
        files = dict(_files_at(folder, tree, places))
    except (OSError, subprocess.SubprocessError) as error:
        raise MachineError(msg("git does not give {name}", name=f"{revision}:{root}")) from error
    return Side(root=root, files=files, prefix=f"{revision}:")


def _files_at(
    folder: Path, tree: str, places: Mapping[PurePosixPath, Path]
) -> Iterator[tuple[Path, bytes]]:
    """Yield the YAML files of a tree at the places, which are paths from its top, and below."""
    names = [place.as_posix() for place in places]
    listed = _git(folder, "ls-tree", "-r", "-z", "--full-tree", tree, "--", *names)
    blobs: list[tuple[Path, str]] = []
    for line in filter(None, listed.decode("utf-8", "surrogateescape").split("\0")):
        about, _, name = line.partition("\t")
        mode, _, blob = about.split(" ")
        path = PurePosixPath(name)
        if mode in _FILES and path.suffix in _SUFFIXES:
            place = next(each for each in places if each in {path, *path.parents})
            blobs.append((places[place] / path.relative_to(place), blob))
    asked = "".join(f"{blob}\n" for _, blob in blobs).encode()
    given = _git(folder, "cat-file", "--batch", given=asked)
    for found, _ in blobs:
        header, _, rest = given.partition(b"\n")
        size = int(header.split(b" ")[-1])
        yield found, rest[:size]
        given = rest[size + 1 :]


def _git(folder: Path, *question: str, given: bytes = b"") -> bytes:
    """Ask git something that changes nothing, and return its answer."""
    asked = subprocess.run(  # noqa: S603  # a fixed command, no shell
        ("git", *question),  # noqa: S607  # git, wherever it is
        cwd=folder,
        check=True,
        capture_output=True,
        input=given,
        timeout=_SECONDS,
        env={**os.environ, "GIT_LITERAL_PATHSPECS": "1", "GIT_OPTIONAL_LOCKS": "0"},
    )
    return asked.stdout
