"""A Word template: compiled once, filled many times, able to say what a filled one must read."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from types import MappingProxyType
from typing import Any, Final

from jinja2 import TemplateError, UndefinedError, meta, nodes

from perfeval_docs.diagnostic import Message, msg
from perfeval_docs.errors import FaultyTemplateError
from perfeval_docs.grid import Block, Blocks, Paragraph, Picture
from perfeval_docs.ooxml import (
    DocumentProperties,
    PackageError,
    PackedPart,
    custom_slot,
    pack,
    parse_xml,
    property_parts,
    read_package,
    write_package,
)
from perfeval_docs.word.compile import (
    CELL,
    GOES_ON,
    PARAGRAPH,
    PICTURE_CLOSE,
    PICTURE_OPEN,
    ROW,
    TABLE_CLOSE,
    TABLE_OPEN,
    CompiledPart,
    compile_part,
)
from perfeval_docs.word.environment import XML
from perfeval_docs.word.marks import MERGES, fault
from perfeval_docs.word.read import DOCUMENT_PART, RawCell, make_table

MAX_FILLED_CHARACTERS: Final = 32 * 1024 * 1024

_TAGGED_PARTS: Final = re.compile(r"word/(document|header\d*|footer\d*)\.xml")
_DECLARATION: Final = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_CELL_WITHOUT_PARAGRAPH: Final = re.compile(r"(<w:tc>|</w:tcPr>|<w:tcPr/>)</w:tc>")


@dataclass(frozen=True, slots=True)
class Template:
    """A compiled Word template.

    `file` is its name for messages; `names` are the fields that its tags mention, so a
    caller can tell what it leaves unprinted. `_slot` is where a filled file carries data,
    `_around` the parts that come along with it.
    """

    file: str
    names: frozenset[str]
    _parts: Mapping[str, PackedPart | CompiledPart]
    _slot: str
    _around: Mapping[str, PackedPart]

    def fill(
        self, values: Mapping[str, object], properties: DocumentProperties, carried: bytes = b""
    ) -> bytes:
        """Return the Word file for these values, the same bytes each time.

        `carried` is XML that goes along as a custom part, if there is any.

        Raises `FaultyTemplateError` where a tag cannot be evaluated or the result is no XML.
        """
        filled: dict[str, PackedPart] = {}
        for name, part in self._parts.items():
            filled[name] = part if isinstance(part, PackedPart) else pack(self._fill(part, values))
        for name, data in property_parts(properties).items():
            filled[name] = pack(data)
        if carried:
            filled |= {**self._around, self._slot: pack(carried)}
        return write_package(filled)

    def expected(self, values: Mapping[str, object]) -> Blocks:
        """Return what the body of the filled file must read back as.

        Raises `FaultyTemplateError` as `fill` does.
        """
        part = self._parts[DOCUMENT_PART]
        if isinstance(part, PackedPart):
            raise FaultyTemplateError(msg("{file} holds no tag", file=self.file))
        return _blocks(_run(part.text.generate, part, values))

    def _fill(self, part: CompiledPart, values: Mapping[str, object]) -> bytes:
        xml = _CELL_WITHOUT_PARAGRAPH.sub(r"\1<w:p/></w:tc>", _run(part.xml.generate, part, values))
        data = (_DECLARATION + xml).encode()
        try:
            parse_xml(data)
        except PackageError as error:
            place = msg("{file}, {part}", file=self.file, part=part.name)
            raise fault(
                place,
                msg(
                    "its tags do not nest as its rows and paragraphs do: {error}", error=str(error)
                ),
                msg("begin and end each `if` and `for` at the same level"),
            ) from error
        return data


class Merges:
    """Which cells of a column begin anew: those whose key is another than in the row above."""

    def __init__(self) -> None:
        """Begin with no row above."""
        self._above: dict[int, object] = {}

    def begins(self, column: int, key: object) -> bool:
        """Tell whether a cell begins, and remember its key."""
        same = column in self._above and self._above[column] is key
        self._above[column] = key
        return not same


def compile_template(
    data: bytes, *, file: str, vocabulary: frozenset[str], carries: str = ""
) -> Template:
    """Compile a Word file with tags.

    `vocabulary` holds the names that tags may begin with; `carries` is the namespace of the data
    that filled files carry. Raises `FaultyTemplateError` for what
    is no Word file, a tag that is no Jinja2, or a name outside the vocabulary.
    """
    try:
        parts = read_package(data)
        compiled = {
            name: compile_part(f"{file}, {name}", parse_xml(part))
            for name, part in parts.items()
            if _TAGGED_PARTS.fullmatch(name)
        }
        slot = custom_slot(parts, carries)
    except PackageError as error:
        raise FaultyTemplateError(
            msg("{file} is no Word file: {error}", file=file, error=str(error))
        ) from error
    if compiled.get(DOCUMENT_PART) is None:
        raise FaultyTemplateError(msg("{file} holds no tag such as {{{{ project }}}}", file=file))
    trees = [_tree(part) for part in compiled.values() if part is not None]
    for part, tree in zip((p for p in compiled.values() if p is not None), trees, strict=True):
        _refuse_unknown_names(part, tree, vocabulary)
    names = frozenset(name for tree in trees for name in _names(tree))
    return Template(
        file,
        names,
        MappingProxyType({n: compiled.get(n) or pack(d) for n, d in parts.items()}),
        slot.name,
        MappingProxyType({name: pack(part) for name, part in slot.around.items()}),
    )


def _run(program: Callable[..., Any], part: CompiledPart, values: Mapping[str, object]) -> str:
    pieces, size = [], 0
    try:
        for piece in program({**values, MERGES: Merges()}):
            size += len(piece)
            if size > MAX_FILLED_CHARACTERS:
                raise FaultyTemplateError(
                    msg("{part} fills to more than a form can need", part=part.name)
                )
            pieces.append(piece)
    except (TemplateError, TypeError, ValueError, AttributeError, LookupError) as error:
        placed = part.tag_on_line(_line_of(error))
        raise fault(placed.place, _explain(error, values)) from error
    return "".join(pieces)


def _line_of(error: BaseException) -> int:
    """Return the line of the program that an error comes from, as Jinja2 maps it."""
    line, traceback = 0, error.__traceback__
    while traceback is not None:
        if traceback.tb_frame.f_code.co_filename == "<template>":
            line = traceback.tb_lineno
        traceback = traceback.tb_next
    return line


def _explain(error: Exception, values: Mapping[str, object]) -> Message:
    del values
    if isinstance(error, UndefinedError):
        return msg("the form has no such value: {error}", error=str(error))
    return msg("{error}", error=str(error))


def _tree(part: CompiledPart) -> nodes.Template:
    return XML.parse("".join(placed.tag.code for placed in part.tags))


def _refuse_unknown_names(
    part: CompiledPart, tree: nodes.Template, vocabulary: frozenset[str]
) -> None:
    unknown = meta.find_undeclared_variables(tree) - vocabulary - {MERGES}
    for placed in part.tags:
        for name in sorted(unknown):
            if re.search(rf"\b{re.escape(name)}\b", placed.tag.typed):
                raise fault(
                    placed.place,
                    msg("the form has no value `{name}`", name=name),
                    _way_out(name, vocabulary),
                )


def _way_out(name: str, vocabulary: frozenset[str]) -> Message:
    near = get_close_matches(name, sorted(vocabulary), n=1)
    if near:
        return msg("did you mean `{near}`?", near=near[0])
    return msg("it has: {names}", names=", ".join(sorted(vocabulary)))


def _names(tree: nodes.Template) -> list[str]:
    attributes = [node.attr for node in tree.find_all(nodes.Getattr)]
    return [*attributes, *(node.name for node in tree.find_all(nodes.Name))]


def _blocks(text: str) -> Blocks:
    """Read the stream of the text program."""
    blocks: list[Block] = []
    for chunk in text.split(TABLE_OPEN):
        table, closed, after = chunk.rpartition(TABLE_CLOSE)
        if closed:
            blocks.append(make_table([_row(row) for row in table.split(ROW)[1:]]))
        for paragraph in after.split(PARAGRAPH):
            said, pictures = _apart(paragraph)
            blocks += (*([Paragraph(said)] if said else ()), *pictures)
    return tuple(blocks)


def _apart(paragraph: str) -> tuple[str, list[Picture]]:
    """Return the text of a paragraph, and its pictures."""
    said, *rest = paragraph.split(PICTURE_OPEN)
    pairs = [each.split(PICTURE_CLOSE, 1) for each in rest]
    return said + "".join(text for _, text in pairs), [Picture(name) for name, _ in pairs]


def _row(text: str) -> list[RawCell]:
    return [_cell(cell) for cell in text.split(CELL)[1:]]


def _cell(text: str) -> RawCell:
    head, *paragraphs = text.split(PARAGRAPH)
    if PICTURE_OPEN not in text:
        said = "\n".join(paragraphs)
        return RawCell(said, int(head.rstrip(GOES_ON)), head.endswith(GOES_ON))
    parts = [_apart(paragraph) for paragraph in paragraphs]
    return RawCell(
        text="\n".join(said for said, _ in parts),
        column_span=int(head.rstrip(GOES_ON)),
        continues=head.endswith(GOES_ON),
        pictures=tuple(picture for _, pictures in parts for picture in pictures),
    )
