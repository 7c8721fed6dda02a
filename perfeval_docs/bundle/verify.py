"""Verify a bundle that anybody may have made: every fault is named, and nothing is believed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from perfeval_docs.bundle.bag import PAYLOAD, Bag, open_bag
from perfeval_docs.bundle.documents import Shelf, check_documents
from perfeval_docs.bundle.integrity import info_of, integrity
from perfeval_docs.bundle.make import AUDIENCE, PUBLIC, bundle_name
from perfeval_docs.bundle.private import leaks
from perfeval_docs.bundle.project import prepared_records
from perfeval_docs.bundle.provenance import FILE, MATERIALS, Made, read_statement, tools
from perfeval_docs.bundle.unpack import unpacked
from perfeval_docs.checking.records import find_records
from perfeval_docs.diagnostic import Message, msg
from perfeval_docs.errors import PerfevalError

_OTHER_TOOLS: Final = msg(
    "made by other versions of the tools: texts were compared, bytes only by their digests"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Verified:
    """What a bundle was found to be: of how many files, with which faults."""

    files: int
    faults: tuple[Message, ...]
    notes: tuple[Message, ...]


def verify(data: bytes, name: str) -> Verified:
    """Verify the bundle `name`.zip.

    Raises `RefusedBundleError` for what cannot be opened without danger.
    """
    bag = open_bag(data, name)
    faults = [*bag.faults, *integrity(bag)]
    notes: list[Message] = []
    made = read_statement(bag.files.get(FILE, b""))
    if made is not None:
        same_tools = dict(made.tools) == tools()
        notes += () if same_tools else (_OTHER_TOOLS,)
        faults += _of_itself(bag, made)
        try:
            faults += _documents(bag, made, same_tools=same_tools)
        except PerfevalError as error:
            faults.append(msg("what is inside cannot be built: {error}", error=str(error)))
        if made.public:
            faults += (
                msg("private: {name}, {what}", name=leak.name, what=leak.what)
                for leak in leaks(bag.files, (), made.year)
            )
    return Verified(files=len(bag.files), faults=tuple(dict.fromkeys(faults)), notes=tuple(notes))


def _of_itself(bag: Bag, made: Made) -> list[Message]:
    """Return where the bag's own words do not fit what it was made as."""
    info = info_of(bag)
    name = bundle_name(str(made.year), public=made.public)
    audience = PUBLIC if made.public else "internal"
    if info.get("External-Identifier") == name and info.get(AUDIENCE) == audience:
        return []
    return [msg("changed: the bag does not say that it is {name}", name=name)]


def _documents(bag: Bag, made: Made, *, same_tools: bool) -> list[Message]:
    top = f"{PAYLOAD}{made.year}/"
    known = (top, f"{PAYLOAD}{MATERIALS}")
    found = [msg("extra: {name}", name=n) for n in bag.payload if not n.startswith(known)]
    with unpacked(bag, made, workers=1) as settings:
        shelf = Shelf(
            year=str(made.year),
            products={n.removeprefix(top): d for n, d in bag.payload.items() if n.startswith(top)},
            prepared=prepared_records(find_records(settings)),
            settings=settings,
            same_tools=same_tools,
        )
        return [*found, *check_documents(shelf)]
