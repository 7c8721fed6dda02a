"""Append whole Word files to another, each on pages of its own, as they look by themselves."""

from __future__ import annotations

import posixpath
from collections.abc import Mapping, Sequence
from copy import deepcopy
from typing import Final

from lxml import etree

from perfeval_docs.ooxml import (
    NAMESPACES,
    PackageError,
    pack,
    parse_xml,
    qn,
    read_package,
    write_package,
)
from perfeval_docs.prose.sections import section_end

_DOCUMENT: Final = "word/document.xml"
_SETTINGS: Final = "word/settings.xml"
_STYLES: Final = "word/styles.xml"
_TYPES: Final = "[Content_Types].xml"
_VAL: Final = qn("w:val")
_OFF: Final = frozenset({"0", "false", "off"})
_TYPE: Final = qn("w:type")
_LINKS: Final = tuple(qn(f"r:{name}") for name in ("id", "embed", "link"))
_NO_RELATIONS: Final = f'<Relationships xmlns="{NAMESPACES["rel"]}"/>'.encode()
_STYLE_NAMES: Final = tuple(qn(f"w:{name}") for name in ("pStyle", "rStyle", "tblStyle"))
_LINKS_OF_STYLES: Final = tuple(qn(f"w:{name}") for name in ("basedOn", "next", "link"))
_FURNITURE: Final = ("header", "footer")
_TAKEN: Final = frozenset({*_FURNITURE, "image", "hyperlink"})
_MARK: Final = "Annex"


def with_annex(report: bytes, forms: Sequence[bytes]) -> bytes:
    """Return a Word file with others behind it, all of which come from one template.

    Their styles come along under names of their own, with what their document takes for
    granted written into them; so do their headers and footers, pictures and links, once. Raises
    `PackageError` for a file that refers to anything else (notes, charts).
    """
    if not forms:
        return report
    parts = read_package(report)
    document = parse_xml(parts[_DOCUMENT])
    body = document.find(qn("w:body"))
    if body is None:
        raise PackageError("a file without a body")
    first = read_package(forms[0])
    parts[_STYLES] = _joined_styles(parts[_STYLES], first[_STYLES])
    ids = _take(parts, first, _DOCUMENT, _DOCUMENT)
    # A report tells odd pages from even ones; the forms, by themselves, may not.
    is_plain = _has_even_pages(parts) and not _has_even_pages(first)
    own = body.find(qn("w:sectPr"))
    if own is not None:
        body.remove(own)
        body.append(section_end(own))
    for number, form in enumerate(forms, 1):
        source = parse_xml(read_package(form)[_DOCUMENT])
        if is_plain:
            _repeat_on_even_pages(source)
        _append(body, source, ids, is_last=number == len(forms))
    parts[_DOCUMENT] = _written(document)
    return write_package({name: pack(part) for name, part in sorted(parts.items())})


def _append(
    body: etree._Element, form: etree._Element, ids: Mapping[str, str], *, is_last: bool
) -> None:
    """Append the body of a form; its section ends in a paragraph unless it ends the document."""
    source = form.find(qn("w:body"))
    if source is None:
        raise PackageError("a file without a body")
    for element in list(source):
        _rename_styles(element)
        _relink(element, ids)
        if element.tag == qn("w:sectPr") and not is_last:
            body.append(section_end(element))
        else:
            body.append(element)


def _has_even_pages(parts: Mapping[str, bytes]) -> bool:
    data = parts.get(_SETTINGS)
    mark = None if data is None else parse_xml(data).find(qn("w:evenAndOddHeaders"))
    return mark is not None and mark.get(_VAL, "true") not in _OFF


def _repeat_on_even_pages(form: etree._Element) -> None:
    """Let even pages have the headers and footers of all others, not those of the report."""
    for section in form.iter(qn("w:sectPr")):
        for name in (qn(f"w:{sort}Reference") for sort in _FURNITURE):
            every = list(section.iterchildren(name))
            for reference in every:
                if reference.get(_TYPE) == "even":
                    section.remove(reference)
            for reference in every:
                if reference.get(_TYPE, "default") == "default":
                    even = deepcopy(reference)
                    even.set(_TYPE, "even")
                    reference.addnext(even)


def _rename_styles(element: etree._Element) -> None:
    for named in element.iter(*_STYLE_NAMES):
        named.set(_VAL, _MARK + named.get(_VAL, ""))
    # A paragraph or table that names no style has the default one of its document.
    for paragraph in element.iter(qn("w:p")):
        properties = paragraph.find(qn("w:pPr"))
        if properties is None:
            properties = etree.Element(qn("w:pPr"))
            paragraph.insert(0, properties)
        if properties.find(qn("w:pStyle")) is None:
            properties.insert(0, etree.Element(qn("w:pStyle"), {_VAL: f"{_MARK}Normal"}))


