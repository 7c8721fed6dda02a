"""What of a year is made by itself, known by what it came from: volumes of forms, pages."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from perfeval_docs.build.manifest import Document


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """Files that are made together: their names in the year's folder, and what they come from.

    `inputs` are digests by name, `others` those of further files that were read, by path.
    """

    names: tuple[str, ...]
    inputs: Mapping[str, str]
    others: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """The pieces of an earlier build by the first of their names, and what they are held against.

    `damage` are the names of files that are not as they were read or written; `forms` are the
    documents of the records by stem, `shared` the digests of what all come from, as they are now.
    """

    documents: Mapping[str, Document]
    damage: Mapping[str, tuple[str, ...]]
    forms: Mapping[str, Document]
    shared: Mapping[str, str]

    def why(self, piece: Piece) -> tuple[str, ...]:
        """Return why a piece is made: nothing if it stands as it must be."""
        stands = self.documents.get(piece.names[0])
        if stands is None or {*stands.files} != {*piece.names}:
            return ("new",)
        return (*stands.other_inputs(piece.inputs), *self.damage[piece.names[0]])


def standing(
    documents: Mapping[str, Document],
    forms: Mapping[str, Document],
    shared: Mapping[str, str],
    folder: Path,
) -> Standing:
    """Look at the files of all pieces once."""
    damage = {name: each.other_files(folder) for name, each in documents.items()}
    return Standing(documents=documents, damage=damage, forms=forms, shared=shared)
