"""Hostile PDF files, made by hand: trees that run in circles, false counts, swelling streams."""

import re
import zlib
from collections.abc import Mapping, Sequence
from functools import cache

from tests.importing.hostile_packages import Make, nest

Objects = Mapping[int, str | bytes]

PAGE = "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources 5 0 R {}>>"
FONTS = "<< /Font << /F << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >>"
TEXT = b"BT /F 9 Tf 9 9 Td (x) Tj ET\n"
MARKED = b"/P << /MCID 0 >> BDC BT /F 9 Tf 9 9 Td (x) Tj ET EMC\n"


@cache
def swelling() -> bytes:
    """Return 500 MB of zeros, compressed."""
    packer = zlib.compressobj(9)
    return b"".join(packer.compress(bytes(1_000_000)) for _ in range(500)) + packer.flush()


def stream(data: bytes, entries: str = "", *, packed: int = 0, filters: int = 0) -> bytes:
    """Return a stream, compressed so many times; `filters` says how often if that is not all."""
    for _ in range(packed):
        data = zlib.compress(data, 9)
    if filters := filters or packed:
        entries += f" /Filter [{' /FlateDecode' * filters}]"
    return f"<< /Length {len(data)} {entries} >>\nstream\n".encode() + data + b"\nendstream"


def written(objects: Objects, trailer: str = "") -> bytes:
    """Return a PDF of these objects, with a table of where they stand."""
    out, places = bytearray(b"%PDF-1.7\n"), dict[int, int]()
    for number, content in objects.items():
        places[number] = len(out)
        body = content.encode() if isinstance(content, str) else content
        out += b"%d 0 obj\n%b\nendobj\n" % (number, body)
    start, size = len(out), max(objects) + 1
    out += b"xref\n0 %d\n0000000000 65535 f \n" % size
    for number in range(1, size):
        out += (
            b"%010d 00000 n \n" % places[number] if number in places else b"0000000000 00000 f \n"
        )
    out += f"trailer << /Size {size} /Root 1 0 R {trailer}>>\nstartxref\n{start}\n%%EOF".encode()
    return bytes(out)


def pdf(
    contents: bytes = TEXT,
    *,
    root: str = "",
    page: str = "",
    pages: str = "/Kids [3 0 R] /Count 1",
    more: Objects | None = None,
    trailer: str = "",
) -> bytes:
    """Return a PDF of one page; `contents` are its own, if they are no stream yet."""
    if not contents.startswith(b"<<"):
        contents = stream(contents)
    objects: dict[int, str | bytes] = {
        1: f"<< /Type /Catalog /Pages 2 0 R {root}>>",
        2: f"<< /Type /Pages {pages} >>",
        3: PAGE.format(page),
        4: contents,
        5: FONTS,
    }
    return written({**objects, **(more or {})}, trailer)


def tagged(tree: Objects, contents: bytes = MARKED) -> bytes:
    """Return a PDF with a structure tree, whose root is object 10."""
    parents = {30: "<< /Nums [0 [11 0 R]] >>"}
    return pdf(
        contents,
        root="/MarkInfo << /Marked true >> /StructTreeRoot 10 0 R ",
        page="/StructParents 0 ",
        more={**parents, **tree},
    )


def element(sort: str, kids: str, parent: int = 10, more: str = "") -> str:
    return f"<< /Type /StructElem /S /{sort} /P {parent} 0 R /Pg 3 0 R /K {kids} {more}>>"


ROOT = "<< /Type /StructTreeRoot /K {} /ParentTree 30 0 R >>"


def chain(depth: int, sort: str = "Sect") -> bytes:
    """Return a PDF whose structure tree is so deep."""
    first, last = 100, 100 + depth
    tree: dict[int, str | bytes] = {10: ROOT.format(f"{first} 0 R")}
    for number in range(first, last):
        tree[number] = element(sort, f"{number + 1} 0 R", 10 if number == first else number - 1)
    tree[last] = element("P", "0", last - 1)
    tree[30] = f"<< /Nums [0 [{last} 0 R]] >>"
    return tagged(tree)


def wide(rows: int, cells: int) -> bytes:
    """Return a PDF with a table of so many rows and cells, all of which are marked once."""
    tree: dict[int, str | bytes] = {10: ROOT.format("11 0 R")}
    number = 100
    row_numbers = []
    for _ in range(rows):
        own, number = number, number + 1
        row_numbers.append(own)
        kids = []
        for _ in range(cells):
            tree[number] = element("TD", "0", own)
            kids.append(f"{number} 0 R")
            number += 1
        tree[own] = element("TR", f"[{' '.join(kids)}]", 11)
    tree[11] = element("Table", f"[{' '.join(f'{n} 0 R' for n in row_numbers)}]")
    every = " ".join(f"{n} 0 R" for n in range(101, min(number, 5000)))
    tree[30] = f"<< /Nums [0 [{every}]] >>"
    return tagged(tree)


