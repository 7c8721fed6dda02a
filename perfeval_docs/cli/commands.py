"""The commands and their options: what a person may ask for, in either language."""

import os
from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Final, Literal

import typer

from perfeval_docs.cli.bundling import run_bundle, run_extract, run_reproduce, run_verify
from perfeval_docs.cli.machine import epoch, scheduler_of, source_of
from perfeval_docs.cli.records import DiffStyle, run_diff, run_fmt, run_new
from perfeval_docs.cli.running import (
    Say,
    Stage,
    Translate,
    run_build,
    run_check,
    run_explain,
    run_schema,
    run_show,
)
from perfeval_docs.cli.watching import run_watch
from perfeval_docs.diagnostic import Message, msg
from perfeval_docs.errors import PerfevalError, UsageError
from perfeval_docs.settings import Choice, KeyNames, Settings, Style

Language = Literal["en", "zh"]
Told = Callable[[PerfevalError], Message]

_TEMPLATE: Final = Path("templates/self-evaluation.docx")


def commands(say: Say, translate: Translate, language: str, told: Told) -> typer.Typer:
    """Return the commands, their help in the language of `say`, which is that of `language`.

    `told` says what a failure is.
    """
    app = typer.Typer(
        no_args_is_help=True,
        add_completion=False,
        pretty_exceptions_enable=False,
        rich_markup_mode=None,
        help=say(msg("Project self-evaluation records to Word and PDF reports.")),
    )

    @app.callback()
    def _root() -> None: ...

    options = _Options(say)
    _add_build(app, options, say, translate, told)
    _add_check(app, options, say, translate)
    _add_records(app, options, say, translate)
    _add_bundling(app, options, say)
    _add_looks(app, options, say, translate, language)
    return app


class _Options:
    """The options that several commands have."""

    def __init__(self, say: Say) -> None:
        """Word them."""
        self.data = typer.Option(help=say(msg("Folder of the records.")))
        self.out = typer.Option(help=say(msg("Folder of the output.")))
        self.year = typer.Option(help=say(msg("Only data/YEAR.")))
        self.template = typer.Option(help=say(msg("Word template of the form.")))
        self.fonts = typer.Option(help=say(msg("Folder with more fonts; may be repeated.")))
        self.system_fonts = typer.Option(help=say(msg("Use official faces that the machine has.")))
        self.jobs = typer.Option(
            "--jobs", "-j", min=1, help=say(msg("Processes; else one a core."))
        )
        self.lang = typer.Option(help=say(msg("Language of messages; else the locale's.")))


def _add_build(
    app: typer.Typer, options: _Options, say: Say, translate: Translate, told: Told
) -> None:
    """Add the command that builds."""

    @app.command(help=say(msg("Build Word and PDF reports from the records.")))
    def build(
        data: Annotated[Path, options.data] = Path("data"),
        out: Annotated[Path, options.out] = Path("build"),
        year: Annotated[int | None, options.year] = None,
        only: Annotated[
            list[str] | None,
            typer.Option(help=say(msg("Only the record of this file stem; may be repeated."))),
        ] = None,
        template: Annotated[Path, options.template] = _TEMPLATE,
        fonts: Annotated[list[Path] | None, options.fonts] = None,
        system_fonts: Annotated[bool, options.system_fonts] = True,
        jobs: Annotated[int | None, options.jobs] = None,
        explain: Annotated[
            bool, typer.Option("--explain", help=say(msg("Tell why each file was made or not.")))
        ] = False,
        scheduler: Annotated[
            str | None,
            typer.Option(
                help=say(msg("Dask scheduler whose workers share this folder (tcp://…)."))
            ),
        ] = None,
        watch: Annotated[
            bool,
            typer.Option("--watch", help=say(msg("Build again after each save, until Ctrl-C."))),
        ] = False,
        lang: Annotated[Language | None, options.lang] = None,
    ) -> int:
        del lang
        settings = Settings(
            data=data,
            out=out,
            template=template,
            year=year,
            only=tuple(only or ()),
            epoch=epoch(),
            font_folders=tuple(fonts or ()),
            system_fonts=system_fonts,
            workers=jobs or os.cpu_count() or 1,
            source=source_of(data),
            scheduler=scheduler_of(scheduler),
        )
        if watch:
            return run_watch(settings, say, translate, told, explain=explain)
        return run_build(settings, say, translate, explain=explain)


