"""The faults of a value that does not fit its shape: one table of code and name."""

from __future__ import annotations

import re
from collections.abc import Mapping as Lookup
from difflib import get_close_matches
from functools import reduce
from types import MappingProxyType
from typing import Final, LiteralString

from pydantic_core import PydanticCustomError

from perfeval_docs.diagnostic import Diagnostic, Message, Related, Severity, Span, msg
from perfeval_docs.source.nodes import Mapping, Node, Scalar, Sequence
from perfeval_docs.source.shape_kinds import Kind

_NONE: Final = frozenset({"无", "没有", "-", "—", "——", "/"})

Steps = tuple[str | int, ...]
Name = str | Message

# A code, once given, is never used again.
CODES: Final = MappingProxyType(
    {
        "key-missing": "PE030",
        "key-unknown": "PE031",
        "key-in-both-spellings": "PE032",
        "kind-of-value-wrong": "PE033",
        "value-blank": "PE034",
        "number-malformed": "PE035",
        "number-thousands-separator": "PE036",
        "number-full-width": "PE037",
        "number-with-unit": "PE038",
        "number-too-many-decimals": "PE039",
        "number-out-of-range": "PE040",
        "date-malformed": "PE041",
        "text-of-several-lines": "PE042",
        "text-above-limit": "PE043",
        "nothing-listed": "PE044",
        "too-many-listed": "PE045",
        "word-unknown": "PE046",
        "year-malformed": "PE047",
        "value-refused": "PE049",
    }
)
_OF_PYDANTIC: Final = MappingProxyType(
    {
        "string_too_short": "value-blank",
        "string_too_long": "text-above-limit",
        "too_short": "nothing-listed",
        "too_long": "too-many-listed",
        "int_parsing": "number-malformed",
        "int_from_float": "number-malformed",
        "int_parsing_size": "number-out-of-range",
        "decimal_parsing": "number-malformed",
        "decimal_max_places": "number-too-many-decimals",
        "greater_than": "number-out-of-range",
        "greater_than_equal": "number-out-of-range",
        "less_than": "number-out-of-range",
        "less_than_equal": "number-out-of-range",
        "literal_error": "word-unknown",
        "enum": "word-unknown",
        "bool_parsing": "word-unknown",
    }
)
_CUTOFF: Final = 0.5
_QUOTED: Final = re.compile("'([^']*)'")
_PASTED: Final = msg("see whether it belongs here, and delete what was pasted by mistake")


def refusal(
    name: LiteralString,
    message: Message,
    way_out: Message | None = None,
    *,
    at: tuple[Steps, ...] = (),
) -> PydanticCustomError:
    """Make what a validator of a shape raises: a fault of the table, in words for people.

    `at` are the places below the value that it is about, the one to mend first.
    """
    return PydanticCustomError(name, name, {"message": message, "help": way_out, "at": at})


def places_below(context: Lookup[str, object]) -> tuple[Steps, ...]:
    """Return where below its value a `refusal` belongs; the value itself where it says nothing."""
    at = context.get("at")
    return at if isinstance(at, tuple) and at else ((),)


def refused(
    sort: str, key: Name, spans: tuple[Span, ...], text: str, context: Lookup[str, object]
) -> Diagnostic:
    """Make the fault of an error of pydantic, told by its type; `text` only as a last resort.

    It stands at the first of the spans, and names the others.
    """
    span, *others = spans
    message, way_out = context.get("message"), context.get("help")
    if isinstance(message, Message):
        help_ = way_out if isinstance(way_out, Message) else None
        related = tuple(
            Related(span=each, message=msg("the other one is here"))
            for each in others
            if (each.file, each.line) != (span.file, span.line)
        )
        return _fault(sort if sort in CODES else "value-refused", span, message, help_, related)
    name = _OF_PYDANTIC.get(sort, "value-refused")
    return _fault(name, span, *_words(name, key, text, context))


def divided_into_thousands(text: str, plain: str, span: Span) -> Diagnostic:
    """Make the fault of a figure in brackets, where its commas end the value."""
    return _fault(
        "number-thousands-separator",
        span,
        msg("{text} is divided into thousands", text=text),
        msg("write {example}; between brackets a comma ends the value", example=plain),
    )


def missing(key: Name, typed: str, span: Span, hint: Message | None) -> Diagnostic:
    """Make the fault of a key that is not there; `typed` is how it is written here."""
    way_out = msg("add `{key}: …`", key=typed)
    if hint is not None:
        way_out = msg("{way_out}; {hint}", way_out=way_out, hint=hint)
    return _fault("key-missing", span, msg("{key} is missing", key=key), way_out)


def blank(key: Name, span: Span, wanted: str | None = None) -> Diagnostic:
    """Make the fault of a key with nothing after its colon; `wanted` tells what belongs there."""
    way_out = msg("write its value after the colon")
    if wanted:
        way_out = msg("write its value after the colon: {wanted}", wanted=wanted)
    return _fault("value-blank", span, msg("{key} is blank", key=key), way_out)


def unknown(
    key: Scalar, free: Lookup[str, str], shown: tuple[Name, ...]
) -> tuple[Diagnostic, str | None]:
    """Make the fault of a key that means nothing, and tell which free key it was meant for.

    `free` are the spellings of keys that do not stand yet, `shown` what messages call these.
    """
    near = get_close_matches(key.value.casefold(), free, n=1, cutoff=_CUTOFF)
    message = msg("unknown key {key}", key=key.value)
    if near:
        way_out = msg("did you mean {near}?", near=near[0])
        return _fault("key-unknown", key.span, message, way_out), free[near[0]]
    way_out = msg("delete it, or make it a comment: `# …`")
    if shown:
        names = reduce(lambda one, other: msg("{first}, {second}", first=one, second=other), shown)
        way_out = msg(
            "keys still free here: {names}; a remark of your own is a comment: `# …`", names=names
        )
    return _fault("key-unknown", key.span, message, way_out), None


