"""The faults of reading a text file: one table of code, name and severity."""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from perfeval_docs.diagnostic import Diagnostic, Message, Related, Severity, Span


@dataclass(frozen=True, slots=True)
class Fault:
    """A row of the table; a code, once given, is never used again."""

    code: str
    name: str
    severity: Severity = Severity.ERROR


FAULTS: Final = (
    Fault("PE001", "file-too-large"),
    Fault("PE002", "not-utf-8"),
    Fault("PE003", "control-character"),
    Fault("PE004", "invisible-character"),
    Fault("PE005", "replacement-character"),
    Fault("PE006", "file-empty"),
    Fault("PE007", "yaml-syntax"),
    Fault("PE008", "quote-not-closed"),
    Fault("PE009", "text-after-quote"),
    Fault("PE010", "full-width-colon"),
    Fault("PE011", "space-after-colon-missing"),
    Fault("PE012", "value-cut-short"),
    Fault("PE013", "value-starts-with-sign"),
    Fault("PE014", "colon-in-value"),
    Fault("PE015", "indent-not-spaces"),
    Fault("PE016", "line-without-colon"),
    Fault("PE017", "block-line-less-indented"),
    Fault("PE018", "key-repeated"),
    Fault("PE019", "anchor-or-alias"),
    Fault("PE020", "tag"),
    Fault("PE021", "merge-key"),
    Fault("PE022", "several-documents"),
    Fault("PE023", "key-not-text"),
    Fault("PE024", "nested-too-deep"),
    Fault("PE025", "text-too-long"),
    Fault("PE029", "too-many-faults", Severity.INFO),
)

_BY_NAME: Final = MappingProxyType({fault.name: fault for fault in FAULTS})


def fault(
    name: str,
    span: Span,
    message: Message,
    *,
    help: Message | None = None,  # noqa: A002  # the field's name in Diagnostic
    related: tuple[Related, ...] = (),
) -> Diagnostic:
    """Make the diagnostic of a fault in the table."""
    row = _BY_NAME[name]
    return Diagnostic(
        code=row.code,
        name=row.name,
        severity=row.severity,
        span=span,
        message=message,
        help=help,
        related=related,
    )
