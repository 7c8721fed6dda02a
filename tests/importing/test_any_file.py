"""Files of any kind, mangled and hostile: records, or a clear message; never a traceback."""

import io
import struct
import zipfile
import zlib
from collections.abc import Callable
from contextlib import suppress
from functools import cache
from pathlib import Path
from random import Random

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from perfeval_docs.errors import UnreadableFileError
from perfeval_docs.importing import import_forms
from perfeval_docs.importing.form import Form, Found, Level, Place, Row
from perfeval_docs.importing.interpret import interpret
from perfeval_docs.importing.readers.apart import Reader, attempt
from perfeval_docs.importing.readers.faults import FaultyFileError
from perfeval_docs.importing.readers.pdf import read_portable
from perfeval_docs.importing.write import to_yaml
from perfeval_docs.record import decode_record
from perfeval_docs.source import read_source
from tests.importing.foreign import KINDS, LAYOUTS
from tests.importing.hostile_packages import zipped
from tests.importing.mangles import mangled, mangled_inside
from tests.importing.meaning import ROOT
from tests.importing.portable import grid, pdf, stream, text

SEEDS = ROOT / "tests/seeds/self-evaluation-forms-2024.txt"
HERE = Place("1", 2, 3)


def tried(data: bytes, name: str) -> int:
    """Return how many forms a file has; -1 if it is refused by its name."""
    try:
        forms = import_forms(data, name, profile="shanghai", names="zh")
    except UnreadableFileError as error:
        return -1 if name in str(error) else -2
    for form in forms:
        # A sign that was no character is told at its place, and not left out.
        found = {each.code for each in read_source(form.text.encode(), "x.yaml").diagnostics}
        assert found <= {"PE005", "PE029"}
    return len(forms)


@cache
def samples() -> dict[str, bytes]:
    made = {f"x.{kind}": make(LAYOUTS["national"]) for kind, make in KINDS.items()}
    return {**made, "x.txt": SEEDS.read_bytes()[:9000]}


@given(st.sampled_from(["x.docx", "x.xlsx", "x.html", "x.txt"]), st.integers(0, 2**32))
def test_a_mangled_file_is_read_or_refused(name: str, seed: int) -> None:
    assert tried(mangled(samples()[name], Random(seed)), name) >= -1  # noqa: S311  # no secrets


@given(st.sampled_from(["x.docx", "x.xlsx"]), st.integers(0, 2**32))
def test_a_package_with_a_mangled_part_is_read_or_refused(name: str, seed: int) -> None:
    inside = mangled_inside(samples()[name], Random(seed))  # noqa: S311
    assert tried(inside, name) >= -1


@pytest.mark.parametrize("stem", ["01-publicity", "02-resource-sharing"])
def test_a_mangled_pdf_is_read_or_refused(six: Path, stem: str) -> None:
    data = (six / f"reports/{stem}.pdf").read_bytes()
    for seed in range(40):
        looked_through(read_portable, mangled(data, Random(seed)))  # noqa: S311
    for seed in range(5):
        assert tried(mangled(data, Random(seed)), "x.pdf") >= -1  # noqa: S311


TABLE = pdf([*grid((50, 150, 250), (50, 70, 90)), text(52, 64, "项目名称"), text(152, 64, "甲")])


@given(st.integers(0, 2**32))
def test_a_mangled_pdf_of_others_is_read_or_refused(seed: int) -> None:
    random = Random(seed)  # noqa: S311
    looked_through(read_portable, mangled(TABLE, random))
    drawn = zlib.decompress(TABLE.rpartition(b">>stream\n")[2])
    looked_through(read_portable, pdf([mangled(drawn, random).decode("latin-1")]))


@pytest.mark.debian
def test_a_mangled_old_workbook_is_read_or_refused(printed: Path) -> None:
    # Some of these xlrd never comes to an end with.
    data = (printed / "national.xls").read_bytes()
    for seed in range(15):
        random = Random(seed)  # noqa: S311
        assert tried(mangled(data, random), "x.xls") >= -1
        assert tried(bytes(flipped(bytearray(data), random)), "x.xls") >= -1


