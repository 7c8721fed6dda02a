"""The sentence of how many faults there are."""

from dataclasses import replace

import pytest

from perfeval_docs.diagnostic import Diagnostic, Severity, Span
from perfeval_docs.i18n import translator
from perfeval_docs.report import summary
from tests.report.samples import LOST


def faults(*pairs: tuple[Severity, str]) -> list[Diagnostic]:
    return [
        replace(LOST, severity=severity, span=Span(file, line, 1, line, 2))
        for line, (severity, file) in enumerate(pairs, 1)
    ]


ERROR, WARNING, INFO = Severity


@pytest.mark.parametrize(
    ("found", "english", "chinese"),
    [
        (faults(), "found no faults", "没有发现问题"),
        (faults((INFO, "a")), "found 1 remark in 1 file", "发现 1 条提示，涉及 1 个文件"),
        (
            faults((WARNING, "b"), (ERROR, "a"), (ERROR, "c")),
            "found 2 errors, 1 warning in 3 files",
            "发现 2 个错误、1 个警告，涉及 3 个文件",
        ),
        (
            faults((INFO, "a"), (INFO, "a"), (WARNING, "a"), (WARNING, "b"), (ERROR, "b")),
            "found 1 error, 2 warnings, 2 remarks in 2 files",
            "发现 1 个错误、2 个警告、2 条提示，涉及 2 个文件",
        ),
    ],
)
def test_one_and_many_are_told_apart(found: list[Diagnostic], english: str, chinese: str) -> None:
    assert str(summary(found)) == english
    assert summary(found).translated(translator("zh")) == chinese
