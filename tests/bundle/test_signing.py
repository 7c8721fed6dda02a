"""The signature beside a bundle: made and verified by OpenSSH itself, offline."""

import os
import subprocess
from pathlib import Path

import pytest

from perfeval_docs import cli
from perfeval_docs.bundle.signing import check_signature, sign
from perfeval_docs.errors import ExitCode, MachineError
from tests.bundle.bundles import NAME, bundle_of

pytestmark = pytest.mark.debian


def key_in(folder: Path, name: str) -> Path:
    path = folder / name
    subprocess.run(
        ["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", name, "-f", path], check=True
    )
    return path


def signers_in(folder: Path, key: Path, who: str = "finance@example.org") -> Path:
    path = folder / f"signers-{key.name}"
    path.write_text(f"{who} {key.with_suffix('.pub').read_text('utf-8')}", "utf-8")
    return path


@pytest.fixture
def bundle(tmp_path: Path) -> Path:
    path = tmp_path / "b.zip"
    path.write_bytes(b"PK as it were")
    return path


def test_a_signature_names_who_signed(tmp_path: Path, bundle: Path) -> None:
    key = key_in(tmp_path, "ours")
    assert sign(bundle, key) == tmp_path / "b.zip.sig"
    assert sign(bundle, key).read_bytes().startswith(b"-----BEGIN SSH SIGNATURE-----")
    held = check_signature(bundle, bundle.read_bytes(), signers_in(tmp_path, key))
    assert held.faults == ()
    assert [f"{note}" for note in held.notes] == ["signed by finance@example.org"]
    (note,) = check_signature(bundle, bundle.read_bytes(), None).notes
    assert "SHA256:" in f"{note}"


def test_what_is_signed_cannot_be_changed(tmp_path: Path, bundle: Path) -> None:
    key = key_in(tmp_path, "ours")
    sign(bundle, key)
    for signers in (None, signers_in(tmp_path, key)):
        assert check_signature(bundle, b"PK as it was", signers).faults


def test_another_key_another_purpose_and_no_signature_are_faults(
    tmp_path: Path, bundle: Path
) -> None:
    ours, theirs = key_in(tmp_path, "ours"), key_in(tmp_path, "theirs")
    data = bundle.read_bytes()
    assert check_signature(bundle, data, signers_in(tmp_path, ours)).faults
    assert check_signature(bundle, data, None).faults == ()
    sign(bundle, theirs)
    assert check_signature(bundle, data, signers_in(tmp_path, ours)).faults
    signature = bundle.with_name("b.zip.sig")
    signature.unlink()
    subprocess.run(["ssh-keygen", "-Y", "sign", "-q", "-f", ours, "-n", "git", bundle], check=True)
    assert signature.is_file()
    for signers in (None, signers_in(tmp_path, ours)):
        assert check_signature(bundle, data, signers).faults
    signature.write_bytes(b"-----BEGIN SSH SIGNATURE-----\nx\n-----END SSH SIGNATURE-----\n")
    for signers in (None, signers_in(tmp_path, ours)):
        assert check_signature(bundle, data, signers).faults


def test_a_key_that_is_none_is_told(tmp_path: Path, bundle: Path) -> None:
    with pytest.raises(MachineError, match="does not sign"):
        sign(bundle, tmp_path / "none")
    assert not bundle.with_name("b.zip.sig").exists()


def test_without_openssh_it_is_told(
    tmp_path: Path, bundle: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(os.environ, "PATH", str(tmp_path))
    with pytest.raises(MachineError, match="cannot be run"):
        sign(bundle, tmp_path / "none")


def test_the_command_verifies_the_signature(
    six: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    bundle, key = tmp_path / f"{NAME}.zip", key_in(tmp_path, "ours")
    bundle.write_bytes(bundle_of(six.parents[1]))
    sign(bundle, key)
    arguments = ["verify", str(bundle), "--lang", "en", "--signers"]
    assert cli.run([*arguments, str(signers_in(tmp_path, key))]) == ExitCode.CLEAN
    assert "signed by finance@example.org" in capsys.readouterr().err
    theirs = signers_in(tmp_path, key_in(tmp_path, "theirs"))
    assert cli.run([*arguments, str(theirs)]) == ExitCode.FAULTS
    assert "no signature of this bundle by any of" in capsys.readouterr().out
