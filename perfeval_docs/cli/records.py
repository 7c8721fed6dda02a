"""Run the commands that write records, and hold them against each other."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Literal, assert_never

from perfeval_docs.cli.machine import side_of_revision
from perfeval_docs.cli.running import Say, Translate, note, print_faults
from perfeval_docs.cli.sides import side, side_of
from perfeval_docs.diagnostic import Diagnostic, msg
from perfeval_docs.errors import ExitCode, UsageError
from perfeval_docs.settings import KeyNames

DiffStyle = Literal["text", "markdown", "json"]


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
                note(
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
        print_faults(found, texts, translate)
    counts = {"changed": str(changed), "same": str(same), "left": str(left)}
    if check:
        told = msg("{changed} to lay out anew, {same} as they should be, {left} left", **counts)
    else:
        told = msg("{changed} laid out anew, {same} unchanged, {left} left as they are", **counts)
    note(say(told))
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
        note(say(msg("{file} is there already, and was left as it is", file=file.as_posix())))
    for each in started.faulty:
        note(say(msg("{file} was not taken over", file=each.source.file)))
    if started.diagnostics:
        texts = {each.source.file: each.source.text for each in started.faulty}
        print_faults(started.diagnostics, texts, translate)
    if started.for_all and started.written:
        told = msg(
            "{file} says {keys} for all years; write this year's in {own}",
            file=(data / "perfeval.yaml").as_posix(),
            keys=", ".join(started.for_all),
            own=(started.written[0].parent / "perfeval.yaml").as_posix(),
        )
        note(say(told))
    if started.records:
        first, *others = started.records
        asked_of = f"--year {first.parent.name}" if others else first.as_posix()
        if data != Path("data"):
            asked_of = f"{asked_of} --data {data.as_posix()}"
        note(say(msg("fill in; `perfeval check {what}` tells what is missing", what=asked_of)))
    return ExitCode.FAULTS if started.faulty else ExitCode.CLEAN


def run_diff(
    before: str | None,
    after: str | None,
    revisions: str | None,
    style: DiffStyle,
    data: Path,
    say: Say,
    translate: Translate,
) -> int:
    """Print what changed; like diff, the exit code is 1 if something did."""
    from perfeval_docs.compare import compare, document, markdown, text  # noqa: PLC0415  # as above

    if revisions is None:
        if before is None or after is None:
            raise UsageError(msg("what with what? name two records, folders or revisions"))
        sides = side(before, say), side(after, say)
    else:
        if after is not None:
            raise UsageError(msg("with --rev, one record or folder is compared with itself"))
        root = data if before is None else Path(before)
        old, dots, new = revisions.partition("..")
        sides = side_of_revision(old, root), side_of(new or ("HEAD" if dots else None), root)
    if sides[0].is_public != sides[1].is_public:
        public = next(each for each in sides if each.is_public)
        told = msg("{file} is public: what is internal (佐证材料, 豁免) was not compared",
                   file=public.label)  # fmt: skip
        note(say(told))
    found = compare(*sides)
    if found.diagnostics:
        print_faults(found.diagnostics, found.texts, translate)
    match style:
        case "text":
            print(text(found, translate), end="")
        case "markdown":
            print(markdown(found, translate), end="")
        case "json":
            print(document(found), end="")
        case _:
            assert_never(style)
    return ExitCode.CLEAN if found.is_same else ExitCode.FAULTS
