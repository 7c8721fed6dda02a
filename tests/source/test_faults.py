"""Each fault of reading: a text that has it, with its place, and a near miss that has not."""

import pytest

from perfeval_docs.source import Mapping, Scalar, read_source
from perfeval_docs.source.faults import FAULTS
from perfeval_docs.source.read import MAX_BYTES

# What is read, the code it gives, where (line, column).
FAULTY = [
    (b"# " + b"x" * MAX_BYTES, "PE001", (1, 1)),
    ("项目名称: 宣传".encode("gb18030"), "PE002", (1, 1)),
    ("a: b\x07c", "PE003", (1, 5)),
    ("a: b\u200bc", "PE004", (1, 5)),
    ("a: b\ufffdc", "PE005", (1, 5)),
    ("", "PE006", (1, 1)),
    ("# only a comment\n", "PE006", (1, 1)),
    ("a:\n    b: 1\n  c: 2\n", "PE007", (2, 1)),  # the first of the two
    ("a:\n  b: 1\n c: 2\n", "PE007", (3, 1)),
    ("a:\n  - b: 1\n - b: 2\n", "PE007", (3, 1)),
    ("a:\n  - b: 1\n  b: 2\n", "PE007", (3, 3)),
    ('a: "C:\\数据"\n', "PE007", (1, 7)),
    ("a: [1, 2", "PE013", (1, 4)),
    ("a: - 1", "PE013", (1, 4)),
    ("a: '未完\nb: 1\n", "PE008", (1, 4)),
    ("a: '甲' 乙\n", "PE009", (1, 8)),
    ("项目名称：宣传\n", "PE010", (1, 5)),
    ("a: 1\n项目名称:宣传\n", "PE011", (2, 5)),
    ("a: 目标 #1 完成\n", "PE012", (1, 7)),
    ("a: >80(%)\n", "PE013", (1, 4)),
    ("a: @甲\n", "PE013", (1, 4)),
    ("a: *甲 乙\n", "PE013", (1, 4)),
    ("a: 甲: 乙\n", "PE014", (1, 5)),
    ("a:\n\tb: 1\n", "PE015", (2, 1)),
    ("a: 1\n没有冒号的一行\nb: 2\n", "PE016", (2, 1)),
    ("a: |\n  甲\n 乙\nb: 1\n", "PE017", (3, 2)),
    ("a: 1\nb: 2\na: 3\n", "PE018", (3, 1)),
    ("a: &x 1\n", "PE019", None),
    ("a: 1\nb: *a\n", "PE019", None),
    ("a: !!python/object:os.system 1\n", "PE020", None),
    ("<<: {a: 1}\n", "PE021", (1, 1)),
    ("a: 1\n---\nb: 2\n", "PE022", None),
    ("a: 1\n...\nb: 2\n", "PE022", (2, 1)),
    ("? [a, b]\n: 1\n", "PE023", None),
    ("a: " + "[" * 80 + "]" * 80, "PE024", None),
    ("a: " + "长" * 200_001, "PE025", None),
    ("\n".join(f"k{n}:v" for n in range(150)), "PE029", None),
]

SOUND = [
    "a: b",
    "项目名称: 宣传",
    "a: 甲：乙",  # a full-width colon inside a value
    "a: '未完'",
    'a: "甲" # a comment',
    "a: 目标#1 完成",  # no space before the sign
    "a: ≥80(%)",
    "a: '>80(%)'",
    "a: 10:30",
    "a: |\n  甲\n\n  乙\n",
    "a: 'x: y'",
    "a:\n  b: 1\nb: 2",  # the same key at another level
    "a: 甲 & 乙",
    "a: 5 * 3",
    "a: 真!",
    "---\na: 1",
    "a: 1\n...\n",
    "a: 1\n...\n\n# the end\n",
    "a: <<",
]


def codes(text: str | bytes) -> list[str]:
    data = text if isinstance(text, bytes) else text.encode()
    return [d.code for d in read_source(data, "a.yaml").diagnostics]


@pytest.mark.parametrize(
    ("text", "code", "place"), FAULTY, ids=[f"{c}-{n}" for n, (_, c, _) in enumerate(FAULTY)]
)
def test_a_fault_is_named_at_its_place(
    text: str | bytes, code: str, place: tuple[int, int] | None
) -> None:
    data = text if isinstance(text, bytes) else text.encode()
    found = [d for d in read_source(data, "a.yaml").diagnostics if d.code == code]
    assert found, codes(text)
    assert found[0].span.file == "a.yaml"
    if place is not None:
        assert (found[0].span.line, found[0].span.column) == place


@pytest.mark.parametrize("text", SOUND)
def test_a_near_miss_is_no_fault(text: str) -> None:
    source = read_source(text.encode(), "a.yaml")
    assert codes(text) == []
    assert isinstance(source.root, Mapping)


