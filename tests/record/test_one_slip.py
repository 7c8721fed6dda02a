"""One slip of a clerk is one fault, at its line; what is right beside it is not named."""

from perfeval_docs.diagnostic import Diagnostic
from perfeval_docs.record import decode_record
from perfeval_docs.source import read_source
from tests.rules.forms import changed

Edit = tuple[str, str]

ITEM = """\
      - indicator: 举办讲座
        target: ≥20(场)
        actual: 22(场)
        points: 15
"""
IN_BRACES = "      - {indicator: 举办讲座, target: ≥20(场), actual: 22(场), points: 15}\n"


def found_in(text: str) -> tuple[Diagnostic, ...]:
    return decode_record(read_source(text.encode(), "r.yaml")).diagnostics


def named(text: str) -> list[tuple[str, int]]:
    return [(each.code, each.span.line) for each in found_in(text)]


def line_of(text: str, words: str) -> int:
    return next(number for number, line in enumerate(text.splitlines(), 1) if words in line)


def test_an_item_in_braces_is_no_fault_of_a_record_that_has_another() -> None:
    assert named(changed((ITEM, IN_BRACES))) == []
    assert named(changed((ITEM, IN_BRACES), ("project: ", "project："))) == [("PE010", 1)]


def test_an_indicator_of_a_waiver_in_several_lines_is_one_fault() -> None:
    waiver = "waivers:\n  - rule: PE317\n    reason: 已调高\n    indicator: |\n      甲\n      乙\n"
    text = changed(("indicators:\n", f"{waiver}indicators:\n"))
    assert named(text) == [("PE042", line_of(text, "indicator: |"))]
