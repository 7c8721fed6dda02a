"""The shape of a site in one language: strings, already rounded and worded.

What is public by design has no room here for anything else: no evidence, waivers or findings.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

Kind = Literal["data", "word", "number"]
"""What a column holds: text of the records, which is Chinese; words of the page; figures."""

State = Literal["met", "partly", "unmet", "undetermined"]


@dataclass(frozen=True, slots=True, kw_only=True)
class TotalView:
    """A figure of the year and what it is called."""

    label: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ColumnView:
    """A column; `name` is how the page's own script and style know it (ASCII)."""

    name: str
    title: str
    kind: Kind


@dataclass(frozen=True, slots=True, kw_only=True)
class TableView:
    """A table; the first text of a row heads it, the last row is a total where `has_total`."""

    name: str
    caption: str
    columns: tuple[ColumnView, ...]
    rows: tuple[tuple[str, ...], ...]
    has_total: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class BarView:
    """A bar: what it is about, what is printed at it, and its length in percent of the longest.

    `part` is the length of the part of it that is told apart, empty where there is none.
    """

    label: str
    kind: Kind
    text: str
    length: str
    part: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class BarsView:
    """Bars below each other, which are a table with two columns for those who do not see them."""

    name: str
    caption: str
    category: str
    measure: str
    bars: tuple[BarView, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class IndexRowView:
    """A project in the index: its texts by column, and the addresses of its page and files."""

    texts: tuple[str, ...]
    page: str
    docx: str
    pdf: str


@dataclass(frozen=True, slots=True, kw_only=True)
class HeadView:
    """A level-1 or level-2 indicator that heads `span` rows; `anchor` is unique in its page."""

    anchor: str
    name: str
    span: str


@dataclass(frozen=True, slots=True, kw_only=True)
class IndicatorRowView:
    """An indicator; the heads that begin with it, and the anchors of all that it stands under.

    `above` is the anchor of its level 1. Whether its target was met is told by `sign` and
    `attainment`; `state` is for the style.
    """

    level1: HeadView | None
    level2: HeadView | None
    above: str
    anchor: str
    under: str
    name: str
    target: str
    actual: str
    points: str
    score: str
    state: State
    sign: str
    attainment: str
    remarks: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ProjectPageView:
    """The form of a project; `stem` names its files, `page` is its address, `facts` head it."""

    stem: str
    page: str
    project: str
    form_title: str
    facts: tuple[TotalView, ...]
    names: tuple[TotalView, ...]
    funds: TableView
    expected: tuple[str, ...]
    achieved: tuple[str, ...]
    groups: tuple[tuple[IndicatorRowView, ...], ...]
    full_points: str
    total_score: str
    docx: str
    pdf: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SummaryPageView:
    """The figures of the year; `files` are its documents: their addresses and what they are."""

    totals: tuple[TotalView, ...]
    charts: tuple[BarsView, ...]
    tables: tuple[TableView, ...]
    files: tuple[TotalView, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteView:
    """A site in one language; `words` are those of its pages by name.

    `units` and `grades` are what the index can be narrowed to, in the order of the records
    and of the profile.
    """

    language: str
    words: Mapping[str, str]
    title: str
    department: str
    year: str
    amount_unit: str
    totals: tuple[TotalView, ...]
    columns: tuple[ColumnView, ...]
    rows: tuple[IndexRowView, ...]
    units: tuple[str, ...]
    grades: tuple[str, ...]
    projects: tuple[ProjectPageView, ...]
    summary: SummaryPageView
