"""Run one call, print its outcome, return the exit code."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from time import monotonic
from types import MappingProxyType
from typing import TYPE_CHECKING, Final, Literal

from perfeval_docs.diagnostic import Diagnostic, Message, Severity, has_error, msg
from perfeval_docs.errors import ExitCode
from perfeval_docs.settings import Choice, Settings, Style

if TYPE_CHECKING:
    from perfeval_docs.build import Outcome

Say = Callable[[Message], str]
Translate = Callable[[str], str]
Stage = Literal["nodes", "record", "assessment", "view"]

_MOST_NAMES: Final = 5
_FEW: Final = 10
"""Of fewer a second, the tenths are told."""

PARTS: Final = MappingProxyType(
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
        "around": msg("the department's name changed"),
        "forms": msg("its forms changed"),
        "cover": msg("its first pages changed"),
    }
)


def run_build(settings: Settings, say: Say, translate: Translate, *, explain: bool) -> int:
    """Build, and tell what became of the records."""
    start = monotonic()
    outcome = _built(settings, say)
    _print_errors(outcome.errors, outcome.texts, translate)
    if explain:
        for name, why in outcome.why.items():
            reasons = say(msg(", ")).join(say(PARTS.get(each, Message(each))) for each in why)
            told = (
                msg("{name}: made ({why})", name=name, why=reasons)
                if why
                else msg("{name}: unchanged", name=name)
            )
            print(say(told))
    if outcome.remarks:
        count = str(outcome.remarks)
        note(say(msg("{count} warnings and remarks: `perfeval check` shows them", count=count)))
    for substitution in outcome.substitutions:
        note(say(substitution.message()))
    if outcome.unprinted:
        names = ", ".join(outcome.unprinted)
        file = settings.template.as_posix()
        note(say(msg("{file} does not print: {names}", file=file, names=names)))
    for each in outcome.notes:
        note(say(each))
    _note_passed_over(settings, say)
    for name in outcome.withdrawn:
        note(say(msg("the earlier report of {name} was removed", name=name)))
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
        if volumes := outcome.volumes.get(year):
            told = msg(
                "its forms in {count} volumes: {folder}/annex", count=str(volumes), folder=folder
            )
            print(say(told))
        print(say(msg("site of {year}: {folder}/site/index.html", year=year, folder=folder)))
    return ExitCode.FAULTS if outcome.refused or outcome.errors else ExitCode.CLEAN


def _of_folder(settings: Settings, paths: Sequence[Path]) -> tuple[Settings, Sequence[Path]]:
    """Return what is to be checked: the data folder or a year's stands for all of its records."""
    if len(paths) != 1 or not paths[0].is_dir():
        return settings, paths
    folder, data = paths[0].resolve(), settings.data.resolve()
    if folder.parent == data and re.fullmatch(r"\d{4}", folder.name, re.ASCII):
        return replace(settings, year=int(folder.name)), ()
    return settings, () if folder == data else paths


def _note_passed_over(settings: Settings, say: Say) -> None:
    """Tell of what may be meant as a record and is none: a whole unit's may be missing."""
    from perfeval_docs.checking import passed_over  # noqa: PLC0415  # as above

    names = () if settings.only else passed_over(settings)
    if names:
        from perfeval_docs.report.cells import visible  # noqa: PLC0415  # slow to load, rarely used

        shown = ", ".join(map(visible, names[:_MOST_NAMES]))
        note(
            say(
                msg(
                    "not read as records: {names} ({count}); a record is a file ….yaml in the "
                    "folder of its year",
                    names=f"{shown} …" if len(names) > _MOST_NAMES else shown,
                    count=str(len(names)),
                )
            )
        )


def run_check(
    settings: Settings,
    paths: Sequence[Path],
    chosen: Choice,
    style: Style,
    say: Say,
    translate: Translate,
    *,
    strict: bool,
) -> int:
    """Check, and print the findings that were chosen."""
    from perfeval_docs.checking import check  # noqa: PLC0415  # as above
    from perfeval_docs.explain import refuse_unknown  # noqa: PLC0415
    from perfeval_docs.report import render  # noqa: PLC0415

    refuse_unknown((*chosen.select, *chosen.ignore))
    settings, paths = _of_folder(settings, paths)
    with _progress(say, msg("checking")) as (on_record, _):
        outcome = check(settings, paths, on_record)
    found = [d for d in outcome.diagnostics if chosen.takes(d.code, d.name)]
    text = render(found, outcome.texts, style, translate)
    print(text, end="" if text.endswith("\n") or not text else "\n")
    if not paths:
        _note_passed_over(settings, say)
    if not found and style == "full":
        print(say(msg("{count} records checked, nothing found", count=str(outcome.records))))
    if found and style == "full":
        note(say(msg("`perfeval explain {code}` tells more of a finding", code=found[0].code)))
    fails = has_error(found) or (strict and any(d.severity is Severity.WARNING for d in found))
    return ExitCode.FAULTS if fails else ExitCode.CLEAN


