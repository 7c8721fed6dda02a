"""Failures that are nobody's data, each with its exit code."""

from enum import IntEnum


class ExitCode(IntEnum):
    """What the process returns; the one table of exit codes."""

    CLEAN = 0
    FAULTS = 1
    USAGE = 2
    ENVIRONMENT = 3
    TEMPLATE = 4
    BUG = 70


class PerfevalError(Exception):
    """A failure of the world (not of a record), with the exit code it leads to.

    The first argument is a `Message`; `str()` gives its English text.
    """

    exit_code = ExitCode.BUG


class UsageError(PerfevalError):
    """The command line asks for something that does not exist."""

    exit_code = ExitCode.USAGE


class MachineError(PerfevalError):
    """The machine lacks something, or refuses it: fonts, rights, space."""

    exit_code = ExitCode.ENVIRONMENT


class UnreadableFileError(PerfevalError):
    """A file to import is not what its name says, or larger than any form."""

    exit_code = ExitCode.FAULTS


class FaultyTemplateError(PerfevalError):
    """A Word template cannot be compiled, filled or typeset."""

    exit_code = ExitCode.TEMPLATE
