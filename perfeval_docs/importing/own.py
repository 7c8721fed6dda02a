"""Our own documents: the record that they carry, as long as their cells still say what it says."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import PurePath
from typing import Final, TypeVar

from perfeval_docs.carried import Carried, CarriedError, carried_in
from perfeval_docs.grid import without_space
from perfeval_docs.importing.cells import Cells, Where, printed, seen
from perfeval_docs.importing.form import Form
from perfeval_docs.importing.write import scalar
from perfeval_docs.profile import load_profile, profile_names
from perfeval_docs.record import Record, decode_record
from perfeval_docs.record.keys import KEYS
from perfeval_docs.record.model import Defaults
from perfeval_docs.scoring import assess
from perfeval_docs.source import Mapping as Node
from perfeval_docs.source import read_source
from perfeval_docs.view import compose

K = TypeVar("K")

_YEAR: Final[Where] = ("fiscal_year",)


@dataclass(frozen=True, slots=True)
class Own:
    """What a document carries: a record's whole text, or None if its cells say otherwise by now.

    `name` is where the record stood in its data folder (`2024/x.yaml`).
    """

    name: str
    text: str | None


def own_record(data: bytes, name: str, form: Form) -> Own | None:
    """Return the record that a document of ours carries for its one form; None if it has none.

    The text says itself what the record's folder shared with it. A profile of the unit's own
    cannot be had from a document: such a record is taken from the cells.
    """
    if PurePath(name).suffix.casefold() not in (".docx", ".pdf"):
        return None
    try:
        carried = carried_in(data, name)
    except CarriedError:
        return None
    first, *others = carried.files
    source = read_source(first.text.encode(), first.name)
    shared = [
        read_source(each.text.encode(), each.name) for each in others if each.kind == "defaults"
    ]
    record = decode_record(source, shared).value
    if record is None or record.profile not in profile_names():
        return None
    profile = load_profile(record.profile).value
    if profile is None or not isinstance(source.root, Node):
        return None
    view = compose(record, assess(record, profile), profile)
    if not _is_same(printed(view), seen(form)):
        return Own(first.name, None)
    written = {KEYS.name(Record, entry.key) for entry in source.root.entries}
    is_english = any(entry.key.value in Record.model_fields for entry in source.root.entries)
    text = first.text + _shared(record, written, carried, english=is_english)
    return Own(first.name, text)


def _shared(record: Record, written: set[str | None], carried: Carried, *, english: bool) -> str:
    """Return the lines of what only the record's folder says."""
    lines = []
    for key in Defaults.model_fields:
        value = getattr(record, key)
        if key not in written and value is not None:
            name = key if english else KEYS.label(Record, key)
            lines.append(f"{name}: {scalar(str(value))}\n")
    if not lines:
        return ""
    break_ = "" if carried.files[0].text.endswith("\n") else "\n"
    return f"{break_}\n# 原来写在文件夹的 perfeval.yaml 里\n{''.join(lines)}"


def _is_same(one: Cells, other: Cells) -> bool:
    """Tell whether two forms say the same, white space apart; a missing cell is a blank one."""
    if len(one.rows) != len(other.rows):
        return False
    places = (one.values.keys() | other.values.keys()) - {_YEAR}
    if any(_differs(one.values, other.values, place) for place in places):
        return False
    for first, second in zip(one.rows, other.rows, strict=True):
        levels = (first.level1, first.level2), (second.level1, second.level2)
        if any(without_space(a) != without_space(b) for a, b in zip(*levels, strict=True)):
            return False
        keys = first.cells.keys() | second.cells.keys()
        if any(_differs(first.cells, second.cells, key) for key in keys):
            return False
    return True


def _differs(one: Mapping[K, str], other: Mapping[K, str], key: K) -> bool:
    return without_space(one.get(key, "")) != without_space(other.get(key, ""))
