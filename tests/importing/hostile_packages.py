"""Hostile Word files and workbooks, made by hand: most are small and become large."""

import io
import struct
import zipfile
import zlib
from collections.abc import Callable, Mapping

import openpyxl

from perfeval_docs.ooxml import NAMESPACES
from tests.importing.foreign import KINDS, LAYOUTS

Make = Callable[[], bytes]

W = NAMESPACES["w"]
DOCUMENT = "word/document.xml"
SHEET = "xl/worksheets/sheet1.xml"
EXCEL = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
LAUGHS = "<!DOCTYPE x [{}]>".format(
    '<!ENTITY a "ha">'
    + "".join(
        f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in zip("abcdefghi", "bcdefghij", strict=True)
    )
)
FILE_ENTITY = '<!DOCTYPE x [<!ENTITY j SYSTEM "file:///etc/passwd">]>'
NET_ENTITY = '<!DOCTYPE x [<!ENTITY j SYSTEM "http://127.0.0.1:9/x">]>'
TITLE = "项目支出绩效自评表（2024年度）"


def zipped(
    parts: Mapping[str, bytes], method: int = zipfile.ZIP_DEFLATED, level: int | None = 1
) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method, compresslevel=level) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return out.getvalue()


def unzipped(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {each: archive.read(each) for each in archive.namelist()}


# Word.


def word(body: str | bytes, head: str = "") -> bytes:
    """Return a Word file with this body."""
    body = body.encode() if isinstance(body, str) else body
    text = f'{head}<w:document xmlns:w="{W}"><w:body>'.encode() + body
    return zipped({DOCUMENT: text + b"</w:body></w:document>"})


def real(name: str, part: bytes) -> bytes:
    """Return a real form with a part more, or another one."""
    return zipped({**unzipped(KINDS["docx"](LAYOUTS["national"])), name: part})


def par(text: str) -> str:
    return f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"


def tc(text: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{par(text)}</w:tc>"


def table(rows: int, cells: str) -> str:
    return f"<w:tbl>{f'<w:tr>{cells}</w:tr>' * rows}</w:tbl>"


def nest(count: int, before: str, after: str, inside: str = "") -> str:
    return before * count + inside + after * count


def lying(method: int, megabytes: int = 400) -> bytes:
    """Return a package whose part says that it is small, and unpacks to a lot."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(out, "w", method, compresslevel=9) as archive,
        archive.open(DOCUMENT, "w") as part,
    ):
        for _ in range(megabytes):
            part.write(bytes(1_000_000))
    return out.getvalue().replace(struct.pack("<L", megabytes * 1_000_000), struct.pack("<L", 100))


def overlapping() -> bytes:
    """Return a package of 1,900 names that are all of the same compressed bytes."""
    compressor = zlib.compressobj(9, zlib.DEFLATED, -15)
    size = 30_000
    packed = compressor.compress(bytes(size)) + compressor.flush()
    crc = zlib.crc32(bytes(size))
    fields = struct.pack("<5H3L2H", 20, 0, 8, 0, 33, crc, len(packed), size, 1, 0)
    local = b"PK\x03\x04" + fields + b"a" + packed
    directory = b""
    for number in range(1900):
        name = f"{number:04}".encode()
        head = struct.pack("<6H3L5H2L", 20, 20, 0, 8, 0, 33, crc, len(packed), size,
                           len(name), 0, 0, 0, 0, 0, 0)  # fmt: skip
        directory += b"PK\x01\x02" + head + name
    end = struct.pack("<4H2LH", 0, 0, 1900, 1900, len(directory), len(local), 0)
    return local + directory + b"PK\x05\x06" + end


def russian_doll() -> bytes:
    data = word(par("x"))
    for _ in range(50):
        data = zipped({DOCUMENT: data, "inner.docx": data[:100_000]})
    return data


def encrypted() -> bytes:
    data = bytearray(word(par("x")))
    for mark, place in ((b"PK\x01\x02", 8), (b"PK\x03\x04", 6)):
        data[data.index(mark) + place] |= 1
    return bytes(data)


RELATION = (
    f'<Relationships xmlns="{NAMESPACES["rel"]}"><Relationship Id="r" TargetMode="External" '
    f'Type="{NAMESPACES["r"]}/attachedTemplate" Target="http://127.0.0.1:9/x.dotm"/>'
    "</Relationships>"
).encode()
SDT = "<w:sdt><w:sdtContent>"
ENDSDT = "</w:sdtContent></w:sdt>"
INNER = "<w:tbl><w:tr><w:tc>"
ENDINNER = "<w:p/></w:tc></w:tr></w:tbl>"
BIG = 1_000_000_000

WORD: dict[str, Make] = {
    "a bomb within the bounds": lambda: word(b"<w:p/>" * 10_000_000),
    "a bomb of white space": lambda: word(b" " * 60_000_000),
    "a bomb beside the text": lambda: real("word/media/x", bytes(63_000_000)),
    "a bomb beyond the bounds": lambda: word(b" " * 70_000_000),
    "a bomb that lies, deflate": lambda: lying(zipfile.ZIP_DEFLATED),
    "a bomb that lies, bzip2": lambda: lying(zipfile.ZIP_BZIP2),
    "a bomb that lies, lzma": lambda: lying(zipfile.ZIP_LZMA, 150),
    "overlapping parts": overlapping,
    "a zip in zips": russian_doll,
    "encrypted": encrypted,
    "encrypted by Office": lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(5000),
    "many parts": lambda: zipped({f"{n}.xml": b"<a/>" for n in range(3000)}),
    "laughs": lambda: word(par("&j;"), LAUGHS),
    "a file as an entity": lambda: word(par("&j;"), FILE_ENTITY),
    "the net as an entity": lambda: word(par("&j;"), NET_ENTITY),
    "an unknown entity": lambda: word(par("&nbsp;")),
    "a template from outside": lambda: real("word/_rels/settings.xml.rels", RELATION),
    "a record of many elements": lambda: real(
        "customXml/item9.xml", b'<a xmlns="urn:perfeval-docs:record:1">' + b"<b/>" * 9_000_000
    ),
    "macros": lambda: real("word/vbaProject.bin", b"\xd0\xcf\x11\xe0" + bytes(5000)),
    "tables in tables": lambda: word(nest(10_000, INNER, ENDINNER)),
    "tables in tables, fewer": lambda: word(nest(70, INNER, ENDINNER)),
    "many tables in tables": lambda: word(nest(70, INNER, ENDINNER) * 2000),
    "controls in controls": lambda: word(nest(10_000, SDT, ENDSDT)),
    "controls in controls, fewer": lambda: word(nest(110, SDT, ENDSDT, par("x")) * 2000),
    "deep elements": lambda: word(nest(100_000, "<w:x>", "</w:x>")),
    "a span of a milliard": lambda: word(table(9, tc("x", f'<w:gridSpan w:val="{BIG}"/>'))),
    "spans below nothing": lambda: word(table(9, tc("x", '<w:gridSpan w:val="-5"/>'))),
    "a span of no number": lambda: word(table(9, tc("x", '<w:gridSpan w:val="x"/>'))),
    "a span of many digits": lambda: word(table(9, tc("x", f'<w:gridSpan w:val="{"9" * 9000}"/>'))),
    "a row that begins far off": lambda: word(
        "<w:tbl><w:tr><w:trPr><w:gridBefore w:val='999999999'/></w:trPr></w:tr></w:tbl>"
    ),
    "merges of nothing": lambda: word(table(4000, tc("x", "<w:vMerge/>") * 60)),
    "a merge of 4,900 rows": lambda: word(
        table(1, tc("x", '<w:vMerge w:val="restart"/>') * 60)[: -len("</w:tbl>")]
        + table(4900, tc("", "<w:vMerge/>") * 60).removeprefix("<w:tbl>")
    ),
    "many rows": lambda: word(table(100_000, tc("x"))),
    "many cells": lambda: word(table(4900, tc("x") * 190)),
    "many tables": lambda: word(table(2, tc("x") * 3) * 50_000),
    "many large tables": lambda: word(table(4900, tc("甲") * 9) * 9),
    "many paragraphs": lambda: word(par("项目") * 400_000),
    "a long text": lambda: word(par("x" * 9_000_000)),
    "long texts": lambda: word(par("（" * 19_000) * 1000),
    "many runs": lambda: word(f"<w:p>{'<w:r><w:t>a</w:t></w:r>' * 900_000}</w:p>"),
    "many attributes": lambda: word("<w:p " + " ".join(f'a{n}="x"' for n in range(200_000)) + "/>"),
    "many names": lambda: word("".join(f"<w:p{n}/>" for n in range(500_000))),
    "no text": lambda: zipped({"a": b"b"}),
    "another root": lambda: zipped({DOCUMENT: b"<a/>"}),
    "UTF-16": lambda: zipped({DOCUMENT: word("")[:0] + "<a/>".encode("utf-16")}),
    "nothing": lambda: b"",
    "zeros": lambda: bytes(20_000_000),
    "long names of levels": lambda: word(table(4000, tc("一级指标") + tc("产" * 1000))),
}
"""Word files; those that hold a form beside what is odd are read."""


# Excel.


def book(sheet: str, head: str = "", name: str = "x", part: bytes = b"") -> bytes:
    """Return a workbook with this sheet, and with a part more or another one."""
    out = io.BytesIO()
    openpyxl.Workbook().save(out)
    own = f'{head}<worksheet xmlns="{EXCEL}">{sheet}</worksheet>'.encode()
    return zipped({**unzipped(out.getvalue()), SHEET: own, name: part})


def under(name: str, sheet: bytes) -> bytes:
    """Return a workbook whose sheet is a part of another name, where nobody looks for XML."""
    parts = {n: d.replace(b"sheet1.xml", name.encode()) for n, d in unzipped(book("")).items()}
    del parts[SHEET]
    return zipped({**parts, f"xl/worksheets/{name}": sheet})


def xrow(number: int, cells: str) -> str:
    return f'<row r="{number}">{cells}</row>'


def grid(rows: int, columns: int) -> str:
    cells = "".join(f'<c r="{chr(65 + x)}{{0}}"><v>1</v></c>' for x in range(columns))
    return "".join(xrow(y, cells.format(y)) for y in range(1, rows + 1))


def data(rows: str) -> str:
    return f"<sheetData>{rows}</sheetData>"


def merges(*areas: str) -> str:
    inside = "".join(f'<mergeCell ref="{area}"/>' for area in areas)
    return f"<sheetData/><mergeCells>{inside}</mergeCells>"


def strings(count: int, text: str) -> bytes:
    return f'<sst xmlns="{EXCEL}">{f"<si><t>{text}</t></si>" * count}</sst>'.encode()


ONE = data(xrow(1, '<c r="A1"><v>1</v></c>'))
STYLES = f'<styleSheet xmlns="{EXCEL}"><numFmts>{{0}}</numFmts></styleSheet>'

WORKBOOKS: dict[str, Make] = {
    "all cells merged": lambda: book(merges("A1:XFD1048576")),
    "many merges": lambda: book(merges(*(f"A{n}:CV{n + 190}" for n in range(1, 4000)))),
    "many merges of the same": lambda: book(merges(*["A1:CV190"] * 4000)),
    "merges backwards": lambda: book(merges("C9:A1")),
    "a merge of no cells": lambda: book(merges("x")),
    "the last cell": lambda: book(data(xrow(1048576, '<c r="XFD1048576"><v>1</v></c>'))),
    "a row that is none": lambda: book(data(xrow(99999999, '<c r="A99999999"><v>1</v></c>'))),
    "a row below nothing": lambda: book(data('<row r="-1"><c r="A-1"><v>1</v></c></row>')),
    "a row of many digits": lambda: book(data(f'<row r="{"9" * 9000}"/>')),
    "an empty row far down": lambda: book(data('<row r="1048576" ht="20"/>')),
    "many styled cells": lambda: book(
        data("".join(xrow(y, f'<c r="CV{y}" s="0"/>') for y in range(1, 200_000)))
    ),
    "many cells": lambda: book(data(grid(4900, 26))),
    "very many cells": lambda: book(data(grid(9500, 26))),
    "many sheets": lambda: sheets(400, ONE),
    "many large sheets": lambda: sheets(9, data(grid(4900, 26))),
    "laughs": lambda: book(ONE, LAUGHS),
    "a file as an entity": lambda: book(ONE, FILE_ENTITY),
    "laughs under another name": lambda: under("sheet1.bin", laughing_sheet()),
    "laughs in UTF-16": lambda: under("sheet1.bin", laughing_sheet("utf-16")),
    "all merged under another name": lambda: under(
        "sheet1.bin", f'<worksheet xmlns="{EXCEL}">{merges("A1:XFD1048576")}</worksheet>'.encode()
    ),
    "the last cell under another name": lambda: under(
        "sheet1.vml", f'<worksheet xmlns="{EXCEL}">{data(grid(60_000, 20))}</worksheet>'.encode()
    ),
    "many strings": lambda: book(ONE, name="xl/sharedStrings.xml", part=strings(600_000, "x")),
    "long strings": lambda: book(ONE, name="xl/sharedStrings.xml", part=strings(900, "x" * 10_000)),
    "many styles": lambda: book(
        ONE,
        name="xl/styles.xml",
        part=STYLES.format(
            "".join(f'<numFmt numFmtId="{n}" formatCode="0.{n}"/>' for n in range(90_000))
        ).encode(),
    ),
    "a long format": lambda: book(
        ONE,
        name="xl/styles.xml",
        part=STYLES.format(f'<numFmt numFmtId="170" formatCode="{"[" * 100_000}"/>').encode(),
    ),
    "a figure of many digits": lambda: book(data(xrow(1, f'<c r="A1"><v>{"9" * 300_000}</v></c>'))),
    "a figure that is large": lambda: book(data(xrow(1, '<c r="A1"><v>1e308</v></c>'))),
    "a figure that is none": lambda: book(data(xrow(1, '<c r="A1"><v>nan</v></c>'))),
    "a date that is none": lambda: book(data(xrow(1, '<c r="A1" t="d"><v>x</v></c>'))),
    "a formula": lambda: book(data(xrow(1, '<c r="A1"><f>HYPERLINK("http://x")</f></c>'))),
    "wide columns": lambda: book(
        "<cols>" + '<col min="1" max="16384" width="9"/>' * 5000 + "</cols>" + ONE
    ),
    "links to outside": lambda: book(
        ONE, name="xl/worksheets/_rels/sheet1.xml.rels", part=RELATION
    ),
    "macros": lambda: book(ONE, name="xl/vbaProject.bin", part=b"\xd0\xcf\x11\xe0" + bytes(9000)),
    "a bomb beside the cells": lambda: book(ONE, name="xl/media/x.png", part=bytes(60_000_000)),
    "no sheet": lambda: zipped({"xl/workbook.xml": b"<workbook/>"}),
    "Word": lambda: KINDS["docx"](LAYOUTS["national"]),
}
"""Workbooks."""


def laughing_sheet(encoding: str = "utf-8") -> bytes:
    cell = '<c r="A1" t="inlineStr"><is><t>&j;</t></is></c>'
    sheet = f'<worksheet xmlns="{EXCEL}">{data(xrow(1, cell))}</worksheet>'
    return f"{LAUGHS}{sheet}".encode(encoding)


def sheets(count: int, sheet: str) -> bytes:
    book_ = openpyxl.Workbook()
    for _ in range(count - 1):
        book_.create_sheet()
    out = io.BytesIO()
    book_.save(out)
    parts = unzipped(out.getvalue())
    text = f'<worksheet xmlns="{EXCEL}">{sheet}</worksheet>'.encode()
    return zipped({n: text if "worksheets/sheet" in n else d for n, d in parts.items()})
