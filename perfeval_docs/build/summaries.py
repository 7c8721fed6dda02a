"""From a year's summary to its files, each read back as the summary says."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Final

from perfeval_docs.build.pages import compose_sites, make_pages, make_project_pages
from perfeval_docs.build.places import TEMPLATES
from perfeval_docs.build.reports import Workshop
from perfeval_docs.build.said import SHOWN, differs, hold, told
from perfeval_docs.build.volumes import Volume
from perfeval_docs.carried import SHEET, to_cells
from perfeval_docs.charts import Chart, render_chart
from perfeval_docs.checking.beside import Beside
from perfeval_docs.checking.files import read_bytes
from perfeval_docs.diagnostic import Diagnostic, Message, msg
from perfeval_docs.errors import FaultyTemplateError
from perfeval_docs.fonts import Substitution
from perfeval_docs.grid import Blocks, Paragraph, Picture, Table, without_space
from perfeval_docs.i18n import translator
from perfeval_docs.ooxml import DocumentProperties
from perfeval_docs.profile import Profile
from perfeval_docs.prose import Figure, Filled, Prose, compile_prose, finish, to_docx, with_annex
from perfeval_docs.record import YearWords
from perfeval_docs.summary import AnnualSummary, YearChange
from perfeval_docs.typeset import joined, read_part
from perfeval_docs.view import ChartView, SummaryView, compose_charts, compose_summary
from perfeval_docs.view.workbook import compose_workbook
from perfeval_docs.word import read_docx
from perfeval_docs.workbook import render_workbook

VOCABULARY: Final = frozenset(field.name for field in fields(SummaryView))

# What is printed is Chinese, in whatever language the run speaks.
_LANGUAGE: Final = "zh"


@dataclass(frozen=True, slots=True, kw_only=True)
class YearTemplates:
    """The templates of a year's documents, read once."""

    report: Prose
    paragraph: Prose
    reference: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class YearDocuments:
    """The files of a year by name, what stood in for faces, and what people should know."""

    files: Mapping[str, bytes]
    substitutions: tuple[Substitution, ...]
    notes: tuple[Message, ...]


def open_year_templates(folder: Path) -> YearTemplates:
    """Read the templates of a folder.

    Raises `FaultyTemplateError` for one that is faulty, `MachineError` for one that cannot
    be read.
    """
    report, paragraph, reference, _ = (folder / name for name in TEMPLATES)
    return YearTemplates(
        report=_prose(report), paragraph=_prose(paragraph), reference=read_bytes(reference)
    )


def make_documents(  # noqa: PLR0913  # what a summary is made of
    summary: AnnualSummary,
    change: YearChange | None,
    words: YearWords,
    profile: Profile,
    profiles: Mapping[str, Profile],
    *,
    templates: YearTemplates,
    workshop: Workshop | None,
    forms: Sequence[bytes],
    volumes: Sequence[Volume],
    pages: Collection[str],
    on_pages: Callable[[Mapping[str, bytes]], None],
    properties: DocumentProperties,
    beside: Beside,
) -> YearDocuments:
    """Make the report with its annex of forms, its PDF, paragraph, figures and site.

    `volumes` are those in which the forms stand where they do not stand behind the report, `pages`
    the stems of the projects whose pages are made, which `on_pages` is given, some at a time and
    last. What need not wait is done beside. Without a workshop there is no PDF. Raises
    `FaultyTemplateError` where a template prints otherwise than it reads back.
    """
    charts = compose_charts(summary, profile)
    rows = tuple(each.view.row for each in volumes)
    view = compose_summary(summary, change, words, profile, charts, volumes=rows)
    values = {field.name: getattr(view, field.name) for field in fields(view)}
    file = templates.report.file
    filled = templates.report.fill(values)
    made = beside.start(to_docx, filled.markdown, templates.reference, file=file)
    paragraph = beside.start(
        _paragraph, templates.paragraph.fill(values), templates.paragraph.file,
        templates.reference, properties,
    )  # fmt: skip
    sites = compose_sites(summary, view, profiles, [each.names for each in volumes])
    site = beside.start(make_pages, sites)
    drawn = {chart.name: (chart, render_chart(chart)) for chart in charts}
    own, own_told = _finished(made(), filled, drawn, properties, file)
    report = with_annex(own, forms)
    read_back = beside.start(told, report, own_told, forms, file)
    files = {"summary.docx": report}
    substitutions: tuple[Substitution, ...] = ()
    if workshop is not None:
        set_ = workshop.typesetter.typeset(
            report,
            title=properties.title,
            author=properties.author,
            date=properties.date,
            file=file,
        )
        second = beside.start(read_part, set_.pdf, 1, 2)
        first = read_part(set_.pdf, 0, 2)
        hold(read_back(), joined([first, second()]), file, normal=without_space)
        files["summary.pdf"], substitutions = set_.pdf, set_.substitutions
    for some in make_project_pages(sites, summary, profiles, pages):
        on_pages(some)
    return YearDocuments(
        files={
            **files,
            **paragraph(),
            **{f"charts/{name}.svg": chart.svg for name, (_, chart) in drawn.items()},
            **{f"charts/{name}.png": chart.png for name, (_, chart) in drawn.items()},
            **site(),
        },
        substitutions=substitutions,
        notes=tuple(_lacking(drawn)),
    )


