"""One slip of a clerk is one fault, at its line; what is right beside it is not named."""

import re

import pytest

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


@pytest.mark.parametrize("tabs", ["\t", "\t\t", "    \t"])
@pytest.mark.parametrize(
    "line",
    [
        "    initial_budget: 100.00", "    adjusted_budget: 100.00", "    executed: 98.00",
        "  appropriation:", "  产出指标:", "    数量指标:", "      - indicator: 场馆开放天数",
        "        target: ≥300(天)", "        actual: 310(天)", "        points: 20",
        "      - indicator: 举办讲座", "        actual: 22(场)", "        points: 15",
        "    质量指标:", "  效益指标:", "    社会效益指标:", "      - indicator: 安全事故次数",
    ],
)  # fmt: skip
def test_a_tab_before_a_line_is_one_fault(line: str, tabs: str) -> None:
    text = changed((f"\n{line}\n", f"\n{tabs}{line.lstrip()}\n"))
    assert named(text) == [("PE015", line_of(text, f"{tabs}{line.lstrip()}"))]


@pytest.mark.parametrize(("dash", "key"), [("\t", "\t\t"), ("\t\t\t", "\t\t\t\t")])
def test_an_item_indented_with_tabs_is_a_fault_of_its_lines_alone(dash: str, key: str) -> None:
    tabbed = ITEM.replace("        ", key).replace("      ", dash)
    text = changed((ITEM, tabbed))
    first = line_of(text, "举办讲座")
    assert named(text) == [("PE015", first + number) for number in range(4)]