def test_every_fault_of_the_table_has_a_case() -> None:
    assert {code for _, code, _ in FAULTY} == {row.code for row in FAULTS}


@pytest.mark.parametrize(
    ("typed", "value"),
    [("29.60", "29.60"), ("≥1.00(项)", "≥1.00(项)"), ("0010", "0010"), ("1e3", "1e3"), ("no", "no"),
     ("2025-06-30", "2025-06-30"), ("~", "~"), ("0x1F", "0x1F")],
)  # fmt: skip
def test_what_is_typed_is_what_is_read(typed: str, value: str) -> None:
    root = read_source(f"a: {typed}\n".encode(), "a.yaml").root
    assert isinstance(root, Mapping)
    (entry,) = root.entries
    assert isinstance(entry.value, Scalar)
    assert entry.value.value == value


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_the_lines_of_a_long_text_have_their_places(end: str) -> None:
    typed = end.join(("a:", "  b: |", "    甲乙", "", "      丙", "  c: 1", ""))
    root = read_source(typed.encode(), "a.yaml").root
    assert isinstance(root, Mapping)
    inner = root.entries[0].value
    assert isinstance(inner, Mapping)
    text = inner.entries[0].value
    assert isinstance(text, Scalar)
    assert [(s.line, s.column, s.end_column) for s in text.lines] == [
        (3, 5, 7),
        (4, 1, 1),
        (5, 5, 8),
    ]
    assert (text.place_of("丙").line, text.place_of("丙").column) == (5, 7)
    assert text.place_of("丁") == text.span


def test_a_text_beside_its_header_at_the_end_of_a_file_is_read() -> None:
    assert codes("a: | 甲") == ["PE013"]


@pytest.mark.parametrize("sign", ["|", "| ", "> "])
@pytest.mark.parametrize("rest", ["", "b: 1\n", "  丙\nb: 1\n"])
def test_a_text_beside_its_header_is_read_without_the_sign(sign: str, rest: str) -> None:
    source = read_source(f"a: {sign}甲: 乙\n{rest}".encode(), "a.yaml")
    (found,) = source.diagnostics
    assert (found.code, found.span.line, found.span.column) == ("PE013", 1, 4)
    assert str(found.help) == f"begin the text on the line below, or leave out the {sign[0]}"
    assert isinstance(source.root, Mapping)
    value = source.root.entries[0].value
    assert isinstance(value, Scalar)
    assert value.value.startswith("甲: 乙")


@pytest.mark.parametrize("typed", [">5", "> 5(场)", ">=5", "|5", "| 5"])
def test_a_value_that_begins_with_a_sign_keeps_it(typed: str) -> None:
    source = read_source(f"a: {typed}\nb: 1\n".encode(), "a.yaml")
    (found,) = source.diagnostics
    assert (found.code, str(found.help)) == ("PE013", f'write `"{typed}"`')
    assert isinstance(source.root, Mapping)
    value = source.root.entries[0].value
    assert isinstance(value, Scalar)
    assert value.value == typed


def test_faults_of_several_kinds_come_in_one_run() -> None:
    text = "项目名称：宣传\na: >80\nb:1\nc: 甲 #2\n"
    assert codes(text) == ["PE010", "PE013", "PE011", "PE012"]


@pytest.mark.parametrize("item", ["{b: 1}", "[b, c]", '["b: c", {d: e}]', "{b: 1,\n     c: 2}"])
def test_an_item_in_brackets_is_no_key_where_something_else_is_wrong(item: str) -> None:
    assert codes(f"x: 1\na:\n  - {item}\n  - {item}\n") == []
    assert codes(f"x：1\na:\n  - {item}\n  - {item}\n") == ["PE010"]


def test_full_width_colons_all_over_a_file_are_one_fault_and_the_file_is_read() -> None:
    text = "".join(f"k{n}：v\n" for n in range(8)) + "l: |\n  甲：乙\nm：>5\n"
    source = read_source(text.encode(), "a.yaml")
    assert [(d.code, d.span.line) for d in source.diagnostics] == [("PE010", 1), ("PE013", 11)]
    assert "after 9 keys" in str(source.diagnostics[0].message)
    assert isinstance(source.root, Mapping)
    assert [entry.key.value for entry in source.root.entries][-2:] == ["l", "m"]


@pytest.mark.parametrize(("wide", "sound"), [(5, 0), (8, 8), (6, 40)])
def test_full_width_colons_here_and_there_are_each_a_fault(wide: int, sound: int) -> None:
    text = "".join(f"k{n}：v\n" for n in range(wide)) + "".join(f"l{n}: v\n" for n in range(sound))
    assert codes(text) == ["PE010"] * wide


def test_a_byte_order_mark_and_windows_line_ends_are_read() -> None:
    root = read_source("\ufeffa: 1\r\nb: 2\r\n".encode(), "a.yaml").root
    assert isinstance(root, Mapping)
    assert [entry.key.value for entry in root.entries] == ["a", "b"]
