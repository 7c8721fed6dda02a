"""Where the files of a year stand, and how those of an earlier build are removed."""

from __future__ import annotations

from collections.abc import Collection
from typing import Final

from perfeval_docs.checking.records import RecordFile
from perfeval_docs.output import withdraw
from perfeval_docs.settings import Settings

TEMPLATES: Final = (
    "summary.md.j2", "final-accounts-paragraph.md.j2", "summary.docx", "annex.docx",
)  # fmt: skip
"""The report's wording, the paragraph's, their styles, and the first pages of a volume of forms.

They stand beside the template of the forms.
"""

CHARTS: Final = ("grades", "levels", "rates", "scores")
WORKBOOK: Final = "summary.xlsx"
NAMES: Final = (
    "summary.docx", "summary.pdf", WORKBOOK, "final-accounts-paragraph.docx",
    "final-accounts-paragraph.txt",
    *(f"charts/{name}.{kind}" for name in CHARTS for kind in ("png", "svg")),
)  # fmt: skip
"""The files of a year beside its reports and its site."""

MOST_FORMS: Final = 200
"""Of a year with more forms, they stand in volumes beside the summary, not behind it."""

FORMS_OF_A_VOLUME: Final = 50

SITE: Final = "site"
"""The folder of a year's pages, in which nothing stays that a build did not write."""

ANNEX: Final = "annex"
"""The folder of a year's volumes of forms, as the site's."""


def names_of(file: RecordFile) -> tuple[str, str]:
    """Return the names of a record's files in its year's folder."""
    return form_names(file.stem)


def form_names(stem: str) -> tuple[str, str]:
    """Return the names of the files of a record by its stem, as `names_of`."""
    return f"reports/{stem}.docx", f"reports/{stem}.pdf"


def volume_names(forms: int) -> tuple[tuple[str, str], ...]:
    """Return the names of the volumes, Word and PDF, of a year with so many forms; none of few."""
    volumes = -(-forms // FORMS_OF_A_VOLUME) if forms > MOST_FORMS else 0
    return tuple(
        (f"{ANNEX}/{number:03d}.docx", f"{ANNEX}/{number:03d}.pdf")
        for number in range(1, volumes + 1)
    )


def has_summary(settings: Settings) -> bool:
    """Tell whether a run makes summaries: their template stands beside that of the forms."""
    return (settings.template.parent / TEMPLATES[0]).is_file()


def withdraw_year(year: str, settings: Settings, but: Collection[str] = ()) -> None:
    """Remove what earlier builds made of a year as a whole, but for the files of these names.

    The site and the annex are looked through, for they are of records that may be no more.
    """
    folder = settings.out / year
    found = (*(folder / SITE).rglob("*.html"), *(folder / ANNEX).glob("*.*"))
    others = sorted(each.relative_to(folder).as_posix() for each in found)
    withdraw(folder, tuple(name for name in (*NAMES, *others) if name not in but))