def marks(count: int) -> bytes:
    return b"".join(
        b"/P << /MCID %d >> BDC BT /F 9 Tf 9 9 Td (x) Tj ET EMC\n" % n for n in range(count)
    )


def attached(content: bytes, count: int = 1, name: str = "perfeval-record.xml") -> bytes:
    """Return a PDF with a record attached, so many times."""
    names = " ".join(f"({name}) 20 0 R" for _ in range(count))
    return pdf(
        root=f"/Names << /EmbeddedFiles << /Names [{names}] >> >> ",
        more={
            20: f"<< /Type /Filespec /F ({name}) /UF ({name}) /EF << /F 21 0 R >> >>",
            21: content,
        },
    )


def object_stream(count: int) -> bytes:
    """Return a PDF whose objects lie in a stream that says that they are many."""
    heads = b" ".join(b"%d 0" % n for n in range(100, 100 + min(count, 500_000)))
    entries = f"/Type /ObjStm /N {count} /First {len(heads)}"
    return pdf(more={20: stream(heads + b" null", entries, packed=1)})


def forms(depth: int, wide_: int = 10) -> bytes:
    """Return a PDF whose drawings hold drawings, ten each time."""
    more: dict[int, str | bytes] = {}
    for level in range(depth):
        inner = TEXT if level == depth - 1 else b"/X Do\n" * wide_
        below = f"/XObject << /X {101 + level} 0 R >>" if level < depth - 1 else ""
        entries = (
            f"/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << {below} "
            "/Font << /F << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >>"
        )
        more[100 + level] = stream(inner, entries)
    more[5] = f"<< /XObject << /X 100 0 R >> {FONTS[2:-2]}>>"
    return pdf(b"/X Do\n" * wide_, more=more)


def kids(numbers: Sequence[int], count: int) -> str:
    return f"/Kids [{' '.join(f'{n} 0 R' for n in numbers)}] /Count {count}"


def many_pages(count: int) -> bytes:
    numbers = range(100, 100 + count)
    return pdf(pages=kids(numbers, count), more=dict.fromkeys(numbers, PAGE.format("")))


def deep_pages(depth: int) -> bytes:
    more: dict[int, str | bytes] = {
        n: f"<< /Type /Pages {kids([n + 1], 1)} >>" for n in range(100, 100 + depth)
    }
    more[100 + depth] = PAGE.format("")
    return pdf(pages=kids([100], 1), more=more)


LOCKED = (
    "/Encrypt << /Filter /Standard /V 2 /R 3 /Length 128 /P -4 /O (" + "x" * 32 + ") /U ("
    + "y" * 32 + ") >> /ID [(a) (b)] "
)  # fmt: skip
CIRCLE = {
    10: ROOT.format("11 0 R"), 11: element("Table", "[12 0 R]"),
    12: element("TR", "[11 0 R 12 0 R]", 11),
}  # fmt: skip

