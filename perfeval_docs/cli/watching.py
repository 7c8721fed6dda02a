"""Build again what a saved file touches, until somebody ends it."""

from __future__ import annotations

import signal
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING, Final

from perfeval_docs.cli.running import Say, Translate, note, run_build
from perfeval_docs.diagnostic import Message, msg
from perfeval_docs.errors import ExitCode, PerfevalError
from perfeval_docs.settings import Settings

if TYPE_CHECKING:
    from watchfiles import Change

_QUIET_MS: Final = 200
"""A build begins when nothing was saved for so long: editors save in several steps."""
_LONGEST_MS: Final = 2000


def run_watch(
    settings: Settings,
    say: Say,
    translate: Translate,
    told: Callable[[PerfevalError], Message],
    *,
    explain: bool,
) -> int:
    """Build, and again after each save; what stands is kept where a record becomes faulty.

    Ends, cleanly, with Ctrl-C.
    """
    from watchfiles import watch  # noqa: PLC0415  # only a watch needs it

    kept = replace(settings, keep_last=True)

    def build() -> None:
        try:
            run_build(kept, say, translate, explain=explain)
        except PerfevalError as error:
            note(say(msg("error: {error}", error=told(error))))

    every = (settings.data, settings.template.parent, *settings.font_folders)
    folders = tuple(folder for folder in dict.fromkeys(every) if folder.is_dir())
    names = ", ".join(folder.as_posix() for folder in folders)
    is_first = True
    stop = Event()

    def interrupt(_number: int, _frame: object) -> None:
        # Where the exception is lost, as in what tidies up after an object, this is not.
        stop.set()
        raise KeyboardInterrupt

    before = signal.signal(signal.SIGINT, interrupt)
    try:
        # It yields nothing when it has begun to look, and then each time that nothing was saved.
        for saved in watch(
            *folders,
            watch_filter=_matters,
            step=_QUIET_MS,
            debounce=_LONGEST_MS,
            rust_timeout=_QUIET_MS,
            yield_on_timeout=True,
            raise_interrupt=True,
            stop_event=stop,
        ):
            if saved or is_first:
                build()
                note(say(msg("watching {folders}; Ctrl-C ends it", folders=names)))
            is_first = False
    except KeyboardInterrupt:
        return ExitCode.CLEAN
    finally:
        signal.signal(signal.SIGINT, before)
    return ExitCode.CLEAN


def _matters(_change: Change, path: str) -> bool:
    """Tell files that people save from those that editors and Word keep beside them."""
    name = Path(path).name
    return not name.startswith((".", "~$", "#")) and not name.endswith(("~", ".swp", ".tmp"))
