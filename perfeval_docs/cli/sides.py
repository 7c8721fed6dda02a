"""What a side of a comparison is: a path, a revision of git, a bundle, or a document of ours."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from perfeval_docs.cli.machine import side_of_revision
from perfeval_docs.cli.running import Say, note
from perfeval_docs.diagnostic import msg
from perfeval_docs.errors import UnreadableFileError, UsageError

if TYPE_CHECKING:
    from perfeval_docs.compare import Side

_DOCUMENTS: Final = frozenset({".docx", ".pdf"})


def side(asked: str, say: Say) -> Side:
    """Return what is meant by a path, or by `REVISION:PATH` as git writes it."""
    revision, colon, rest = asked.partition(":")
    path = Path(asked)
    if colon and revision and not path.exists():
        return side_of(revision, Path(rest))
    if path.is_file() and path.suffix.casefold() in _DOCUMENTS:
        return _side_of_document(path, say)
    return _side_of_bundle(path) or side_of(None, path)


def side_of(revision: str | None, root: Path) -> Side:
    """Return the records at a path, as they are or as they were in a revision."""
    from perfeval_docs.compare import side_of_path  # noqa: PLC0415  # only `diff` needs it

    return side_of_path(root) if revision is None else side_of_revision(revision, root)


def _side_of_bundle(path: Path) -> Side | None:
    """Return the records of a bundle; None for any other path."""
    from perfeval_docs.bundle.bag import RefusedBundleError, is_bundle  # noqa: PLC0415  # as above

    if not path.exists() or not is_bundle(path):
        return None
    from perfeval_docs.bundle.records import bundled_records  # noqa: PLC0415  # loads the builder
    from perfeval_docs.compare import Side  # noqa: PLC0415

    name = path.as_posix()
    try:
        found = bundled_records(path)
    except RefusedBundleError as error:
        raise UsageError(msg("{file}: {why}", file=name, why=error.args[0])) from error
    return Side(
        root=found.root,
        files=found.files,
        prefix=f"{name}:",
        asked=name,
        is_whole=True,
        is_public=found.is_public,
    )


def _side_of_document(path: Path, say: Say) -> Side:
    """Return the record that a Word file or a PDF of ours carries; tell if its cells deny it."""
    from perfeval_docs.carried import MAX_DOCUMENT_BYTES, carried_in  # noqa: PLC0415  # as above
    from perfeval_docs.checking import read_bytes  # noqa: PLC0415
    from perfeval_docs.compare import Side  # noqa: PLC0415

    name, data = path.as_posix(), read_bytes(path, MAX_DOCUMENT_BYTES)
    first, *others = carried_in(data, name).files
    if _is_edited(data, path.name):
        told = msg(
            "{file}: its cells do not say what the record that it carries says; the record was "
            "compared, `perfeval import --update --dry-run` shows what was changed in a Word form",
            file=name,
        )
        note(say(told))
    return Side(
        root=Path(first.name),
        files={Path(each.name): each.text.encode() for each in (first, *others)},
        prefix=f"{name}:",
        asked=name,
        is_whole=True,
        is_public=True,
    )


def _is_edited(data: bytes, name: str) -> bool:
    """Tell whether the cells of a document say something else than the record that it carries."""
    from perfeval_docs.importing import import_forms  # noqa: PLC0415  # as above

    try:
        forms = import_forms(data, name, profile="shanghai", names="zh")
    except UnreadableFileError:
        return False
    return any(each.differs for each in forms)