PDFS: dict[str, Make] = {
    "nothing": lambda: b"%PDF-1.7\n",
    "a page without tags": pdf,
    "pages in a circle": lambda: pdf(pages=kids([2], 1)),
    "pages in a circle of two": lambda: pdf(
        pages=kids([6], 5), more={6: f"<< /Type /Pages {kids([2, 6], 5)} >>"}
    ),
    "many pages that are not there": lambda: pdf(pages=kids([3], 2_000_000_000)),
    "a count below nothing": lambda: pdf(pages=kids([3], -7)),
    "a hundred pages that are not there": lambda: pdf(pages=kids([3], 150)),
    "many pages": lambda: many_pages(5000),
    "200 pages": lambda: many_pages(200),
    "deep pages": lambda: deep_pages(5000),
    "tags in a circle": lambda: tagged(CIRCLE),
    "a tag that holds itself": lambda: tagged({10: ROOT.format("11 0 R"),
                                               11: element("P", "[11 0 R 0]")}),
    "a root that holds itself": lambda: tagged({10: ROOT.format("[10 0 R]")}),
    "deep tags": lambda: chain(5000),
    "very deep tags": lambda: chain(100_000),
    "deep tables": lambda: chain(900, "Table"),
    "a wide table": lambda: wide(2, 4000),
    "a large table": lambda: wide(400, 60),
    "a part that is far off": lambda: tagged({10: ROOT.format("11 0 R"),
                                              11: element("P", "[2000000000 0 -5]")}),
    "many parts": lambda: tagged({10: ROOT.format("11 0 R"),
                                  11: element("P", f"[{' 0' * 200_000}]")}),
    "a long alternative": lambda: tagged(
        {10: ROOT.format("11 0 R"), 11: element("Figure", "0", more=f"/Alt ({'x' * 9_000_000})")}
    ),
    "many texts": lambda: pdf(TEXT * 20_000),
    "very many texts": lambda: pdf(stream(TEXT * 700_000, packed=1)),
    "many marked texts": lambda: tagged(
        {10: ROOT.format("11 0 R"), 11: element("P", "[0 1 2]")}, marks(40_000)
    ),
    "a long text": lambda: pdf(b"BT /F 9 Tf 9 9 Td (" + b"x" * 9_000_000 + b") Tj ET"),
    "a long text in parts": lambda: pdf(b"BT /F 9 Tf 9 9 Td [" + b"(x) -9 " * 900_000 + b"] TJ ET"),
    "a swelling page": lambda: pdf(stream(swelling(), packed=0, filters=1)),
    "a page that swells twice": lambda: pdf(stream(swelling(), packed=1, filters=2)),
    "many lines": lambda: pdf(stream(b"0 0 m 9 9 l S\n" * 1_500_000, packed=1)),
    "a swelling attachment": lambda: attached(stream(swelling(), packed=0, filters=1)),
    "an attachment that swells twice": lambda: attached(stream(swelling(), packed=1, filters=2)),
    "a large attachment": lambda: attached(stream(b"x" * 15_000_000)),
    "many attachments": lambda: attached(stream(b"x" * 900), 50_000),
    "an attachment that is no record": lambda: attached(stream(b"<a/>")),
    "an attachment that swells under another name": lambda: attached(
        stream(swelling(), packed=0, filters=1), name="x.xml"
    ),
    "many objects in a stream": lambda: object_stream(500_000),
    "a stream that says it holds a milliard": lambda: object_stream(1_000_000_000),
    "a stream of another length": lambda: pdf(b"<< /Length 99999999 >>\nstream\nx\nendstream"),
    "a length that is itself": lambda: pdf(b"<< /Length 4 0 R >>\nstream\nx\nendstream"),
    "drawings in drawings": lambda: forms(7),
    "drawings in drawings, deep": lambda: forms(60, 1),
    "a drawing that draws itself": lambda: pdf(
        b"/X Do",
        more={5: "<< /XObject << /X 20 0 R >> >>", 20: stream(
            b"/X Do /X Do", "/Type /XObject /Subtype /Form /BBox [0 0 9 9] "
            "/Resources << /XObject << /X 20 0 R >> >>")},
    ),
    "deep lists": lambda: pdf(root=f"/X {nest(100_000, '[', ']')} "),
    "deep dictionaries": lambda: pdf(root=f"/X {nest(100_000, '<< /X ', ' >>', 'null')} "),
    "encrypted": lambda: pdf(trailer=LOCKED),
    "scripts and starts": lambda: pdf(
        root="/OpenAction << /S /Launch /F (x) >> /AA << /O << /S /JavaScript /JS (x) >> >> "
    ),
    "an older table in a circle": lambda: pdf(trailer="/Prev 9 "),
    "a large picture": lambda: pdf(
        b"/X Do",
        more={5: "<< /XObject << /X 20 0 R >> >>", 20: stream(
            bytes(100), "/Type /XObject /Subtype /Image /Width 60000 /Height 60000 "
            "/ColorSpace /DeviceRGB /BitsPerComponent 8")},
    ),
    "a page as large as a field": lambda: pdf(page="/UserUnit 99999 /CropBox [0 0 1e30 1e30] "),
    "profiles": lambda: pdf(b"[/ICCBased 1 0 R]" * 900_000),
    "zeros": lambda: bytes(19_000_000),
}  # fmt: skip
"""PDF files."""


def beside(form: bytes) -> dict[str, Make]:
    """Return what is done to a real form, whose record is then looked for."""

    def with_record(content: bytes) -> bytes:
        """Return the form with its record replaced, as an update at its end."""
        number, trailer, before = (
            found[1].decode()
            for found in (
                re.search(rb"(\d+) 0 obj\s*<</Length \d+/Type/EmbeddedFile", form),
                re.search(rb"trailer\s*<<(.*?)/ID", form),
                re.search(rb"startxref\s*(\d+)", form),
            )
            if found is not None
        )
        at = len(form) + 1
        start = at + len(f"{number} 0 obj\n") + len(content) + len("\nendobj\n")
        table = f"xref\n{number} 1\n{at:010} 00000 n \ntrailer <<{trailer}/Prev {before}>>\n"
        return b"%b\n%b 0 obj\n%b\nendobj\n%bstartxref\n%d\n%%%%EOF" % (
            form, number.encode(), content, table.encode(), start,
        )  # fmt: skip

    return {
        "a form": lambda: form,
        "a form with a swelling record": lambda: with_record(stream(swelling(), filters=1)),
        "a form with a record that swells twice": lambda: with_record(
            stream(swelling(), packed=1, filters=2)
        ),
        "a form with a record of many elements": lambda: with_record(
            stream(b"<a>" + b"<b/>" * 6_000_000, packed=1)
        ),
        "a form behind a word": lambda: b"x" * 1000 + form,
        "a form with much behind it": lambda: form + bytes(15_000_000),
    }
