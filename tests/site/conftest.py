"""A browser for the tests of a module, and a site of forty projects."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.browser import Browser, browser
from tests.site.years import pages_of
from tests.summary.years import MET, Written, project

UNITS = ("市科普中心", "市技术市场管理办公室", "市科技人才发展中心")
THINGS = ("场馆开放", "设备维护", "成果推广", "\uff21\uff22\uff23平台")
MISSED: Written = ("效益指标", "社会效益指标", "≥90(%)", "45(%)", "40", None)
PARTLY: Written = ("满意度指标", "服务对象满意度指标", "满意", "部分达成指标", "10", "7")
UNJUDGED: Written = ("产出指标", "质量指标", "良好", "见附件", "10", "6")


@pytest.fixture(scope="session")
def forty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write the pages of forty projects of three units, of all grades; return their folder."""
    folder = tmp_path_factory.mktemp("forty") / "site"
    projects = [
        project(
            f"{THINGS[number % 4]}第{number}号",
            UNITS[number % 3],
            money=(f"{number}.50", f"{number}.50", f"{number * 9 // 10}.00"),
            indicators=(MET, MISSED, PARTLY, UNJUDGED)[: 2 + number % 3],
            declared_total_score=f"{100 - number}.00",
            declared_grade="优" if number <= 10 else "良" if number <= 25 else "合格",
        )
        for number in range(1, 41)
    ]
    for language in ("zh", "en"):
        for name, page in pages_of(projects, language).items():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_text(page, "utf-8")
    return folder


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """Open a window for a module's tests."""
    with browser() as window:
        yield window
