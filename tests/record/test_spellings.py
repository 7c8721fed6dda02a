"""One schema, two spellings: a record in the form's own labels is the same record."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from ruamel.yaml import YAML

from perfeval_docs.record import Indicator, Record, decode_record
from perfeval_docs.record.keys import SHAPES, spellings
from perfeval_docs.record.schema import schema_files
from perfeval_docs.source import read_source

RECORDS = sorted(Path("data/2024").glob("0*.yaml"))
DEFAULTS = [Path("data/perfeval.yaml"), Path("data/2024/perfeval.yaml")]


def chinese(text: str, which: int = 0) -> str:
    """Write the keys of a record in Chinese, with that label of each, the last if it has fewer."""
    names = {key: spellings(shape, key) for shape in SHAPES for key in shape.model_fields}
    return re.sub(
        r"^(\s*(?:- )?)([a-z_]+)(?=:)",
        lambda m: m[1] + names[m[2]][min(which, len(names[m[2]]) - 1)],
        text,
        flags=re.MULTILINE,
    )


def read(text: str) -> Record:
    defaults = [read_source(path.read_bytes(), path.as_posix()) for path in DEFAULTS]
    decoded = decode_record(read_source(text.encode(), "r.yaml"), defaults)
    assert not decoded.diagnostics
    assert decoded.value is not None
    return decoded.value


@pytest.mark.parametrize("which", [0, 1, 2])
@pytest.mark.parametrize("path", RECORDS, ids=lambda p: p.stem)
def test_chinese_keys_mean_what_english_ones_do(path: Path, which: int) -> None:
    text = path.read_text("utf-8")
    assert chinese(text, which) != text
    assert read(chinese(text, which)) == read(text)


def test_a_key_in_both_spellings_is_refused() -> None:
    text = RECORDS[0].read_text("utf-8") + "项目名称: 另一个\n"
    found = decode_record(read_source(text.encode(), "r.yaml"), ()).diagnostics
    both = [d for d in found if d.code == "PE032"]
    assert len(both) == 1
    assert both[0].span.line == len(text.splitlines())
    assert both[0].related


def plain(text: str) -> Any:  # noqa: ANN401  # YAML of any shape
    """Read with a YAML that knows text only, as an editor shows it to a schema."""
    return json.loads(json.dumps(YAML(typ="safe", pure=True).load(text), default=str))


@pytest.mark.parametrize("name", ["record", "defaults"])
def test_the_schemas_are_valid_and_as_committed(name: str) -> None:
    text = schema_files()[f"{name}.schema.json"]
    Draft202012Validator.check_schema(json.loads(text))
    assert Path(f"schema/{name}.schema.json").read_text("utf-8") == text


@pytest.mark.parametrize("path", RECORDS, ids=lambda p: p.stem)
def test_the_schema_takes_records_in_both_spellings_and_no_mix(path: Path) -> None:
    validator = Draft202012Validator(json.loads(schema_files()["record.schema.json"]))
    text = path.read_text("utf-8")
    assert [e.message for e in validator.iter_errors(plain(text))] == []
    assert [e.message for e in validator.iter_errors(plain(chinese(text)))] == []
    assert not validator.is_valid(plain(text) | {"项目名称": "又一个"})
    assert not validator.is_valid(plain(text) | {"nonsense": "x"})
    assert not validator.is_valid({k: v for k, v in plain(text).items() if k != "project"})


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("五分", "PE035"), ("1,000.00", "PE036"), ("１０", "PE037"), ("10分", "PE038"),
        ("-1", "PE040"), ("", "PE034"), ("[1]", "PE033"), ("1e2", "PE035"), ("nan", "PE035"),
        ("1.2345678", "PE039"), ("9" * 99, "PE035"),
    ],
)  # fmt: skip
def test_points_that_are_none_are_refused_at_their_place(typed: str, code: str) -> None:
    text = RECORDS[0].read_text("utf-8").replace("points: 5.00", f"points: {typed}", 1)
    found = decode_record(read_source(text.encode(), "r.yaml"), ()).diagnostics
    line = next(n for n, each in enumerate(text.splitlines(), 1) if "points:" in each)
    assert code in {d.code for d in found if d.span.line == line}


@pytest.mark.parametrize(
    ("typed", "rounded"),
    [("98.005", "98.01"), ("98.0049999999", "98.00"), ("0.125", "0.13"), ("999.9950", "1000.00")],
)
def test_the_amount_proposed_for_too_many_decimals_is_rounded_half_up(
    typed: str, rounded: str
) -> None:
    text = RECORDS[0].read_text("utf-8").replace("executed: 29.50", f"executed: {typed}", 1)
    (found,) = decode_record(
        read_source(text.encode(), "r.yaml"),
        [read_source(path.read_bytes(), path.as_posix()) for path in DEFAULTS],
    ).diagnostics
    assert found.code == "PE039"
    assert str(found.help).endswith(f" {rounded}")


def test_figures_never_pass_through_a_float() -> None:
    text = RECORDS[0].read_text("utf-8").replace("executed: 29.50", "executed: 29.10", 1)
    assert str(read(text).funds.appropriation.executed) == "29.10"
    assert "points" in Indicator.model_fields
