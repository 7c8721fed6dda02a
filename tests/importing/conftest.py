"""What tests of imports share: the foreign layouts as other programs print and save them."""

import subprocess
from collections.abc import Iterable
from pathlib import Path

import pytest

from tests.importing.foreign import KINDS, LAYOUTS


def converted(files: Iterable[Path], kind: str, folder: Path) -> None:
    """Let LibreOffice save files as another kind into a folder."""
    subprocess.run(
        ["soffice", f"-env:UserInstallation=file://{folder}/profile", "--headless",
         "--convert-to", kind, "--outdir", folder, *files],
        check=True, capture_output=True,
    )  # fmt: skip


@pytest.fixture(scope="session")
def printed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with the layouts as .xls and .pdf of LibreOffice, .web.pdf of Chromium."""
    folder = tmp_path_factory.mktemp("printed")
    for kind in ("docx", "xlsx", "html"):
        for layout, grid in LAYOUTS.items():
            (folder / f"{layout}.{kind}").write_bytes(KINDS[kind](grid))
    converted(sorted(folder.glob("*.docx")), "pdf", folder)
    converted(sorted(folder.glob("*.xlsx")), "xls", folder)
    style = "<meta charset=utf-8><style>td { border: 1px solid }</style>"
    for page in sorted(folder.glob("*.html")):
        page.write_text(style + page.read_text("utf-8"), "utf-8")
        subprocess.run(
            ["chromium", "--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer",
             f"--print-to-pdf={page.with_suffix('.web.pdf')}", page],
            check=True, capture_output=True,
        )  # fmt: skip
    return folder
