"""What records mean, whatever was declared beside: for comparing imports with originals."""

from collections.abc import Mapping
from pathlib import Path

from perfeval_docs.importing import Imported, import_forms
from perfeval_docs.record import decode_record
from perfeval_docs.source import read_source

ROOT = Path(__file__).parents[2]
RECORDS = sorted((ROOT / "data/2024").glob("0*.yaml"))

_NOT_PRINTED = ("date_of_issue", "evidence", "waivers", "profile")


def meaning(text: str, *defaults: Path | str, spaces: bool = True) -> object:
    """Return what a record says that a form prints, and nobody computes.

    Defaults are files, or their texts.
    """
    source = read_source(text.encode(), "x.yaml")
    texts = [each.read_text("utf-8") if isinstance(each, Path) else each for each in defaults]
    shared = [read_source(each.encode(), "perfeval.yaml") for each in texts]
    decoded = decode_record(source, shared)
    assert decoded.diagnostics == ()
    assert decoded.value is not None
    return _plain(decoded.value.model_dump(), spaces=spaces)


def _plain(value: object, *, spaces: bool) -> object:
    match value:
        case Mapping():
            return {
                str(key): _plain(each, spaces=spaces)
                for key, each in value.items()
                if not str(key).startswith("declared") and key not in _NOT_PRINTED
            }
        case tuple() | list():
            return [_plain(each, spaces=spaces) for each in value]
        case str() if not spaces:
            return "".join(value.split())
        case _:
            return value


def original(path: Path, *, spaces: bool = True) -> object:
    """Return what a record of the project means, with the defaults of its folder."""
    folders = (path.parents[1], path.parent)
    defaults = (folder / "perfeval.yaml" for folder in folders)
    return meaning(path.read_text("utf-8"), *defaults, spaces=spaces)


def imported(path: Path) -> tuple[Imported, ...]:
    """Import a file."""
    return import_forms(path.read_bytes(), path.name, profile="shanghai", names="zh")