def _add_check(app: typer.Typer, options: _Options, say: Say, translate: Translate) -> None:
    """Add the command that checks."""

    @app.command(help=say(msg("Find what a reviewer would send back.")))
    def check(
        paths: Annotated[
            list[Path] | None, typer.Argument(help=say(msg("Records; all of them if none.")))
        ] = None,
        data: Annotated[Path, options.data] = Path("data"),
        year: Annotated[int | None, options.year] = None,
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
        fonts: Annotated[list[Path] | None, options.fonts] = None,
        lang: Annotated[Language | None, options.lang] = None,
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
        return run_check(settings, paths or [], chosen, style, say, translate, strict=strict)


def _add_records(app: typer.Typer, options: _Options, say: Say, translate: Translate) -> None:
    """Add what writes records, and compares them."""
    import_help = msg("Make records of filled forms (docx, xlsx, xls, html, txt, pdf).")
    keys_option = typer.Option(help=say(msg("Keys as the form's labels, or in English.")))

    @app.command("import", help=say(import_help))
    def import_(
        files: Annotated[list[Path], typer.Argument(help=say(msg("Filled forms.")))],
        out: Annotated[
            Path | None,
            typer.Option(help=say(msg("Folder of the new records; else data/YEAR of the form."))),
        ] = None,
        data: Annotated[Path, options.data] = Path("data"),
        profile: Annotated[
            str, typer.Option(help=say(msg("Profile that the records name.")))
        ] = "shanghai",
        keys: Annotated[KeyNames, keys_option] = "zh",
        update: Annotated[
            bool,
            typer.Option("--update", help=say(msg("Merge an edited form or workbook of ours."))),
        ] = False,
        dry_run: Annotated[
            bool,
            typer.Option("--dry-run", help=say(msg("With --update: show, and write nothing."))),
        ] = False,
        lang: Annotated[Language | None, options.lang] = None,
    ) -> int:
        del lang
        if update:
            if out is not None:
                raise UsageError(msg("--out is not for --update: the records are those of --data"))
            from perfeval_docs.cli.updating import run_update  # noqa: PLC0415  # as below

            return run_update(files, data, say, translate, dry_run=dry_run)
        if dry_run:
            raise UsageError(msg("--dry-run is for --update"))
        from perfeval_docs.cli.importing import run_import  # noqa: PLC0415  # loads its readers

        return run_import(files, out, data, profile, say, keys)

    @app.command(help=say(msg("Bring records into the one layout; comments and figures stay.")))
    def fmt(
        paths: Annotated[
            list[Path] | None, typer.Argument(help=say(msg("Files, folders; else all records.")))
        ] = None,
        data: Annotated[Path, options.data] = Path("data"),
        keys: Annotated[
            KeyNames | None, typer.Option(help=say(msg("Keys in English or as on the form.")))
        ] = None,
        check: Annotated[
            bool, typer.Option("--check", help=say(msg("Write nothing; fail if a file is not.")))
        ] = False,
        lang: Annotated[Language | None, options.lang] = None,
    ) -> int:
        del lang
        return run_fmt(paths or [], data, keys, say, translate, check=check)

    @app.command(help=say(msg("Begin a record, or a year: blank, or from last year's records.")))
    def new(
        name: Annotated[
            str | None, typer.Argument(help=say(msg("The new file's name, without .yaml.")))
        ] = None,
        origin: Annotated[
            Path | None,
            typer.Option("--from", help=say(msg("Last year's record, or the folder of all."))),
        ] = None,
        year: Annotated[
            int | None, typer.Option(help=say(msg("The new year; else the one that follows.")))
        ] = None,
        data: Annotated[Path, options.data] = Path("data"),
        keys: Annotated[
            KeyNames, typer.Option(help=say(msg("Keys in English or as on the form.")))
        ] = "zh",
        lang: Annotated[Language | None, options.lang] = None,
    ) -> int:
        del lang
        return run_new(name, origin, year, data, keys, say, translate)

    @app.command(help=say(msg("Tell what changed, in the words of the form; 1 if something did.")))
    def diff(
        before: Annotated[
            str | None,
            typer.Argument(
                help=say(msg("A record, folder, REVISION:PATH, bundle, or form of ours."))
            ),
        ] = None,
        after: Annotated[
            str | None, typer.Argument(help=say(msg("What it is compared with.")))
        ] = None,
        rev: Annotated[
            str | None, typer.Option(help=say(msg("Revisions of git: OLD, or OLD..NEW.")))
        ] = None,
        style: Annotated[
            DiffStyle, typer.Option("--format", help=say(msg("How changes are written.")))
        ] = "text",
        data: Annotated[Path, options.data] = Path("data"),
        lang: Annotated[Language | None, options.lang] = None,
    ) -> int:
        del lang
        return run_diff(before, after, rev, style, data, say, translate)


def _add_bundling(app: typer.Typer, options: _Options, say: Say) -> None:
    """Add the commands by which documents leave the house and come back."""

    @app.command(help=say(msg("Give back the record that a Word file or a PDF carries.")))
    def extract(
        document: Annotated[Path, typer.Argument(help=say(msg("A form that perfeval built.")))],
        out: Annotated[
            Path, typer.Option(help=say(msg("Folder that the record is written to.")))
        ] = Path("extracted"),
        lang: Annotated[Language | None, options.lang] = None,
    ) -> int:
        del lang
        return run_extract(document, out, say)

    @app.command(help=say(msg("Put a year's complete build into a bundle with its proof.")))
    def bundle(
        data: Annotated[Path, options.data] = Path("data"),
        out: Annotated[Path, options.out] = Path("build"),
        year: Annotated[int | None, options.year] = None,
        public: Annotated[
            bool,
            typer.Option("--public/--internal", help=say(msg("Leave out all that is internal."))),
        ] = True,
        template: Annotated[Path, options.template] = _TEMPLATE,
        lock: Annotated[
            Path, typer.Option(help=say(msg("List of the packages that the year was built with.")))
        ] = Path("requirements/run.txt"),
        fonts: Annotated[list[Path] | None, options.fonts] = None,
        system_fonts: Annotated[bool, options.system_fonts] = True,
        sign: Annotated[
            Path | None, typer.Option(help=say(msg("SSH key that signs the bundle.")))
        ] = None,
        lang: Annotated[Language | None, options.lang] = None,
    ) -> int:
        del lang
        settings = Settings(
            data=data,
            out=out,
            template=template,
            year=year,
            epoch=epoch(),
            font_folders=tuple(fonts or ()),
            system_fonts=system_fonts,
            workers=os.cpu_count() or 1,
            source=source_of(data),
            public=public,
        )
        return run_bundle(settings, lock, sign, say)

    file_argument = typer.Argument(help=say(msg("A bundle that perfeval made.")))

    @app.command(help=say(msg("Name all that is wrong with a bundle.")))
    def verify(
        bundle: Annotated[Path, file_argument],
        signers: Annotated[
            Path | None,
            typer.Option(help=say(msg("File of allowed signers, as ssh-keygen reads it."))),
        ] = None,
        lang: Annotated[Language | None, options.lang] = None,
    ) -> int:
        del lang
        return run_verify(bundle, signers, say)

    @app.command(help=say(msg("Build a bundle's year again from the records inside.")))
    def reproduce(
        bundle: Annotated[Path, file_argument],
        jobs: Annotated[int | None, options.jobs] = None,
        lang: Annotated[Language | None, options.lang] = None,
    ) -> int:
        del lang
        return run_reproduce(bundle, jobs or os.cpu_count() or 1, say)


def _add_looks(
    app: typer.Typer, options: _Options, say: Say, translate: Translate, language: str
) -> None:
    """Add what shows rules, schemas and the stages of a record."""
    schemas_option = typer.Option(help=say(msg("Folder of the schemas.")))
    stage_option = typer.Option(help=say(msg("How far the record has come.")))

    @app.command(help=say(msg("Tell what a rule finds, why, and what to do.")))
    def explain(
        code: Annotated[
            str, typer.Argument(help=say(msg("A code or a name, such as PE203 or overspent.")))
        ],
        lang: Annotated[Language | None, options.lang] = None,
    ) -> int:
        del lang
        return run_explain(code, language)

    @app.command(help=say(msg("Write the JSON Schemas that editors use.")))
    def schema(
        out: Annotated[Path, schemas_option] = Path("schema"),
        check: Annotated[
            bool, typer.Option("--check", help=say(msg("Write nothing; fail if a file is stale.")))
        ] = False,
        lang: Annotated[Language | None, options.lang] = None,
    ) -> int:
        del lang
        return run_schema(out, say, check=check)

    @app.command(help=say(msg("Show a stage of one record as text.")))
    def show(
        record: Annotated[Path, typer.Argument(help=say(msg("The record's file.")))],
        stage: Annotated[Stage, stage_option] = "view",
        data: Annotated[Path, options.data] = Path("data"),
        lang: Annotated[Language | None, options.lang] = None,
    ) -> int:
        del lang
        return run_show(record, stage, data, translate)
