"""Hostile web pages and texts, made by hand."""

from tests.importing.hostile_packages import FILE_ENTITY, LAUGHS, TITLE, Make, nest

INDICATORS = "一级指标\t二级指标\t三级指标\t年度指标值\t实际完成值\t分值\t得分\n"
BIG = 1_000_000_000

# Web pages.


def page(body: str, head: str = "") -> bytes:
    return f"{head}<html><body>{body}</body></html>".encode()


TD = "<table><tr><td>"
ENDTD = "</td></tr></table>"

PAGES: dict[str, Make] = {
    "tables in tables": lambda: page(nest(10_000, TD, ENDTD)),
    "tables in tables that never end": lambda: page(TD * 100_000),
    "many rows in tables in tables": lambda: page(
        nest(100, TD, ENDTD, "<table>" + "<tr><td>x" * 4000 + "</table>")
    ),
    "many tables in tables in tables": lambda: page(
        nest(60, TD, ENDTD, "<table><tr><td>x</table>" * 20_000)
    ),
    "deep elements": lambda: page(nest(100_000, "<div>", "</div>")),
    "deep elements in a cell": lambda: page(f"<table><tr><td>{'<b>' * 200_000}x"),
    "fonts that never end": lambda: page("<p><font><b><i>" * 50_000),
    "a span of a milliard": lambda: page(f"<table><tr><td colspan={BIG} rowspan={BIG}>x"),
    "a span of many digits": lambda: page(f"<table><tr><td colspan={'9' * 9000}>x"),
    "many spans": lambda: page("<table>" + "<tr><td rowspan=1000 colspan=2>x" * 90),
    "spans upon spans": lambda: page(
        "<table>" + ("<tr>" + "<td rowspan=1000>x" * 190 + "</tr>") * 4900 + "</table>"
    ),
    "many cells": lambda: page("<table>" + ("<tr>" + "<td>x" * 190 + "</tr>") * 4900),
    "many tables": lambda: page("<table><tr><td>x</table>" * 200_000),
    "many paragraphs": lambda: page("<p>x" * 500_000),
    "many breaks": lambda: page(f"<table><tr><td>{'<br>' * 900_000}</table>"),
    "much text": lambda: page(f"<p>{'项目名称' * 1_600_000}</p>"),
    "much white space": lambda: page(f"<p>{' ' * 9_000_000}x</p>"),
    "many attributes": lambda: page("<p " + " ".join(f"a{n}=x" for n in range(200_000)) + ">"),
    "laughs": lambda: page("<p>&j;", LAUGHS),
    "a file as an entity": lambda: page("<p>&j;", FILE_ENTITY),
    "many entities": lambda: page("<p>" + "&amp;" * 3_000_000),
    "scripts and pictures of others": lambda: page(
        "<script src=http://127.0.0.1:9/x></script><img src=file:///etc/passwd>"
        "<iframe src=http://127.0.0.1:9/></iframe><base href=http://127.0.0.1:9/>"
    ),
    "comments that never end": lambda: page("<!--" * 1_000_000),
    "declarations": lambda: page("<![CDATA[" * 500_000 + "<?x" * 500_000),
    "another encoding": lambda: b"<meta charset=utf-7>+ADw-table+AD4-" * 90_000,
    "zeros": lambda: bytes(10_000_000),
    "no end": lambda: b"<" * 10_000_000,
}
"""Web pages."""


# Text.


def lines(line: str, count: int, head: str = "") -> bytes:
    return (head + line * count).encode()


def form_of(rows: str) -> bytes:
    return f"{TITLE}\n项目名称\t甲\n{INDICATORS}{rows}".encode()


ROW = "产出指标\t数量指标\t甲\t1\t1\t1\t1\n"

TEXTS: dict[str, Make] = {
    "many lines": lambda: lines("x\n", 5_000_000),
    "many lines of a form": lambda: form_of(ROW * 4900),
    "a line of tabs": lambda: lines("\t", 10_000_000),
    "a long line": lambda: lines("项目名称", 1_600_000),
    "many long lines": lambda: lines("项" * 6000 + "\n", 1000),
    "many long cells": lambda: lines(("x" * 19_000 + "\t") * 100 + "\n", 10),
    "brackets": lambda: lines("（" * 19_000 + "\n", 300),
    "brackets of two kinds": lambda: lines("(（" * 9_000 + "\n", 300),
    "digits": lambda: lines("9" * 19_000 + "x\n", 300),
    "digits with commas": lambda: form_of(f"产出指标\t数量指标\t甲\t{'1,234' * 3000}\t1\t1\t1\n"),
    "digits and white space": lambda: lines("1" + " " * 9_000 + "x\n", 300),
    "pages and white space": lambda: lines("第" + " " * 300 + "1" + " " * 300 + "x\n", 300),
    "dashes and white space": lambda: lines("-" + " " * 9_000 + "1" + " " * 9_000 + "\n", 300),
    "numberings": lambda: lines("（一" * 9_000 + "\n", 300),
    "ends of paragraphs": lambda: lines("</p>" + " " * 9_000 + "<p\n", 300),
    "breaks that never end": lambda: lines("<br" * 6_000 + "\n", 300),
    "letters that become long": lambda: lines("\ufdfa" * 6_000 + "\n", 300),
    "marks upon marks": lambda: lines("a" + "\u0300\u0316" * 9_000 + "\n", 100),
    "a form that goes on and on": lambda: form_of(ROW.replace("甲", "甲（") + "\t\t乙\n" * 4900),
    "a long form that goes on": lambda: form_of(
        ROW.replace("甲", "甲（") + f"\t\t{'乙' * 1000}\n" * 4900
    ),
    "totals without end": lambda: form_of(ROW * 2400 + "总分\t\t\t\t\t1\t1\n" * 2400),
    "forms without end": lambda: lines(f"{TITLE}\n项目名称\t甲\n", 2400),
    "goals without end": lambda: lines(
        "年度总体目标\t预期目标\t实际完成情况\n" + "\t甲\t乙\n" * 99, 49
    ),
    "heads without end": lambda: lines(INDICATORS, 4900),
    "targets with open brackets": lambda: form_of(
        f"产出指标\t数量指标\t甲\t1{'(' * 9000}\t1\t1\t1\n" * 40
    ),
    "signs that no record may hold": lambda: bytes(range(1, 32)) * 9000,
    "a name of signs": lambda: "项目名称\t\x1b[31m\u202e甲\x07\u200b/../../x\n".encode() * 2,
    "a name of dots": "项目名称\t../../../x\n年度\t2024\n".encode,
    "UTF-16": lambda: (TITLE * 1000).encode("utf-16"),
    "half a letter": lambda: TITLE.encode()[:-1] * 1000,
    "zeros": lambda: bytes(10_000_000),
}
"""Texts."""
