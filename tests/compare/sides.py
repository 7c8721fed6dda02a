"""Sides made of texts."""

from collections.abc import Mapping
from pathlib import Path
from typing import Final

from perfeval_docs.compare import Comparison, Side, compare

ROOT: Final = Path(__file__).parents[2]
SHARED: Final = (ROOT / "data/perfeval.yaml").read_bytes()
YEAR: Final = (ROOT / "data/2024/perfeval.yaml").read_bytes()
RECORD: Final = (ROOT / "data/2024/01-publicity.yaml").read_text("utf-8")


def side(files: Mapping[str, str | bytes], root: str = "data/2024") -> Side:
    """Return a side of files by name, shared values added."""
    found = {
        Path("data/perfeval.yaml"): SHARED,
        Path("data/2024/perfeval.yaml"): YEAR,
        Path("data/2023/perfeval.yaml"): YEAR.replace(b"2024", b"2023"),
    }
    for name, text in files.items():
        found[Path(root) / name] = text.encode() if isinstance(text, str) else text
    return Side(root=Path(root), files=found)


def compared(before: str, after: str) -> Comparison:
    """Compare two texts of one record."""
    return compare(side({"x.yaml": before}), side({"x.yaml": after}))
