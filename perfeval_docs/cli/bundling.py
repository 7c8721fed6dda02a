"""Run what gives documents out and takes them in again, print its outcome."""

from __future__ import annotations

from pathlib import Path

from perfeval_docs.cli.running import Say
from perfeval_docs.diagnostic import msg
from perfeval_docs.errors import ExitCode


def run_extract(document: Path, out: Path, say: Say) -> int:
    """Write the record that a document carries, and tell what was written."""
    from perfeval_docs.bundle.extract import extract  # noqa: PLC0415  # help needs none of it

    carried = extract(document, out)
    for file in carried.files:
        print((out / file.name).as_posix())
    told = msg(
        "profile {profile}, written by perfeval_docs {version}; `perfeval build --data {folder}` "
        "builds it",
        profile=carried.profile,
        version=carried.tool,
        folder=out.as_posix(),
    )
    print(say(told))
    return ExitCode.CLEAN
