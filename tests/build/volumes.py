"""Reading volumes of forms back, for the tests of what they say and of when they are made."""

from pathlib import Path

import docx
from docx.document import Document

from tests.summaries import cells

VOLUMES = [f"annex/00{number}.{kind}" for number in (1, 2, 3) for kind in ("docx", "pdf")]


def spoil(path: Path, old: str, new: str) -> None:
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")


def volume(project: Path, number: int) -> Document:
    return docx.Document(str(project / f"build/2024/annex/{number:03}.docx"))


def projects_in(document: Document) -> list[str]:
    """Return the projects of the forms in a volume, as each form's first row says."""
    first = [cells(table, 0) for table in document.tables]
    return [row[1] for row in first if row[0] == "项目名称"]
