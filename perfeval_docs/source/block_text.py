"""Text of several lines behind `|` or `>`: where it ends, and the lines that fall out of it."""

from __future__ import annotations

import re
from typing import Final

from perfeval_docs.source.edits import Edit
from perfeval_docs.source.indent_faults import indent_not_spaces, less_indented
from perfeval_docs.source.lines import Line, Lines
from perfeval_docs.source.trap_faults import Trap, text_after_header

_HEADER: Final = re.compile(r"[|>](?:[+-]?(?P<a>[1-9])?|(?P<b>[1-9])[+-])[ \t]*(?:$|(?<=[ \t])#)")


def is_header(lines: Lines, number: int, start: int, parent: int) -> bool:
    """Tell a header from a value such as `>50` or `|5`: after a figure, text must follow."""
    found = _HEADER.match(lines.text, start, lines[number].end)
    if found is None:
        return False
    return not (found["a"] or found["b"]) or _first(lines, number, parent) is not None


def read_block(lines: Lines, number: int, start: int, parent: int) -> tuple[int, tuple[Trap, ...]]:
    """Read the text below a header at an offset; return the line after it, and its traps.

    What is no header has text beside it: a trap of its own.
    """
    found = _HEADER.match(lines.text, start, lines[number].end)
    figure = (found["a"] or found["b"]) if found else None
    first = _first(lines, number, parent)
    indent = first.indent if first else parent + 2
    if figure:
        indent = max(parent, 0) + int(figure)
    traps: list[Trap] = []
    if found is None:
        end = lines[number].end
        traps.append(text_after_header(lines.text, start, end, indent, lines.places))
    for each in range(number + 1, lines.count):
        line = lines[each]
        if line.is_blank or line.indent >= indent:
            continue
        trap = _fallen_out(lines, line, indent, parent)
        if trap is None:
            if line.indent > parent and lines.is_comment(line):
                continue
            return each, tuple(traps)
        traps.append(trap)
    return lines.count, tuple(traps)


def _first(lines: Lines, number: int, parent: int) -> Line | None:
    """Return the first line of the text, if there is one."""
    for each in range(number + 1, lines.count):
        line = lines[each]
        if not line.is_blank:
            return line if line.indent > parent else None
    return None


def _fallen_out(lines: Lines, line: Line, indent: int, parent: int) -> Trap | None:
    """Return the trap of a line that belongs to the text; None where the text ends."""
    text = lines.text
    if lines.is_comment(line) or lines.is_marker(line):
        return None
    inside = line.indent > parent
    if not line.is_clean:
        if line.is_hollow:
            indent = 0
        has_key = lines.key(line.body, line.end) or lines.loose_key(line.body, line.end)
        if has_key and not inside:
            return None
        edit = Edit(line.start, line.body, " " * indent)
        bad = text[line.behind]
        return indent_not_spaces(line.start, line.body, edit, bad, lines.places)
    if not inside and _ends_text(lines, line):
        return None
    return less_indented(line.body, line.end, line.start, indent, lines.places)


def _ends_text(lines: Lines, line: Line) -> bool:
    """Tell whether a line may be a key or a dash."""
    return (
        lines.text[line.body] in "\"'[{?-&!*"
        or lines.key(line.body, line.end) is not None
        or lines.loose_key(line.body, line.end) is not None
    )
