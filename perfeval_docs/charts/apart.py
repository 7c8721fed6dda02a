"""Loading matplotlib so that neither it nor the machine leaves a trace on the other."""

from __future__ import annotations

import locale
import logging
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from tempfile import TemporaryDirectory
from types import MappingProxyType
from typing import Final

from perfeval_docs.diagnostic import msg
from perfeval_docs.errors import MachineError

_VARIABLES: Final[Mapping[str, str | None]] = MappingProxyType(
    {
        "MPL_IGNORE_SYSTEM_FONTS": "1",
        "MATPLOTLIBRC": None,
        "MPLBACKEND": None,
        # The settings of the working folder may ask for the locale, which may not exist.
        "LC_ALL": "C",
    }
)


@contextmanager
def kept_apart() -> Iterator[None]:
    """Import matplotlib inside; afterwards the process is as it was before.

    While it is imported, matplotlib reads the user's settings and writes a list of fonts into
    the home folder. Only environment variables tell it otherwise, hence this one place below
    `cli` that touches them. A file `matplotlibrc` in the working folder it reads all the same.
    Figures do not heed it, being drawn with matplotlib's defaults, but it may make matplotlib
    write to stderr or set the process's locale; and where it cannot be read, nothing helps.
    Raises `MachineError` where matplotlib cannot be imported.
    """
    try:
        with (
            TemporaryDirectory(prefix="perfeval-") as folder,
            _environment({**_VARIABLES, "MPLCONFIGDIR": folder}),
            _locale(),
            _silence(),
        ):
            yield
    except (ImportError, OSError, UnicodeError) as error:
        raise MachineError(
            msg(
                "figures need matplotlib, which does not load: {reason}; install again, "
                "and keep no file matplotlibrc where you build",
                reason=str(error),
            )
        ) from error


@contextmanager
def _environment(variables: Mapping[str, str | None]) -> Iterator[None]:
    """Set environment variables, or unset them, and put them back."""
    before = {name: os.environ.get(name) for name in variables}
    _set(variables)
    try:
        yield
    finally:
        _set(before)


def _set(variables: Mapping[str, str | None]) -> None:
    for name, value in variables.items():
        if value is None:
            os.environ.pop(name, None)
        else:
            os.environ[name] = value


@contextmanager
def _locale() -> Iterator[None]:
    """Put the locale of the process back."""
    before = locale.setlocale(locale.LC_ALL)
    try:
        yield
    finally:
        locale.setlocale(locale.LC_ALL, before)


@contextmanager
def _silence() -> Iterator[None]:
    """Keep matplotlib from logging."""
    logger = logging.getLogger("matplotlib")
    before = logger.level
    logger.setLevel(logging.CRITICAL + 1)
    try:
        yield
    finally:
        logger.setLevel(before)
