"""The sheet of what a check found, each with its place and the way out."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from types import MappingProxyType
from typing import Final

from perfeval_docs.diagnostic import Diagnostic, Severity, msg
from perfeval_docs.summary import AnnualSummary
from perfeval_docs.view.workbook.model import Cell, ColumnView, SheetView

_SEVERITIES: Final = MappingProxyType(
    {
        Severity.ERROR: msg("error"),
        Severity.WARNING: msg("warning"),
        Severity.INFO: msg("remark"),
    }
)
_COLUMNS: Final = (
    ColumnView(label="文件", width=26, kind="prose"),
    ColumnView(label="行", width=6, kind="whole"),
    ColumnView(label="列", width=6, kind="whole"),
    ColumnView(label="级别", width=8, kind="word"),
    ColumnView(label="代码", width=9, kind="word"),
    ColumnView(label="名称", width=22, kind="word"),
    ColumnView(label="内容", width=46, kind="prose"),
    ColumnView(label="处理", width=40, kind="prose"),
    ColumnView(label="依据", width=24, kind="prose"),
)


def findings(
    summary: AnnualSummary, found: Sequence[Diagnostic], translate: Callable[[str], str]
) -> SheetView:
    """Return the findings in their order, their messages translated."""
    return SheetView(
        name="检查发现",
        title=f"{summary.fiscal_year}年度绩效自评检查发现",
        note=f"共{len(found)}条",
        columns=_COLUMNS,
        rows=tuple(_row(each, translate) for each in found),
    )


def _row(found: Diagnostic, translate: Callable[[str], str]) -> tuple[Cell, ...]:
    return (
        found.span.file,
        found.span.line,
        found.span.column,
        _SEVERITIES[found.severity].translated(translate),
        found.code,
        found.name,
        found.message.translated(translate),
        "" if found.help is None else found.help.translated(translate),
        "" if found.basis is None else translate(found.basis),
    )
