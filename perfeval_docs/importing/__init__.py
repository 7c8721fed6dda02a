"""Filled forms of other makes to records: read as cells, found by their labels, written as YAML."""

from __future__ import annotations

from dataclasses import dataclass, replace

from perfeval_docs.carried import SHEET
from perfeval_docs.diagnostic import msg
from perfeval_docs.errors import UnreadableFileError
from perfeval_docs.importing.cells import AMOUNTS, REMARKS, CellRow, Cells, Where, printed, seen
from perfeval_docs.importing.cleaned import LOST, clean
from perfeval_docs.importing.form import Form, Found, Part, Place
from perfeval_docs.importing.interpret import interpret
from perfeval_docs.importing.own import own_record
from perfeval_docs.importing.read import MAX_BYTES, read_sheets, read_year_sheets
from perfeval_docs.importing.readers.notes import NOTES, notes_in
from perfeval_docs.importing.sheet import Box, Sheet
from perfeval_docs.importing.write import to_yaml, unwritten
from perfeval_docs.settings import KeyNames

__all__ = [
    "AMOUNTS",
    "LOST",
    "MAX_BYTES",
    "NOTES",
    "REMARKS",
    "Box",
    "CellRow",
    "Cells",
    "Form",
    "Found",
    "Imported",
    "Part",
    "Place",
    "Sheet",
    "Where",
    "clean",
    "import_forms",
    "interpret",
    "notes_in",
    "printed",
    "read_sheets",
    "read_year_sheets",
    "seen",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Imported:
    """A form of a file as a record's text; `unplaced` are the cells that nothing was made of.

    `project`, `unit` and `year` are empty where the form does not say them. `carried` tells whether
    the text is the very record that the document carries; `differs` that it carries one which its
    cells contradict, so that these were taken; `record` is where that one stood (`2024/x.yaml`).
    """

    project: str
    unit: str
    year: str
    text: str
    unplaced: tuple[Found, ...]
    carried: bool = False
    differs: bool = False
    record: str = ""


def import_forms(data: bytes, name: str, *, profile: str, names: KeyNames) -> tuple[Imported, ...]:
    """Return the forms of a file (.docx, .html, .txt, .xlsx, .xls, .pdf), in order.

    What a form does not say stays blank, what has no place is listed, notes of reviewers (with the
    last form) too; nothing is guessed.
    Raises `errors.UnreadableFileError` for a file that cannot be read.
    """
    sheets = read_sheets(data, name)
    if any(sheet.name == SHEET for sheet in sheets):
        raise UnreadableFileError(
            msg(
                "{file} is the workbook of a year; what was changed in it comes back with --update",
                file=name,
            )
        )
    forms = interpret(sheets)
    own = own_record(data, name, forms[0]) if len(forms) == 1 else None
    if own is not None and own.text is not None:
        found = [_imported(forms[0], own.text, carried=True)]
    else:
        found = [
            _imported(
                form,
                to_yaml(form, file=name, profile=profile, names=names),
                differs=own is not None,
            )
            for form in forms
        ]
    if own is not None:
        found = [replace(each, record=own.name) for each in found]
    if found:
        last = found[-1]
        found[-1] = replace(last, unplaced=(*last.unplaced, *notes_in(data, name)))
    return tuple(found)


def _imported(form: Form, text: str, *, carried: bool = False, differs: bool = False) -> Imported:
    return Imported(
        project=_said(form.fields.get("project")),
        unit=_said(form.fields.get("implementing_unit")),
        year=_said(form.fields.get("fiscal_year")),
        text=text,
        unplaced=() if carried else (*form.unplaced, *unwritten(form)),
        carried=carried,
        differs=differs,
    )


def _said(found: Found | None) -> str:
    return "" if found is None else " ".join(found.text.split())
