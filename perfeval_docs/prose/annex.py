"""Append whole Word files to another, each on pages of its own, as they look by themselves."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Mapping, Sequence
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
_RELATIONS: Final = "word/_rels/document.xml.rels"
_STYLES: Final = "word/styles.xml"
_TYPES: Final = "[Content_Types].xml"
_VAL: Final = qn("w:val")
_ID: Final = qn("r:id")
_STYLE_NAMES: Final = tuple(qn(f"w:{name}") for name in ("pStyle", "rStyle", "tblStyle"))
_LINKS_OF_STYLES: Final = tuple(qn(f"w:{name}") for name in ("basedOn", "next", "link"))
_FURNITURE: Final = frozenset({"header", "footer"})
_MARK: Final = "Annex"


def with_annex(report: bytes, forms: Sequence[bytes]) -> bytes:
    """Return a Word file with others behind it, all of which come from one template.

    Their styles come along under names of their own, with what their document takes for
    granted written into them; so do their headers and footers, once. Raises `PackageError`
    for a file that refers to anything else (pictures, notes).
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
    ids = _take_furniture(parts, first)
    own = body.find(qn("w:sectPr"))
    if own is not None:
        body.remove(own)
        body.append(section_end(own))
    for number, form in enumerate(forms, 1):
        _append(body, read_package(form), ids, is_last=number == len(forms))
    parts[_DOCUMENT] = etree.tostring(
        document, xml_declaration=True, encoding="UTF-8", standalone=True
    )
    return write_package({name: pack(part) for name, part in sorted(parts.items())})


def _append(
    body: etree._Element, form: Mapping[str, bytes], ids: Mapping[str, str], *, is_last: bool
) -> None:
    """Append the body of a form; its section ends in a paragraph unless it ends the document."""
    source = parse_xml(form[_DOCUMENT]).find(qn("w:body"))
    if source is None:
        raise PackageError("a file without a body")
    for element in list(source):
        _rename_styles(element)
        _relink(element, ids)
        if element.tag == qn("w:sectPr") and not is_last:
            body.append(section_end(element))
        else:
            body.append(element)


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
        target = linked.get(_ID)
        if target is None:
            continue
        if target not in ids:
            raise PackageError("a form that holds more than text, tables, headers and footers")
        linked.set(_ID, ids[target])


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
    return etree.tostring(ours, xml_declaration=True, encoding="UTF-8", standalone=True)


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


def _take_furniture(parts: dict[str, bytes], form: Mapping[str, bytes]) -> dict[str, str]:
    """Copy headers and footers into the report; return their new relation ids by the old ones."""
    relations = parse_xml(parts[_RELATIONS])
    types = parse_xml(parts[_TYPES])
    ids: dict[str, str] = {}
    for old, sort, target in _furniture(form):
        data = parse_xml(form[target])
        _rename_styles(data)
        name = f"word/annex-{posixpath.basename(target)}"
        parts[name] = etree.tostring(data, xml_declaration=True, encoding="UTF-8", standalone=True)
        ids[old] = f"annex{old}"
        etree.SubElement(
            relations, qn("rel:Relationship"),
            {"Id": ids[old], "Type": f"{NAMESPACES['r']}/{sort}",
             "Target": posixpath.basename(name)},
        )  # fmt: skip
        content = f"application/vnd.openxmlformats-officedocument.wordprocessingml.{sort}+xml"
        etree.SubElement(types, qn("ct:Override"), {"PartName": f"/{name}", "ContentType": content})
    for file, root in ((_RELATIONS, relations), (_TYPES, types)):
        parts[file] = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    return ids


def _furniture(form: Mapping[str, bytes]) -> Iterator[tuple[str, str, str]]:
    """Yield the id, the sort and the part of each header and footer."""
    for relation in parse_xml(form[_RELATIONS]) if _RELATIONS in form else ():
        sort = relation.get("Type", "").rpartition("/")[2]
        if sort in _FURNITURE:
            target = posixpath.normpath(posixpath.join("word", relation.get("Target", "")))
            yield relation.get("Id", ""), sort, target.lstrip("/")
