"""Turn arguments into one call, print the outcome, choose the exit code."""

import os
import subprocess
import sys
import traceback
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from io import TextIOWrapper
from pathlib import Path
from time import monotonic
from types import MappingProxyType
from typing import Annotated, Final, Literal

import typer

from perfeval_docs.diagnostic import Diagnostic, Message, Severity, has_error, msg
from perfeval_docs.errors import ExitCode, PerfevalError, UsageError
from perfeval_docs.i18n import LANGUAGES, translator
from perfeval_docs.report import Style, render
from perfeval_docs.settings import Choice, Settings, Source

Say = Callable[[Message], str]
Translate = Callable[[str], str]

Language = Literal["en", "zh"]
Stage = Literal["nodes", "record", "assessment", "view"]

_PARTS: Final = MappingProxyType(
    {
        "new": msg("new"),
        "record": msg("the record changed"),
        "records": msg("records changed"),
        "defaults": msg("the defaults of its folders changed"),
        "template": msg("the template of the forms changed"),
        "templates": msg("the templates of the summary changed"),
        "fonts": msg("the fonts changed"),
        "settings": msg("the settings changed"),
        "program": msg("the program changed"),
        "words": msg("the year's words changed"),
        "last year": msg("last year's records changed"),
    }
)
_TEMPLATE: Final = Path("templates/self-evaluation.docx")
_LAST_SECOND: Final = 253_402_300_799  # of the year 9999


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line and exit with one of `ExitCode`."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    sys.exit(run(sys.argv[1:] if arguments is None else list(arguments)))


def run(arguments: list[str]) -> int:
    """Run the command line and return the exit code; faults of all kinds end here."""
    language = _language(arguments)
    translate = translator(language)

    def say(message: Message) -> str:
        return message.translated(translate)

    try:
        code = _app(say, translate, language)(
            args=arguments, prog_name="perfeval", standalone_mode=False
        )
    except typer.Exit as stop:
        return stop.exit_code
    except typer.TyperException as error:
        return _misused(error, say)
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


def _misused(error: typer.TyperException, say: Say) -> int:
    """Say what is wrong with the arguments."""
    reason = error.format_message()
    print(say(msg("error: {error}", error=reason)), file=sys.stderr)
    print(say(msg("`perfeval --help` tells what there is")), file=sys.stderr)
    return ExitCode.USAGE


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
    names = ("LC_ALL", "LC_MESSAGES", "LANG")
    locale = next(filter(None, map(os.environ.get, names)), "")
    return "zh" if locale.startswith("zh") else "en"


def _epoch() -> datetime | None:
    """Return SOURCE_DATE_EPOCH as a time, None where it is not set."""
    text = os.environ.get("SOURCE_DATE_EPOCH")
    if not text:
        return None
    if not (text.isascii() and text.isdigit() and len(text) <= len(str(_LAST_SECOND))):
        raise UsageError(msg("SOURCE_DATE_EPOCH is {text}, and should be whole seconds", text=text))
    return datetime.fromtimestamp(min(int(text), _LAST_SECOND), tz=UTC)


