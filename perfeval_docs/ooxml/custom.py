"""Data that a Word file carries unseen: a custom XML part with all that Word wants around it."""

from __future__ import annotations

import itertools
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final
from uuid import NAMESPACE_URL, uuid5

from lxml import etree

from perfeval_docs.ooxml.package import NAMESPACES, PackageError, parse_xml, qn

_TYPES: Final = "[Content_Types].xml"
_RELATIONS: Final = "word/_rels/document.xml.rels"
_NO_RELATIONS: Final = f'<Relationships xmlns="{NAMESPACES["rel"]}"/>'.encode()
_ITEM_TYPE: Final = f"{NAMESPACES['r']}/customXml"
_PROPERTIES_TYPE: Final = f"{NAMESPACES['r']}/customXmlProps"
_PROPERTIES_CONTENT: Final = "application/vnd.openxmlformats-officedocument.customXmlProperties+xml"


@dataclass(frozen=True, slots=True, kw_only=True)
class CustomSlot:
    """Where a custom part stands in a package, and the parts that change or come with it."""

    name: str
    around: Mapping[str, bytes]


def custom_slot(parts: Mapping[str, bytes], namespace: str) -> CustomSlot:
    """Return the first free place for a custom part of this namespace.

    Raises `PackageError` for a package without content types.
    """
    if _TYPES not in parts:
        raise PackageError("the package does not say what its parts are")
    number = next(n for n in itertools.count(1) if f"customXml/item{n}.xml" not in parts)
    item, properties = f"customXml/item{number}.xml", f"customXml/itemProps{number}.xml"
    types = parse_xml(parts[_TYPES])
    for name, content in ((item, "application/xml"), (properties, _PROPERTIES_CONTENT)):
        etree.SubElement(types, qn("ct:Override"), {"PartName": f"/{name}", "ContentType": content})
    relations = parse_xml(parts[_RELATIONS]) if _RELATIONS in parts else parse_xml(_NO_RELATIONS)
    _relate(relations, _ITEM_TYPE, f"../{item}")
    own = parse_xml(_NO_RELATIONS)
    _relate(own, _PROPERTIES_TYPE, f"itemProps{number}.xml")
    around = {
        _TYPES: types,
        _RELATIONS: relations,
        f"customXml/_rels/item{number}.xml.rels": own,
        properties: _properties(namespace),
    }
    return CustomSlot(name=item, around={name: _written(root) for name, root in around.items()})


def _relate(relations: etree._Element, sort: str, target: str) -> None:
    taken = {relation.get("Id") for relation in relations}
    free = next(f"rId{n}" for n in itertools.count(1) if f"rId{n}" not in taken)
    etree.SubElement(
        relations, qn("rel:Relationship"), {"Id": free, "Type": sort, "Target": target}
    )


def _properties(namespace: str) -> etree._Element:
    """Return the properties of a custom part, by which Word knows it among others."""
    root = etree.Element(qn("ds:datastoreItem"), nsmap={"ds": NAMESPACES["ds"]})
    root.set(qn("ds:itemID"), f"{{{str(uuid5(NAMESPACE_URL, namespace)).upper()}}}")
    references = etree.SubElement(root, qn("ds:schemaRefs"))
    etree.SubElement(references, qn("ds:schemaRef")).set(qn("ds:uri"), namespace)
    return root


def _written(root: etree._Element) -> bytes:
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
