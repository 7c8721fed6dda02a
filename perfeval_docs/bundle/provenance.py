"""Where a bundle comes from, as an in-toto statement: its files, and what they were made of."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final

from perfeval_docs import __version__
from perfeval_docs.bundle.bag import PAYLOAD, digest
from perfeval_docs.checking.digests import fonts, versions
from perfeval_docs.settings import Settings, Source

FILE: Final = "provenance.intoto.json"
STATEMENT: Final = "https://in-toto.io/Statement/v1"
PREDICATE: Final = "https://slsa.dev/provenance/v1"
BUILD_TYPE: Final = "urn:perfeval-docs:bundle:1"
MATERIALS: Final = "project/"
"""The folder of the payload that holds what everything else was made of."""

_DAMAGE: Final = (
    ValueError, LookupError, TypeError, AttributeError, ArithmeticError, OSError, RecursionError,
)  # fmt: skip

# What JSON has no narrower type for.
Json = Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """How the files of a bundle were made, as far as bytes depend on it.

    `tools` are versions by name; `fonts` is the digest of the fonts that were at hand.
    """

    year: int
    public: bool
    epoch: datetime | None
    system_fonts: bool
    fonts: str
    tools: Mapping[str, str]
    source: Source | None


def made_by(year: str, settings: Settings, families: frozenset[str]) -> Made:
    """Return how a run makes the files of a year."""
    return Made(
        year=int(year),
        public=settings.public,
        epoch=settings.epoch,
        system_fonts=settings.system_fonts,
        fonts=fonts(settings.font_folders, families),
        tools=tools(),
        source=settings.source,
    )


def tools() -> dict[str, str]:
    """Return the versions of what makes files, ours first."""
    return {"perfeval_docs": __version__, **versions()}


def statement(payload: Mapping[str, bytes], made: Made) -> bytes:
    """Return the statement of a payload, whose names are those below `data/`.

    A commit is named only where nothing was changed since: another one would be untrue.
    """
    products = sorted(name for name in payload if not name.startswith(MATERIALS))
    materials = sorted(name for name in payload if name.startswith(MATERIALS))
    commit = made.source.commit if made.source is not None and made.source.clean else None
    dependencies: list[Json] = [_named(name, payload[name]) for name in materials]
    if commit is not None:
        dependencies.append({"name": "commit", "digest": {"gitCommit": commit}})
    plain = {
        "_type": STATEMENT,
        "subject": [_named(name, payload[name]) for name in products],
        "predicateType": PREDICATE,
        "predicate": {
            "buildDefinition": {
                "buildType": BUILD_TYPE,
                "externalParameters": {
                    "year": made.year,
                    "public": made.public,
                    "epoch": None if made.epoch is None else int(made.epoch.timestamp()),
                    "systemFonts": made.system_fonts,
                },
                "internalParameters": {"tools": dict(made.tools), "fonts": made.fonts},
                "resolvedDependencies": dependencies,
            },
            "runDetails": {
                "builder": {
                    "id": "urn:perfeval-docs",
                    "version": {"perfeval_docs": made.tools["perfeval_docs"]},
                }
            },
        },
    }
    return (json.dumps(plain, ensure_ascii=False, indent=1) + "\n").encode()


def read_statement(data: bytes) -> Made | None:
    """Return how the files of a bundle were made, None if its statement is not one of ours."""
    try:
        plain: Json = json.loads(data)
        definition = plain["predicate"]["buildDefinition"]
        outer, inner = definition["externalParameters"], definition["internalParameters"]
        commits = [
            each["digest"]["gitCommit"]
            for each in definition["resolvedDependencies"]
            if "gitCommit" in each["digest"]
        ]
        return Made(
            year=int(outer["year"]),
            public=outer["public"] is True,
            epoch=_time(outer["epoch"]),
            system_fonts=outer["systemFonts"] is True,
            fonts=str(inner["fonts"]),
            tools={str(name): str(value) for name, value in inner["tools"].items()},
            source=Source(commit=str(commits[0]), clean=True) if commits else None,
        )
    except _DAMAGE:
        return None


def _time(seconds: Json) -> datetime | None:
    return None if seconds is None else datetime.fromtimestamp(int(seconds), tz=UTC)


def _named(name: str, data: bytes) -> Json:
    return {"name": f"{PAYLOAD}{name}", "digest": {"sha256": digest(data)}}
