"""The project inside a bundle, unpacked so that records can be read and built as at home."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from perfeval_docs.bundle.bag import PAYLOAD, Bag
from perfeval_docs.bundle.project import DATA, TEMPLATE
from perfeval_docs.bundle.provenance import MATERIALS, Made
from perfeval_docs.output import write_files
from perfeval_docs.settings import Settings


@contextmanager
def unpacked(bag: Bag, made: Made, workers: int) -> Iterator[Settings]:
    """Give the settings by which the bundle's year can be built in a temporary folder.

    Names were looked at when the bag was opened: none leads out of the folder.
    """
    inside = f"{PAYLOAD}{MATERIALS}"
    with tempfile.TemporaryDirectory(prefix="perfeval-") as name:
        folder = Path(name)
        files = bag.payload.items()
        write_files(folder, {n.removeprefix(inside): d for n, d in files if n.startswith(inside)})
        yield Settings(
            data=folder / DATA,
            out=folder / "build",
            template=folder / TEMPLATE,
            year=made.year,
            epoch=made.epoch,
            system_fonts=made.system_fonts,
            workers=workers,
            public=made.public,
        )