def _app(say: Say, translate: Translate, language: str) -> typer.Typer:
    """Return the commands, their help in the language of `say`, which is that of `language`."""
    app = typer.Typer(
        no_args_is_help=True,
        add_completion=False,
        pretty_exceptions_enable=False,
        rich_markup_mode=None,
        help=say(msg("Project self-evaluation records to Word and PDF reports.")),
    )
    data_option = typer.Option(help=say(msg("Folder of the records.")))
    lang_option = typer.Option(help=say(msg("Language of messages; else the locale's.")))
    template_option = typer.Option(help=say(msg("Word template of the form.")))
    fonts_option = typer.Option(help=say(msg("Folder with more fonts; may be repeated.")))

    schemas_option = typer.Option(help=say(msg("Folder of the schemas.")))
    stage_option = typer.Option(help=say(msg("How far the record has come.")))

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
        template: Annotated[Path, template_option] = _TEMPLATE,
        fonts: Annotated[list[Path] | None, fonts_option] = None,
        system_fonts: Annotated[
            bool, typer.Option(help=say(msg("Use official faces that the machine has.")))
        ] = True,
        jobs: Annotated[
            int | None,
            typer.Option("--jobs", "-j", min=1, help=say(msg("Processes; else one a core."))),
        ] = None,
        explain: Annotated[
            bool, typer.Option("--explain", help=say(msg("Tell why each file was made or not.")))
        ] = False,
        lang: Annotated[Language | None, lang_option] = None,
    ) -> int:
        del lang
        settings = Settings(
            data=data,
            out=out,
            template=template,
            year=year,
            only=tuple(only or ()),
            epoch=_epoch(),
            font_folders=tuple(fonts or ()),
            system_fonts=system_fonts,
            workers=jobs or os.cpu_count() or 1,
            source=_source(data),
        )
        return _build(settings, say, translate, explain=explain)

    @app.command(help=say(msg("Find what a reviewer would send back.")))
    def check(
        paths: Annotated[
            list[Path] | None, typer.Argument(help=say(msg("Records; all of them if none.")))
        ] = None,
        data: Annotated[Path, data_option] = Path("data"),
        year: Annotated[int | None, typer.Option(help=say(msg("Only data/YEAR.")))] = None,
        style: Annotated[
            Style, typer.Option("--format", help=say(msg("How findings are written.")))
        ] = "full",
        strict: Annotated[
            bool, typer.Option("--strict", help=say(msg("Warnings fail, too.")))
        ] = False,
        select: Annotated[
            list[str] | None,
            typer.Option(help=say(msg("Only this rule, by code or name; PE3 takes all PE3xx."))),
        ] = None,
        ignore: Annotated[
            list[str] | None,
            typer.Option(help=say(msg("Not this rule; may be repeated."))),
        ] = None,
        fonts: Annotated[list[Path] | None, fonts_option] = None,
        lang: Annotated[Language | None, lang_option] = None,
    ) -> int:
        del lang
        settings = Settings(
            data=data,
            out=Path("build"),
            template=_TEMPLATE,
            year=year,
            font_folders=tuple(fonts or ()),
            workers=os.cpu_count() or 1,
        )
        chosen = Choice(select=tuple(select or ()), ignore=tuple(ignore or ()))
        return _check(settings, paths or [], chosen, style, say, translate, strict=strict)

    @app.command(help=say(msg("Tell what a rule finds, why, and what to do.")))
    def explain(
        code: Annotated[
            str, typer.Argument(help=say(msg("A code or a name, such as PE203 or overspent.")))
        ],
        lang: Annotated[Language | None, lang_option] = None,
    ) -> int:
        del lang
        return _explain(code, language)

    @app.command(help=say(msg("Write the JSON Schemas that editors use.")))
    def schema(
        out: Annotated[Path, schemas_option] = Path("schema"),
        check: Annotated[
            bool, typer.Option("--check", help=say(msg("Write nothing; fail if a file is stale.")))
        ] = False,
        lang: Annotated[Language | None, lang_option] = None,
    ) -> int:
        del lang
        return _schema(out, say, check=check)

    @app.command(help=say(msg("Show a stage of one record as text.")))
    def show(
        record: Annotated[Path, typer.Argument(help=say(msg("The record's file.")))],
        stage: Annotated[Stage, stage_option] = "view",
        data: Annotated[Path, data_option] = Path("data"),
        lang: Annotated[Language | None, lang_option] = None,
    ) -> int:
        del lang
        return _show(record, stage, data, translate)

    return app


def _source(data: Path) -> Source | None:
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


