"""Records to build: the six in turn, each with a name and long texts of its own."""

from __future__ import annotations

import re
import shutil
from pathlib import Path
from random import Random

DATA = Path("data")

_NAME = re.compile(r"(?m)^(?P<key>project: )")
_HAN = re.compile("[\u4e00-\u9fff]")
_LONG = re.compile(r"(?m)^    [^\s:]{20,}$|(?<=indicator: ).+$")


def copies(folder: Path, count: int) -> list[Path]:
    """Write so many records of 9 to 26 indicators into `folder/data`; return their files.

    The characters of the long texts and of the indicators' names are those of the six, in
    another order for each: no program gains by having set the same line before.
    """
    texts = [path.read_text("utf-8") for path in sorted(DATA.glob("2024/0*.yaml"))]
    shutil.copytree(DATA, folder / "data", ignore=shutil.ignore_patterns("0*.yaml"))
    files = [folder / f"data/2024/r{number:05}.yaml" for number in range(count)]
    for number, file in enumerate(files):
        text = _NAME.sub(rf"\g<key>第{number}号", texts[number % len(texts)], count=1)
        file.write_text(_in_other_order(text, Random(number)), "utf-8")  # noqa: S311
    return files


def _in_other_order(text: str, random: Random) -> str:
    def other(found: re.Match[str]) -> str:
        mixed = _HAN.findall(found[0])
        random.shuffle(mixed)
        characters = iter(mixed)
        return _HAN.sub(lambda _: next(characters), found[0])

    return _LONG.sub(other, text)