def run_explain(code_or_name: str, language: str) -> int:
    """Print a rule's page."""
    from perfeval_docs.explain import page, page_names, page_text  # noqa: PLC0415  # as above

    code, found = page(code_or_name)
    print(page_text(code, page_names()[code], found, language), end="")
    return ExitCode.CLEAN


def run_schema(out: Path, say: Say, *, check: bool) -> int:
    """Write the schemas, or tell which are stale."""
    from perfeval_docs.output import write_files  # noqa: PLC0415  # as above
    from perfeval_docs.record.schema import schema_files  # noqa: PLC0415

    files = {name: text.encode() for name, text in schema_files().items()}
    stale = [name for name, data in files.items() if _content(out / name) != data]
    if not check:
        write_files(out, files)
        return ExitCode.CLEAN
    for name in stale:
        note(say(msg("{file} is stale; run `perfeval schema`", file=(out / name).as_posix())))
    return ExitCode.FAULTS if stale else ExitCode.CLEAN


def _content(file: Path) -> bytes | None:
    return file.read_bytes() if file.is_file() else None


def run_show(record: Path, stage: Stage, data: Path, translate: Translate) -> int:
    """Print a stage of a record."""
    from perfeval_docs.build.reports import form_view  # noqa: PLC0415  # as above
    from perfeval_docs.checking import prepare, read_inputs, record_file  # noqa: PLC0415
    from perfeval_docs.show import show  # noqa: PLC0415

    prepared = prepare(read_inputs(record_file(record, data)), lambda _: ())
    _print_errors(prepared.diagnostics, prepared.texts, translate)
    match stage:
        case "nodes":
            value: object = prepared.source.root
        case "record":
            value = prepared.record
        case "assessment":
            value = prepared.assessment
        case "view":
            value = form_view(prepared)
    if value is not None:
        print(show(value), end="")
    return ExitCode.FAULTS if value is None or has_error(prepared.diagnostics) else ExitCode.CLEAN


def _built(settings: Settings, say: Say) -> Outcome:
    """Build, and show how far it is."""
    from perfeval_docs.build import build  # noqa: PLC0415  # help and usage errors need none of it

    with _progress(say, msg("building")) as (on_record, on_step):

        def on_year(year: str) -> None:
            on_step(msg("summary of {year}", year=year))

        def on_volume(done: int, every: int) -> None:
            if not done:
                on_step(msg("volumes of forms"))
            on_record(done, every)

        return build(settings, on_record, on_year, on_volume)


def _print_errors(
    diagnostics: Sequence[Diagnostic], texts: Mapping[str, str], translate: Translate
) -> None:
    errors = [d for d in diagnostics if d.severity is Severity.ERROR]
    if errors:
        print_faults(errors, texts, translate)


def print_faults(
    diagnostics: Sequence[Diagnostic], texts: Mapping[str, str], translate: Translate
) -> None:
    """Print faults with the lines that they are about."""
    from perfeval_docs.report import render  # noqa: PLC0415  # as above

    print(render(diagnostics, texts, "full", translate), file=sys.stderr)


def note(text: str) -> None:
    """Print what is no result, but should be known; on a terminal in lines of 80 cells."""
    if sys.stderr.isatty():
        from perfeval_docs.report.full import WIDTH  # noqa: PLC0415  # a pipe needs none of it
        from perfeval_docs.report.wrap import wrap  # noqa: PLC0415

        text = "\n".join(part for line in text.split("\n") for part in wrap(line, WIDTH))
    print(text, file=sys.stderr)


@contextmanager
def _progress(
    say: Say, what: Message
) -> Iterator[tuple[Callable[[int, int], None], Callable[[Message], None]]]:
    """Show a bar with how many a second and the time left on a terminal, nothing in a pipe.

    Gives what tells of a record, and what tells of a step that follows and may have a count.
    """
    if not sys.stderr.isatty():
        yield lambda _done, _all: None, lambda _step: None
        return
    from rich.console import Console  # noqa: PLC0415  # costs 0.1 s, and only a terminal needs it
    from rich.progress import (  # noqa: PLC0415
        BarColumn,
        MofNCompleteColumn,
        Progress,
        TextColumn,
        TimeRemainingColumn,
    )

    rate = say(msg("{count} a second", count="{task.fields[rate]}"))
    columns = (
        TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TextColumn(rate),
        TimeRemainingColumn(),
    )  # fmt: skip
    begun = monotonic()
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(say(what), total=None, rate="–")

        def on_record(done: int, every: int) -> None:
            rate = done / max(monotonic() - begun, 0.001)
            told = f"{rate:.1f}" if rate < _FEW else f"{rate:.0f}"
            bar.update(task, completed=done, total=every, rate=told if done else "–")

        def on_step(step: Message) -> None:
            nonlocal begun, task
            begun = monotonic()
            # A bar that has had a count keeps it.
            bar.remove_task(task)
            task = bar.add_task(say(step), total=None, rate="–")

        yield on_record, on_step
