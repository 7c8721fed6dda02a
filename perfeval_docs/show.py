"""Any stage of a record as text, for people and for tests to read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass

from pydantic import BaseModel

from perfeval_docs.diagnostic import Span


def show(value: object) -> str:
    """Return a value as indented text, one field a line; the same value gives the same text."""
    return "\n".join(_lines("", value, 0)) + "\n"


def _lines(name: str, value: object, depth: int) -> Iterator[str]:
    indent = "  " * depth
    label = f"{indent}{name}: " if name else indent
    children = _children(value)
    if children is None:
        yield f"{label}{_leaf(value)}"
        return
    yield f"{label.rstrip()}{'' if children else ' (none)'}" if name else f"{indent}-"
    for key, child in children:
        yield from _lines(key, child, depth + 1)


def _children(value: object) -> list[tuple[str, object]] | None:
    if isinstance(value, Span):
        return None
    if is_dataclass(value) and not isinstance(value, type):
        return [(field.name, getattr(value, field.name)) for field in fields(value)]
    if isinstance(value, BaseModel):
        return [(name, getattr(value, name)) for name in type(value).model_fields]
    if isinstance(value, Mapping):
        return [(str(key), child) for key, child in value.items()]
    if isinstance(value, tuple | list):
        return [(str(index), child) for index, child in enumerate(value, 1)]
    return None


def _leaf(value: object) -> str:
    if isinstance(value, Span):
        return f"{value.line}:{value.column}-{value.end_line}:{value.end_column}"
    if value is None:
        return "-"
    if isinstance(value, str):
        return repr(value) if value != value.strip() or "\n" in value or not value else value
    return str(value)