def flipped(data: bytearray, random: Random) -> bytearray:
    for _ in range(random.randint(1, 5)):
        at = random.randrange(len(data) - 2)
        data[at : at + 2] = random.choice((random.randbytes(2), b"\xff\xff", b"\0\0"))
    return data


def looked_through(reader: Reader, data: bytes) -> None:
    """Read a file here, which is quicker than in a process of its own."""
    with suppress(FaultyFileError):
        interpret(attempt(reader, data))


SHEET = "xl/worksheets/sheet1.xml"


def book(sheet: str) -> bytes:
    out = io.BytesIO()
    openpyxl.Workbook().save(out)
    with zipfile.ZipFile(out) as archive:
        parts = {each: archive.read(each) for each in archive.namelist()}
    head = '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
    return zipped({**parts, SHEET: f"{head}{sheet}</worksheet>".encode()})


def record(number: int, form: str, *values: float | bytes) -> bytes:
    data = struct.pack(f"<{form}", *values)
    return struct.pack("<HH", number, len(data)) + data


def blanks(row: int) -> bytes:
    return record(0xBE, "HH256HH", row, 0, *[15] * 256, 255)


def old_book(sheet: bytes) -> bytes:
    """Return an old workbook of one sheet: the bare stream, which readers take as well."""
    begins = record(0x809, "HHHHII", 0x600, 5, 0, 0, 0, 6)
    face = record(0x31, "HHHHHBBBB6s", 200, 0, 0, 400, 0, 0, 0, 0, 0, b"\x04\0Song")
    shared = begins + record(0x42, "H", 1200) + face * 5 + record(0xE0, "20x") * 21
    place = len(shared) + len(record(0x85, "IHBBc", 0, 0, 1, 0, b"A")) + 4
    named = record(0x85, "IHBBc", place, 0, 1, 0, b"A")
    ends = record(0x0A, "")
    return shared + named + ends + record(0x809, "HHHHII", 0x600, 16, 0, 0, 0, 6) + sheet + ends


def doubled(deep: int) -> bytes:
    """Return a PDF with drawings that show the next twice, the last of them itself."""
    head = "/Type/XObject/Subtype/Form/BBox[0 0 600 800]/Resources<</XObject<</X {} 0 R>>>>"
    more = [stream(b"/X Do /X Do", head.format(4 + min(n + 1, deep - 1))) for n in range(deep)]
    return pdf(["/X Do"], resources="/XObject<</X 4 0 R>>", more=more)


CELL = '<sheetData><row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'
MERGE = '<sheetData/><mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>'
ENTITY = b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'
HOSTILE: dict[str, tuple[str, Callable[[], bytes]]] = {
    "bomb": ("x.docx", lambda: zipped({"word/document.xml": b" " * 70_000_000})),
    "path": ("x.docx", lambda: zipped({"../word/document.xml": b"<a/>"})),
    "entity": ("x.docx", lambda: zipped({"word/document.xml": ENTITY})),
    "entity in a workbook": ("x.xlsx", lambda: zipped({SHEET: ENTITY})),
    "all cells merged": ("x.xlsx", lambda: book(MERGE)),
    "a large merge": ("x.xlsx", lambda: book(MERGE.replace("XFD1048576", "GR5000"))),
    "the last cell": ("x.xlsx", lambda: book(CELL)),
    "wide": ("x.html", lambda: b"<table><tr>" + b"<td colspan=1000>x" * 50_000),
    "high": ("x.html", lambda: b"<table>" + b"<tr><td rowspan=60000>x</td></tr>" * 6000),
    "long": ("x.txt", lambda: b"a\tb\n" * 1_000_000),
    "no text": ("x.txt", lambda: bytes([0xFF, 0xFE, 0x00]) * 1000),
    "no pages": ("x.pdf", lambda: b"%PDF-1.7\n%%EOF"),
    "segments": ("x.pdf", lambda: pdf(["0 0 m", "9 700 l 500 9 l " * 400_000, "S"])),
    "letters": ("x.pdf", lambda: pdf([text(9, 9, "一" * 1_000_000)])),
    "drawings in drawings": ("x.pdf", lambda: doubled(30)),
    "drawings in themselves": ("x.pdf", lambda: doubled(1)),
    "a bomb": ("x.pdf", lambda: pdf([" " * 300_000_000])),
    "pages": ("x.pdf", lambda: pdf(*[[text(9, 9, "一")]] * 201)),
    "crossings": (
        "x.pdf",
        lambda: pdf([*grid(range(9, 500, 2), range(9, 500, 2)), text(9, 9, "1")]),
    ),
    "far cell": ("x.xls", lambda: old_book(record(0x203, "HHHd", 65535, 255, 15, 1))),
    "large merge": ("x.xls", lambda: old_book(record(0xE5, "HHHHH", 1, 0, 65535, 0, 255))),
    "many merges": ("x.xls", lambda: old_book(record(0xE5, "H4H", 1, 0, 70, 0, 199) * 100)),
    "blanks": ("x.xls", lambda: old_book(b"".join(map(blanks, range(37_000))))),
    "no book": ("x.xls", lambda: b"no book at all"),
    "old Word": ("x.doc", lambda: b"\xd0\xcf\x11\xe0"),
    "huge": ("x.docx", lambda: b"x" * 20_000_001),
}
"""Files that are small and become large, or reach for something outside, or are no such files."""


