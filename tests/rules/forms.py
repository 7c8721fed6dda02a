"""A record that no rule has anything to say about, and how texts are checked."""

from collections.abc import Mapping

from perfeval_docs.diagnostic import Diagnostic
from perfeval_docs.profile import load_profile
from perfeval_docs.record import decode_record
from perfeval_docs.rules import Form, check
from perfeval_docs.scoring import assess
from perfeval_docs.source import read_source

GOOD = """\
project: 科普场馆开放
competent_department: 市科学技术委员会
implementing_unit: 市科普中心
fiscal_year: 2024
profile: shanghai
funds:
  appropriation:
    initial_budget: 100.00
    adjusted_budget: 100.00
    executed: 98.00
goal:
  expected: |
    全年开放场馆不少于300天，举办多场讲座，让更多市民走近科学。
  achieved: |
    2024年场馆开放310天，讲座场场满员，参观人数稳步上升，市民普遍满意。
indicators:
  产出指标:
    数量指标:
      - indicator: 场馆开放天数
        target: ≥300(天)
        actual: 310(天)
        points: 20
      - indicator: 举办讲座
        target: ≥20(场)
        actual: 22(场)
        points: 15
    质量指标:
      - indicator: 讲解合格率
        target: ≥90(%)
        actual: 95(%)
        points: 10
    时效指标:
      - indicator: 讲座安排按时率
        target: ≥95(%)
        actual: 97(%)
        points: 5
  效益指标:
    社会效益指标:
      - indicator: 参观人数
        target: ≥5(万人次)
        actual: 52000(人次)
        points: 20
      - indicator: 安全事故次数
        target: ≤2(次)
        actual: 1(次)
        points: 10
  满意度指标:
    服务对象满意度指标:
      - indicator: 观众满意度
        target: ≥90(%)
        actual: 96(%)
        points: 10
"""


def form_of(text: str, severities: Mapping[str, str] | None = None) -> Form:
    """Return the form of a record that can be read and scored, by a profile of such severities."""
    decoded = decode_record(read_source(text.encode(), "r.yaml"))
    assert decoded.value is not None, decoded.diagnostics
    profile = load_profile(decoded.value.profile).value
    assert profile is not None
    if severities is not None:
        decree = profile.severities.model_copy(update={"value": severities})
        profile = profile.model_copy(update={"severities": decree})
    return Form(
        record=decoded.value,
        assessment=assess(decoded.value, profile),
        profile=profile,
        decoded=decoded,
    )


def found_in(text: str) -> list[Diagnostic]:
    """Return what the rules find."""
    return list(check(form_of(text)))


def changed(*edits: tuple[str, str]) -> str:
    """Return the good record after edits, each of which must find its place."""
    text = GOOD
    for old, new in edits:
        assert old in text, old
        text = text.replace(old, new, 1)
    return text
