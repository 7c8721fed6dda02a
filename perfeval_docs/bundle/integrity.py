"""Whether a bag holds the files that it says it holds: each fault is named, not the first alone."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Final

from perfeval_docs.bundle.bag import (
    DECLARATION,
    DECLARED,
    INFO,
    MANIFEST,
    OXUM,
    PAYLOAD,
    TAG_MANIFEST,
    Bag,
    digest,
    read_manifest,
)
from perfeval_docs.bundle.provenance import FILE, statement
from perfeval_docs.bundle.provenance import read_statement as read_made
from perfeval_docs.diagnostic import Message, msg

_TAGS: Final = (DECLARATION, INFO, MANIFEST, FILE)


def integrity(bag: Bag) -> Iterator[Message]:
    """Yield what is changed, missing, extra or misnamed in a bag, by its own lists."""
    payload = bag.payload
    yield from _payload(payload, bag.files)
    yield from _tags(bag.files)
    yield from _info(payload, bag.files.get(INFO, b""))
    yield from _provenance(payload, bag.files.get(FILE, b""))


def info_of(bag: Bag) -> dict[str, str]:
    """Return what a bag says of itself, by labels."""
    lines = bag.files.get(INFO, b"").decode(errors="replace").splitlines()
    return dict(line.partition(": ")[::2] for line in lines)


def _payload(payload: Mapping[str, bytes], files: Mapping[str, bytes]) -> Iterator[Message]:
    listed = read_manifest(files.get(MANIFEST, b""))
    proven = _proven(files.get(FILE, b""))
    found = {name: digest(data) for name, data in payload.items()}
    # What the statement has right, or knows nothing of, is wrong in the manifest alone.
    good = {name for name, value in found.items() if proven.get(name) == value}
    known = {n: d for n, d in (listed or {}).items() if n in found or n in proven or not proven}
    if listed is None or known != listed or any(listed.get(n) != found[n] for n in good):
        yield msg("changed: {name}", name=MANIFEST)
    wanted = {**{n: d for n, d in proven.items() if n not in found}, **known}
    yield from _compared(
        {n: d for n, d in wanted.items() if n not in good},
        {n: d for n, d in found.items() if n not in good},
    )


def _tags(files: Mapping[str, bytes]) -> Iterator[Message]:
    if TAG_MANIFEST not in files:
        yield msg("missing: {name}", name=TAG_MANIFEST)
        return
    listed = read_manifest(files[TAG_MANIFEST]) or {}
    found = {
        name: digest(data)
        for name, data in files.items()
        if not name.startswith(PAYLOAD) and name != TAG_MANIFEST
    }
    yield from _compared({n: found.get(n, listed.get(n, "")) for n in _TAGS}, found)
    if any(n not in listed for n in _TAGS) or not set(listed) <= {*_TAGS, *found}:
        yield msg("changed: {name}", name=TAG_MANIFEST)
    for name in _TAGS:
        if name in found and listed.get(name, found[name]) != found[name]:
            yield msg("changed: {name}, or its line in {manifest}",
                      name=name, manifest=TAG_MANIFEST)  # fmt: skip
    if files.get(DECLARATION, DECLARED) != DECLARED:
        yield msg("changed: {name}", name=DECLARATION)


def _compared(listed: Mapping[str, str], found: Mapping[str, str]) -> Iterator[Message]:
    """Yield how files differ from a list of them, a file under another name once."""
    missing = {name: value for name, value in listed.items() if name not in found}
    extra = {name: value for name, value in found.items() if name not in listed}
    for name, value in sorted(missing.items()):
        other = next((n for n, v in sorted(extra.items()) if v == value), None)
        if other is None:
            yield msg("missing: {name}", name=name)
        else:
            del extra[other]
            yield msg("misnamed: {other} should be {name}", other=other, name=name)
    for name in sorted(extra):
        yield msg("extra: {name}", name=name)
    for name in sorted(set(listed) & set(found)):
        if listed[name] != found[name]:
            yield msg("changed: {name}", name=name)


def _info(payload: Mapping[str, bytes], data: bytes) -> Iterator[Message]:
    oxum = f"{sum(map(len, payload.values()))}.{len(payload)}"
    lines = [line for line in data.decode(errors="replace").splitlines() if line]
    labels = [line.partition(":")[0] for line in lines]
    stated = [line.partition(": ")[2] for line in lines if line.startswith(f"{OXUM}: ")]
    if stated != [oxum] or len(set(labels)) != len(labels):
        yield msg("{name} does not say how much the bundle holds: {oxum}", name=INFO, oxum=oxum)


def _provenance(payload: Mapping[str, bytes], data: bytes) -> Iterator[Message]:
    made = read_made(data)
    plain = {name.removeprefix(PAYLOAD): content for name, content in payload.items()}
    if made is None:
        yield msg("changed: {name}", name=FILE)
    elif statement(plain, made) != data:
        yield msg("{name} does not say what is in the bundle", name=FILE)


def _proven(data: bytes) -> dict[str, str]:
    """Return the digests of the payload that a statement names, empty where it is damaged."""
    if read_made(data) is None:
        return {}
    plain = json.loads(data)
    try:
        every = (
            *plain["subject"],
            *plain["predicate"]["buildDefinition"]["resolvedDependencies"],
        )
        return {
            str(each["name"]): str(each["digest"]["sha256"])
            for each in every
            if "sha256" in each["digest"]
        }
    except (LookupError, TypeError):
        return {}