def in_both_spellings(key: Scalar, first: Scalar) -> Diagnostic:
    """Make the fault of one key that stands twice, in two spellings."""
    related = Related(span=first.span, message=msg("first here, as {key}", key=first.value))
    return _fault(
        "key-in-both-spellings",
        key.span,
        msg("{first} and {key} are one item, written twice", first=first.value, key=key.value),
        msg("keep one of the two"),
        (related,),
    )


def key_repeated(key: Scalar, first: Span) -> Diagnostic:
    """Make the fault of a free key that stands twice but for white space."""
    return _fault(
        "key-in-both-spellings",
        key.span,
        msg("{key} stands twice", key=key.value.strip()),
        msg("put what belongs to it in one place"),
        (Related(span=first, message=msg("first here")),),
    )


def key_blank(span: Span) -> Diagnostic:
    """Make the fault of a free key without a name."""
    return _fault("value-blank", span, msg("a name is blank"), msg("write a name before the colon"))


def item_name(name: Name, number: int) -> Message:
    """Return what messages call an item of a list."""
    return msg("item {number} of {list}", number=str(number), list=name)


def nothing_under(name: Name, span: Span) -> Diagnostic:
    """Make the fault of a name or a dash with nothing under it."""
    return _fault(
        "nothing-listed",
        span,
        msg("there is nothing under {name}", name=name),
        msg("write what belongs to it, or delete the line"),
    )


def wrong_kind(key: Name, kind: Kind, node: Node, span: Span) -> Diagnostic:
    """Make the fault of a mapping where a text is wanted, and the like."""
    match node:
        case Scalar():
            found = msg("text")
        case Mapping():
            found = msg("lines of `key: value`")
        case _:
            found = msg("a list")
    if not key:
        message = msg("the file should hold lines of `key: value`, not {found}", found=found)
        return _fault("kind-of-value-wrong", span, message, msg("begin with a key and a colon"))
    match kind:
        case Kind.TEXT:
            wanted, way_out = msg("text"), msg("if it is meant as text, put it in quotes")
            if _is_block_list(node):
                way_out = msg("write `|` behind the key, and the paragraphs without dashes")
        case Kind.SEQUENCE:
            wanted, way_out = msg("a list"), msg("begin each item with `- `")
            if isinstance(node, Scalar) and node.value in _NONE:
                way_out = msg("delete the line where there is none")
        case _:
            wanted = msg("lines of `key: value`")
            way_out = msg("write its keys below it, indented by two spaces")
    message = msg("{key} should be {wanted}, not {found}", key=key, wanted=wanted, found=found)
    return _fault("kind-of-value-wrong", span, message, way_out)


def _is_block_list(node: Node) -> bool:
    """Tell a list with dashes from one in brackets, whose first item stands behind the bracket."""
    if not isinstance(node, Sequence) or not node.items:
        return False
    return node.items[0].span.column > node.span.column + 1


def _words(  # noqa: PLR0911  # one a fault
    name: str, key: Name, text: str, context: Lookup[str, object]
) -> tuple[Message, Message | None]:
    """Return the sentence and the way out of a fault that pydantic found by itself."""
    limit = next((str(v) for k, v in context.items() if k in _LIMITS), "")
    match name:
        case "value-blank":
            return msg("{key} is blank", key=key), msg("write its value")
        case "text-above-limit":
            return (
                msg("{key} is longer than {limit} characters", key=key, limit=limit),
                msg("shorten it"),
            )
        case "nothing-listed":
            return (
                msg("there is nothing under {name}", name=key),
                msg("write what belongs to it, or delete the line"),
            )
        case "too-many-listed":
            return msg("{key} holds more than {limit}", key=key, limit=limit), _PASTED
        case "number-malformed":
            return msg("{key} should be a number", key=key), msg("write digits only, such as 2")
        case "number-out-of-range" if context.keys() & {"ge", "gt"}:
            return (
                msg("{key} is too small", key=key),
                msg("write {limit} or a figure above it", limit=limit),
            )
        case "number-out-of-range" if context.keys() & {"le", "lt"}:
            return (
                msg("{key} is too large", key=key),
                msg("write {limit} or a figure below it", limit=limit),
            )
        case "number-out-of-range":
            return msg("{key} has too many digits", key=key), msg("write fewer digits")
        case "word-unknown":
            words = _QUOTED.findall(str(context.get("expected", ""))) or ("true", "false")
            return msg("{key} has an unknown word", key=key), msg(
                "write one of: {words}", words=" / ".join(words)
            )
        case _:
            return (
                msg("{key}: {reason}", key=key, reason=text)
                if key
                else msg("{reason}", reason=text)
            ), None


_LIMITS: Final = frozenset({"max_length", "min_length", "gt", "ge", "lt", "le", "max_digits"})


def _fault(
    name: str,
    span: Span,
    message: Message,
    way_out: Message | None = None,
    related: tuple[Related, ...] = (),
) -> Diagnostic:
    return Diagnostic(
        code=CODES[name],
        name=name,
        severity=Severity.ERROR,
        span=span,
        message=message,
        help=way_out,
        related=related,
    )
