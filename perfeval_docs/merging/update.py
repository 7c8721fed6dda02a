"""The journey of an update: a form that was edited, the record that it carries, the one by now."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from perfeval_docs.carried import Carried, carried_in
from perfeval_docs.diagnostic import Diagnostic, msg
from perfeval_docs.editing import formatted
from perfeval_docs.editing.remarks import comments_of
from perfeval_docs.editing.values import UneditableError
from perfeval_docs.errors import UsageError
from perfeval_docs.importing import Cells, Found, interpret, notes_in, read_sheets, seen
from perfeval_docs.merging.edited import Unclear, as_printed, edited
from perfeval_docs.merging.said import Row, Said, others_of, said_of
from perfeval_docs.merging.sieve import NoFigure
from perfeval_docs.merging.threeway import Conflict, Merged, merge
from perfeval_docs.merging.write import written
from perfeval_docs.profile import Profile, load_profile
from perfeval_docs.record import Record
from perfeval_docs.record.meaning import reading_faults
from perfeval_docs.source import Source, read_source


class MissingRecordError(UsageError):
    """The record that a document was made from is not where it was."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Updated:
    """What a form gives to the record `name` (`2024/x.yaml`) that it was printed from.

    `before` is the record's text and `after` the one to be; None where the record cannot be
    read, `diagnostics` in the way, or the change cannot be written. `odd` are cells that ask for a
    figure, `kept` rows that are not to be seen in the form and may be there, `unplaced` the cells
    that nothing was made of.
    """

    name: str
    source: Source
    after: str | None
    conflicts: tuple[Conflict, ...] = ()
    unclear: tuple[Unclear, ...] = ()
    odd: tuple[NoFigure, ...] = ()
    kept: tuple[str, ...] = ()
    unplaced: tuple[Found, ...] = ()
    diagnostics: tuple[Diagnostic, ...] = ()


@dataclass(frozen=True, slots=True)
class Base:
    """What a document was printed from: what it said, and the cells that were printed of it."""

    said: Said
    profile: Profile
    cells: Cells


Read = Callable[[str], bytes]
"""Returns the bytes of a file of the data folder by its name; empty where there is none."""


def update_from_form(data: bytes, file: str, folder: Path, read: Read) -> Updated:
    """Merge a Word form that was edited into its record, which is not written.

    `folder` is the data folder, in which the profiles of a unit are. Raises `UsageError` for a
    document that carries no record, or more than one form, or whose record is not there;
    `UnreadableFileError` for one that cannot be read.
    """
    carried = carried_in(data, file)
    forms = interpret(read_sheets(data, file))
    if len(forms) != 1:
        raise UsageError(
            msg("{file} has {count} forms; one is needed", file=file, count=str(len(forms)))
        )
    found = update(carried, file, seen(forms[0]), folder, read)
    return replace(found, unplaced=(*forms[0].unplaced, *notes_in(data, file)))


def update(carried: Carried, file: str, cells: Cells, folder: Path, read: Read) -> Updated:
    """Merge what cells say that were printed from a carried record into the record by now.

    Raises `MissingRecordError` where the record is not there, `UsageError` where the carried one
    cannot be read.
    """
    name = carried.files[0].name
    base = carried_base(carried, file, folder)
    form = edited(base.said, base.profile, cells)
    data = read(name)
    if form is None or not data:
        raise MissingRecordError(
            msg(
                "{file} was made from {name}, which is not in {folder}: if it was renamed or "
                "moved, give it that name again, else import the Word form without --update",
                file=file,
                name=name,
                folder=folder.as_posix(),
            )
        )
    source = read_source(data, (folder / name).as_posix())
    found = reading_faults(source, Record)
    if found or source.root is None:
        return Updated(name=name, source=source, after=None, diagnostics=found)
    defaults = tuple(_defaults(name, read))
    record = said_of(source, defaults)
    shared = record.values.keys() - said_of(source).values.keys()
    merged = merge(base.said, form, record, shared)
    return Updated(
        name=name,
        source=source,
        after=_text(source, defaults, record, merged),
        conflicts=merged.conflicts,
        unclear=form.unclear,
        odd=form.odd,
        kept=form.kept,
    )


def carried_base(carried: Carried, file: str, folder: Path) -> Base:
    """Return what a carried record says, and what was printed of it.

    Raises `UsageError` for one that is no record, or whose profile is not to be had.
    """
    first, *others = carried.files
    shared = [
        read_source(each.text.encode(), each.name) for each in others if each.kind == "defaults"
    ]
    said = said_of(read_source(first.text.encode(), first.name), shared)
    profile = load_profile(said.values.get(("profile",), ""), folder).value
    cells = None if profile is None else as_printed(said, profile)
    if profile is None or cells is None:
        raise UsageError(msg("{file}: the record that it carries cannot be read", file=file))
    return Base(said, profile, cells)


def _defaults(name: str, read: Read) -> Iterator[Source]:
    for shared in ("perfeval.yaml", f"{name.split('/', maxsplit=1)[0]}/perfeval.yaml"):
        data = read(shared)
        if data:
            yield read_source(data, shared)


def _text(source: Source, defaults: Sequence[Source], record: Said, merged: Merged) -> str | None:
    """Return the text with the changes; None where no way of writing it reads back as it should.

    A text in brackets is laid out anew first.
    """
    if merged.is_nothing:
        return source.text
    wanted = _done(record, merged)
    for each in (source, _in_one_layout(source)):
        try:
            text = written(each, merged)
        except UneditableError:
            continue
        after = read_source(text.encode(), source.file)
        if not reading_faults(after, Record) and after.root is not None:
            same = _plain(said_of(after, defaults)) == _plain(wanted)
            kept = Counter(comments_of(source)) == Counter(comments_of(after))
            if same and kept and others_of(after) == others_of(source):
                return text
    return None


def _in_one_layout(source: Source) -> Source:
    text = formatted(source.text.encode(), source.file).text or ""
    return read_source(text.encode(), source.file)


def _done(record: Said, merged: Merged) -> Said:
    """Return what a record says with what is to be done to it done."""
    values = {**record.values, **merged.values}
    rows = []
    for number, row in enumerate(record.rows):
        cells = {key: text for (at, key), text in merged.cells.items() if at == number}
        said = {key: text for key, text in {**row.values, **cells}.items() if text}
        rows.append(replace(row, values=said))
    every = tuple(rows)
    if merged.groups is not None:
        every = tuple(
            Row(group.level1, group.level2, (rows[each] if isinstance(each, int) else each).values)
            for group in merged.groups
            for each in group.rows
        )
    return Said({where: text for where, text in values.items() if text}, every)


def _plain(said: Said) -> object:
    """Return what is said so that groups may stand in any order, their rows in theirs."""
    groups: dict[tuple[str, str], list[dict[str, str]]] = {}
    for row in said.rows:
        groups.setdefault((row.level1, row.level2), []).append(dict(row.values))
    return dict(said.values), groups
