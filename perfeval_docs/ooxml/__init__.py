"""Word packages: their parts, their XML, and what a file says of itself."""

from perfeval_docs.ooxml.custom import CustomSlot, custom_slot
from perfeval_docs.ooxml.package import (
    MAX_PACKAGE_BYTES,
    MAX_PARTS,
    METHODS,
    NAMESPACES,
    Package,
    PackageError,
    PackedPart,
    alternative_text,
    open_package,
    pack,
    parse_xml,
    qn,
    read_package,
    store,
    write_package,
)
from perfeval_docs.ooxml.properties import DocumentProperties, property_parts

__all__ = [
    "MAX_PACKAGE_BYTES",
    "MAX_PARTS",
    "METHODS",
    "NAMESPACES",
    "CustomSlot",
    "DocumentProperties",
    "Package",
    "PackageError",
    "PackedPart",
    "alternative_text",
    "custom_slot",
    "open_package",
    "pack",
    "parse_xml",
    "property_parts",
    "qn",
    "read_package",
    "store",
    "write_package",
]
