"""Keep the catalogues of messages: collect, merge and compile, or check that they are whole."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from string import Formatter
from typing import Final

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import read_mo, write_mo
from babel.messages.pofile import read_po, write_po

from perfeval_docs.source.nodes import Mapping, Node, Scalar, Sequence
from perfeval_docs.source.read import read_source

ROOT: Final = Path(__file__).parents[1]
PACKAGE: Final = ROOT / "perfeval_docs"
LOCALES: Final = ("zh_CN",)

# The time of no run, so that a catalogue changes with its messages only.
_DATE: Final = datetime(2025, 1, 1, tzinfo=UTC)
_HEADER: Final = """\
# Messages of perfeval_docs. Only the lines `msgstr` are written by hand; everything else is
# written by `python -m tools.translations update`."""


def main() -> None:
    """Run `update` or `check`."""
    parser = argparse.ArgumentParser(prog="python -m tools.translations", description=__doc__)
    parser.add_argument("command", choices=("update", "check"))
    if parser.parse_args().command == "update":
        for locale in LOCALES:
            update(locale)
        return
    found = [fault for locale in LOCALES for fault in check(locale)]
    for fault in found:
        print(fault, file=sys.stderr)
    sys.exit(1 if found else 0)


def collected() -> Catalog:
    """Return what is to be translated: templates of `msg(…)` calls, and bases of profiles."""
    catalogue = Catalog(fuzzy=False, creation_date=_DATE)
    for profile in sorted((PACKAGE / "profiles").glob("*.yaml")):
        for basis in _bases(read_source(profile.read_bytes(), profile.name).root):
            catalogue.add(basis, locations=[(f"{PACKAGE.name}/profiles/{profile.name}", 0)])
    calls = extract_from_dir(PACKAGE, [("**.py", "python")], keywords={"msg": None})
    for file, _, template, _, _ in sorted(calls, key=lambda call: (call[0], call[1])):
        catalogue.add(template, locations=[(f"{PACKAGE.name}/{Path(file).as_posix()}", 0)])
    return catalogue


def update(locale: str) -> None:
    """Merge new templates into a catalogue and compile it; near misses come in as fuzzy."""
    catalogue = _read(locale)
    catalogue.update(collected(), update_creation_date=False)
    catalogue.obsolete.clear()
    for message in catalogue:
        message.locations = sorted(set(message.locations))
    with _path(locale, "po").open("wb") as file:
        write_po(file, catalogue, sort_output=True, include_lineno=False, width=100)
    with _path(locale, "mo").open("wb") as file:
        write_mo(file, catalogue)


def check(locale: str) -> list[str]:
    """Return what is wrong with a catalogue and its compiled file, in words."""
    catalogue = _read(locale)
    with _path(locale, "mo").open("rb") as file:
        compiled = read_mo(file)
    return [f"{locale}: {fault}" for fault in faults(collected(), catalogue, compiled)]


def faults(template: Catalog, catalogue: Catalog, compiled: Catalog) -> Iterator[str]:
    """Yield what a catalogue lacks, has wrong or has too much; and whether it was not compiled."""
    for message in template:
        if message.id:
            yield from _faults(str(message.id), catalogue.get(message.id))
    for message in (*catalogue, *catalogue.obsolete.values()):
        if message.id and message.id not in template:
            yield f"obsolete: {message.id!r}; run update"
    if _pairs(compiled) != _pairs(_compiled(catalogue)):
        yield "perfeval.mo is stale; run update"


def _bases(node: Node | None) -> Iterator[str]:
    match node:
        case Mapping():
            for entry in node.entries:
                if entry.key.value == "basis" and isinstance(entry.value, Scalar):
                    yield entry.value.value
                yield from _bases(entry.value)
        case Sequence():
            for item in node.items:
                yield from _bases(item)


def _faults(key: str, message: Message | None) -> Iterator[str]:
    if message is None:
        yield f"missing: {key!r}; run update, then translate it"
    elif not message.string:
        yield f"not translated: {key!r}"
    elif message.fuzzy:
        yield f"fuzzy: {key!r}; correct the translation and take the mark away"
    elif placeholders(key) != placeholders(str(message.string)):
        yield f"placeholders differ: {key!r} and {message.string!r}"


def placeholders(template: str) -> list[str] | None:
    """Return the names of a template's fields, sorted; None where its braces are unbalanced."""
    try:
        fields = [name for _, name, _, _ in Formatter().parse(template) if name is not None]
    except ValueError:
        return None
    return sorted(fields)


def _compiled(catalogue: Catalog) -> Catalog:
    data = BytesIO()
    write_mo(data, catalogue)
    data.seek(0)
    return read_mo(data)


def _pairs(catalogue: Catalog) -> dict[str, str]:
    return {str(m.id): str(m.string) for m in catalogue if m.id}


def _path(locale: str, suffix: str) -> Path:
    return PACKAGE / "locale" / locale / "LC_MESSAGES" / f"perfeval.{suffix}"


def _read(locale: str) -> Catalog:
    path = _path(locale, "po")
    if not path.exists():
        return Catalog(
            locale,
            header_comment=_HEADER,
            project="perfeval_docs",
            version="0",
            creation_date=_DATE,
            revision_date=_DATE,
            fuzzy=False,
        )
    with path.open("rb") as file:
        return read_po(file, locale=locale)


if __name__ == "__main__":
    main()
