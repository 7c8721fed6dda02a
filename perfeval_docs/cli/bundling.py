"""Run what gives documents out and takes them in again, print its outcome."""

from __future__ import annotations

from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from perfeval_docs.cli.running import PARTS, Say, note
from perfeval_docs.diagnostic import msg
from perfeval_docs.errors import ExitCode
from perfeval_docs.settings import Settings

if TYPE_CHECKING:
    from perfeval_docs.bundle.make import Bundled

_REASONS: Final = MappingProxyType(
    {
        **PARTS,
        "not built": msg("it was refused, or never built"),
        "no record": msg("there is no record of it any more"),
        "outside": msg("this profile lies outside the data folder"),
    }
)


def run_bundle(settings: Settings, lock: Path, key: Path | None, say: Say) -> int:
    """Make bundles, and tell where they are or what is in the way; sign them with a key."""
    from perfeval_docs.bundle.make import make_bundles  # noqa: PLC0415  # help needs none of it
    from perfeval_docs.bundle.signing import sign  # noqa: PLC0415

    code = ExitCode.CLEAN
    for bundled in make_bundles(settings, lock):
        if bundled.path is None:
            code = ExitCode.FAULTS
            _print_refused(bundled, say)
        else:
            told = msg("{file}: {count} files", file=bundled.path.as_posix(),
                       count=str(bundled.files))  # fmt: skip
            print(say(told))
            if key is not None:
                print(sign(bundled.path, key).as_posix())
    return code


def run_verify(bundle: Path, signers: Path | None, say: Say) -> int:
    """Verify a bundle and the signature beside it, and print every fault."""
    from perfeval_docs.bundle.signing import check_signature  # noqa: PLC0415  # as above
    from perfeval_docs.bundle.verify import verify  # noqa: PLC0415

    data = _read(bundle)
    signature = check_signature(bundle, data, signers)
    verified = verify(data, bundle.name.removesuffix(".zip"))
    faults = (*signature.faults, *verified.faults)
    for each in (*signature.notes, *verified.notes):
        note(say(each))
    for each in faults:
        print(say(each))
    file, count = bundle.as_posix(), str(verified.files)
    if faults:
        told = msg("{file}: {faults} faults", file=file, faults=str(len(faults)))
    else:
        told = msg("{file}: {count} files, all as they should be", file=file, count=count)
    print(say(told))
    return ExitCode.FAULTS if faults else ExitCode.CLEAN


def run_reproduce(bundle: Path, workers: int, say: Say) -> int:
    """Build a bundle's year again, and print what is not the same."""
    from perfeval_docs.bundle.reproduce import reproduce  # noqa: PLC0415  # as above

    made = reproduce(_read(bundle), bundle.name.removesuffix(".zip"), workers)
    for each in made.notes:
        note(say(each))
    for each in made.faults:
        print(say(each))
    told = msg("{file}: {same} files built again to the same bytes, {others} not",
               file=bundle.as_posix(), same=str(made.same),
               others=str(len(made.faults)))  # fmt: skip
    print(say(told))
    return ExitCode.FAULTS if made.faults or not made.same else ExitCode.CLEAN


def _read(bundle: Path) -> bytes:
    from perfeval_docs.bundle.bag import read_bundle  # noqa: PLC0415  # as above

    return read_bundle(bundle)


def _print_refused(bundled: Bundled, say: Say) -> None:
    for reason in bundled.reasons:
        why = say(msg(", ")).join(
            say(_REASONS.get(each, msg("{file} is not as it was built", file=each)))
            for each in reason.why
        )
        note(say(msg("{file}: {why}", file=reason.name, why=why)))
    for leak in bundled.leaks:
        what = say(leak.what)
        note(say(msg("{file}: {why}", file=leak.name, why=what)))
    told = (
        msg("no bundle of {year}: something private would be published", year=bundled.year)
        if bundled.leaks
        else msg("no bundle of {year}: run `perfeval build`, and bundle what is complete",
                 year=bundled.year)
    )  # fmt: skip
    note(say(told))


def run_extract(document: Path, out: Path, say: Say) -> int:
    """Write the record that a document carries, and tell what was written."""
    from perfeval_docs.bundle.extract import extract  # noqa: PLC0415  # help needs none of it

    carried = extract(document, out)
    for file in carried.files:
        print((out / file.name).as_posix())
    told = msg(
        "profile {profile}, written by perfeval_docs {version}; "
        "`perfeval build --data {folder} --out {folder}/build` builds it",
        profile=carried.profile,
        version=carried.tool,
        folder=out.as_posix(),
    )
    print(say(told))
    return ExitCode.CLEAN
