"""The JSON Schemas that editors read: every key in both spellings, titles in Chinese."""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import combinations
from typing import Any, Final

from perfeval_docs.record.keys import SHAPES, spellings
from perfeval_docs.record.model import Defaults, Record, Shape
from perfeval_docs.record.year_words import YearWords

DIALECT: Final = "https://json-schema.org/draft/2020-12/schema"

# What pydantic makes of a shape; JSON has no narrower type.
Schema = dict[str, Any]

_TITLES: Final = {
    Record: ("项目支出绩效自评记录", "一个项目、一个年度；键可写英文，也可写表上的中文名称。"),
    YearWords: ("年度汇总的文字", "写在 data/年度/summary.yaml；不写的，总结里只印数。"),
    Defaults: ("各记录共用的内容", "写在文件夹的 perfeval.yaml 里；记录里写了的，以记录为准。"),
}


def schema_files() -> dict[str, str]:
    """Return the schemas' texts by file name, the same for the same shapes."""
    return {
        "record.schema.json": _text(Record),
        "defaults.schema.json": _text(Defaults),
        "summary.schema.json": _text(YearWords),
    }


def _text(shape: type[Shape]) -> str:
    schema = shape.model_json_schema()
    title, description = _TITLES[shape]
    definitions = {name: _spelled(each) for name, each in schema.pop("$defs", {}).items()}
    whole: Schema = {
        "$schema": DIALECT,
        **_spelled(schema),
        "title": title,
        "description": description,
    }
    if definitions:
        whole["$defs"] = definitions
    return json.dumps(whole, ensure_ascii=False, indent=2) + "\n"


def _spelled(schema: Schema) -> Schema:
    """Return an object's schema with both spellings of each key, of which one may stand."""
    shape = next(each for each in SHAPES if each.__name__ == schema["title"])
    optional = set(Defaults.model_fields) if shape is Record else set()
    required = [key for key in schema.get("required", ()) if key not in optional]
    properties: Schema = {}
    for key, value in schema["properties"].items():
        told = _without_null(value)
        properties |= dict.fromkeys((key, *spellings(shape, key)), told)
    rules = [*_required(shape, required), *_alone(shape)]
    return {
        "title": shape.model_fields and schema["title"],
        "type": "object",
        "additionalProperties": False,
        "properties": properties,
        "allOf": rules,
    }


def _required(shape: type[Shape], keys: list[str]) -> Iterator[Schema]:
    for key in keys:
        yield {"anyOf": [{"required": [name]} for name in (key, *spellings(shape, key))]}


def _alone(shape: type[Shape]) -> Iterator[Schema]:
    for key in shape.model_fields:
        names = (key, *spellings(shape, key))
        pairs = [{"required": list(pair)} for pair in combinations(names, 2)]
        yield {"not": {"anyOf": pairs}}


def _without_null(schema: Schema) -> Schema:
    """Return a property's schema without what only Python sees: null, defaults."""
    told = {name: value for name, value in schema.items() if name != "default"}
    kinds = [each for each in told.get("anyOf", ()) if each != {"type": "null"}]
    if len(kinds) == 1:
        return {**told.pop("anyOf")[0], **told}
    return told | ({"anyOf": kinds} if kinds else {})