def _build(settings: Settings, say: Say, translate: Translate, *, explain: bool) -> int:
    from perfeval_docs.build import build  # noqa: PLC0415  # help and usage errors need none of it

    start = monotonic()
    with _progress(say) as on_record:
        outcome = build(settings, on_record)
    _print_errors(outcome.diagnostics, outcome.texts, translate)
    if explain:
        for name, why in outcome.why.items():
            reasons = ", ".join(say(_PARTS.get(each, Message(each))) for each in why)
            told = (
                msg("{name}: made ({why})", name=name, why=reasons)
                if why
                else msg("{name}: unchanged", name=name)
            )
            print(say(told))
    if outcome.remarks:
        count = str(outcome.remarks)
        _note(say(msg("{count} warnings and remarks: `perfeval check` shows them", count=count)))
    for substitution in outcome.substitutions:
        _note(say(substitution.message()))
    if outcome.unprinted:
        names = ", ".join(outcome.unprinted)
        file = settings.template.as_posix()
        _note(say(msg("{file} does not print: {names}", file=file, names=names)))
    for note in outcome.notes:
        _note(say(note))
    for name in outcome.withdrawn:
        _note(say(msg("the earlier report of {name} was removed", name=name)))
    print(
        say(
            msg(
                "{built} reports built, {unchanged} unchanged, {refused} refused, {seconds} s: "
                "{folder}",
                built=str(len(outcome.built)),
                unchanged=str(len(outcome.unchanged)),
                refused=str(len(outcome.refused)),
                seconds=f"{monotonic() - start:.1f}",
                folder=settings.out.as_posix(),
            )
        )
    )
    for year in outcome.years:
        folder = (settings.out / year).as_posix()
        print(say(msg("summary of {year}: {folder}/summary.docx, .pdf", year=year, folder=folder)))
    return ExitCode.FAULTS if outcome.refused or has_error(outcome.diagnostics) else ExitCode.CLEAN


def _check(
    settings: Settings,
    paths: Sequence[Path],
    chosen: Choice,
    style: Style,
    say: Say,
    translate: Translate,
    *,
    strict: bool,
) -> int:
    from perfeval_docs.build import check  # noqa: PLC0415  # as above
    from perfeval_docs.explain import refuse_unknown  # noqa: PLC0415

    refuse_unknown((*chosen.select, *chosen.ignore))
    with _progress(say) as on_record:
        outcome = check(settings, paths, on_record)
    found = [d for d in outcome.diagnostics if chosen.takes(d.code, d.name)]
    text = render(found, outcome.texts, style, translate)
    print(text, end="" if text.endswith("\n") or not text else "\n")
    if not found and style == "full":
        print(say(msg("{count} records checked, nothing found", count=str(outcome.records))))
    fails = has_error(found) or (strict and any(d.severity is Severity.WARNING for d in found))
    return ExitCode.FAULTS if fails else ExitCode.CLEAN


def _explain(code_or_name: str, language: str) -> int:
    from perfeval_docs.explain import page, page_names, page_text  # noqa: PLC0415  # as above

    code, found = page(code_or_name)
    print(page_text(code, page_names()[code], found, language), end="")
    return ExitCode.CLEAN


def _schema(out: Path, say: Say, *, check: bool) -> int:
    from perfeval_docs.build.output import write_files  # noqa: PLC0415  # as above
    from perfeval_docs.record.schema import schema_files  # noqa: PLC0415

    files = {name: text.encode() for name, text in schema_files().items()}
    stale = [name for name, data in files.items() if _content(out / name) != data]
    if not check:
        write_files(out, files)
        return ExitCode.CLEAN
    for name in stale:
        _note(say(msg("{file} is stale; run `perfeval schema`", file=(out / name).as_posix())))
    return ExitCode.FAULTS if stale else ExitCode.CLEAN


def _content(file: Path) -> bytes | None:
    return file.read_bytes() if file.is_file() else None


def _show(record: Path, stage: Stage, data: Path, translate: Translate) -> int:
    from perfeval_docs.build import prepare, read_inputs, record_file  # noqa: PLC0415  # as above
    from perfeval_docs.show import show  # noqa: PLC0415

    prepared = prepare(read_inputs(record_file(record, data)), lambda _: ())
    _print_errors(prepared.diagnostics, prepared.texts, translate)
    value = prepared.source.root if stage == "nodes" else getattr(prepared, stage)
    if value is not None:
        print(show(value), end="")
    return ExitCode.FAULTS if value is None or has_error(prepared.diagnostics) else ExitCode.CLEAN


def _print_errors(
    diagnostics: Sequence[Diagnostic], texts: Mapping[str, str], translate: Translate
) -> None:
    errors = [d for d in diagnostics if d.severity is Severity.ERROR]
    if errors:
        print(render(errors, texts, "full", translate), file=sys.stderr)


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
