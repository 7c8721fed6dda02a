"""What holds for every format."""

from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from perfeval_docs.diagnostic import Diagnostic
from perfeval_docs.i18n import translator
from perfeval_docs.report import Style, render
from tests.report.samples import LOST, REPEATED, TEXTS, hostile_diagnostics

STYLES: tuple[Style, ...] = get_args(Style)


@pytest.mark.parametrize("style", STYLES)
def test_the_order_is_one_and_a_repeated_fault_is_told_once(style: Style) -> None:
    once = render([LOST, REPEATED], TEXTS, style, str)
    assert render([REPEATED, LOST, REPEATED], TEXTS, style, str) == once


@pytest.mark.parametrize("style", STYLES)
def test_the_order_is_that_of_the_english_messages_in_chinese_too(style: Style) -> None:
    chinese = render([REPEATED, LOST], TEXTS, style, translator("zh"))
    assert chinese == render([LOST, REPEATED], TEXTS, style, translator("zh"))
    assert chinese != render([LOST, REPEATED], TEXTS, style, str)


@given(st.lists(hostile_diagnostics, max_size=3), st.sampled_from(STYLES))
def test_any_text_can_be_written_in_utf_8(found: list[Diagnostic], style: Style) -> None:
    assert isinstance(render(found, {}, style, str).encode(), bytes)
    assert render(found, {}, style, str) == render(iter(found), {}, style, str)
