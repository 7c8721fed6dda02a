"""Real files spoiled at random, and with them the hostile ones: hundreds of each run, all known."""

import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from random import Random

from tests.importing.foreign import KINDS, LAYOUTS
from tests.importing.hostile_packages import WORD, WORKBOOKS, unzipped, zipped
from tests.importing.hostile_pdfs import PDFS, beside
from tests.importing.hostile_texts import PAGES, TEXTS

SEEDS = Path(__file__).parents[1] / "seeds/self-evaluation-forms-2024.txt"
ROUNDS = 5
"""How often each real file is mangled."""


@dataclass(frozen=True)
class Spoiled:
    """A file: of what kind it is, what was done to it, its name and its bytes."""

    kind: str
    what: str
    name: str
    data: bytes


def mangled(data: bytes, random: Random) -> bytes:
    """Return a file with bytes changed, left out, cut off or repeated, in a few places."""
    for _ in range(random.randint(1, 4)):
        at = random.randrange(max(len(data), 1))
        match random.randrange(4):
            case 0:
                data = data[:at] + random.randbytes(random.randint(0, 20)) + data[at + 1 :]
            case 1:
                data = data[:at] + data[at + random.randint(1, 200) :]
            case 2:
                data = data[:at] or b"x"
            case _:
                data = data[:at] + data[at : at + 100] * random.randint(1, 50) + data[at:]
    return data


def mangled_inside(data: bytes, random: Random) -> bytes:
    """Return a package that is whole, with a part mangled."""
    parts = unzipped(data)
    hit = random.choice(sorted(parts))
    return zipped({**parts, hit: mangled(parts[hit], random)}, level=None)


def spoiled(word: bytes, pdf: bytes) -> Iterator[Spoiled]:
    """Yield all files; `word` and `pdf` are those of a form that we built."""
    real = {
        "docx": word,
        "xlsx": KINDS["xlsx"](LAYOUTS["national"]),
        "html": KINDS["html"](LAYOUTS["national"]),
        "txt": SEEDS.read_bytes()[:9000],
        "pdf": pdf,
    }
    for suffix, data in real.items():
        for seed in range(ROUNDS):
            random = Random(seed)  # noqa: S311  # no secrets
            yield Spoiled(suffix, "mangled", f"mangled {seed}.{suffix}", mangled(data, random))
            if zipfile.is_zipfile(io.BytesIO(data)):
                inside = mangled_inside(data, random)
                yield Spoiled(suffix, "mangled", f"mangled inside {seed}.{suffix}", inside)
    hostile = {
        "docx": WORD, "xlsx": WORKBOOKS, "html": PAGES, "txt": TEXTS, "pdf": PDFS | beside(pdf),
    }  # fmt: skip
    for suffix, makers in hostile.items():
        for what, make in makers.items():
            yield Spoiled(suffix, "hostile", f"{what}.{suffix}", make())
    odd = "\x1b[31m甲\u202e\n.."
    yield Spoiled("docx", "hostile", f"{odd}.docx", real["docx"])
    yield Spoiled("docx", "hostile", f"{odd}.docx.docx", b"x")
