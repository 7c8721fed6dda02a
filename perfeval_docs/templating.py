"""The Jinja2 that templates run in: sandboxed, strict, a few harmless filters, no arithmetic.

Templates are code and hostile until proven otherwise: nothing is imported or called,
no attribute of Python's own is reached, no figure is computed, and what a format needs escaped
is escaped by `finalize`, which no template can go around.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from jinja2 import StrictUndefined, Undefined
from jinja2.sandbox import ImmutableSandboxedEnvironment

_FILTERS: Final = (
    "count", "d", "default", "first", "join", "last", "length",
    "lower", "replace", "reverse", "trim", "upper",
)  # fmt: skip
_TESTS: Final = (
    "!=", "<", "<=", "==", ">", ">=", "defined", "divisibleby", "eq", "equalto", "even", "false",
    "ge", "gt", "in", "le", "lt", "ne", "none", "odd", "string", "true", "undefined",
)  # fmt: skip


class TemplateEnvironment(ImmutableSandboxedEnvironment):
    """The sandbox, less arithmetic: templates do not compute, and `'x' * 10**9` is a bomb."""

    intercepted_binops = frozenset({"*", "**", "/", "//", "%"})

    def getattr(self, obj: Any, attribute: str) -> Any:  # noqa: ANN401  # the sandbox's signature
        """Return a value of the view at once; the sandbox judges everything else.

        A field that a dataclass declares is data: none of Python's own attributes is among them.
        """
        if attribute in getattr(type(obj), "__dataclass_fields__", ()):
            return getattr(obj, attribute)
        return super().getattr(obj, attribute)

    def call_binop(self, context: object, operator: str, left: object, right: object) -> object:  # noqa: ARG002  # the sandbox's signature
        """Refuse the operator."""
        raise TypeError(f"`{operator}` computes, and a template only places what is computed")


def plain_text(value: object) -> str:
    """Return a value's text; what is neither text nor a number is a slip of the template."""
    if isinstance(value, Undefined):
        str(value)  # StrictUndefined raises, with the name that is missing
    if isinstance(value, str | int):
        return str(value)
    raise TypeError(f"{type(value).__name__} is a group of values, not one to print")


def environment(finalize: Callable[[Any], str], *, escaping: bool = False) -> TemplateEnvironment:
    """Return an environment that writes every value by `finalize`.

    `escaping` is Jinja2's own, for XML, which trusts what `finalize` marks as safe.
    """
    made = TemplateEnvironment(
        undefined=StrictUndefined,
        autoescape=escaping,
        finalize=finalize,
        keep_trailing_newline=True,
        cache_size=0,
    )
    made.globals.clear()
    filters = {name: made.filters[name] for name in _FILTERS}
    # docxtpl's users write |e and |safe by habit; escaping is ours, once and always.
    harmless = dict.fromkeys(("e", "escape", "safe"), _as_it_is)
    made.filters = {**filters, **harmless}
    made.tests = {name: made.tests[name] for name in _TESTS}
    return made


def _as_it_is(value: object) -> object:
    return value
