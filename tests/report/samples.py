"""Faults that tests of several formats share, and hypothesis's hostile ones."""

from typing import Final

from hypothesis import strategies as st

from perfeval_docs.diagnostic import Diagnostic, Related, Severity, Span, msg

FILE: Final = "data/2024/a.yaml"
TEXT: Final = """\
项目名称: 宣传推广
主管部门: 上海市科学技术委员会
项目名称: 宣传推广二期
"""
TEXTS: Final = {FILE: TEXT}

LOST: Final = Diagnostic(
    code="PE005",
    name="replacement-character",
    severity=Severity.WARNING,
    span=Span(FILE, 2, 7, 2, 10),
    message=msg("{number} stands where a character was lost", number="U+FFFD"),
)
REPEATED: Final = Diagnostic(
    code="PE018",
    name="key-repeated",
    severity=Severity.ERROR,
    span=Span(FILE, 3, 1, 3, 5),
    message=msg("{key} stands here a second time", key="项目名称"),
    help=msg("keep one of the two"),
    related=(Related(span=Span(FILE, 1, 1, 1, 5), message=msg("the first one")),),
    basis="unverified",
)

HOSTILE: Final = (
    "\n::error file=x::y", "\r\n", "::stop-commands::t", "##[error]", "%0A", "%", ":", ",", "=",
    "\x1b[31m", "\x1b]0;t\x07", "\u202e", "\u200f", "\u2028", "\u2029", "\x85", "\x00", "\x7f",
    "\ufeff", "]]>", "<b>", '"', "\\", "\\u0041", "{0}", "}", "{{", "[here](1)", "`rm`", "$(x)",
    "中文，", "e\u0301", "\U000e0041",
)  # fmt: skip
"""What a format may mistake for its own, and what steers a terminal."""

hostile = st.lists(st.sampled_from(HOSTILE) | st.text(max_size=5), max_size=6).map("".join)
_numbers = st.integers(min_value=1, max_value=2000)


@st.composite
def spans(draw: st.DrawFn) -> Span:
    """Draw a span that ends where it begins or later, of a file of any name."""
    (line, column), (end_line, end_column) = sorted(
        [(draw(_numbers), draw(_numbers)), (draw(_numbers), draw(_numbers))]
    )
    return Span(draw(hostile), line, column, end_line, end_column)


_messages = hostile.map(lambda text: msg("{text}", text=text))
_related = st.builds(Related, span=spans(), message=_messages)
hostile_diagnostics = st.builds(
    Diagnostic,
    code=st.sampled_from(["PE001", "PE018", "PE301"]),
    name=st.just("key-repeated"),
    severity=st.sampled_from(Severity),
    span=spans(),
    message=_messages,
    help=st.none() | _messages,
    related=st.lists(_related, max_size=2).map(tuple),
    basis=st.none() | hostile,
)
