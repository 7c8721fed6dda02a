"""The workbook of a year: cell for cell what its view says, and LibreOffice reckons the same."""

import random
from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import Final

import pytest
from openpyxl.workbook import Workbook

from perfeval_docs.checking import prepare, read_inputs, record_file
from perfeval_docs.diagnostic import Diagnostic
from perfeval_docs.i18n import translator
from perfeval_docs.summary import AnnualSummary, ProjectResult, compare, summarise
from perfeval_docs.view.workbook import SheetView, TotalView, WorkbookView, compose_workbook
from tests.seed import FORMS, squeezed
from tests.summary.years import MET, SHANGHAI, Written, project
from tests.workbook.books import FIRST, figure, opened, reckoned, rendered

ROOT: Final = Path(__file__).parents[2]


@cache
def published() -> WorkbookView:
    """Compose the workbook of the six published forms."""
    results: list[ProjectResult] = []
    found: list[Diagnostic] = []
    for path in sorted((ROOT / "data/2024").glob("0*.yaml")):
        prepared = prepare(read_inputs(record_file(path, ROOT / "data")), lambda _: ())
        assert prepared.record is not None
        assert prepared.assessment is not None
        results.append(
            ProjectResult(
                stem=path.stem, record=prepared.record, assessment=prepared.assessment
            )
        )  # fmt: skip
        found += prepared.diagnostics
    summary = summarise(2024, results, SHANGHAI)
    return compose_workbook(summary, None, found, SHANGHAI, translator("zh"))


@cache
def awkward() -> WorkbookView:
    """Compose a workbook whose figures binary fractions cannot hold, some of them lacking."""
    chance = random.Random(2024)  # noqa: S311  # it draws examples

    def amount() -> str:
        return f"{chance.choice([0.29, 1, 7, 123456.7, 9e8]) * chance.random():.2f}"

    def one(number: int) -> ProjectResult:
        budget = amount()
        executed = f"{float(budget) * chance.choice([0.29, 0.57, 0.999999, 1]):.2f}"
        indicators: list[Written] = [
            ("产出指标", "数量指标", "≥3(场)", f"{chance.randint(0, 9)}(场)", "50", None),
            ("效益指标", f"效益{number % 4}", "及时", "还行", "40", chance.choice(["7.77", None])),
        ]
        return project(
            f"项目{number}", f"单位{number % 5}", money=(amount(), budget, executed),
            indicators=indicators,
        )  # fmt: skip

    now, before = ([one(n) for n in part] for part in (range(40), range(20, 60)))
    nothing = project("无预算", "单位0", money=("0", "0", "0"))
    summary = summarise(2024, [*now, nothing], SHANGHAI)
    change = compare(summary, summarise(2023, before, SHANGHAI))
    return compose_workbook(summary, change, (), SHANGHAI, str)


@cache
def edges() -> WorkbookView:
    """Compose a year whose rate and averages lie just on or below where they are rounded."""
    projects = [
        project("甲", money=("0.29", "1.00", "0.29"), declared_total_score="99.99"),
        project("乙", "馆", money=("1.00", "1.00", "0.29"), declared_total_score="100"),
    ]
    before = [project(money=("0", "300000.00", "299999.99"))]
    summary = summarise(2024, projects, SHANGHAI)
    change = compare(summary, summarise(2023, before, SHANGHAI))
    return compose_workbook(summary, change, (), SHANGHAI, str)


@cache
def nothing() -> WorkbookView:
    """Compose a year whose only project has no budget and no score."""
    unknown: list[Written] = [("产出指标", "数量指标", "≥1(场)", "很多", "90", None)]
    summary = summarise(
        2024, [project(money=("0", "0", "0"), indicators=unknown)], SHANGHAI
    )  # fmt: skip
    return compose_workbook(summary, compare(summary, summary), (), SHANGHAI, str)


YEARS: Final[Mapping[str, Callable[[], WorkbookView]]] = {
    "published": published, "awkward": awkward, "edges": edges, "nothing": nothing,
}  # fmt: skip


def totals(view: SheetView) -> Iterator[tuple[int, int, TotalView]]:
    """Yield each total with its row and column, counted from 1."""
    for row, line in enumerate(view.totals, FIRST + len(view.rows)):
        for column, total in enumerate(line, 1):
            if isinstance(total, TotalView):
                yield row, column, total


@pytest.mark.parametrize("name", YEARS)
def test_every_cell_reads_back_as_the_view_has_it(name: str) -> None:
    view = YEARS[name]()
    book = opened(rendered(*view.sheets), values=True)
    assert book.sheetnames == [sheet.name for sheet in view.sheets]
    cells = 0
    for sheet in view.sheets:
        to = book[sheet.name]
        assert (to["A1"].value, to["A2"].value) == (sheet.title, sheet.note)
        assert [cell.value for cell in to[3]] == [each.label for each in sheet.columns]
        for number, row in enumerate(sheet.rows, FIRST):
            for column, value in enumerate(row, 1):
                found = to.cell(number, column).value
                cells += 1
                if isinstance(value, str):
                    assert (found or "") == value
                else:
                    assert figure(found) == value
        for number, column, total in totals(sheet):
            assert figure(to.cell(number, column).value) == total.value
    assert cells > 50


