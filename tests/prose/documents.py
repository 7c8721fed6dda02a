"""The reference document of the summary, and properties for tests."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from perfeval_docs.ooxml import DocumentProperties

ROOT: Final = Path(__file__).parents[2]
REFERENCE: Final = ROOT / "templates/summary.docx"
PROPERTIES: Final = DocumentProperties(
    title="总结", author="单位", date=datetime(2025, 6, 30, tzinfo=UTC)
)
