"""Ask the machine once: the language, the clock of the data, the commit."""

from __future__ import annotations

import os
import subprocess
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from perfeval_docs.diagnostic import msg
from perfeval_docs.errors import UsageError
from perfeval_docs.i18n import LANGUAGES
from perfeval_docs.settings import Scheduler, Source

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
            asked = subprocess.run(  # noqa: S603  # a fixed command, no shell
                ("git", *question),  # noqa: S607  # git, wherever it is
                cwd=data,
                check=True,
                capture_output=True,
                timeout=10,
            )
        except (OSError, subprocess.SubprocessError):
            return None
        answers.append(asked.stdout.decode(errors="replace").strip())
    return Source(commit=answers[0], clean=not answers[1])


def scheduler_of(address: str | None) -> Scheduler | None:
    """Return the scheduler at an address, whose workers share the folder that this run is in."""
    if address is None:
        return None
    return Scheduler(address=address, folder=Path.cwd())  # noqa: TID251  # as said in `Scheduler`
