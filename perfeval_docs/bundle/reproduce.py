"""Build a bundle's year again from the records inside, and compare every byte."""

from __future__ import annotations

from dataclasses import dataclass

from perfeval_docs.build import build
from perfeval_docs.build.documents import workshop_of
from perfeval_docs.build.manifest import FILE as BUILD_MANIFEST
from perfeval_docs.bundle.bag import PAYLOAD, open_bag
from perfeval_docs.bundle.integrity import integrity
from perfeval_docs.bundle.provenance import FILE, MATERIALS, read_statement, tools
from perfeval_docs.bundle.unpack import unpacked
from perfeval_docs.checking.digests import fonts
from perfeval_docs.diagnostic import Message, msg


@dataclass(frozen=True, slots=True, kw_only=True)
class Reproduced:
    """What came of building again: how many files are the same, and all that is not.

    `notes` tell what may have led to a difference, and what was not built again.
    """

    same: int
    faults: tuple[Message, ...]
    notes: tuple[Message, ...]


def reproduce(data: bytes, name: str, workers: int) -> Reproduced:
    """Build what is in the bundle `name`.zip again.

    Raises `RefusedBundleError` for what cannot be opened without danger, and what a build raises.
    """
    bag = open_bag(data, name)
    faults = (*bag.faults, *integrity(bag))
    made = read_statement(bag.files.get(FILE, b""))
    if faults or made is None:
        return Reproduced(same=0, faults=faults, notes=())
    top = f"{PAYLOAD}{made.year}/"
    wanted = {n.removeprefix(top): d for n, d in bag.payload.items() if n.startswith(top)}
    others = [n for n in bag.payload if not n.startswith((top, f"{PAYLOAD}{MATERIALS}"))]
    left_out = [n for n in wanted if n == BUILD_MANIFEST]
    compared = {n: d for n, d in wanted.items() if n not in left_out}
    with unpacked(bag, made, workers) as settings:
        outcome = build(settings, lambda _done, _all: None)
        at_hand = fonts(settings.font_folders, workshop_of(settings).typesetter.fonts.families)
        folder = settings.out / str(made.year)
        built = {
            path.relative_to(folder).as_posix(): path.read_bytes()
            for path in sorted(folder.rglob("*"))
            if path.is_file() and path.relative_to(folder).as_posix() != BUILD_MANIFEST
        }
    found = [msg("refused: {name}", name=file.stem) for file in outcome.refused]
    found += [msg("extra: {name}", name=n) for n in others]
    for each in sorted(compared.keys() | built.keys()):
        if each not in built:
            found.append(msg("not built again: {name}", name=each))
        elif each not in compared:
            found.append(msg("built, but not in the bundle: {name}", name=each))
        elif built[each] != compared[each]:
            found.append(msg("differs: {name}", name=each))
    same = sum(built.get(n) == d for n, d in compared.items())
    notes = [msg("not built again, only held by its digest: {name}", name=n) for n in left_out]
    if at_hand != made.fonts:
        notes.append(msg("other fonts are at hand here than were there"))
    for tool, version in made.tools.items():
        ours = tools().get(tool, "-")
        if ours != version:
            told = msg("{tool} is {ours} here, and was {theirs}", tool=tool, ours=ours,
                       theirs=version)  # fmt: skip
            notes.append(told)
    return Reproduced(same=same, faults=tuple(found), notes=tuple(notes))
