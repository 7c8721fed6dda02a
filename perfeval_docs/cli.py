"""Turn arguments into one call, print the outcome, choose the exit code."""

import os
import sys
import traceback
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from time import monotonic
from typing import Annotated, Final

import click
import typer

from perfeval_docs.diagnostic import Diagnostic, Message, has_error, msg
from perfeval_docs.errors import ExitCode, PerfevalError, UsageError
from perfeval_docs.i18n import LANGUAGES, translator
from perfeval_docs.report import render
from perfeval_docs.settings import Settings

Say = Callable[[Message], str]
Translate = Callable[[str], str]

STAGES: Final = ("nodes", "record", "assessment", "view")


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line and exit with one of `ExitCode`."""
    sys.exit(run(sys.argv[1:] if arguments is None else list(arguments)))


def run(arguments: list[str]) -> int:
    """Run the command line and return the exit code; faults of all kinds end here."""
    translate = translator(_language(arguments))

    def say(message: Message) -> str:
        return message.translated(translate)

    try:
        code = _app(say, translate)(args=arguments, prog_name="perfeval", standalone_mode=False)
    except click.exceptions.Exit as stop:
        return stop.exit_code
    except click.ClickException as error:
        error.show()
        return ExitCode.USAGE
    except click.Abort:
        return ExitCode.USAGE
    except PerfevalError as error:
        print(say(msg("error: {error}", error=_message(error))), file=sys.stderr)
        return error.exit_code
    except Exception:  # noqa: BLE001  # the last resort: a bug shows its traceback
        traceback.print_exc()
        print(say(msg("This is a bug in perfeval_docs; please report the lines above.")), file=sys.stderr)
        return ExitCode.BUG
    return code if isinstance(code, int) else ExitCode.CLEAN


def _message(error: PerfevalError) -> Message:
    first = error.args[0] if error.args else ""
    return first if isinstance(first, Message) else Message("{text}", (("text", str(first)),))


def _language(arguments: list[str]) -> str:
    """Return the language asked for by `--lang`, else that of the locale."""
    for index, argument in enumerate(arguments):
        name, _, value = argument.partition("=")
        if name == "--lang":
            value = value or "".join(arguments[index + 1 : index + 2])
            return value if value in LANGUAGES else "en"
    locale = next((os.environ[k] for k in ("LC_ALL", "LC_MESSAGES", "LANG") if os.environ.get(k)), "")
    return "zh" if locale.startswith("zh") else "en"


def _epoch() -> datetime | None:
    """Return SOURCE_DATE_EPOCH as a time, None where it is not set."""
    text = os.environ.get("SOURCE_DATE_EPOCH")
    if not text:
        return None
    if not (text.isascii() and text.isdigit() and len(text) <= len("253402300799")):
        raise UsageError(msg("SOURCE_DATE_EPOCH is {text}, and should be whole seconds", text=text))
    return datetime.fromtimestamp(min(int(text), 253_402_300_799), tz=UTC)


def _app(say: Say, translate: Translate) -> typer.Typer:
    """Return the commands, their help in the language of `say`."""
    app = typer.Typer(
        no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False, rich_markup_mode=None,
        help=say(msg("Project self-evaluation records to Word and PDF reports.")),
    )  # fmt: skip
    data_option = typer.Option(help=say(msg("Folder of the records.")))
    lang_option = typer.Option(
        help=say(msg("Language of messages: en or zh; else the locale's.")),
        click_type=click.Choice(LANGUAGES),
    )
    template_option = typer.Option(help=say(msg("Word template of the form.")))
    fonts_option = typer.Option(help=say(msg("Folder with more fonts; may be repeated.")))

    @app.callback()
    def _root() -> None: ...

    @app.command(help=say(msg("Build Word and PDF reports from the records.")))
    def build(
        data: Annotated[Path, data_option] = Path("data"),
        out: Annotated[Path, typer.Option(help=say(msg("Folder of the output.")))] = Path("build"),
        year: Annotated[int | None, typer.Option(help=say(msg("Only data/YEAR.")))] = None,
        only: Annotated[
            list[str] | None,
            typer.Option(help=say(msg("Only the record of this file stem; may be repeated."))),
        ] = None,
        template: Annotated[Path, template_option] = Path("templates/self-evaluation.docx"),
        fonts: Annotated[list[Path] | None, fonts_option] = None,
        system_fonts: Annotated[
            bool, typer.Option(help=say(msg("Use official faces that the machine has.")))
        ] = True,
        lang: Annotated[str | None, lang_option] = None,
    ) -> int:
        del lang
        settings = Settings(
            data=data, out=out, template=template, year=year, only=tuple(only or ()), epoch=_epoch(),
            font_folders=tuple(fonts or ()), system_fonts=system_fonts,
        )  # fmt: skip
        return _build(settings, say, translate)

    @app.command(help=say(msg("Write the JSON Schemas that editors use.")))
    def schema(
        out: Annotated[Path, typer.Option(help=say(msg("Folder of the schemas.")))] = Path("schema"),
        check: Annotated[
            bool, typer.Option("--check", help=say(msg("Write nothing; fail if a file is stale.")))
        ] = False,
        lang: Annotated[str | None, lang_option] = None,
    ) -> int:
        del lang
        return _schema(out, say, check=check)

    @app.command(help=say(msg("Show a stage of one record as text.")))
    def show(
        record: Annotated[Path, typer.Argument(help=say(msg("The record's file.")))],
        stage: Annotated[
            str,
            typer.Option(
                help=say(msg("One of: {stages}.", stages=", ".join(STAGES))),
                click_type=click.Choice(STAGES),
            ),
        ] = "view",
        data: Annotated[Path, data_option] = Path("data"),
        lang: Annotated[str | None, lang_option] = None,
    ) -> int:
        del lang
        return _show(record, stage, data, say, translate)

    return app


def _build(settings: Settings, say: Say, translate: Translate) -> int:
    from perfeval_docs.build import build  # noqa: PLC0415  # help and usage errors need none of it

    start = monotonic()
    with _progress(say) as on_record:
        outcome = build(settings, on_record)
    _print_diagnostics(outcome.diagnostics, outcome.texts, translate)
    for substitution in outcome.substitutions:
        _note(say(substitution.message()))
    if outcome.unprinted:
        names = ", ".join(outcome.unprinted)
        _note(say(msg("{file} does not print: {names}", file=settings.template.as_posix(), names=names)))
    for file in outcome.withdrawn:
        _note(say(msg("the earlier report of {stem} was removed, its record has faults", stem=file.stem)))
    print(
        say(
            msg(
                "{built} reports built, {refused} refused, {seconds} s: {folder}",
                built=str(len(outcome.built)),
                refused=str(len(outcome.refused)),
                seconds=f"{monotonic() - start:.1f}",
                folder=settings.out.as_posix(),
            )
        )
    )
    return ExitCode.FAULTS if outcome.refused or has_error(outcome.diagnostics) else ExitCode.CLEAN


def _schema(out: Path, say: Say, *, check: bool) -> int:
    from perfeval_docs.build.output import write_files  # noqa: PLC0415  # as above
    from perfeval_docs.record.schema import schema_files  # noqa: PLC0415

    files = {name: text.encode() for name, text in schema_files().items()}
    stale = [n for n, data in files.items() if not (out / n).is_file() or (out / n).read_bytes() != data]
    if not check:
        write_files(out, files)
        return ExitCode.CLEAN
    for name in stale:
        _note(say(msg("{file} is stale; run `perfeval schema`", file=(out / name).as_posix())))
    return ExitCode.FAULTS if stale else ExitCode.CLEAN


def _show(record: Path, stage: str, data: Path, say: Say, translate: Translate) -> int:
    from perfeval_docs.build import prepare, record_file  # noqa: PLC0415  # as above
    from perfeval_docs.show import show  # noqa: PLC0415

    prepared = prepare(record_file(record, data), lambda _: ())
    _print_diagnostics(prepared.diagnostics, prepared.texts, translate)
    stages = {"nodes": prepared.source.root, **{name: getattr(prepared, name) for name in STAGES[1:]}}
    value = stages[stage]
    if value is not None:
        print(show(value), end="")
    return ExitCode.FAULTS if value is None or has_error(prepared.diagnostics) else ExitCode.CLEAN


def _print_diagnostics(
    diagnostics: Sequence[Diagnostic], texts: Mapping[str, str], translate: Translate
) -> None:
    if diagnostics:
        print(render(diagnostics, texts, "full", translate), file=sys.stderr)


def _note(text: str) -> None:
    print(text, file=sys.stderr)


@contextmanager
def _progress(say: Say) -> Iterator[Callable[[int, int], None]]:
    """Show a bar on a terminal, nothing in a pipe."""
    if not sys.stderr.isatty():
        yield lambda _done, _all: None
        return
    from rich.console import Console  # noqa: PLC0415  # costs 0.1 s, and only a terminal needs it
    from rich.progress import Progress  # noqa: PLC0415

    with Progress(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(say(msg("building")), total=None)
        yield lambda done, every: bar.update(task, completed=done, total=every)
