"""Run an update: what others changed in forms and workbooks, back into the records."""

from __future__ import annotations

import sys
from codecs import BOM_UTF8
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from difflib import unified_diff
from itertools import takewhile
from pathlib import Path
from types import MappingProxyType
from typing import Final

from perfeval_docs.checking import read_bytes
from perfeval_docs.cli.importing import unplaced
from perfeval_docs.cli.running import Say, Translate, note
from perfeval_docs.compare import DEFAULTS, Side, compare, text
from perfeval_docs.diagnostic import Message, msg
from perfeval_docs.errors import ExitCode, MachineError, UnreadableFileError, UsageError
from perfeval_docs.importing import LOST, MAX_BYTES, REMARKS, Found, Where
from perfeval_docs.merging import (
    Conflict,
    Unclear,
    Updated,
    update_from_form,
    update_from_workbook,
)
from perfeval_docs.output import rewrite
from perfeval_docs.record import Amounts, Funds, Goal, Indicator, Record
from perfeval_docs.record.keys import KEYS
from perfeval_docs.report import render

_SHOWN: Final = 40
_BEFORE: Final = 10
_SHAPES: Final = (Record, Funds, Amounts, Goal, Indicator)
_APART: Final = MappingProxyType({REMARKS: "偏差原因分析及改进措施", "levels": "所属指标"})


def run_update(
    files: Sequence[Path], data: Path, say: Say, translate: Translate, *, dry_run: bool
) -> int:
    """Merge forms and workbooks into their records, and tell what was changed and what was not."""
    run = _Run(data, say, translate, dry_run=dry_run)
    for file in files:
        try:
            run.take(file)
        except (UnreadableFileError, UsageError) as error:
            run.leave(error.args[0])
        except MachineError as error:
            run.leave(error.args[0], ExitCode.ENVIRONMENT)
    if not run.changed and run.code is ExitCode.CLEAN:
        note(say(msg("the records say all of it already; nothing was written")))
    elif dry_run and run.changed:
        note(say(msg("nothing was written; leave out --dry-run to write it")))
    return run.code


@dataclass(slots=True)
class _Run:
    """One run over several files; `texts` are records as they are to be by now."""

    data: Path
    say: Say
    translate: Translate
    dry_run: bool
    texts: dict[str, bytes] = field(default_factory=dict)
    changed: bool = False
    code: ExitCode = ExitCode.CLEAN

    def take(self, file: Path) -> None:
        """Merge a file into the records that it carries."""
        content = read_bytes(file, MAX_BYTES)
        found: Sequence[Updated]
        left: Sequence[Found] = ()
        missing: Sequence[UsageError] = ()
        match file.suffix.casefold():
            case ".docx":
                found = (update_from_form(content, file.name, self.data, self.read),)
            case ".xlsx":
                every = update_from_workbook(content, file.name, self.data, self.read)
                found, left = every.updated, every.unplaced
                missing = every.missing
            case _:
                raise UsageError(
                    msg(
                        "{file}: only a Word form or a workbook that perfeval built can be merged",
                        file=file.as_posix(),
                    )
                )
        for each in found:
            self._tell(file, each)
        for error in missing:
            self.leave(error.args[0])
        for told in unplaced(file, left):
            self.leave(told)

    def read(self, name: str) -> bytes:
        """Return a file of the data folder as it is to be by now; nothing where there is none."""
        if name not in self.texts:
            path = self.data / name
            self.texts[name] = read_bytes(path) if path.is_file() else b""
        return self.texts[name]

    def _tell(self, file: Path, found: Updated) -> None:
        path = self.data / found.name
        if found.diagnostics:
            texts = {found.source.file: found.source.text}
            print(render(found.diagnostics, texts, "full", self.translate), file=sys.stderr)
            self.code = max(self.code, ExitCode.FAULTS)
        elif found.after is None:
            told = msg(
                "{file}: what was changed cannot be written into {record}: please report it, this "
                "is a bug",
                file=file.as_posix(),
                record=path.as_posix(),
            )
            self.leave(told)
        elif found.after != found.source.text:
            self._write(path, found)
        for conflict in found.conflicts:
            self.leave(_conflict(path, conflict, self.say))
        for each in found.unclear:
            self.leave(_unclear(path, each, self.say))
        if found.missed:
            told = msg(
                "{file}: not all indicators could be read, each of which needs a name; these stay "
                "in {record}: {names}",
                file=file.as_posix(),
                record=path.as_posix(),
                names="、".join(_shown(where[-1]) for where in found.missed),
            )
            self.leave(told)
        for told in unplaced(file, found.unplaced):
            self.leave(told)

    def _write(self, path: Path, found: Updated) -> None:
        before, after = self.read(found.name), (found.after or "").encode()
        if before.startswith(BOM_UTF8):
            after = BOM_UTF8 + after
        sides = (Side(root=path, files=dict(self._files(path, each))) for each in (before, after))
        compared = compare(*sides)
        if self.changed:
            print()
        if compared.projects:
            print(text(compared, self.translate, counts=False), end="")
        else:
            told = msg(
                "{file}: rows in another order, or a declared figure that was taken back",
                file=path.as_posix(),
            )
            print(self.say(told))
        if self.dry_run:
            old, new = found.source.text.splitlines(), (found.after or "").splitlines()
            name = path.as_posix()
            print(*unified_diff(old, new, name, name, n=2, lineterm=""), sep="\n")
        else:
            rewrite(path, after)
        self.texts[found.name] = after
        self.changed = True

    def _files(self, path: Path, data: bytes) -> Iterator[tuple[Path, bytes]]:
        yield path, data
        for folder in (path.parent.parent, path.parent):
            shared = folder / DEFAULTS
            if shared.is_file():
                yield shared, read_bytes(shared)

    def leave(self, told: Message, code: ExitCode = ExitCode.FAULTS) -> None:
        """Tell of something that was left; the worst of all codes is the run's."""
        note(self.say(told))
        self.code = max(self.code, code)


