"""How a text is written in YAML so that it reads back as it is: bare, quoted, or behind `|`."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from perfeval_docs.source.decode import is_blank
from perfeval_docs.source.nodes import Mapping, Scalar
from perfeval_docs.source.read import read_source

LONGEST_BESIDE: Final = 60
"""A text of more characters than this stands behind `|`, where no sign can hurt it."""

# What other readers of YAML, such as editors, take for true, false or nothing.
_NO_TEXT: Final = re.compile(r"y|n|yes|no|on|off|true|false|null|~", re.IGNORECASE)
_FIGURE: Final = re.compile(r"\d+(?:\.\d+)?")
_ESCAPES: Final = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t"}
_NEEDS_ESCAPE: Final = re.compile(r"[\n\r\t]")


@lru_cache(maxsize=4096)
def beside(text: str, remark: str = "") -> str | None:
    """Return how a text is written behind a colon and a space, before a remark.

    None where no way of writing it reads back, or the remark would be taken for its end.
    """
    tail = f" {remark}" if remark else ""
    for each in _ways(text):
        if _value_of(f"k: {each}{tail}\n") == text:
            return each
    return None


def like(typed: str, text: str, remark: str = "") -> str | None:
    """Return how a text is written where another one stood: in its quotes, if it had some.

    None where no way of writing it reads back.
    """
    tail = f" {remark}" if remark else ""
    for each in _ways(text):
        if each[:1] == typed[:1] in ('"', "'") and _value_of(f"k: {each}{tail}\n") == text:
            return each
    return beside(text, remark)


def between_brackets(text: str) -> str:
    """Return how a text is written between `{` and `}`: bare only where no sign is in it."""
    is_bare = text.isalnum() or _FIGURE.fullmatch(text)
    return text if is_bare and not _NO_TEXT.fullmatch(text) else _double(text)


@lru_cache(maxsize=1024)
def key(text: str) -> str | None:
    """Return how a key is written before its colon; None where no way of writing it reads back."""
    for each in _ways(text):
        source = read_source(f"{each}: k\n".encode(), "")
        if not source.diagnostics and isinstance(source.root, Mapping):
            (entry,) = source.root.entries
            if entry.key.value == text and isinstance(entry.value, Scalar):
                return each
    return None


@lru_cache(maxsize=256)
def below(text: str) -> tuple[str, ...] | None:
    """Return the lines that a text has behind `|`, without their indent.

    None where YAML would change one of them.
    """
    lines = text.split("\n")
    written = "".join(f"  {line}\n" if line else "\n" for line in lines)
    return tuple(lines) if _value_of(f"k: |\n{written}") == f"{text}\n" else None


def _ways(text: str) -> tuple[str, ...]:
    """Return the ways to write a text in one line, the one to be preferred first."""
    double = _double(text)
    single = "'" + text.replace("'", "''") + "'"
    quoted: tuple[str, ...] = (double,)
    if not _NEEDS_ESCAPE.search(text):
        quoted = (single, double) if re.search(r'["\\]', text) else (double, single)
    return quoted if _NO_TEXT.fullmatch(text) or not text else (text, *quoted)


def _double(text: str) -> str:
    return '"' + "".join(_ESCAPES.get(char, char) for char in text) + '"'


def _value_of(text: str) -> str | None:
    """Return the text that a file's only value reads as; None where there is a fault."""
    source = read_source(text.encode("utf-8", "replace"), "")
    if source.diagnostics or not isinstance(source.root, Mapping):
        return None
    value = source.root.entries[0].value
    return value.value if isinstance(value, Scalar) and not is_blank(value) else None
