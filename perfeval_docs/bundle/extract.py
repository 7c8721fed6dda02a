"""Give back the record that a document carries, as files that a build can read."""

from __future__ import annotations

from pathlib import Path

from perfeval_docs.carried import MAX_DOCUMENT_BYTES, Carried, carried_in
from perfeval_docs.checking import read_bytes
from perfeval_docs.diagnostic import msg
from perfeval_docs.errors import UsageError
from perfeval_docs.output import write_files


def extract(document: Path, out: Path) -> Carried:
    """Write the record of a Word file or a PDF, with all that it was read with, below a folder.

    The folder is then a data folder. A file that stands there and says something else is left
    alone. Raises `UsageError` for a document that carries no record or such a folder,
    `MachineError` where the machine refuses.
    """
    carried = carried_in(read_bytes(document, MAX_DOCUMENT_BYTES), document.as_posix())
    files = {file.name: file.text.encode() for file in carried.files}
    for name, data in files.items():
        path = out / name
        stands = path.exists() and not (path.is_file() and read_bytes(path, len(data)) == data)
        if path.is_symlink() or stands:
            raise UsageError(
                msg(
                    "{file} exists and says something else; give another folder with --out",
                    file=path.as_posix(),
                )
            )
        if any(parent.is_symlink() for parent in path.parents if parent.is_relative_to(out)):
            raise UsageError(msg("{file} lies behind a link", file=path.as_posix()))
    write_files(out, files)
    return carried
