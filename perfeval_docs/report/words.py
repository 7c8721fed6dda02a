"""What several formats say of a fault in the same words."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from perfeval_docs.diagnostic import Diagnostic, Span, msg

Translate = Callable[[str], str]


def place(span: Span) -> str:
    """Return where a stretch begins, as editors read it: `file:line:column`."""
    return f"{span.file}:{span.line}:{span.column}"


def advice(found: Diagnostic, translate: Translate) -> Iterator[str]:
    """Yield what follows the message of a fault: the basis and the way out, if it has them."""
    if found.basis is not None:
        yield msg("basis: {text}", text=translate(found.basis)).translated(translate)
    if found.help is not None:
        yield msg("help: {text}", text=found.help).translated(translate)
