"""The record that a document carries: written as XML, found again in Word files and PDFs."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final, Literal

import pypdfium2 as pdfium
from lxml import etree

from perfeval_docs.apart import TooMuchError, apart
from perfeval_docs.diagnostic import msg
from perfeval_docs.errors import UsageError
from perfeval_docs.ooxml import PackageError, parse_xml, read_package

NAMESPACE: Final = "urn:perfeval-docs:record:1"
ATTACHMENT: Final = "perfeval-record.xml"
"""The name of the attachment in a PDF."""

SHEET: Final = "perfeval"
"""The name of the hidden sheet of a workbook, on which a row carries a record."""

MAX_FILES: Final = 32
MAX_CHARACTERS: Final = 8_000_000
MAX_DOCUMENT_BYTES: Final = 64 * 1024 * 1024
_MAX_ATTACHMENTS: Final = 64
_SECONDS: Final = 2
_LONGEST_CELL: Final = 15_000
_ROOT: Final = f"{{{NAMESPACE}}}carried"
_FILE: Final = f"{{{NAMESPACE}}}file"
_KINDS: Final = MappingProxyType({"record": "record", "defaults": "defaults", "profile": "profile"})
# Folders and names that mean the same on every system, and never lead out of the folder.
_STEP: Final = r"(?![. ])[^/\\:*?\"<>|\x00-\x1f\x7f]{1,120}(?<![. ])"
_NAME: Final = re.compile(rf"(?:{_STEP}/){{0,8}}{_STEP}(?<=\.yaml|.\.yml)")
# What a folder shares is no record, on no system.
_RECORD_NAME: Final = re.compile(rf"[0-9]{{4}}/(?!(?i:perfeval\.yaml)$){_STEP}(?<=\.yaml|.\.yml)")
_VERSION: Final = re.compile(r"[\w.+-]{1,40}")
_PDF: Final = b"%PDF-"

Kind = Literal["record", "defaults", "profile"]


class CarriedError(UsageError):
    """A document carries no record, or not one that we wrote."""


@dataclass(frozen=True, slots=True)
class CarriedFile:
    """A file of the data folder: its name there, what it is, and its public text."""

    name: str
    kind: Kind
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Carried:
    """All that a document was made from, the record first.

    `tool` is the version of perfeval_docs, `profile` what the record calls its profile.
    """

    tool: str
    profile: str
    files: tuple[CarriedFile, ...]


def is_name(name: str) -> bool:
    """Tell whether a name can stand in a carried record: inside its folder on every system."""
    return _NAME.fullmatch(name) is not None


def to_xml(carried: Carried) -> bytes:
    """Return the XML that a document carries, the same for the same record."""
    root = parse_xml(f'<carried xmlns="{NAMESPACE}"/>'.encode())
    root.set("tool", f"perfeval_docs {carried.tool}")
    root.set("profile", carried.profile)
    for file in carried.files:
        element = etree.SubElement(root, _FILE, {"kind": file.kind, "name": file.name})
        element.text = file.text
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def from_xml(data: bytes) -> Carried:
    """Return the record of such XML, whoever wrote it.

    Raises `CarriedError` for what we would not have written.
    """
    _refuse_large(data)
    try:
        root = parse_xml(data)
    except PackageError as error:
        raise _damaged(str(error)) from error
    tool, _, version = root.get("tool", "").partition(" ")
    profile = root.get("profile", "")
    if root.tag != _ROOT or tool != "perfeval_docs" or not _VERSION.fullmatch(version):
        raise _damaged("carried")
    files = tuple(_files(root))
    names = {file.name.casefold() for file in files}
    kinds = [file.kind for file in files]
    if kinds[:1] != ["record"] or kinds.count("record") != 1 or len(names) != len(files):
        raise _damaged("file")
    return Carried(tool=version, profile=profile, files=files)


def to_cells(data: bytes) -> tuple[str, ...]:
    """Return such XML as the cells of a row, none longer than a cell may be."""
    text = data.decode()
    return tuple(text[at : at + _LONGEST_CELL] for at in range(0, len(text), _LONGEST_CELL))


def from_cells(cells: Sequence[str]) -> Carried:
    """Return the record that the cells of a row carry.

    Raises `CarriedError` for what we would not have written.
    """
    return from_xml("".join(cells).encode("utf-8", "replace"))


def carried_in(data: bytes, file: str) -> Carried:
    """Return the record that a Word file or a PDF carries; `file` names it in failures.

    Raises `CarriedError` where it carries none, or is neither.
    """
    if len(data) > MAX_DOCUMENT_BYTES:
        raise CarriedError(msg("{file} is larger than a form can be", file=file))
    try:
        found = (
            apart(lambda: list(_in_pdf(data)), seconds=_SECONDS)
            if data.startswith(_PDF)
            else list(_in_docx(data, file))
        )
    except TooMuchError as error:
        raise _damaged("size") from error
    if not found:
        raise CarriedError(msg("{file} carries no record; forms built by perfeval do", file=file))
    if len(found) > 1:
        raise CarriedError(msg("{file} carries more than one record", file=file))
    return from_xml(found[0])


def _files(root: etree._Element) -> Iterator[CarriedFile]:
    size = 0
    for number, element in enumerate(root, 1):
        name, kind, text = element.get("name", ""), element.get("kind", ""), element.text or ""
        size += len(text)
        if number > MAX_FILES or size > MAX_CHARACTERS:
            raise _damaged("size")
        if element.tag != _FILE or len(element) or kind not in _KINDS:
            raise _damaged("file")
        pattern = _RECORD_NAME if kind == "record" else _NAME
        if not pattern.fullmatch(name):
            raise _damaged(name[:80])
        yield CarriedFile(name, _kind(kind), text)


def _kind(kind: str) -> Kind:
    match kind:
        case "record" | "defaults" | "profile":
            return kind
        case _:
            raise _damaged(kind)


def _in_docx(data: bytes, file: str) -> Iterator[bytes]:
    try:
        parts = read_package(data)
    except PackageError as error:
        raise CarriedError(msg("{file} is neither a Word file nor a PDF", file=file)) from error
    # Word renames custom parts when it saves: ours is known by its namespace.
    for name, part in parts.items():
        if name.startswith("customXml/") and name.endswith(".xml") and NAMESPACE.encode() in part:
            _refuse_large(part)
            try:
                root = parse_xml(part)
            except PackageError as error:
                raise _damaged(str(error)) from error
            if root.tag == _ROOT:
                yield part


def _refuse_large(data: bytes) -> None:
    """Refuse what takes more memory, once it is parsed, than any record can."""
    if len(data) > 4 * MAX_CHARACTERS or data.count(b"<") > 4 * MAX_FILES:
        raise _damaged("size")


def _in_pdf(data: bytes) -> Iterator[bytes]:
    try:
        document = pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        raise _damaged(str(error)) from error
    try:
        for number in range(min(document.count_attachments(), _MAX_ATTACHMENTS)):
            attachment = document.get_attachment(number)
            if attachment.get_name() == ATTACHMENT:
                content = attachment.get_data()
                if len(content) > 4 * MAX_CHARACTERS:
                    raise _damaged("size")
                yield bytes(content)
    except pdfium.PdfiumError as error:
        raise _damaged(str(error)) from error
    finally:
        document.close()


def _damaged(what: str) -> CarriedError:
    return CarriedError(msg("the carried record is not one that perfeval wrote: {what}", what=what))
