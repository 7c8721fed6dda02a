"""Parts of large workbooks, element by element: whatever they hold, little of it at once."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from typing import IO, Final

from lxml import etree

from perfeval_docs.importing.readers.parts import bounded_xml
from perfeval_docs.importing.sheet import TooLargeError
from perfeval_docs.ooxml import MAX_PARTS, METHODS, PackageError

# A year of 1,000 projects is 21 MB unpacked as we write it. As LibreOffice saves it, each string
# with its looks, it is 60 MB, its strings alone 44 MB; one of 3,000 has three times that.
_LARGEST_PART: Final = 256 * 1024 * 1024
_MOST_BYTES: Final = 512 * 1024 * 1024
"""Of the parts that are read, each as often as it is."""
_MOST_PARTS: Final = MAX_PARTS
_LARGEST_WHOLE: Final = 10_000_000
"""Of parts that are read whole: those that say what there is, and how numbers are shown."""
_MOST_WAITING: Final = 5_000_000
_MOST_MARKS: Final = 200_000
"""Of bytes, and of elements and attributes, between two elements that are looked at."""


class Parts:
    """The parts of an archive; raises `TooLargeError` before it reads what no year can need."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        """Begin with none read."""
        self._archive = archive
        self._count = self._bytes = 0

    def whole(self, name: str) -> etree._Element:
        """Return the tree of a part; raises as `bounded_xml` does."""
        with self._open(name) as part:
            return bounded_xml(part.read(_LARGEST_WHOLE + 1))

    def elements(self, name: str, *tags: str) -> Iterator[etree._Element]:
        """Yield the elements of a part as they come, each with what is in it, and forget it then.

        Raises `TooLargeError` where too much stands between them, or in one.
        """
        with self._open(name) as part:
            waiting = _Waiting(part)
            events = etree.iterparse(
                waiting, tag=tags, resolve_entities=False, no_network=True, load_dtd=False,
                huge_tree=False, remove_comments=True, remove_pis=True,
            )  # fmt: skip
            for _, element in events:
                if element.getroottree().docinfo.doctype:
                    raise PackageError("the part declares a document type")
                yield element
                element.clear()
                _forget_before(element)
                waiting.forget()

    def _open(self, name: str) -> IO[bytes]:
        # No more bytes come out of a part than it says that it has.
        info = self._archive.getinfo(name)
        if info.compress_type not in METHODS:
            raise PackageError("the part is compressed as no program for workbooks does it")
        self._count += 1
        self._bytes += info.file_size
        if info.file_size > _LARGEST_PART or self._bytes > _MOST_BYTES or self._count > _MOST_PARTS:
            raise TooLargeError(name)
        return self._archive.open(info)


class _Waiting:
    """A part that is read, which counts what came since it was last told to forget."""

    def __init__(self, part: IO[bytes]) -> None:
        self._part = part
        self.forget()

    def forget(self) -> None:
        self._bytes = self._marks = 0

    def read(self, size: int) -> bytes:
        piece = self._part.read(size)
        self._bytes += len(piece)
        self._marks += piece.count(b"<") + piece.count(b"=")
        if self._bytes > _MOST_WAITING or self._marks > _MOST_MARKS:
            raise TooLargeError("part")
        return piece


def _forget_before(element: etree._Element) -> None:
    """Take out of a tree all that came before an element and does not hold it."""
    for parent in element.iterancestors():
        while parent[0] is not element:
            del parent[0]
        element = parent