def _relink(element: etree._Element, ids: Mapping[str, str]) -> None:
    for linked in element.iter():
        for name in _LINKS:
            target = linked.get(name)
            if not target:
                continue
            if target not in ids:
                raise PackageError("a form that holds more than text, pictures and tables")
            linked.set(name, ids[target])


def _joined_styles(report: bytes, form: bytes) -> bytes:
    """Return the styles of both; those of the form are renamed and say all that they are."""
    ours, theirs = parse_xml(report), parse_xml(form)
    for style in theirs.iterchildren(qn("w:style")):
        copied = deepcopy(style)
        name = copied.get(qn("w:styleId"), "")
        copied.set(qn("w:styleId"), _MARK + name)
        is_default = copied.get(qn("w:default")) is not None
        copied.attrib.pop(qn("w:default"), "")
        for title in copied.iterchildren(qn("w:name")):
            title.set(_VAL, f"{_MARK} {title.get(_VAL, '')}")
        for link in copied.iterchildren(*_LINKS_OF_STYLES):
            link.set(_VAL, _MARK + link.get(_VAL, ""))
        if is_default and copied.get(qn("w:type")) == "paragraph":
            _state_defaults(copied, theirs)
        ours.append(copied)
    return _written(ours)


def _state_defaults(style: etree._Element, styles: etree._Element) -> None:
    """Write what a document takes for granted into its default paragraph style."""
    defaults = styles.find(qn("w:docDefaults"))
    if defaults is None:
        return
    for kind in ("pPr", "rPr"):
        granted = defaults.find(f"{qn(f'w:{kind}Default')}/{qn(f'w:{kind}')}")
        own = style.find(qn(f"w:{kind}"))
        if own is None:
            own = etree.SubElement(style, qn(f"w:{kind}"))
        stated = {child.tag for child in own}
        for child in granted if granted is not None else ():
            if child.tag not in stated:
                own.append(deepcopy(child))


def _take(
    parts: dict[str, bytes], form: Mapping[str, bytes], source: str, copy: str
) -> dict[str, str]:
    """Copy what a part of the form refers to into the report, where the part itself is `copy`.

    Returns the new ids of its relations by the old ones.
    """
    if _relations_of(source) not in form:
        return {}
    file = _relations_of(copy)
    relations = parse_xml(parts.get(file, _NO_RELATIONS))
    ids: dict[str, str] = {}
    for relation in parse_xml(form[_relations_of(source)]):
        sort = relation.get("Type", "").rpartition("/")[2]
        if sort not in _TAKEN:
            continue
        taken, old = deepcopy(relation), relation.get("Id", "")
        taken.set("Id", f"annex{old}")
        if relation.get("TargetMode") != "External":
            base = posixpath.dirname(source)
            target = posixpath.normpath(posixpath.join(f"/{base}", relation.get("Target", "")))[1:]
            if target not in form:
                continue
            name = posixpath.join(posixpath.dirname(target), f"annex-{posixpath.basename(target)}")
            taken.set("Target", posixpath.relpath(name, posixpath.dirname(copy)))
            _copy(parts, form, target, name, is_furniture=sort in _FURNITURE)
        relations.append(taken)
        ids[old] = taken.get("Id", "")
    parts[file] = _written(relations)
    return ids


def _copy(
    parts: dict[str, bytes], form: Mapping[str, bytes], target: str, name: str, *,
    is_furniture: bool,
) -> None:  # fmt: skip
    if name in parts:
        return
    parts[name] = form[target]
    if is_furniture:
        root = parse_xml(form[target])
        _rename_styles(root)
        _relink(root, _take(parts, form, target, name))
        parts[name] = _written(root)
    types = parse_xml(parts[_TYPES])
    content = _content_type(parse_xml(form[_TYPES]), target)
    etree.SubElement(types, qn("ct:Override"), {"PartName": f"/{name}", "ContentType": content})
    parts[_TYPES] = _written(types)


def _content_type(types: etree._Element, part: str) -> str:
    """Return the content type of a part, its own before that of its ending."""
    ending = posixpath.splitext(part)[1][1:].casefold()
    found = ""
    for each in types:
        if each.get("PartName") == f"/{part}":
            return each.get("ContentType", "")
        if each.get("Extension", "").casefold() == ending:
            found = each.get("ContentType", "")
    return found


def _relations_of(part: str) -> str:
    folder, name = posixpath.split(part)
    return f"{folder}/_rels/{name}.rels"


def _written(root: etree._Element) -> bytes:
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
