"""What the documents of a record carry: its public text, and that of what it was read with."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from functools import lru_cache
from pathlib import PurePosixPath
from typing import Final

from perfeval_docs import __version__
from perfeval_docs.carried import ATTACHMENT, Carried, CarriedFile, to_xml
from perfeval_docs.checking.records import RecordFile
from perfeval_docs.checking.stages import Prepared
from perfeval_docs.record import Defaults, Record, public_text
from perfeval_docs.source import read_source
from perfeval_docs.typeset import Attachment

_DESCRIPTION: Final = "填报记录（perfeval extract 可取出）"
_SORT: Final = "application/xml"
_EVIDENCE_MISSING: Final = "evidence-missing"


def carried_of(file: RecordFile, prepared: Prepared) -> Carried:
    """Return what the documents of a sound record carry.

    A profile of its own goes along where it lies in the data folder, for only there an
    extracted record finds it again.
    """
    if prepared.record is None:
        raise ValueError("only a record without faults is carried")
    return Carried(
        tool=__version__, profile=prepared.record.profile, files=tuple(_files(file, prepared))
    )


def carried_xml(file: RecordFile, prepared: Prepared) -> bytes:
    """Return the XML of `carried_of`."""
    return to_xml(carried_of(file, prepared))


def attachment(carried: bytes) -> Attachment:
    """Return carried XML as a PDF has it."""
    return Attachment(name=ATTACHMENT, data=carried, sort=_SORT, description=_DESCRIPTION)


def record_text(prepared: Prepared) -> str:
    """Return the public text of a sound record.

    Where its profile stops a record that names no evidence, a word stays in its place.
    """
    severities = prepared.form.profile.severities.value if prepared.form else {}
    withholds = severities.get(_EVIDENCE_MISSING) == "error"
    return public_text(prepared.source, Record, withholds_evidence=withholds)


@lru_cache(maxsize=64)
def shared_text(text: str) -> str:
    """Return the public text of what records share: defaults, a profile, a year's words."""
    return public_text(read_source(text.encode(), "shared"), Defaults)


def _files(file: RecordFile, prepared: Prepared) -> Iterator[CarriedFile]:
    yield CarriedFile(f"{file.year}/{file.path.name}", "record", record_text(prepared))
    for path in file.defaults:
        name = path.relative_to(file.data).as_posix()
        yield CarriedFile(name, "defaults", shared_text(prepared.texts[path.as_posix()]))
    for named in prepared.profiles:
        place = inside(named, file)
        if place is not None:
            yield CarriedFile(place, "profile", shared_text(prepared.texts[named]))


def inside(named: str, file: RecordFile) -> str | None:
    """Return the name of a file in the data folder, None if it lies outside."""
    path = PurePosixPath(posixpath.normpath(named))
    data = PurePosixPath(posixpath.normpath(file.data.as_posix()))
    return path.relative_to(data).as_posix() if path.is_relative_to(data) else None
