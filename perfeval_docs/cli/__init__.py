"""Turn arguments into one call, print the outcome, choose the exit code."""

import gc
import sys
import traceback
from collections.abc import Sequence
from io import TextIOWrapper

import typer

from perfeval_docs.cli.commands import commands
from perfeval_docs.cli.machine import language_of
from perfeval_docs.cli.running import Say
from perfeval_docs.diagnostic import Message, msg
from perfeval_docs.errors import ExitCode, PerfevalError
from perfeval_docs.i18n import translator
from perfeval_docs.settings import COLLECT_AFTER


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line and exit with one of `ExitCode`."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    gc.set_threshold(COLLECT_AFTER)
    sys.exit(run(sys.argv[1:] if arguments is None else list(arguments)))


def run(arguments: list[str]) -> int:
    """Run the command line and return the exit code; faults of all kinds end here."""
    language = language_of(arguments)
    translate = translator(language)

    def say(message: Message) -> str:
        return message.translated(translate)

    try:
        code = commands(say, translate, language, _message)(
            args=arguments, prog_name="perfeval", standalone_mode=False
        )
    except typer.Exit as stop:
        return stop.exit_code
    except typer.TyperException as error:
        return _misused(error, arguments, say)
    except typer.Abort:
        return ExitCode.USAGE
    except PerfevalError as error:
        print(say(msg("error: {error}", error=_message(error))), file=sys.stderr)
        return error.exit_code
    except Exception:  # noqa: BLE001  # the last resort: a bug shows its traceback
        traceback.print_exc()
        bug = msg("This is a bug in perfeval_docs; please report the lines above.")
        print(say(bug), file=sys.stderr)
        return ExitCode.BUG
    return code if isinstance(code, int) else ExitCode.CLEAN


def _misused(error: typer.TyperException, arguments: list[str], say: Say) -> int:
    """Say what is wrong with the arguments; where there are none, the exception is the help."""
    if not arguments:
        print(error.format_message(), file=sys.stderr)
        return ExitCode.USAGE
    from perfeval_docs.cli.usage import misuse  # noqa: PLC0415  # loads pydantic

    print(say(msg("error: {error}", error=misuse(error, arguments, say))), file=sys.stderr)
    print(say(msg("`perfeval --help` tells what there is")), file=sys.stderr)
    return ExitCode.USAGE


def _message(error: PerfevalError) -> Message:
    first = error.args[0] if error.args else ""
    return first if isinstance(first, Message) else Message("{text}", (("text", str(first)),))
