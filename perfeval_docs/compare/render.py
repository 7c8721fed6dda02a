"""What changed, for people: as text of 80 columns, and as Markdown for a merge request."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from types import MappingProxyType
from typing import Final

from perfeval_docs.compare.excerpts import excerpts
from perfeval_docs.compare.model import Change, ChangeKind, Comparison, ProjectChange
from perfeval_docs.diagnostic import Message, msg
from perfeval_docs.report.cells import visible
from perfeval_docs.report.wrap import wrap

Translate = Callable[[str], str]

WIDTH: Final = 80

_ARROW: Final = "→"
_NOTHING: Final = msg("(nothing)")
_SIGNS: Final = MappingProxyType[ChangeKind, str](
    {"changed": "", "added": "+ ", "removed": "- ", "unreadable": "! "}
)
_KINDS: Final = MappingProxyType[ChangeKind, Message](
    {
        "changed": msg("changed"),
        "added": msg("added"),
        "removed": msg("removed"),
        "unreadable": msg("cannot be read, and was not compared"),
    }
)
# What Markdown, or a forge that shows it, takes for more than text.
_SPECIAL: Final = re.compile(r"[\\`*_\[\]#!|~>$]|^[-+](?=\s)")
_NUMBERED: Final = re.compile(r"^(\d+)([.)])(?=\s|$)")
_AS_ENTITY: Final = MappingProxyType({"<": "&lt;", "&": "&amp;", "@": "&#64;"})


def text(comparison: Comparison, translate: Translate, *, counts: bool = True) -> str:
    """Return lines of at most 80 cells, an empty one between projects; `counts` come last."""
    parts = ["\n".join(_project(each, translate)) for each in comparison.projects]
    parts += [_counted(comparison, translate)] if counts else []
    return "\n\n".join(parts) + "\n"


def markdown(comparison: Comparison, translate: Translate) -> str:
    """Return a heading and a table for each project; every value is escaped."""
    parts = [line for each in comparison.projects for line in _section(each, translate)]
    return "\n".join((*parts, escaped(_counted(comparison, translate)))) + "\n"


def escaped(value: str) -> str:
    """Return a text as Markdown that shows it, in one line."""
    plain = visible(value.replace("\n", " "))
    plain = _SPECIAL.sub(r"\\\g<0>", plain)
    plain = _NUMBERED.sub(r"\1\\\2", plain)
    return "".join(_AS_ENTITY.get(char, char) for char in plain)


def _counted(comparison: Comparison, translate: Translate) -> str:
    kinds = [each.kind for each in comparison.projects]
    told = msg(
        "{before} → {after}: {changed} changed, {added} added, {removed} removed, {same} the same",
        before=comparison.before,
        after=comparison.after,
        changed=str(kinds.count("changed")),
        added=str(kinds.count("added")),
        removed=str(kinds.count("removed")),
        same=str(comparison.same),
    )
    return "\n".join(wrap(told.translated(translate), WIDTH))


def _files(project: ProjectChange) -> str:
    names = (project.before, project.after)
    return f" {_ARROW} ".join(name for name in dict.fromkeys(names) if name is not None)


def _project(project: ProjectChange, translate: Translate) -> Iterator[str]:
    """Yield the lines of a project."""
    yield from wrap(f"{_SIGNS[project.kind]}{project.project}", WIDTH)
    yield f"  {visible(_files(project))}"
    if project.kind == "unreadable":
        yield from _indented(_KINDS[project.kind].translated(translate), 2)
        return
    for change in project.changes:
        yield from _change(change, 2, translate)
    for each in project.indicators:
        place = " / ".join((each.level1, each.level2, each.name or "—"))
        yield from _indented(f"{_SIGNS[each.kind]}{place}", 2)
        for change in each.changes:
            yield from _change(change, 4, translate)
    for outcome in _outcomes(project, translate):
        yield from _indented(outcome, 2)


def _outcomes(project: ProjectChange, translate: Translate) -> tuple[str, str]:
    """Return what became of the total score and of the grade."""
    by = f" ({project.difference})" if project.difference else ""
    return _outcome(project.score, translate) + by, _outcome(project.grade, translate)


def _outcome(change: Change, translate: Translate) -> str:
    name = change.path[-1]
    before, after = (_value(each, translate) for each in (change.before, change.after))
    if change.is_same:
        told = msg("{name}: {value}, as before", name=name, value=after)
        return told.translated(translate)
    return f"{name}: {before} {_ARROW} {after}"


def _change(change: Change, indent: int, translate: Translate) -> Iterator[str]:
    for name, before, after in _values(change, translate):
        yield from _indented(f"{name}: {before} {_ARROW} {after}", indent)


def _values(change: Change, translate: Translate) -> Iterator[tuple[str, str, str]]:
    """Yield what is shown of a change: of long texts the paragraphs that differ."""
    name = " / ".join(change.path)
    pairs: Iterator[tuple[str | None, str | None]] = iter([(change.before, change.after)])
    if change.is_long:
        pairs = excerpts(change.before or "", change.after or "")
    for before, after in pairs:
        blank = msg("(a blank line)") if {before, after} == {None, ""} else _NOTHING
        yield name, _value(before, translate, blank), _value(after, translate, blank)


def _value(value: str | None, translate: Translate, blank: Message = _NOTHING) -> str:
    return value or (_NOTHING if value is None else blank).translated(translate)


def _indented(line: str, indent: int) -> Iterator[str]:
    yield from (" " * indent + each for each in wrap(line, WIDTH - indent))


def _section(project: ProjectChange, translate: Translate) -> Iterator[str]:
    """Yield the Markdown of a project, an empty line behind it."""
    kind = "" if project.kind == "changed" else f"（{_KINDS[project.kind].translated(translate)}）"
    outcome = "; ".join(_outcomes(project, translate))
    yield f"### {escaped(project.project)}{escaped(kind)}"
    yield ""
    yield escaped(_files(project))
    yield ""
    if project.kind == "unreadable":
        return
    yield escaped(outcome)
    yield ""
    rows = [row for change in project.changes for row in _values(change, translate)]
    for each in project.indicators:
        place = " / ".join((each.level1, each.level2, each.name or "—"))
        rows += [
            (f"{_SIGNS[each.kind]}{place}: {name}", before, after)
            for change in each.changes
            for name, before, after in _values(change, translate)
        ]
    if rows:
        heads = (msg("item"), msg("before"), msg("after"))
        yield _row(*(each.translated(translate) for each in heads))
        yield "| --- | --- | --- |"
        yield from (_row(*map(escaped, row)) for row in rows)
        yield ""


def _row(*cells: str) -> str:
    return f"| {' | '.join(cells)} |"
