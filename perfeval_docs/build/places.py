"""Where the files of a year stand, and how those of an earlier build are removed."""

from __future__ import annotations

from collections.abc import Collection
from typing import Final

from perfeval_docs.checking.records import RecordFile
from perfeval_docs.output import withdraw
from perfeval_docs.settings import Settings

TEMPLATES: Final = ("summary.md.j2", "final-accounts-paragraph.md.j2", "summary.docx")
"""The report's wording, the paragraph's, and their styles, beside the template of the forms."""

CHARTS: Final = ("grades", "levels", "rates", "scores")
NAMES: Final = (
    "summary.docx", "summary.pdf", "summary.xlsx", "final-accounts-paragraph.docx",
    "final-accounts-paragraph.txt",
    *(f"charts/{name}.{kind}" for name in CHARTS for kind in ("png", "svg")),
)  # fmt: skip
"""The files of a year beside its reports and its site."""

MOST_FORMS: Final = 1000
"""A summary of more forms comes without them: a volume of a thousand takes 3 GB to set."""

SITE: Final = "site"
"""The folder of a year's pages, in which nothing stays that a build did not write."""


def names_of(file: RecordFile) -> tuple[str, str]:
    """Return the names of a record's files in its year's folder."""
    return f"reports/{file.stem}.docx", f"reports/{file.stem}.pdf"


def has_summary(settings: Settings) -> bool:
    """Tell whether a run makes summaries: their template stands beside that of the forms."""
    return (settings.template.parent / TEMPLATES[0]).is_file()


def withdraw_year(year: str, settings: Settings, but: Collection[str] = ()) -> None:
    """Remove what earlier builds made of a year as a whole, but for the files of these names.

    The site is looked through, for its pages are those of records that may be no more.
    """
    folder = settings.out / year
    pages = (each.relative_to(folder).as_posix() for each in (folder / SITE).rglob("*.html"))
    withdraw(folder, tuple(name for name in (*NAMES, *sorted(pages)) if name not in but))
