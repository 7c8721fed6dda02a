"""Call pandoc, the one of its wheel, in its sandbox: Markdown in, a Word file out."""

from __future__ import annotations

import subprocess
import tempfile
from pathlib import Path
from typing import Final

import pypandoc

from perfeval_docs.diagnostic import msg
from perfeval_docs.errors import FaultyTemplateError, MachineError

# What a report needs, and no more: no raw HTML or TeX, no typographic changes, no links made up.
READER: Final = (
    "markdown_strict-raw_html+all_symbols_escapable+pipe_tables+fenced_divs"
    "+east_asian_line_breaks+blank_before_header+space_in_atx_header"
)
_TIMEOUT: Final = 120
_WRITTEN: Final = "report.docx"


def to_docx(markdown: str, reference: bytes, *, file: str) -> bytes:
    """Return the Word file that pandoc makes, with the styles of a reference document.

    pypandoc itself is not asked: it takes the newest pandoc of the machine, changes the
    working folder, and lets the user's own files of pandoc in. Raises `MachineError` where
    pandoc cannot be run and `FaultyTemplateError` where it refuses the text; `file` names
    the template.
    """
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "report.md").write_text(markdown, "utf-8")
        (folder / "reference.docx").write_bytes(reference)
        command = [
            str(_binary()), "report.md", f"--from={READER}", "--to=docx", "--sandbox",
            "--reference-doc=reference.docx", "--data-dir=none", "--columns=1",
            "--fail-if-warnings", f"--output={_WRITTEN}",
        ]  # fmt: skip
        environment = {"HOME": name, "LANG": "C.UTF-8", "SOURCE_DATE_EPOCH": "0"}
        try:
            ran = subprocess.run(  # noqa: S603  # our own wheel's program, no shell
                command, cwd=folder, env=environment, capture_output=True, timeout=_TIMEOUT,
                check=False,
            )  # fmt: skip
        except (OSError, subprocess.TimeoutExpired) as error:
            raise MachineError(msg("pandoc cannot be run: {error}", error=str(error))) from error
        if ran.returncode:
            told = ran.stderr.decode("utf-8", "replace").strip()
            raise FaultyTemplateError(
                msg("{file} cannot be set as prose: {error}", file=file, error=told[:500])
            )
        return (folder / _WRITTEN).read_bytes()


def _binary() -> Path:
    """Return the program that the wheel carries."""
    folder = Path(pypandoc.__file__).parent / "files"
    found = [folder / name for name in ("pandoc", "pandoc.exe") if (folder / name).is_file()]
    if not found:
        raise MachineError(msg("pandoc is missing from its package; install again"))
    return found[0]