def test_a_record_indented_with_tabs_is_a_fault_of_its_lines_alone() -> None:
    text = re.sub("^ +", lambda match: "\t" * (len(match[0]) // 2), changed(), flags=re.MULTILINE)
    lines = [n for n, line in enumerate(text.splitlines(), 1) if line.startswith("\t")]
    assert named(text) == [("PE015", number) for number in lines]


@pytest.mark.parametrize("spaces", [0, 2, 4, 5, 7, 8])
def test_a_dash_that_is_not_below_the_others_is_one_fault(spaces: int) -> None:
    text = changed(("      - indicator: 举办讲座", f"{' ' * spaces}- indicator: 举办讲座"))
    (found,) = found_in(text)
    assert (found.code, found.span.line) == ("PE007", line_of(text, "举办讲座"))
    assert "behind 6 spaces" in str(found.help)


@pytest.mark.parametrize("spaces", [0, 2, 4, 5, 7, 8])
@pytest.mark.parametrize(
    "item", [ITEM, IN_BRACES, ITEM + "        improvement: |\n          甲\n\n          乙\n"]
)
def test_an_item_that_is_not_below_the_others_is_one_fault(item: str, spaces: int) -> None:
    moved = "".join(
        f"{' ' * spaces}{line[6:]}" if line.strip() else line
        for line in item.splitlines(keepends=True)
    )
    text = changed((ITEM, moved))
    assert named(text) == [("PE007", line_of(text, "举办讲座"))]
    found = decode_record(read_source(changed((ITEM, item)).encode(), "r.yaml"))
    assert found.diagnostics == ()


@pytest.mark.parametrize("line", ["    质量指标:", "  效益指标:", "    initial_budget: 100.00"])
@pytest.mark.parametrize("by", [-1, 1])
def test_a_line_that_is_not_below_the_others_is_one_fault(line: str, by: int) -> None:
    moved = " " * (len(line) - len(line.lstrip()) + by) + line.lstrip()
    text = changed((f"\n{line}\n", f"\n{moved}\n"))
    assert named(text) == [("PE007", line_of(text, moved))]


@pytest.mark.parametrize(
    ("line", "moved"),
    [("    质量指标:", "  质量指标:"), ("  效益指标:", "效益指标:"), ("project: ", "  project: ")],
)
def test_a_line_one_level_off_is_one_fault(line: str, moved: str) -> None:
    text = changed((line, moved))
    assert named(text) == [("PE007", line_of(text, moved))]


@pytest.mark.parametrize("line", ["        indicator: 场馆开放天数", "      indicator: 举办讲座"])
def test_a_dash_that_was_left_out_is_one_fault(line: str) -> None:
    text = changed((f"      - {line.lstrip()}", line))
    assert named(text) == [("PE007", line_of(text, line))]


def test_a_dash_among_keys_is_no_item_of_a_list_above_it() -> None:
    text = changed() + "- declared_grade: 优\n"
    (found,) = found_in(text)
    assert (found.code, found.span.line) == ("PE007", len(text.splitlines()))
    assert "among keys" in str(found.message)


@pytest.mark.parametrize(
    ("line", "spaces", "count"),
    [
        ("target: ≥20(场)", 10, 8), ("actual: 22(场)", 9, 8), ("points: 15", 12, 8),
        ("adjusted_budget: 100.00", 6, 4), ("质量指标:", 10, 4), ("funds:", 2, 0),
    ],
)  # fmt: skip
def test_a_line_below_a_value_too_far_right_is_one_fault(
    line: str, spaces: int, count: int
) -> None:
    text = changed((f"\n{' ' * count}{line}\n", f"\n{' ' * spaces}{line}\n"))
    (found,) = found_in(text)
    assert (found.code, found.span.line) == ("PE014", line_of(text, line))
    assert (f"behind {count} spaces" if count else "at the very left") in str(found.help)


@pytest.mark.parametrize("spaces", [9, 10, 12])
def test_an_item_below_a_value_too_far_right_is_one_fault(spaces: int) -> None:
    moved = ITEM.replace("      ", " " * spaces)
    text = changed((ITEM, moved))
    assert named(text) == [("PE007", line_of(text, "举办讲座"))]
    dash = changed(("      - indicator: 举办讲座", f"{' ' * spaces}- indicator: 举办讲座"))
    assert named(dash) == [("PE007", line_of(dash, "举办讲座"))]


def test_a_sentence_with_a_colon_in_a_text_is_no_key() -> None:
    text = changed(("  expected: |\n", "  expected: 以下各项。\n"), ("多场讲座", "讲座: 多场"))
    assert named(text) == [("PE014", line_of(text, "讲座: 多场"))]


@pytest.mark.parametrize("sign", ["—", "—— ", "– ", "－", "· ", "•", "* ", "-", "—　"])
@pytest.mark.parametrize("name", ["场馆开放天数", "举办讲座"])
def test_a_sign_that_is_no_dash_is_one_fault_in_a_list(sign: str, name: str) -> None:
    text = changed((f"- indicator: {name}", f"{sign}indicator: {name}"))
    (found,) = found_in(text)
    assert (found.code, found.span.line) == ("PE007", line_of(text, name))
    assert (found.span.column, found.span.end_column) == (7, 7 + len(sign.strip()))
    assert "`- `" in str(found.help)


def test_signs_that_are_no_dashes_are_each_one_fault() -> None:
    text = changed().replace("      - ", "      — ")
    lines = [n for n, line in enumerate(text.splitlines(), 1) if "—" in line]
    assert named(text) == [("PE007", number) for number in lines]
    assert len(lines) == 7


@pytest.mark.parametrize("sign", ["—", "· ", "-"])
def test_a_sign_that_is_no_dash_before_an_item_in_braces_is_one_fault(sign: str) -> None:
    text = changed((ITEM, IN_BRACES.replace("- ", sign)))
    assert named(text) == [("PE007", line_of(text, "举办讲座"))]


def test_a_dash_left_out_before_a_key_of_the_item_above_is_one_fault() -> None:
    text = changed(("      - indicator: 举办讲座", "        indicator: 举办讲座"))
    (found,) = found_in(text)
    assert (found.code, found.span.line) == ("PE018", line_of(text, "举办讲座"))
    assert "write `- ` before it" in str(found.help)


def test_two_dashes_left_out_are_two_faults() -> None:
    lines = ("indicator: 举办讲座", "indicator: 讲解合格率")
    text = changed(
        (ITEM + "    质量指标:\n", ITEM),
        *((f"      - {line}", f"        {line}") for line in lines),
    )
    assert named(text) == [("PE018", line_of(text, line)) for line in lines]


def test_keys_that_are_repeated_in_another_order_are_each_a_fault() -> None:
    text = changed(("executed: 98.00", "executed: 98.00\n    executed: 97.00"))
    (found,) = found_in(text)
    assert (found.code, str(found.help)) == ("PE018", "keep one of the two")
    (found,) = found_in(changed(("  效益指标:", "  产出指标:")))
    assert (found.code, str(found.help)) == ("PE018", "keep one of the two")
    braces = "{indicator: 甲, target: 有, actual: 达成, points: 1, indicator: 乙, target: 无}"
    text = changed((ITEM, f"      - {braces}\n"))
    assert named(text) == [("PE018", line_of(text, braces))] * 2
