"""Records to build: the six, over and over, each of another name."""

from __future__ import annotations

import shutil
from pathlib import Path

DATA = Path("data")


def copies(folder: Path, count: int) -> list[Path]:
    """Write so many records of 9 to 26 indicators into `folder/data`; return their files."""
    texts = [path.read_text("utf-8") for path in sorted(DATA.glob("2024/0*.yaml"))]
    shutil.copytree(DATA, folder / "data", ignore=shutil.ignore_patterns("0*.yaml"))
    files = [folder / f"data/2024/r{number:05}.yaml" for number in range(count)]
    for number, file in enumerate(files):
        text = texts[number % len(texts)]
        file.write_text(text.replace("project: ", f"project: 第{number}号", 1), "utf-8")
    return files