@pytest.mark.parametrize("name", YEARS)
def test_every_total_is_a_formula(name: str) -> None:
    view = YEARS[name]()
    book = opened(rendered(*view.sheets))
    formulas = [
        book[sheet.name].cell(row, column).value
        for sheet in view.sheets
        for row, column, _ in totals(sheet)
        if sheet.rows
    ]
    assert len(formulas) > 20
    assert all(str(each).startswith("=") for each in formulas)


@pytest.fixture(scope="module")
def by_libreoffice(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Workbook]:
    books = {name: rendered(*view().sheets) for name, view in YEARS.items()}
    return reckoned(books, tmp_path_factory.mktemp("libreoffice"))


@pytest.mark.debian
@pytest.mark.parametrize("name", YEARS)
def test_libreoffice_reckons_every_total_as_the_summary_did(
    by_libreoffice: dict[str, Workbook], name: str
) -> None:
    compared = 0
    for sheet in YEARS[name]().sheets:
        to = by_libreoffice[name][sheet.name]
        for row, column, total in totals(sheet):
            found = figure(to.cell(row, column).value)
            assert found == total.value, (sheet.name, row, column)
            compared += 1
    assert compared > 20


@pytest.mark.debian
def test_libreoffice_reads_texts_that_look_like_formulas_as_texts(tmp_path: Path) -> None:
    texts = ("=1+1", "+1", "-1", "@SUM(A1)", "'=1", "0012", "1E5", "{=SUM(A1)}", "<r>甲</r>", "50%")
    sheet = published().sheets[1]
    rows = tuple((text, *sheet.rows[0][1:]) for text in texts)
    view = SheetView(name="表", title="=1", note="=1", columns=sheet.columns, rows=rows)
    cells = reckoned({"texts": rendered(view)}, tmp_path)["texts"]["表"]
    assert tuple(cells.cell(FIRST + n, 1).value for n in range(len(texts))) == texts
    assert {cells.cell(FIRST + n, 1).data_type for n in range(len(texts))} == {"s"}


def test_the_six_forms_give_the_rows_that_their_text_has() -> None:
    sheet = opened(rendered(*published().sheets), values=True)["汇总表"]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=FIRST, max_row=9)]
    assert rows == [
        [
            number,
            form.implementing_unit,
            form.project,
            *map(float, form.funds[0][1:4]),
            float(form.funds[0][5]),
            float(form.total[1]),
            form.grade,
        ]
        for number, form in enumerate(FORMS, 1)
    ]


def test_the_six_forms_give_the_totals_that_their_text_adds_up_to() -> None:
    sheet = opened(rendered(*published().sheets), values=True)["汇总表"]
    printed = [[Decimal(form.funds[0][at]) for form in FORMS] for at in (1, 2, 3)]
    sums = [sum(column) for column in printed]
    found = [str(figure(sheet.cell(10, column).value)) for column in (4, 5, 6, 7)]
    assert found == ["1550.8", "1550.8", "1547.86", "99.81"]
    assert [Decimal(each) for each in found[:3]] == sums
    assert int(Fraction(sums[2]) / Fraction(sums[1]) * 10_000) == 9981
    scores = [Fraction(form.total[1]) for form in FORMS]
    weighted = sum(s * Fraction(b) for s, b in zip(scores, printed[1], strict=True))
    averages = [sum(scores) / 6, weighted / Fraction(sums[1])]
    assert [figure(sheet.cell(row, 8).value) for row in (11, 12)] == [
        Decimal(int(each * 100 + Fraction(1, 2))) / 100 for each in averages
    ]  # fmt: skip


def test_the_six_forms_give_the_87_indicators_of_their_text() -> None:
    sheet = opened(rendered(*published().sheets), values=True)["全部指标"]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=FIRST)]
    written = [(form.project, *row) for form in FORMS for row in form.indicators]
    assert len(rows) == 87
    texts = [[squeezed(str(row[at])) for at in (2, 5, 6, 7)] for row in rows]
    points = [[f"{figure(row[at]):.2f}" for at in (9, 10)] for row in rows]
    found = [(*one, *two) for one, two in zip(texts, points, strict=True)]
    assert found == written
    assert {row[11] for row in rows} == {"达成"}


def test_the_six_forms_have_no_unmet_and_18_far_over_indicators() -> None:
    book = opened(rendered(*published().sheets), values=True)
    assert [cell.value for cell in book["未完成和扣分指标"][FIRST]][:2] == ["无", None]
    rates = [figure(row[8].value) for row in book["远超目标指标"].iter_rows(min_row=FIRST)]
    assert len(rates) == 18
    assert all(rate is not None and rate >= 130 for rate in rates)


def large() -> AnnualSummary:
    """Return a year of 200 projects of 20 indicators, one in five of them unmet."""
    indicators: list[Written] = [
        (MET[0], f"质量{n % 5}", "≥20.00(篇)", f"{16 + n % 9}.00(篇)", "4.50", None)
        for n in range(20)
    ]
    projects = [
        project(f"第{n}号市级科普场馆开放运行项目", f"第{n % 9}中心", indicators=indicators)
        for n in range(200)
    ]
    return summarise(2024, projects, SHANGHAI)


def test_all_indicators_of_200_projects_are_there() -> None:
    data = rendered(*compose_workbook(large(), None, (), SHANGHAI, str).sheets)
    assert opened(data)["全部指标"].max_row == 4000 + FIRST - 1