@pytest.mark.parametrize("what", HOSTILE)
def test_a_hostile_file_is_refused_with_a_message(what: str) -> None:
    name, make = HOSTILE[what]
    with pytest.raises(UnreadableFileError, match=name):
        import_forms(make(), name, profile="shanghai", names="zh")


@pytest.mark.parametrize(
    ("name", "way"), [("x.doc", ".docx"), ("x.WPS", ".docx"), ("x.et", ".xlsx")]
)
def test_a_file_that_only_its_program_reads_is_refused_with_the_way_out(
    name: str, way: str
) -> None:
    with pytest.raises(UnreadableFileError, match=f"{name} cannot be read: save it as {way} first"):
        import_forms(b"", name, profile="shanghai", names="zh")


LINES = st.text(st.characters(exclude_categories=("Cs", "Cc", "Zl", "Zp")), max_size=40).map(
    str.strip
)


@given(
    LINES.filter(bool), LINES.filter(bool), LINES.filter(bool),
    st.lists(LINES.filter(bool), min_size=1, max_size=3).map("\n".join),
    st.sampled_from(["en", "zh"]),
)  # fmt: skip
def test_any_text_of_a_cell_stands_in_the_record_as_itself(
    project: str, name: str, level: str, goal: str, language: str
) -> None:
    row = {"indicator": name, "target": "≥1(个)", "actual": project, "points": "90"}
    amounts = dict.fromkeys(("initial_budget", "adjusted_budget", "executed"), Found("1.00", HERE))
    form = Form(
        place=HERE,
        fields={
            key: Found(text, HERE)
            for key, text in {
                "project": project, "competent_department": name, "implementing_unit": level,
                "fiscal_year": "2024",
            }.items()
        },
        funds={"appropriation": amounts},
        goals={"expected": [Found(goal, HERE)], "achieved": [Found(project, HERE)]},
        rows=[Row(Level(level), Level(name), {k: Found(v, HERE) for k, v in row.items()})],
    )  # fmt: skip
    text = to_yaml(form, file=name, profile="shanghai", names="zh" if language == "zh" else "en")
    decoded = decode_record(read_source(text.encode(), "x.yaml"))
    if decoded.value is None:
        # What no record may say is refused at its place, and not changed in silence.
        assert decoded.diagnostics
        return
    record = decoded.value
    (groups,) = record.indicators.values()
    ((indicator,),) = groups.values()
    assert "".join(record.project.split()) == "".join(project.split())
    assert indicator.indicator == " ".join(name.split()) or indicator.indicator == name
    assert "".join(record.goal.expected.split()) == "".join(goal.split())
