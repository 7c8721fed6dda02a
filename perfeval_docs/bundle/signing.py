"""Sign a bundle with an SSH key, and tell whose signature stands beside one; all offline."""

from __future__ import annotations

import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from perfeval_docs.checking import read_bytes
from perfeval_docs.diagnostic import Message, msg
from perfeval_docs.errors import MachineError
from perfeval_docs.output import write_files

NAMESPACE: Final = "perfeval-bundle"
"""What a signature is for; one made for anything else does not count."""

SUFFIX: Final = ".sig"
_MAX_BYTES: Final = 100_000
_SECONDS: Final = 120


@dataclass(frozen=True, slots=True, kw_only=True)
class Signature:
    """What was found of a signature: faults, or what is to be known of it."""

    faults: tuple[Message, ...] = ()
    notes: tuple[Message, ...] = ()


def sign(bundle: Path, key: Path) -> Path:
    """Write the signature of a bundle beside it and return its path.

    `key` is a private key, or the public half of one that an agent holds. Raises `MachineError`
    where `ssh-keygen` is missing or refuses.
    """
    made = _asked(("-Y", "sign", "-f", str(key), "-n", NAMESPACE), read_bytes(bundle))
    if made.returncode:
        raise MachineError(
            msg("ssh-keygen does not sign: {error}", error=made.stderr.decode(errors="replace"))
        )
    write_files(bundle.parent, {f"{bundle.name}{SUFFIX}": made.stdout})
    return bundle.with_name(f"{bundle.name}{SUFFIX}")


def check_signature(bundle: Path, data: bytes, signers: Path | None) -> Signature:
    """Hold the signature beside a bundle, if there is one, against the bundle's bytes.

    `signers` is a file of allowed signers (ssh-keygen(1)); without it the key is named, and whose
    it is stays open. Raises `MachineError` where `ssh-keygen` is missing.
    """
    path = bundle.with_name(f"{bundle.name}{SUFFIX}")
    if not path.is_file():
        if signers is None:
            return Signature()
        return Signature(faults=(msg("there is no signature {file}", file=path.name),))
    with tempfile.TemporaryDirectory() as folder:
        write_files(Path(folder), {"signature": read_bytes(path)[:_MAX_BYTES]})
        held = ("-n", NAMESPACE, "-s", f"{folder}/signature")
        if signers is None:
            return _of_anybody(_asked(("-Y", "check-novalidate", *held), data), path)
        found = _asked(("-Y", "find-principals", *held[2:], "-f", str(signers)), b"")
        for line in found.stdout.decode(errors="replace").splitlines():
            who = line.strip()
            verify = ("-Y", "verify", "-f", str(signers), "-I", who, *held)
            if not found.returncode and not _asked(verify, data).returncode:
                return Signature(notes=(msg("signed by {who}", who=who),))
    return Signature(faults=(msg("{file} is no signature of this bundle by any of {signers}",
                                 file=path.name, signers=signers.name),))  # fmt: skip


def _of_anybody(made: subprocess.CompletedProcess[bytes], path: Path) -> Signature:
    if made.returncode:
        return Signature(faults=(msg("{file} is no signature of this bundle", file=path.name),))
    key = made.stdout.decode(errors="replace").strip().rpartition(" ")[2]
    told = msg("signed with the key {key}; whose it is, --signers tells", key=key)
    return Signature(notes=(told,))


def _asked(arguments: tuple[str, ...], data: bytes) -> subprocess.CompletedProcess[bytes]:
    try:
        return subprocess.run(  # noqa: S603  # fixed commands, no shell
            ("ssh-keygen", *arguments),  # noqa: S607  # wherever it is
            input=data,
            capture_output=True,
            check=False,
            timeout=_SECONDS,
        )
    except (OSError, subprocess.SubprocessError) as error:
        raise MachineError(
            msg("ssh-keygen cannot be run: {error}", error=type(error).__name__)
        ) from error
