"""What a person meant by a line that YAML reads as text, told by the lines below it."""

from __future__ import annotations

from typing import Final

from perfeval_docs.source.lines import KeyAt, Line, Lines

ROOT: Final = -1
"""The column that a document's first node is indented more than."""
AHEAD: Final = 60
"""How many lines below are looked at."""

_SIBLINGS: Final = 2


def meant_as_key(lines: Lines, number: int, line: Line, start: int, parent: int) -> KeyAt | None:
    """Return the key, its colon wrong, that a node begins with; None if it may be text."""
    first = lines.loose_key(start, line.end)
    if first is None or parent == ROOT:
        return first
    below = block(lines, number, parent)
    if any(lines.holds_key(each.body, each.end) for each in below):
        return first
    keys = [first, *(lines.loose_key(each.body, each.end) for each in below)]
    if len(keys) < _SIBLINGS or not all(keys):
        return None
    ends = [line.end, *(each.end for each in below)]
    values = (lines.text[key.value : end] for key, end in zip(keys, ends, strict=True) if key)
    return first if any(not value or value[0].isdigit() for value in values) else None


def forgot_colon(lines: Lines, number: int, line: Line, start: int, parent: int) -> bool:
    """Tell whether a line without a colon begins a mapping: keys follow in its column."""
    if lines.text[start] in "\"'[{&!*|>" or start != line.behind:
        return False
    below = (each for each in block(lines, number, parent) if each.indent == line.indent)
    keys = sum(lines.key(each.body, each.end) is not None for each in below)
    return keys >= (1 if parent == ROOT else _SIBLINGS)


def line_after(lines: Lines, number: int) -> Line | None:
    """Return the next line with something in it, if one is near."""
    for each in range(number + 1, min(number + AHEAD, lines.count)):
        line = lines[each]
        if not line.is_blank:
            return line
    return None


def line_before(lines: Lines, number: int) -> Line | None:
    """Return the line before with something in it, if one is near."""
    for each in range(number - 1, max(number - AHEAD, -1), -1):
        line = lines[each]
        if not line.is_blank:
            return line
    return None


def block(lines: Lines, number: int, parent: int) -> list[Line]:
    """Return the lines below a line that are indented more than `parent`."""
    found: list[Line] = []
    for each in range(number + 1, min(number + AHEAD, lines.count)):
        line = lines[each]
        if line.is_blank or lines.is_comment(line):
            continue
        if line.indent <= parent or lines.is_marker(line):
            break
        found.append(line)
    return found
