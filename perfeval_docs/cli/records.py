"""Run the commands that write records, and hold them against each other."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Literal

from perfeval_docs.cli.running import Say, Translate
from perfeval_docs.diagnostic import Diagnostic, msg
from perfeval_docs.errors import ExitCode
from perfeval_docs.report import render

KeyNames = Literal["en", "zh"]


def run_fmt(
    paths: Sequence[Path],
    data: Path,
    names: KeyNames | None,
    say: Say,
    translate: Translate,
    *,
    check: bool,
) -> int:
    """Bring files into the one layout, or tell which are not; those with faults are left."""
    from perfeval_docs.checking import read_bytes  # noqa: PLC0415  # help needs none of it
    from perfeval_docs.editing import find_files, formatted  # noqa: PLC0415
    from perfeval_docs.output import rewrite  # noqa: PLC0415

    changed = same = left = 0
    found: list[Diagnostic] = []
    texts: dict[str, str] = {}
    for file in find_files(paths, data):
        name, before = file.as_posix(), read_bytes(file)
        outcome = formatted(before, name, names)
        found += outcome.diagnostics
        texts[name] = outcome.source.text
        if outcome.text is None:
            left += 1
            if not outcome.diagnostics:
                _note(
                    say(msg("{file} was left as it is: please report it, this is a bug", file=name))
                )
        elif outcome.text.encode() == before:
            same += 1
        elif check:
            changed += 1
            print(say(msg("{file} is not in the one layout", file=name)))
        else:
            changed += 1
            rewrite(file, outcome.text.encode())
            print(say(msg("{file} was laid out anew", file=name)))
    if found:
        print(render(found, texts, "full", translate), file=sys.stderr)
    counts = {"changed": str(changed), "same": str(same), "left": str(left)}
    if check:
        told = msg("{changed} to lay out anew, {same} as they should be, {left} left", **counts)
    else:
        told = msg("{changed} laid out anew, {same} unchanged, {left} left as they are", **counts)
    _note(say(told))
    return ExitCode.FAULTS if left or (check and changed) else ExitCode.CLEAN


def run_new(
    name: str | None,
    origin: Path | None,
    year: int | None,
    data: Path,
    names: KeyNames,
    say: Say,
    translate: Translate,
) -> int:
    """Write new records, and tell what is to be done with them."""
    from perfeval_docs.editing import Asked, start  # noqa: PLC0415  # as above

    asked = Asked(data=data, name=name, origin=origin, year=year, names=names)
    started = start(asked)
    for file in started.written:
        print(say(msg("{file} was written", file=file.as_posix())))
    for file in started.there:
        _note(say(msg("{file} is there already, and was left as it is", file=file.as_posix())))
    for each in started.faulty:
        _note(say(msg("{file} was not taken over", file=each.source.file)))
    if started.diagnostics:
        texts = {each.source.file: each.source.text for each in started.faulty}
        print(render(started.diagnostics, texts, "full", translate), file=sys.stderr)
    if started.for_all:
        told = msg(
            "{file} says {keys} for all years; write this year's in {own}",
            file=(data / "perfeval.yaml").as_posix(),
            keys=", ".join(started.for_all),
            own=next(f.as_posix() for f in started.written if f not in started.records),
        )
        _note(say(told))
    if started.records:
        first, *others = started.records
        asked_of = f"--year {first.parent.name}" if others else first.as_posix()
        _note(say(msg("fill in; `perfeval check {what}` tells what is missing", what=asked_of)))
    return ExitCode.FAULTS if started.faulty else ExitCode.CLEAN


def _note(text: str) -> None:
    print(text, file=sys.stderr)
