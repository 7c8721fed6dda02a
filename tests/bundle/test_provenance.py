"""The statement of a bundle: what it says of commits and times, and what it makes of nonsense."""

import json
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from perfeval_docs.bundle.provenance import Made, read_statement, statement
from perfeval_docs.settings import Source

COMMIT = "0123456789abcdef0123456789abcdef01234567"
PAYLOAD = {"2024/summary.docx": b"a", "project/data/perfeval.yaml": b"b"}


def made(source: Source | None = None, epoch: datetime | None = None) -> Made:
    return Made(
        year=2024, public=True, epoch=epoch, system_fonts=False, fonts="f",
        tools={"perfeval_docs": "1"}, source=source,
    )  # fmt: skip


def materials(data: bytes) -> list[str]:
    plain = json.loads(data)
    return [each["name"] for each in plain["predicate"]["buildDefinition"]["resolvedDependencies"]]


def test_a_commit_is_named_only_where_nothing_was_changed() -> None:
    clean, dirty = (Source(commit=COMMIT, clean=clean) for clean in (True, False))
    assert materials(statement(PAYLOAD, made(clean)))[-1] == "commit"
    assert COMMIT in statement(PAYLOAD, made(clean)).decode()
    for source in (dirty, None):
        assert materials(statement(PAYLOAD, made(source))) == ["data/project/data/perfeval.yaml"]


@pytest.mark.parametrize("source", [None, Source(commit=COMMIT, clean=True)])
@pytest.mark.parametrize("epoch", [None, datetime(2025, 3, 1, 12, tzinfo=UTC)])
def test_what_is_stated_is_read(source: Source | None, epoch: datetime | None) -> None:
    assert read_statement(statement(PAYLOAD, made(source, epoch))) == made(source, epoch)


plain = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda each: st.lists(each, max_size=3) | st.dictionaries(st.text(max_size=5), each),
    max_leaves=5,
)
KEYS = ("predicate", "buildDefinition", "externalParameters", "internalParameters")


@given(keys=st.lists(st.sampled_from([*KEYS, "resolvedDependencies", "epoch", "year", "tools"])),
       value=plain)  # fmt: skip
def test_any_nonsense_is_read_as_nothing_or_as_a_statement(keys: list[str], value: object) -> None:
    whole = json.loads(statement(PAYLOAD, made()))
    within = whole
    for key in keys:
        if not isinstance(within.get(key), dict):
            break
        within = within[key]
    for key in keys[-1:]:
        within[key] = value
    read_statement(json.dumps(whole).encode())


@given(st.binary(max_size=50))
def test_any_bytes_are_read(data: bytes) -> None:
    assert read_statement(data) is None
