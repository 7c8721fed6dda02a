"""Find a profile by name or path, join it with those that it extends, and decode it."""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache
from importlib import resources
from pathlib import Path
from types import MappingProxyType
from typing import Final

from perfeval_docs.diagnostic import (
    Diagnostic,
    Message,
    Severity,
    Span,
    has_error,
    in_order,
    msg,
)
from perfeval_docs.errors import MachineError, UsageError
from perfeval_docs.profile.model import Profile
from perfeval_docs.source import Entry, Node, Scalar, Source, decode, read_source
from perfeval_docs.source import Mapping as MappingNode
from perfeval_docs.source import Path as Steps

MAX_CHAIN: Final = 8
_EXTENDS: Final = "extends"
_FOLDER: Final = "perfeval_docs/profiles"
_NOWHERE: Final[Mapping[Steps, Span]] = MappingProxyType({})
_SUFFIXES: Final = (".yaml", ".yml")

ReadFile = Callable[[str], bytes | None]
"""Gives the bytes of a file by its path, None where there is none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LoadedProfile:
    """A profile, None if a fault stopped it, and what is wrong with its files.

    `places` are those of its values; `texts` holds the text of every file that a diagnostic
    may quote.
    """

    value: Profile | None
    places: Mapping[Steps, Span]
    diagnostics: tuple[Diagnostic, ...]
    texts: Mapping[str, str]


def profile_names() -> tuple[str, ...]:
    """Return the names of the built-in profiles, in order."""
    files = (resources.files("perfeval_docs") / "profiles").iterdir()
    return tuple(sorted(f.name.removesuffix(".yaml") for f in files if f.name.endswith(".yaml")))


def load_profile(
    name_or_path: str, folder: Path | None = None, read: ReadFile | None = None
) -> LoadedProfile:
    """Load a built-in profile by name, or a file by its path (`.yaml`), relative to `folder`.

    A decree of a profile replaces the whole decree of that name in the one it `extends`. `read`
    gives files that do not lie on the disk: no other is looked at then.
    Raises `UsageError` for a name that no profile has or a file that does not exist, and
    `MachineError` for a file that cannot be read; what is wrong in a file is a
    diagnostic.
    """
    if not _is_path(name_or_path):
        if name_or_path not in profile_names():
            raise UsageError(_unknown(name_or_path))
        return _load_built_in(name_or_path)
    file = name_or_path if folder is None else (folder / name_or_path).as_posix()
    read = read or read_file
    data = read(file)
    if data is None:
        raise UsageError(msg("there is no profile {file}", file=file))
    return _load(read_source(data, file), read)


def is_built_in(file: str) -> bool:
    """Tell whether a file that a loaded profile names is one of the package."""
    return file.startswith(f"{_FOLDER}/")


def unknown_profile(name: str, span: Span) -> Diagnostic:
    """Say at its place that a record or a profile names a profile which does not exist."""
    return Diagnostic(
        code="PE171",
        name="profile-unknown",
        severity=Severity.ERROR,
        span=span,
        message=_unknown(name),
        help=msg("write the name of a built-in profile, or the path of your own .yaml file"),
    )


@cache
def _load_built_in(name: str) -> LoadedProfile:
    return _load(_read_built_in(name), read_file)


def _load(source: Source, read: ReadFile) -> LoadedProfile:
    chain, faults = _chain(source, read)
    found = [*faults, *(fault for each in chain for fault in each.diagnostics)]
    value, places = None, _NOWHERE
    joined = _joined(chain)
    if joined is not None and not has_error(found):
        decoded = decode(joined, Profile)
        value, places = decoded.value, decoded.places
        found += decoded.diagnostics
    texts = MappingProxyType({each.file: each.text for each in chain})
    return LoadedProfile(value=value, places=places, diagnostics=in_order(found), texts=texts)


def _chain(source: Source, read: ReadFile) -> tuple[tuple[Source, ...], tuple[Diagnostic, ...]]:
    """Return a profile followed by those that it extends, nearest first, as far as they go."""
    chain = [source]
    while True:
        root = chain[-1].root
        if root is None:
            return tuple(chain), ()
        if not isinstance(root, MappingNode):
            return tuple(chain), (_not_a_mapping(root.span),)
        extends = _extends(root)
        if extends is None:
            return tuple(chain), ()
        base = _base(extends, chain, read)
        if isinstance(base, Diagnostic):
            return tuple(chain), (base,)
        chain.append(base)


def _extends(root: MappingNode) -> Node | None:
    return next((e.value for e in root.entries if e.key.value == _EXTENDS), None)


def _base(extends: Node, chain: list[Source], read: ReadFile) -> Source | Diagnostic:
    if not isinstance(extends, Scalar):
        return _not_a_name(extends.span)
    name = extends.value
    base = _read_base(name, posixpath.dirname(chain[-1].file), read)
    if base is None:
        return unknown_profile(name, extends.span)
    if len(chain) == MAX_CHAIN or base.file in {posixpath.normpath(each.file) for each in chain}:
        return _extends_itself(name, extends.span)
    return base


def _read_base(name: str, folder: str, read: ReadFile) -> Source | None:
    if not _is_path(name):
        return _read_built_in(name) if name in profile_names() else None
    file = posixpath.normpath(posixpath.join(folder, name))
    data = read(file)
    return None if data is None else read_source(data, file)


def _joined(chain: tuple[Source, ...]) -> MappingNode | None:
    """Return one mapping of the entries of a chain, those of the extending profile winning."""
    entries: dict[str, Entry] = {}
    for source in reversed(chain):
        if not isinstance(source.root, MappingNode):
            return None
        entries |= {entry.key.value: entry for entry in source.root.entries}
        span = source.root.span
    entries.pop(_EXTENDS, None)
    return MappingNode(entries=tuple(entries.values()), span=span)


def _is_path(name: str) -> bool:
    return name.endswith(_SUFFIXES)


def _read_built_in(name: str) -> Source:
    file = f"{name}.yaml"
    data = (resources.files("perfeval_docs") / "profiles" / file).read_bytes()
    return read_source(data, f"{_FOLDER}/{file}")


def read_file(file: str) -> bytes | None:
    """Read a file; None if there is none of that name."""
    try:
        return Path(file).read_bytes()
    except (FileNotFoundError, NotADirectoryError, ValueError):
        return None
    except OSError as error:
        raise MachineError(
            msg(
                "cannot read {file}: {error}",
                file=file,
                error=error.strerror or type(error).__name__,
            )
        ) from error


def _unknown(name: str) -> Message:
    names = profile_names()
    near = get_close_matches(name, names, n=1)
    if near:
        return msg("there is no profile {name}; did you mean {near}?", name=name, near=near[0])
    return msg("there is no profile {name}; there are: {names}", name=name, names=", ".join(names))


def _not_a_mapping(span: Span) -> Diagnostic:
    return _error(
        "PE172",
        "profile-not-a-mapping",
        span,
        msg("a profile is lines of `name: value`"),
        msg("begin each line at the margin with a name, a colon and a space"),
    )


def _not_a_name(span: Span) -> Diagnostic:
    return _error(
        "PE173",
        "extends-not-a-name",
        span,
        msg("a profile extends one other; write its name or its path after `extends:`"),
        msg("keep one name"),
    )


def _extends_itself(name: str, span: Span) -> Diagnostic:
    return _error(
        "PE174",
        "extends-itself",
        span,
        msg(
            "by extending {name} this profile extends itself, or more than {most} in a row",
            name=name,
            most=str(MAX_CHAIN),
        ),
        msg("let the last profile extend shanghai or national"),
    )


def _error(code: str, name: str, span: Span, message: Message, way_out: Message) -> Diagnostic:
    return Diagnostic(
        code=code, name=name, severity=Severity.ERROR, span=span, message=message, help=way_out
    )