def make_workbook(  # noqa: PLR0913  # what a workbook is made of
    summary: AnnualSummary,
    change: YearChange | None,
    findings: Sequence[Diagnostic] | None,
    profile: Profile,
    *,
    carried: Sequence[bytes],
    properties: DocumentProperties,
    beside: Beside,
) -> Callable[[], bytes]:
    """Begin the workbook, which carries its records; without findings it has no sheet of them."""
    return beside.start(
        render_workbook,
        compose_workbook(summary, change, findings, profile, translator(_LANGUAGE)),
        title=properties.title,
        author=properties.author,
        date=properties.date,
        hidden={SHEET: [to_cells(each) for each in carried]},
    )


def _finished(
    made: bytes,
    filled: Filled,
    drawn: Mapping[str, tuple[ChartView, Chart]],
    properties: DocumentProperties,
    file: str,
) -> tuple[bytes, Blocks]:
    """Return the report without its annex, and what it says, read back."""
    figures = {name: _figure(view, chart) for name, (view, chart) in drawn.items()}
    report = finish(made, figures, properties, file=file)
    own = read_docx(report)
    _hold_values(own, filled, figures, file)
    return report, own


def _paragraph(
    filled: Filled, file: str, reference: bytes, properties: DocumentProperties
) -> dict[str, bytes]:
    """Return the paragraph of the final accounts as a Word file and as plain text, by name."""
    made = finish(to_docx(filled.markdown, reference, file=file), {}, properties, file=file)
    blocks = read_docx(made)
    _hold_values(blocks, filled, {}, file)
    text = "".join(f"{block.text}\n" for block in blocks if isinstance(block, Paragraph))
    name = "final-accounts-paragraph"
    return {f"{name}.docx": made, f"{name}.txt": text.encode()}


def _hold_values(blocks: Blocks, filled: Filled, figures: Mapping[str, Figure], file: str) -> None:
    """Find every value that was printed, in its order, in what the Word file says."""
    text = "\n".join(_texts(blocks))
    at = 0
    for value in filled.values:
        wanted = figures[value].alternative if value in figures else value
        found = text.find(wanted, at)
        if found < 0:
            raise differs(file, "", wanted, text[at : at + SHOWN])
        at = found + len(wanted)


def _texts(blocks: Blocks) -> Iterator[str]:
    for block in blocks:
        match block:
            case Paragraph():
                yield block.text
            case Picture():
                yield block.alternative
            case Table():
                yield from (cell.text for row in block.rows for cell in row)


def _figure(view: ChartView, chart: Chart) -> Figure:
    return Figure(
        svg=chart.svg,
        png=chart.png,
        width=chart.width,
        height=chart.height,
        alternative=view.alternative,
    )


def _lacking(drawn: Mapping[str, tuple[ChartView, Chart]]) -> Iterator[Message]:
    for name, (_, chart) in drawn.items():
        if chart.lacking:
            yield msg(
                "the figure {name} shows 〓 for {characters}, which its font lacks",
                name=name,
                characters=", ".join(chart.lacking),
            )


def _prose(path: Path) -> Prose:
    name = path.as_posix()
    try:
        source = read_bytes(path).decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise FaultyTemplateError(msg("{file} is not UTF-8", file=name)) from error
    return compile_prose(source, file=name, vocabulary=VOCABULARY)
