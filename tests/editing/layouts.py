"""The same record in many layouts: keys in any order and spelling, any style, comments anywhere."""

import random
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from perfeval_docs.record import Record
from perfeval_docs.record.keys import SHAPES, spellings
from perfeval_docs.record.model import Shape
from perfeval_docs.source import Mapping, Node, Scalar, Sequence, read_source
from perfeval_docs.source.shape_kinds import Kind, item_of, kind_of, model_of, value_of

Tree = str | list["Tree"] | dict[str, "Tree"]

RECORDS: Final = tuple(sorted(Path("data/2024").glob("0*.yaml")))

# Each key of a record, and texts that are awkward to write.
AWKWARD: Final = """\
project: "甲：“乙” #1 'x' \\\\ : y"
competent_department: "null"
implementing_unit: "- 单位"
fiscal_year: 2024
profile: national
date_of_issue: 2025-06-30
funds:
  appropriation: {initial_budget: 1.10, adjusted_budget: 100, executed: 98.00, 执行率: 98.00}
  carryover:
  other_funds: {initial_budget: 0.00, adjusted_budget: 0.00, executed: 0.00}
  declared_total: {initial_budget: 1.10, adjusted_budget: 100.00, executed: 98.00}
  declared_execution_points: 10
  declared_execution_score: "9.80"
goal:
  expected: "一、建设　\\n　　缩进\\n\\n  # 不是注释\\n- 不是列表\\n键: 值\\n\\t表\\t"
  achieved: 完成
indicators:
  "产出: 指标":
    数量指标:
      - {indicator: 'a, b', target: "≥80(%)", actual: "81(%)", points: 45, evidence: "a\\nb"}
      - {indicator: "|", target: ">50.00(%)", actual: "#3", points: 45.0, declared_score: 44.50,
         deviation_reason: 原因：人手不足, improvement: "[增加]"}
declared_level_points: {产出: 50}
declared_total_score: 99.50
declared_grade: 优
waivers:
  - {rule: PE317, reason: "理由", indicator: ""}
"""


def tree_of(text: str) -> Tree:
    """Return a record as keys in English and texts."""
    root = read_source(text.encode(), "r.yaml").root
    assert root is not None
    return _plain(root, Record)


def _plain(node: Node, annotation: object) -> Tree:
    match node:
        case Scalar():
            return node.value
        case Sequence():
            return [_plain(each, item_of(annotation)) for each in node.items]
        case Mapping():
            is_shape = kind_of(annotation) is Kind.MODEL
            fields = model_of(annotation).model_fields if is_shape else {}
            english = {
                label: key
                for shape in SHAPES
                for key in shape.model_fields
                if is_shape and key in fields
                for label in spellings(shape, key)
            }
            found: dict[str, Tree] = {}
            for entry in node.entries:
                key = english.get(entry.key.value, entry.key.value)
                below = fields[key].annotation if is_shape else value_of(annotation)
                found[key] = _plain(entry.value, below)
            return found