def _conflict(path: Path, conflict: Conflict, say: Say) -> Message:
    texts = _around((conflict.base, conflict.form, conflict.record))
    base, form, record = (_shown(each) or say(msg("(nothing)")) for each in texts)
    said = {"file": path.as_posix(), "place": _place(conflict.where)}
    if conflict.gone_from == "form":
        return msg(
            "{file}: {place}: the form has no such row any more, and the record made “{record}” "
            "of “{base}”; the record was left",
            base=base,
            record=record,
            **said,
        )
    said["form"] = form
    if conflict.gone_from == "record":
        return msg(
            "{file}: {place}: the form made “{form}” of “{base}”, and the record has no such row "
            "any more; the record was left",
            base=base,
            **said,
        )
    said["record"] = record
    if conflict.base is None:
        return msg(
            "{file}: {place}: the form says “{form}” and the record “{record}”; the record was "
            "left",
            **said,
        )
    return msg(
        "{file}: {place}: it was “{base}”; the form makes it “{form}” and the record “{record}”; "
        "the record was left",
        base=base,
        **said,
    )


def _unclear(path: Path, unclear: Unclear, say: Say) -> Message:
    said = {
        "file": path.as_posix(), "place": _place(unclear.place), "after": _shown(unclear.after),
    }  # fmt: skip
    if LOST in unclear.after:
        return msg(
            "{file}: {place}: “{after}” has a character that no record can hold; write it yourself",
            **said,
        )
    if unclear.place[-1] != REMARKS:
        return msg(
            "{file}: {place}: it was “{before}”; “{after}” is no figure; the record was left",
            before=_shown(unclear.before) or say(msg("(nothing)")),
            **said,
        )
    return msg(
        "{file}: {place}: the cell holds a reason and a measure, and it cannot be told which was "
        "changed; write it yourself: “{after}”",
        **said,
    )


def _place(where: Where) -> str:
    """Return a place as the form names it."""
    if where[0] == "indicators":
        # Two levels and a name, none of which is a key.
        return " / ".join((*where[1:4], *map(_label, where[4:])))
    return " / ".join(map(_label, where))


def _label(key: str) -> str:
    for shape in _SHAPES:
        if key in shape.model_fields:
            return KEYS.label(shape, key)
    return _APART.get(key, key)


def _around(values: Sequence[str | None]) -> Iterator[str]:
    """Yield texts in one line each, without most of what all that are there begin with alike."""
    flat = [" ".join((value or "").split()) for value in values]
    alike = takewhile(lambda chars: len(set(chars)) == 1, zip(*filter(None, flat), strict=False))
    start = max(len(list(alike)) - _BEFORE, 0)
    is_long = max(map(len, flat)) > _SHOWN and start
    yield from (f"…{each[start:]}" if is_long and each else each for each in flat)


def _shown(value: str | None) -> str:
    flat = " ".join((value or "").split())
    return flat if len(flat) <= _SHOWN else f"{flat[:_SHOWN]}…"