class Writer:
    """Writes a tree in a layout that a source of chance decides."""

    def __init__(self, chance: random.Random, *, comments: bool = True) -> None:
        self._chance = chance
        self._comments = comments
        self._count = 0
        self._in_text = False

    def file(self, tree: Tree, shape: type[Shape] = Record) -> bytes:
        """Return a whole file."""
        assert isinstance(tree, dict)
        lines = [*self._between(0), *self._block(tree, shape, 0), *self._between(0)]
        if self._is(0.2):
            lines = [*self._between(0), "---" + self._beside(), *lines]
        text = "\n".join(lines) + self._chance.choice(["\n", "\n", "", "\n\n"])
        text = text.replace("\n", self._chance.choice(["\n", "\n", "\r\n"]))
        return self._chance.choice([b"", b"\xef\xbb\xbf"]) + text.encode()

    def _is(self, share: float) -> bool:
        return self._chance.random() < share

    def _comment(self, signs: tuple[str, ...] = ("# ", "#", "#  ")) -> str:
        self._count += 1
        return f"{self._chance.choice(signs)}注{self._count}"

    def _beside(self) -> str:
        # Without a space, what stands behind a value looks like a part of it.
        if not self._comments or not self._is(0.15):
            return ""
        return self._chance.choice([" ", "   "]) + self._comment(("# ", "#  "))

    def _between(self, indent: int) -> Iterator[str]:
        while self._comments and self._is(0.2):
            if self._is(0.5):
                yield " " * self._chance.randint(0, 2) * self._chance.randint(0, 1)
            else:
                # Below a text behind `|`, what is indented further is text.
                deepest = indent if self._in_text else indent + 2
                yield " " * self._chance.choice([indent, indent, 0, deepest]) + self._comment()

    def _key(self, key: str, annotation: object) -> str:
        if kind_of(annotation) is Kind.MODEL:
            key = self._chance.choice([key, *spellings(model_of(annotation), key)])  # type: ignore[arg-type]
        return self._chance.choice(self._inline(key)[:2])

    def _inline(self, text: str) -> list[str]:
        escaped = text.replace("\\", "\\\\").replace('"', '\\"')
        escaped = escaped.replace("\n", "\\n").replace("\t", "\\t")
        ways = [f'"{escaped}"']
        if "\n" not in text and "\t" not in text:
            ways.append("'" + text.replace("'", "''") + "'")
        signs = r"""[\s:#&*!|>'"%@`{}\[\],?~：-]"""
        is_safe = re.search(signs, text) is None and text not in {"", "null"}
        return [text, *ways] if is_safe else ways

    def _block(
        self, tree: Tree, annotation: object, indent: int, *, at_once: bool = True
    ) -> list[str]:
        """Return the lines of a collection; `at_once` leaves out what may not precede a dash."""
        lines: list[str] = []
        pad = " " * indent
        step = self._chance.choice([1, 2, 2, 3, 4])
        if isinstance(tree, dict):
            keys = list(tree)
            is_shape = kind_of(annotation) is Kind.MODEL
            if is_shape:
                self._chance.shuffle(keys)
            for number, key in enumerate(keys):
                below = (
                    model_of(annotation).model_fields[key].annotation
                    if is_shape
                    else value_of(annotation)
                )
                if number or at_once:
                    lines += self._between(indent)
                lines += self._entry(
                    pad + self._key(key, annotation), tree[key], below, indent, step
                )
        elif isinstance(tree, list):
            for item in tree:
                lines += self._between(indent)
                lines += self._item(item, item_of(annotation), indent)
        return [*lines, *self._between(indent)] if at_once else lines

    def _item(self, item: Tree, annotation: object, indent: int) -> list[str]:
        pad = " " * indent
        if self._is(0.3):
            return self._flow_lines(f"{pad}- ", item, annotation, indent + 1)
        gap = self._chance.choice([1, 1, 2, 3])
        if self._is(0.2):
            below = self._block(item, annotation, indent + 1 + gap)
            return [f"{pad}-{self._beside()}", *below]
        first, *rest = self._block(item, annotation, indent + 1 + gap, at_once=False)
        return [f"{pad}-{' ' * gap}{first.lstrip(' ')}", *rest]

    def _entry(
        self, head: str, tree: Tree, annotation: object, indent: int, step: int
    ) -> list[str]:
        if isinstance(tree, str):
            return self._text(f"{head}:", tree, indent, step)
        if self._is(0.25) or not tree:
            return self._flow_lines(f"{head}: ", tree, annotation, indent + 1)
        inner = indent + step
        if isinstance(tree, list) and self._is(0.4):
            inner = indent
        self._in_text = False
        return [f"{head}:{self._beside()}", *self._block(tree, annotation, inner)]

    def _text(self, head: str, text: str, indent: int, step: int) -> list[str]:
        self._in_text = False
        if not text.strip():
            return [head + self._chance.choice(["", " ~", ' ""', " null"]) + self._beside()]
        stripped = text.strip()
        if "\t\n" not in text and not re.search(r"\t$", text) and self._is(0.5):
            sign = self._chance.choice(["|", "|-", "|+"] if "\n" in stripped else ["|", "|-", ">"])
            self._in_text = True
            pad = " " * (indent + step)
            lines = [pad + line if line else "" for line in stripped.split("\n")]
            return [f"{head} {sign}{self._beside()}", *lines]
        written = self._chance.choice(self._inline(text))
        if self._is(0.1):
            return [head, f"{' ' * (indent + step)}{written}{self._beside()}"]
        return [f"{head} {written}{self._beside()}"]

    def _flow_lines(self, head: str, tree: Tree, annotation: object, indent: int) -> list[str]:
        self._in_text = False
        lines = [head]
        for piece in self._flow(tree, annotation):
            lines[-1] += piece
            if piece[-1] in "[{," and self._is(0.25):
                lines[-1] += self._beside()
                while self._comments and self._is(0.2):
                    lines.append(" " * (indent + self._chance.randint(0, 3)) + self._comment())
                lines.append(" " * (indent + self._chance.randint(0, 3)))
        lines[-1] += self._beside()
        return lines

    def _flow(self, tree: Tree, annotation: object) -> Iterator[str]:
        if isinstance(tree, str):
            if tree.strip():
                yield self._chance.choice(self._inline(tree))
            else:
                yield '""'
        elif isinstance(tree, list):
            yield "["
            for number, each in enumerate(tree):
                yield from (",", " ") if number else ()
                yield from self._flow(each, item_of(annotation))
            yield "]"
        else:
            keys = list(tree)
            if kind_of(annotation) is Kind.MODEL:
                self._chance.shuffle(keys)
            yield "{"
            for number, key in enumerate(keys):
                yield from (",", " ") if number else ()
                yield self._key(key, annotation) + ": "
                below = (
                    model_of(annotation).model_fields[key].annotation
                    if kind_of(annotation) is Kind.MODEL
                    else value_of(annotation)
                )
                yield from self._flow(tree[key], below)
            yield "}"
